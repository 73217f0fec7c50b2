"""Wrong solutions that the tests of an exercise must catch.

``source/NN-name/mistakes.py`` holds them as ordinary code::

    from course.notebook.mistakes import mistake

    @mistake("output-size", says="rounds up")
    def output_size(size, kernel, stride, padding):
        return -(-(size - kernel) // stride) + 1

    mistake("batch-shape", says="the batch axis is missing", code="batch_shape = (427, 640, 3)")

The file is read, never run: the text below the decorator, or the text of ``code``, takes
the place of the solution cell.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.notebook.syntax import parse


@dataclass(frozen=True)
class Mistake:
    """One wrong solution: its exercise, its code, and words of the diagnosis it must draw."""

    exercise: str
    says: str
    code: str
    line: int


def mistake(exercise: str, *, says: str, code: str | None = None) -> Callable[[Any], Any]:
    """Mark a function (as decorator), or the text `code`, as a wrong solution of `exercise`.

    Parameters
    ----------
    exercise : str
        The ``grade_id`` of the solution cell.
    says : str
        Words that the feedback must contain; case is ignored.
    code : str, optional
        The wrong solution as text, where it is more than one function.
    """
    return lambda answer: answer


def read_mistakes(path: Path) -> list[Mistake]:
    """Read the mistakes of a section; an absent file holds none.

    Raises
    ------
    CourseError
        When the file does not parse, or a mistake is not written in one of the two forms.
    """
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8")
    try:
        tree = parse(text)
    except SyntaxError as error:
        raise CourseError(
            f"{path} does not parse at line {error.lineno}: {error.msg}.", "Mend that line."
        ) from None
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for decorator in filter(_is_mistake, node.decorator_list):
                code = ast.get_source_segment(text, node)
                found.append(_from_call(decorator, path, textwrap.dedent(code or "")))
        elif isinstance(node, ast.Expr) and _is_mistake(node.value):
            found.append(_from_call(node.value, path, None))
    return found


def _is_mistake(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "mistake"
    )


def _from_call(call: ast.Call, path: Path, code: str | None) -> Mistake:
    try:
        (exercise,) = (ast.literal_eval(argument) for argument in call.args)
        words = {k.arg: ast.literal_eval(k.value) for k in call.keywords}
        code = code or textwrap.dedent(words["code"]).strip()
        return Mistake(exercise, words["says"], code, call.lineno)
    except (ValueError, KeyError):
        raise CourseError(
            f"{path}, line {call.lineno}: this mistake cannot be read.",
            'Write @mistake("exercise", says="words") above a function, or give code="…".',
        ) from None
