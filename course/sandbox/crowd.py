"""Who keeps many processes busy at once runs when nobody else wants to.

Looked after by a session's init, where no group of the kernel's shares out the cores: in its
process namespace the numbers of the session's threads mean what they say.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
INIT = "1"
# A library's threads take turns; more than these, look after look, are a crowd.
MANY_THREADS, MANY_BUSY, LOOKS = 8, 4, 3
LAST = "19"  # the lowest priority


class Crowd:
    """The threads of a session; looked at again and again."""

    def __init__(self) -> None:
        self._crowded = 0
        self._calmed: set[Path] = set()

    def look(self) -> None:
        """Where there is a crowd, put all threads behind those of others, for good."""
        threads = list(_threads())
        busy = sum(map(_is_busy, threads)) if len(threads) > MANY_THREADS else 0
        self._crowded = self._crowded + 1 if busy > MANY_BUSY else 0
        if self._crowded < LOOKS:
            return
        for thread in threads:
            with suppress(OSError):  # it has ended meanwhile
                os.sched_setscheduler(int(thread.name), os.SCHED_IDLE, os.sched_param(0))
        # Some kernels make groups of processes by themselves. They take ten changes a second: the
        # others come with the next looks.
        for process in {thread.parent.parent for thread in threads} - self._calmed:
            with suppress(OSError):
                (process / "autogroup").write_text(LAST)
                self._calmed.add(process)


def _threads() -> Iterator[Path]:
    for name in os.listdir(PROC):
        if name.isdigit() and name != INIT:
            with suppress(OSError):
                yield from (PROC / name / "task").iterdir()


def _is_busy(thread: Path) -> bool:
    with suppress(OSError):
        return (thread / "stat").read_bytes().rpartition(b")")[2].split()[0] == b"R"
    return False
