"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import glob
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from course import faults

UNFINISHED = ".part"
FULL = (errno.ENOSPC, errno.EDQUOT)  # the disk, or what a user may have of it


def write_atomically(path: Path, text: str) -> None:
    """Write `text` to `path`: to a temporary name, synced, then renamed.

    Folders on the way are made. A reader sees the old file or the new one, never a part.

    Raises
    ------
    OSError
        With the name of the file, also where the system tells none, as of a full disk.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _write(path, text)
    except OSError as error:  # of the name that was asked for, and not of a temporary one
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, os.fspath(path)) from None


def write_where_told(path: Path, text: str) -> None:
    """Write `text` to a place that somebody named: a file as a whole, else what it is.

    Behind a link its target is written. A device or a pipe is written into, and stays what it is.

    Raises
    ------
    OSError
        With the name of the place.
    """
    target = path.resolve() if path.is_symlink() else path
    if not target.exists() or target.is_file():
        write_atomically(target, text)
        return
    with named(path), target.open("w", encoding="utf-8", errors="backslashreplace") as place:
        place.write(text)


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Put the name of a file into errors of the system that name none."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno is not None:
            error.filename = os.fspath(path)
        raise


def _write(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(UNFINISHED, f".{path.name}.", path.parent)
    try:
        # What is no text, as a file's name that is not UTF-8, becomes an escape.
        options = {"encoding": "utf-8", "errors": "backslashreplace", "newline": "\n"}
        with os.fdopen(handle, "w", **options) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        faults.point("before-rename")
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync(path.parent)


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder to a new place, whole or not at all.

    Raises
    ------
    OSError
        The first one, with the name of the file; `shutil.copytree` goes on and raises a list.
    """
    try:
        target.mkdir(parents=True)
        for path in sorted(source.rglob("*")):
            copy = target / path.relative_to(source)
            with named(copy):
                if path.is_dir():
                    copy.mkdir()
                    shutil.copystat(path, copy)
                else:
                    shutil.copy2(path, copy)
        shutil.copystat(source, target)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise


def copy_to_work_on(source: Path, target: Path, **options: Any) -> None:
    """Copy a folder, as `shutil.copytree` does; the owner may write the copy.

    Where nobody may write what is copied, nobody could write the copy either.
    """
    shutil.copytree(source, target, **options)
    for path in (target, *target.rglob("*")):
        mode = path.lstat().st_mode
        if not (mode & stat.S_IWUSR or stat.S_ISLNK(mode)):
            path.chmod(mode | stat.S_IWUSR)


def is_full(error: BaseException) -> bool:
    """Tell whether it is want of room on a disk that the system complains of."""
    return isinstance(error, OSError) and error.errno in FULL


def remove_unfinished(path: Path) -> None:
    """Remove what writers of `path` left who were killed; nobody may be writing it now."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*{UNFINISHED}"):
        left.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Have the new name on the disk as well; Windows opens no folder, and needs none of it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
