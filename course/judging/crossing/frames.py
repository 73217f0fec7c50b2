"""Frames, series and indexes of pandas, as columns of plain data."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any
from zoneinfo import available_timezones

import numpy as np

from course.judging.crossing.faults import Malformed
from course.judging.crossing.guests import Guest

# Dtypes of pandas' own with a mask for what is missing.
MASKED = (
    *(f"{sign}Int{bits}" for sign in ("", "U") for bits in (8, 16, 32, 64)),
    *("Float32", "Float64", "boolean"),
)


def prepare() -> None:
    """Import pandas, and what it imports when it first makes a frame.

    Raises
    ------
    ImportError
        Where it is not installed.
    """
    unpack("frame", (("labels", ["a"], None), ("range", 0, 1, 1, None), [np.zeros(1)]))
    unpack("series", (None, ("labels", ("text", ["a"]), None), ["b"]))


def pack(x: Any) -> Guest | None:
    """Return a frame, series or index as a guest, and None for anything else of pandas'."""
    pd = _pandas()
    kinds = {pd.DataFrame: "frame", pd.Series: "series"}
    kind = kinds.get(type(x)) or ("index" if isinstance(x, pd.Index) else "")
    try:
        if kind == "frame":
            columns = [_column(x.iloc[:, k]) for k in range(x.shape[1])]
            return Guest(kind, (_index(x.columns), _index(x.index), columns))
        if kind == "series":
            return Guest(kind, (_plain(x.name), _index(x.index), _column(x)))
        return Guest(kind, _index(x)) if kind else None
    except _Unknown as unknown:
        return Guest(kind, refused=f"its values are of dtype {unknown}, which is not sent")


def unpack(kind: str, content: Any) -> Any:
    """Return a frame, series or index.

    Raises
    ------
    Malformed
        When the content is not what `pack` makes.
    """
    pd = _pandas()
    try:
        if kind == "index":
            return _index_of(content)
        first, index, values = content
        index = _index_of(index)
        if kind == "series":
            return _series(values, index, first)
        columns = _index_of(first)
        if len(columns) != len(values):
            raise Malformed("the columns of a frame")
        made = {k: _series(column, index) for k, column in enumerate(values)}
        frame = pd.DataFrame(made, index=index)
        frame.columns = columns
    except (TypeError, ValueError, LookupError, AttributeError, OverflowError) as error:
        raise Malformed(f"a {kind} of pandas") from error
    return frame


class _Unknown(Exception):
    """Values of a dtype that has no form here."""


@cache
def _pandas() -> Any:
    """Return the module, which the course does not need itself; there where frames are."""
    return import_module("pandas")


@cache
def _zones() -> frozenset[str]:
    # A name is looked up as a file: no other than these is.
    return frozenset(available_timezones())


def _plain(x: Any) -> Any:
    return x.item() if isinstance(x, np.generic) else x


def _column(x: Any) -> Any:
    """Return the values of a series or index: an array, a list, or a form with a name.

    Only NumPy's dtypes are arrays; those of pandas' own are told with what makes them again.
    """
    pd, dtype = _pandas(), x.dtype
    if isinstance(dtype, np.dtype):
        values = x.to_numpy()
        return np.array(values) if not dtype.hasobject else list(map(_plain, values.tolist()))
    if isinstance(dtype, pd.StringDtype):
        return "text", [text if isinstance(text, str) else None for text in x.tolist()]
    values = x.array
    if isinstance(dtype, pd.CategoricalDtype):
        return "classes", _column(values.categories), np.array(values.codes), bool(values.ordered)
    if isinstance(dtype, pd.DatetimeTZDtype) and str(dtype.tz) in _zones():
        moments = x.dt if isinstance(x, pd.Series) else x
        return "zoned", np.array(moments.tz_convert(None).to_numpy()), str(dtype.tz)
    if str(dtype) in MASKED:
        missing = np.array(x.isna())
        filled = x.fillna(dtype.type(0)).to_numpy(dtype.numpy_dtype)
        return "masked", np.array(filled), missing, str(dtype)
    raise _Unknown(str(dtype)[:40])


def _series(told: Any, index: Any, name: Any = None) -> Any:
    return _pandas().Series(_values(told), index=index, name=name, dtype=_dtype(told))


def _labels(told: Any, name: Any = None) -> Any:
    return _pandas().Index(_values(told), name=name, dtype=_dtype(told))


def _dtype(told: Any) -> type | None:
    """Return what pandas is not to guess: a list holds objects, be they all text or numbers."""
    return object if type(told) is list else None


def _values(x: Any) -> Any:
    pd = _pandas()
    if type(x) in (np.ndarray, list):
        return x
    kind, *rest = x
    if kind == "text":
        return pd.array(rest[0], dtype="str")
    if kind == "classes":
        classes, codes, ordered = rest
        return pd.Categorical.from_codes(codes, _values(classes), ordered=ordered)
    if kind == "zoned" and rest[1] in _zones():
        return pd.DatetimeIndex(rest[0]).tz_localize("UTC").tz_convert(rest[1])
    if kind == "masked" and rest[2] in MASKED:
        values = pd.array(rest[0], dtype=rest[2])
        values[rest[1]] = pd.NA
        return values
    raise Malformed("a column")


def _index(x: Any) -> tuple:
    if isinstance(x, _pandas().MultiIndex):
        names = list(map(_plain, x.names))
        return "levels", [_column(x.get_level_values(k)) for k in range(x.nlevels)], names
    step = getattr(x, "step", None)
    if type(step) is int:
        return "range", x.start, x.stop, step, _plain(x.name)
    return "labels", _column(x), _plain(x.name)


def _index_of(told: Any) -> Any:
    pd = _pandas()
    kind, *rest = told
    if kind == "range":
        start, stop, step, name = rest
        return pd.RangeIndex(start, stop, step, name=name)
    if kind == "levels":
        levels, names = rest
        return pd.MultiIndex.from_arrays(list(map(_labels, levels)), names=names)
    values, name = rest
    return _labels(values, name)
