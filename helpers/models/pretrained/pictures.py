"""Pictures to learn from, to steer by and to test on: a folder of the reader's, or handwriting."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from helpers import handwriting
from helpers.loading import image_folder

import numpy as np

from .bases import Base

Part = tuple[np.ndarray, np.ndarray]
SHARES = (0.15, 0.10)  # of a folder's pictures for validation and for testing
LEAST = 4  # pictures of a class that a folder must have: two to learn from, one for each other part


@dataclass(frozen=True)
class Pictures:
    """Three sets of pictures that share nothing.

    Attributes
    ----------
    train, validation, test : tuple of numpy.ndarray
        Images (N, H, W, C), uint8, and labels (N,), int64.
    classes : tuple of str
        What the labels stand for.
    skipped : tuple
        Files of the folder that could not be read, each with the reason.
    """

    train: Part
    validation: Part
    test: Part
    classes: tuple[str, ...]
    skipped: tuple[tuple[Path, str], ...] = ()


def pictures(
    base: Base,
    folder: str | os.PathLike = "",
    *,
    characters: str = handwriting.CLASSES,
    per_class: tuple[int, int, int] = (20, 5, 20),
    seed: int = 7,
) -> Pictures:
    """Load pictures of the size and the channels that a base takes.

    Parameters
    ----------
    base : Base
    folder : path
        Holds one folder of pictures for each class; they are cropped and resized, and split 75 to
        15 to 10. Where it is empty, the course's handwriting is taken.
    characters : str
        Of the handwriting: which characters, in the order of their labels.
    per_class : tuple of int
        Of the handwriting: pictures of each for training, validation and test. Other people wrote
        for the test.
    seed : int
        Of the split.

    Raises
    ------
    FileNotFoundError
        When the folder does not exist or has no pictures in class folders.
    ValueError
        When it has fewer than two classes, or too few pictures of one.
    """
    if not str(folder):
        splits = zip(("train", "validation", "test"), per_class, strict=True)
        parts = [_written(characters, split, count) for split, count in splits]
        return Pictures(*parts, tuple(characters))
    found = image_folder(folder, size=base.shape[:2], mode=base.mode, on_error="skip", crop=True)
    counts = np.bincount(found.labels, minlength=len(found.classes))
    if len(found.classes) < 2 or counts.min() < LEAST:
        named = ", ".join(f"{name} {n}" for name, n in zip(found.classes, counts, strict=True))
        raise ValueError(
            f"{folder} holds {len(found.classes)} classes ({named} pictures): give two classes or "
            f"more with at least {LEAST} pictures each."
        )
    chosen = three_parts(found.labels, seed)
    return Pictures(
        *((found.images[rows], found.labels[rows]) for rows in chosen),
        found.classes,
        found.skipped,
    )


def three_parts(labels: np.ndarray, seed: int = 7) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Split pictures 75 to 15 to 10, each class for itself, so that none is missing anywhere.

    Parameters
    ----------
    labels : numpy.ndarray
        Integers (N,).
    seed : int

    Returns
    -------
    tuple of numpy.ndarray
        Row numbers for training, validation and test, shuffled. The latter two hold at least one
        picture of each class; apart from that their shares are rounded down.
    """
    rng = np.random.default_rng(seed)
    parts: tuple[list, list, list] = ([], [], [])
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        validation, test = (max(1, int(share * len(rows))) for share in SHARES)
        cuts = np.split(rows, [len(rows) - validation - test, len(rows) - test])
        for part, cut in zip(parts, cuts, strict=True):
            part.append(cut)
    return tuple(rng.permutation(np.concatenate(part)) for part in parts)


def _written(characters: str, split: str, per_class: int) -> Part:
    images, labels = handwriting.dataset(split, per_class)
    places = [handwriting.CLASSES.index(character) for character in characters]
    number = np.full(len(handwriting.CLASSES), -1)
    number[places] = np.arange(len(places))
    chosen = number[labels] >= 0
    return images[chosen], number[labels[chosen]]
