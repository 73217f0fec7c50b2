"""What one session may use up."""

from __future__ import annotations

import os
from dataclasses import dataclass

MIB = 2**20
GIB = 2**30
SHARE = 0.8  # of the machine's memory, for all sessions and judges together
DIVIDED = (0.75, 0.25)  # of that: for a session, for its judge


@dataclass(frozen=True)
class Bounds:
    """Limits of one session; bytes, but for counts and seconds.

    Attributes
    ----------
    memory : int
        All processes of a session together, beyond what the warm process has.
    disk : int
        The session's folders, which lie in memory.
    file : int
        One file.
    files : int
        Files on disk; as many open files a process, up to 512.
    processes : int
        Processes and threads.
    seconds : int
        Processor time of one process.
    judge : int
        Memory of the process that judges it, beyond what the warm process has.
    """

    memory: int = 4 * GIB
    disk: int = 512 * MIB
    file: int = 256 * MIB
    files: int = 2048
    processes: int = 256
    seconds: int = 3600
    judge: int = 2 * GIB


def bounds_for(jobs: int) -> Bounds:
    """Return bounds with which so many sessions at a time leave the machine usable."""
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    each = SHARE * total / jobs
    memory = min(Bounds.memory, int(DIVIDED[0] * each))
    return Bounds(memory=memory, judge=min(Bounds.judge, int(DIVIDED[1] * each)))
