"""Hashes of what a verdict depends on: the submission, our tests, the environment."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from course.beside import PLACE
from course.folder import CONFIG_FILE, Course, Section
from course.intake.groups import Work

CHUNK = 2**20


def tests_hash(course: Course, section: Section) -> str:
    """Return a hash of everything of ours that a verdict depends on.

    That is the section's folder with its known mistakes, all of the helpers that its cells may
    import, the course's configuration, which names a header and a footer and what stands for a
    solution, and whether tests may run in the student's own process.
    """
    files = [p for p in sorted(section.folder.rglob("*")) if p.is_file()]
    files = [p for p in files if p.suffix != ".pyc"]
    files += sorted((PLACE / "helpers").rglob("*.py"))
    added = (course.config.IncludeHeaderFooter.get(part) for part in ("header", "footer"))
    files += sorted(course.root.glob("autotests.y*ml"))  # by which nbgrader writes tests
    files += [
        p for p in (course.root / CONFIG_FILE, *map(Path, filter(None, added))) if p.is_file()
    ]
    found = b"\0".join(p.name.encode() + b"\0" + p.read_bytes() for p in files)
    return hash_of(found + b"\0" + course.inside.encode())


@cache
def environment_hash() -> str:
    """Return a hash of Python's version and of every installed package's."""
    # The folder's name holds both; to read each one's metadata takes a good part of a second.
    # What setuptools bundles joins the path when something imports it: it is no part of ours.
    places = (Path(place) for place in sys.path if not place.endswith("_vendor"))
    versions = sorted({p.name for place in places for p in place.glob("*.dist-info")})
    return hash_of(json.dumps([platform.python_version(), versions]).encode())


def work_hash(course: Course, work: Work, section: Section) -> str:
    """Return a hash of what was handed in once, and of the group it is handed in for.

    A group that changes is graded again: for whom a mark counts is part of it.
    """
    own = submission_hash(course, work.student, section)
    if not work.group:
        return own
    return hash_of(json.dumps([own, work.student, work.group, work.members]).encode())


def submission_hash(course: Course, student: str, section: Section) -> str:
    """Return a hash of the notebooks that were handed in; links are not followed.

    What cannot be read is left out: of that grading tells, submission by submission.
    """
    folder = course.submitted(student, section.name)
    found, between = hashlib.sha256(), b""
    with suppress(OSError):
        if folder.is_symlink():
            return found.hexdigest()
        for entry in sorted(os.scandir(folder), key=lambda e: e.name):
            found.update(between + entry.name.encode("utf-8", "surrogateescape"))
            between = b"\0"
            if entry.is_file(follow_symlinks=False):
                with suppress(OSError), open(entry.path, "rb") as file:
                    found.update(between)
                    while chunk := file.read(CHUNK):  # it may be larger than the memory
                        found.update(chunk)
    return found.hexdigest()


def hash_of(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
