"""The nursery: the process that imports once and forks a session on request.

Started as ``python -m course.warm.nursery FD`` with one end of a socket pair; speaks
`course.processes.wire`. It lives as long as the other end is open.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from course.processes import wire
from course.processes.forks import close_to_others, die_with, preload, reseed
from course.sandbox import chamber
from course.sandbox.bounds import Bounds
from course.sandbox.groups import be_joined
from course.sandbox.inner import enter
from course.sandbox.keeper import Keeper, Wall

if TYPE_CHECKING:  # imported after the collector has been stopped
    from course.processes.shell import Shell


NOBODY = -1  # in place of a process's number: there is none


def serve(control: socket.socket) -> None:
    """Import what is asked for, then fork sessions until the other end closes."""
    first = wire.receive(control)
    keeper = Keeper() if first["keeper"] else None
    gc.disable()  # imports make much and drop little: to look for that takes a fifth of the time
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
    forks = Forks(control, shell, keeper)
    while True:
        try:
            message, files = wire.receive_with_files(control, 2)
        except wire.Closed:
            return
        if message["do"] == "end":
            wire.send(control, {"memory": forks.end(message["pid"])})
        else:
            wire.send(control, {"pid": forks.open(message, files)})


class Forks:
    """The sessions and judges that were forked.

    Parameters
    ----------
    control : socket
        The nursery's own, which no fork keeps.
    shell : Shell
    keeper : Keeper or None
        Builds the walls of sessions that have bounds.
    """

    def __init__(self, control: socket.socket, shell: Shell, keeper: Keeper | None) -> None:
        self._control = control
        self._shell = shell
        self._keeper = keeper
        self._walls: dict[int, Wall] = {}

    def open(self, message: dict, files: list[int]) -> int:
        """Fork a session, or a judge, that listens on the first of `files`; return its number."""
        opened = list(files)
        try:
            if not message.get("bounds"):
                return self._fork(message, files, [])
            bounds = Bounds(**message["bounds"])
            wall, namespaces = self._keeper.open(bounds, counts=not message["grouped"])
            message["init"] = wall.init
            opened += namespaces
            pid = self._fork(message, files, namespaces)
            self._walls[pid] = wall
            return pid
        except OSError as error:
            with socket.socket(fileno=os.dup(files[0])) as sock:
                wire.send(sock, {"failed": str(error)})
            return NOBODY
        finally:
            for file in opened:
                os.close(file)

    def end(self, pid: int) -> bool:
        """End a fork with all its processes; tell whether they used up the memory."""
        if pid == NOBODY:
            return False
        wall = self._walls.pop(pid, None)
        memory = False
        if wall:
            memory = self._keeper.end(wall)
        else:
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return memory

    def _fork(self, message: dict, files: list[int], namespaces: list[int]) -> int:
        parent = os.getpid()
        pid = os.fork()
        if pid:
            return pid
        try:
            self._control.close()
            os.setsid()
            die_with(parent)
            with socket.socket(fileno=files[0]) as sock:
                if message["do"] == "judge":
                    _judge(sock, self._shell, message, files)
                else:
                    _be_session(sock, self._shell, message, files, namespaces)
        finally:
            os._exit(1)  # never back into the nursery's own code


def _judge(sock: socket.socket, shell: Shell, message: dict, files: list[int]) -> None:
    """Be a judge, which has copies of the worker's own folder where that is out of sight."""
    from course.judging import process

    if message["grouped"]:
        be_joined(sock)
    lesson = work = message["folder"]
    if message["confined"]:
        lesson, work = chamber.enter(files[1] if len(files) > 1 else None)
    process.settle(lesson, work, message["memory"])
    process.serve(sock, shell)


def _be_session(
    sock: socket.socket, shell: Shell, message: dict, files: list[int], namespaces: list[int]
) -> None:
    if message["grouped"]:
        be_joined(sock)
    if namespaces:
        parcel = files[1] if len(files) > 1 else None
        try:
            bounds = Bounds(**message["bounds"])
            held = message["init"], namespaces
            message["folder"] = enter(bounds, *held, sock.fileno(), parcel)
        except OSError as error:
            wire.send(sock, {"failed": str(error)})
            return
    _settle(message)
    wire.send(sock, {"ready": True})
    _session(sock, shell)


def _settle(message: dict) -> None:
    """Make the fork a process of its own: folder, environment, standard files."""
    from course.processes.neighbours import import_from
    from course.processes.shell import attach

    os.chdir(message["folder"])
    os.environ.update(message["environment"])
    import_from("")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    os.close(nothing)
    attach()
    reseed()
    gc.enable()


def _session(sock: socket.socket, shell: Shell) -> None:
    """Run cells for the worker; give the judge the values and functions that it asks for."""
    from course.judging.crossing import Peer
    from course.processes.shell import run

    peer = Peer(sock, shell.user_ns.get)
    while True:
        try:
            message = wire.receive_bytes(sock, None)
            if message[:1] == b"{":
                asked = json.loads(message)
                wire.send(sock, run(shell, asked["run"]) | {"word": asked["word"]})
            else:
                peer.serve(message)
        except (wire.Closed, wire.TooLate):
            return


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
    os._exit(0)  # thousands of modules need not be taken down one by one
