"""The backbone's weights, and the log of its training."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.models.weights import restore

from .model import build

if TYPE_CHECKING:
    import keras

FOLDER = Path(__file__).parent / "weights"
LOG = "training.json"


def load(folder: Path = FOLDER) -> keras.Model:
    """Load the trained backbone; nothing is trained.

    Parameters
    ----------
    folder
        Where the weights lie; by default the course's own.

    Returns
    -------
    keras.Model
        As :func:`build` makes it, with float32 weights, not compiled.
    """
    model = build()
    restore(model, folder)
    return model


def log(folder: Path = FOLDER) -> dict:
    """Return what was noted when the backbone was trained: seed, numbers, time, history."""
    return json.loads((folder / LOG).read_text(encoding="utf-8"))
