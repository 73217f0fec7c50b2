"""Executed student versions: found, or run, and held to release/ cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from course.console import Report
from course.errors import FOUND, CourseError
from course.folder import Course, Section
from course.running import times
from course.running.ran import read_ran
from course.running.run import run


@dataclass(frozen=True)
class Executed:
    """A student version with the outputs of a run.

    Attributes
    ----------
    section : Section
    file : Path
        The student version in release/, without outputs.
    nb : NotebookNode
        As it was run.
    """

    section: Section
    file: Path
    nb: NotebookNode


def run_released(
    course: Course, sections: list[Section], out: Path, jobs: int, report: Report
) -> None:
    """Run the student versions of some sections into a folder.

    Raises
    ------
    CourseError
        When one fails: its page would end in the middle.
    """
    results = run(course, sections, released=True, jobs=jobs, out=out, report=report)
    if failed := [times.sentence(result) for result in results if result.failure]:
        raise CourseError(
            "No site is made of a lesson that does not run to its end: " + " ".join(failed),
            "`course run --released` shows more.",
            code=FOUND,
        )


def read_executed(course: Course, sections: list[Section], folder: Path) -> list[Executed]:
    """Return the executed student versions of some sections, in order.

    Parameters
    ----------
    course : Course
    sections : list of Section
    folder : Path
        What ``course run --released --out`` wrote.

    Raises
    ------
    CourseError
        When one is not there, or is no run of the student version that stands in release/: of a
        source notebook, with its solutions, or of an earlier version.
    """
    return [
        _read(section, file, folder / section.name / file.name)
        for section in sections
        for file in _student_versions(course, section)
    ]


def _student_versions(course: Course, section: Section) -> list[Path]:
    if found := sorted(course.release(section.name).glob("*.ipynb")):
        return found
    raise CourseError(
        f"Section {section.name} has no student version in {course.release(section.name)}.",
        f"Make it with `course release {section.name}`.",
    )


def _read(section: Section, file: Path, path: Path) -> Executed:
    again = f"Run it with `course run {section.name} --released --out {path.parents[1]}`."
    return Executed(section, file, read_ran(path, file, again))
