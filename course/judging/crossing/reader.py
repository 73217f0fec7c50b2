"""Read a value from bytes that anybody may have written. Whatever is wrong raises `Malformed`."""

from __future__ import annotations

import struct
from array import array
from collections import Counter
from typing import Any

import numpy as np

from course.judging.crossing import guests
from course.judging.crossing.arrays import array_of, dtype_of
from course.judging.crossing.buffer import F8, S8
from course.judging.crossing.cursor import Cursor
from course.judging.crossing.faults import Malformed
from course.judging.crossing.functions import RemoteFunction, described_of
from course.judging.crossing.limits import MAX_DEPTH, MAX_INT_BYTES, MAX_KEYS, MAX_PARTS
from course.judging.crossing.opaque import opaque
from course.judging.crossing.types import BY_NAME

WRONG = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)

MANY_KEYS, ALIKE = 1_000, 100  # of one hash


def decode(data: bytes, port: Any = None) -> Any:
    """Return the value that `encode` wrote.

    Raises
    ------
    Malformed
    """
    reader = Reader(data, port)
    value = reader.value()
    reader.end()
    return value


class Reader(Cursor):
    """A message that is being read.

    Parameters
    ----------
    data : bytes
    port : Port, optional
        Gives functions of the other side a way back, and knows what this side holds for it.
    """

    def __init__(self, data: bytes | memoryview, port: Any = None) -> None:
        super().__init__(data)
        self.port = port
        self._depth = 0

    def value(self) -> Any:
        """Read what `Writer.value` wrote.

        Raises
        ------
        Malformed
        """
        try:
            return self.part()
        except WRONG as error:
            raise Malformed(f"{type(error).__name__}") from None

    def part(self) -> Any:
        """Read a value; any of `WRONG` means that it is malformed."""
        self.count(1)
        read = READERS[self.data[self.at]]
        self.at += 1
        return read(self)

    def within(self, most: int = MAX_PARTS) -> list:
        """Read the parts of a container."""
        count = self.size()
        if count > most or count > len(self.data) - self.at or self._depth >= MAX_DEPTH:
            raise Malformed("a container too large or too deep")
        self._depth += 1
        found = [self.part() for _ in range(count)]
        self._depth -= 1
        return found


def _int(r: Reader) -> int:
    (x,) = S8.unpack_from(r.data, r.at)
    r.at += 8
    return x


def _long(r: Reader) -> int:
    size = r.size()
    if size > MAX_INT_BYTES:
        raise Malformed("a whole number too long")
    return int.from_bytes(r.take(size), "big", signed=True)


def _float(r: Reader) -> float:
    (x,) = F8.unpack_from(r.data, r.at)
    r.at += 8
    return x


def _numbers(r: Reader, code: str) -> list:
    data = r.take(r.size())
    r.count(len(data) // 8)
    found = array(code)
    found.frombytes(data)
    return found.tolist()


def _check_keys(keys: list) -> list:
    """Refuse keys that were chosen so that each must be compared with all others."""
    if len(keys) > MANY_KEYS and max(Counter(map(hash, keys)).values()) > ALIKE:
        raise Malformed("keys that are too alike")
    return keys


def _dict(r: Reader) -> dict:
    parts = r.within(MAX_KEYS)
    if len(parts) % 2:
        raise Malformed("a key without a value")
    _check_keys(parts[::2])
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _array(r: Reader) -> np.ndarray:
    dtype = dtype_of(r.part())
    shape = r.part()
    flags = r.take(1)[0]
    return array_of(dtype, shape, flags, r.take(r.number()))


def _objects(r: Reader) -> np.ndarray:
    shape = r.part()
    parts = r.part()
    if type(shape) is not tuple or type(parts) is not list:
        raise Malformed("an array of objects")
    found = np.empty(len(parts), object)
    for i, part in enumerate(parts):
        found[i] = part
    return found.reshape(shape)


def _scalar(r: Reader) -> Any:
    dtype = dtype_of(r.part())
    return array_of(dtype, (), 0, r.take(r.number()))[()]


def _function(r: Reader) -> RemoteFunction:
    handle = r.number()
    described = described_of(r.part())
    if r.port is None:
        return RemoteFunction(None, handle, described)
    return r.port.remote(handle, described)


def _opaque(r: Reader) -> Any:
    handle = r.number()
    return opaque(r.text(), handle, r.text())


def _own(r: Reader) -> Any:
    handle = r.number()
    if r.port is None:
        raise Malformed("an object of this side")
    return r.port.held(handle)


def _guest(r: Reader) -> Any:
    kind, told = r.text(), r.part()
    if type(told) is not tuple or len(told) != 1:
        raise Malformed("an object of a library")
    trusted = r.port is not None and r.port.trusts
    return guests.unpack(kind, told[0], trusted=trusted)


READERS: dict[int, Any] = {
    ord(tag): read
    for tag, read in {
        "N": lambda r: None,
        "E": lambda r: ...,
        "T": lambda r: True,
        "F": lambda r: False,
        "i": _int,
        "I": _long,
        "r": _float,
        "c": lambda r: complex(_float(r), _float(r)),
        "s": Reader.text,
        "b": lambda r: bytes(r.take(r.size())),
        "l": Reader.within,
        "q": lambda r: _numbers(r, "q"),
        "d": lambda r: _numbers(r, "d"),
        "t": lambda r: tuple(r.within()),
        "m": _dict,
        "z": lambda r: set(_check_keys(r.within(MAX_KEYS))),
        "Z": lambda r: frozenset(_check_keys(r.within(MAX_KEYS))),
        ":": lambda r: slice(*r.within(3)),
        "R": lambda r: range(*r.within(3)),
        "a": _array,
        "O": _objects,
        "g": _scalar,
        "D": lambda r: dtype_of(r.part()),
        "C": lambda r: BY_NAME[r.text()],
        "<": _own,
        "f": _function,
        "o": _opaque,
        "G": _guest,
    }.items()
}
