"""Ask a function once for each input: all that is said of a result is said of one and the same.

An answer that counts its calls could else have one property in one call and another in the next.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from helpers.checks.plain import copied

import numpy as np


class Calls:
    """What a function gave, by its arguments.

    Parameters
    ----------
    ask : callable
        Takes the arguments and returns plain data; it is called once for each input.
    """

    def __init__(self, ask: Callable[..., Any]) -> None:
        self._ask = ask
        self._given: dict[Hashable, Any] = {}

    def __call__(self, *args: Any) -> Any:
        """Return what the function gave for `args`, as a copy: nobody changes what is kept."""
        key = key_of(args)
        if key is None:  # an argument that acts, such as a trial: each call is another
            return self._ask(*args)
        if key not in self._given:
            self._given[key] = self._ask(*args)
        return copied(self._given[key])

    def knows(self, key: Hashable) -> bool:
        """Tell whether it was asked for the arguments that have this key."""
        return key in self._given


def key_of(x: Any) -> Hashable:
    """Return what tells plain data from other plain data, or None where `x` is none."""
    kind = type(x)
    if kind is np.ndarray:
        return None if x.dtype.hasobject else (kind, x.shape, x.dtype.str, x.tobytes())
    if isinstance(x, np.generic):
        return kind, x.dtype.str, x.tobytes()
    if kind is dict:
        return _joined(kind, [part for item in x.items() for part in item])
    if kind in (list, tuple):
        return _joined(kind, x)
    if kind in (set, frozenset):
        return _joined(kind, sorted(x, key=repr))
    return (kind, repr(x)) if kind in (bool, int, float, complex, str, bytes, type(None)) else None


def _joined(kind: type, parts: Any) -> Hashable:
    keys = [key_of(part) for part in parts]
    return None if None in keys else (kind, *keys)
