"""What a process holds beside its memory: what a fork would share with it, or would not have."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

OWN = Path("/proc/self")
# What libraries keep for themselves is made again by whoever lacks it.
NOT_COUNTED = ("__pycache__", ".cache", ".config", ".ipython")


@dataclass(frozen=True)
class Standing:
    """All that speaks against forking a process which has run a lesson's cells.

    Attributes
    ----------
    threads : int
    children : int
    timer : float
        Seconds until an alarm; 0 where none is set.
    folder : str
        Where it stands.
    files : frozenset of (str, str)
        Open files by number, and what they lead to.
    shared : int
        Parts of memory that forks share and do not copy.
    written : frozenset of (str, int, int)
        The files in its own folders: path, size, time.
    """

    threads: int
    children: bool
    timer: float
    folder: str
    files: frozenset[tuple[str, str]]
    shared: int
    written: frozenset[tuple[str, int, int]]

    @classmethod
    def now(cls, *folders: str) -> Standing:
        """Look at this process, and at the files below some folders."""
        return cls(
            len(os.listdir(OWN / "task")),
            _has_children(),
            signal.getitimer(signal.ITIMER_REAL)[0],
            os.getcwd(),
            frozenset(_open_files()),
            sum(b" rw-s " in line for line in (OWN / "maps").read_bytes().splitlines()),
            frozenset(entry for folder in folders for entry in _below(folder)),
        )

    def changed(self, now: Standing) -> str:
        """Say why a fork would not be what a process is that has run the cells; else nothing."""
        for holds, reason in (
            (now.threads > 1, "it has threads, which do not survive a fork"),
            (now.children, "it has started other programs"),
            (now.timer > 0, "it has set an alarm"),
            (now.folder != self.folder, "it works in another folder"),
            (now.files != self.files, "it has opened or closed files"),
            (now.shared != self.shared, "it shares memory"),
            (now.written != self.written, "it has written files"),
        ):
            if holds:
                return reason
        return ""


def _has_children() -> bool:
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _open_files() -> list[tuple[str, str]]:
    found = []
    for number in os.listdir(OWN / "fd"):
        try:
            found.append((number, os.readlink(OWN / "fd" / number)))
        except OSError:  # that by which the list was read
            continue
    return found


def _below(folder: str) -> list[tuple[str, int, int]]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            status = entry.stat(follow_symlinks=False)
            if entry.name in NOT_COUNTED or status.st_dev != os.stat(folder).st_dev:
                continue  # the other one is a view of the machine's own files
            if entry.is_dir(follow_symlinks=False):
                found += [(entry.path, 0, 0), *_below(entry.path)]
            else:
                found.append((entry.path, status.st_size, status.st_mtime_ns))
    return found
