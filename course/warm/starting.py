"""Find the nursery of kernels that suits, or start it, and ask it for kernels.

A nursery that nobody owns is shared by all programs of this user: its socket lies in a private
folder under a name made of the Python, the imports and the variables that imports read. One
that a program owns ends with it; whatever the program starts finds it by `SOCKET`.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from course.processes import wire
from course.processes.programs import line_of
from course.warm.kernels import imported_with
from course.warm.process import WarmProcess
from course.warm.runtime import Refused, connect, listen, runtime_folder

SOCKET = "COURSE_WARM_SOCKET"
START_SECONDS = 300  # TensorFlow on a cold, busy machine
ATTEMPTS = 3  # a nursery may end, or find its modules outdated, just when it is asked


class _Gone(Exception):
    """The nursery ended before it answered, or is outdated."""


def available() -> bool:
    """Tell whether kernels can be warm here: they need fork and Unix sockets."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"


def ask(
    message: dict[str, Any], files: tuple[int, ...], imports: list[str], owned: str = ""
) -> tuple[WarmProcess, str]:
    """Ask for a kernel: of the owned nursery where there is one that suits, else of a shared one.

    Parameters
    ----------
    message : dict
        ``arguments`` of ipykernel, ``folder``, ``environment``, ``independent``.
    files : tuple of int
        The kernel's standard output and standard error.
    imports : list of str
        What a nursery is to import that is started for this.
    owned : str
        Socket of the owned nursery; by default what the environment names.

    Returns
    -------
    process : WarmProcess
    path : str
        The nursery's socket.

    Raises
    ------
    Refused
        When there is no nursery and none can be started, or none is suitable.
    OSError
        When the kernel cannot start where it is to: its folder is missing, for one.
    """
    if path := owned or os.environ.get(SOCKET):
        try:
            return _send(connect(path), message, files), path
        except (OSError, Refused, _Gone) as error:
            if isinstance(error, OSError) and error.filename:  # of the kernel, not of the socket
                raise
    variables = imported_with(message["environment"])
    path = str(runtime_folder() / f"{_key(imports, variables)}.sock")
    for _ in range(ATTEMPTS):
        try:
            sock = _find_or_start(path, imports, message["environment"])
            return _send(sock, message, files), path
        except _Gone:
            continue
    raise Refused(f"no process for warm kernels came up in {ATTEMPTS} attempts")


def watch(path: str, pid: int) -> WarmProcess | None:
    """Return a kernel that was asked for earlier, perhaps by another program; None if it ended."""
    try:
        return _send(connect(path), {"do": "watch", "pid": pid}, ())
    except (OSError, Refused, _Gone):
        return None


def start(
    listener: socket.socket, imports: list[str], environment: dict[str, str], owner: int = 0
) -> subprocess.Popen:
    """Start a nursery of kernels on a listening socket; without an owner it detaches itself."""
    kept = {k: v for k, v in environment.items() if not k.startswith(("JPY_", "COURSE_WARM"))}
    kept["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    line = [*line_of("course.warm.kernels"), str(listener.fileno()), str(owner)]
    return start_program([*line, json.dumps(imports)], kept, listener)


def start_program(
    line: list[str], environment: dict[str, str], listener: socket.socket
) -> subprocess.Popen:
    """Start a nursery, whose line names its listening socket, in the private folder."""
    return subprocess.Popen(
        line,
        # What imports say is no reader's business.
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=runtime_folder(),
        env=environment,
        pass_fds=[listener.fileno()],
        start_new_session=True,
    )


def _key(imports: list[str], variables: dict[str, str]) -> str:
    text = json.dumps([sys.executable, sys.version, imports, sorted(variables.items())])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _find_or_start(path: str, imports: list[str], environment: dict[str, str]) -> socket.socket:
    import fcntl  # not everywhere, unlike this module

    with open(path.removesuffix("sock") + "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of many that ask at once, one starts it
        try:
            return connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            Path(path).unlink(missing_ok=True)
        with listen(path) as listener:
            start(listener, imports, environment).wait()
        try:
            return connect(path)
        except OSError:
            raise _Gone from None


def _send(sock: socket.socket, message: dict[str, Any], files: tuple[int, ...]) -> WarmProcess:
    try:
        wire.send(sock, message, files)
        answer = wire.receive(sock, START_SECONDS)
    except (wire.Closed, wire.TooLate):
        sock.close()
        raise _Gone from None
    if "pid" in answer:
        return WarmProcess(sock, answer["pid"])
    sock.close()
    if "failed" in answer:
        raise OSError(*answer["failed"])
    if answer.get("retired"):
        raise _Gone
    raise Refused(answer["refused"])
