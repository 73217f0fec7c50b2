"""The forks of a warm process, and what each of them becomes: a session, a judge, or a base.

A *base* has run a lesson's first cells, which stand before anything of a student's, and is from
then on the parent of sessions or judges itself: a lesson that takes long runs once, and not once
for each of them. It reaches nothing of a student's, as little as the nursery does.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from course.processes import wire
from course.processes.forks import die_with, reseed
from course.processes.pages import enlarge
from course.sandbox import chamber, numbers
from course.sandbox.bounds import Bounds
from course.sandbox.groups import be_joined
from course.sandbox.inner import PROCESSES, enter, had, limit_data
from course.sandbox.keeper import Keeper, Wall
from course.warm.standing import Standing

if TYPE_CHECKING:  # imported after the collector has been stopped
    from course.judging.process import Bench
    from course.processes.shell import Shell


NOBODY = -1  # in place of a process's number: there is none
# Sessions after which large pages are made: it takes as long as some thirty sessions save by them.
SEVERAL = 16


class Walled(NamedTuple):
    """The wall of a session, and the open file that tells when its process ends."""

    wall: Wall
    ends: int


class Forks:
    """The sessions, judges and bases that were forked.

    Parameters
    ----------
    control : socket
        Over which they are asked for; no fork keeps it.
    shell : Shell
    keeper : Keeper or None
        Builds the walls of sessions that have bounds.
    """

    def __init__(self, control: socket.socket, shell: Shell, keeper: Keeper | None) -> None:
        self._control = control
        self._shell = shell
        self._keeper = keeper
        self._walls: dict[int, Walled] = {}  # by the number of the student's process
        self._poll = select.poll()
        self._bench: Bench | None = None  # of the judges, where the lesson has run
        self._spare: Iterator[None] | None = None  # what is done while nothing is asked for
        self._opened = 0
        self._ran = False  # whether any of the lesson has
        self._had = had()

    def serve(self) -> None:
        """Fork what is asked for until the other end closes."""
        self._poll.register(self._control, select.POLLIN)
        while True:
            for file, _ in self._poll.poll(None if self._spare is None else 0) or self._tidy():
                if file != self._control.fileno():
                    self._ended(file)
                    continue
                try:
                    message, files = wire.receive_with_files(self._control, 2)
                except wire.Closed:
                    return
                if message["do"] == "end":
                    wire.send(self._control, {"memory": self._end(message["pid"])})
                else:
                    wire.send(self._control, {"pid": self._open(message, files)})

    def _tidy(self) -> tuple[()]:
        """While nothing is asked for, make the forks to come cheaper, a little at a time."""
        if next(self._spare, self) is self:
            self._spare = None
        return ()

    def _open(self, message: dict, files: list[int]) -> int:
        """Make a fork that listens on the first of `files`; return its number."""
        opened = list(files)
        if message["do"] == "open":
            self._opened += 1
            if self._opened == SEVERAL:
                self._spare = enlarge()
        try:
            if message["do"] != "open" or not message["bounds"]:
                return self._fork(message, files)
            bounds = Bounds(**message["bounds"])
            counts = not message["grouped"]
            wall, namespaces = self._keeper.open(bounds, self._had.resident, counts=counts)
            opened += namespaces.values()
            with numbers.of(namespaces[PROCESSES]):
                pid = self._fork(message, files, namespaces)
            self._walls[pid] = Walled(wall, os.pidfd_open(pid))
            self._poll.register(self._walls[pid].ends, select.POLLIN)
            return pid
        except OSError as error:
            with socket.socket(fileno=os.dup(files[0])) as sock:
                wire.send(sock, {"failed": str(error)})
            return NOBODY
        finally:
            for file in opened:
                os.close(file)

    def _ended(self, file: int) -> None:
        """When a student's process has ended by itself, nothing of its session is left."""
        for walled in self._walls.values():
            if walled.ends == file:
                self._poll.unregister(file)
                walled.wall.fall()

    def _end(self, pid: int) -> bool:
        """End a fork with all its processes; tell whether they used up the memory."""
        if pid == NOBODY:
            return False
        walled = self._walls.pop(pid, None)
        if walled is None:
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return False
        with suppress(KeyError):  # its end was noticed
            self._poll.unregister(walled.ends)
        os.close(walled.ends)
        walled.wall.fall()
        os.waitpid(pid, 0)
        return self._keeper.end(walled.wall)

    def _fork(
        self, message: dict, files: list[int], namespaces: Mapping[str, int] | None = None
    ) -> int:
        parent = os.getpid() if namespaces is None else 0  # which has no number in a wall
        pid = os.fork()
        if pid:
            return pid
        try:
            self._control.close()
            os.setsid()
            die_with(parent)
            with socket.socket(fileno=files[0]) as sock:
                parcel = files[1] if len(files) > 1 else None
                if message["do"] == "judge":
                    self._be_judge(sock, message, parcel)
                elif message["do"] == "base":
                    self._be_base(sock, message, parcel)
                else:
                    self._be_session(sock, message, parcel, namespaces)
        finally:
            os._exit(1)  # never back into the parent's own code

    def _be_judge(self, sock: socket.socket, message: dict, parcel: int | None) -> None:
        """Be a judge, which has copies of the worker's own folder where that is out of sight."""
        from course.judging import process

        if message["grouped"]:
            be_joined(sock)
        lesson = work = message["folder"]
        if message["confined"]:
            lesson, work = chamber.enter(parcel)
        if self._bench is None:
            process.settle(lesson, work, message["memory"])
        else:
            os.chdir(work)
        process.serve(sock, self._bench or process.Bench(self._shell))

    def _be_session(
        self,
        sock: socket.socket,
        message: dict,
        parcel: int | None,
        namespaces: Mapping[str, int] | None,
    ) -> None:
        if message["grouped"]:
            be_joined(sock)
        if namespaces:
            try:
                bounds = Bounds(**message["bounds"])
                inside = namespaces, sock.fileno(), parcel, self._had.data
                message["folder"] = enter(bounds, *inside)
            except OSError as error:
                wire.send(sock, {"failed": str(error)})
                return
        if self._ran:
            os.chdir(message["folder"])
        else:
            _settle(message)
        wire.send(sock, {"ready": True})
        _session(sock, self._shell)

    def _be_base(self, sock: socket.socket, message: dict, parcel: int | None) -> None:
        """Run the lesson's cells, then be the parent of sessions or of judges."""
        from course.judging import process
        from course.processes.shell import run

        lesson = work = message["folder"]
        own = (work,)
        if message["bounds"]:
            lesson, work = chamber.furnish(parcel)
            own = chamber.WRITABLE
        if message["judges"]:
            process.settle(lesson, work, message["memory"])
            self._bench = process.Bench(self._shell)
        else:
            message["folder"] = work
            _settle(message)
            if message["bounds"]:
                limit_data(self._had.data + Bounds(**message["bounds"]).memory)
        before = Standing.now(*own)
        while "run" in (asked := wire.receive(sock, None)):
            done = run(self._shell, asked["run"], pictures=not message["judges"])
            if self._bench:
                self._bench.keep_names()
            wire.send(sock, done | {"word": asked["word"]})
        reason = before.changed(Standing.now(*own))
        wire.send(sock, {"refused": reason})
        if reason:
            return
        gc.collect()
        gc.freeze()  # as in the nursery: forks share it
        if self._keeper:
            self._keeper = self._keeper.another()
        self._control, self._walls, self._poll, self._ran = sock, {}, select.poll(), True
        self._spare, self._opened = None, 0
        self.serve()


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
                done = run(shell, asked["run"], pictures=asked["pictures"])
                wire.send(sock, done | {"word": asked["word"]})
            else:
                peer.serve(message)
        except (wire.Closed, wire.TooLate):
            return
