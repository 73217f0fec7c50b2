"""Messages over a socket: JSON behind its length, and open files beside it."""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from typing import Any

LENGTH = struct.Struct("!Q")
MAX_MESSAGE = 64 * 2**20
CHUNK = 2**20
# Linux alone tells who sent a message: process, user, group.
PASSCRED, CREDENTIALS = getattr(socket, "SO_PASSCRED", None), getattr(socket, "SCM_CREDENTIALS", 2)
SENDER = struct.Struct("3i")


class Closed(Exception):
    """The other end has gone."""


class TooLate(Exception):
    """The other end did not answer in time."""


class TooLarge(Exception):
    """The other end announced more than is taken."""


def send(sock: socket.socket, message: Any, files: tuple[int, ...] = ()) -> None:
    """Send one message, with open file descriptors if need be."""
    data = json.dumps(message).encode()
    if not files:
        send_bytes(sock, data)
        return
    try:
        socket.send_fds(sock, [LENGTH.pack(len(data))], files)
        sock.sendall(data)
    except (BrokenPipeError, ConnectionResetError):
        raise Closed from None


def send_bytes(sock: socket.socket, data: bytes | bytearray, seconds: float | None = None) -> None:
    """Send one message of bytes, within `seconds` in all where they are given."""
    view = memoryview(LENGTH.pack(len(data)) + data)
    try:
        if seconds is None:
            sock.sendall(view)
            return
        end = time.monotonic() + seconds
        while view:
            try:
                view = view[sock.send(view, socket.MSG_DONTWAIT) :]
            except BlockingIOError:  # the other end does not read: it may never again
                _wait(sock, select.POLLOUT, end)
    except (BrokenPipeError, ConnectionResetError):
        raise Closed from None


def receive(sock: socket.socket, seconds: float | None = None) -> Any:
    """Receive one message, within `seconds` in all where they are given."""
    return json.loads(receive_bytes(sock, seconds))


def receive_bytes(sock: socket.socket, seconds: float | None = None) -> bytes:
    """Receive one message of bytes, within `seconds` in all where they are given."""
    end = None if seconds is None else time.monotonic() + seconds
    (length,) = LENGTH.unpack(_exactly(sock, LENGTH.size, end))
    if length > MAX_MESSAGE:
        raise TooLarge(f"a message of {length:,} bytes")
    return _exactly(sock, length, end)


def receive_with_file(sock: socket.socket) -> tuple[Any, int | None]:
    """Receive one message and the file that came with it, if one did."""
    message, files = receive_with_files(sock, 1)
    return message, (files[0] if files else None)


def receive_with_files(
    sock: socket.socket, most: int, seconds: float | None = None
) -> tuple[Any, list[int]]:
    """Receive one message and the files that came with it, at most so many.

    `seconds` is the patience with a message that has begun.
    """
    end = None if seconds is None else time.monotonic() + seconds
    try:
        head, files, _, _ = socket.recv_fds(sock, LENGTH.size, most)
    except ConnectionResetError:
        raise Closed from None
    if not head:
        raise Closed
    head += _exactly(sock, LENGTH.size - len(head), end)
    (length,) = LENGTH.unpack(head)
    if length > MAX_MESSAGE:
        raise TooLarge(f"a message of {length:,} bytes")
    return json.loads(_exactly(sock, length, end)), files


def tell_senders(sock: socket.socket, yes: bool) -> None:
    """Have the kernel tell with each message who sent it, or no more (Linux)."""
    if PASSCRED is not None:
        sock.setsockopt(socket.SOL_SOCKET, PASSCRED, int(yes))


def receive_from(sock: socket.socket, seconds: float) -> tuple[Any, int]:
    """Receive one message, and the process that sent it, as it is numbered here; 0 if unknown."""
    end = time.monotonic() + seconds
    _wait(sock, select.POLLIN, end)
    try:
        head, extra, _, _ = sock.recvmsg(LENGTH.size, socket.CMSG_SPACE(SENDER.size))
    except ConnectionResetError:
        raise Closed from None
    if not head:
        raise Closed
    (length,) = LENGTH.unpack(head + _exactly(sock, LENGTH.size - len(head), end))
    if length > MAX_MESSAGE:
        raise TooLarge(f"a message of {length:,} bytes")
    told = [data for _, kind, data in extra if kind == CREDENTIALS and len(data) == SENDER.size]
    return json.loads(_exactly(sock, length, end)), SENDER.unpack(told[0])[0] if told else 0


def _exactly(sock: socket.socket, count: int, end: float | None) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        if end is not None:
            _wait(sock, select.POLLIN, end)
        try:
            part = sock.recv(min(CHUNK, count - len(parts)))
        except ConnectionResetError:
            raise Closed from None
        if not part:
            raise Closed
        parts += part
    return bytes(parts)


def _wait(sock: socket.socket, event: int, end: float) -> None:
    left = end - time.monotonic()
    ready = select.poll()
    ready.register(sock, event)
    if left <= 0 or not ready.poll(max(1, left * 1000)):
        raise TooLate
