"""The rule on blanks: what a skeleton leaves to its author is filled in before anything is run."""
# ruff: noqa: D103  (what a rule demands stands in its decorator)

from __future__ import annotations

from collections.abc import Iterable, Iterator

from course.drafting.syllabus import blanks_of
from course.folder import SYLLABUS_FILE
from course.gate.findings import Finding, Problem, rule
from course.gate.lesson import Chapter, Lesson
from course.notebook.blanks import Blank, blanks

NAME = "blank"
REMEDY = "Write it in place of BLANK(…)."


@rule(NAME, "no blank of a skeleton is left in a notebook")
def find_blanks(lesson: Lesson) -> Iterator[Problem]:
    for cell in lesson.nb.cells:
        yield from (_problem(one, cell.id) for one in blanks(cell.source))


@rule("blank-beside", "no blank of a skeleton is left in mistakes.py or in the syllabus")
def find_blanks_beside(chapter: Chapter) -> Iterator[Problem]:
    file = chapter.mistakes_file
    found = blanks(file.read_text(encoding="utf-8")) if file.is_file() else []
    yield from (_problem(one, "", file.name) for one in found)
    syllabus = chapter.course.root / SYLLABUS_FILE
    if chapter.course.syllabus:
        for one in blanks_of(syllabus.read_text(encoding="utf-8"), chapter.section.name):
            message = f"Line {one.line} of {SYLLABUS_FILE.as_posix()} is blank: {one.what}."
            yield Problem("", message, REMEDY, "")


def has_blanks(chapter: Chapter) -> bool:
    """Tell whether there is something in a section that nobody has written yet."""
    beside = any(find_blanks_beside(chapter))
    return beside or any(any(find_blanks(lesson)) for lesson in chapter.lessons)


def unfilled(findings: Iterable[Finding]) -> str:
    """Return one line that says which sections were not run for their blanks; or nothing."""
    names = [f.section for f in findings if f.rule.startswith(NAME)]
    if not names:
        return ""
    told = ", ".join(f"{name} ({names.count(name)})" for name in dict.fromkeys(names))
    return f"Blanks are left, and nothing is run until they are filled in: {told}."


def _problem(one: Blank, cell: str, file: str | None = None) -> Problem:
    return Problem(cell, f"Line {one.line} is blank: {one.what}.", REMEDY, file)
