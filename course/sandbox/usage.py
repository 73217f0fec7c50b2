"""What the processes in sight use, where the kernel does not count it for us as a group.

Memory is that of the processes, and what they make the kernel hold: page tables and the buffers
of sockets.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from course.sandbox.sockets import buffered

PROC = Path("/proc")
INIT = "1"  # ours: it holds nothing but the namespace
# Files do not count: they are on disk too, and the session's own folders have a limit.
RESIDENT = re.compile(rb"^Rss(?:Anon|Shmem):\s+(\d+) kB", re.M)
TABLES = re.compile(rb"^VmPTE:\s+(\d+) kB", re.M)
PROPORTIONAL = re.compile(rb"^Pss_(?:Anon|Shmem):\s+(\d+) kB", re.M)


def resident(process: str = "self") -> int:
    """Return the bytes of a process's own memory; pages that others share count in full."""
    return 1024 * _sum(RESIDENT, _status(process))


class Use:
    """What a session uses; asked again and again.

    Parameters
    ----------
    limit : int
        Bytes for all of its processes together.
    inherited : int
        What the first of them had when it was forked, and does not count.
    """

    def __init__(self, limit: int, inherited: int) -> None:
        self._limit = limit
        self._inherited = inherited
        self._tables: int | None = None

    def exceeds(self) -> bool:
        """Look; tell whether all processes in sight use more than the limit together."""
        processes = [name for name in os.listdir(PROC) if name.isdigit() and name != INIT]
        statuses = list(map(_status, processes))
        tables = 1024 * sum(_sum(TABLES, status) for status in statuses)
        if self._tables is None:
            self._tables = tables  # the first look sees what was inherited
        kernel = max(0, tables - self._tables) + buffered()
        most = self._limit + self._inherited - kernel
        if 1024 * sum(_sum(RESIDENT, status) for status in statuses) <= most:
            return False
        # Forks share most of their pages. Dividing those up takes the kernel milliseconds.
        return sum(map(_proportional, processes)) > most


def _status(process: str) -> bytes:
    try:
        return (PROC / process / "status").read_bytes()
    except OSError:  # the process has gone meanwhile
        return b""


def _proportional(process: str) -> int:
    try:
        return 1024 * _sum(PROPORTIONAL, (PROC / process / "smaps_rollup").read_bytes())
    except OSError:  # it has gone meanwhile, or hides: then all that it shares is its own
        return resident(process)


def _sum(pattern: re.Pattern[bytes], text: bytes) -> int:
    return sum(map(int, pattern.findall(text)))
