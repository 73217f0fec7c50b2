"""The near side of a warm process that stands by: take a branch of it in place of a new process."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from course.processes import wire
from course.warm import runtime

SOCKET = "COURSE_STANDBY"  # names the socket; empty: take no branch
NAME = "standby.sock"
END_SECONDS = 5.0


class Wanted(NamedTuple):
    """What a branch is to be like; of stems that were made alike, one serves.

    One that has imported more would know modules that a process of its own does not, and an answer
    that forgets to import them would pass or fail by what stands by.

    Attributes
    ----------
    line : list of str
        The command of the outer wall, with the program behind it.
    environment : dict
    imports : list of str
        What a stem has imported, no less and no more.
    keeper : bool
        Whether it forks sessions, whose walls are built in there.
    """

    line: list[str]
    environment: dict[str, str]
    imports: list[str]
    keeper: bool

    @property
    def message(self) -> dict:
        """What the process that stands by is told."""
        return self._asdict() | {"do": "branch"}


class Branch:
    """A fork of a stem, as `subprocess.Popen` would show it.

    Parameters
    ----------
    lease : socket
        To the process that stands by; the branch ends with it.
    control : socket
        Over which the branch is asked for forks.
    pid : int
        Of the wall around its stem.
    """

    def __init__(self, lease: socket.socket, control: socket.socket, pid: int) -> None:
        self._lease = lease
        self._control = control
        self.pid = pid

    def poll(self) -> int | None:
        """Return None while it lives."""
        return 0 if wire.has_ended(self._control) else None

    def wait(self, timeout: float | None = None) -> int:
        """Have it end with all its forks, and wait until it has."""
        with suppress(wire.Closed, wire.TooLate, OSError):
            wire.send(self._lease, {"do": "leave"}, seconds=END_SECONDS)
            wire.receive(self._lease, timeout or END_SECONDS)
        self._lease.close()
        return 0

    def kill(self) -> None:
        """Let go of it: it ends with its lease."""
        self._lease.close()


def place() -> Path | None:
    """Return where the socket is; None where there can be none."""
    if (named := os.environ.get(SOCKET)) is not None:
        return Path(os.path.abspath(named)) if named else None
    with suppress(runtime.Refused):
        return runtime.runtime_folder() / NAME
    return None


def connect() -> socket.socket | None:
    """Return a connection to the process that stands by; None where there is none."""
    where = place() if hasattr(socket, "AF_UNIX") else None
    if where is None or not where.exists():
        return None
    with suppress(OSError):  # it was killed
        return runtime.connect(str(where))
    return None


def take(
    wanted: Wanted, control: socket.socket, theirs: socket.socket, patience: float = 0.0
) -> Branch | None:
    """Return a branch that serves on the far end of `control`; None where none can be had.

    Then everything is imported anew, which takes longer and comes to the same. With `patience` it
    is waited for so many seconds until there is one.
    """
    lease = connect()
    if lease is None:
        return None
    try:
        message = wanted.message | {"groups": own_groups(), "patience": patience}
        wire.send(lease, message, (theirs.fileno(),), END_SECONDS)
        answer = wire.receive(lease, patience + END_SECONDS)
    except (wire.Closed, wire.TooLate):
        answer = {}
    if "pid" not in answer:
        lease.close()
        return None
    return Branch(lease, control, answer["pid"])


def own_groups() -> str:
    """Return the control groups that this process is in: a fork is moved within its own alone."""
    try:
        return Path("/proc/self/cgroup").read_text()
    except OSError:
        return ""
