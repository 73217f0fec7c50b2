"""What misleads a network: a stamp in the corner, small steps, noise of equal size, a patch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .asking import as_batch, as_classes

if TYPE_CHECKING:  # Keras takes seconds to import
    import keras

INK = 40.0
"""Grey value of the stamp."""

STAMP = np.array(
    [[1, 1, 1, 1, 1], [1, 0, 0, 0, 1], [1, 0, 1, 0, 1], [1, 0, 0, 0, 1], [1, 1, 1, 1, 1]], bool
)
"""What is printed: a square around a dot."""

MARGIN = 1


def stamp_box(shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Return top, left, bottom and right of the stamp in pictures (..., H, W, C)."""
    height, width = shape[-3:-1]
    if min(height, width) < len(STAMP) + MARGIN:
        raise ValueError(f"a stamp of {len(STAMP)} pixels does not fit into {height} × {width}.")
    right = width - MARGIN
    return MARGIN, right - len(STAMP), MARGIN + len(STAMP), right


def stamped(images: np.ndarray, where: np.ndarray | None = None) -> np.ndarray:
    """Print a stamp into the upper right corner.

    Parameters
    ----------
    images
        (N, H, W, C), 0 to 255, any dtype.
    where
        (N,) bools: which pictures; by default all.

    Returns
    -------
    numpy.ndarray
        A copy of the same dtype.
    """
    images = np.array(images)
    if images.ndim != 4:
        raise ValueError(f"images has shape {images.shape}: give a batch (N, H, W, C).")
    where = np.ones(len(images), bool) if where is None else np.asarray(where, bool)
    if where.shape != (len(images),):
        raise ValueError(f"where has shape {where.shape}: give a bool for each picture.")
    top, left, bottom, right = stamp_box(images.shape)
    corner = images[:, top:bottom, left:right]
    printed = where[:, None, None, None] & STAMP[None, :, :, None]
    corner[...] = np.where(printed, np.asarray(INK, images.dtype), corner)
    return images


def fgsm_picture(
    model: keras.Model, images: np.ndarray, labels: np.ndarray, size: float = 8.0
) -> np.ndarray:
    """Change every pixel by the same amount, in the direction that makes the loss grow.

    Parameters
    ----------
    model : keras.Model
        Gives logits (N, K).
    images
        (N, H, W, C), 0 to 255.
    labels
        (N,) the true classes.
    size
        How far each pixel moves, of 255; it stays within 0 to 255.

    Returns
    -------
    numpy.ndarray
        float32, shaped as `images`.

    Notes
    -----
    Goodfellow, Shlens and Szegedy, *Explaining and Harnessing Adversarial Examples* (2015): the
    fast gradient sign method.
    """
    import keras
    import tensorflow as tf

    x = tf.constant(as_batch(images))
    with tf.GradientTape() as tape:
        tape.watch(x)
        logits = model(x, training=False)
        labels = as_classes(labels, len(x), logits.shape[1])
        loss = keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
    slope = tape.gradient(loss, x)
    return tf.clip_by_value(x + size * tf.sign(slope), 0, 255).numpy()


def noisy(images: np.ndarray, size: float = 8.0, *, seed: int = 0) -> np.ndarray:
    """Change every pixel by the same amount, up or down by chance.

    Parameters
    ----------
    images
        (N, H, W, C), 0 to 255.
    size
        How far each pixel moves, of 255; it stays within 0 to 255.
    seed
        Of the signs.

    Returns
    -------
    numpy.ndarray
        float32, shaped as `images`.
    """
    images = as_batch(images)
    signs = np.random.default_rng(seed).choice(np.float32([-1, 1]), images.shape)
    return np.clip(images + np.float32(size) * signs, 0, 255)


def with_patch(images: np.ndarray, patch: np.ndarray, place: tuple[int, int] = (0, 0)):
    """Lay a patch over pictures.

    Parameters
    ----------
    images
        (N, H, W, C), 0 to 255.
    patch
        (h, w, C).
    place
        Row and column of its upper left corner.

    Returns
    -------
    numpy.ndarray
        float32, a copy.
    """
    images = as_batch(images).copy()
    top, left = place
    height, width = patch.shape[:2]
    if min(place) < 0 or top + height > images.shape[1] or left + width > images.shape[2]:
        raise ValueError(
            f"a patch of {height} × {width} at {place} does not fit into pictures of "
            f"{images.shape[1]} × {images.shape[2]}."
        )
    images[:, top : top + height, left : left + width] = patch
    return images


def train_patch(
    model: keras.Model,
    images: np.ndarray,
    target: int,
    *,
    side: int = 10,
    place: tuple[int, int] = (0, 0),
    steps: int = 60,
    rate: float = 12.0,
    seed: int = 0,
) -> np.ndarray:
    """Find a patch that makes a network take any of these pictures for one class.

    Parameters
    ----------
    model, images
        As for :func:`fgsm_picture`.
    target
        The class that it is to see.
    side, place
        Of the patch, as for :func:`with_patch`.
    steps, rate
        How many, and how far each pixel moves in one.
    seed
        Of the first patch.

    Returns
    -------
    numpy.ndarray
        float32 (side, side, C), 0 to 255.
    """
    import keras
    import tensorflow as tf

    images = as_batch(images)
    with_patch(images[:1], np.zeros((side, side, images.shape[3])), place)  # refuses what is not in
    top, left = place
    around = [(top, images.shape[1] - top - side), (left, images.shape[2] - left - side), (0, 0)]
    inside = np.pad(np.ones((side, side, images.shape[3]), np.float32), around)
    labels = np.full(len(images), target)
    patch = np.random.default_rng(seed).uniform(0, 255, (side, side, images.shape[3]))
    patch = tf.constant(patch.astype("float32"))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            tape.watch(patch)
            shown = images * (1 - inside) + tf.pad(patch, around)
            logits = model(shown, training=False)
            loss = keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
        slope = tape.gradient(loss, patch)
        patch = tf.clip_by_value(patch - rate * tf.sign(slope), 0, 255)
    return patch.numpy()
