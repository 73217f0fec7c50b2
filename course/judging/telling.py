"""What a student is told of a failure, and in whose words.

Of a hidden test only sentences of ours are told: the words of a known mistake, or those that stand,
letter by letter, in the test itself or in `helpers.checks`. So whatever a student's code puts into
a name, a text or a value, and whatever a test puts into its words, no expected value and no hidden
input comes along.

Of a visible test everything is told, cleaned, unless a hidden test has called one of the student's
functions before: it may have noted what it was given, and return or raise it now.
"""

from __future__ import annotations

import ast
import builtins
from functools import cache, lru_cache
from pathlib import Path

import helpers.checks
from helpers.checks.words import identifier, one_line

from course.notebook.syntax import parse
from course.session import CellResult

LONGEST = 1_200  # characters of a sentence
OTHER_INPUTS = "A test with other inputs than the visible ones does not hold."
OF_LAYER = {
    "parameters": "With other inputs than the visible ones it cannot be called as the task says.",
    "runs": "With other inputs than the visible ones it raises an error.",
    "type": "With other inputs than the visible ones the result has another type.",
    "dtype": "With other inputs than the visible ones the result has another dtype.",
    "shape": "With other inputs than the visible ones the result has another shape.",
    "input": "With other inputs than the visible ones it changes its input.",
}
NOT_RIGHT = "The answer is not right."
OF_VALUE = {
    "type": "The answer has another type than the task asks for.",
    "dtype": "The answer has another dtype than the task asks for.",
    "shape": "The answer has another shape, or more or fewer parts, than the task asks for.",
}
VISIBLE = "The visible test does not hold: run its cell to see which line."
LATE = "The visible test does not hold: run its cell to see what it finds."
TEXT_LEFT_OUT = "run it to see its text, which is left out here: it may tell what a hidden test did"


def of_hidden(result: CellResult, test: str, *, trusted: bool = False) -> str:
    """Return what is told of a failed hidden part of `test`: words of ours alone."""
    failure = result.failure
    if failure is None:
        name, text = result.error or ("Error", "")
        own = text.partition("\n")[2] if trusted and name == "CheckFailed" else ""
        return own or OTHER_INPUTS
    if words := failure.mistake or ours(failure.diagnosis, test):
        return words
    if demands := ours(failure.demands, test):
        return f"It does not hold that {demands}."
    if failure.of_value:
        return OF_VALUE.get(failure.layer, NOT_RIGHT)
    return OF_LAYER.get(failure.layer, OTHER_INPUTS)


def of_visible(result: CellResult) -> str:
    """Return what is told of a failed visible part: all that was found."""
    if result.failure is not None:
        lines = (result.failure.finding, result.failure.mistake or result.failure.diagnosis)
        return "\n".join(one_line(line, LONGEST) for line in lines if line)
    name, text = result.error or ("Error", "")
    if name in ("AssertionError", "CheckFailed"):
        return one_line(text, LONGEST) or VISIBLE
    return raised(name, text)


def of_own_cell(told: str) -> str:
    """Return what is told of an answer whose own cell raises what `raised` tells of."""
    return f"Your cell raises {told}"


def of_late(result: CellResult, test: str) -> str:
    """Return what is told of a failed visible part after a hidden test: words of ours alone."""
    failure = result.failure
    words = failure and (failure.mistake or ours(failure.diagnosis, test))
    return f"{LATE}\n{words}" if words else LATE


def raised(name: str, text: str) -> str:
    """Return an exception's name and text, cleaned."""
    return f"{identifier(name, 'an exception')}: {one_line(text, LONGEST)}".strip(": ")


def raised_late(name: str) -> str:
    """Return what is told of an exception after a hidden test: its class, where that is Python's.

    A class of the student's own could bear any name.
    """
    known = getattr(builtins, name, None) if name.isidentifier() else None
    is_error = isinstance(known, type) and issubclass(known, BaseException)
    return f"{name if is_error else 'an exception'}: {TEXT_LEFT_OUT}."


def ours(words: str, test: str) -> str:
    """Return words that stand in `test` or in `helpers.checks`, and nothing for any others."""
    return words if words and (words in texts_of(test) or words in _texts_of_checks()) else ""


@lru_cache(maxsize=256)
def texts_of(code: str) -> frozenset[str]:
    """Return the strings that are written out in some code."""
    try:
        tree = parse(code)
    except (SyntaxError, ValueError):
        return frozenset()
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(value for value in constants if type(value) is str)


@cache
def _texts_of_checks() -> frozenset[str]:
    folder = Path(helpers.checks.__file__).parent
    files = sorted(folder.glob("*.py"))
    return frozenset().union(*(texts_of(path.read_text(encoding="utf-8")) for path in files))
