"""What lies in an image folder: classes, files, their sizes and times.

A cache must look at every file before it can be used, and that is nearly all that a second loading
does; so where there are many files, a second process looks as well.
"""

import hashlib
import marshal
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from helpers.ground.litter import is_litter
from helpers.ground.processors import processors

import numpy as np

from . import scanning
from .scanning import Scan, claimed, scan
from .sharing import MOST, tokens
from .splits import are_parts

FEW = 500  # files that have been looked at before another process is worth its start
SPARE = 8  # folders that must be left then


@dataclass(frozen=True)
class Listing:
    """The pictures of a folder in the order of Keras's ``image_dataset_from_directory``.

    Attributes
    ----------
    folder
        The folder that holds the class folders.
    classes
        What the class folders stand for; label i is ``classes[i]``.
    scans
        What lies in each class folder, see :mod:`helpers.loading.scanning`.
    beside
        Litter that lies beside the class folders.
    """

    folder: Path
    classes: tuple[str, ...]
    scans: tuple[Scan, ...]
    beside: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Files relative to ``folder``, with ``/``, class after class."""
        return tuple(name for names, _, _ in self.scans if names for name in names.split("\0"))

    @property
    def passed_over(self) -> tuple[str, ...]:
        """What lies there and is no picture, relative to ``folder``, with ``/``."""
        return self.beside + tuple(
            name for *_, others in self.scans if others for name in others.split("\0")
        )

    @property
    def labels(self) -> np.ndarray:
        """Labels of all files, shape (N,), dtype int64."""
        counts = [len(numbers) // 24 for _, numbers, _ in self.scans]
        return np.repeat(np.arange(len(self.classes), dtype=np.int64), counts)

    @property
    def newest(self) -> int:
        """When a file was last changed, in nanoseconds since 1970; -1 where there is none."""
        all_numbers = (numbers for _, numbers, _ in self.scans)
        columns = [np.frombuffer(numbers, np.int64).reshape(3, -1)[1:] for numbers in all_numbers]
        return max((int(column.max()) for column in columns if column.size), default=-1)

    @property
    def state(self) -> str:
        """What is another as soon as any file is new, gone, renamed or changed."""
        digest = hashlib.sha256(os.fsencode("\0".join(self.classes)))
        for names, numbers, _ in self.scans:
            digest.update(b"\0\0" + os.fsencode(names) + b"\0" + numbers)
        return digest.hexdigest()

    def files(self) -> list[str]:
        """Paths of all files."""
        return [os.path.join(self.folder, name) for name in self.names]


def list_folder(folder: Path, naming: Callable[[str], str] = str) -> Listing:
    """List the pictures below a folder.

    Parameters
    ----------
    folder
        Holds one subfolder for each class; hidden ones do not count. Deeper folders are searched.
    naming
        Turns the name of a class folder into that of the class; classes are sorted by it.

    Raises
    ------
    FileNotFoundError
        If the folder does not exist or has no class folders.
    ValueError
        If two folders stand for the same class, or the folders are parts of a data set and no
        classes: ``train`` and ``test``.
    """
    classes, beside = _classes(folder, naming)
    found = _scanned(str(folder), list(classes.values()))
    return Listing(folder, tuple(classes), tuple(found), beside)


def _classes(folder: Path, naming: Callable[[str], str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the classes in order, each with the name of its folder, and litter beside them."""
    if not folder.is_dir():
        raise FileNotFoundError(
            f"Image folder {folder} does not exist: give the folder that holds the class folders."
        )
    with os.scandir(folder) as entries:
        names = {entry.name: entry.is_dir() for entry in entries}
    litter = tuple(sorted(filter(is_litter, names)))
    found = [n for n, is_dir in names.items() if is_dir and n[0] != "." and n not in litter]
    if parts := are_parts(found):
        raise ValueError(
            f"Image folder {folder} holds {parts}, which are parts of a data set and no classes: "
            f"give one of them, as {folder / sorted(found)[-1]}."
        )
    if not found:
        raise FileNotFoundError(
            f"Image folder {folder} has no class folders: make one subfolder for each class "
            "and put its pictures there."
        )
    classes: dict[str, str] = {}
    for name in sorted(found, key=lambda name: (naming(name), name)):
        if (other := classes.setdefault(naming(name), name)) != name:
            raise ValueError(
                f"Image folder {folder} has {other} and {name}, which are the same class "
                f"{naming(name)}: put their pictures into one folder."
            )
    return classes, litter


def _scanned(root: str, folders: list[str]) -> list[Scan]:
    """Scan all folders, in their order."""
    found: dict[int, Scan] = {}
    mate, looked_at = None, 0
    shared = range(min(len(folders), MOST))
    with tokens(shared) as waiting:
        try:
            for i in claimed(waiting):
                found[i] = scan(os.path.join(root, folders[i]), folders[i])
                looked_at += len(found[i][1]) // 24
                if mate is None and looked_at >= FEW and i + SPARE < len(shared):
                    mate = _mate(root, folders, waiting)
            if mate:
                found |= _told(mate)
        finally:
            if mate:
                mate.kill()
                mate.stdout.close()
                mate.wait()
    for i, folder in enumerate(folders):
        if i not in found:  # beyond what was shared, or the other process died
            found[i] = scan(os.path.join(root, folder), folder)
    return [found[i] for i in range(len(folders))]


def _mate(root: str, folders: list[str], waiting: int) -> subprocess.Popen | None:
    """Start another process that scans what waits; None where that would be no help."""
    if os.name == "nt" or processors() == 1:  # Windows tells sizes and times with the names
        return None
    # Alone with Python's own core: it starts in some milliseconds.
    line = [sys.executable, "-I", "-S", scanning.__file__, root, *folders]
    try:
        return subprocess.Popen(
            line, stdin=waiting, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        return None


def _told(mate: subprocess.Popen) -> dict[int, Scan]:
    try:
        told = marshal.loads(mate.stdout.read())
    except (EOFError, ValueError, TypeError):  # it died, or never lived
        return {}
    return told if isinstance(told, dict) else {}
