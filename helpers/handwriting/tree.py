"""The embedded handwriting as a tree of scanned pictures, as CASIA's is handed out."""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from helpers.loading.classfolders import Part
from helpers.loading.manifests import known_records
from helpers.loading.trees import Tree, write_tree

import numpy as np

from .characters import CLASSES
from .counts import counts
from .dataset import SEED
from .pictures import scans

TREE, CARELESS = "CASIA-Dataset", "CASIA-Dataset-Careless"
FOLDERS = {"train": "Train", "test": "Test"}
CHUNK = 100  # pictures that are drawn at a time


def write_handwriting(
    root: Path,
    size: str = "small",
    *,
    jobs: int = 1,
    report: Callable[[str, int, int], None] = lambda name, done, total: None,
) -> tuple[Tree, Tree]:
    """Write ``CASIA-Dataset/Train|Test/<character>/<n>.png`` and the careless writer's pictures.

    These are the very scans that :func:`dataset` has at the network's size; validation is a part
    of ``Train``. A run that was killed is taken up by the next.

    Parameters
    ----------
    root
        Holds the trees: ``CASIA-Dataset``, and ``CASIA-Dataset-Careless/<character>/<n>.png``.
    size
        "full" for the published numbers of pictures, "small" for a tenth of them.
    jobs
        Processes that draw; see :func:`helpers.loading.trees.write_tree`.
    report
        Told a tree's name, pictures that are there, pictures in all.

    Returns
    -------
    tuple of Tree
        The tree and the careless writer's.

    Raises
    ------
    TreeError
        If one of the folders holds anything else; nothing is changed then.
    ValueError
        When the size is unknown.

    Examples
    --------
    >>> tree, careless = write_handwriting(Path("data"))  # doctest: +SKIP
    """
    parts = [part for split in FOLDERS for part in _parts(split, size)]
    origin = {"what": f"the course's own handwriting, {size}", "sample": _sample()}
    hasty, hasty_origin = _parts("careless", size), {**origin, "what": "the careless writer's own"}
    known_records(root / TREE, parts, origin)  # both are refused before anything is written
    known_records(root / CARELESS, hasty, hasty_origin)
    tree = write_tree(root / TREE, parts, origin, jobs=jobs, report=partial(report, TREE))
    told = partial(report, CARELESS)
    return tree, write_tree(root / CARELESS, hasty, hasty_origin, report=told)


def _parts(split: str, size: str) -> list[Part]:
    above = f"{FOLDERS[split]}/" if split in FOLDERS else ""
    return [
        Part(f"{above}{character}", number, partial(_draw, split, label, number))
        for label, (character, number) in enumerate(counts(split, size).items())
    ]


def _draw(split: str, label: int, number: int) -> Iterator[np.ndarray]:
    """Draw one character's scans, numbered as :func:`dataset` numbers its pictures."""
    for start in range(0, number, CHUNK):
        ranks = np.arange(start, min(start + CHUNK, number))
        labels = np.full(len(ranks), label)
        numbers = ranks * len(CLASSES) + label
        yield from scans(labels, seed=SEED, writers=split, numbers=numbers)


def _sample() -> str:
    """Return a digest of one picture of each character: other drawings have another."""
    digest = hashlib.sha256()
    for picture in scans(np.arange(len(CLASSES)), seed=SEED, writers="train"):
        digest.update(repr(picture.shape).encode() + picture.tobytes())
    return digest.hexdigest()
