"""The one file that a student uploads."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from course.errors import FOUND, CourseError
from course.files import named
from course.folder import Course, Section
from course.intake.submissions import Malformed, parse_submission, read_bytes
from course.lab.progress import OPEN, standing

HAND_IN = "hand-in"


@dataclass(frozen=True)
class HandIn:
    """What was made.

    Attributes
    ----------
    path : Path
    saved : datetime
        When the newest notebook in it was saved.
    open : tuple of str
        Exercises that are not answered, or whose test was not run.
    """

    path: Path
    saved: datetime
    open: tuple[str, ...]


def submit(course: Course, section: Section, work: Path) -> HandIn:
    """Make the file of a section's own notebooks: the notebook itself, or a zip of several.

    Parameters
    ----------
    course : Course
    section : Section
    work : Path
        The student's folder.

    Raises
    ------
    CourseError
        When there is no notebook, or one that could not be graded.
    """
    found = standing(course, section, work)
    if found is None or not found.notebooks:
        raise CourseError(
            f"There is nothing to hand in: {work / section.name} holds no notebook of the section.",
            "Open it with `course lab` first.",
            code=FOUND,
        )
    paths = [work / name for name in found.notebooks]
    texts = {path: _whole(path) for path in paths}
    if len(paths) == 1:
        target = work / HAND_IN / paths[0].name
        with _whole_or_not(target) as unfinished:
            unfinished.write_bytes(texts[paths[0]])
    else:
        target = work / HAND_IN / f"{section.name}.zip"
        with _whole_or_not(target) as unfinished:
            _zip(unfinished, section.name, texts)
    saved = max(datetime.fromtimestamp(path.stat().st_mtime) for path in paths)
    left = tuple(step.name for step in found.steps if step.mark == OPEN)
    return HandIn(target, saved, left)


def _whole(path: Path) -> bytes:
    """Return a notebook's bytes, if they can be graded."""
    try:
        data = read_bytes(path)
        parse_submission(data)
    except Malformed as error:
        raise CourseError(
            f"{path} cannot be handed in: {error}", "Open and save it in JupyterLab.", code=FOUND
        ) from None
    return data


def _zip(target: Path, folder: str, texts: dict[Path, bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for path, data in texts.items():
            made.writestr(f"{folder}/{path.name}", data)


@contextmanager
def _whole_or_not(target: Path) -> Iterator[Path]:
    """Yield a name to write to, which becomes the target's when all is written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.part")
    with named(target):
        unfinished.unlink(missing_ok=True)  # it may be a link to something else
        yield unfinished
        os.replace(unfinished, target)
