"""The private folder of this user's sockets, and the sockets in there."""

from __future__ import annotations

import os
import socket
import stat
import struct
from pathlib import Path

PEER = struct.Struct("3i")  # who listens: process, user, group


class Refused(Exception):
    """No nursery can be had, or none would fork what a fresh kernel is."""


def runtime_folder() -> Path:
    """Return the private folder of this user's sockets; make it where it is missing.

    Raises
    ------
    Refused
        When it belongs to somebody else, or others may look into it.
    """
    base = os.environ.get("XDG_RUNTIME_DIR")
    if not (base and os.access(base, os.W_OK)):
        from tempfile import gettempdir  # takes long to import

        base = gettempdir()
    folder = Path(base, f"vision-course-{os.getuid()}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except OSError as error:
        raise Refused(f"{folder}: {error.strerror}") from None
    private = stat.S_ISDIR(status.st_mode) and not stat.S_IMODE(status.st_mode) & 0o077
    if status.st_uid != os.getuid() or not private:
        raise Refused(f"{folder} is not a private folder of this user's: remove it")
    return folder


def listen(path: str) -> socket.socket:
    """Make a socket that listens at `path`."""
    listener = socket.socket(socket.AF_UNIX)
    try:
        listener.bind(path)
        listener.listen(128)
    except OSError as error:  # the path is too long, or the folder full
        listener.close()
        raise Refused(f"{path}: {error.strerror or error}") from None
    return listener


def connect(path: str) -> socket.socket:
    """Return a connection to the socket at `path`.

    Raises
    ------
    OSError
        When nobody listens there, or another user: they would be given this one's environment.
    """
    sock = socket.socket(socket.AF_UNIX)
    try:
        sock.connect(path)
        if hasattr(socket, "SO_PEERCRED"):
            told = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, PEER.size)
            if PEER.unpack(told)[1] != os.getuid():
                raise PermissionError(f"{path} is another user's")
    except OSError:
        sock.close()
        raise
    return sock
