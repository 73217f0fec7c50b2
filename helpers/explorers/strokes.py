"""From strokes of a mouse, pen or finger to a picture as the data set holds it, and its classes."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from .predictions import as_probabilities

__all__ = ["predict_drawing", "strokes_to_image"]

FINE = 8  # subpixels a side for each pixel: lines get soft edges
# As in the median picture of helpers.handwriting.
MARGIN = 0.065  # of each side, left free around the ink
PEN = 0.036  # width of a line, in sides of a square picture of the same area
MOST_STRETCH = 1.5  # how much more one axis may be enlarged than the other


def strokes_to_image(strokes, size: tuple[int, int] = (80, 60)) -> np.ndarray:
    """Draw strokes as a picture like those of the data set.

    The ink is moved to the centre and scaled until it fills the picture except for a margin. As
    pictures of the data set are, it is stretched to the picture's proportions, but never so far
    that a single line becomes a blot: an axis is enlarged at most 1.5 times as much as the other.

    Parameters
    ----------
    strokes
        A sequence of strokes, each (n, 2): points (x, y) in any unit, x to the right, y downwards.
        A stroke of one point is a dot.
    size
        Height and width of the picture in pixels.

    Returns
    -------
    numpy.ndarray
        (height, width, 1) uint8: 255 is paper, 0 is ink. Without strokes it is all paper.

    Raises
    ------
    ValueError
        If a stroke is no (n, 2) array of finite numbers.
    """
    lines = [_check(stroke, index) for index, stroke in enumerate(strokes)]
    lines = [line for line in lines if len(line)]
    height, width = size
    if not lines:
        return np.full((height, width, 1), 255, np.uint8)
    lines = _fit(lines, height * FINE, width * FINE)
    page = Image.new("L", (width * FINE, height * FINE), 255)
    pen = ImageDraw.Draw(page)
    thick = PEN * np.sqrt(height * width) * FINE
    for line in lines:
        corners = [tuple(point) for point in line.tolist()]
        if len(corners) > 1:
            pen.line(corners, fill=0, width=round(thick), joint="curve")
        for x, y in (corners[0], corners[-1]):  # a pen's ends are round
            r = thick / 2
            pen.ellipse((x - r, y - r, x + r, y + r), fill=0)
    return np.asarray(page.reduce(FINE))[..., np.newaxis]


def predict_drawing(
    model, strokes, classes: Sequence[str], top: int = 5
) -> list[tuple[str, float]]:
    """Tell which classes a model sees in a drawing.

    Parameters
    ----------
    model
        A Keras model, or any function, from a batch (1, H, W, 1) in 0..255 to (1, K) logits or
        probabilities. A model's own input size is used; without one, 80 x 60.
    strokes
        As for :func:`strokes_to_image`.
    classes
        K names, in the order of the model's outputs.
    top
        How many to give.

    Returns
    -------
    list of (str, float)
        The most probable classes with their probabilities, the most probable first; nothing for a
        drawing without strokes.

    Raises
    ------
    ValueError
        If the model has not one output for each class.
    """
    if not any(len(stroke) for stroke in strokes):
        return []
    return rank(model, strokes_to_image(strokes, input_size(model)), classes, top)


def rank(model, image: np.ndarray, classes: Sequence[str], top: int) -> list[tuple[str, float]]:
    """Give the most probable classes of one picture (H, W, 1), the most probable first."""
    batch = image[np.newaxis].astype(np.float32)
    # Called, not predict(): that would set up a data pipeline for every stroke.
    outputs = model(batch, training=False) if hasattr(model, "input_shape") else model(batch)
    probabilities = as_probabilities(outputs)[0]
    if len(probabilities) != len(classes):
        raise ValueError(
            f"the model has {len(probabilities)} outputs and there are {len(classes)} classes: "
            "give one name for each output."
        )
    best = np.argsort(-probabilities, kind="stable")[:top]
    return [(str(classes[index]), float(probabilities[index])) for index in best]


def input_size(model) -> tuple[int, int]:
    """Give the height and width of the pictures that a model takes, (80, 60) if it does not say."""
    shape = getattr(model, "input_shape", None) or (None,)
    height, width = shape[1:3] if len(shape) == 4 else (None, None)
    return (height or 80, width or 60)


def _check(stroke, index: int) -> np.ndarray:
    line = np.asarray(stroke, dtype=np.float64)
    if line.size == 0:
        return line.reshape(0, 2)
    if line.ndim != 2 or line.shape[1] != 2 or not np.isfinite(line).all():
        raise ValueError(
            f"strokes[{index}] has shape {line.shape}: give points (n, 2) of finite numbers."
        )
    return line


def _fit(lines: list[np.ndarray], height: int, width: int) -> list[np.ndarray]:
    """Move and scale points so that the ink, pen included, fills the page except for its margin."""
    low = np.min([line.min(axis=0) for line in lines], axis=0)
    high = np.max([line.max(axis=0) for line in lines], axis=0)
    room = np.array([width, height]) * (1 - 2 * MARGIN) - PEN * np.sqrt(height * width)
    with np.errstate(divide="ignore"):
        scale = room / (high - low)
    if np.isinf(scale).all():
        scale[:] = 1  # a dot stays one
    scale = np.minimum(scale, scale.min() * MOST_STRETCH)
    middle, centre = (low + high) / 2, np.array([width, height]) / 2
    return [(line - middle) * scale + centre for line in lines]
