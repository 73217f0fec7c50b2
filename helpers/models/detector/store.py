"""The detector's weights, and the log of its training."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.models.weights import restore

from .model import SIDE, build

if TYPE_CHECKING:
    import keras

FOLDER = Path(__file__).parent / "weights"
LOG = "training.json"


def load(
    folder: Path = FOLDER, *, sides: tuple[int | None, int | None] = (SIDE, SIDE)
) -> keras.Model:
    """Load the trained detector; nothing is trained.

    Parameters
    ----------
    folder
        Where the weights lie; by default the course's own.
    sides
        Height and width of the pages that it is to read; None for any.

    Returns
    -------
    keras.Model
        As :func:`helpers.models.detector.build` makes it, with float32 weights, not compiled.
    """
    model = build(sides)
    restore(model, folder)
    return model


def log(folder: Path = FOLDER) -> dict:
    """Return what was noted when the detector was trained: recipe, time, results by seed."""
    return json.loads((folder / LOG).read_text(encoding="utf-8"))
