"""How long to wait for a session: by the time that it could have had a core.

A loop of 0.8 s takes seconds where a neighbour keeps every core busy. The kernel counts how long
a process was ready and had to wait for a core; that time does not count, within reason.
"""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from course.processes import wire

MOST = 4  # times the patience, however long a process had to wait for a core
LOOK_SECONDS = 0.1  # between two looks at what a session does


class Ended(Exception):
    """A session that was waited for is to end."""


class Patience:
    """Seconds for one cell or test of a session.

    Parameters
    ----------
    seconds : float
        That it may take where it has a core whenever it wants one.
    pid : int
        The session's own process; 0 where it is not known.
    """

    def __init__(self, seconds: float, pid: int) -> None:
        self._pid = pid
        self._seconds = seconds
        self._began = time.monotonic()
        self._waited = waited_for_a_core(pid)

    def left(self) -> float:
        """Return the seconds that are left."""
        passed = time.monotonic() - self._began
        if passed >= self._seconds:
            passed -= min(waited_for_a_core(self._pid) - self._waited, (MOST - 1) * self._seconds)
        return self._seconds - passed


def waited_for_a_core(pid: int) -> float:
    """Return the seconds that a process's main thread was ready and did not run; 0 if unknown.

    One that is made to wait because it starts too many others (`course.sandbox.usage`) gets no
    time for it.
    """
    with suppress(OSError, ValueError, IndexError):
        if pid and os.sched_getscheduler(pid) != os.SCHED_IDLE:
            return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9
    return 0.0


def await_message(sock: socket.socket, patience: Patience, look: Callable[[], None]) -> None:
    """Wait until a message begins to come in, and `look` now and then meanwhile.

    Raises
    ------
    TooLate
        When none has come within the patience.
    """
    ready = select.poll()
    ready.register(sock, select.POLLIN)
    while not ready.poll(1000 * max(0.001, min(LOOK_SECONDS, patience.left()))):
        look()
        # This process itself may have waited for a core meanwhile, and the message be there.
        if patience.left() <= 0 and not ready.poll(0):
            raise wire.TooLate
