"""Change several files: all of them or none, and none that somebody else has changed meanwhile."""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from course.errors import FOUND, CourseError
from course.files import remove_unfinished, write_atomically
from course.folder import Course


@dataclass(frozen=True)
class Change:
    """A file that is to be written.

    Attributes
    ----------
    path : Path
    before : bytes or None
        What was read of it; None where it was not there.
    text : str
        What it is to hold.
    """

    path: Path
    before: bytes | None
    text: str


def content(path: Path) -> bytes | None:
    """Return what a file holds; None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def within(course: Course, path: Path) -> str:
    """Return how a file of a course is called: relative to its folder, where it lies there."""
    root = course.root
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def put(changes: list[Change]) -> None:
    """Write some files; where one cannot be written, those before it are as they were.

    Raises
    ------
    CourseError
        When a file is no longer what was read of it: nothing is written.
    OSError
        From the system.
    """
    for one in changes:
        if content(one.path) != one.before:
            raise CourseError(
                f"{one.path} has changed while this command worked; nothing is written.",
                "Run it again.",
                code=FOUND,
            )
    with ExitStack() as undo:
        for one in changes:
            _write(one, undo)
        undo.pop_all()


def _write(one: Change, undo: ExitStack) -> None:
    path = one.path.resolve()  # the file itself, where its name is a link
    remove_unfinished(path)  # beside a notebook it would be handed out
    mode = path.stat().st_mode & 0o777 if one.before is not None else None
    write_atomically(path, one.text)
    undo.callback(_restore, path, one.before)
    if mode is not None:
        os.chmod(path, mode)


def _restore(path: Path, before: bytes | None) -> None:
    with suppress(OSError):  # the error that brought us here is the one to tell
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
