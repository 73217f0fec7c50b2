"""The nursery of commands, as the process that stands by keeps it: asked, listened to, replaced."""

from __future__ import annotations

import os
import socket
import subprocess
import threading

from course.processes import wire
from course.processes.programs import line_of
from course.warm.spawning import spawn
from course.warm.starting import START_SECONDS

FILES = 4  # standard input, output and error, and a pipe that says when to begin
END_SECONDS = 10.0


class Commands:
    """Start the nursery; it ends with this process, and is replaced where it has ended before.

    Parameters
    ----------
    root : str
        Folder of the course whose notebooks it is to have read.
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._old: list[subprocess.Popen] = []
        self._start()

    def run(self, sock: socket.socket, message: dict, files: list[int]) -> None:
        """Fork a command, and tell who asked for it how it ended.

        It ends where the one who asked has gone.

        Parameters
        ----------
        sock : socket
            Of the one who asks.
        message : dict
            A request, as `course.warm.commands` takes it.
        files : list of int
            The standard streams, and a pipe: the command begins when something comes by it. None,
            to wait until the nursery has imported all.

        Raises
        ------
        Closed, TooLate
            When one of the two has gone, or does not answer.
        """
        for last in (False, True):
            far, spare = self._connect()
            with far:
                if not self._ask(sock, far, spare, message, files):
                    return
                answer = wire.receive(far, START_SECONDS)
                if not answer.get("retired") or last:
                    return self._hand_on(sock, far, answer)

    @staticmethod
    def _ask(
        sock: socket.socket,
        far: socket.socket,
        spare: socket.socket,
        message: dict,
        files: list[int],
    ) -> bool:
        """Send a request; return whether the one who asks is still there when it is taken up."""
        with spare:
            if not files:  # its other end is to be the nursery's alone: its death is seen
                spare.close()
            try:
                wire.send(far, message, tuple(files), END_SECONDS)
            except wire.TooLate:  # it is long, and the nursery is busy
                wire.take_back(spare, FILES)
                raise
            wire.until_readable(sock, far)
            if wire.has_ended(sock):  # it has run the command by itself
                wire.take_back(spare, FILES)
                return False
            return True

    @staticmethod
    def _hand_on(sock: socket.socket, far: socket.socket, answer: dict) -> None:
        """Tell the one who asks what the nursery has answered, and how the command ended."""
        wire.send(sock, answer)
        if "pid" in answer:
            wire.until_readable(sock, far)
            if not wire.has_ended(sock):
                wire.send(sock, wire.receive(far, END_SECONDS))

    def _connect(self) -> tuple[socket.socket, socket.socket]:
        """Return a connection to the nursery, and its other end once more."""
        near, far = socket.socketpair()
        with far, self._lock:
            try:
                wire.send(self._control, {}, (far.fileno(),))
            except wire.Closed:  # killed, or a file has changed that it has imported
                self._control.close()
                self._start()
                wire.send(self._control, {}, (far.fileno(),))
            return near, far.dup()

    def _start(self) -> None:
        self._old = [process for process in self._old if process.poll() is None]
        self._control, theirs = socket.socketpair()
        # Python's flags are to be those of the commands.
        line = [*line_of("course.warm.commands", safe_path=False), str(os.getpid()), self._root]
        with theirs, open(os.devnull, "wb") as nothing:
            self._old.append(spawn(line, os.environ, theirs, nothing))
