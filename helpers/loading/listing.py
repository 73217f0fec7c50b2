"""What lies in an image folder: classes, files, their sizes and times."""

import os
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

import numpy as np

# The endings that Keras's image_dataset_from_directory takes; other files are passed over.
ENDINGS = (".bmp", ".gif", ".jpeg", ".jpg", ".png")
FIRST = itemgetter(0)


@dataclass(frozen=True)
class Listing:
    """The pictures of a folder in the order of Keras's ``image_dataset_from_directory``.

    Attributes
    ----------
    folder
        The folder that holds the class folders.
    classes
        What the class folders stand for; label i is ``classes[i]``.
    counts
        Pictures of each class.
    names
        Files relative to ``folder``, with ``/``, class after class.
    sizes, times, changes
        Of each file: its bytes, when its content was changed, and when anything about it was
        (nanoseconds since 1970); -1 where it cannot be looked at.
    """

    folder: Path
    classes: tuple[str, ...]
    counts: tuple[int, ...]
    names: tuple[str, ...]
    sizes: array
    times: array
    changes: array

    @property
    def labels(self) -> np.ndarray:
        """Labels of all files, shape (N,), dtype int64."""
        return np.repeat(np.arange(len(self.classes), dtype=np.int64), self.counts)

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
        If two folders stand for the same class.
    """
    classes = _classes(folder, naming)
    names: list[str] = []
    counts = []
    columns = array("q"), array("q"), array("q")
    for entry in classes.values():
        before = len(names)
        for prefix, found in sorted(_files(os.path.join(folder, entry), entry), key=FIRST):
            if found:
                found.sort(key=FIRST)
                files, *numbers = zip(*found, strict=True)
                names += [f"{prefix}/{file}" for file in files]
                for column, values in zip(columns, numbers, strict=True):
                    column.extend(values)
        counts.append(len(names) - before)
    return Listing(folder, tuple(classes), tuple(counts), tuple(names), *columns)


def _classes(folder: Path, naming: Callable[[str], str]) -> dict[str, str]:
    """Return the classes in order, each with the name of its folder."""
    if not folder.is_dir():
        raise FileNotFoundError(
            f"Image folder {folder} does not exist: give the folder that holds the class folders."
        )
    with os.scandir(folder) as entries:
        found = [entry.name for entry in entries if entry.name[0] != "." and entry.is_dir()]
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
    return classes


def _files(folder: str, prefix: str) -> list[tuple[str, list[tuple[str, int, int, int]]]]:
    """Return this folder and the deeper ones, each with names, sizes and times of its pictures."""
    here, deeper = [], []
    with _scanned(folder) as entries:
        for entry in entries:  # tens of thousands of times, even where all is in the cache
            name = entry.name
            if name.lower().endswith(ENDINGS) and not entry.is_dir():
                try:
                    stat = entry.stat()
                except OSError:  # gone meanwhile, or a link to nothing: reading it will tell
                    here.append((name, -1, -1, -1))
                else:
                    here.append((name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
            elif entry.is_dir(follow_symlinks=False):
                deeper += _files(os.path.join(folder, name), f"{prefix}/{name}")
    return [(prefix, here), *deeper]


@contextmanager
def _scanned(folder: str) -> Iterator[Iterator[os.DirEntry]]:
    """Scan a folder, by way of its descriptor where there is one: each file's path is shorter."""
    if os.scandir not in os.supports_fd:
        with os.scandir(folder) as entries:
            yield entries
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with os.scandir(descriptor) as entries:
            yield entries
    finally:
        os.close(descriptor)
