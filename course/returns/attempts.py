"""`course export --format attempts`: every grading there was, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict

from course.folder import Course, Section
from course.record.spoilt import Trouble, raise_it
from course.record.store import open_record
from course.record.table import every_attempt
from course.returns.everybody import nothing_graded


def attempts(course: Course, sections: list[Section], *, trouble: Trouble = raise_it) -> str:
    """Return all attempts in the order of grading, those that others have replaced, too.

    Parameters
    ----------
    course : Course
    sections : list of Section
    trouble : callable
        Told, as a `CourseError`, of each that cannot be used; by default the first one is raised.

    Returns
    -------
    str
        A JSON array: student, section, graded_at, points and max_points as the tests gave them,
        how it was graded, and its rows.

    Raises
    ------
    CourseError
        When nothing has been graded.
    """
    found = []
    with open_record(course) as record:
        db = record.book.db.connection()
        for section in sections:
            for when, one in every_attempt(db, section.name, trouble):
                found.append(
                    {
                        "student": one.student,
                        "section": one.section,
                        "graded_at": when,
                        "points": sum(row.points for row in one.rows),
                        "max_points": sum(row.max_points for row in one.rows),
                        "circumstances": one.circumstances,
                        "submission": one.hashes.submission,
                        "exercises": [asdict(row) for row in one.rows],
                    }
                )
    if not found:
        raise nothing_graded(sections)
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"
