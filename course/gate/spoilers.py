"""Rules on what a visible test shows: examples, and nothing of the mistakes that it finds."""

# ruff: noqa: D103  (what a rule demands stands in its decorator)
from __future__ import annotations

import ast
from collections.abc import Iterator

from course.errors import CourseError
from course.gate.findings import Problem, rule
from course.gate.lesson import Chapter, parsed
from course.judging.verdict import visible_part
from course.notebook.cells import grade_id

NAMING = ("slips", "diagnosis")  # what checks call the words for a mistake
SENTENCE = 5  # words of a text that ends in a full stop


@rule("test-spoils-not", "a visible test shows no wrong value and no word of a mistake", house=True)
def find_spoilers(chapter: Chapter) -> Iterator[Problem]:
    try:
        told = {mistake.exercise for mistake in chapter.mistakes if mistake.words}
    except CourseError:
        return  # "mistakes-readable" says so
    for lesson in chapter.lessons:
        moved = {e.id for e in lesson.automatic if told & set(e.answers)}
        for cell in lesson.tests:
            tree = parsed(visible_part(cell.source)) if grade_id(cell) in moved else None
            if spoiler := next(_spoilers(tree), None) if tree else None:
                message = f"The visible test names a mistake: {spoiler[:60]}"
                remedy = "Say it once, as the words of a mistake in mistakes.py."
                yield Problem(cell.id, message, remedy, lesson.path.name)


def _spoilers(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in NAMING:
            yield f"{node.arg}={ast.unparse(node.value)}"
        elif isinstance(node, ast.Attribute) and node.attr in NAMING:
            yield ast.unparse(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value.split()
            if len(words) >= SENTENCE and words[-1].endswith("."):
                yield node.value
