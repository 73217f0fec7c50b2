"""A place in a message that anybody may have written, which moves on with all that is read.

Sizes are compared with what is left of the message before anything is made.
"""

from __future__ import annotations

import struct

from course.judging.crossing.buffer import U4, U8
from course.judging.crossing.faults import Malformed
from course.judging.crossing.limits import MAX_BYTES, MAX_PARTS


class Cursor:
    """Reads numbers, texts and so many bytes, and counts the values that are made of them."""

    def __init__(self, data: bytes | memoryview) -> None:
        if len(data) > MAX_BYTES:
            raise Malformed(f"a message of {len(data):,} bytes")
        self.data = memoryview(data)
        self.at = 0
        self._parts = 0

    def number(self) -> int:
        """Read what `Writer.number` wrote."""
        try:
            (n,) = U8.unpack_from(self.data, self.at)
        except struct.error:
            raise Malformed("a message that ends too soon") from None
        self.at += 8
        return n

    def end(self) -> None:
        """Make sure that nothing is left."""
        if self.at != len(self.data):
            raise Malformed("a message that goes on after its end")

    def count(self, parts: int) -> None:
        """Count values that are about to be made."""
        self._parts += parts
        if self._parts > MAX_PARTS:
            raise Malformed("too many values")

    def take(self, size: int) -> memoryview:
        """Read so many bytes."""
        end = self.at + size
        if end > len(self.data):
            raise Malformed("a message that ends too soon")
        found = self.data[self.at : end]
        self.at = end
        return found

    def size(self) -> int:
        """Read a size of four bytes."""
        (n,) = U4.unpack_from(self.data, self.at)
        self.at += 4
        return n

    def text(self) -> str:
        """Read a string behind its size."""
        return str(self.take(self.size()), "utf-8", "surrogatepass")
