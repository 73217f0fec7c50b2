"""What of ours goes to the workers: each section's notebooks and files, read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

import nbformat

from course.errors import CourseError
from course.examining.opening import section_files
from course.folder import KEPT_BACK, Course, Section
from course.grading.engine.tasks import Package
from course.grading.jobs import imports_of
from course.notebook.mistakes import Mistake, read_mistakes
from course.notebook.needs import missing_packages, unfit
from course.notebook.reading import read_source
from course.notebook.versions import student_version
from course.processes.neighbours import modules_in


def read_packages(
    course: Course,
    sections: Iterable[Section],
    say: Callable[[str], None] = lambda text: None,
) -> tuple[dict[str, Package], list[CourseError]]:
    """Return the packages of some sections by name, and why there is none of others.

    Parameters
    ----------
    course : Course
    sections : iterable of Section
    say : callable
        Told in a sentence what notebooks need that is not here.
    """
    found: dict[str, Package] = {}
    faulty: list[CourseError] = []
    for section in sections:
        try:
            found[section.name] = _read(course, section, say)
        except CourseError as error:
            faulty.append(error)
    return found, faulty


def _read(course: Course, section: Section, say: Callable[[str], None]) -> Package:
    sources, refused, lacking = {}, {}, {}
    local = set(modules_in(section.folder))
    for path in section.notebooks:
        nb = read_source(path, course.config)
        text = nbformat.writes(nb)
        reason = unfit(nb)
        try:
            try_student_version(text)
        except ValueError as error:  # a language for which the configuration has no stub
            what = f"{path}: {reason or f'{error}.'}"
            raise CourseError(what, "Give the notebook the kernel Python 3.") from None
        except RuntimeError as error:
            raise CourseError(f"{path}: {error}.", "Fix the delimiters.") from None
        if reason:
            refused[path.stem] = reason
            say(f"{section.name}/{path.name}: {reason}")
        elif missing := missing_packages(nb, local):
            lacking[path.stem] = missing
            names = ", ".join(missing)
            say(f"{section.name}/{path.name} imports what is not installed here: {names}.")
        sources[path.stem] = text
    return Package(
        section.name,
        sources,
        section_files(section),
        imports_of(section),
        course.inside,
        refused,
        lacking,
        _mistakes(section, say),
    )


@lru_cache(maxsize=64)  # of which a process that is forked afterwards has those of its course
def try_student_version(text: str) -> None:
    """Raise what is wrong with the delimiters of a notebook."""
    student_version(nbformat.reads(text, nbformat.current_nbformat))


def _mistakes(section: Section, say: Callable[[str], None]) -> tuple[Mistake, ...]:
    """Return the section's known mistakes; a file that cannot be read costs nobody a mark."""
    try:
        return tuple(m for name in KEPT_BACK for m in read_mistakes(section.folder / name))
    except CourseError as error:
        say(f"{error.what} Answers are graded, but no mistake is named.")
        return ()
