"""One grader at a time for each section; a grader that was killed holds nothing."""

from __future__ import annotations

import errno
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from course.errors import FOUND, CourseError
from course.files import is_full
from course.folder import Course, Section

FOLDER = ".grading"
NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP)  # as some disks of other machines say


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
        _acquire(lock, 0)
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
def only_commenter(course: Course) -> Iterator[None]:
    """Wait until nobody else changes the comments that are kept for reuse: they are one file."""
    with _alone(course, "comments"):
        yield


@contextmanager
def _alone(course: Course, what: str) -> Iterator[None]:
    folder = _folder(course)
    lock = FileLock(folder / f"{what}.lock")
    try:
        _acquire(lock, -1)
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        yield
    finally:
        lock.release()


def _acquire(lock: FileLock, seconds: float) -> None:
    """Acquire a lock; without a word where its file has to stand for the lock itself."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "flock not supported")
        lock.acquire(seconds)


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
    if error.errno in NO_LOCKS:
        return CourseError(
            f"No file in {folder} can be locked: {error.strerror}.",
            "Put the course on a disk that has locks, a local one or NFS 4: without them two "
            "graders at once would spoil each other's marks.",
            code=FOUND,
        )
    if is_full(error):
        remedy = "Make room, then run again: everything graded so far is recorded."
    else:
        remedy = "Let your user write there, or work on a copy of the course that is yours."
    return CourseError(
        f"{folder} cannot be written: {error.strerror or error}.", remedy, code=FOUND
    )
