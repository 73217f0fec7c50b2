"""Files that are written whole or not at all."""

from __future__ import annotations

import glob
import os
import tempfile
from pathlib import Path

from course import faults

UNFINISHED = ".part"


def write_atomically(path: Path, text: str) -> None:
    """Write `text` to `path`: to a temporary name, synced, then renamed.

    Folders on the way are made. A reader sees the old file or the new one, never a part.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
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
