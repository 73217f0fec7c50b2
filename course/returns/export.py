"""Marks out of the gradebook: a table, or everything about each exercise."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass

from helpers.checks.words import one_line

from course.folder import Course, Section
from course.record.attempts import Attempt
from course.record.named import Named
from course.record.spoilt import Trouble, raise_it, sparing_others
from course.record.standing import Standing, total
from course.record.store import Record
from course.returns.everybody import for_everybody

# What begins a formula, in their wide forms for Chinese and Japanese spreadsheets, too.
FORMULAS = tuple("=+-@\uff1d\uff0b\uff0d\uff20\u2212")
# What needs no quotes: elsewhere than here a semicolon may part two cells, and what is behind it
# may begin a formula.
PLAIN = re.compile(r"[\w .@'-]*")


@dataclass(frozen=True)
class Mark:
    """A student's mark in a section.

    Attributes
    ----------
    student, section : str
    points, max_points : float
        With the scores that a person gave, and without the penalty.
    to_be_graded : int
        How many answers still wait for a person.
    exercises : list of dict
        Exercise, points, max_points, verdict, message, judged.
    penalty : float
        Points that were taken off for handing in late.
    first_name, last_name, email : str
        As the gradebook has them; empty where it has none.
    group : str
        The group that it was handed in for; empty where there is none.
    """

    student: str
    section: str
    points: float
    max_points: float
    to_be_graded: int
    exercises: list[dict]
    penalty: float = 0.0
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    group: str = ""


def marks(course: Course, sections: list[Section], *, trouble: Trouble = raise_it) -> list[Mark]:
    """Return the marks of everybody who was graded, by section and student.

    Parameters
    ----------
    course : Course
    sections : list of Section
    trouble : callable
        Told, as a `CourseError`, of each mark that cannot be had; the others still are. By
        default the first one is raised.

    Raises
    ------
    CourseError
        When nothing has been graded.
    """
    found: list[Mark] = []
    names: dict[str, Named] = {}
    standings: dict[str, dict[str, Standing]] = {}  # by section: read one by one they take long

    def mark(record: Record, section: Section, attempt: Attempt) -> None:
        with sparing_others(attempt.student, section.name, trouble):
            if not names:
                names.update(record.students())
            if section.name not in standings:
                standings[section.name] = record.standings(section.name)
            named = names.get(attempt.student, Named(attempt.student))
            standing = standings[section.name].get(attempt.student, Standing())
            found.append(_mark(section, attempt, named, standing))

    for_everybody(course, sections, mark, trouble)
    return found


def _mark(section: Section, attempt: Attempt, named: Named, standing: Standing) -> Mark:
    counted = total(attempt, standing)
    details = []
    for row in attempt.rows:
        score = standing.of(row)
        details.append(
            {
                "exercise": row.exercise,
                "notebook": row.notebook,
                "points": score.points,
                "max_points": row.max_points,
                "verdict": row.verdict,
                "message": row.message,
                "judged": row.judged,
                "comment": score.comment or None,
                "to_be_graded": score.awaited,
            }
        )
    return Mark(
        student=attempt.student,
        section=section.name,
        points=counted.points,
        max_points=counted.max_points,
        to_be_graded=counted.awaited,
        exercises=details,
        penalty=counted.penalty,
        first_name=named.first,
        last_name=named.last,
        email=named.email,
        group=attempt.team.name if attempt.team else "",
    )


def as_csv(found: list[Mark]) -> str:
    """Return one line a student and section; no cell is a formula for a spreadsheet.

    There is a column of groups where somebody is in one.
    """
    numbers = ("points", "max_points", "to_be_graded")
    names = ("last_name", "first_name", "email")
    grouped = ("group",) if any(mark.group for mark in found) else ()
    rows: list[tuple[str, ...]] = [
        ("student", "section", *numbers, *names, "late_penalty", *grouped)
    ]
    for mark in found:
        points = (f"{mark.points:g}", f"{mark.max_points:g}", str(mark.to_be_graded))
        person = (_cell(getattr(mark, name)) for name in names)
        last = (f"{mark.penalty:g}", *(_cell(mark.group) for _ in grouped))
        rows.append((_cell(mark.student), _cell(mark.section), *points, *person, *last))
    return "".join(",".join(row) + "\n" for row in rows)


def as_json(found: list[Mark]) -> str:
    """Return everything, as a JSON array."""
    return json.dumps([asdict(mark) for mark in found], indent=1, ensure_ascii=False) + "\n"


def _cell(text: str) -> str:
    """Return a text as a cell: one line, quoted where any spreadsheet would divide it."""
    line = one_line(text)
    if line.startswith(FORMULAS):
        line = f"'{line}"
    return line if PLAIN.fullmatch(line) else '"' + line.replace('"', '""') + '"'


FORMATS: dict[str, Callable[[list[Mark]], str]] = {"csv": as_csv, "json": as_json}
