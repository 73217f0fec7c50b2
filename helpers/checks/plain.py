"""From what a student returned to plain data of exact types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.checks.failure import CheckFailed
from helpers.checks.words import identifier, type_name

import numpy as np

SCALARS = (bool, int, float, complex, str, bytes, type(None))
NUMPY_SCALARS = frozenset(kind for kind in np.sctypeDict.values() if kind is not np.object_)
CONTAINERS = (list, tuple, dict, set, frozenset)


def is_tensor(x: Any) -> bool:
    """Tell whether `x` is an eager TensorFlow tensor or variable, or a Keras variable."""
    return type(x).__module__.split(".")[0] in ("tensorflow", "keras") and hasattr(x, "numpy")


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
    raise CheckFailed(f"{name()} is {kind(x)}, which is not plain data.", layer="type")


def kind(x: Any) -> str:
    """Name the type of `x` in words, with shape and dtype for an array."""
    if x is None:
        return "None"
    if type(x) is np.ndarray:
        return f"an array of shape {x.shape}, dtype {x.dtype}"
    if isinstance(x, np.generic):
        return f"a NumPy {x.dtype}"
    if callable(x):
        return "a function"
    names = {int: "an int", float: "a float", bool: "a bool", str: "a string", list: "a list"}
    name = type_name(x)
    return names.get(type(x), "an object" if name == "object" else f"a {name}")


def show(x: Any, limit: int = 25) -> str:
    """Write `x` in one line: small arrays with their numbers, large ones by shape."""
    if isinstance(x, np.ndarray):
        if 0 < x.size <= limit:
            text = np.array2string(x, separator=", ", precision=4, suppress_small=True)
            return " ".join(text.split())
        return kind(x)
    if isinstance(x, np.generic):
        item = x.item()
        return str(x) if isinstance(item, np.generic) else show(item)  # longdouble has no other
    if isinstance(x, float):
        return f"{x:.6g}"
    if callable(x):
        return identifier(getattr(x, "__name__", None), "a function")
    if isinstance(x, list | tuple) and any(isinstance(part, np.ndarray) for part in x):
        parts = ", ".join(show(part, limit=6) for part in x[:3]) + ", …" * (len(x) > 3)
        return f"[{parts}]" if isinstance(x, list) else f"({parts})"
    text = repr(x)
    return text if len(text) <= 160 else f"{text[:150]}… ({kind(x)})"
