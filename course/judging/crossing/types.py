"""Classes that cross by their name: built-in ones and NumPy's scalar types."""

from __future__ import annotations

import builtins

import numpy as np

_data = (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, slice, range)
_exceptions = [
    x for x in vars(builtins).values() if isinstance(x, type) and issubclass(x, BaseException)
]
_scalars = {x for x in np.sctypeDict.values() if x.__module__ == "numpy"}
_abstract = (
    np.generic,
    np.number,
    np.integer,
    np.signedinteger,
    np.unsignedinteger,
    np.inexact,
    np.floating,
    np.complexfloating,
    np.flexible,
    np.character,
)

BY_NAME: dict[str, type] = {x.__name__: x for x in (*_data, *_exceptions, object, type(None))}
BY_NAME |= {f"numpy.{x.__name__}": x for x in (*_scalars, *_abstract, np.ndarray)}
NAMES: dict[type, str] = {x: name for name, x in BY_NAME.items()}
