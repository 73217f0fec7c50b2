"""One class folder of a tree: written under another name, then renamed or added to."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

# Level 6, Pillow's own, takes half as long again and saves a twentieth.
COMPRESSION = 3


@dataclass(frozen=True)
class Part:
    """A class folder that is to be.

    Attributes
    ----------
    name
        Relative to the tree, with ``/``: ``Train/人``.
    pictures
        How many are expected.
    draw
        Returns the pictures, uint8 (H, W) each, or in place of one that cannot be had a sentence
        that says why. It must give the same each time, and be fit for pickling.
    """

    name: str
    pictures: int
    draw: Callable[[], Iterable[np.ndarray | str]]


@dataclass(frozen=True)
class Record:
    """What a class folder holds.

    Attributes
    ----------
    pictures
        Files ``1.png`` to ``<pictures>.png``.
    size
        Their bytes in all.
    digest
        SHA-256 of the files' contents in this order.
    failures
        Why pictures are missing.
    """

    pictures: int
    size: int
    digest: str
    failures: tuple[str, ...] = ()


class ForeignFileError(Exception):
    """A file that somebody else wrote, or changed."""


def settle(folder: Path, part: Part, known: Record | None, staging: Path) -> tuple[Record, int]:
    """Have a class folder hold what it should; return what it holds and how much of it is new.

    Parameters
    ----------
    folder
        The tree.
    part
        Which class folder.
    known
        What it held when it was written; None where nobody noted it.
    staging
        A folder on the same file system that nobody else uses.

    Raises
    ------
    ForeignFileError
        If a file is not as it would be written.
    """
    target = folder / part.name
    if known is not None and measure(target, known) == known:
        return known, 0
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    record = _draw(part, staging)
    if target.is_dir():
        added = _add(staging, target, record.pictures)
        shutil.rmtree(staging)
        return record, added
    target.parent.mkdir(parents=True, exist_ok=True)
    os.rename(staging, target)
    return record, record.pictures


def measure(target: Path, known: Record) -> Record | None:
    """Read a class folder; None where a file is missing."""
    digest = hashlib.sha256()
    size = 0
    try:
        for number in range(1, known.pictures + 1):
            content = (target / f"{number}.png").read_bytes()
            digest.update(content)
            size += len(content)
    except OSError:
        return None
    return Record(known.pictures, size, digest.hexdigest(), known.failures)


def _draw(part: Part, staging: Path) -> Record:
    failures = []
    number = 0
    for picture in part.draw():
        if isinstance(picture, str):
            failures.append(picture)
        else:
            number += 1
            Image.fromarray(picture).save(staging / f"{number}.png", compress_level=COMPRESSION)
    record = measure(staging, Record(number, 0, "", tuple(failures)))
    if record is None:
        raise FileNotFoundError(f"{staging}: a picture that was just written is gone")
    return record


def _add(staging: Path, target: Path, pictures: int) -> int:
    """Move what is missing; a file that is there must be the same."""
    names = [f"{number}.png" for number in range(1, pictures + 1)]
    missing = []
    for name in names:
        try:
            there = (target / name).read_bytes()
        except FileNotFoundError:
            there = b""
        # All zeros is what a crash of the machine leaves of a file.
        if not there.strip(b"\0"):
            missing.append(name)
        elif not _same(there, (staging / name).read_bytes()):
            raise ForeignFileError(f"{target / name} is not the picture that belongs there")
    for name in missing:
        os.replace(staging / name, target / name)
    return len(missing)


def _same(one: bytes, other: bytes) -> bool:
    """Tell whether two files are the same picture; versions of Pillow may pack it differently."""
    if one == other:
        return True
    try:
        pixels = [np.asarray(Image.open(BytesIO(each), formats=["PNG"])) for each in (one, other)]
    except Exception:  # a damaged file makes Pillow raise nearly anything
        return False
    return np.array_equal(*pixels)
