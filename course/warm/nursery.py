"""The nursery: the process that imports once and forks a session on request.

Started as ``python -m course.warm.nursery FD`` with one end of a socket pair; speaks
`course.warm.wire`. It lives as long as the other end is open.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

from course.sandbox.bounds import Bounds
from course.sandbox.inner import NEWS, OUT_OF_MEMORY, enter
from course.sandbox.parcel import unpack
from course.warm import wire
from course.warm.forks import die_with, preload, reseed

if TYPE_CHECKING:  # imported after the collector has been stopped
    from course.warm.shell import Shell


def serve(control: socket.socket) -> None:
    """Import what is asked for, then fork sessions until the other end closes."""
    first = wire.receive(control)
    gc.disable()  # imports make much and drop little: to look for that takes a fifth of the time
    # Also what only forks use: each of them would import it for itself.
    from course.crossing import Peer, prepare  # noqa: F401
    from course.warm import judging  # noqa: F401
    from course.warm.shell import make_shell, rehearse

    failed = preload(first["imports"])
    shell = make_shell()
    rehearse(shell)
    gc.freeze()  # what is here already is never collected: forks share its memory
    wire.send(control, {"ready": True, "failed": failed})
    while True:
        try:
            message, files = wire.receive_with_files(control, 2)
        except wire.Closed:
            return
        if message["do"] in ("open", "judge"):
            if message["do"] == "judge":
                prepare()  # once; after that a judge imports nothing for a student's message
            wire.send(control, {"pid": _open(control, shell, message, files)})
            for file in files:
                os.close(file)
        else:
            code = _end(message["pid"], message.get("confined", False))
            wire.send(control, {"ended": message["pid"], "memory": code == OUT_OF_MEMORY})


def _open(control: socket.socket, shell: Shell, message: dict, files: list[int]) -> int:
    """Fork a session, or a judge, that listens on the first of `files`; return its process id."""
    parent = os.getpid()
    confined = message.get("bounds")
    news = NEWS if confined else set()
    signal.pthread_sigmask(signal.SIG_BLOCK, news)
    pid = os.fork()
    if pid:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, news)
        return pid
    code = 1
    try:
        control.close()
        os.setsid()
        die_with(parent)
        with socket.socket(fileno=files[0]) as sock:
            if message["do"] == "judge":
                _judge(sock, shell, message, files)
            else:
                _be_session(sock, shell, message, files)
        code = 0
    finally:
        os._exit(code)  # never back into the nursery's own code


def _judge(sock: socket.socket, shell: Shell, message: dict, files: list[int]) -> None:
    """Be a judge, whose folder is a copy where the worker's own is out of sight."""
    from course.warm import judging

    folder = message["folder"]
    if message["confined"]:
        folder = tempfile.mkdtemp(prefix="judge-")
        if len(files) > 1:
            unpack(files[1], folder)
    judging.settle(folder)
    judging.serve(sock, shell)


def _be_session(sock: socket.socket, shell: Shell, message: dict, files: list[int]) -> None:
    if message["bounds"]:
        _confine(sock, message, files)
    _settle(message)
    wire.send(sock, {"ready": True})
    _session(sock, shell)


def _confine(sock: socket.socket, message: dict, files: list[int]) -> None:
    """Put the inner wall around this process; where that fails, say why, and end."""
    parcel = files[1] if len(files) > 1 else None
    try:
        message["folder"] = enter(Bounds(**message["bounds"]), sock.fileno(), parcel)
    except OSError as error:
        wire.send(sock, {"failed": str(error)})
        raise


def _settle(message: dict) -> None:
    """Make the fork a process of its own: folder, environment, standard files."""
    from course.warm.shell import attach

    os.chdir(message["folder"])
    os.environ.update(message["environment"])
    sys.path.insert(0, "")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    os.close(nothing)
    attach()
    reseed()
    gc.enable()


def _session(sock: socket.socket, shell: Shell) -> None:
    """Run cells for the worker; give the judge the values and functions that it asks for."""
    from course.crossing import Peer
    from course.warm.shell import run

    peer = Peer(sock, shell.user_ns.get)
    while True:
        try:
            message = wire.receive_bytes(sock, None)
            if message[:1] == b"{":
                wire.send(sock, run(shell, json.loads(message)["run"]))
            else:
                peer.serve(message)
        except (wire.Closed, wire.TooLate):
            return


def _end(pid: int, confined: bool) -> int:
    """End a session with all its processes, wait for it, and return its exit code."""
    with suppress(ProcessLookupError):
        if confined:
            os.kill(pid, signal.SIGTERM)  # its watcher, who leaves nobody behind
        else:
            os.killpg(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
    os._exit(0)  # thousands of modules need not be taken down one by one
