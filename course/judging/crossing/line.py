"""The wire of one end: messages out and in, and when the conversation is over."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import Any

from course.judging.crossing.faults import Over
from course.judging.crossing.port import Port
from course.judging.crossing.writer import Writer
from course.processes import wire


class Line(Port):
    """A port with a socket behind it.

    Parameters
    ----------
    sock : socket
    trusted : bool
        Whether this is the judge's end, which waits no longer than its deadline.

    Attributes
    ----------
    deadline : float or None
        On the clock of `time.monotonic`; None gives each message `wire.SECONDS`.
    over : {"", "timeout", "killed"}
        How the conversation ended, at the judge's end.
    """

    def __init__(self, sock: socket.socket, trusted: bool) -> None:
        super().__init__()
        self.tells = self.trusts = not trusted
        self.deadline: float | None = None
        self.over = ""
        self._sock = sock
        self._trusted = trusted

    def _begin(self, kind: int) -> Writer:
        writer = Writer(self)
        writer.out.append(kind)
        return writer

    def _send(self, writer: Writer) -> None:
        self._exchange(lambda seconds: wire.send_bytes(self._sock, writer.out, seconds))

    def _receive(self) -> bytes:
        return self._exchange(lambda seconds: wire.receive_bytes(self._sock, seconds))

    def _exchange(self, what: Callable[[float | None], Any]) -> Any:
        """Send or receive, unless the conversation is over; at the judge's end it may now be."""
        if self.over:
            raise Over(self.over)
        if not self._trusted:
            return what(None)
        try:
            end = self.deadline
            return what(wire.SECONDS if end is None else end - time.monotonic())
        except wire.TooLate:
            self.over = "timeout"
        except (wire.Closed, wire.TooLarge):
            self.over = "killed"
        raise Over(self.over)

    def _broken(self) -> Over:
        """Return what to raise when the other side talks nonsense."""
        self.over = "killed"
        return Over(self.over)
