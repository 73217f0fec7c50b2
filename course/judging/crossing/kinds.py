"""How each type is written; the type of a value decides, exactly.

An object of a subclass could answer every comparison with "equal", so it crosses as a
stand-in.
"""

from __future__ import annotations

from array import array
from types import EllipsisType
from typing import Any

import numpy as np

from course.judging.crossing import guests
from course.judging.crossing.arrays import SCALARS, describe_dtype, raw
from course.judging.crossing.buffer import F8, TAG_F8, TAG_S8, TAG_U4, U8, Buffer
from course.judging.crossing.faults import Refused
from course.judging.crossing.functions import Described, RemoteFunction, describe
from course.judging.crossing.limits import MAX_INT_BYTES, MAX_KEYS, MAX_PARTS
from course.judging.crossing.opaque import is_opaque
from course.judging.crossing.types import NAMES

LONG_LIST = 8  # from here on a list of numbers is written as one buffer


def _buffer(w: Buffer, tag: bytes, data: bytes | bytearray) -> None:
    w.room(len(data))
    w.out += TAG_U4.pack(tag, len(data))
    w.out += data


def _int(w: Buffer, x: int) -> None:
    if -(2**63) <= x < 2**63:
        w.out += TAG_S8.pack(b"i", x)
        return
    size = x.bit_length() // 8 + 1
    if size > MAX_INT_BYTES:
        raise Refused(f"a whole number of {size:,} bytes")
    _buffer(w, b"I", x.to_bytes(size, "big", signed=True))


def _complex(w: Buffer, x: complex) -> None:
    w.out += b"c" + F8.pack(x.real) + F8.pack(x.imag)


def _str(w: Buffer, x: str) -> None:
    w.out += b"s"
    w.text(x)


def _list(w: Buffer, x: list) -> None:
    if len(x) >= LONG_LIST and len(kinds := set(map(type, x))) == 1 and kinds <= {int, float}:
        code = "q" if int in kinds else "d"
        w.count(len(x))
        try:
            numbers = array(code, x)
        except OverflowError:
            pass
        else:
            _buffer(w, code.encode(), numbers.tobytes())
            return
    w.within(b"l", x, len(x))


def _keyed(w: Buffer, tag: bytes, parts: list) -> None:
    if len(parts) > MAX_KEYS:
        raise Refused("a set or dict of too many entries")
    w.within(tag, parts, len(parts))


def _dict(w: Buffer, x: dict) -> None:
    _keyed(w, b"m", [part for item in x.items() for part in item])


def _array(w: Buffer, x: np.ndarray) -> None:
    if x.dtype == object:
        if x.size > MAX_PARTS:
            raise Refused(f"more than {MAX_PARTS:,} values")
        w.out += b"O"
        w.value(x.shape)
        w.within(b"l", x.ravel().tolist(), x.size)
        return
    try:
        dtype = describe_dtype(x.dtype)
    except Refused as reason:
        _opaque(w, x, str(reason))
        return
    w.room(x.nbytes)
    flags, data = raw(x)
    w.out += b"a"
    w.value(dtype)
    w.value(x.shape)
    w.out.append(flags)
    w.out += U8.pack(len(data))
    w.out += data


def _scalar(w: Buffer, x: np.generic) -> None:
    whole = np.asarray(x)
    try:
        dtype = describe_dtype(whole.dtype)
    except Refused as reason:
        _opaque(w, x, str(reason))
        return
    w.room(whole.nbytes)
    w.out += b"g"
    w.value(dtype)
    data = whole.tobytes()
    w.out += U8.pack(len(data))
    w.out += data


def _dtype(w: Buffer, x: np.dtype) -> None:
    try:
        described = describe_dtype(x)
    except Refused as reason:
        _opaque(w, x, str(reason))
        return
    w.out += b"D"
    w.value(described)


def _class(w: Buffer, x: type) -> None:
    w.out += b"C"
    w.text(NAMES[x])


def _remote(w: Buffer, x: RemoteFunction) -> None:
    """Write a function of the other side: it gets its own back."""
    if w.port is None or x.port is w.port:
        w.out += b"<" + U8.pack(x.handle)
    else:
        _function(w, x)


def _function(w: Buffer, x: Any) -> None:
    w.out += b"f" + U8.pack(w.held(x))
    described = describe(x) if w.port is None or w.port.tells else Described()
    w.within(b"t", (described.name, described.doc, described.parameters), 3)


def _opaque(w: Buffer, x: Any, reason: str = "") -> None:
    w.out += b"o" + U8.pack(w.held(x))
    w.text(type(x).__name__)
    w.text(reason)


def write_other(w: Buffer, x: Any) -> None:
    """Write what no exact type of ours is: a library's object, a function, or a stand-in."""
    if is_opaque(x):
        w.out += b"<" + U8.pack(x.handle)
    elif isinstance(x, type) and x in NAMES:
        _class(w, x)
    elif isinstance(x, np.dtype):
        _dtype(w, x)
    elif (guest := guests.pack(x)) is not None:
        if guest.refused:
            _opaque(w, x, guest.refused)
            return
        w.out += b"G"
        w.text(guest.kind)
        w.within(b"t", (guest.content,), 1)
    elif callable(x):
        _function(w, x)
    else:
        _opaque(w, x)


WRITERS: dict[type, Any] = {
    type(None): lambda w, x: w.out.extend(b"N"),
    EllipsisType: lambda w, x: w.out.extend(b"E"),
    bool: lambda w, x: w.out.extend(b"T" if x else b"F"),
    int: _int,
    float: lambda w, x: w.out.extend(TAG_F8.pack(b"r", x)),
    complex: _complex,
    str: _str,
    bytes: lambda w, x: _buffer(w, b"b", x),
    list: _list,
    tuple: lambda w, x: w.within(b"t", x, len(x)),
    dict: _dict,
    set: lambda w, x: _keyed(w, b"z", list(x)),
    frozenset: lambda w, x: _keyed(w, b"Z", list(x)),
    slice: lambda w, x: w.within(b":", (x.start, x.stop, x.step), 3),
    range: lambda w, x: w.within(b"R", (x.start, x.stop, x.step), 3),
    np.ndarray: _array,
    RemoteFunction: _remote,
    **{kind: _scalar for kind in SCALARS},
}
