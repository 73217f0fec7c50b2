"""Find what explains a wrong value, or an exception."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from helpers.checks.comparison import difference
from helpers.checks.slips import Slip, general_slips
from helpers.checks.words import text_of

import numpy as np

# A diagnosis is told of a hidden test as well, so it holds nothing that the student chose.
NOT_RETURNED = (
    "Is the `return` missing, or was what it returns never set? A function without a `return` "
    "returns None."
)
# By what Python and NumPy say of an index: not every one that is refused lies outside.
OUTSIDE = "An index lies outside of what it is used on: check the first and the last one."
INDEX_ERRORS = (
    ("too many indices", "There are more indices than axes: count the axes of what you index."),
    ("only integers", "An index is no whole number: a plain / gives a float, // does not."),
    ("out of bounds", OUTSIDE),
    ("out of range", OUTSIDE),
)
ARGUMENT_ERRORS = ("keyword argument", "positional argument")
CALLED_OTHERWISE = (
    "A function is called with arguments that it does not take: compare their number and their "
    "names with what the task says of it."
)
NO_ATTRIBUTES = (
    "A dict has no such attribute: its parts are looked up by their keys, in brackets [ ]."
)
UNKNOWN_NAME = "A name is not known there: is it misspelt, or its cell not run?"


def diagnose(got: Any, expected: Any, slips: Iterable[Slip], args: tuple = ()) -> str | None:
    """Return the words of the first slip whose value is `got`, or None.

    Parameters
    ----------
    got, expected : plain data
        What was returned, and what should have been.
    slips : iterable of (value, callable or scalar type; str)
        The exercise's own slips. A callable is given `args` and returns the wrong value;
        one that cannot be worked out for these arguments is passed over. A scalar type of
        NumPy, such as ``np.floating``, stands for an array of that kind of dtype.
    args : tuple
        The arguments of the call.
    """
    for wrong, words in slips:
        if isinstance(wrong, type) and issubclass(wrong, np.generic):
            if _has_kind(got, wrong) and not _has_kind(expected, wrong):
                return words
            continue
        value = _work_out(wrong, args) if callable(wrong) else wrong
        if value is not None and not _agree(value, expected) and _agree(got, value):
            return words
    for value, words in general_slips(expected):
        if not _agree(value, expected) and _agree(got, value):
            return words
    return None


def why_it_raises(error: Exception) -> str | None:
    """Return what commonly leads a function to raise `error`, or None."""
    if isinstance(error, NameError):
        return UNKNOWN_NAME
    if isinstance(error, IndexError):
        text = text_of(error)
        return next((words for part, words in INDEX_ERRORS if part in text), None)
    if isinstance(error, TypeError) and any(part in text_of(error) for part in ARGUMENT_ERRORS):
        return CALLED_OTHERWISE
    if isinstance(error, AttributeError) and "'dict' object has no" in text_of(error):
        return NO_ATTRIBUTES
    if isinstance(error, RecursionError):
        return "The function calls itself without end."
    return None


def _agree(a: Any, b: Any) -> bool:
    return difference(a, b) is None


def _has_kind(x: Any, kind: type[np.generic]) -> bool:
    return isinstance(x, np.ndarray | np.generic) and np.issubdtype(x.dtype, kind)


def _work_out(wrong: Any, args: tuple) -> Any:
    try:
        return wrong(*args)
    except (ValueError, TypeError, IndexError, ZeroDivisionError):
        return None  # this slip has no value for these arguments, so it explains nothing
