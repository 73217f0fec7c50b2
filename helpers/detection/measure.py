"""How good a detector is: precision and recall at every threshold, and average precision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from helpers.handwriting import Page

import numpy as np

from .found import Found, Sides, overlaps


class Curve(NamedTuple):
    """Precision and recall as the threshold falls, the surest box first.

    ``scores``, ``precision`` and ``recall``: (M,) float; ``average``: the average precision, the
    mean over all things of the precision at which each was found, 0 for one that was not.
    """

    scores: np.ndarray
    precision: np.ndarray
    recall: np.ndarray
    average: float


def curve(
    pages: Sequence[Page],
    found: Sequence[Found],
    *,
    label: int | None = None,
    overlap: float = 0.5,
) -> Curve:
    """Measure what was found on some pages.

    A box is a hit when its intersection over union with a character that no surer box has taken
    is at least ``overlap``.

    Parameters
    ----------
    pages
        What stands on them.
    found
        What was found on each, in the same order.
    label
        Only characters with this label, and boxes that say so. None: all, whatever the boxes say,
        which measures localisation alone.
    overlap
        From 0 to 1.

    Raises
    ------
    ValueError
        Where there are not as many results as pages, or where there is nothing to find.
    """
    if len(pages) != len(found):
        raise ValueError(f"{len(pages)} pages and {len(found)} results: give one for each page")
    scores, hits, count = [np.zeros(0)], [np.zeros(0, bool)], 0
    for page, its in zip(pages, found, strict=True):
        boxes = page.boxes if label is None else page.boxes[page.labels == label]
        its = its if label is None else its.at(its.labels == label)
        count += len(boxes)
        scores.append(its.scores)
        hits.append(_hits(its, boxes, overlap))
    if not count:
        what = "characters" if label is None else f"characters with label {label}"
        raise ValueError(f"the pages hold no {what}: nothing to find")
    order = np.argsort(-np.concatenate(scores), kind="stable")
    hit = np.concatenate(hits)[order]
    right = np.cumsum(hit)
    precision = right / np.arange(1, len(hit) + 1)
    return Curve(
        np.concatenate(scores)[order], precision, right / count, float(precision[hit].sum() / count)
    )


def mean_average_precision(
    pages: Sequence[Page], found: Sequence[Found], *, overlap: float = 0.5
) -> float:
    """Return the mean of the average precision over the labels that the pages hold.

    Parameters
    ----------
    pages, found, overlap
        As for :func:`curve`.
    """
    present = np.unique(np.concatenate([page.labels for page in pages]))
    each = [curve(pages, found, label=label, overlap=overlap).average for label in present]
    return float(np.mean(each))


def _hits(found: Found, boxes: np.ndarray, least: float) -> np.ndarray:
    """Tell which boxes of one picture are hits, in the order that they have: (M,) bool."""
    shared = overlaps(Sides(found.boxes, boxes))
    hits = np.zeros(len(found.scores), bool)
    for k in np.argsort(-found.scores, kind="stable"):
        if shared.shape[1] and shared[k].max() >= least:
            hits[k] = True
            shared[:, shared[k].argmax()] = -1  # a character is found once
    return hits
