"""A stem: a warm process that has imported everything, and of which nurseries are branches."""

from __future__ import annotations

import socket
import tempfile
import threading
from contextlib import suppress

from course.processes import wire
from course.warm.spawning import spawn

END_SECONDS = 5.0
LEAST = 0.05  # seconds, to see whether something is there


class Stem:
    """One warm process, of which branches are made.

    Parameters
    ----------
    wanted : dict
        A `course.warm.branches.Wanted`, as its message tells it.

    Attributes
    ----------
    pid : int
        Of the wall around it.
    users : int
        Graders that have a branch of it.
    """

    def __init__(self, wanted: dict) -> None:
        self.users = 0
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair()
        with theirs, tempfile.TemporaryFile() as said:
            self._process = spawn(wanted["line"], wanted["environment"], theirs, said)
        self.pid = self._process.pid
        first = {"stem": True, "imports": wanted["imports"], "keeper": wanted["keeper"]}
        with suppress(wire.Closed):  # whoever asks for a branch notices
            wire.send(self._control, first)
        self._ready = False

    def ready(self, seconds: float) -> bool:
        """Tell whether it has imported everything within so many seconds.

        Raises
        ------
        Closed
            When it has died.
        """
        with self._lock:
            if not self._ready:
                with suppress(wire.TooLate):
                    wire.receive(self._control, max(seconds, LEAST))
                    self._ready = True
            return self._ready

    def branch(self, file: int) -> int | None:
        """Return the number of a new branch that serves on an open file; None where it is outdated.

        Raises
        ------
        Closed, TooLate
            When it has died.
        """
        with self._lock:
            wire.send(self._control, {"do": "branch"}, (file,))
            return wire.receive(self._control).get("pid")

    def end(self, branch: int) -> None:
        """End a branch with all its forks."""
        with self._lock, suppress(wire.Closed, wire.TooLate, OSError):
            wire.send(self._control, {"do": "end", "pid": branch})
            wire.receive(self._control, END_SECONDS)

    def close(self) -> None:
        """End it; its branches die with it."""
        self._control.close()
        self._process.kill()
        self._process.wait()
