"""The reference models' weights, and the log of their training."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.models.weights import restore

from .architectures import build, demand_known

if TYPE_CHECKING:
    import keras

FOLDER = Path(__file__).parent / "weights"
LOG = "training.json"


def load(name: str, folder: Path = FOLDER) -> keras.Model:
    """Load a trained reference model; nothing is trained.

    Parameters
    ----------
    name : {"logistic", "cnn", "improved"}
        See :func:`build` for what each is and gives.
    folder
        Where the weights lie; by default those of the course.

    Returns
    -------
    keras.Model
        Compiled, with float32 weights; it takes images (N, 80, 60, 1) from 0 to 255. Called
        directly, write ``model(images, training=False)``: Keras's augmentation layers are awake
        otherwise. ``predict`` and ``evaluate`` put them to sleep.

    Raises
    ------
    ValueError
        When the name is unknown.
    """
    model = build(name)
    restore(model, folder)
    return model


def history(name: str) -> dict[str, list[float]]:
    """Return the training history of a reference model, as Keras's ``History.history``.

    Returns
    -------
    dict of str to list
        ``loss``, ``accuracy``, ``top5`` and their ``val_`` partners: one value an epoch.

    Raises
    ------
    ValueError
        When the name is unknown.
    """
    demand_known(name)
    return log()["histories"][name]


def log() -> dict:
    """Return all that was noted when the models were trained: seeds, sizes, results."""
    return json.loads((FOLDER / LOG).read_text(encoding="utf-8"))
