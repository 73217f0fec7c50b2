"""How much memory the processes in sight use."""

from __future__ import annotations

import os
import re
from pathlib import Path

PROC = Path("/proc")
# Files do not count: they are on disk too, and the session's own folders have a limit.
RESIDENT = re.compile(rb"^Rss(?:Anon|Shmem):\s+(\d+) kB", re.M)
PROPORTIONAL = re.compile(rb"^Pss_(?:Anon|Shmem):\s+(\d+) kB", re.M)


def resident(process: str = "self") -> int:
    """Return the bytes of a process's own memory; pages that others share count in full."""
    return _sum(RESIDENT, PROC / process / "status")


def exceeds(limit: int, inherited: int) -> bool:
    """Tell whether all processes in sight use more than `limit` bytes together.

    Parameters
    ----------
    limit : int
    inherited : int
        What the first of them had when it was forked, and does not count.
    """
    processes = [name for name in os.listdir(PROC) if name.isdigit()]
    if sum(map(resident, processes)) - inherited <= limit:
        return False
    # Forks share most of their pages. Dividing those up takes the kernel milliseconds.
    return sum(map(_proportional, processes)) - inherited > limit


def _proportional(process: str) -> int:
    return _sum(PROPORTIONAL, PROC / process / "smaps_rollup") or resident(process)


def _sum(pattern: re.Pattern[bytes], file: Path) -> int:
    try:
        return 1024 * sum(map(int, pattern.findall(file.read_bytes())))
    except OSError:  # the process has gone meanwhile, or hides
        return 0
