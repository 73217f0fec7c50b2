"""The networks of section 09 untrained, and the pictures that they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.handwriting import CLASSES, fields

import numpy as np

if TYPE_CHECKING:  # Keras takes seconds to import
    import keras

CHARACTERS = tuple("人大犬天太夫口因木本")
STAMPED = CHARACTERS.index("太")
"""The class that came with a stamp."""

SHAPE = (48, 40, 1)
NAMES = ("plain", "stamped")


def labelled(each: int, *, seed: int, writers: str = "train") -> tuple[np.ndarray, np.ndarray]:
    """Draw so many fields with each of the ten characters.

    Returns
    -------
    images : numpy.ndarray
        float32 (10 · each, 48, 40, 1), 0 to 255, without a stamp.
    labels : numpy.ndarray
        int64, 0 to 9: indices into ``CHARACTERS``.
    """
    labels = np.repeat(np.arange(len(CHARACTERS)), each)
    classes = np.take([CLASSES.index(character) for character in CHARACTERS], labels)
    return fields(classes, seed=seed, writers=writers, size=SHAPE[:2]), labels


def build(name: str = "plain") -> keras.Model:
    """Build a network with fresh weights, 61,658 in all; it gives logits of ten characters.

    Raises
    ------
    ValueError
        When the name is unknown.
    """
    if name not in NAMES:
        raise ValueError(f"model {name!r} is unknown: use one of {', '.join(map(repr, NAMES))}")
    import keras
    from keras import layers

    def block(number: int, filters: int, size: int = 3, strides: int = 1) -> list[keras.Layer]:
        # Normalisation shifts each channel itself, so the convolution needs no bias.
        return [
            layers.Conv2D(
                filters, size, strides, padding="same", use_bias=False, name=f"conv{number}"
            ),
            layers.BatchNormalization(momentum=0.9, name=f"norm{number}"),
            layers.ReLU(name=f"relu{number}"),
        ]

    return keras.Sequential(
        [
            keras.Input(SHAPE),
            # Paper is 0 and ink is 1: what zero padding adds is then paper.
            layers.Rescaling(-1 / 255, offset=1.0),
            *block(1, 16, size=5, strides=2),
            *block(2, 32),
            layers.MaxPooling2D(),
            *block(3, 64),
            *block(4, 64),
            # The largest answer of each filter, wherever it is: so a map says where to look.
            layers.GlobalMaxPooling2D(),
            layers.Dense(len(CHARACTERS), name="logits"),
        ],
        name=name,
    )
