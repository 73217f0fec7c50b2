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
# Shared memory without a file: its pages stay when a process drops them from its tables.
SHARED = re.compile(
    rb"^(\w+)-(\w+) \S+s \S+ (\S+) (\d+) +(?:/dev/zero|/SYSV\w+) \(deleted\)$", re.M
)
SIZE = re.compile(rb"^VmSize:\s+(\d+) kB", re.M)
DATA = re.compile(rb"^VmData:\s+(\d+) kB", re.M)
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
        self._mapped: int | None = None

    def exceeds(self) -> bool:
        """Look; tell whether all processes in sight use more than the limit together."""
        processes = [name for name in os.listdir(PROC) if name.isdigit() and name != INIT]
        statuses = list(map(_status, processes))
        tables = 1024 * sum(_sum(TABLES, status) for status in statuses)
        if self._tables is None:
            self._tables = tables  # the first look sees what was inherited
        kernel = max(0, tables - self._tables) + buffered() + self._shared(processes, statuses)
        most = self._limit + self._inherited - kernel
        if 1024 * sum(_sum(RESIDENT, status) for status in statuses) <= most:
            return False
        # Forks share most of their pages. Dividing those up takes the kernel milliseconds.
        return sum(map(_proportional, processes)) > most

    def _shared(self, processes: list[str], statuses: list[bytes]) -> int:
        """Return the bytes of shared memory without a file, each part once.

        To read what a process has mapped takes milliseconds: only who maps as much as the limit
        beyond what was inherited, and not as memory of its own, is looked at.
        """
        mapped = [1024 * (_sum(SIZE, s) - _sum(DATA, s)) for s in statuses]
        if self._mapped is None:
            self._mapped = max(mapped, default=0)
        if sum(max(0, size - self._mapped) for size in mapped) <= self._limit:
            return 0
        found: dict[tuple[bytes, bytes], int] = {}
        for process in processes:
            for start, end, device, inode in SHARED.findall(_maps(process)):
                size = int(end, 16) - int(start, 16)
                found[device, inode] = max(size, found.get((device, inode), 0))
        return sum(found.values())


def _maps(process: str) -> bytes:
    try:
        return (PROC / process / "maps").read_bytes()
    except OSError:  # it has gone meanwhile, or hides
        return b""


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
