"""A warm kernel as `subprocess` would show it."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import time

from course.processes import wire

MESSAGE_SECONDS = 10.0  # for a message that has begun to come in
# A kernel lives as long as its connection: as with a fresh process, dropping the object that
# stands for it does not end it.
_running: set[WarmProcess] = set()


class WarmProcess:
    """The fork of a nursery, whose end the nursery tells; what Jupyter uses of `Popen`.

    Parameters
    ----------
    connection : socket
        To the nursery that is the kernel's parent.
    pid : int

    Attributes
    ----------
    returncode : int or None
        As of `Popen`: None while it runs, the negative number of a signal that ended it.
    """

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self._connection = connection
        self.pid = pid
        self.returncode: int | None = None
        _running.add(self)

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        if self.returncode is None:
            if not select.select([self._connection], [], [], 0)[0]:
                return None
            try:
                code = wire.receive(self._connection, MESSAGE_SECONDS)["exit"]
            except (wire.Closed, wire.TooLate, wire.TooLarge, ValueError):
                # The nursery has gone, and its forks with it.
                code = -signal.SIGKILL
            self.returncode = code
            self._connection.close()
            _running.discard(self)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and return the exit code."""
        end = None if timeout is None else time.monotonic() + timeout
        while self.poll() is None:
            if end is not None and time.monotonic() > end:
                raise subprocess.TimeoutExpired(f"warm kernel {self.pid}", timeout or 0)
            time.sleep(0.02)
        return self.returncode or 0

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)
