"""The nursery of commands, as the process that stands by keeps it: asked, listened to, ended."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path

from course.processes import wire
from course.processes.programs import line_of
from course.warm.starting import START_SECONDS, connect, listen, start_program

STREAMS = 3  # standard input, output and error
END_SECONDS = 10.0


class Commands:
    """Start the nursery; it ends with this process.

    Parameters
    ----------
    where : Path
        Its socket.
    """

    def __init__(self, where: Path) -> None:
        self._where = where
        where.unlink(missing_ok=True)
        with listen(str(where)) as listener:
            os.chmod(where, 0o600)
            # Python's flags are those of the commands, which are in the way of none.
            line = line_of("course.warm.commands", safe_path=False)
            line += [str(listener.fileno()), str(os.getpid())]
            start_program(line, dict(os.environ), listener)

    def run(self, sock: socket.socket, message: dict, files: list[int]) -> bool:
        """Fork a command, and tell who asked for it how it ended.

        It ends where the one who asked has gone.

        Parameters
        ----------
        sock : socket
            Of the one who asks.
        message : dict
            A request, as `course.warm.commands` takes it.
        files : list of int
            The standard streams; none, to wait until the nursery has imported all.

        Returns
        -------
        bool
            Whether it was there.
        """
        try:
            far = connect(str(self._where))
        except OSError:
            return False
        with far, suppress(wire.Closed, wire.TooLate):
            wire.send(far, message, tuple(files))
            answer = wire.receive(far, START_SECONDS)
            wire.send(sock, answer)
            if "pid" in answer:
                wire.until_readable(sock, far)
                if not wire.has_ended(sock):
                    wire.send(sock, wire.receive(far, END_SECONDS))
        return True
