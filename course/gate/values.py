"""Plain data as a form and its numbers, and what makes some numbers of others.

This file runs in the session of a rehearsal, as text: of `course` it imports only what is run
there as well.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import numpy as np

RTOL, ATOL = 1e-4, 1e-6

ELEMENTS: dict[str, Callable] = {
    "its square": np.square,
    "its square root": lambda x: np.sqrt(np.abs(x)),
    "its logarithm": lambda x: np.log(np.abs(x)),
    "its exponential": np.exp,
    "one over it": lambda x: 1 / x,
    "its size": np.abs,
    "rounded": np.rint,
    "rounded down": np.floor,
    "rounded up": np.ceil,
}


def flat(x: Any) -> tuple[Any, np.ndarray] | None:
    """Return the form of plain data and its numbers, or None where it is none.

    Lists, tuples and arrays of the same numbers have the same form.
    """
    if isinstance(x, np.ndarray | list | tuple) and not _holds_text(x):
        with contextlib.suppress(ValueError):  # rows of unequal length
            x = np.asarray(x)
    if isinstance(x, bool | int | float | np.bool_ | np.number):
        return (), np.array([x], float)
    if isinstance(x, np.ndarray):
        return (x.shape, x.astype(float).ravel()) if x.dtype.kind in "biuf" else None
    if isinstance(x, str):
        return x, np.zeros(0)
    if not isinstance(x, list | tuple):
        return None
    parts = [flat(part) for part in x]
    if None in [part if part is None else 0 for part in parts]:
        return None
    return [form for form, _ in parts], np.concatenate([np.zeros(0), *(n for _, n in parts)])


def size(x: Any) -> int:
    """Return how many numbers plain data holds, roughly."""
    if isinstance(x, dict):
        return sum(map(size, x.values()))
    return sum(map(size, x)) if isinstance(x, list | tuple) else getattr(x, "size", 1)


def _holds_text(x: Any) -> bool:
    if isinstance(x, list | tuple):
        return any(_holds_text(part) for part in x)
    return isinstance(x, str)


def like(x: Any, model: Any) -> Any:
    """Return plain data in the types of a model: float for float, a tuple for a tuple."""
    if isinstance(model, np.ndarray):
        return np.asarray(x).astype(model.dtype)
    if isinstance(model, list | tuple) and model:
        return type(model)(like(part, model[min(i, len(model) - 1)]) for i, part in enumerate(x))
    if isinstance(model, np.generic):
        return model.dtype.type(x)
    return type(model)(x) if isinstance(model, bool | int | float | str | list | tuple) else x


def mapped(x: Any, function: Callable) -> Any:
    """Return plain data with a function of each number in its place."""
    if isinstance(x, str):
        return x
    if isinstance(x, list | tuple):
        return type(x)(mapped(part, function) for part in x)
    return function(np.asarray(x, float))


def relation(got: np.ndarray, right: np.ndarray) -> tuple[str, Callable] | None:
    """Return what makes some numbers of others, by name: nothing, a line, or a function."""
    if np.allclose(got, right, RTOL, ATOL):
        return "", lambda x: x
    with np.errstate(all="ignore"):
        low, high = np.argmin(got), np.argmax(got)
        if got[low] < got[high]:
            a = (right[high] - right[low]) / (got[high] - got[low])
            b = right[low] - a * got[low]
            if a and np.allclose(a * got + b, right, RTOL, ATOL):
                return f"times {a:.4g} plus {b:.4g}", lambda x: a * x + b
        for name, function in ELEMENTS.items():
            if np.allclose(function(got), right, RTOL, ATOL):
                return name, function
    return None
