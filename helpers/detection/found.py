"""What a detector found on one picture, and one box for each thing of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Found(NamedTuple):
    """Boxes on one picture.

    ``boxes``: (M, 4) float, left, top, right and bottom edge in pixels; ``scores``: (M,) float,
    how sure the detector is of each; ``labels``: (M,) int, what it takes each for.
    """

    boxes: np.ndarray
    scores: np.ndarray
    labels: np.ndarray

    def at(self, rows: np.ndarray) -> Found:
        """Return some of the boxes: by their numbers, or where a mask says so."""
        return Found(self.boxes[rows], self.scores[rows], self.labels[rows])


class Sides(NamedTuple):
    """Two sets of boxes that are to be compared, (M, 4) and (K, 4)."""

    these: np.ndarray
    those: np.ndarray


def overlaps(sides: Sides) -> np.ndarray:
    """Return the intersection over union of each of these with each of those: (M, K) float."""
    these, those = (np.asarray(boxes, float).reshape(-1, 4) for boxes in (sides.these, sides.those))
    low = np.maximum(these[:, None, :2], those[None, :, :2])
    high = np.minimum(these[:, None, 2:], those[None, :, 2:])
    common = (high - low).clip(0).prod(axis=2)
    areas = [(boxes[:, 2:] - boxes[:, :2]).clip(0).prod(axis=1) for boxes in (these, those)]
    union = areas[0][:, None] + areas[1][None] - common
    return np.divide(common, union, out=np.zeros_like(common), where=union > 0)


def suppress(found: Found, *, score: float = 0.0, overlap: float = 0.6) -> Found:
    """Keep one box for each thing: non-max suppression, whatever the labels are.

    Parameters
    ----------
    found
        As a detector gives them, in any order.
    score
        Boxes below it are dropped first.
    overlap
        A box is dropped whose intersection over union with a surer one is greater.

    Returns
    -------
    Found
        The surest first.
    """
    found = found.at(found.scores >= score)
    found = found.at(np.argsort(-found.scores, kind="stable"))
    shared = overlaps(Sides(found.boxes, found.boxes)) > overlap
    stays = np.ones(len(found.scores), bool)
    for k in range(len(stays)):
        if stays[k]:
            stays[k + 1 :] &= ~shared[k, k + 1 :]
    return found.at(stays)
