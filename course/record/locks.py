"""One grader at a time for each section; a grader that was killed holds nothing."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
        When another process grades this section, or the course's folder cannot be written.
    """
    folder = _folder(course)
    holder = folder / f"{section.name}.pid"
    lock = FileLock(folder / f"{section.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise CourseError(
            f"Another `course grade` (process {_held_by(holder)}) is grading {section.name}.",
            "Wait for it to end, or stop it; then run this again.",
            code=FOUND,
        ) from None
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        try:
            holder.write_text(str(os.getpid()), encoding="utf-8")
        except OSError as error:
            raise _unwritable(folder, error) from None
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


@contextmanager
def only_registrar(course: Course) -> Iterator[None]:
    """Wait until no other grader enters a section into the gradebook, and hold it off.

    Nbgrader's own code looks, then writes: two at once would both find nothing there.
    """
    with _alone(course, "gradebook"):
        yield


@contextmanager
def only_collector(course: Course) -> Iterator[None]:
    """Wait until nobody else takes submissions in: who has which id is looked up, then written."""
    with _alone(course, "collect"):
        yield


@contextmanager
def _alone(course: Course, what: str) -> Iterator[None]:
    folder = _folder(course)
    lock = FileLock(folder / f"{what}.lock")
    try:
        lock.acquire()
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        yield
    finally:
        lock.release()


def _folder(course: Course) -> Path:
    folder = course.root / FOLDER
    ignored = folder / ".gitignore"
    try:
        folder.mkdir(exist_ok=True)
        if not ignored.exists():
            ignored.write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise _unwritable(folder, error) from None
    return folder


def _held_by(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8") or "?"
    except OSError:  # it begins or ends at this moment
        return "?"


def _unwritable(folder: Path, error: OSError) -> CourseError:
    if error.errno == errno.ENOSPC:
        remedy = "Make room, then run again: everything graded so far is recorded."
    else:
        remedy = "Let your user write there, or work on a copy of the course that is yours."
    return CourseError(
        f"{folder} cannot be written: {error.strerror or error}.", remedy, code=FOUND
    )
