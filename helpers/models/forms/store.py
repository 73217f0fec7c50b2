"""The weights of section 09's networks, and the log of their training."""

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


def load(name: str, folder: Path = FOLDER) -> keras.Model:
    """Load a trained network; nothing is trained.

    Parameters
    ----------
    name : {"plain", "stamped"}
    folder
        Where the weights lie; by default those of the course.

    Raises
    ------
    ValueError
        When the name is unknown.
    """
    model = build(name)
    restore(model, folder)
    return model


def log() -> dict:
    """Return what was noted when the networks were trained: seeds, sizes, results."""
    return json.loads((FOLDER / LOG).read_text(encoding="utf-8"))
