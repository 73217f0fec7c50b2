"""NumPy arrays and scalars as bytes: a description of the dtype, the shape, the raw buffer."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from course.judging.crossing.faults import Malformed, Refused
from course.judging.crossing.limits import MAX_BYTES, MAX_PARTS

# What `numpy.dtype` may be given; "O" is not among it.
PLAIN = re.compile(r"[<>|=]([biufcSUV]\d{1,9}|[mM]8(\[\d{0,9}[a-zA-Zμ]{1,7}(/\d{1,9})?\])?)")
KINDS = frozenset("biufcSUVmM")
MAX_FIELDS = 1_000
MAX_AXES = 64
SCALARS = frozenset(np.sctypeDict.values()) - {np.object_}

F_ORDER, READ_ONLY = 1, 2


def describe_dtype(dtype: np.dtype) -> Any:
    """Return plain data that `dtype_of` turns into the same dtype.

    Raises
    ------
    Refused
        When the dtype holds Python objects or belongs to another library.
    """
    if dtype.hasobject or dtype.kind not in KINDS or dtype.isbuiltin == 2:
        raise Refused(f"an array of dtype {dtype}")
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        return (describe_dtype(base), shape)
    if dtype.names is None:
        return dtype.str
    fields = [(name, describe_dtype(dtype.fields[name][0])) for name in dtype.names]
    offsets = [dtype.fields[name][1] for name in dtype.names]
    return {"fields": fields, "offsets": offsets, "itemsize": dtype.itemsize}


_plain_dtypes = {
    np.dtype(t).str: np.dtype(t)
    for t in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
}


def dtype_of(described: Any, depth: int = 0) -> np.dtype:
    """Return the dtype of a description.

    Raises
    ------
    Malformed
    """
    if type(described) is str:
        known = _plain_dtypes.get(described)
        if known is not None:
            return known
        if not PLAIN.fullmatch(described):
            raise Malformed(f"a dtype {described[:20]!r}")
        found = np.dtype(described)
    elif depth > 8:
        raise Malformed("a dtype of many levels")
    elif type(described) is tuple and len(described) == 2:
        shape = _shape(described[1])
        found = np.dtype((dtype_of(described[0], depth + 1), shape))
    elif type(described) is dict and described.keys() == {"fields", "offsets", "itemsize"}:
        fields = described["fields"]
        if len(fields) > MAX_FIELDS or any(type(name) is not str for name, _ in fields):
            raise Malformed("the fields of a dtype")
        found = np.dtype(
            {
                "names": [name for name, _ in fields],
                "formats": [dtype_of(field, depth + 1) for _, field in fields],
                "offsets": described["offsets"],
                "itemsize": described["itemsize"],
            }
        )
    else:
        raise Malformed("a dtype")
    if found.hasobject or found.itemsize > MAX_BYTES:
        raise Malformed("a dtype")
    return found


def raw(array: np.ndarray) -> tuple[int, bytes]:
    """Return flags and the buffer of an array."""
    flags = 0 if array.flags.writeable else READ_ONLY
    if array.flags.f_contiguous and not array.flags.c_contiguous:
        return flags | F_ORDER, array.tobytes("F")
    return flags, array.tobytes()


def array_of(dtype: np.dtype, shape: tuple, flags: int, data: memoryview) -> np.ndarray:
    """Return an array of its own memory.

    Raises
    ------
    Malformed
        When the buffer is not what dtype and shape need, or holds what the dtype cannot.
    """
    shape = _shape(shape)
    size = 1
    for n in shape:
        size *= n
    if size * dtype.itemsize != len(data) or size > (MAX_BYTES if dtype.itemsize else MAX_PARTS):
        raise Malformed("the buffer of an array")
    order = "F" if flags & F_ORDER else "C"
    array = np.empty(shape, dtype, order) if len(data) else np.zeros(shape, dtype, order)
    if len(data):
        flat = array.reshape(-1, order=order)
        flat.view(np.uint8)[:] = np.frombuffer(data, np.uint8)
        if dtype.kind not in "biufcmM" or dtype.kind == "b":
            _check_values(array)
    if flags & READ_ONLY:
        array.flags.writeable = False
    return array


def _shape(shape: Any) -> tuple[int, ...]:
    if type(shape) is not tuple or len(shape) > MAX_AXES:
        raise Malformed("a shape")
    if any(type(n) is not int or not 0 <= n < 2**40 for n in shape):
        raise Malformed("a shape")
    return shape


def _check_values(array: np.ndarray) -> None:
    """Refuse truth values other than 0 and 1, and characters that Unicode does not have."""
    dtype = array.dtype
    if dtype.names is not None:
        for name in dtype.names:
            _check_values(array[name])
    elif dtype.kind == "b" and array.view(np.uint8).max(initial=0) > 1:
        raise Malformed("a truth value")
    elif dtype.kind == "U" and array.size and dtype.itemsize:
        codes = (
            np.ascontiguousarray(array)
            .reshape(-1)
            .view(np.dtype("u4").newbyteorder(dtype.byteorder))
        )
        if codes.max() > 0x10FFFF:
            raise Malformed("a character")
