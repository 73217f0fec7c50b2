"""Marks for Canvas: its grade book, with our points in the columns of assignments."""

from __future__ import annotations

from collections.abc import Iterable

from course.errors import CourseError
from course.folder import Section
from course.intake.person import Person
from course.intake.roster import is_canvas, of_canvas
from course.intake.sheets import Sheet
from course.returns.export import Mark
from course.returns.rows import Filled, Rows, number, refusal

IDENTITY = ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Section")
POSSIBLE = "points possible"  # begins the row with the full marks
READ_ONLY = "(read only)"


def canvas(
    sheet: Sheet,
    sections: list[Section],
    marks: list[Mark],
    people: Iterable[Person],
    *,
    columns: list[str] | None = None,
    scale: bool = False,
) -> Filled:
    """Fill marks into Canvas's grade book.

    Of the file stay what identifies students, the columns that are filled in and the rows that
    have marks: whatever else Canvas holds is left as it is there.

    Parameters
    ----------
    sheet : Sheet
        As Canvas exports it.
    sections : list of Section
    marks : list of Mark
    people : iterable of Person
    columns : list of str, optional
        The assignments' columns, or a part of their names, one a section; found by the section's
        name or title when left out.
    scale : bool
        Whether points are given in proportion to Canvas's points possible.

    Raises
    ------
    CourseError
        When it is no grade book, or a column cannot be found.
    """
    if not is_canvas(sheet):
        raise refusal(sheet, "grade book of Canvas", "Export it there: Grades, Export.")
    places = _columns(sheet, sections, columns or [])
    possible = [row for row in sheet.rows if row[0].strip().casefold().startswith(POSSIBLE)]
    rows = Rows(sheet, people, of_canvas, key="")
    for section, place in places.items():

        def enter(row: list[str], mark: Mark, points: float, place: int = place) -> str:
            row[place] = f"{points:.6g}"
            return ""

        full = number(possible[0][place]) if possible else None
        rows.fill([m for m in marks if m.section == section.name], full, scale, enter)
    filled = {id(row) for row in [*possible, *rows.entered]}
    identity = [i for name in IDENTITY if (i := sheet.column(name)) is not None]
    kept = [row for row in sheet.rows if id(row) in filled]
    made = sheet.only([*identity, *places.values()], kept)
    return Filled(made.text(), len(rows.entered), rows.notes)


def _columns(sheet: Sheet, sections: list[Section], named: list[str]) -> dict[Section, int]:
    """Return the place of each section's column.

    Raises
    ------
    CourseError
        Where there is none, or several could be it.
    """
    if named and len(named) != len(sections):
        raise CourseError(
            f"The number of columns, {len(named)}, is not that of sections, {len(sections)}.",
            "Name the sections, and give --column once for each, in the same order.",
        )
    own = {sheet.column(name) for name in IDENTITY}
    free = {
        i: name.casefold()
        for i, name in enumerate(sheet.columns)
        if i not in own and READ_ONLY not in name.casefold()
    }
    found: dict[Section, int] = {}
    for at, section in enumerate(sections):
        words = [named[at]] if named else [section.name, section.title]
        fits = [i for i in free if any(word.casefold() in free[i] for word in words)]
        if len(fits) != 1:
            several = "several columns" if fits else "no column"
            there = ", ".join(repr(sheet.columns[i]) for i in (fits or [*free])[:8])
            raise CourseError(
                f"{sheet.file}: {several} could be {words[0]!r}: there are {there or 'none'}.",
                "Give the assignment's column with --column NAME, once for each section.",
            )
        found[section] = fits[0]
    return found
