"""Run a command in a fork of a process that stands by, which has imported what it needs.

It imports little itself: whoever asks for a command waits for this.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from course.errors import INTERRUPTED, STOPPED
from course.processes import wire
from course.warm.branches import connect
from course.warm.circumstances import circumstances

# What an instructor runs again and again, and begins with imports of a second.
COMMANDS = ("collect", "export", "feedback", "grade", "list", "report", "similar")
# An argument may name one of this process's own files, as `>(sort)` does in a shell.
OWN_FILES = ("/dev/fd/", "/proc/self/", "/proc/thread-self/")
SECONDS = 10.0  # until the fork is there: after that it is quicker to run here
# What a terminal sends to all processes of a command, and what is meant for it alone.
TO_ALL = (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGWINCH)
TO_ONE = (signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2)
GONE = "The process that stands by has ended, and this command with it. Run the command again."


def run_ahead() -> int | None:
    """Run this process's command in a fork; return its exit code.

    None where no process stands by that is what this one is, or the command is another: then
    nothing has been done.
    """
    if not _may_be_forked() or (lease := connect()) is None:
        return None
    with lease:
        try:
            code = _run(lease)
        except KeyboardInterrupt:  # a fork that is there by now ends with the lease
            print(STOPPED, file=sys.stderr)
            return INTERRUPTED
    if code is None:
        return None
    if code < 0:  # killed by a signal: so is this one, for whoever waits for it
        with suppress(OSError):  # of SIGKILL nothing can be set
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    return code


def _run(lease: socket.socket) -> int | None:
    """Have the command run, and return its exit code; None where that is not to be had.

    The fork begins when it is told to: one that comes too late does nothing.
    """
    waits, begins = os.pipe()
    with open(begins, "wb", buffering=0) as begin:
        try:
            wire.send(lease, _request(), (0, 1, 2, waits))
            answer = wire.receive(lease, SECONDS)
        except (OSError, wire.Closed, wire.TooLate):
            return None
        finally:
            os.close(waits)
        if "pid" not in answer:
            return None
        with _signals_to(answer["pid"]):
            with suppress(BrokenPipeError):  # it was killed: that is told below
                begin.write(b"\n")
            try:
                return wire.receive(lease, None)["exit"]
            except wire.Closed:
                print(GONE, file=sys.stderr)
                return 1


def _may_be_forked() -> bool:
    """Tell whether it is one of those commands, and has no open files but the standard streams."""
    return (
        len(sys.argv) > 1
        and sys.argv[1] in COMMANDS
        and None not in (sys.stdin, sys.stdout, sys.stderr)
        and not any(place in argument for argument in sys.argv for place in OWN_FILES)
    )


def _request() -> dict[str, Any]:
    mask = os.umask(0o077)
    os.umask(mask)
    return {
        "do": "command",
        "independent": False,
        "arguments": sys.argv,
        "circumstances": circumstances(),
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "mask": mask,
        "package": sys.modules["__main__"].__package__,
        "path": sys.path,
        "streams": [
            (one.encoding, one.errors, one.write_through)  # python -u
            for one in (sys.stdin, sys.stdout, sys.stderr)
        ],
    }


@contextmanager
def _signals_to(pid: int) -> Iterator[None]:
    """Pass on to a fork what this process is sent."""

    def hear(number: int, frame: object) -> None:
        with suppress(ProcessLookupError):  # it has ended just now
            if number == signal.SIGTSTP:
                stop()
            elif number in TO_ONE:
                os.kill(pid, number)
            else:
                os.killpg(pid, number)

    def stop() -> None:
        """Stop for Ctrl-Z where a shell can have this one go on: else the system lets it pass."""
        os.killpg(pid, signal.SIGSTOP)  # in no terminal's foreground, it would not stop by itself
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, hear)
        os.killpg(pid, signal.SIGCONT)

    heard = [n for n in (*TO_ALL, *TO_ONE, signal.SIGTSTP) if signal.getsignal(n) != signal.SIG_IGN]
    before = {number: signal.signal(number, hear) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
