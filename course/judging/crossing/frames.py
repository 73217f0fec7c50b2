"""Frames, series and indexes of pandas, as columns of plain data."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

import numpy as np

from course.judging.crossing.faults import Malformed
from course.judging.crossing.guests import Guest


def prepare() -> None:
    """Import pandas, and what it imports when it first makes a frame.

    Raises
    ------
    ImportError
        Where it is not installed.
    """
    unpack("frame", (["a"], ("range", 0, 1, 1, None), [np.zeros(1)]))
    unpack("series", (None, ("values", ["a"], None), ["b"]))


def pack(x: Any) -> Guest | None:
    """Return a frame, series or index as a guest, and None for anything else of pandas'."""
    pd = _pandas()
    if type(x) is pd.DataFrame:
        columns = [_column(x.iloc[:, k]) for k in range(x.shape[1])]
        names = [list(map(_plain, x.columns)), _index(x.index)]
        return Guest("frame", (*names, columns))
    if type(x) is pd.Series:
        return Guest("series", (_plain(x.name), _index(x.index), _column(x)))
    return Guest("index", _index(x)) if isinstance(x, pd.Index) else None


def unpack(kind: str, content: Any) -> Any:
    """Return a frame, series or index."""
    pd = _pandas()
    if kind == "index":
        return _index_of(content)
    first, index, values = content
    index = _index_of(index)
    if kind == "series":
        return pd.Series(_values(values), index=index, name=first)
    if len(first) != len(values):
        raise Malformed("the columns of a frame")
    frame = pd.DataFrame(dict(enumerate(map(_values, values))), index=index)
    frame.columns = first
    return frame


@cache
def _pandas() -> Any:
    """Return the module, which the course does not need itself; there where frames are."""
    return import_module("pandas")


def _plain(x: Any) -> Any:
    return x.item() if isinstance(x, np.generic) else x


def _column(x: Any) -> Any:
    """Return the values: NumPy's where they are, else what the objects are."""
    values = x.to_numpy()
    return np.array(values) if not values.dtype.hasobject else list(map(_plain, values.tolist()))


def _index(x: Any) -> tuple:
    step = getattr(x, "step", None)
    if type(step) is int:
        return "range", x.start, x.stop, step, _plain(x.name)
    return "values", _column(x), _plain(x.name)


def _index_of(told: Any) -> Any:
    pd = _pandas()
    kind, *rest = told
    if kind == "range":
        start, stop, step, name = rest
        return pd.RangeIndex(start, stop, step, name=name)
    values, name = rest
    return pd.Index(_values(values), name=name)


def _values(x: Any) -> Any:
    if type(x) not in (np.ndarray, list):
        raise Malformed("a column")
    return x
