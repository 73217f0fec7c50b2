"""Ports for servers that tests start."""

from __future__ import annotations

import random
import socket

# Below those that systems give away by themselves: no kernel, scheduler or browser that starts
# between the look and the server's own start gets one of these.
GIVEN_TO_NOBODY = range(20_000, 32_000)


def unused_port() -> int:
    """Return a port of this machine's that nobody listens on."""
    for port in random.SystemRandom().sample(GIVEN_TO_NOBODY, 100):
        with socket.socket() as free:
            try:
                free.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("100 ports between 20000 and 32000 are all in use")
