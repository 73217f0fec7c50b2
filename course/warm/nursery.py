"""The nursery: the process that imports once and forks a session on request.

Started as ``python -m course.warm.nursery FD`` with one end of a socket pair; speaks
`course.processes.wire`. It lives as long as the other end is open. A *stem* is one that stands by:
it has imported, too, and forks nurseries.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from contextlib import suppress

from course.processes import wire
from course.processes.forks import BEGAN, Imported, close_to_others, die_with, preload
from course.sandbox import numbers
from course.sandbox.keeper import Keeper
from course.warm.forks import Forks


def serve(control: socket.socket) -> None:
    """Import what is asked for, then fork sessions until the other end closes."""
    first = wire.receive(control)
    if first["keeper"]:  # before anything is imported: what stays behind is to be small
        numbers.be_apart(control.fileno())
    keeper = Keeper() if first["keeper"] else None
    gc.disable()  # imports make much and drop little: to look for that takes a fifth of the time
    if first.get("stem"):
        _be_stem(control, first, keeper)
    else:
        _serve(control, first, keeper)


def _serve(control: socket.socket, first: dict, keeper: Keeper | None) -> None:
    # Also what only forks use: each of them would import it for itself.
    from course.judging import process  # noqa: F401
    from course.judging.crossing import Peer, prepare  # noqa: F401
    from course.judging.crossing.errors import know_libraries
    from course.processes import neighbours  # noqa: F401
    from course.processes.shell import make_shell, rehearse

    failed = preload(first["imports"])
    know_libraries()
    if first["guests"]:  # a judge imports nothing for a student's message
        ours = any("helpers" in statement for statement in first["imports"])
        prepare(None if ours else [name for name in sys.modules if "." not in name])
    shell = make_shell()
    rehearse(shell)
    close_to_others()
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)  # what went wrong at the start went there: forks get nothing of ours
    os.close(nothing)
    gc.freeze()  # what is here already is never collected: forks share its memory
    wire.send(control, {"ready": True, "failed": failed})
    Forks(control, shell, keeper).serve()


def _be_stem(control: socket.socket, first: dict, keeper: Keeper | None) -> None:
    """Import, and then fork whole nurseries: each does what a nursery does, less the imports.

    Nothing of a lesson's or a student's ever runs in here. Where a file has changed that was
    imported, no other fork is made: `course.warm.standby` starts another stem.
    """
    from course.judging import process  # noqa: F401
    from course.judging.crossing import Peer, prepare  # noqa: F401
    from course.processes import neighbours  # noqa: F401
    from course.processes.shell import rehearse

    preload(first["imports"])
    rehearse()
    imported = Imported(BEGAN)
    close_to_others()
    gc.freeze()
    wire.send(control, {"ready": True})
    while True:
        try:
            message, files = wire.receive_with_files(control, 1)
        except wire.Closed:
            return
        if message["do"] == "end":
            with suppress(ProcessLookupError):
                os.kill(message["pid"], signal.SIGKILL)
            os.waitpid(message["pid"], 0)
            wire.send(control, {})
            continue
        changed = imported.changed()
        pid = None if changed else _branch(control, files[0], keeper)
        os.close(files[0])
        wire.send(control, {"changed": changed} if changed else {"pid": pid})


def _branch(control: socket.socket, file: int, keeper: Keeper | None) -> int:
    """Fork a nursery that serves on an open file; return its number."""
    parent = os.getpid()
    if pid := os.fork():
        return pid
    try:
        control.close()
        os.setsid()
        die_with(parent)
        with socket.socket(fileno=file) as sock:
            first = wire.receive(sock)
            own = keeper.another() if keeper and first["keeper"] else None
            _serve(sock, first, own)
    finally:
        os._exit(0)  # never back into the stem's own code


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
    os._exit(0)  # thousands of modules need not be taken down one by one
