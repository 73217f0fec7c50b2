"""A process that stands by: it keeps stems, which have imported everything, for graders to come.

Started by `start`, it listens on a socket in this user's private folder and belongs to nobody. A
grader takes a *branch* of a stem, which is what a nursery is, behind the same wall; it lives as
long as the grader's connection. Nothing of a submission ever runs in a stem, and each grading tries
the walls of its own branches. Only this user, who could start such a process, can reach it.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
from collections import Counter, OrderedDict
from contextlib import suppress
from pathlib import Path

from course.processes import wire
from course.processes.forks import BEGAN, Imported
from course.warm.branches import own_groups
from course.warm.relay import FILES, Commands
from course.warm.stems import Stem

MOST = 10  # stems; of those that nobody uses, the one that was asked for longest ago goes first
OFTEN = 2  # a grader with settings of its own leaves no stem behind
LOOK_SECONDS = 1.0
READY_SECONDS = 10.0


class Standby:
    """Serves graders, each in a thread of its own.

    Parameters
    ----------
    listener : socket
    minutes : float
        After so many without a grader it ends.
    commands : Commands, optional
        Where whole commands are forked.
    """

    def __init__(
        self, listener: socket.socket, minutes: float, commands: Commands | None = None
    ) -> None:
        self._commands = commands
        self._listener = listener
        self._seconds = 60 * minutes
        self._lock = threading.Lock()
        self._stems: OrderedDict[str, Stem] = OrderedDict()
        self._asked: Counter[str] = Counter()
        self._imported = Imported(BEGAN)
        self._groups = own_groups()
        self._leases = 0
        self._since = time.monotonic()
        self._over = self._ended = False
        self._where = Path(listener.getsockname())
        self._mark = _mark(self._where)

    def withdraw(self) -> None:
        """Have nobody find it any more: who comes now starts another, whose socket stays."""
        if self._can_be_found():
            with suppress(OSError):
                self._where.unlink()

    def serve(self) -> None:
        """Serve until there was no grader for long, or the end is asked for.

        Who removes the socket ends it, too: nobody could find it any more, or ask it to end.
        """
        self._listener.settimeout(LOOK_SECONDS)
        while not self._is_over():
            with suppress(TimeoutError):
                sock, _ = self._listener.accept()
                threading.Thread(target=self._serve_one, args=(sock,), daemon=True).start()

    def finish(self) -> None:
        """Wait until no grader has a branch any more, then end all stems."""
        self._listener.close()
        while not self._has_ended():
            time.sleep(LOOK_SECONDS)
        for stem in self._stems.values():
            stem.close()

    def _is_over(self) -> bool:
        with self._lock:
            idle = not self._leases and time.monotonic() - self._since >= self._seconds
            return self._over or idle or not self._can_be_found()

    def _can_be_found(self) -> bool:
        with suppress(OSError):
            return _mark(self._where) == self._mark
        return False

    def _has_ended(self) -> bool:
        """Tell whether nobody is served; then nobody will be, who was heard just before."""
        with self._lock:
            self._ended = not self._leases
            return self._ended

    def _serve_one(self, sock: socket.socket) -> None:
        sock.settimeout(None)
        with sock, suppress(wire.Closed, wire.TooLate, wire.TooLarge, ValueError, OSError):
            message, files = wire.receive_with_files(sock, FILES, READY_SECONDS)
            try:
                self._answer(sock, message, files)
            finally:
                for file in files:
                    os.close(file)

    def _answer(self, sock: socket.socket, message: dict, files: list[int]) -> None:
        if message["do"] == "end":
            self.withdraw()
            try:
                wire.send(sock, {"pid": os.getpid()})
            finally:  # not before: this process may be gone with the next instruction
                self._over = True
        elif message["do"] == "tell":
            wire.send(sock, {"pid": os.getpid(), "stems": len(self._stems)})
        elif self._imported.changed():
            self._over = True
            self.withdraw()
            wire.send(sock, {"refused": "it is outdated"})
        elif message["do"] == "stay":
            with self._lock:
                self._seconds = 60 * message["minutes"]
            wire.send(sock, {"pid": os.getpid()})
        elif message["do"] == "command":
            self._run(sock, message, files)
        elif message["do"] == "commands":  # nothing is run: the answer comes when they may be
            self._run(sock, {"do": "watch", "pid": 0}, [])
        elif message["groups"] != self._groups:
            # Version 2 of control groups lets an ordinary user move what is in their own alone.
            wire.send(sock, {"refused": "it is in other control groups"})
        elif (taken := self._take(message, files[0])) is None:
            wire.send(sock, {"refused": "nothing of that kind stands by yet"})
        else:
            self._lend(sock, *taken)

    def _run(self, sock: socket.socket, message: dict, files: list[int]) -> None:
        """Have a command run in a fork, until it ends or who asked for it leaves."""
        with self._lock:
            if self._ended or self._commands is None:
                wire.send(sock, {"refused": "it ends"})
                return
            self._leases += 1
        try:
            self._commands.run(sock, message, files)
        finally:
            with self._lock:
                self._leases -= 1
                self._since = time.monotonic()

    def _lend(self, sock: socket.socket, stem: Stem, branch: int) -> None:
        """Wait until who has a branch leaves, and end it."""
        try:
            with suppress(wire.Closed):
                wire.send(sock, {"pid": stem.pid})
                wire.receive(sock, None)  # the word that it leaves, or its end
        finally:
            stem.end(branch)
            self._leave(stem)
        wire.send(sock, {})

    def _take(self, message: dict, file: int) -> tuple[Stem, int] | None:
        """Return a stem and a new branch of it; None where there is none yet that suits."""
        key = json.dumps([message[name] for name in ("line", "environment", "keeper", "imports")])
        for _ in range(2):
            stem = self._stem(key, message)
            if stem is None:
                return None
            with suppress(wire.Closed, wire.TooLate):
                if not stem.ready(message["patience"]):
                    self._leave(stem)
                    return None
                if (branch := stem.branch(file)) is not None:
                    return stem, branch
            with self._lock:  # it has died, or what it has imported has changed
                if self._stems.get(key) is stem:
                    del self._stems[key]
            self._leave(stem)
        return None

    def _stem(self, key: str, message: dict) -> Stem | None:
        """Return the stem that suits; it is started for what is waited for, or asked for again."""
        with self._lock:
            if self._ended:
                return None
            self._asked[key] += 1
            if key not in self._stems:
                if not message["patience"] and self._asked[key] < OFTEN:
                    return None
                self._stems[key] = Stem(message)
            self._stems.move_to_end(key)
            self._stems[key].users += 1
            self._leases += 1
            idle = [k for k, one in self._stems.items() if not one.users]
            old = [self._stems.pop(k) for k in idle[: max(0, len(self._stems) - MOST)]]
            stem = self._stems[key]
        for one in old:
            one.close()
        return stem

    def _leave(self, stem: Stem) -> None:
        """Have one user less; a stem that was put aside ends with its last."""
        with self._lock:
            stem.users -= 1
            self._leases -= 1
            self._since = time.monotonic()
            ends = not stem.users and stem not in self._stems.values()
        if ends:
            stem.close()


def _mark(path: Path) -> tuple[int, int]:
    """Return what tells a file from another one of the same name."""
    status = path.stat()
    return status.st_dev, status.st_ino


def main(where: Path, minutes: float, root: str) -> None:
    """Listen, then go on as nobody's child."""
    if where.is_socket():  # nobody listens there any more: `course.warm.ready` has asked
        where.unlink()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(where))
    os.chmod(where, 0o600)
    listener.listen(128)
    if os.fork():
        os._exit(0)
    os.setsid()
    os.chdir("/")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    standby = Standby(listener, minutes, Commands(root))
    standby.serve()
    standby.withdraw()
    standby.finish()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3])
