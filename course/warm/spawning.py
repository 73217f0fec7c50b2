"""Start a process that is to die with the one that starts it."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import IO

START_SECONDS = 300

# What is to die with its parent dies with the thread that started it: this one stays.
_SPAWNER = ThreadPoolExecutor(1, thread_name_prefix="spawner")


def spawn(
    line: Sequence[str], environment: Mapping[str, str], end: socket.socket, said: IO[bytes]
) -> subprocess.Popen:
    """Start a program that is told the number of an open socket as its last argument.

    Parameters
    ----------
    line : sequence of str
    environment : mapping
        Its whole environment.
    end : socket
        Its own end; whoever calls closes it.
    said : file
        Takes what it says on stderr.
    """
    return _SPAWNER.submit(
        subprocess.Popen,
        [*line, str(end.fileno())],
        env=dict(environment),
        pass_fds=[end.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=said,
    ).result()
