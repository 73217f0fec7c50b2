"""What excites a filter: the pictures that do it most, and pictures made to do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .asking import as_batch, layer_named, maps_alone

if TYPE_CHECKING:  # Keras takes seconds to import
    import keras

__all__ = ["ascend", "layer_named", "most_exciting", "responses"]


def responses(model: keras.Model, images: np.ndarray, layer: str | None = None) -> np.ndarray:
    """Return the maps that a layer makes of pictures.

    Parameters
    ----------
    model : keras.Model
    images
        (N, H, W, C), 0 to 255.
    layer
        Name of a layer that gives maps; by default the last one.

    Returns
    -------
    numpy.ndarray
        float32 (N, h, w, K).
    """
    return np.asarray(maps_alone(model, layer)(as_batch(images), training=False))


def most_exciting(
    model: keras.Model,
    images: np.ndarray,
    filter_number: int,
    *,
    layer: str | None = None,
    count: int = 9,
) -> tuple[np.ndarray, np.ndarray]:
    """Find the pictures that excite a filter most, and where in each.

    Parameters
    ----------
    model, images, layer
        As for :func:`responses`.
    filter_number
        From 0.
    count
        Of pictures, at most N.

    Returns
    -------
    order : numpy.ndarray
        int64 (count,): indices of pictures, the strongest first.
    places : numpy.ndarray
        int64 (count, 2): row and column, in pixels of the picture, of the strongest answer.
    """
    images = as_batch(images)
    maps = responses(model, images, layer)
    _demand_filter(filter_number, maps.shape[-1])
    one = maps[..., filter_number]
    flat = one.reshape(len(one), -1)
    order = np.argsort(-flat.max(axis=1), kind="stable")[:count]
    rows, columns = np.unravel_index(flat[order].argmax(axis=1), one.shape[1:])
    scale = np.divide(images.shape[1:3], one.shape[1:3])
    return order, ((np.column_stack([rows, columns]) + 0.5) * scale).astype(np.int64)


def ascend(
    model: keras.Model,
    filter_number: int,
    *,
    layer: str | None = None,
    steps: int = 60,
    rate: float = 8.0,
    jitter: int = 4,
    zoom: float = 0.05,
    seed: int = 0,
) -> np.ndarray:
    """Climb: change noise, step by step, into a picture that excites a filter.

    Parameters
    ----------
    model : keras.Model
        Takes pictures of one size, 0 to 255.
    filter_number, layer
        As for :func:`most_exciting`.
    steps, rate
        How many, and how far the mean pixel moves in one.
    jitter
        Before each step the picture is moved by up to so many pixels; 0 for not at all.
    zoom
        Before each step it is enlarged or shrunk by up to this share; 0 for not at all.
    seed
        Of the noise and of all movements.

    Returns
    -------
    numpy.ndarray
        float32 (H, W, C), 0 to 255.
    """
    import tensorflow as tf

    maps = maps_alone(model, layer)
    _demand_filter(filter_number, maps.output.shape[-1])

    @tf.function
    def uphill(image):
        with tf.GradientTape() as tape:
            tape.watch(image)
            score = tf.reduce_mean(maps(image, training=False)[..., filter_number])
        return tape.gradient(score, image)

    shape = model.input_shape[1:]
    rng = np.random.default_rng(seed)
    image = tf.constant(rng.normal(128, 12, (1, *shape)).astype("float32"))
    for _ in range(steps):
        shift = rng.integers(-jitter, jitter + 1, 2)
        image = tf.roll(image, shift, axis=(1, 2))
        if zoom:
            image = _zoomed(image, 1 + rng.uniform(-zoom, zoom))
        slope = uphill(image)
        # A filter that is nowhere awake has no slope: the picture then stays as it is.
        slope = slope / (tf.reduce_mean(tf.abs(slope)) + 1e-12)
        image = tf.clip_by_value(image + rate * slope, 0, 255)
        image = tf.roll(image, -shift, axis=(1, 2))
    return image.numpy()[0]


def _zoomed(image, factor: float):
    """Enlarge or shrink, then cut or pad to the size that it had."""
    import tensorflow as tf

    height, width = image.shape[1:3]
    size = max(1, round(height * factor)), max(1, round(width * factor))
    changed = tf.image.resize(image, size)
    down, across = max(0, height - size[0]), max(0, width - size[1])
    around = [(0, 0), (down // 2, -(-down // 2)), (across // 2, -(-across // 2)), (0, 0)]
    changed = tf.pad(changed, around, "SYMMETRIC")
    return tf.image.resize_with_crop_or_pad(changed, height, width)


def _demand_filter(number: int, count: int) -> None:
    if not 0 <= number < count:
        raise ValueError(f"filter {number} does not exist: they go from 0 to {count - 1}.")
