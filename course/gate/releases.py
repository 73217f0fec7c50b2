"""Rules on release/: up to date, and without anything that students may not see."""
# ruff: noqa: D103  (what a rule demands stands in its decorator)

from __future__ import annotations

from collections.abc import Iterator

from course.authoring.leaks import LEAK_REMEDY, find_twins
from course.errors import CourseError
from course.gate.blanks import has_blanks
from course.gate.findings import Problem, rule
from course.gate.giveaways import PACKAGE
from course.gate.lesson import Chapter


@rule("release-possible", "source/ can be made into a student version")
def find_impossible(chapter: Chapter) -> Iterator[Problem]:
    if not _can_be_made(chapter):
        return
    try:
        _ = chapter.release
    except CourseError as error:
        yield Problem("", error.what, error.remedy, "")


@rule("release-current", "release/ is what source/ gives today", style=True)
def find_drift(chapter: Chapter) -> Iterator[Problem]:
    remedy = f"Run `course release {chapter.section.name}`."
    if not _can_be_made(chapter) or has_blanks(chapter):
        return
    try:
        drifts, _ = chapter.release
    except CourseError:
        return  # "release-possible" says so
    for drift in drifts:
        yield Problem(drift.cell, f"{drift}.", remedy, drift.file)


@rule("release-leak", "nothing that students may not see is in release/")
def find_leak(chapter: Chapter) -> Iterator[Problem]:
    if not _can_be_made(chapter):
        return
    try:
        leaks = chapter.release[1]
    except CourseError:
        return  # "release-possible" says so
    for leak in leaks:
        line = f"Line {leak.line} is" if leak.line else "Here is"
        yield Problem(leak.cell, f"{line} {leak.what}.", LEAK_REMEDY, leak.file)


@rule("helpers-leak", "no function of helpers is a solution or part of a hidden test", house=True)
def find_twin(chapter: Chapter) -> Iterator[Problem]:
    package = chapter.course.root / PACKAGE
    sources = [lesson.nb for lesson in chapter.lessons]
    for leak in find_twins(package, sources):
        remedy = f"Take it out of {PACKAGE}: students can import it."
        yield Problem("", f"Line {leak.line} is {leak.what}.", remedy, leak.file)


def _can_be_made(chapter: Chapter) -> bool:
    """Tell whether there is a student version to look at; where not, other rules say why."""
    try:
        _ = chapter.mistakes
    except CourseError:
        return False
    return chapter.complete and not any(lesson.faults for lesson in chapter.lessons)
