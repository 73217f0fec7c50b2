"""The backbone untrained: what becomes of a picture until its features."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Keras takes seconds to import
    import keras

NAME = "backbone"
SHAPE = (80, 60, 1)
STEM = 24
BLOCKS = {"block1": 48, "block2": 96, "block3": 48}
"""Residual blocks in order, and how many channels each gives; each halves height and width. The
last is narrow: a head on few features has little to learn from few pictures."""

FEATURES = BLOCKS["block3"]


def build() -> keras.Model:
    """Build the backbone with fresh weights.

    Returns
    -------
    keras.Model
        Functional, named "backbone", of built-in layers whose names begin with their block:
        ``stem_``, ``block1_``, ``block2_``, ``block3_``. It takes images (N, 80, 60, 1) from 0 to
        255 and gives features (N, 48), float32, none below 0. There is no head and no
        augmentation in it. Its BatchNormalization layers behave differently in training unless
        they are frozen.
    """
    import keras
    from keras import layers

    images = keras.Input(SHAPE, name="images")
    # Paper is 0 and ink is 1: what zero padding adds is then paper.
    x = layers.Rescaling(-1 / 255, offset=1.0, name="stem_rescaling")(images)
    x = _normalised(x, "stem", STEM, kernel_size=5, strides=2)
    x = layers.ReLU(name="stem_relu")(x)
    for name, channels in BLOCKS.items():
        x = _residual(layers.MaxPooling2D(padding="same", name=f"{name}_pool")(x), name, channels)
    x = layers.GlobalAveragePooling2D(name="features")(x)
    return keras.Model(images, x, name=NAME)


def _residual(x, name: str, channels: int):
    """Two convolutions, and beside them a shortcut that only changes the number of channels."""
    from keras import layers

    shortcut = _normalised(x, f"{name}_shortcut", channels, kernel_size=1)
    x = _normalised(x, f"{name}_first", channels)
    x = layers.ReLU(name=f"{name}_first_relu")(x)
    x = _normalised(x, f"{name}_second", channels)
    return layers.ReLU(name=f"{name}_relu")(layers.Add(name=f"{name}_add")([x, shortcut]))


def _normalised(x, name: str, filters: int, kernel_size: int = 3, strides: int = 1):
    from keras import layers

    # Normalisation shifts each channel itself, so the convolution needs no bias.
    x = layers.Conv2D(
        filters, kernel_size, strides, padding="same", use_bias=False, name=f"{name}_conv"
    )(x)
    # By default the means and variances for inference lag by hundreds of batches, more than there
    # are when pictures are few.
    return layers.BatchNormalization(momentum=0.9, name=f"{name}_bn")(x)
