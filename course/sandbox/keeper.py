"""The keeper: a small process, older than all imports, that builds the walls of sessions."""

from __future__ import annotations

import os
import select
import signal
import socket
from contextlib import suppress
from dataclasses import asdict, dataclass

from course.processes import wire
from course.processes.forks import die_with
from course.sandbox import system
from course.sandbox.bounds import Bounds
from course.sandbox.inner import NAMESPACES, OUT_OF_MEMORY, build

SECONDS = 60.0  # for a wall to be built or to fall


@dataclass(frozen=True)
class Wall:
    """The processes that hold a wall up: outside of it, and inside."""

    holder: int
    init: int

    def fall(self) -> None:
        """Kill all processes in it."""
        with suppress(ProcessLookupError):
            os.kill(self.init, signal.SIGKILL)


class Keeper:
    """The near side, in the process that is to be small when this is made.

    While a session runs, the wall of the next one is built.
    """

    def __init__(self, older: Keeper | None = None) -> None:
        self._walls, walls = socket.socketpair()
        self._ends, ends = socket.socketpair()
        self._asked: dict | None = None  # for a wall that was not fetched yet
        if older is not None:
            own = os.open("/proc/self/ns/user", os.O_RDONLY)
            wire.send(older._walls, {"another": True}, (walls.fileno(), ends.fileno(), own))
            os.close(own)
        else:
            parent = os.getpid()
            if not os.fork():
                try:
                    self._walls.close()
                    self._ends.close()
                    die_with(parent)
                    _serve(walls, ends)
                finally:
                    os._exit(0)
        walls.close()
        ends.close()

    def another(self) -> Keeper:
        """Return a keeper for a fork of this process, which may have namespaces of its own.

        It is forked from the small process, too, and ends when the fork has.
        """
        return Keeper(self)

    def open(self, bounds: Bounds, inherited: int, *, counts: bool) -> tuple[Wall, dict[str, int]]:
        """Return a wall; see `inner.build` for what a session has inherited, and who counts.

        Returns
        -------
        wall : Wall
        namespaces : dict of str to int
            Open files, for `inner.enter`; whoever asked closes them.

        Raises
        ------
        OSError
            When the system does not allow it.
        """
        asked = {"bounds": asdict(bounds), "counts": counts, "inherited": inherited}
        if self._asked is not None and not _alike(asked, self._asked):
            self._forget()
        if self._asked is None:
            self._ask(asked)
        found = self._fetch()
        self._ask(asked)
        return found

    def end(self, wall: Wall) -> bool:
        """Wait for the end of a wall that falls; tell whether what was in it used up the memory.

        The kernel waits, too, until whoever forked into the wall has asked how that fork ended.
        """
        wire.send(self._ends, {"end": wall.holder})
        return wire.receive(self._ends, SECONDS)["code"] == OUT_OF_MEMORY

    def _ask(self, asked: dict) -> None:
        wire.send(self._walls, asked)
        self._asked = asked

    def _fetch(self) -> tuple[Wall, dict[str, int]]:
        self._asked = None
        try:
            told, files = wire.receive_with_files(self._walls, len(NAMESPACES), SECONDS)
        except (wire.Closed, wire.TooLate):
            raise OSError("the keeper of the walls has gone") from None
        if "failed" in told:
            raise OSError(told["failed"])
        return Wall(told["holder"], told["init"]), dict(zip(NAMESPACES, files, strict=True))

    def _forget(self) -> None:
        """Let the wall fall that was built for the next session: that is to have another."""
        wall, files = self._fetch()
        for file in files.values():
            os.close(file)
        wall.fall()
        self.end(wall)


def _alike(one: dict, other: dict) -> bool:
    """Tell whether a wall that was asked for in one way serves as one asked for in another."""
    return all(one[key] == other[key] for key in ("bounds", "counts"))


def _serve(walls: socket.socket, ends: socket.socket) -> None:
    parent = os.getpid()
    others: set[int] = set()
    while True:
        others -= {pid for pid in others if os.waitpid(pid, os.WNOHANG)[0]}
        for sock in select.select([walls, ends], [], [])[0]:
            try:
                asked, files = wire.receive_with_files(sock, 3)
            except wire.Closed:
                return
            if "another" in asked:
                others.add(other := os.fork())
                if not other:
                    _serve_fork(walls, ends, parent, files)
                for file in files:
                    os.close(file)
            elif sock is ends:
                code = os.waitstatus_to_exitcode(os.waitpid(asked["end"], 0)[1])
                wire.send(sock, {"code": code})
            elif not os.fork():
                die_with(parent)
                build(Bounds(**asked["bounds"]), sock, asked["inherited"], counts=asked["counts"])


def _serve_fork(walls: socket.socket, ends: socket.socket, parent: int, files: list[int]) -> None:
    """Be the keeper of a fork: its walls belong to the user of the namespace that it is in."""
    try:
        walls.close()
        ends.close()
        if not os.path.samestat(os.fstat(files[2]), os.stat("/proc/self/ns/user")):
            system.join_namespace(files[2], system.CLONE_NEWUSER)
        os.close(files[2])
        die_with(parent)  # the system forgets that where a user changes
        _serve(socket.socket(fileno=files[0]), socket.socket(fileno=files[1]))
    finally:
        os._exit(0)
