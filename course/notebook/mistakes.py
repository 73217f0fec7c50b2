"""Wrong solutions that the tests of an exercise must catch, each with the words that name it.

``source/NN-name/mistakes.py`` holds them as ordinary code::

    from course.notebook.mistakes import mistake

    ROUNDED = "Your answer rounds up: the last window would hang over the edge."

    @mistake("output-size", words=ROUNDED)
    def output_size(size, kernel, stride, padding):
        return -(-(size - kernel) // stride) + 1

    mistake(
        "batch-shape",
        words="The batch axis is missing: even a single picture is a batch of one.",
        code="batch_shape = (427, 640, 3)",
    )

    mistake("batch-shape", says="it should be a tuple", code="batch_shape = 4")

    @mistake("largest", words="A number that you chose wins.", each={"LOW": (-100, -999)})
    def largest(numbers):
        return max(LOW, *numbers)

An answer that behaves as a mistake does is told its `words`, in full. A mistake that a check
describes well enough by itself has none: `says` is what of that description must be there.

The file is read, never run: the text below the decorator, or the text of ``code``, takes
the place of the solution cell.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.notebook.syntax import parse


@dataclass(frozen=True)
class Mistake:
    """One wrong solution.

    Attributes
    ----------
    exercise : str
        The ``grade_id`` of the solution cell.
    says : str
        Words that the feedback must contain; case is ignored.
    code : str
    line : int
        Where it stands in mistakes.py.
    words : str
        What is told to whoever makes it; empty where a check describes it by itself.
    """

    exercise: str
    says: str
    code: str
    line: int
    words: str = ""

    def is_named(self, text: str) -> bool:
        """Tell whether a text that a student is told names this mistake."""
        return self.says.casefold() in text.casefold()


def mistake(
    exercise: str,
    *,
    words: str | None = None,
    says: str | None = None,
    code: str | None = None,
    each: Mapping[str, tuple] | None = None,
) -> Callable[[Any], Any]:
    """Mark a function (as decorator), or the text `code`, as a wrong solution of `exercise`.

    Parameters
    ----------
    exercise : str
        The ``grade_id`` of the solution cell.
    words : str, optional
        What was done, why it is wrong, what the rule is: told to whoever makes this mistake. A
        text, or a name that the file gives to a text.
    says : str, optional
        In place of `words`: a part of what the check says of it.
    code : str, optional
        The wrong solution as text, where it is more than one function.
    each : mapping, optional
        A name that the wrong solution reads, and the values for it: one mistake for each.
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
    return list(_mistakes_in(path.read_text(encoding="utf-8"), path))


@lru_cache(maxsize=32)
def _mistakes_in(text: str, path: Path) -> tuple[Mistake, ...]:
    try:
        tree = parse(text)
    except SyntaxError as error:
        raise CourseError(
            f"{path} does not parse at line {error.lineno}: {error.msg}.", "Fix that line."
        ) from None
    found: list[Mistake] = []
    lines = text.split("\n")
    named: dict[str, Any] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            for decorator in filter(_is_mistake, node.decorator_list):
                found += _from_call(decorator, path, named, _segment(lines, node))
        elif isinstance(node, ast.Expr) and _is_mistake(node.value):
            found += _from_call(node.value, path, named, None)
        elif isinstance(node, ast.Assign):
            with suppress(ValueError):  # what is worked out is for the mistakes' own code
                value = ast.literal_eval(node.value)
                named |= {ast.unparse(target): value for target in node.targets}
    return tuple(found)


def _segment(lines: list[str], node: ast.stmt) -> str:
    """Return a statement's text; `ast.get_source_segment` divides the whole file for each."""
    *before, last = lines[node.lineno - 1 : node.end_lineno]
    return "\n".join([*before, last.encode()[: node.end_col_offset].decode()])


def _is_mistake(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "mistake"
    )


def _from_call(
    call: ast.Call, path: Path, named: dict[str, Any], code: str | None
) -> Iterator[Mistake]:
    try:
        (exercise,) = (ast.literal_eval(argument) for argument in call.args)
        given = {k.arg: _value(k.value, named) for k in call.keywords}
        code = code or textwrap.dedent(given["code"]).strip()
        words, says = given.get("words", ""), given.get("says", "")
        if not isinstance(words, str) or bool(words) == bool(says):
            raise ValueError("either words or says")
        ((name, values),) = given.get("each", {"": ("",)}).items()
        for value in values:
            own = f"{name} = {value!r}\n{code}" if name else code
            yield Mistake(exercise, says or words, own, call.lineno, words)
    except (ValueError, KeyError, AttributeError, TypeError):
        raise CourseError(
            f"{path}, line {call.lineno}: this mistake cannot be read.",
            'Write @mistake("exercise", words="…") above a function, or give code="…" too. Where '
            'a check describes it by itself, give says="…" in place of words.',
        ) from None


def _value(node: ast.expr, named: dict[str, Any]) -> Any:
    """Return what is written out, here or further up under a name."""
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {ast.literal_eval(key): _value(value, named) for key, value in pairs}
    return named[node.id] if isinstance(node, ast.Name) else ast.literal_eval(node)
