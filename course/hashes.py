"""Hashes of what a verdict depends on: the submission, our tests, the environment."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from contextlib import suppress
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from course.folder import Course, Section


def tests_hash(section: Section) -> str:
    """Return a hash of everything of ours that a verdict depends on."""
    parts = [path.name.encode() + path.read_bytes() for path in section.notebooks]
    helpers = Path(__file__).resolve().parent.parent / "helpers" / "checks"
    parts += [path.read_bytes() for path in sorted(helpers.glob("*.py"))]
    return hash_of(b"\0".join(parts))


@cache
def environment_hash() -> str:
    """Return a hash of Python's version and of every installed package's."""
    versions = sorted(f"{d.metadata['Name']}=={d.version}" for d in distributions())
    return hash_of(json.dumps([platform.python_version(), versions]).encode())


def submission_hash(course: Course, student: str, section: Section) -> str:
    """Return a hash of the notebooks that were handed in; links are not followed."""
    folder = course.submitted(student, section.name)
    parts = []
    if folder.is_dir() and not folder.is_symlink():
        for entry in sorted(os.scandir(folder), key=lambda e: e.name):
            parts.append(entry.name.encode("utf-8", "surrogateescape"))
            if entry.is_file(follow_symlinks=False):
                with suppress(PermissionError):  # grading tells the student so
                    parts.append(Path(entry.path).read_bytes())
    return hash_of(b"\0".join(parts))


def hash_of(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
