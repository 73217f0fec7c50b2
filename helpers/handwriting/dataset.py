"""The data set: handwriting in four splits, with the published numbers of pictures."""

from __future__ import annotations

from helpers.ground.draws import keys

import numpy as np

from .characters import CLASSES
from .counts import counts
from .pictures import pictures

SEED = 2026
"""Seed of the course's own collection."""

SPLITS = {"train": "train", "validation": "train", "test": "test", "careless": "careless"}
"""The splits, and the group of writers of each. Whoever wrote for "test" wrote for no other."""

VALIDATION = 0.2
"""The share of the training pictures that is set aside for validation."""


def dataset(
    split: str, per_class: int | None = None, *, seed: int = SEED
) -> tuple[np.ndarray, np.ndarray]:
    """Draw one split of the data set.

    Parameters
    ----------
    split
        ``"train"``, ``"validation"`` (other pictures by the same 600 people), ``"test"`` (140
        others, whose habits lie 1.25 times as far apart) or ``"careless"`` (one more, who was in
        a hurry).
    per_class
        Pictures of each character; by default the published numbers, in which two characters are
        scarce: 25,764, 6,442, 7,684 and 385 in all. The pictures of a smaller set are among those
        of a larger one.
    seed
        Of the collection.

    Returns
    -------
    images : numpy.ndarray
        uint8 (N, 80, 60, 1): 255 is paper, 0 is ink.
    labels : numpy.ndarray
        int64 (N,): indices into ``CLASSES``, shuffled.

    Raises
    ------
    ValueError
        When the split does not exist or ``per_class`` is below 1.

    Examples
    --------
    >>> images, labels = dataset("careless")
    >>> images.shape
    (385, 80, 60, 1)
    """
    if split not in SPLITS:
        raise ValueError(f"split is {split!r}: use one of {', '.join(map(repr, SPLITS))}")
    if per_class is not None and per_class < 1:
        raise ValueError(f"per_class is {per_class}: give at least 1, or None for all")
    each = class_counts(split) if per_class is None else np.full(len(CLASSES), per_class)
    labels = np.repeat(np.arange(len(CLASSES)), each)
    ranks = np.arange(len(labels)) - np.repeat(np.cumsum(each) - each, each)
    if split == "validation":  # in the collection of "train" they come last
        ranks += class_counts("train")[labels]
    numbers = ranks * len(CLASSES) + labels
    order = np.argsort(keys(seed, list(SPLITS).index(split), numbers), kind="stable")
    labels, numbers = labels[order], numbers[order]
    return pictures(labels, seed=seed, writers=SPLITS[split], numbers=numbers), labels


def class_counts(split: str) -> np.ndarray:
    """Count a split's pictures of each label, as published: int64 (55,).

    Training and validation share what :func:`counts` calls "train".
    """
    if split not in ("train", "validation"):
        return np.array(list(counts(split).values()))
    both = np.array(list(counts("train").values()))
    exact = VALIDATION * both
    held = np.floor(exact).astype(np.int64)
    missing = int(np.ceil(exact.sum() - 1e-6)) - held.sum()
    held[np.argsort(held - exact, kind="stable")[:missing]] += 1
    return held if split == "validation" else both - held
