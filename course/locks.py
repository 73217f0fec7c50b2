"""One grader at a time for each section; a grader that was killed holds nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from course.errors import FOUND, CourseError
from course.folder import Course, Section

FOLDER = ".grading"


@contextmanager
def only_grader(course: Course, section: Section) -> Iterator[None]:
    """Hold the section's lock while the block runs.

    Raises
    ------
    CourseError
        When another process grades this section.
    """
    folder = course.root / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise CourseError(
            f"{folder} cannot be written: {error.strerror}.", "Grade where you may write."
        ) from None
    holder = folder / f"{section.name}.pid"
    lock = FileLock(folder / f"{section.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        who = holder.read_text(encoding="utf-8") if holder.exists() else "?"
        raise CourseError(
            f"Another `course grade` (process {who}) is grading {section.name}.",
            "Wait for it to end, or stop it; then run this again.",
            code=FOUND,
        ) from None
    try:
        holder.write_text(str(os.getpid()), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
