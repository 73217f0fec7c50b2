"""From what a student returned to plain data of exact types."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from helpers.checks.failure import CheckFailed
from helpers.checks.words import kind

import numpy as np

NOT_PLAIN = (
    "Plain data is asked for: numbers, texts, arrays, and lists, tuples, dicts or sets of them. "
    "list(...) or tuple(...) makes it of a range, of what a loop gives one by one, and of a class "
    "made from tuple or list."
)
SCALARS = (bool, int, float, complex, str, bytes, type(None))
NUMPY_SCALARS = frozenset(kind for kind in np.sctypeDict.values() if kind is not np.object_)
CONTAINERS = (list, tuple, dict, set, frozenset)


def is_tensor(x: Any) -> bool:
    """Tell whether `x` is an eager TensorFlow tensor or variable, or a Keras variable."""
    return type(x).__module__.split(".")[0] in ("tensorflow", "keras") and hasattr(x, "numpy")


def copied(x: Any) -> Any:
    """Return what `copy.deepcopy` returns; of the commonest plain data in a tenth of the time."""
    kind = type(x)
    if kind in SCALARS or kind in NUMPY_SCALARS:
        return x
    if kind is np.ndarray and not x.dtype.hasobject:
        return x.copy(order="K")
    if kind is tuple and all(type(part) in SCALARS or type(part) is np.ndarray for part in x):
        arrays = [part for part in x if type(part) is np.ndarray]
        if len(set(map(id, arrays))) == len(arrays):  # one that comes twice stays one
            return tuple(map(copied, x))
    return copy.deepcopy(x)


def plain(x: Any, name: Callable[[], str]) -> Any:
    """Return `x` as plain data, or say why it is none.

    Exact types only: an object of a subclass could answer every comparison with "equal". Arrays
    and containers are copied, so nothing that is done to the original later changes what was said.
    Eager tensors become arrays, NumPy scalars stay what they are.

    Parameters
    ----------
    x : object
    name : callable
        Returns what a message calls `x`. It is asked only where `x` is no plain data.

    Raises
    ------
    CheckFailed
        In the layer "type", when `x` or a part of it is no plain data.
    """
    if type(x) in SCALARS:
        return x
    if type(x) in NUMPY_SCALARS:
        return x
    if is_tensor(x):
        x = np.asarray(x.numpy())
    if type(x) is np.ndarray:
        if x.dtype.hasobject:
            raise CheckFailed(
                f"{name()} is an array of Python objects (dtype object), not of numbers.",
                layer="type",
                diagnosis="Rows of unequal length make such an array: give each the same length.",
            )
        return x.copy()
    if type(x) is dict:
        return {
            plain(k, lambda: f"a key of {name()}"): plain(v, lambda k=k: f"{name()}[{k!r}]")
            for k, v in x.items()
        }
    if type(x) in CONTAINERS:
        return type(x)(plain(part, lambda: f"a part of {name()}") for part in x)
    raise CheckFailed(
        f"{name()} is {kind(x)}, which is not plain data.",
        layer="type",
        diagnosis=None if callable(x) else NOT_PLAIN,
    )
