"""A process of its own that reads what students wrote, within limits.

A few hundred characters can keep a parser busy for minutes, fill the memory or end the process. So
what a student wrote is never parsed where submissions are handed out and recorded: a small process
does it, which is started once, ended where it takes too long, and started again.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from course.processes import wire
from course.processes.forks import close_to_others
from course.processes.programs import line_of

PROCESSOR_SECONDS = 2.0  # for one text; a usual one takes a millisecond
SECONDS = 60.0  # the same, on a machine that is busy with others
MEMORY = 2**30
# What is deeply nested is visited deeply; the stack below has room for it.
RECURSION, STACK = 20_000, 256 * 2**20
# What an answer that does not come is known by.
LOST = (OSError, ValueError, wire.Closed, wire.TooLate, wire.TooLarge)


class Reader:
    """The near side: starts the process, asks it, replaces it.

    Parameters
    ----------
    module : str
        What the process runs; it calls `be_reader`.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start the process where none is there, and do not wait for it."""
        if self._process is not None and self._process.poll() is None:
            return
        self.stop()
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [*line_of(self._module), str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def ask(self, text: str, seconds: float = SECONDS) -> tuple[dict[str, Any], float]:
        """Return what the process says of a text, and the processor seconds that it took.

        Raises
        ------
        LOST
            When no answer comes; the process is ended then, and the next text gets another.
        """
        try:
            self.start()
            wire.send(self._socket, {"text": text}, seconds=seconds)
            told = wire.receive(self._socket, seconds)
        except LOST:
            self.stop()
            raise
        return told, told.pop("seconds")

    def stop(self) -> None:
        """End the process."""
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._socket = self._process = None


def be_reader(number: int, read: Callable[[str], dict[str, Any]]) -> None:
    """Be the process: answer with what `read` says of each text, until the other end closes.

    Parameters
    ----------
    number : int
        The descriptor of the socket.
    read : callable
        From a text to what JSON can hold.
    """
    import resource

    close_to_others()
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(ValueError, OSError):  # a system may know no such limit, or a lower one
            resource.setrlimit(what, (most, most))
    sys.setrecursionlimit(RECURSION)
    threading.stack_size(STACK)
    worker = threading.Thread(target=_serve, args=(socket.socket(fileno=number), read))
    worker.start()
    worker.join()


def _serve(sock: socket.socket, read: Callable[[str], dict[str, Any]]) -> None:
    while True:
        try:
            text = wire.receive(sock, None)["text"]
        except wire.Closed:
            return
        # Its default action ends the process, whatever that is doing.
        signal.setitimer(signal.ITIMER_PROF, PROCESSOR_SECONDS)
        began = time.process_time()
        answer = read(text)
        signal.setitimer(signal.ITIMER_PROF, 0)
        seconds = time.process_time() - began
        wire.send(sock, answer | {"seconds": seconds})


def can_confine() -> bool:
    """Tell whether this system has such processes: without POSIX there are neither limits."""
    return os.name == "posix"
