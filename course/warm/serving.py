"""A nursery of programs: it has imported once, and forks a program for each that asks.

It listens on a socket, and runs in one thread, so that forking is safe. A program lives as long as
the connection over which it was asked for, unless it is independent.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import select
import selectors
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from course.processes import wire
from course.processes.forks import BEGAN, Imported, die_with, preload, reseed

IDLE_SECONDS = 600
OWNER_SECONDS = 1.0  # between two looks at whether the owner lives
MESSAGE_SECONDS = 10.0  # for a request that has begun to come in
SHORT_SECONDS = 0.1
SETTLE_SECONDS = 5.0  # for a fork to go where it is to run: the others wait meanwhile


@dataclass(frozen=True)
class Request:
    """What a fork is to become; `report` is a pipe whose end says that all is in order."""

    message: dict[str, Any]
    files: list[int]
    report: int
    set_by_imports: dict[str, str]

    def settle(self) -> None:
        """Stand where the program is to run, with its environment and its standard streams.

        What is wrong is told to the one who asked, and this process ends.
        """
        try:
            self._settle(os.getppid())
        except OSError as error:
            trouble = [error.errno, error.strerror, error.filename]
            os.write(self.report, json.dumps(trouble).encode())
            os._exit(1)
        os.close(self.report)

    def _settle(self, nursery: int) -> None:
        os.setsid()
        die_with(nursery)
        os.chdir(self.message["folder"])
        os.environ.clear()
        os.environ.update(self.message["environment"])
        for name, value in self.set_by_imports.items():
            os.environ.setdefault(name, value)
        tempfile.tempdir = None  # by this environment's TMPDIR
        for number, file in enumerate(self.files):
            os.dup2(file, number)
            os.close(file)
        reseed()


@dataclass
class Program:
    """A fork that lives, and those who want to hear of its end."""

    pid: int
    independent: bool
    watchers: set[socket.socket] = field(default_factory=set)


class Server:
    """Answers requests.

    Parameters
    ----------
    listener : socket
        One that listens, or by which the owner hands connections over.
    owner : int
        Process id of the owner, our parent; 0 where there is none.
    imports : list of str
        Statements to run first; one that fails is met again by whoever needs it.
    conditions : function
        Returns what of a request must be as it is here, by name: imports depend on it.
    here : dict
        A request of that kind, as this process would send it.
    files : int
        How many open files come with a request.
    """

    def __init__(
        self,
        listener: socket.socket,
        owner: int,
        imports: list[str],
        conditions: Callable[[dict[str, Any]], dict[str, str]],
        here: dict[str, Any],
        files: int,
    ) -> None:
        self._listener: socket.socket | None = listener
        self._owner = owner
        self._programs: dict[int, Program] = {}
        self._idle_since = time.monotonic()
        self._conditions = conditions
        self._own = conditions(here)
        self._files = files
        before = dict(os.environ)
        gc.disable()  # imports make much to look through, and little that is garbage
        preload(imports)
        self._set_by_imports = {k: v for k, v in os.environ.items() if k not in before}
        self._imported = Imported(BEGAN)
        gc.freeze()  # what is here already is never collected: forks share its memory
        gc.enable()
        self._wake, self._wakes = socket.socketpair()
        for sock in (self._wake, self._wakes):
            sock.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(self._wakes.fileno())
        # Not epoll: forks would share its file.
        self._selector = selectors.PollSelector()
        self._selector.register(listener, selectors.EVENT_READ)
        self._selector.register(self._wake, selectors.EVENT_READ)

    def serve(self) -> Request | None:
        """Fork programs. Return None at the end, and in each fork what it is to become."""
        while not self._is_over():
            for key, _ in self._selector.select(OWNER_SECONDS if self._owner else IDLE_SECONDS):
                sock = key.fileobj
                if sock.fileno() < 0:  # closed by what came before
                    continue
                if sock is self._listener:
                    self._accept(sock)
                elif sock is self._wake:
                    sock.recv(4096)
                    self._reap()
                elif (request := self._hear(sock)) is not None:
                    return request
        return None

    def _accept(self, listener: socket.socket) -> None:
        try:
            if listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                sock = listener.accept()[0]
            else:
                sock = socket.socket(fileno=wire.receive_with_file(listener)[1])
        except wire.Closed:  # the owner has gone
            self._hear_nobody()
        except OSError:  # too many files are open: who asks waits
            time.sleep(SHORT_SECONDS)
        else:
            self._selector.register(sock, selectors.EVENT_READ)

    def _hear_nobody(self) -> None:
        if self._listener is not None:
            self._selector.unregister(self._listener)
            self._listener.close()
            self._listener = None

    def _is_over(self) -> bool:
        if self._owner and os.getppid() != self._owner:
            return True
        if self._programs:
            self._idle_since = time.monotonic()
            return False
        if self._listener is None:
            return True
        return not self._owner and time.monotonic() - self._idle_since >= IDLE_SECONDS

    def _hear(self, sock: socket.socket) -> Request | None:
        try:
            message, files = wire.receive_with_files(sock, self._files, MESSAGE_SECONDS)
        except (wire.Closed, wire.TooLate, wire.TooLarge, ValueError):
            self._forget(sock)
            return None
        self._idle_since = time.monotonic()
        request = None
        try:
            if wire.has_ended(sock):  # who asked did not wait
                raise wire.Closed
            if message["do"] == "watch":
                answer = self._watch(sock, message["pid"])
            elif refusal := self._refusal(message):
                answer = refusal
            else:
                answer, request = self._fork(sock, message, files)
            if request is None:
                wire.send(sock, answer, seconds=MESSAGE_SECONDS)
        except (wire.Closed, wire.TooLate, AttributeError, KeyError, TypeError):  # or nonsense
            self._forget(sock)
        finally:
            if request is None:
                for file in files:
                    os.close(file)
        return request

    def _watch(self, sock: socket.socket, pid: int) -> dict:
        if pid not in self._programs:
            return {"refused": f"process {pid} is no program of this nursery"}
        self._programs[pid].watchers.add(sock)
        return {"pid": pid}

    def _refusal(self, message: dict) -> dict | None:
        """Say why a fork would not be what a fresh program is."""
        if threading.active_count() > 1:
            return {"refused": "an import has started a thread, and threads do not survive a fork"}
        wanted = self._conditions(message)
        if other := {k for k, _ in wanted.items() ^ self._own.items()}:
            return {"refused": f"these are different here: {', '.join(sorted(other))}"}
        if changed := self._imported.changed():
            self._hear_nobody()  # the next one that asks starts another
            return {"refused": f"{changed} has changed since it was imported", "retired": True}
        return None

    def _fork(
        self, sock: socket.socket, message: dict, files: list[int]
    ) -> tuple[dict, Request | None]:
        try:
            said, report = os.pipe()
        except OSError as error:
            return {"refused": f"no pipe can be had: {error}"}, None
        try:
            pid = os.fork()
        except OSError as error:
            os.close(said)
            os.close(report)
            return {"refused": f"no process can be had: {error}"}, None
        if not pid:
            os.close(said)
            self._leave()
            return {}, Request(message, files, report, self._set_by_imports)
        os.close(report)
        self._programs[pid] = Program(pid, message["independent"])
        with open(said, "rb") as pipe:
            if not select.select([said], [], [], SETTLE_SECONDS)[0]:
                os.kill(pid, signal.SIGKILL)
                trouble = [errno.ETIMEDOUT, "does not answer", message["folder"]]
                return {"failed": trouble}, None
            trouble = pipe.read()
        if trouble:
            return {"failed": json.loads(trouble)}, None
        self._programs[pid].watchers.add(sock)
        return {"pid": pid}, None

    def _leave(self) -> None:
        """Be no longer the nursery: a socket left open here would hide its other end's death."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()
        self._wakes.close()

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            program = self._programs.pop(pid, None)
            for sock in program.watchers if program else ():
                with suppress(wire.Closed, wire.TooLate):
                    exited = {"exit": os.waitstatus_to_exitcode(status)}
                    wire.send(sock, exited, seconds=MESSAGE_SECONDS)

    def _forget(self, sock: socket.socket) -> None:
        """Close a connection; a program for which nobody is left goes with it."""
        self._selector.unregister(sock)
        sock.close()
        for program in self._programs.values():
            if sock in program.watchers:
                program.watchers.discard(sock)
                if not program.watchers and not program.independent:
                    with suppress(ProcessLookupError):
                        os.killpg(program.pid, signal.SIGKILL)
