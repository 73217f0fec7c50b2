"""The backbone's weights, its training's log and what it was measured to be worth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.reference.store import restore

from .model import build

if TYPE_CHECKING:
    import keras

FOLDER = Path(__file__).parent / "weights"
LOG = "training.json"
TRANSFER = "transfer.json"


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


def measured(folder: Path = FOLDER) -> dict:
    """Return what ``python -m helpers.backbone.transfer`` measured.

    Returns
    -------
    dict
        ``per_class``, ``seeds`` and ``strategies``: lists of what was tried. ``accuracy`` and
        ``careless``: for each strategy a list [pictures a class][seed] of accuracies on people
        who wrote nothing for training, and on the careless writer. ``by_class``: for each strategy
        a list [pictures a class][character] of shares recognised, mean over the seeds.
        ``trained_parameters``, ``seconds``: what each costs. ``recipes``: how each was trained.
    """
    return json.loads((folder / TRANSFER).read_text(encoding="utf-8"))
