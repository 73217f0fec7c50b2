"""Training and test folders, as the data sets in the wild call them."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from helpers.ground.litter import is_litter

Split = Literal["train", "test"]
# Train, training, TEST, HWDB1.1trn_gnt, Gnt1.0Test, CasiaTrain; but not latest or strain.
NAMES = re.compile(
    r"(?<![a-z])(?:(?i:(?P<train>train|trn)|(?P<test>test|tst)))"
    r"|(?<=[a-z])(?:(?P<Train>Train|Trn)|(?P<Test>Test|Tst))"
)

# Folders of these names are parts of a data set, where all folders beside them are.
PARTS = ("train", "training", "trn", "test", "testing", "tst")
PARTS += ("val", "valid", "validation", "dev", "holdout")


def are_parts(folders: Iterable[str]) -> str:
    """Name the folders that are parts of a data set and no classes; empty where they are not.

    Examples
    --------
    >>> are_parts(["train", "Test"])
    'Test and train'
    >>> are_parts(["train", "bus", "tram"])
    ''
    """
    names = sorted(folders)
    if all(name.lower() in PARTS for name in names):
        return " and ".join(names)
    return ""


def split_of(name: str) -> Split | None:
    """Tell which set a folder's name stands for; None where it says neither, or both.

    Examples
    --------
    >>> [split_of(n) for n in ("Train", "HWDB1.1tst_gnt", "CasiaTest", "latest", "train-test")]
    ['train', 'test', 'test', None, None]
    """
    found = {match.lastgroup.lower() for match in NAMES.finditer(name)}
    return found.pop() if len(found) == 1 else None


def split_folder(path: Path, split: Split | None) -> Path:
    """Return the folder that holds the class folders of a set.

    Parameters
    ----------
    path
        The folder that holds Train and Test, or without ``split`` the class folders themselves.
    split
        "train", "test", or None.

    Raises
    ------
    FileNotFoundError
        If ``path`` has no such set.
    ValueError
        If it has several, or ``split`` is unknown or left out where it is needed.
    """
    if split not in ("train", "test", None):
        raise ValueError(f'split is {split!r}: give "train", "test" or None.')
    if not path.is_dir():
        raise FileNotFoundError(
            f"CASIA folder {path} does not exist: give the folder that holds Train and Test, "
            "or make one with `course data`."
        )
    with os.scandir(path) as entries:
        found = (e.name for e in entries if e.name[0] != "." and e.is_dir())
        names = sorted(name for name in found if not is_litter(name))
    sets = {name: split_of(name) for name in names}
    if split is None:
        if set(sets.values()) == {"train", "test"}:
            raise ValueError(
                f"CASIA folder {path} holds {' and '.join(names)}: "
                'say which with split="train" or split="test".'
            )
        return path
    found = [name for name in names if sets[name] == split]
    if not found:
        raise FileNotFoundError(
            f"CASIA folder {path} has no {split.title()}/: give the folder that holds Train and "
            "Test, or run `course data`."
        )
    if len(found) > 1:
        raise ValueError(
            f"CASIA folder {path} has {' and '.join(found)}, which all may be the {split} set: "
            "give one of them as the path, without split."
        )
    return path / found[0]
