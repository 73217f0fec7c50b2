"""Keras layers as a reference for single images."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def through(layer: Callable, image: Any) -> np.ndarray:
    """Send one image through a Keras layer and return what comes out, without the batch axis.

    Parameters
    ----------
    layer : keras.layers.Layer
        Or any function from a batch to a batch.
    image : array
        (H, W, C), or a single map (H, W), whose channel axis is added and taken away again.

    Returns
    -------
    numpy.ndarray
        As the layer computes it: float32, unless the layer says otherwise.
    """
    image = np.asarray(image, dtype="float32")
    if image.ndim == 2:
        return np.array(layer(image[np.newaxis, :, :, np.newaxis]))[0, ..., 0]
    return np.array(layer(image[np.newaxis]))[0]
