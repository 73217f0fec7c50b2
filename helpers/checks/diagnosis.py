"""Find what explains a wrong value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from helpers.checks.comparison import difference
from helpers.checks.slips import Slip, general_slips

import numpy as np

# A diagnosis is told of a hidden test as well, so it holds nothing that the student chose.
NOT_RETURNED = (
    "Is the `return` missing, or was what it returns never set? A function without a `return` "
    "returns None."
)
# Of some kinds of results, what makes one of the other.
TO_ARRAY = "np.array(...) makes an array of it."
TO_LIST = ".tolist() makes a list of an array."
TO_TUPLE = "An array is no tuple: return its parts one by one, with a comma between them."
SEVERAL = "Several values come back, as a tuple: one array is asked for, and nothing beside it."
UNEVEN = "The parts of your list differ in length, so they make no array as they are."


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
    if isinstance(expected, np.ndarray) and isinstance(got, list | tuple):
        return _why_no_array(got, expected)
    if isinstance(expected, list | tuple) and isinstance(got, np.ndarray):
        return TO_LIST if isinstance(expected, list) else TO_TUPLE
    return None


def _why_no_array(got: list | tuple, expected: np.ndarray) -> str:
    """Return what is to be said of a list or a tuple that stands for an array."""
    try:
        made = np.array(got)
    except ValueError:
        return SEVERAL if isinstance(got, tuple) else UNEVEN
    return SEVERAL if isinstance(got, tuple) and made.ndim > expected.ndim else TO_ARRAY


def _agree(a: Any, b: Any) -> bool:
    return difference(a, b) is None


def _has_kind(x: Any, kind: type[np.generic]) -> bool:
    return isinstance(x, np.ndarray | np.generic) and np.issubdtype(x.dtype, kind)


def _work_out(wrong: Any, args: tuple) -> Any:
    try:
        return wrong(*args)
    except (ValueError, TypeError, IndexError, ZeroDivisionError):
        return None  # this slip has no value for these arguments, so it explains nothing
