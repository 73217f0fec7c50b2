"""Marks out of the gradebook: a table, or everything about each exercise."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from course.errors import FOUND, CourseError
from course.folder import Course, Section
from course.record.store import Record, open_record


@dataclass(frozen=True)
class Mark:
    """A student's mark in a section.

    Attributes
    ----------
    student, section : str
    points, max_points : float
        With the scores that a person gave.
    to_be_graded : int
        How many answers still wait for a person.
    exercises : list of dict
        Exercise, points, max_points, verdict, message.
    """

    student: str
    section: str
    points: float
    max_points: float
    to_be_graded: int
    exercises: list[dict]


def marks(course: Course, sections: list[Section]) -> list[Mark]:
    """Return the marks of everybody who was graded, by section and student.

    Raises
    ------
    CourseError
        When nothing has been graded.
    """
    with open_record(course) as record:
        found = [mark for section in sections for mark in _section_marks(record, section)]
    if not found:
        raise CourseError(
            f"Nothing of {', '.join(s.name for s in sections)} has been graded yet.",
            "Run `course grade` first.",
            code=FOUND,
        )
    return found


def _section_marks(record: Record, section: Section) -> list[Mark]:
    found = []
    for attempt in record.last_attempts(section.name):
        details = []
        for row in attempt.rows:
            scores = record.scores(attempt.student, section.name, row.notebook)
            score, comment, pending = scores[row.grade_id]
            details.append(
                {
                    "exercise": row.exercise,
                    "notebook": row.notebook,
                    "points": score,
                    "max_points": row.max_points,
                    "verdict": row.verdict,
                    "message": row.message,
                    "comment": comment,
                    "to_be_graded": pending,
                }
            )
        found.append(
            Mark(
                student=attempt.student,
                section=section.name,
                points=sum(d["points"] for d in details),
                max_points=sum(d["max_points"] for d in details),
                to_be_graded=sum(d["to_be_graded"] for d in details),
                exercises=details,
            )
        )
    return found


def as_csv(found: list[Mark]) -> str:
    """Return one line a student and section."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["student", "section", "points", "max_points", "to_be_graded"])
    for mark in found:
        points = (f"{mark.points:g}", f"{mark.max_points:g}")
        writer.writerow([_inert(mark.student), mark.section, *points, mark.to_be_graded])
    return text.getvalue()


def as_json(found: list[Mark]) -> str:
    """Return everything, as a JSON array."""
    return json.dumps([asdict(mark) for mark in found], indent=1, ensure_ascii=False) + "\n"


def _inert(text: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


FORMATS: dict[str, Callable[[list[Mark]], str]] = {"csv": as_csv, "json": as_json}
