"""The nursery of kernels: imports once, then forks a Jupyter kernel for each that asks.

Started by `course.warm.starting` as ``python -m course.warm.kernels SOCKET OWNER IMPORTS``: the
number of a listening socket, the process id of its owner (0 where none owns it), and import
statements as JSON. It runs in one thread, so that forking is safe. A kernel lives as long as the
connection over which it was asked for, unless it is independent.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

from course.processes import wire
from course.processes.forks import Imported, die_with, preload
from course.warm.launch import Request, become

IDLE_SECONDS = 600
OWNER_SECONDS = 1.0  # between two looks at whether the owner lives
MESSAGE_SECONDS = 10.0  # for a request that has begun to come in
# What a kernel is made of.
KERNEL = "import ipykernel.kernelapp, ipykernel.ipkernel, ipykernel.debugger"
# Variables that libraries read while they are imported: with others, a kernel needs others' forks.
READ_AT_IMPORT = (
    *("TF_", "KERAS_", "XLA_", "CUDA_", "NVIDIA_", "OMP_", "OPENBLAS_", "MKL_", "PYTHON", "LD_"),
    *("MPLCONFIGDIR", "MATPLOTLIBRC", "HOME", "LANG", "LC_"),
)


def imported_with(environment: dict[str, str]) -> dict[str, str]:
    """Return the variables on which imports may depend."""
    found = {k: v for k, v in environment.items() if k.startswith(READ_AT_IMPORT)}
    found.pop("PYTHONEXECUTABLE", None)  # Jupyter hands it to no kernel
    return found


@dataclass
class Kernel:
    """A fork that lives, and those who want to hear of its end."""

    pid: int
    independent: bool
    watchers: set[socket.socket] = field(default_factory=set)


class Server:
    """Answers requests.

    Parameters
    ----------
    listener : socket
    owner : int
        Process id of the owner, our parent; 0 where there is none.
    imports : list of str
        Statements to run first; one that fails is met again by the cell that needs it.
    """

    def __init__(self, listener: socket.socket, owner: int, imports: list[str]) -> None:
        self._listener: socket.socket | None = listener
        self._owner = owner
        self._kernels: dict[int, Kernel] = {}
        self._idle_since = time.monotonic()
        self._variables = imported_with(dict(os.environ))
        before = dict(os.environ)
        gc.disable()  # imports make much to look through, and little that is garbage
        preload([KERNEL, *imports])
        self._set_by_imports = {k: v for k, v in os.environ.items() if k not in before}
        self._imported = Imported()
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
        """Fork kernels. Return None at the end, and in each fork what it is to become."""
        while not self._is_over():
            for key, _ in self._selector.select(OWNER_SECONDS if self._owner else IDLE_SECONDS):
                sock = key.fileobj
                if sock is self._listener:
                    self._selector.register(sock.accept()[0], selectors.EVENT_READ)
                elif sock is self._wake:
                    sock.recv(4096)
                    self._reap()
                elif (request := self._hear(sock)) is not None:
                    return request
        return None

    def _is_over(self) -> bool:
        if self._owner and os.getppid() != self._owner:
            return True
        if self._kernels:
            self._idle_since = time.monotonic()
            return False
        if self._listener is None:
            return True
        return not self._owner and time.monotonic() - self._idle_since >= IDLE_SECONDS

    def _hear(self, sock: socket.socket) -> Request | None:
        try:
            message, files = wire.receive_with_files(sock, 2, MESSAGE_SECONDS)
        except (wire.Closed, wire.TooLate, wire.TooLarge, ValueError):
            self._forget(sock)
            return None
        self._idle_since = time.monotonic()
        request = None
        try:
            if message["do"] == "watch":
                answer = self._watch(sock, message["pid"])
            elif refusal := self._refusal(message):
                answer = refusal
            else:
                answer, request = self._fork(sock, message, files)
            if request is None:
                wire.send(sock, answer, seconds=MESSAGE_SECONDS)
        except (wire.Closed, wire.TooLate):
            self._forget(sock)
        finally:
            if request is None:
                for file in files:
                    os.close(file)
        return request

    def _watch(self, sock: socket.socket, pid: int) -> dict:
        if pid not in self._kernels:
            return {"refused": f"process {pid} is no kernel of this nursery"}
        self._kernels[pid].watchers.add(sock)
        return {"pid": pid}

    def _refusal(self, message: dict) -> dict | None:
        """Say why a fork would not be what a fresh kernel is."""
        if threading.active_count() > 1:
            return {"refused": "an import has started a thread, and threads do not survive a fork"}
        wanted = imported_with(message["environment"])
        if other := {k for k, _ in wanted.items() ^ self._variables.items()}:
            return {"refused": f"these variables are different: {', '.join(sorted(other))}"}
        if changed := self._imported.changed():
            if self._listener is not None:  # the next one that asks finds nobody, and starts anew
                self._selector.unregister(self._listener)
                self._listener.close()
                self._listener = None
            return {"refused": f"{changed} has changed since it was imported", "retired": True}
        return None

    def _fork(
        self, sock: socket.socket, message: dict, files: list[int]
    ) -> tuple[dict, Request | None]:
        said, report = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(said)
            self._leave()
            return {}, Request(message, files, report, self._set_by_imports)
        os.close(report)
        with open(said, "rb") as pipe:
            trouble = pipe.read()
        self._kernels[pid] = Kernel(pid, message["independent"])
        if trouble:
            return {"failed": json.loads(trouble)}, None
        self._kernels[pid].watchers.add(sock)
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
            kernel = self._kernels.pop(pid, None)
            for sock in kernel.watchers if kernel else ():
                with suppress(wire.Closed, wire.TooLate):
                    exited = {"exit": os.waitstatus_to_exitcode(status)}
                    wire.send(sock, exited, seconds=MESSAGE_SECONDS)

    def _forget(self, sock: socket.socket) -> None:
        """Close a connection; a kernel for which nobody is left goes with it."""
        self._selector.unregister(sock)
        sock.close()
        for kernel in self._kernels.values():
            if sock in kernel.watchers:
                kernel.watchers.discard(sock)
                if not kernel.watchers and not kernel.independent:
                    with suppress(ProcessLookupError):
                        os.killpg(kernel.pid, signal.SIGKILL)


def main() -> None:
    """Be a nursery; in a fork, be a kernel."""
    if not sys.flags.safe_path:
        del sys.path[0]  # the folder that `python -m` puts there; a kernel puts its own
    number, owner, imports = int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
    if owner:
        die_with(owner)
    elif os.fork():  # nobody's child, so that nobody need wait for it
        os._exit(0)
    request = Server(socket.socket(fileno=number), owner, imports).serve()
    if request is not None:
        become(request)


if __name__ == "__main__":
    main()
