"""Eager tensors of TensorFlow; a variable crosses as the tensor of its value."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from course.judging.crossing.arrays import describe_dtype
from course.judging.crossing.faults import Malformed, Refused
from course.judging.crossing.guests import Guest

_KINDS = "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16"
KINDS = frozenset(_KINDS.split())


@cache
def _tensorflow() -> Any:
    import tensorflow as tf

    return tf


def prepare() -> None:
    """Import TensorFlow; no tensor is made, which would start threads that no fork has."""
    _tensorflow()


def pack(x: Any) -> Guest | None:
    """Return a tensor or a variable as a guest, and None for anything else of TensorFlow's."""
    if not hasattr(x, "numpy") or not hasattr(x, "dtype") or callable(x):
        return None
    try:
        value = np.asarray(x.numpy())
        describe_dtype(value.dtype)
    except Refused as reason:
        return Guest("tensor", refused=str(reason))
    except Exception as error:  # a tensor of a graph has no value; others fail in their own way
        return Guest("tensor", refused=f"a tensor without a value ({type(error).__name__})")
    if not _is_number(value.dtype):
        return Guest("tensor", refused=f"a tensor of {value.dtype}")
    return Guest("tensor", value)


def unpack(kind: str, value: Any) -> Any:
    """Return a tensor."""
    if type(value) is not np.ndarray or not _is_number(value.dtype):
        raise Malformed("a tensor")
    return _tensorflow().constant(value)


def _is_number(dtype: np.dtype) -> bool:
    return dtype.isnative and dtype.str.lstrip("<>|=") in KINDS
