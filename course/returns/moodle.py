"""Marks for Moodle: the grading worksheet of an assignment, with grades and comments."""

from __future__ import annotations

import html
from collections.abc import Iterable

from course.folder import Section
from course.intake.person import Person
from course.intake.roster import is_worksheet, of_worksheet
from course.intake.sheets import Sheet
from course.returns.export import Mark
from course.returns.rows import Filled, Rows, number, refusal
from course.returns.words import WORDS


def moodle(
    sheet: Sheet,
    section: Section,
    marks: list[Mark],
    people: Iterable[Person],
    *,
    scale: bool = False,
) -> Filled:
    """Fill the marks of a section into Moodle's grading worksheet.

    All of its rows and columns stay, as Moodle wants them; who has no mark keeps what stands there.

    Parameters
    ----------
    sheet : Sheet
        As Moodle exports it.
    section : Section
    marks : list of Mark
    people : iterable of Person
    scale : bool
        Whether points are given in proportion to Moodle's maximum grade.

    Raises
    ------
    CourseError
        When it is no grading worksheet.
    """
    grade, comment = sheet.column("Grade"), sheet.column("Feedback comments")
    if not is_worksheet(sheet) or grade is None:
        remedy = "Download the grading worksheet of the assignment there, in English."
        raise refusal(sheet, "grading worksheet of Moodle", remedy)
    comma = any("," in sheet.cell(row, "Maximum grade") for row in sheet.rows)
    rows = Rows(sheet, people, of_worksheet, key=section.name)

    def enter(row: list[str], mark: Mark, points: float) -> str:
        if sheet.cell(row, "Grade can be changed").casefold() == "no":
            return "Moodle has locked the grade"
        row[grade] = f"{points:.2f}".replace(".", "," if comma else ".")
        if comment is not None:
            row[comment] = _comment(mark)
        return ""

    most = {number(sheet.cell(row, "Maximum grade")) for row in sheet.rows} - {None}
    full = most.pop() if len(most) == 1 else None
    rows.fill([m for m in marks if m.section == section.name], full, scale, enter)
    return Filled(sheet.text(), len(rows.entered), rows.notes)


def _comment(mark: Mark) -> str:
    """Return what each exercise got as HTML, which is what Moodle shows."""
    lines = [f"{mark.points:g} of {mark.max_points:g} points"]
    for one in mark.exercises:
        words = "waits for a person" if one["to_be_graded"] else WORDS[one["verdict"]].lower()
        lines.append(f"{one['exercise']}: {one['points']:g} of {one['max_points']:g}, {words}")
    return "<br>".join(html.escape(line) for line in lines)
