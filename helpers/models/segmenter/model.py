"""The U-Net, its weights, and the log of its training."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.models.weights import restore

if TYPE_CHECKING:  # Keras takes seconds to import
    import keras

FOLDER = Path(__file__).parent / "weights"
LOG = "training.json"
FILTERS = (8, 16, 32, 64)


def build(filters: Sequence[int] = FILTERS) -> keras.Model:
    """Build the network: a page (H, W, 1) of bytes becomes (H, W, 1) logits, one for each pixel.

    The sides must be multiples of 8. On the way down each map is half as high and wide as the one
    before; on the way up it is doubled again, and joined with the map of its size.
    """
    import keras
    from keras import layers

    def twice(x, count: int):
        for _ in range(2):
            x = layers.Conv2D(count, 3, padding="same", use_bias=False)(x)
            x = layers.ReLU()(layers.BatchNormalization()(x))
        return x

    inputs = keras.Input((None, None, 1))
    x = layers.Rescaling(-1 / 255, offset=1)(inputs)
    passed = []
    for count in filters[:-1]:
        x = twice(x, count)
        passed.append(x)
        x = layers.MaxPooling2D(2)(x)
    x = twice(x, filters[-1])
    for count, skip in zip(filters[-2::-1], passed[::-1], strict=True):
        x = layers.Conv2DTranspose(count, 2, strides=2)(x)
        x = twice(layers.Concatenate()([skip, x]), count)
    outputs = layers.Conv2D(1, 1)(x)
    return keras.Model(inputs, outputs, name="segmenter")


def load(folder: Path = FOLDER) -> keras.Model:
    """Load the trained U-Net; nothing is trained.

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
    """Return what was noted when the U-Net was trained: recipe, time, results by seed."""
    return json.loads((folder / LOG).read_text(encoding="utf-8"))
