"""Where a network looks: occlusion, gradients of the input, Grad-CAM."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from .asking import as_batch, as_classes, head_and_maps

if TYPE_CHECKING:  # Keras takes seconds to import
    import keras

ASKED_TOGETHER = 512
"""Pictures asked in one call."""


def occlusion(
    model: keras.Model,
    images: np.ndarray,
    classes: int | np.ndarray,
    *,
    window: int = 8,
    stride: int = 4,
    fill: float = 255.0,
) -> np.ndarray:
    """Cover a part of each picture, place by place, and note how far the score falls.

    Parameters
    ----------
    model : keras.Model
        Gives logits (N, K).
    images
        (N, H, W, C), 0 to 255.
    classes
        The class whose logit is followed, one for all or one for each picture.
    window, stride
        Side of the square that is laid over, and how far it moves, in pixels.
    fill
        Value of the square: that of paper.

    Returns
    -------
    numpy.ndarray
        float32 (N, H, W): the fall of the logit, a mean over the squares that cover a pixel. Below
        0 the picture speaks more for the class without that part. What no square covers is 0.

    Raises
    ------
    ValueError
        When the batch, a class or the window does not fit.
    """
    images = as_batch(images)
    count, height, width, _ = images.shape
    if not 1 <= window <= min(height, width) or stride < 1:
        raise ValueError(
            f"window {window} and stride {stride} do not fit into {height} × {width}: give a "
            "window that fits and a stride from 1."
        )
    before = _ask(model, images)
    classes = as_classes(classes, count, before.shape[1])
    row = np.arange(count)
    fall = np.zeros((count, height, width), np.float32)
    covered = np.zeros((height, width), np.float32)
    places = [
        (slice(top, top + window), slice(left, left + window))
        for top in _starts(height, window, stride)
        for left in _starts(width, window, stride)
    ]
    # As many squares as go into one call: a hundred pictures take little longer than one.
    together = max(1, ASKED_TOGETHER // count)
    for some in (places[k : k + together] for k in range(0, len(places), together)):
        hidden = np.repeat(images[np.newaxis], len(some), axis=0)
        for pictures, place in zip(hidden, some, strict=True):
            pictures[:, *place] = fill
        after = _ask(model, hidden.reshape(-1, *images.shape[1:])).reshape(len(some), count, -1)
        for answers, place in zip(after, some, strict=True):
            lost = before[row, classes] - answers[row, classes]
            fall[:, *place] += lost[:, np.newaxis, np.newaxis]
            covered[place] += 1
    return fall / np.maximum(covered, 1)


def _starts(side: int, window: int, stride: int) -> list[int]:
    """Return where windows begin; the last one ends at the edge."""
    return sorted({*range(0, side - window, stride), side - window})


def _ask(model: keras.Model, images: np.ndarray) -> np.ndarray:
    parts = range(0, len(images), ASKED_TOGETHER)
    return np.concatenate(
        [np.asarray(model(images[k : k + ASKED_TOGETHER], training=False)) for k in parts]
    )


def input_gradients(
    model: keras.Model, images: np.ndarray, classes: int | np.ndarray
) -> np.ndarray:
    """Ask how a class's logit changes with each number of each picture.

    Parameters
    ----------
    model, images, classes
        As for :func:`occlusion`.

    Returns
    -------
    numpy.ndarray
        float32 (N, H, W, C): above 0 a lighter pixel speaks for the class.
    """
    import tensorflow as tf

    x = tf.constant(as_batch(images))
    with tf.GradientTape() as tape:
        tape.watch(x)
        logits = model(x, training=False)
        chosen = as_classes(classes, len(x), logits.shape[1])
        score = tf.reduce_sum(tf.gather(logits, chosen, batch_dims=1))
    return tape.gradient(score, x).numpy()


def grad_cam(
    model: keras.Model,
    images: np.ndarray,
    classes: int | np.ndarray,
    *,
    layer: str | None = None,
) -> np.ndarray:
    """Weigh a layer's maps by how much each matters for a class, and add them up.

    Parameters
    ----------
    model, images, classes
        As for :func:`occlusion`.
    layer
        Name of a layer that gives maps; by default the last one.

    Returns
    -------
    numpy.ndarray
        float32 (N, H, W), from 0, enlarged to the picture's size.

    Notes
    -----
    Selvaraju and others, *Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
    Localization* (2017).
    """
    images = as_batch(images)
    both = head_and_maps(model, layer)
    chosen = as_classes(classes, len(images), model.outputs[0].shape[1])
    return _heat(both, images, chosen).numpy()


def grad_cam_of(
    model: keras.Model, layer: str | None = None
) -> Callable[[np.ndarray, int | np.ndarray], np.ndarray]:
    """Prepare :func:`grad_cam` for one model that is asked again and again.

    Parameters
    ----------
    model, layer
        As for :func:`grad_cam`.

    Returns
    -------
    function
        From images and classes to the same heat as that of :func:`grad_cam`, in a quarter of its
        time: TensorFlow goes through the model once, beforehand.
    """
    import tensorflow as tf

    both = head_and_maps(model, layer)
    pictures = tf.TensorSpec((None, *model.input_shape[1:]))
    heat = tf.function(
        partial(_heat, both), input_signature=[pictures, tf.TensorSpec((None,), tf.int64)]
    )

    def asked(images: np.ndarray, classes: int | np.ndarray) -> np.ndarray:
        images = as_batch(images)
        return heat(images, as_classes(classes, len(images), model.outputs[0].shape[1])).numpy()

    asked(np.zeros((1, *model.input_shape[1:])), 0)  # traced now, not when somebody waits
    return asked


def _heat(both: keras.Model, images, chosen):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        maps, logits = both(images, training=False)
        score = tf.reduce_sum(tf.gather(logits, chosen, batch_dims=1))
    slopes = tape.gradient(score, maps)
    weights = tf.reduce_mean(slopes, axis=(1, 2), keepdims=True)
    heat = tf.nn.relu(tf.reduce_sum(weights * maps, axis=-1, keepdims=True))
    return tf.image.resize(heat, images.shape[1:3])[..., 0]


def share_inside(heat: np.ndarray, box: tuple[int, int, int, int]) -> np.ndarray:
    """Tell which share of a map's mass lies in a box.

    Parameters
    ----------
    heat
        (N, H, W); what is below 0 counts as nothing.
    box
        Top, left, bottom, right in pixels; bottom and right are the first ones outside.

    Returns
    -------
    numpy.ndarray
        float64 (N,), 0 to 1; 0 where a map is nowhere above 0.
    """
    heat = np.maximum(np.asarray(heat, np.float64), 0)
    if heat.ndim != 3:
        raise ValueError(f"heat has shape {heat.shape}: give maps (N, H, W).")
    top, left, bottom, right = box
    whole = heat.sum(axis=(1, 2))
    inside = heat[:, top:bottom, left:right].sum(axis=(1, 2))
    return np.divide(inside, whole, out=np.zeros_like(whole), where=whole > 0)
