"""The folders of one fork, which lie in memory and cover all that can be written in its wall."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from course.sandbox import system

FOLDER = "/session"  # in the outer wall an empty folder, on which each fork mounts its own
WORK, HOME, TEMPORARY, SHARED = (f"{FOLDER}/{name}" for name in ("work", "home", "tmp", "shm"))
PLAIN = system.MS_NOSUID | system.MS_NODEV


def own_folders(size: int, count: int) -> None:
    """Mount folders of this fork's own, in its own mount namespace.

    Parameters
    ----------
    size : int
        Bytes that they may hold together.
    count : int
        Files that may lie in them.
    """
    covered = [point for point in _mount_points() if point.startswith("/tmp/")]
    limits = f"size={size},nr_inodes={count},mode=0755"
    system.mount("tmpfs", FOLDER, "tmpfs", PLAIN, limits)
    for folder in (WORK, HOME, TEMPORARY, SHARED):
        os.mkdir(folder)
    for point in covered:  # a course or an environment below /tmp stays in sight
        _make_like(point, FOLDER + point)
        system.mount(point, FOLDER + point, flags=system.MS_BIND | system.MS_REC)
    for point in covered:  # and nothing can be put beside it
        for parent in Path(FOLDER + point).parents:
            if parent.is_relative_to(TEMPORARY) and parent != Path(TEMPORARY):
                with suppress(OSError):  # that is behind a read-only mount already
                    parent.chmod(0o555)
    system.mount(TEMPORARY, "/tmp", flags=system.MS_BIND | system.MS_REC)
    system.mount(SHARED, "/dev/shm", flags=system.MS_BIND)


def _make_like(point: str, place: str) -> None:
    """Make an empty file or folder on which another one can be mounted."""
    if os.path.isdir(point):
        os.makedirs(place, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        Path(place).touch()


def _mount_points() -> list[str]:
    """Return where something is mounted; the system writes a space in one as 040 in octal."""
    lines = Path("/proc/self/mountinfo").read_bytes().splitlines()
    points = [line.split()[4] for line in lines]
    found = [re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8)]), point) for point in points]
    return [os.fsdecode(point) for point in found]
