"""What grading does with a course's own notebooks, done before anybody grades.

A process that is forked afterwards finds what is kept of it by the notebooks' texts.
"""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat

from course.errors import CourseError
from course.folder import KEPT_BACK, open_course
from course.grading.engine import work
from course.grading.packages import try_student_version
from course.notebook.autotests import asks_for_tests
from course.notebook.mistakes import read_mistakes
from course.notebook.needs import missing_packages
from course.notebook.reading import read_notebook, read_source
from course.processes import wire
from course.processes.forks import die_with
from course.processes.neighbours import modules_in
from course.warm.imports import imports_in

SECONDS = 60.0  # for a configuration, which may do anything
UNFIT = CourseError, RuntimeError, ValueError, OSError  # told where the course is graded


def foresee(root: Path) -> None:
    """Work out what is kept of the notebooks of the course in a folder.

    Its configuration is a program: it runs in a fork, and leaves nothing here for other courses,
    or for its own when it has changed.
    """
    read = _in_fork(lambda: _read(root)) or []
    for folder, found in read:
        local = set(modules_in(Path(folder)))
        imports_in(map(Path, found))
        for name, text in found.items():
            with suppress(*UNFIT):
                read_notebook(Path(name))
                try_student_version(text)
                missing_packages(nbformat.reads(text, as_version=4), local)
        with suppress(*UNFIT):
            mistakes = [m for name in KEPT_BACK for m in read_mistakes(Path(folder, name))]
            work.foresee(tuple(found.values()), tuple(mistakes))


def _read(root: Path) -> list[tuple[str, dict[str, str]]]:
    """Return the folder of each section, and the texts of its notebooks as they are graded."""
    course = open_course(root)
    sections = []
    for section in course.sections:
        found = {}
        for path in sorted(section.folder.glob("*.ipynb")):
            with suppress(*UNFIT):
                # A test that the solution writes depends on the files that the solution reads.
                if not asks_for_tests(read_notebook(path), course.config):
                    found[str(path)] = nbformat.writes(read_source(path, course.config))
        sections.append((str(section.folder), found))
    return sections


def _in_fork(work: Callable[[], Any]) -> Any:
    """Return what some work comes to, as JSON holds it; None where it fails."""
    near, far = socket.socketpair()
    parent = os.getpid()
    pid = os.fork()
    if not pid:
        try:
            die_with(parent)
            signal.alarm(int(SECONDS))
            os.setsid()  # what a configuration starts ends with this
            wire.send(far, work(), seconds=SECONDS)
        finally:
            os._exit(0)
    far.close()
    try:
        with near, suppress(wire.Closed, wire.TooLate, wire.TooLarge):
            return wire.receive(near, SECONDS)
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)  # it may not have come to its own group
        os.waitpid(pid, 0)
    return None
