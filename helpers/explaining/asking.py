"""A model and a batch, checked once for everything that looks into a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:  # Keras takes seconds to import
    import keras


def as_batch(images: np.ndarray) -> np.ndarray:
    """Return pictures as a float32 batch.

    Raises
    ------
    ValueError
        When they are no batch (N, H, W, C), or there are none.
    """
    images = np.asarray(images, np.float32)
    if images.ndim != 4 or not len(images):
        raise ValueError(
            f"images has shape {images.shape}: give a batch (N, H, W, C), one picture as "
            "images[:1]."
        )
    return images


def as_classes(classes: int | np.ndarray, count: int, outputs: int) -> np.ndarray:
    """Return a class for each picture, int64 (N,).

    Raises
    ------
    ValueError
        When there is not one for each picture, or a class does not exist.
    """
    classes = np.asarray(classes)
    if classes.ndim == 0:
        classes = np.full(count, classes)
    if classes.shape != (count,) or classes.dtype.kind not in "iu":
        raise ValueError(
            f"classes has shape {classes.shape} and dtype {classes.dtype}: give one whole number, "
            f"or one for each of {count} pictures."
        )
    wrong = classes[(classes < 0) | (classes >= outputs)]
    if wrong.size:
        raise ValueError(f"class {wrong[0]} does not exist: they go from 0 to {outputs - 1}.")
    return classes.astype(np.int64)


def layer_named(model: keras.Model, name: str | None = None) -> keras.Layer:
    """Return a layer whose output is maps: the one of this name, by default the last of all.

    A ReLU behind a convolution is the last one, not the convolution; a pool is none, for it has
    thrown away where.

    Raises
    ------
    ValueError
        When the model has no layer of that name, or none that gives maps.
    """
    found = {
        layer.name: layer
        for layer in model.layers
        if len(layer.output.shape) == 4 and "Pool" not in type(layer).__name__
    }
    found = {n: layer for n, layer in found.items() if type(layer).__name__ not in PICTURES}
    if not found:
        raise ValueError(f"{model.name} has no layer that gives maps (N, H, W, C).")
    if name is None:
        return list(found.values())[-1]
    if name not in found:
        raise ValueError(f"{model.name} has no layer {name!r} with maps: use {', '.join(found)}.")
    return found[name]


PICTURES = (
    "InputLayer",
    "RandomRotation",
    "RandomTranslation",
    "RandomZoom",
    "Rescaling",
)
"""Layers that give the picture itself, changed."""


def head_and_maps(model: keras.Model, layer: str | None = None) -> keras.Model:
    """Return a model that gives a layer's maps and the model's own output."""
    import keras

    return keras.Model(model.inputs[0], [layer_named(model, layer).output, model.outputs[0]])


def maps_alone(model: keras.Model, layer: str | None = None) -> keras.Model:
    """Return a model that gives a layer's maps, and asks nothing that comes after it."""
    import keras

    return keras.Model(model.inputs[0], layer_named(model, layer).output)
