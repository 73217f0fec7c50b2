"""Rules on the lesson's cells: short, and with what every lesson begins with."""

# ruff: noqa: D103  (what a rule demands stands in its decorator)
from __future__ import annotations

import ast
from collections.abc import Iterator
from statistics import median

from course.gate.findings import Problem, rule
from course.gate.lesson import Lesson, parsed
from course.judging.verdict import split_test
from course.notebook.cells import PARAMETERS, is_test, tags
from course.notebook.fetching import NAME, SOURCE, is_fetching
from course.notebook.regions import without_delimiters

LONGEST, MEDIAN = 20, 6
PROFILE = "PROFILE"


@rule("long-cell", f"a code cell has at most {LONGEST} lines", house=True)
def find_long_cells(lesson: Lesson) -> Iterator[Problem]:
    for cell in lesson.code:
        # Students see one part of a test; the other may hold the reference.
        parts = split_test(cell.source) if is_test(cell) else [(cell.source, False)]
        if (length := max(_length(text) for text, _ in parts)) > LONGEST:
            message = f"The cell has {length} lines; {LONGEST} is the most."
            yield Problem(cell.id, message, "Split it, or move a part of it into helpers/.")


@rule("median-cell", f"half of the code cells have at most {MEDIAN} lines", house=True)
def find_long_median(lesson: Lesson) -> Iterator[Problem]:
    lengths = [_length(cell.source) for cell in lesson.code]
    if lengths and median(lengths) > MEDIAN:
        message = f"The median code cell has {median(lengths):g} lines; {MEDIAN} is the most."
        yield Problem("", message, "Split cells: one idea, one cell.")


@rule("parameters", "one cell is tagged parameters, and sets PROFILE", house=True)
def find_missing_parameters(lesson: Lesson) -> Iterator[Problem]:
    tagged = [cell for cell in lesson.nb.cells if PARAMETERS in tags(cell)]
    if len(tagged) != 1:
        message = f"{len(tagged)} cells are tagged {PARAMETERS!r}."
        yield Problem("", message, f'Tag one cell, with {PROFILE} = "fast" in it.')
        return
    tree = parsed(tagged[0].source)
    targets = [t for node in tree.body if isinstance(node, ast.Assign) for t in node.targets]
    if PROFILE not in [t.id for t in targets if isinstance(t, ast.Name)]:
        message = f"The cell does not set {PROFILE}."
        yield Problem(tagged[0].id, message, f'Write {PROFILE} = "fast".')


@rule("imports-first", "the first code cell imports and does little else", house=True)
def find_late_imports(lesson: Lesson) -> Iterator[Problem]:
    first = next((cell for cell in lesson.code if not is_fetching(cell)), None)
    if first is None:
        return
    tree = parsed(first.source)
    imports = [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)] if tree else []
    if not imports or any(n not in imports and not _is_setup(n) for n in tree.body):
        message = "The first code cell does not import, or does other things too."
        yield Problem(first.id, message, "Begin with a cell of imports; setup(...) may follow.")


@rule("fetch", "the first code cell fetches the course where it is missing", house=True)
def find_another_fetch(lesson: Lesson) -> Iterator[Problem]:
    if not (lesson.course.root / "helpers").is_dir():
        return  # a course without a package of its own has nothing to fetch
    remedy = f"Copy the cell {NAME} of another lesson, and put it below the title."
    if not lesson.code or not is_fetching(lesson.code[0]):
        yield Problem(
            NAME, "No cell fetches the course where it is missing, before all others.", remedy
        )
    elif lesson.code[0].source != SOURCE:
        yield Problem(NAME, "The cell is not that of the other lessons.", remedy)


def _length(text: str) -> int:
    return len(without_delimiters(text.strip()))


def _is_setup(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "setup"
    )
