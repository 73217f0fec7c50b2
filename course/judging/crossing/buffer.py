"""What is written of a message, within its bounds: bytes, and what they add up to."""

from __future__ import annotations

import struct
from typing import Any

from course.judging.crossing.faults import Refused
from course.judging.crossing.limits import MAX_BYTES, MAX_DEPTH, MAX_PARTS

U4, S8, F8, U8 = struct.Struct("!I"), struct.Struct("!q"), struct.Struct("!d"), struct.Struct("!Q")
TAG_S8, TAG_F8, TAG_U4 = struct.Struct("!cq"), struct.Struct("!cd"), struct.Struct("!cI")


class Buffer:
    """The bytes of a message that is being written.

    Parameters
    ----------
    port : Port, optional
        Holds functions and opaque objects for the other side.

    Attributes
    ----------
    out : bytearray
        What is written so far.
    """

    def __init__(self, port: Any = None) -> None:
        self.out = bytearray()
        self.port = port
        self._parts = 0
        self._depth = 0

    def value(self, x: Any) -> None:
        """Write a value: whoever knows the kinds of values says how."""
        raise NotImplementedError

    def number(self, n: int) -> None:
        """Write a count, an index or a handle: a number from 0 to 2**64 - 1."""
        self.out += U8.pack(n)

    def count(self, parts: int) -> None:
        """Count values that are about to be written."""
        self._parts += parts
        if self._parts > MAX_PARTS:
            raise Refused(f"more than {MAX_PARTS:,} values")

    def room(self, size: int) -> None:
        """Make sure that so many bytes may still be written."""
        if len(self.out) + size > MAX_BYTES:
            raise Refused(f"more than {MAX_BYTES >> 20} MiB")

    def text(self, x: str) -> None:
        """Write a string behind its size."""
        self.room(len(x))
        data = x.encode("utf-8", "surrogatepass")
        self.room(len(data))
        self.out += U4.pack(len(data)) + data

    def within(self, tag: bytes, parts: Any, count: int) -> None:
        """Write a container: its tag, how many parts it has, the parts."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Refused(f"containers nested more than {MAX_DEPTH} deep")
        self.room(count)
        self.out += TAG_U4.pack(tag, count)
        for part in parts:
            self.value(part)
        self._depth -= 1

    def mark(self) -> tuple[int, int]:
        """Return where the message is by now, for `forget`."""
        return len(self.out), self._parts

    def forget(self, mark: tuple[int, int]) -> None:
        """Take back what was written since a mark, at the outermost level."""
        start, self._parts = mark
        del self.out[start:]
        self._depth = 0

    def held(self, x: Any) -> int:
        """Return the handle under which this side holds an object for the other."""
        return self.port.hold(x) if self.port is not None else 0
