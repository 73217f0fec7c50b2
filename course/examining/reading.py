"""Find the names in students' code, in a process of its own that has limits.

A few hundred characters can keep Python's parser busy for minutes, fill the memory or end the
process. So what a student wrote is never parsed where submissions are handed out and recorded:
a small process does it, which is started once, and ended where it takes too long. Of what it
did not get through, only the words are known.
"""

from __future__ import annotations

import atexit
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress

from course.door.budgets import PARSED_SOURCE
from course.notebook.dependencies import Names, names_in
from course.processes import wire

PROCESSOR_SECONDS = 2.0  # for one cell; a usual one takes a millisecond
SECONDS = 60.0  # the same, on a machine that is busy with others
MEMORY = 2**30
NOTEBOOK_SECONDS = 6.0  # for all that is asked in one call: others wait meanwhile
DEATHS = 3  # of one call; after that the rest is not tried
# What is deeply nested is visited deeply; the stack below has room for it.
RECURSION, STACK = 20_000, 256 * 2**20
WORD = re.compile(r"[^\W\d]\w*")
SETS = ("bound", "imported", "settled", "read", "called")


class Reading:
    """The near side: starts the process, asks it, replaces it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen | None = None

    def begin(self) -> None:
        """Start the process, and do not wait for it."""
        with self._lock:
            self._ensure()

    def names(self, texts: Iterable[str]) -> dict[str, Names]:
        """Return the names in each of some texts; see `course.notebook.dependencies.names_in`."""
        found: dict[str, Names] = {}
        deaths, seconds = 0, 0.0
        with self._lock:
            for text in dict.fromkeys(texts):
                told = None
                if len(text) <= PARSED_SOURCE and deaths < DEATHS and seconds < NOTEBOOK_SECONDS:
                    try:
                        told, took = self._ask(text)
                        seconds += took
                    except (OSError, ValueError, wire.Closed, wire.TooLate, wire.TooLarge):
                        self._end()
                        deaths += 1
                        seconds += PROCESSOR_SECONDS
                found[text] = told or words_in(text)
        return found

    def end(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _ask(self, text: str) -> tuple[Names, float]:
        """Return the names in a text, and the processor seconds that it took to find them."""
        self._ensure()
        wire.send(self._socket, {"text": text}, seconds=SECONDS)
        told = wire.receive(self._socket, SECONDS)
        sets = {name: set(told[name]) for name in SETS}
        names = Names(**sets, known=told["known"]) if told["parsed"] else words_in(text)
        return names, told["seconds"]

    def _ensure(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self._end()
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "course.examining.reading", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def _end(self) -> None:
        if self._socket is not None:
            self._socket.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._socket = self._process = None


def words_in(text: str) -> Names:
    """Return what is known of a text that cannot be parsed: it may read every word in it."""
    return Names(read=set(WORD.findall(text)), known=False)


READING = Reading()
atexit.register(READING.end)


def names_of(texts: Iterable[str]) -> dict[str, Names]:
    """Return the names in each of some texts that students wrote."""
    if os.name != "posix":  # no limits there, and no sandbox
        return {text: names_in(text) for text in texts}
    return READING.names(texts)


def serve(sock: socket.socket) -> None:
    """Answer until the other end closes."""
    while True:
        try:
            text = wire.receive(sock, None)["text"]
        except wire.Closed:
            return
        # Its default action ends the process, whatever that is doing.
        signal.setitimer(signal.ITIMER_PROF, PROCESSOR_SECONDS)
        began = time.process_time()
        names = names_in.__wrapped__(text)
        answer = {name: sorted(getattr(names, name)) for name in SETS} | {"known": names.known}
        signal.setitimer(signal.ITIMER_PROF, 0)
        seconds = time.process_time() - began
        wire.send(sock, answer | {"parsed": names.parsed, "seconds": seconds})


def _be_reader(number: int) -> None:
    import resource

    from course.processes.forks import close_to_others

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
    worker = threading.Thread(target=serve, args=(socket.socket(fileno=number),))
    worker.start()
    worker.join()


if __name__ == "__main__":
    _be_reader(int(sys.argv[1]))
