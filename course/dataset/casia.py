"""Real CASIA files, as they lie in somebody's folder, as the parts of a tree."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from helpers.ground.litter import is_litter
from helpers.handwriting.characters import CLASSES
from helpers.handwriting.tree import FOLDERS
from helpers.loading.classfolders import Part
from helpers.loading.gnt import Record, gnt_records
from helpers.loading.names import character_of
from helpers.loading.pictures import PictureError, Wish, read_picture, whole_pictures
from helpers.loading.scanning import ENDINGS
from helpers.loading.splits import split_of

import numpy as np
from PIL import Image

from course.console import Report
from course.errors import FOUND, CourseError

# A set and a character, and the files or records of its pictures.
Found = dict[tuple[str, str], list[Path] | list[Record]]
GREY = Wish("grey", None, Image.Resampling.LANCZOS)


def find_parts(source: Path, apart_from: Path, report: Report) -> tuple[list[Part], dict[str, str]]:
    """Find the pictures of the course's characters; return the parts of a tree, and their origin.

    Parameters
    ----------
    source : Path
        A folder with ``.gnt`` files, or with a folder of pictures for each character, somewhere
        below folders whose names say which are for training and which for the test.
    apart_from : Path
        The tree that is being written, should it lie in `source`.
    report : callable
        Told how many ``.gnt`` files are searched.

    Raises
    ------
    CourseError
        When nothing is found, a set cannot be told, or a ``.gnt`` file is damaged.
    """
    if not source.is_dir():
        raise CourseError(
            f"{source} is no folder.", "Give the folder that holds CASIA's .gnt files or pictures."
        )
    records, pictures = _files(source, apart_from)
    if records and pictures:
        raise CourseError(
            f"{source} holds both .gnt files ({records[0].name}) and folders of pictures "
            f"({pictures[0].parent.name}).",
            "Give the folder of one kind.",
        )
    if not (records or pictures):
        raise CourseError(
            f"{source} holds no .gnt file, and no folder of pictures for any of the "
            f"{len(CLASSES)} characters.",
            "Unpack CASIA's archives, and give the folder they are in.",
        )
    found = _in_gnt(source, records, report) if records else _in_folders(source, pictures)
    draw = _read_records if records else _read_pictures
    parts = [
        Part(f"{FOLDERS[split]}/{character}", len(found[split, character]), partial(draw, files))
        for split in FOLDERS
        for character in CLASSES
        if (files := found.get((split, character)))
    ]
    return parts, {"what": "CASIA's own pictures", "files": _digest(source, records or pictures)}


def _files(source: Path, apart_from: Path) -> tuple[list[Path], list[Path]]:
    """Return the .gnt files, and the pictures that lie in a character's folder."""
    records, pictures = [], []
    for root, folders, files in os.walk(source):
        here = Path(root)
        folders[:] = sorted(f for f in folders if f[0] != "." and here / f != apart_from)
        folders[:] = [name for name in folders if not is_litter(name)]
        files = [name for name in files if not is_litter(name)]
        records += [here / name for name in sorted(files) if name.lower().endswith(".gnt")]
        if character_of(here.name) in CLASSES:
            named = [here / name for name in files if name.lower().endswith(ENDINGS)]
            pictures += sorted(named, key=_natural)
    return records, pictures


def _natural(path: Path) -> tuple[int, str]:
    return (int(path.stem), "") if path.stem.isdecimal() else (2**63, path.name)


def _in_gnt(source: Path, files: list[Path], report: Report) -> Found:
    found: Found = {}
    for number, file in enumerate(files):
        report(".gnt files", number, len(files))
        split = _set_of(source, file)
        try:
            for record in gnt_records(file, CLASSES):
                found.setdefault((split, record.character), []).append(record)
        except ValueError as error:
            raise CourseError(str(error), code=FOUND) from None
    report(".gnt files", len(files), len(files))
    return found


def _in_folders(source: Path, pictures: list[Path]) -> Found:
    found: Found = {}
    for picture in pictures:
        split = _set_of(source, picture.parent)
        found.setdefault((split, character_of(picture.parent.name)), []).append(picture)
    return found


def _set_of(source: Path, path: Path) -> str:
    """Tell a file's set by the folders it lies in, or by the name of `source` itself."""
    for names in (path.relative_to(source).parts, (source.resolve().name,)):
        told = {split_of(name) for name in names} - {None}
        if len(told) == 1:
            return told.pop()
    raise CourseError(
        f"{path} may be for training or for the test: no folder that it is in says which.",
        "Put it below a folder named Train or Test.",
    )


def _read_records(records: Sequence[Record]) -> Iterator[np.ndarray]:
    return (record.image() for record in records)


def _read_pictures(files: Sequence[Path]) -> Iterator[np.ndarray | str]:
    with whole_pictures():
        for file in files:
            try:
                yield read_picture(file, GREY)[0]
            except PictureError as error:
                yield f"{file} ({error})"


def _digest(source: Path, files: list[Path]) -> str:
    """Return what changes with any of the files."""
    digest = hashlib.sha256()
    for file in files:
        stat = file.stat()
        line = f"{file.relative_to(source)} {stat.st_size} {stat.st_mtime_ns}\n"
        digest.update(os.fsencode(line))
    return digest.hexdigest()
