"""The nursery: the process that imports once and forks a session on request.

Started as ``python -m course.warm.nursery FD`` with one end of a socket pair; speaks
`course.warm.wire`. It lives as long as the other end is open.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from course.warm import wire
from course.warm.forks import die_with, preload, reseed

if TYPE_CHECKING:  # imported after the collector has been stopped
    from course.warm.shell import Shell


def serve(control: socket.socket) -> None:
    """Import what is asked for, then fork sessions until the other end closes."""
    first = wire.receive(control)
    gc.disable()  # imports make much and drop little: to look for that takes a fifth of the time
    from course.warm.shell import make_shell, rehearse

    failed = preload(first["imports"])
    shell = make_shell()
    rehearse(shell)
    gc.freeze()  # what is here already is never collected: forks share its memory
    wire.send(control, {"ready": True, "failed": failed})
    while True:
        try:
            message, file = wire.receive_with_file(control)
        except wire.Closed:
            return
        if message["do"] == "open":
            wire.send(control, {"pid": _open(control, shell, message, file)})
            os.close(file)
        else:
            _end(message["pid"])
            wire.send(control, {"ended": message["pid"]})


def _open(control: socket.socket, shell: Shell, message: dict, file: int) -> int:
    """Fork a session that listens on `file`; return its process id."""
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        control.close()
        _settle(parent, message)
        with socket.socket(fileno=file) as sock:
            _session(sock, shell)
        code = 0
    finally:
        os._exit(code)  # never back into the nursery's own code


def _settle(parent: int, message: dict) -> None:
    """Make the fork a process of its own: group, folder, environment, standard files."""
    from course.warm.shell import attach

    os.setsid()
    die_with(parent)
    os.chdir(message["folder"])
    os.environ.update(message["environment"])
    sys.path.insert(0, "")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    attach()
    reseed()
    gc.enable()


def _session(sock: socket.socket, shell: Shell) -> None:
    from course.warm.shell import run

    while True:
        try:
            message = wire.receive(sock)
            wire.send(sock, run(shell, message["run"]))
        except wire.Closed:
            return


def _end(pid: int) -> None:
    """Kill a session with all its processes, and wait for it."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
