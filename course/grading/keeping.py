"""Keep what was examined: executed notebooks, then the record, for each whom it counts for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course import faults
from course.errors import FOUND, CourseError
from course.files import remove_unfinished, write_atomically
from course.folder import Course
from course.grading.jobs import Job
from course.intake.finding import handed_in_at
from course.record.attempts import Attempt
from course.record.spoilt import Trouble

if TYPE_CHECKING:  # slow to import; the warm process is at its own imports meanwhile
    from course.grading.engine.tasks import Examined, Failed
    from course.record.store import Record


def keep(
    course: Course,
    job: Job,
    result: Examined,
    record: Record,
    how: dict[str, Any],
    tell: Trouble,
) -> list[Attempt]:
    """Write the executed notebooks, then the record: a crash in between is graded again.

    Returns
    -------
    list of Attempt
        One for each whom it counts for.
    """
    section = job.section.name
    at = handed_in_at(course.submitted(job.student, section))
    if job.work.group:
        members = list(job.work.members)
        how = how | {"group": {"name": job.work.group, "members": members, "by": job.student}}
    attempts = []
    for student in job.work.members:
        rows = tuple(replace(row, student=student) for row in result.rows)
        attempts.append(Attempt(student, section, job.hashes, rows, at, how))
    faults.point("before-files")
    for student in job.work.members:
        for name, text in result.executed.items():
            _write(course.autograded(student, section) / f"{name}.ipynb", text)
    faults.point("before-record")
    record.write(*attempts, tell=tell)
    faults.point("after-record")
    return attempts


def _write(path: Path, text: str) -> None:
    try:
        remove_unfinished(path)
        write_atomically(path, text)
    except OSError as error:
        raise CourseError(
            f"{path} cannot be written: {error.strerror or error}.",
            "Make room or fix the folder's rights, then run again: everything graded so far is "
            "recorded.",
            code=FOUND,
        ) from None


def as_examined(failed: Failed) -> Examined:
    """Give every exercise the verdict "error": the grader's own fault is never a zero."""
    from course.grading.engine.tasks import Refused
    from course.grading.engine.work import verdict_for_all

    reason = f"The grader failed ({failed.reason}); run it again."
    return verdict_for_all(failed.task, Refused("error", reason))
