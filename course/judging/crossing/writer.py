"""Write a value as bytes: a tag, then what the tag needs; raw buffers stand as they are."""

from __future__ import annotations

from typing import Any

from course.judging.crossing.buffer import Buffer
from course.judging.crossing.kinds import WRITERS, write_other


def encode(value: Any, port: Any = None) -> bytes:
    """Return `value` as bytes.

    Parameters
    ----------
    value : any
    port : Port, optional
        Holds functions and opaque objects for the other side.

    Raises
    ------
    Refused
        When it is nested too deeply or too large.
    """
    writer = Writer(port)
    writer.value(value)
    return bytes(writer.out)


class Writer(Buffer):
    """A message that is being written, of values of every kind."""

    def value(self, x: Any) -> None:
        """Write a value.

        Raises
        ------
        Refused
        """
        self.count(1)
        write = WRITERS.get(type(x))
        if write is not None:
            write(self, x)
        else:
            write_other(self, x)
