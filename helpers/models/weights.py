"""Weights on disk, halved to float16: small enough to live in the repository."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:  # Keras takes seconds to import
    import keras


def restore(model: keras.Model, folder: Path) -> None:
    """Give a model the weights that :func:`save` wrote under its name, as float32, in place."""
    with np.load(folder / f"{model.name}.npz", allow_pickle=False) as stored:
        model.set_weights([stored[key].astype(np.float32) for key in stored.files])


def save(model: keras.Model, folder: Path) -> None:
    """Write a model's weights, halved to float16, under its name.

    The seeds of augmentation layers are no weights and stay out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    weights = [np.asarray(weight, np.float16) for weight in model.get_weights()]
    np.savez_compressed(
        folder / f"{model.name}.npz", **{f"{n:02}": weight for n, weight in enumerate(weights)}
    )
