"""`course export --format canvas` and `moodle`: the platform's own file with our marks in it."""

from __future__ import annotations

from pathlib import Path

from course.errors import CourseError
from course.folder import Course, Section
from course.intake.people import everybody
from course.intake.sheets import read_sheet
from course.returns.canvas import canvas
from course.returns.export import Mark
from course.returns.moodle import moodle
from course.returns.rows import Filled

FORMATS = ("canvas", "moodle")


def filled(
    course: Course,
    sections: list[Section],
    marks: list[Mark],
    form: str,
    into: Path,
    *,
    columns: list[str] | None = None,
    scale: bool = False,
) -> Filled:
    """Return what the platform takes.

    Parameters
    ----------
    course : Course
    sections : list of Section
    marks : list of Mark
    form : {"canvas", "moodle"}
    into : Path
        The file that the platform has exported.
    columns : list of str, optional
        Canvas's columns, one a section; without them sections with no marks are left out.
    scale : bool
        Whether points are given in proportion to the platform's full marks.

    Raises
    ------
    CourseError
        When the file is none of the platform's, or does not fit the sections.
    """
    people = everybody(course)
    if form == "canvas":
        graded = {mark.section for mark in marks}
        some = sections if columns else [s for s in sections if s.name in graded]
        return canvas(read_sheet(into), some, marks, people, columns=columns, scale=scale)
    if len(sections) != 1:
        raise CourseError("A grading worksheet of Moodle is of one section.", "Name it.")
    return moodle(read_sheet(into), sections[0], marks, people, scale=scale)
