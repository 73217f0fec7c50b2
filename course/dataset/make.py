"""`course data`: the handwriting as a tree of pictures, drawn or taken from CASIA's own files."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from helpers.handwriting.characters import CLASSES
from helpers.handwriting.counts import counts
from helpers.handwriting.tree import FOLDERS, TREE, write_handwriting
from helpers.loading.manifests import TreeError
from helpers.loading.trees import Tree, write_tree

from rich.table import Table

from course import console
from course.console import Report
from course.dataset import casia
from course.errors import FOUND, CourseError

SIZES = ("full", "small")
NEEDED = 6 * 2**10  # bytes on the disk for a picture, with its place in a folder


@dataclass(frozen=True)
class PictureSet:
    """One set of pictures that is there now.

    Attributes
    ----------
    name : {"train", "test", "careless"}
    folder : str
    place : str
        The folder, relative to where the trees are.
    pictures : int
    published : int
        How many CASIA's real set has for these characters, or the careless writer wrote.
    characters : int
    fewest : str
        The two characters with the fewest pictures, with their numbers.
    missing : tuple of str
        Characters without any picture.
    unreadable : tuple of str
        Files that were left out, with the reasons.
    written : int
        Pictures that were not there before.
    """

    name: str
    folder: str
    place: str
    pictures: int
    published: int
    characters: int
    fewest: str
    missing: tuple[str, ...]
    unreadable: tuple[str, ...]
    written: int


def data(
    root: Path,
    *,
    size: str | None = None,
    source: Path | None = None,
    jobs: int = 2,
    report: Report = lambda name, done, total: None,
) -> list[PictureSet]:
    """Write the handwriting below `root`, or what is missing of it.

    Parameters
    ----------
    root : Path
        Gets ``CASIA-Dataset/Train|Test/<character>/<n>.png`` and, unless `source` is given, the
        careless writer's ``CASIA-Dataset-Careless/<character>/<n>.png``.
    size : {"full", "small"}, optional
        Of the embedded handwriting; full by default.
    source : Path, optional
        A folder with CASIA's own files, ``.gnt`` or pictures, to take the characters from.
    jobs : int
        Processes that draw or convert.
    report : callable
        Told a tree's name, pictures that are there, pictures in all.

    Raises
    ------
    CourseError
        When an option is wrong, `source` cannot be used, a folder holds anything else, or there
        is too little room; nothing is changed then.
    """
    if source is not None and size is not None:
        raise CourseError(
            "--size is for the embedded handwriting; --from takes all that is there.",
            "Leave one of them out.",
        )
    if size not in (None, *SIZES):
        raise CourseError(f"There is no size {size!r}.", "Use full or small.")
    try:
        if source is not None:
            return _converted(root, source, jobs, report)
        return _drawn(root, size or "full", jobs, report)
    except TreeError as error:
        raise CourseError(str(error), code=FOUND) from None


def _drawn(root: Path, size: str, jobs: int, report: Report) -> list[PictureSet]:
    numbers = {name: counts(name, size) for name in (*FOLDERS, "careless")}
    _check_room(root, sum(sum(each.values()) for each in numbers.values()))
    tree, careless = write_handwriting(root, size, jobs=jobs, report=report)
    sets = [_picture_set(tree, name, folder) for name, folder in FOLDERS.items()]
    return [*sets, _picture_set(careless, "careless", "")]


def _converted(root: Path, source: Path, jobs: int, report: Report) -> list[PictureSet]:
    target = root / TREE
    parts, origin = casia.find_parts(source, target, report)
    _check_room(root, sum(part.pictures for part in parts))
    tree = write_tree(target, parts, origin, jobs=jobs, report=partial(report, TREE))
    return [_picture_set(tree, name, folder) for name, folder in FOLDERS.items()]


def _picture_set(tree: Tree, name: str, below: str) -> PictureSet:
    folders = {each: f"{below}/{each}".lstrip("/") for each in CLASSES}
    records = {each: tree.records[f] for each, f in folders.items() if f in tree.records}
    numbers = {each: record.pictures for each, record in records.items() if record.pictures}
    fewest = sorted(numbers, key=lambda each: numbers[each])[:2]
    return PictureSet(
        name,
        str(tree.folder / below),
        (Path(tree.folder.name) / below).as_posix(),
        sum(numbers.values()),
        sum(counts(name).values()),
        len(numbers),
        ", ".join(f"{each} {numbers[each]}" for each in fewest),
        tuple(each for each in CLASSES if each not in numbers),
        tuple(why for record in records.values() for why in record.failures),
        sum(tree.written.get(folder, 0) for folder in folders.values()),
    )


def _check_room(root: Path, pictures: int) -> None:
    if (root / TREE).exists():  # begun, or whole: what is missing is not known yet
        return
    above = next(folder for folder in (root, *root.resolve().parents) if folder.exists())
    free, needed = shutil.disk_usage(above).free, NEEDED * pictures
    if free < needed:
        raise CourseError(
            f"{root} has {free / 2**20:,.0f} MiB of room, and {pictures:,} pictures need "
            f"{needed / 2**20:,.0f}.",
            "Free some, choose another --root, or take --size small.",
            code=FOUND,
        )


def table(sets: list[PictureSet]) -> Table:
    """Return a line a set."""
    right = ("pictures", "published", "characters", "new")
    made = console.table("set", *right, "fewest", "folder", right=right)
    for one in sets:
        numbers = (one.pictures, one.published, one.characters, one.written)
        made.add_row(one.name, *(f"{n:,}" for n in numbers), one.fewest, one.place)
    return made


def gaps(one: PictureSet) -> list[str]:
    """Return a sentence on each thing that is missing of a set."""
    found = []
    if one.missing:
        found.append(f"{one.folder} has no pictures of {' '.join(one.missing)}.")
    if one.unreadable:
        many = len(one.unreadable)
        more = f" and {many - 3} more" if many > 3 else ""
        shown = ", ".join(one.unreadable[:3]) + more
        found.append(f"{one.folder} goes without {many} unreadable files: {shown}.")
    return found
