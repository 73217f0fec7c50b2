"""`course list`: the sections with minutes, points and exercises."""

from __future__ import annotations

from dataclasses import dataclass

from rich.table import Table

from course import console
from course.errors import CourseError
from course.folder import Course, Section
from course.notebook.exercises import exercises
from course.notebook.reading import read_notebook


@dataclass(frozen=True)
class Listed:
    """One section as the list shows it.

    Attributes
    ----------
    section, title, question : str
    minutes : int or None
    points : float or None
        The sum over the exercises; None where the notebooks cannot be read.
    autograded, manual : int
        How many exercises a test grades, and how many a person does.
    notebooks : tuple of str
        Names of the files in ``source/<section>``.
    released : bool
        Whether each of them has its student version in ``release/``.
    problem : str
        Why the notebooks cannot be read; empty where they can.
    """

    section: str
    title: str
    question: str
    minutes: int | None
    points: float | None = None
    autograded: int = 0
    manual: int = 0
    notebooks: tuple[str, ...] = ()
    released: bool = False
    problem: str = ""


def list_sections(course: Course, sections: list[Section]) -> list[Listed]:
    """Return what there is to know of each section; a broken one carries its problem."""
    return [_list(course, section) for section in sections]


def _list(course: Course, section: Section) -> Listed:
    about = (section.name, section.title, section.question, section.minutes)
    try:
        found = [e for path in section.notebooks for e in exercises(read_notebook(path))]
    except CourseError as error:
        return Listed(*about, problem=str(error))
    names = tuple(path.name for path in section.notebooks)
    release = course.release(section.name)
    return Listed(
        *about,
        points=sum(e.points for e in found),
        autograded=sum(not e.manual for e in found),
        manual=sum(e.manual for e in found),
        notebooks=names,
        released=all((release / name).is_file() for name in names),
    )


def table(rows: list[Listed]) -> Table:
    """Return the list as a table, with a last line of sums; "released" where something is not."""
    counts = ("minutes", "points", "autograded", "manual")
    last = () if all(row.released for row in rows) else ("released",)
    made = console.table("section", "title", *counts, *last, right=counts)
    for row in rows:
        shown = ["–"] * 3 if row.problem else [row.points, row.autograded, row.manual]
        made.add_row(
            row.section,
            row.title,
            console.number(row.minutes),
            *(n if isinstance(n, str) else console.number(n) for n in shown),
            *["yes" if row.released else "no" for _ in last],
        )
    if len(rows) > 1:
        sums = [sum(getattr(row, name) or 0 for row in rows) for name in counts]
        made.add_section()
        made.add_row("", "in all", *map(console.number, sums), style="dim")
    return made
