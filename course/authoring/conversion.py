"""Source to student version, by nbgrader's own GenerateAssignment.

The conversion runs on copies in a temporary folder, without the gradebook, and gives the
same bytes wherever and whenever it runs.
"""

from __future__ import annotations

import copy
import json
import logging
import os
import re
import shutil
import tempfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells
from traitlets.config import Config

from course.errors import FOUND, CourseError
from course.files import FULL, copy_to_work_on
from course.folder import Course, Section, no_extra_file
from course.notebook.fetching import name_package
from course.notebook.reading import read_authored
from course.notebook.regions import faults
from course.notebook.versions import let_go_on

# What Jupyter and papermill leave behind after a run.
RUN_METADATA = ("execution", "papermill", "ExecuteTime", "widgets", "signature")
# Where in a traceback the exception stands, which may have many lines.
RAISED = re.compile(r"^\w[\w.]*(?=:|$)", re.M)
LONGEST = 240  # characters of what nbgrader says
FILE_MODE, FOLDER_MODE = 0o644, 0o755


class NoRoom(CourseError):
    """A disk is full, which is no fault of a section."""


def convert(course: Course, section: Section, work: Path) -> Path:
    """Make the student version of a section in a folder of its own.

    Parameters
    ----------
    course : Course
    section : Section
    work : Path
        An empty folder.

    Returns
    -------
    Path
        The folder, below `work`, that is to become ``release/<section>``.

    Raises
    ------
    CourseError
        When a notebook cannot be read or converted.
    """
    _copy_source(course, section, work / "source" / section.name)
    _generate(course, section, work)
    made = work / "release" / section.name
    for path in made.rglob("*"):
        path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)
    made.chmod(FOLDER_MODE)
    for path in made.glob("*.ipynb"):
        nb = nbformat.read(path, as_version=4)
        if course.goes_on:
            let_go_on(nb)
        if course.package:
            name_package(nb, course.package)
        path.write_text(canonical(nb), encoding="utf-8", newline="\n")
    return made


def canonical(nb: NotebookNode) -> str:
    """Return the text of a notebook: sorted keys, indent 1, nothing that a run left behind."""
    nb = nbformat.from_dict(nb)
    for part in (nb, *nb.cells):
        for key in RUN_METADATA:
            part.metadata.pop(key, None)
    content = json.loads(nbformat.writes(nb))  # splits texts into lines
    return json.dumps(content, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def _copy_source(course: Course, section: Section, target: Path) -> None:
    try:
        copy_to_work_on(section.folder, target, ignore=no_extra_file)
    except (shutil.Error, OSError) as error:
        reason = error.args[0][0][-1] if isinstance(error, shutil.Error) else error
        _demand_room(str(reason))
        raise CourseError(
            f"{section.folder} cannot be copied: {reason}.",
            "Fix or remove that file, and check that you may read it.",
        ) from None
    for path in section.notebooks:
        nb = read_authored(path, course.config)
        for fault in faults(nb, course.config):
            raise CourseError(
                f"{path}, cell {fault.cell}: {fault.message}.", "Fix that cell.", code=FOUND
            )
        nbformat.write(nb, target / path.name)


def _generate(course: Course, section: Section, work: Path) -> None:
    config = copy.deepcopy(course.config)
    config.CourseDirectory.update(
        root=str(work),
        source_directory="source",
        release_directory="release",
        directory_structure=os.path.join("{nbgrader_step}", "{student_id}", "{assignment_id}"),
        assignment_id=section.name,
        notebook_id="*",
        groupshared=False,
    )
    # read_authored has put them in already.
    config.IncludeHeaderFooter = Config(header="", footer="")
    log = _Log()
    converter = GenerateAssignment(
        coursedir=CourseDirectory(config=config), config=config, log=log.logger, no_database=True
    )
    # Everything but the gradebook, which SaveCells alone writes.
    converter.preprocessors = [p for p in converter.preprocessors if p is not SaveCells]
    try:
        converter.start()
    except NbGraderException:
        _demand_room(log.reason())
        raise CourseError(
            f"Section {section.name} cannot be made into a student version: {log.reason()}.",
            "Fix the cell that nbgrader names.",
            code=FOUND,
        ) from None


def _demand_room(reason: str) -> None:
    """Say so where a conversion failed for want of room: then nothing is wrong with the section.

    Raises
    ------
    NoRoom
    """
    if any(os.strerror(code) in reason for code in FULL):
        raise NoRoom(
            f"The temporary folder {tempfile.gettempdir()} is full: {reason}.",
            "Make room there, or set TMPDIR to a folder that has some; then run again.",
            code=FOUND,
        ) from None


class _Log(logging.Handler):
    """Keeps nbgrader's complaints, to be told in one sentence."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []
        self.logger = logging.Logger("course.authoring.release")
        self.logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    def reason(self) -> str:
        """Return what was raised, of the traceback that nbgrader logs; or its first complaint."""
        logged = [m for m in self.messages if m.startswith("Traceback")] or self.messages
        text = logged[0].strip() if logged else "nbgrader gives no reason"
        raised = list(RAISED.finditer(text))
        said = " ".join(text[raised[-1].start() :].split() if raised else text.split())
        return (said if len(said) <= LONGEST else f"{said[:LONGEST]} …").rstrip(".")
