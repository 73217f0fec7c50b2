"""Stock nbgrader in this process: its own converters, as its commands run them."""

from __future__ import annotations

import copy
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jupyter_client.provisioning import KernelProvisionerFactory
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import instantiatetests

from course.folder import Course
from course.warm.imports import imports_in
from course.warm.owned import owned_nursery
from course.warm.provisioner import NAME
from tests.kernels import by_files
from tests.stock import path

Mark = tuple[float | None, bool]  # auto score, and whether a person is asked to look


def release(course: Course) -> dict[str, str]:
    """Make the student versions of all sections; return why, of those that it cannot make."""
    return _convert_all(GenerateAssignment, course, ".")


def autograde(course: Course) -> dict[str, str]:
    """Grade all that was handed in; return why, of what it cannot grade."""
    return _convert_all(Autograde, course, "*")


def marks(course: Course) -> dict[tuple[str, str, str, str], Mark]:
    """Return what the gradebook holds, by assignment, student, notebook and grade cell."""
    found = {}
    with Gradebook(course.db_url) as book:
        for assignment in book.assignments:
            for submission in assignment.submissions:
                for notebook in submission.notebooks:
                    for grade in notebook.grades:
                        key = assignment.name, submission.student.id, notebook.name, grade.name
                        found[key] = grade.auto_score, grade.needs_manual_grade
    return found


@contextmanager
def kernels(course: Course, *, plain: bool) -> Iterator[None]:
    """Have Jupyter fork its kernels from a process that has made the course's imports, or not.

    A kernel is what it would be, and there in a tenth of the time.
    """
    if plain:
        yield
        return
    paths = (path for section in course.sections for path in section.notebooks)
    factory = KernelProvisionerFactory.instance()
    before = factory.default_provisioner_name
    kept = dict(os.environ)
    with owned_nursery(imports_in(paths), kept) as variables:
        os.environ.update(variables)
        factory.default_provisioner_name = NAME if variables else before
        try:
            yield
        finally:
            factory.default_provisioner_name = before
            for name in variables.keys() - kept.keys():
                del os.environ[name]


def _convert_all(converter: type, course: Course, student: str) -> dict[str, str]:
    trouble = {}
    here, before = Path.cwd(), os.environ["PATH"]
    try:
        os.chdir(course.root)
        os.environ["PATH"] = path()  # it starts alembic by name
        with _clients_closed():
            for section in course.sections:
                if reason := _convert(converter, course, section.name, student):
                    trouble[section.name] = reason
    finally:
        os.environ["PATH"] = before
        os.chdir(here)
    return trouble


@contextmanager
def _clients_closed() -> Iterator[None]:
    """Let go of the sockets to the kernels in which nbgrader writes its tests: it does not."""
    plain, opened = instantiatetests.start_new_kernel, []

    def start(**options):
        manager, client = plain(**options)
        opened.append(client)
        return manager, client

    instantiatetests.start_new_kernel = start
    try:
        yield
    finally:
        instantiatetests.start_new_kernel = plain
        for client in opened:
            client.stop_channels()


def _convert(converter: type, course: Course, section: str, student: str) -> str:
    """Convert one assignment; return the reason where that fails."""
    config = copy.deepcopy(course.config)
    config.CourseDirectory.assignment_id = section
    config.CourseDirectory.student_id = student
    config.KernelManager.update(by_files())
    config.Execute.extra_arguments = ["--log-level=ERROR"]
    config.Execute.shutdown_kernel = "immediate"  # all marks are known by then
    made = converter(coursedir=CourseDirectory(config=config), config=config)
    said = _Said()
    made.log = said.logger
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            made.start()
        except NbGraderException as error:
            return said.reason() or str(error)
    return ""


class _Said(logging.Handler):
    """Keeps what nbgrader complains of."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []
        self.logger = logging.Logger("stock")
        self.logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    def reason(self) -> str:
        """Return the last line of each traceback."""
        ends = [m.strip().splitlines()[-1] for m in self.messages if m.startswith("Traceback")]
        return "; ".join(dict.fromkeys(ends))
