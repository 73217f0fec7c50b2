"""Groups of processes whose use the kernel itself counts: memory, its own included, and cores.

A session gets a group where this machine lets us make one: version 2 where our own group was
delegated to us and we are alone in it, as in a scope of systemd's, version 1 where we may write
to its hierarchies, as root of a machine or of a container often may. Where it cannot be had, the
session's init counts instead (`course.sandbox.usage`).
"""

from __future__ import annotations

import itertools
import os
import re
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from course.once import once

PREFIX = "course"
CONTROLLERS = ("memory", "pids", "cpu")
LINGER = 2.0  # seconds for killed processes to be gone
_numbers = itertools.count()


@dataclass(frozen=True)
class Group:
    """A group: a folder for each hierarchy that it is in.

    Attributes
    ----------
    folders : mapping of str to Path
        By controller; the same for all in version 2.
    """

    folders: Mapping[str, Path]

    def add(self, pid: int) -> None:
        """Take in a process; what it starts from now on is in here, too."""
        for folder in set(self.folders.values()):
            (folder / "cgroup.procs").write_text(str(pid))

    def ran_out(self) -> bool:
        """Tell whether the kernel had to end a process for want of memory."""
        folder = self.folders["memory"]
        for name in ("memory.events", "memory.oom_control"):
            with suppress(OSError):
                found = re.search(r"^oom_kill (\d+)", (folder / name).read_text(), re.M)
                return bool(found and int(found[1]))
        return False

    def close(self) -> None:
        """End whatever is left in it, and remove it."""
        folders = set(self.folders.values())
        end = time.monotonic() + LINGER
        while time.monotonic() < end and any(map(_kill_all, folders)):
            time.sleep(0.005)
        for folder in folders:
            with suppress(OSError):  # swept up when its owner has gone
                folder.rmdir()


@dataclass(frozen=True)
class Groups:
    """Where groups are made.

    Attributes
    ----------
    version : int
        1 or 2, of the kernel's interface.
    tops : mapping of str to Path
        By controller the folder in which they are made.
    """

    version: int
    tops: Mapping[str, Path]

    def open(self, memory: int, processes: int) -> Group:
        """Make a group.

        Parameters
        ----------
        memory : int
            Bytes, those that the kernel needs for its processes included.
        processes : int
            Processes and threads.
        """
        name = f"{PREFIX}-{os.getpid()}-{next(_numbers)}"
        group = Group({controller: top / name for controller, top in self.tops.items()})
        for folder in set(group.folders.values()):
            folder.mkdir()
        memory_files = {
            1: ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes"),
            2: ("memory.max", "memory.swap.max"),
        }
        first, swap = memory_files[self.version]
        (group.folders["memory"] / first).write_text(str(memory))
        with suppress(OSError):  # a kernel without swap accounting
            (group.folders["memory"] / swap).write_text("0" if self.version == 2 else str(memory))
        with suppress(OSError):  # version 2: all end together
            (group.folders["memory"] / "memory.oom.group").write_text("1")
        (group.folders["pids"] / "pids.max").write_text(str(processes))
        return group

    def sweep(self) -> None:
        """Remove the groups of owners that were killed before they could."""
        for top in set(self.tops.values()):
            for folder in top.glob(f"{PREFIX}-*-*"):
                owner = folder.name.split("-")[1]
                if not (owner.isdigit() and Path("/proc", owner).exists()):
                    _kill_all(folder)
                    with suppress(OSError):
                        folder.rmdir()


@once
def groups() -> Groups | None:
    """Return where groups can be made on this machine, or None; what it says was tried."""
    for found in (_version_2(), _version_1()):
        if found is None:
            continue
        with suppress(OSError):
            found.sweep()
            found.open(2**30, 64).close()
            return found
    return None


def who_counts() -> str:
    """Say who counts what a session uses."""
    there = groups()
    if there is None:
        return "the grader itself counts memory and calms crowds of processes"
    return f"the kernel counts memory and shares out cores, by cgroups of version {there.version}"


def _version_2() -> Groups | None:
    """Return our own group where its controllers may be handed down."""
    own = _own_folder("cgroup2", "")
    if own is None:
        return None
    try:
        ready = (own / "cgroup.subtree_control").read_text().split()
        missing = [f"+{name}" for name in CONTROLLERS if name not in ready]
        if missing:
            _step_down(own)
            (own / "cgroup.subtree_control").write_text(" ".join(missing))
    except OSError:  # others are in it, or it was not delegated to us
        return None
    return Groups(2, dict.fromkeys(CONTROLLERS, own))


def _step_down(own: Path) -> None:
    """Move to a group below, where we are alone: one that hands controllers down holds nobody."""
    if (own / "cgroup.procs").read_text().split() == [str(os.getpid())]:
        leaf = own / f"{PREFIX}-{os.getpid()}-grader"
        leaf.mkdir()
        (leaf / "cgroup.procs").write_text(str(os.getpid()))


def _version_1() -> Groups | None:
    tops = {name: _own_folder("cgroup", name) for name in CONTROLLERS}
    found = {name: top for name, top in tops.items() if top is not None}
    writable = all(os.access(top, os.W_OK) for top in found.values())
    return Groups(1, found) if len(found) == len(CONTROLLERS) and writable else None


def _own_folder(kind: str, controller: str) -> Path | None:
    """Return the folder of this process's own group in a hierarchy."""
    try:
        mounts = Path("/proc/self/mountinfo").read_text().splitlines()
        lines = Path("/proc/self/cgroup").read_text().splitlines()
    except OSError:
        return None
    own = next(
        (p for _, c, p in (x.split(":", 2) for x in lines) if controller in c.split(",")), ""
    )
    for line in mounts:
        before, _, after = line.partition(" - ")
        root, point = before.split()[3:5]
        found, _, options = after.split(" ", 2)
        if found == kind and (not controller or controller in options.split(",")):
            inside = os.path.relpath(own, root) if own.startswith(root) else "."
            return Path(os.path.normpath(os.path.join(point, inside)))
    return None


def _kill_all(folder: Path) -> bool:
    """Kill what is in a group; tell whether there was something."""
    try:
        pids = (folder / "cgroup.procs").read_text().split()
    except OSError:
        return False
    for pid in pids:
        with suppress(ProcessLookupError, ValueError):
            os.kill(int(pid), signal.SIGKILL)
    return bool(pids)
