"""Bring an argument to what the other side made of it, in place."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from course.judging.crossing.faults import Refused

CHANGEABLE = (list, dict, set, np.ndarray)


def is_changeable(x: Any) -> bool:
    """Tell whether a function can change `x`, or a part of it."""
    parts = type(x) is tuple and any(map(is_changeable, x))
    return parts or type(x) in CHANGEABLE or is_table(x)


def is_table(x: Any) -> bool:
    """Tell whether `x` is a frame or series of pandas."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and type(x) in (pandas.DataFrame, pandas.Series)


def write_back(old: Any, new: Any) -> None:
    """Make `old` equal to `new`, in place.

    Raises
    ------
    Refused
        When it cannot become that: another type, or an array of another shape or dtype.
    """
    if type(old) is not type(new):
        raise Refused("an argument came back as something else")
    if type(old) is np.ndarray:
        if old.shape != new.shape or old.dtype != new.dtype:
            raise Refused("an array came back with another shape or dtype")
        if not np.array_equal(old, new, equal_nan=old.dtype.kind in "fcmM"):
            old[...] = new
    elif type(old) is list:
        _write_items(old, new, range(min(len(old), len(new))))
        old[len(new) :] = new[len(old) :]
    elif type(old) is dict:
        for key in [key for key in old if key not in new]:
            del old[key]
        _write_items(old, new, [key for key in new if key in old])
        old.update({key: value for key, value in new.items() if key not in old})
    elif type(old) is set:
        old.clear()
        old.update(new)
    elif is_table(old):
        old.__init__(new)  # anew in the same object: columns and index may be others
    elif type(old) is tuple:
        if len(old) != len(new):
            raise Refused("a tuple came back with another length")
        for a, b in zip(old, new, strict=True):
            if is_changeable(a):
                write_back(a, b)


def _write_items(old: Any, new: Any, keys: Any) -> None:
    """Write items of a list or dict: within those that stay, and anew where the type changed."""
    for key in keys:
        if is_changeable(old[key]) and type(old[key]) is type(new[key]):
            write_back(old[key], new[key])
        else:
            old[key] = new[key]
