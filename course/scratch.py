"""Temporary folders that do not outlive their owner: what a killed one left, the next sweeps away.

Each folder is locked for as long as its owner lives; the kernel lets go of the lock when the owner
dies, however it dies. A folder of ours whose lock is free is nobody's.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Literal

try:
    import fcntl
except ImportError:  # Windows: a program cannot be told from one that was killed, nothing is swept
    fcntl = None

Kind = Literal["session", "judge", "probe", "check", "release", "home", "kernel", "cluster", "site"]
PREFIXES = tuple(f"course-{kind}-" for kind in Kind.__args__)


class Scratch(tempfile.TemporaryDirectory):
    """A temporary folder that is known as ours, and as one in use.

    The first one of a process also removes what killed processes of this user left.

    Parameters
    ----------
    kind : {"session", "judge", "probe", "check", "release", "home", "kernel", "cluster", "site"}
        What it is for; a part of its name.

    Attributes
    ----------
    name : str
        Its path.
    """

    def __init__(self, kind: Kind) -> None:
        _sweep_once(tempfile.gettempdir())
        self._lock = None
        while True:
            super().__init__(prefix=f"course-{kind}-", ignore_cleanup_errors=True)
            try:
                self._lock = _locked(self.name)
            except _Taken:  # a sweep came between the two lines, and removes it
                super().cleanup()
                continue
            except OSError:  # no locks on this disk: then a sweep gets none either
                pass
            return

    def cleanup(self) -> None:
        """Remove it; the lock goes last."""
        try:
            super().cleanup()
        finally:
            lock, self._lock = self._lock, None
            if lock is not None:
                os.close(lock)


def sweep(top: Path | str | None = None) -> list[Path]:
    """Remove the folders of ours that nobody uses any more.

    Left alone is what belongs to another user, is in use, or is a link.

    Parameters
    ----------
    top : path, optional
        Where temporary folders are; this process's own place when left out.

    Returns
    -------
    removed : list of Path
    """
    if fcntl is None:
        return []
    removed = []
    try:
        names = sorted(name for name in os.listdir(top or tempfile.gettempdir()) if _is_ours(name))
    except OSError:
        return []
    for name in names:
        path = Path(top or tempfile.gettempdir(), name)
        with suppress(_Taken, OSError, RecursionError), _abandoned(path) as folder:
            _empty(folder)
            path.rmdir()
            removed.append(path)
    return removed


class _Taken(Exception):
    """Somebody else holds the folder's lock, or has removed it."""


@cache
def _sweep_once(top: str) -> None:
    sweep(top)


def _is_ours(name: str) -> bool:
    return name.startswith(PREFIXES)


def _locked(path: Path | str) -> int | None:
    """Return a descriptor of the folder that holds its lock; None where there are no locks."""
    if fcntl is None:
        return None
    with ExitStack() as stack:
        try:
            # Never through a link: the place is open to all.
            folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            stack.callback(os.close, folder)
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not os.path.samestat(os.fstat(folder), os.lstat(path)):
                raise _Taken
        except (BlockingIOError, FileNotFoundError):
            raise _Taken from None
        stack.pop_all()
        return folder


@contextmanager
def _abandoned(path: Path) -> Iterator[int]:
    """Yield a descriptor of a folder of this user's that nobody holds, and hold it meanwhile."""
    if os.lstat(path).st_uid != os.geteuid():
        raise _Taken
    folder = _locked(path)
    try:
        if os.fstat(folder).st_uid != os.geteuid():
            raise _Taken
        yield folder
    finally:
        os.close(folder)


def _empty(folder: int) -> None:
    """Remove all that is in a folder, by its descriptor: a path may lead elsewhere by now."""
    for _, names, _, at in os.fwalk(".", dir_fd=folder):
        for name in names:  # what a submission locked away is removed, too
            if stat.S_ISDIR(os.stat(name, dir_fd=at, follow_symlinks=False).st_mode):
                os.chmod(name, 0o700, dir_fd=at)
    for name in os.listdir(folder):
        if stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            shutil.rmtree(name, dir_fd=folder)
        else:
            os.unlink(name, dir_fd=folder)
