"""Compare what was returned with what was expected, in the order type, dtype, shape, values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from helpers.checks.words import kind, show

import numpy as np

NUMBERS = (bool, int, float, complex, np.generic)
RTOL, ATOL = 1e-4, 1e-6


@dataclass(frozen=True)
class Difference:
    """Where two values part: the layer, and a clause that completes "it ...".

    The clause is put into words when it is asked for: most differences only tell two values apart.
    """

    layer: str
    words: Callable[[], str]

    @property
    def clause(self) -> str:
        """What is to be said of it."""
        return self.words()

    def within(self, place: str) -> Difference:
        """Return the difference of two containers that have this one at a place."""
        return Difference(self.layer, lambda: f"differs {place}, which {self.clause}")


def difference(
    got: Any,
    expected: Any,
    *,
    dtype: Any = None,
    rtol: float = RTOL,
    atol: float = ATOL,
) -> Difference | None:
    """Return how `got` differs from `expected`, or None when they agree.

    Parameters
    ----------
    got, expected : plain data
        Scalars, strings, containers or arrays. A NumPy scalar agrees with a Python number;
        a float that holds a whole number agrees with that int, unless `dtype` is given. A list
        agrees with a tuple of the same parts, and a frozenset with a set: a task that is about
        such a form asks for it by itself.
    dtype : dtype-like, optional
        The exact dtype that an array must have.
    rtol, atol : float
        Relative and absolute tolerance of floats; whole numbers must be equal.
    """
    if isinstance(expected, np.str_):
        expected = str(expected)
    if isinstance(expected, np.ndarray):
        return _array_difference(got, expected, dtype, rtol, atol)
    if isinstance(expected, NUMBERS):
        return _number_difference(got, expected, dtype, rtol, atol)
    if type(got) is np.str_:  # what np.unique gives, and what an array of strings holds
        got = str(got)
    if _form(got) is not _form(expected):
        return Difference("type", lambda: f"is {kind(got)}; it should be {kind(expected)}")
    if isinstance(expected, list | tuple):
        return _sequence_difference(got, expected, dtype, rtol, atol)
    if isinstance(expected, dict):
        return _dict_difference(got, expected, dtype, rtol, atol)
    if got != expected:
        return Difference("values", lambda: f"is {show(got)}; it should be {show(expected)}")
    return None


def _form(x: Any) -> type:
    """Return the type of `x`, one for both kinds of sequence, one for both kinds of set."""
    return {tuple: list, frozenset: set}.get(type(x), type(x))


def _array_difference(got, expected, dtype, rtol, atol) -> Difference | None:
    if not isinstance(got, np.ndarray):
        return Difference("type", lambda: f"is {kind(got)}; it should be an array")
    if dtype is not None and got.dtype != np.dtype(dtype):
        return Difference("dtype", lambda: f"has dtype {got.dtype}; it should be {np.dtype(dtype)}")
    if expected.dtype.kind in "biufc" and got.dtype.kind not in "biufc":
        return Difference("dtype", lambda: f"has dtype {got.dtype}; it should hold numbers")
    if got.dtype.kind == "c" != expected.dtype.kind:
        return Difference("dtype", lambda: f"has dtype {got.dtype}; it should hold real numbers")
    if got.shape != expected.shape:
        return Difference("shape", lambda: f"has shape {got.shape}; it should be {expected.shape}")
    same = _same(got, expected, rtol, atol)
    if same.all():
        return None
    if got.size <= 25:
        return Difference("values", lambda: f"is {show(got)}; it should be {show(expected)}")
    place = tuple(int(i) for i in np.argwhere(~same)[0])
    wrong = int((~same).sum())
    return Difference(
        "values",
        lambda: (
            f"has {wrong} of {same.size} values wrong: at {place} it is {show(got[place])}; "
            f"it should be {show(expected[place])}"
        ),
    )


def _same(got: np.ndarray, expected: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    same = np.asarray(got == expected)
    if "O" in (got.dtype.kind, expected.dtype.kind):  # a whole number beyond 64 bits
        return same
    floats = got.dtype.kind in "fc" or expected.dtype.kind in "fc"
    if floats and not same.all():  # what is equal is close too, and found ten times as fast
        return np.isclose(got, expected, rtol=rtol, atol=atol, equal_nan=True)
    return same


def _number_difference(got, expected, dtype, rtol, atol) -> Difference | None:
    if isinstance(got, np.ndarray) and got.shape == ():
        got = got[()]
    truth = isinstance(expected, bool | np.bool_)
    if not isinstance(got, NUMBERS) or isinstance(got, np.timedelta64):
        wanted = kind(expected) if truth else "a number"
        return Difference("type", lambda: f"is {kind(got)}; it should be {wanted}")
    if isinstance(got, complex | np.complexfloating) > np.iscomplexobj(expected):
        return Difference(
            "type", lambda: f"is {kind(got)}, {show(got)}; it should be a real number"
        )
    if truth != isinstance(got, bool | np.bool_):
        return Difference("type", lambda: f"is {kind(got)}; it should be {kind(expected)}")
    if dtype is not None and _sort_of(np.asarray(got).dtype) != _sort_of(np.dtype(dtype)):
        wanted = {"i": "a whole number (int)", "f": "a float"}.get(np.dtype(dtype).kind, str(dtype))
        return Difference("dtype", lambda: f"is {kind(got)}, {show(got)}; it should be {wanted}")
    if _same(np.asarray(got), np.asarray(expected), rtol, atol):
        return None
    return Difference("values", lambda: f"is {show(got)}; it should be {show(expected)}")


def _sort_of(dtype: np.dtype) -> str:
    """Return the kind of a number, with or without a sign."""
    return "i" if dtype.kind == "u" else dtype.kind


def _sequence_difference(got, expected, dtype, rtol, atol) -> Difference | None:
    if len(got) != len(expected):
        parts = "1 part" if len(got) == 1 else f"{len(got)} parts"
        return Difference("shape", lambda: f"has {parts}; it should have {len(expected)}")
    for i, (g, e) in enumerate(zip(got, expected, strict=True)):
        found = difference(g, e, dtype=dtype, rtol=rtol, atol=atol)
        if not found:
            continue
        plain_parts = all(isinstance(part, (*NUMBERS, str, type(None))) for part in expected)
        if plain_parts and found.layer == "values":  # of a wrong type no right value is told
            return Difference(found.layer, lambda: f"is {show(got)}; it should be {show(expected)}")
        return found.within(f"in part {i}")
    return None


def _dict_difference(got, expected, dtype, rtol, atol) -> Difference | None:
    if missing := [k for k in expected if k not in got]:
        return Difference("shape", lambda: f"lacks the key {missing[0]!r}")
    if extra := [k for k in got if k not in expected]:
        return Difference("shape", lambda: f"has the key {extra[0]!r}, which was not asked for")
    for k, e in expected.items():
        found = difference(got[k], e, dtype=dtype, rtol=rtol, atol=atol)
        if found:
            return found.within(f"under the key {k!r}")
    return None
