"""How much the kernel holds in the buffers of this network namespace's Unix sockets.

Asked of the kernel by netlink (`sock_diag(7)`). Sockets of the internet have nothing to hold where
there is no network.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import suppress

SOCK_DIAG, BY_FAMILY = 4, 20
REQUEST, DUMP = 1, 0x300
ERROR, DONE = 2, 3
ALL, SHOW_MEMORY = 0xFFFFFFFF, 0x20
HEADER = struct.Struct("IHHII")  # length, type, flags, number, port
ASKED = struct.Struct("BBHIIIII")  # unix_diag_req: family, …, states, inode, what to show, cookie
ATTRIBUTE = struct.Struct("HH")  # length, type
MEMORY = 5  # UNIX_DIAG_MEMINFO, whose numbers are: received, its limit, sent, its limit, …
NUMBERS = struct.Struct("3I")
ANSWER = 16  # bytes of unix_diag_msg, before its attributes
CHUNK = 2**18
SECONDS = 1.0


def buffered() -> int:
    """Return the bytes; 0 where the kernel does not tell."""
    with suppress(OSError), socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, SOCK_DIAG) as sock:
        sock.settimeout(SECONDS)
        asked = ASKED.pack(socket.AF_UNIX, 0, 0, ALL, 0, SHOW_MEMORY, ALL, ALL)
        head = HEADER.pack(HEADER.size + len(asked), BY_FAMILY, REQUEST | DUMP, 1, 0)
        sock.send(head + asked)
        return sum(_all(sock))
    return 0


def _all(sock: socket.socket) -> Iterator[int]:
    while True:
        data = sock.recv(CHUNK)
        at = 0
        while at + HEADER.size <= len(data):
            length, kind, *_ = HEADER.unpack_from(data, at)
            if kind in (ERROR, DONE) or length < HEADER.size:
                return
            yield _held(data[at + HEADER.size + ANSWER : at + length])
            at += _aligned(length)


def _held(attributes: bytes) -> int:
    """Return what one socket holds, received and not yet read or sent and not yet received."""
    at = 0
    while at + ATTRIBUTE.size <= len(attributes):
        length, kind = ATTRIBUTE.unpack_from(attributes, at)
        if kind == MEMORY:
            received, _, sent = NUMBERS.unpack_from(attributes, at + ATTRIBUTE.size)
            return received + sent
        at += _aligned(max(length, ATTRIBUTE.size))
    return 0


def _aligned(length: int) -> int:
    return (length + 3) & ~3
