"""What a session leaves for others and looks for of others; run as what is in `breakout`."""

from __future__ import annotations

import contextlib
import os
import subprocess
from pathlib import Path


def leave_notes(name: str) -> str:
    """Leave a file wherever one can be left, here and where other processes are."""
    for folder in _places():
        with contextlib.suppress(OSError):
            Path(folder, name).touch()
    return ""


def find_notes(name: str) -> str:
    """Look for such a file; for who is not to share a folder with the one who left it."""
    return next((folder for folder in _places() if os.path.lexists(f"{folder}/{name}")), "")


def take_notes_back(name: str) -> str:
    """Remove those files again; where there are no walls, they lie all over a machine."""
    for folder in _places():
        with contextlib.suppress(OSError):
            Path(folder, name).unlink()
    return ""


def leave_behind(name: str) -> str:
    """Leave a process, and files, for whoever comes next."""
    for folder in (".", "/tmp", "/dev/shm", os.environ["HOME"]):
        Path(folder, name).touch()
    # The shell takes the name, tells when it has it, and then waits.
    script = f"echo {name} > /proc/self/comm; echo; sleep 60; true"
    child = subprocess.Popen(["sh", "-c", script], stdout=subprocess.PIPE, start_new_session=True)
    return "" if child.stdout.readline() else "no process to leave"


def find_left(name: str) -> str:
    """Look for what a session before this one left."""
    folders = (".", "/tmp", "/dev/shm", os.environ["HOME"])
    return next((folder for folder in folders if Path(folder, name).exists()), "")


def _places() -> list[str]:
    """Return folders that somebody might share, by whichever way they are reached."""
    tops = ["/", "/tmp", "/dev/shm", "/session", ".", os.path.expanduser("~")]
    for process in filter(str.isdigit, os.listdir("/proc")):
        for way in ("cwd", "root"):
            tops += [f"/proc/{process}/{way}{below}" for below in ("", "/tmp", "/session")]
    return [*tops, *(inner.path for top in tops for inner in _folders_in(top))]


def _folders_in(folder: str) -> list[os.DirEntry]:
    try:
        with os.scandir(folder) as found:
            return [entry for entry in found if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []
