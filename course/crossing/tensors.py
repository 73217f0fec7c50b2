"""Eager tensors of TensorFlow; a variable crosses as the tensor of its value."""

from __future__ import annotations

from typing import Any

import numpy as np

from course.crossing.arrays import describe_dtype
from course.crossing.faults import Malformed, Refused
from course.crossing.guests import Guest

NUMBERS = "biufc"


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
    if value.dtype.kind not in NUMBERS:
        return Guest("tensor", refused=f"a tensor of {value.dtype}")
    return Guest("tensor", value)


def unpack(kind: str, value: Any) -> Any:
    """Return a tensor."""
    if type(value) is not np.ndarray or value.dtype.kind not in NUMBERS:
        raise Malformed("a tensor")
    import tensorflow as tf

    return tf.constant(value)
