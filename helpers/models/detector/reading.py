"""From the grid of logits back to boxes on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from helpers.detection import Found, suppress

import numpy as np

from .model import BOXES, OF_BOX, SIDE, STRIDE

if TYPE_CHECKING:
    import keras


class Answer(NamedTuple):
    """All boxes that a grid answers with, cell by cell, row by row.

    ``boxes``: (M, 4) float, left, top, right and bottom edge in pixels; ``objectness``: (M,) float,
    how probable it is that there is a character.
    """

    boxes: np.ndarray
    objectness: np.ndarray


def find(
    model: keras.Model, images: np.ndarray, *, score: float = 0.3, overlap: float | None = 0.6
) -> list[Found]:
    """Find the characters of some pages.

    Parameters
    ----------
    model
        As :func:`helpers.models.detector.build` makes it.
    images
        Pages (N, H, W, 1), uint8, whose sides are multiples of 16.
    score
        Boxes that are less sure are left out. A box's score is how probable it is that there is a
        character, times how probable its name is, if there is one.
    overlap
        For non-max suppression; None leaves it out.

    Returns
    -------
    list of Found
        For each page, the surest box first.
    """
    answers = np.asarray(model.predict(np.asarray(images), batch_size=32, verbose=0))
    found = []
    for logits in answers:
        boxes, objectness = boxes_of(logits)
        names = names_of(logits).reshape(-1, 1, answers.shape[-1] - BOXES * OF_BOX)
        names = np.repeat(names, BOXES, axis=1).reshape(len(boxes), -1)
        its = Found(boxes, objectness * names.max(axis=1), names.argmax(axis=1))
        # An overlap of 1 is never exceeded: all boxes stay.
        found.append(suppress(its, score=score, overlap=1.0 if overlap is None else overlap))
    return found


def boxes_of(logits: np.ndarray) -> Answer:
    """Turn the logits of one page, (rows, columns, 65), into boxes."""
    rows, columns = logits.shape[:2]
    raw = logits[..., : BOXES * OF_BOX].reshape(rows, columns, BOXES, OF_BOX).astype(float)
    shares = 1 / (1 + np.exp(-raw))
    row, column = np.indices((rows, columns))
    corner = np.stack([column, row], axis=-1)[:, :, None]
    centre = (corner + shares[..., :2]) * STRIDE
    half = SIDE * shares[..., 2:4] ** 2 / 2
    edges = np.concatenate([centre - half, centre + half], axis=-1)
    return Answer(edges.reshape(-1, 4), shares[..., 4].ravel())


def names_of(logits: np.ndarray) -> np.ndarray:
    """Return each cell's probabilities of the names: (rows, columns, 55)."""
    raw = logits[..., BOXES * OF_BOX :].astype(float)
    shares = np.exp(raw - raw.max(axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True)
