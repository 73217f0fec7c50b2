"""Rules on what a lesson needs of the machine that it is graded on."""

# ruff: noqa: D103  (what a rule demands stands in its decorator)
from __future__ import annotations

from collections.abc import Iterator

from course.gate.findings import Problem, rule
from course.gate.lesson import Lesson
from course.notebook.needs import missing_packages, unfit
from course.processes.neighbours import modules_in


@rule("runs-here", "the notebook can be run where it is graded")
def find_unfit_kernel(lesson: Lesson) -> Iterator[Problem]:
    if reason := unfit(lesson.nb):
        yield Problem("", reason, "Until then each of its exercises gets the verdict error.")


def can_be_run(lesson: Lesson) -> bool:
    """Tell whether a run could say anything of the lesson: nothing that it needs is missing."""
    return not unfit(lesson.nb) and not _missing(lesson)


@rule("packages", "what the notebook imports is installed")
def find_missing_packages(lesson: Lesson) -> Iterator[Problem]:
    for name in _missing(lesson):
        message = f"The notebook imports {name}, which is not installed here."
        yield Problem(
            "", message, "Install it where the course is graded, before anybody hands in."
        )


def _missing(lesson: Lesson) -> list[str]:
    return missing_packages(lesson.nb, set(modules_in(lesson.section.folder)))
