"""Rules on a section: how many exercises, how many points, how many mistakes."""

# ruff: noqa: D103  (what a rule demands stands in its decorator)
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from course.errors import CourseError
from course.folder import Section
from course.gate.findings import Problem, rule
from course.gate.lesson import Chapter

AUTOMATIC, MANUAL, MISTAKES = 7, 1, 3
TOTAL = re.compile(r"(\d+(?:\.\d+)?) points")


@rule("exercises", f"{AUTOMATIC} exercises are tested and one is read", house=True)
def find_too_few_exercises(chapter: Chapter) -> Iterator[Problem]:
    if chapter.section.draft:
        return  # `drafts` tells of it
    manual = sum(e.manual for e in chapter.exercises)
    automatic = len(chapter.exercises) - manual
    for kind, count, least in (("tests", automatic, AUTOMATIC), ("a person", manual, MANUAL)):
        if count < least:
            message = (
                f"The section has {count} exercises that {kind} grade{'s' * (kind != 'tests')}."
            )
            yield Problem("", message, f"Have {least} or more.", "")


def drafts(sections: Iterable[Section]) -> str:
    """Return a line that names the sections that are drafts still; nothing where none is."""
    names = [section.name for section in sections if section.draft]
    least = f"{AUTOMATIC} exercises that tests grade and {MANUAL} that a person does"
    return f"Drafts, which are not held to {least}: {', '.join(names)}." if names else ""


@rule("points", "points add up to what syllabus and title promise", house=True)
def find_wrong_points(chapter: Chapter) -> Iterator[Problem]:
    total = sum(exercise.points for exercise in chapter.exercises)
    promised = chapter.section.points
    if promised is not None and promised != total:
        message = f"The syllabus promises {promised:g} points, the exercises give {total:g}."
        yield Problem("", message, "Make them agree.", "")
    for lesson in chapter.lessons:
        own = sum(exercise.points for exercise in lesson.exercises)
        title = lesson.nb.cells[0] if lesson.nb.cells else None
        stated = TOTAL.search(title.source) if title and title.cell_type == "markdown" else None
        if stated and float(stated[1]) != own:
            message = f"The title promises {stated[1]} points, the exercises give {own:g}."
            yield Problem(title.id, message, "Make them agree.", lesson.path.name)


@rule("mistakes", f"each tested exercise has {MISTAKES} mistakes", house=True)
def find_too_few_mistakes(chapter: Chapter) -> Iterator[Problem]:
    try:
        counts = Counter(mistake.exercise for mistake in chapter.mistakes)
    except CourseError:
        return  # "mistakes-readable" says so
    for exercise in chapter.exercises:
        count = sum(counts[name] for name in exercise.answers)
        if not exercise.manual and count < MISTAKES:
            message = f"{chapter.mistakes_file.name} holds {count} mistakes of this exercise."
            remedy = f"Write {MISTAKES} or more: what do students get wrong?"
            yield Problem(exercise.name, message, remedy, chapter.mistakes_file.name)


@rule("mistakes-readable", "mistakes.py can be read and names exercises that are")
def find_unknown_mistakes(chapter: Chapter) -> Iterator[Problem]:
    file = chapter.mistakes_file.name
    try:
        mistakes = chapter.mistakes
    except CourseError as error:
        yield Problem("", error.what, error.remedy, file)
        return
    known = {name for e in chapter.exercises if not e.manual for name in e.answers}
    for mistake in mistakes:
        if mistake.exercise not in known:
            message = (
                f"Line {mistake.line}: no tested solution cell is called {mistake.exercise!r}."
            )
            yield Problem("", message, "Name the solution cell's grade_id.", file)
