"""Go through all who were graded; whom something is wrong with keeps nobody else waiting."""

from __future__ import annotations

from collections.abc import Callable, Collection

from course.errors import FOUND, CourseError
from course.folder import Course, Section
from course.record.attempts import Attempt
from course.record.spoilt import Trouble
from course.record.store import Record, open_record
from course.record.table import known_attempts


def for_everybody(
    course: Course,
    sections: list[Section],
    do: Callable[[Record, Section, Attempt], None],
    trouble: Trouble,
    students: Collection[str] | None = None,
) -> None:
    """Call `do` with the newest attempt of everybody, by section and student.

    Parameters
    ----------
    course : Course
    sections : list of Section
    do : callable
        Given the record, the section and the attempt.
    trouble : callable
        Told, as a `CourseError`, of each attempt whose record cannot be used, and where two of a
        group were marked differently.
    students : collection of str, optional
        Only these.

    Raises
    ------
    CourseError
        When nothing of these sections has been graded, or nothing of somebody who is named, or
        from `do` or `trouble`.
    """
    met = 0

    def told(error: CourseError) -> None:
        nonlocal met
        met += 1
        trouble(error)

    if students:
        _require_graded(course, sections, students)
    with open_record(course) as record:
        for section in sections:
            record.assess(section.name, trouble)  # the due date may have moved
            for attempt in record.last_attempts(section.name, told):
                if students and attempt.student not in students:
                    continue
                met += 1
                do(record, section, attempt)
    if not met:
        raise nothing_graded(sections)


def _require_graded(course: Course, sections: list[Section], students: Collection[str]) -> None:
    known = set().union(*(known_attempts(course.db_url, section.name) for section in sections))
    others = sorted(set(students) - known)
    if known and others:
        raise CourseError(
            f"Nothing of {', '.join(map(repr, others))} has been graded in "
            f"{', '.join(section.name for section in sections)}.",
            "Give ids as they stand in submitted/, or run `course grade` first.",
        )


def nothing_graded(sections: list[Section]) -> CourseError:
    """Return the error that nobody was graded in any of these sections."""
    return CourseError(
        f"Nothing of {', '.join(s.name for s in sections)} has been graded yet.",
        "Run `course grade` first.",
        code=FOUND,
    )
