"""Rules on the reader's predictions: an answer is right whenever it is revealed."""

# ruff: noqa: D103  (what a rule demands stands in its decorator)
from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from course.gate.findings import Problem, rule
from course.gate.lesson import Lesson, parsed
from course.notebook.dependencies import names_in

PREDICT = "predict"


@rule("prediction", "what a prediction reveals is bound by one cell", house=True)
def find_answers_that_change(lesson: Lesson) -> Iterator[Problem]:
    asking = [cell for cell in lesson.code if _asks(cell.source)]
    if not asking:
        return
    places: dict[str, list[str]] = defaultdict(list)
    for cell in lesson.code:
        names = names_in(cell.source)
        for name in names.bound - names.imported:
            places[name].append(cell.id)
    for cell in asking:
        for name in sorted(names_in(cell.source).read):
            if len(places[name]) > 1:
                message = f"{name} is bound in {' and '.join(places[name])}."
                yield Problem(
                    cell.id, message, "Who reveals late sees another value: rename one of them."
                )


def _asks(code: str) -> bool:
    tree = parsed(code)
    return tree is not None and any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == PREDICT
        for node in ast.walk(tree)
    )
