"""A training that was watched: eighty epochs, and twelve pictures that were read after each one.

``python -m helpers.making.reference --long`` and ``--twelve`` made what lies in ``watched/``.
"""

from __future__ import annotations

import json
from pathlib import Path

from helpers import handwriting

import numpy as np

FOLDER = Path(__file__).parent / "watched"
LONG, TWELVE = "long.json", "twelve.json"
CHARACTERS = "口山川木林大太犬门问月朋"
"""The twelve: alone, doubled, and some that differ by a stroke."""


def long_history(folder: Path = FOLDER) -> dict[str, list[float]]:
    """Return the history of the reference network when it is trained for eighty epochs.

    The recipe is that of ``load("cnn")``, and so are its first epochs but for rounding; the weights
    of this longer training are not kept.

    Returns
    -------
    dict of str to list
        As :func:`history` of the reference models.
    """
    return _read(folder / LONG)["history"]


def twelve_guesses(folder: Path = FOLDER) -> list[list[list[tuple[str, float]]]]:
    """Return what the reference network took twelve test pictures for as its training went on.

    Returns
    -------
    list
        For each epoch, from 0 (before the first step), for each picture the five most probable
        characters with their probabilities, the most probable first.
    """
    return [
        [[(name, share) for name, share in picture] for picture in epoch]
        for epoch in _read(folder / TWELVE)["guesses"]
    ]


def twelve_pictures() -> np.ndarray:
    """Draw the twelve pictures, one of each of ``CHARACTERS``: uint8 (12, 80, 60, 1)."""
    images, labels = handwriting.dataset("test", 1)
    place = {handwriting.CLASSES[label]: row for row, label in enumerate(labels)}
    return images[[place[name] for name in CHARACTERS]]


def _read(file: Path) -> dict:
    return json.loads(file.read_text(encoding="utf-8"))
