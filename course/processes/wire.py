"""Messages over a socket: JSON behind its length, and open files beside it.

Whoever is at the other end may never read, never write, or stop in the middle: everything
here has a deadline. Only a server that waits for its next request waits without one, and a
request that has begun has one again.
"""

from __future__ import annotations

import array
import json
import os
import select
import socket
import struct
import time
from contextlib import suppress
from typing import Any, NamedTuple

from course.door.budgets import ANSWER_BYTES, ANSWER_VALUES
from course.door.skimming import values_in

LENGTH = struct.Struct("!Q")
MAX_MESSAGE = 64 * 2**20
CHUNK = 2**20
# Linux alone tells who sent a message: process, user, group.
PASSCRED, CREDENTIALS = getattr(socket, "SO_PASSCRED", None), getattr(socket, "SCM_CREDENTIALS", 2)
SENDER = struct.Struct("3i")
SECONDS = 60.0  # for one message, where nothing else is said


class Closed(Exception):
    """The other end has gone."""


class TooLate(Exception):
    """The other end did not answer in time."""


class TooLarge(Exception):
    """The other end announced more than is taken."""


class Most(NamedTuple):
    """What a message may hold: bytes, and values of JSON (None where any number is taken)."""

    bytes: int = MAX_MESSAGE
    values: int | None = None


OURS = Most()
STUDENTS = Most(ANSWER_BYTES, ANSWER_VALUES)


def send(
    sock: socket.socket, message: Any, files: tuple[int, ...] = (), seconds: float = SECONDS
) -> None:
    """Send one message within `seconds` in all, with open file descriptors if need be.

    Raises
    ------
    Closed, TooLate
    """
    send_bytes(sock, json.dumps(message).encode(), seconds, files)


def send_bytes(
    sock: socket.socket,
    data: bytes | bytearray,
    seconds: float | None = SECONDS,
    files: tuple[int, ...] = (),
) -> None:
    """Send one message of bytes within `seconds` in all.

    None waits for ever: only a student's process does, which its session's end ends.
    """
    view = memoryview(LENGTH.pack(len(data)) + data)
    end = None if seconds is None else time.monotonic() + seconds
    beside = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))] if files else []
    try:
        while view:
            try:
                view = view[sock.sendmsg([view], beside, socket.MSG_DONTWAIT) :]
                beside = []
            except BlockingIOError:  # the other end does not read: it may never again
                _wait(sock, select.POLLOUT, end)
    except (BrokenPipeError, ConnectionResetError):
        raise Closed from None


def receive(sock: socket.socket, seconds: float | None = SECONDS, most: Most = OURS) -> Any:
    """Receive one message, within `seconds` in all.

    Raises
    ------
    Closed, TooLate, TooLarge
    ValueError, RecursionError
        When it is no JSON.
    """
    data = receive_bytes(sock, seconds, most)
    if most.values is not None and values_in(data, most.values) > most.values:
        raise TooLarge(f"a message of more than {most.values:,} values")
    return json.loads(data)


def receive_bytes(sock: socket.socket, seconds: float | None = SECONDS, most: Most = OURS) -> bytes:
    """Receive one message of bytes, within `seconds` in all; None waits for ever."""
    end = None if seconds is None else time.monotonic() + seconds
    (length,) = LENGTH.unpack(_exactly(sock, LENGTH.size, end, begun=False))
    if length > most.bytes:
        raise TooLarge(f"a message of {length:,} bytes")
    return _exactly(sock, length, end)


def receive_with_file(sock: socket.socket) -> tuple[Any, int | None]:
    """Wait for one message, and for the file that came with it, if one did."""
    message, files = receive_with_files(sock, 1)
    return message, (files[0] if files else None)


def receive_with_files(
    sock: socket.socket, most: int, seconds: float = SECONDS
) -> tuple[Any, list[int]]:
    """Wait for one message and the files that came with it, at most so many.

    `seconds` is the patience with a message that has begun.
    """
    try:
        head, files, _, _ = socket.recv_fds(sock, LENGTH.size, most)
    except ConnectionResetError:
        raise Closed from None
    if not head:
        raise Closed
    try:
        return _rest(sock, head, time.monotonic() + seconds), files
    except BaseException:
        for file in files:
            os.close(file)
        raise


def _rest(sock: socket.socket, head: bytes, end: float) -> Any:
    """Return a message of which the first bytes are there."""
    (length,) = LENGTH.unpack(head + _exactly(sock, LENGTH.size - len(head), end))
    if length > MAX_MESSAGE:
        raise TooLarge(f"a message of {length:,} bytes")
    return json.loads(_exactly(sock, length, end))


def take_back(end: socket.socket, most: int) -> None:
    """Close the files, at most so many, of a message to `end` that nobody has read there.

    Whoever waits for the end of a pipe among them would wait for the one that is to read it.
    """
    if end.fileno() < 0:
        return
    end.setblocking(False)
    with suppress(BlockingIOError):
        for file in socket.recv_fds(end, CHUNK, most)[1]:
            os.close(file)


def tell_senders(sock: socket.socket, yes: bool) -> None:
    """Have the kernel tell with each message who sent it, or no more (Linux)."""
    if PASSCRED is not None:
        sock.setsockopt(socket.SOL_SOCKET, PASSCRED, int(yes))


def receive_from(sock: socket.socket, seconds: float) -> tuple[Any, int]:
    """Receive one message, and the process that sent it, as it is numbered here; 0 if unknown."""
    end = time.monotonic() + seconds
    _wait(sock, select.POLLIN, end, late=True)
    try:
        head, extra, _, _ = sock.recvmsg(LENGTH.size, socket.CMSG_SPACE(SENDER.size))
    except ConnectionResetError:
        raise Closed from None
    if not head:
        raise Closed
    told = [data for _, kind, data in extra if kind == CREDENTIALS and len(data) == SENDER.size]
    return _rest(sock, head, end), SENDER.unpack(told[0])[0] if told else 0


def has_ended(sock: socket.socket) -> bool:
    """Tell whether the other end has gone, or this one is closed; nothing is taken from it."""
    if sock.fileno() < 0:
        return True
    try:
        return sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def until_readable(*socks: socket.socket) -> None:
    """Wait until a message begins on one of some sockets, or the other end of one has gone."""
    ready = select.poll()
    for sock in socks:
        ready.register(sock, select.POLLIN)
    ready.poll()


def _exactly(sock: socket.socket, count: int, end: float | None, *, begun: bool = True) -> bytes:
    """Receive so many bytes; `begun`, where the rest of a message is most likely there."""
    parts = bytearray()
    while len(parts) < count:
        if not begun:
            _wait(sock, select.POLLIN, end, late=not parts)
        begun = False
        try:
            part = sock.recv(min(CHUNK, count - len(parts)), socket.MSG_DONTWAIT)
        except BlockingIOError:
            continue
        except ConnectionResetError:
            raise Closed from None
        if not part:
            raise Closed
        parts += part
    return bytes(parts)


def _wait(sock: socket.socket, event: int, end: float | None, *, late: bool = False) -> None:
    """Wait until something can be sent or received, or the end has come.

    With `late`, one look is taken after it, too: it may be this process that could not look before.
    """
    left = None if end is None else end - time.monotonic()
    ready = select.poll()
    ready.register(sock, event)
    if left is not None and left <= 0:
        if not late or not ready.poll(0):
            raise TooLate
    elif not ready.poll(left and max(1, left * 1000)):
        raise TooLate
