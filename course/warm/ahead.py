"""Run a command in a fork of a process that stands by, which has imported what it needs.

It imports little itself: whoever asks for a command waits for this.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import Any, Self

from course.processes import wire
from course.warm.branches import connect
from course.warm.circumstances import circumstances

# What an instructor runs again and again, and begins with imports of a second.
COMMANDS = ("collect", "export", "feedback", "grade", "list", "report", "similar")
SECONDS = 60.0  # until the fork is there
# What a terminal sends to all processes of a command, and what is meant for it alone.
TO_ALL = (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGWINCH)
TO_ONE = (signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2)
GONE = "The process that stands by has ended, and this command with it. Run the command again."


def run_ahead() -> int | None:
    """Run this process's command in a fork; return its exit code.

    None where no process stands by that is what this one is, or the command is another: then
    nothing has been done.
    """
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        return None
    if None in (sys.stdin, sys.stdout, sys.stderr) or (lease := connect()) is None:
        return None
    with lease, _Signals() as signals:
        try:
            wire.send(lease, _request(), (0, 1, 2))
            answer = wire.receive(lease, SECONDS)
        except (OSError, wire.Closed, wire.TooLate):
            return None
        if "pid" not in answer:
            return None
        signals.go_to(answer["pid"])
        try:
            code = wire.receive(lease, None)["exit"]
        except wire.Closed:
            print(GONE, file=sys.stderr)
            return 1
    if code < 0:  # killed by a signal: so is this one, for whoever waits for it
        with suppress(OSError):  # of SIGKILL nothing can be set
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    return code


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
        "streams": [(one.encoding, one.errors) for one in (sys.stdin, sys.stdout, sys.stderr)],
    }


class _Signals:
    """What this process is sent, passed on to the fork as soon as there is one."""

    def __init__(self) -> None:
        self._pid = 0
        self._early: list[int] = []
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in (*TO_ALL, *TO_ONE, signal.SIGTSTP):
            if signal.getsignal(number) != signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._hear)
        return self

    def __exit__(self, *about: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        for number in self._early:
            os.kill(os.getpid(), number)

    def go_to(self, pid: int) -> None:
        self._pid = pid
        early, self._early = self._early, []
        for number in early:
            self._hear(number)

    def _hear(self, number: int, frame: object = None) -> None:
        if not self._pid:
            self._early.append(number)
            return
        with suppress(ProcessLookupError):  # it has ended just now
            if number in TO_ONE:
                os.kill(self._pid, number)
            elif number != signal.SIGTSTP:
                os.killpg(self._pid, number)
            else:  # Ctrl-Z: the fork is in no terminal's foreground, and would not stop by itself
                os.killpg(self._pid, signal.SIGSTOP)
                os.kill(os.getpid(), signal.SIGSTOP)
                os.killpg(self._pid, signal.SIGCONT)  # when this one goes on
