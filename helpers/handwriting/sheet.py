"""A sheet of paper on which one person writes several characters, and what chance decides of it.

What `pages` and `films` share.
"""

from __future__ import annotations

from collections.abc import Sequence

from helpers.ground.draws import keys, uniform

import numpy as np

from .characters import CLASSES
from .paper import scanned
from .pictures import written
from .writers import GROUPS, Hands, hands

INK = 64
"""A pixel belongs to a character from this much ink on, of 255."""

MOST = 60
"""Characters that a page can be asked for."""

TRIES = 200
"""Places that are tried for a character before it is left out."""


class Sheet:
    """Whose page it is, and what chance has in store for it."""

    def __init__(self, seed: int, number: int, writers: str, *, film: bool = False) -> None:
        self.key = keys(seed, list(GROUPS).index(writers), 70 + film, number)
        self._first = (2 * number + film) * (MOST + 1)
        person = int(keys(self.key, 1)[0] % np.uint64(GROUPS[writers]))
        self._whose = {"seed": seed, "writers": writers, "writer": person}

    def hands(self, count: int) -> Hands:
        """Return the hand of the same person at so many moments."""
        return hands(self._first + np.arange(count), **self._whose)

    def paper(self) -> Hands:
        """Return the moment at which the page is scanned."""
        return hands(np.array([self._first + MOST]), **self._whose)


def inked(
    sheet: Sheet,
    many: tuple[int, int],
    heights: tuple[float, float],
    among: np.ndarray,
    size: tuple[int, int],
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Choose the characters and write them.

    One that is larger than the page is left out, and one so small and faint that it has no ink.
    """
    count = many[0] + int(uniform(keys(sheet.key, 2), 1)[0, 0] * (many[1] - many[0] + 1))
    chance = uniform(keys(sheet.key, 3, np.arange(count)), 2)
    labels = among[(chance[:, 0] * len(among)).astype(np.int64)]
    wanted = heights[0] + chance[:, 1] * (heights[1] - heights[0])
    inks = written(labels, sheet.hands(count), wanted) if count else []
    fits = [
        k
        for k, ink in enumerate(inks)
        if ink.shape[0] <= size[0] and ink.shape[1] <= size[1] and ink.max() >= INK
    ]
    return labels[fits], [inks[k] for k in fits]


def placed(
    sheet: Sheet, inks: list[np.ndarray], size: tuple[int, int], gap: int
) -> tuple[np.ndarray, list[int]]:
    """Find a place for each: (M, 2) int64, row and column; and the numbers of those placed."""
    places, kept = [], []
    taken: list[tuple[int, int, int, int]] = []
    for k, ink in enumerate(inks):
        height, width = ink.shape
        tries = uniform(keys(sheet.key, 4, k, np.arange(TRIES)), 2)
        corners = (tries * [size[0] - height + 1, size[1] - width + 1]).astype(np.int64)
        for top, left in corners.tolist():
            own = top, left, top + height, left + width
            if all(_apart(own, other, gap) for other in taken):
                taken.append(own)
                places.append((top, left))
                kept.append(k)
                break
    return np.array(places, np.int64).reshape(-1, 2), kept


def _apart(one: tuple[int, ...], other: tuple[int, ...], gap: int) -> bool:
    return any(
        one[axis] - other[axis + 2] >= gap or other[axis] - one[axis + 2] >= gap for axis in (0, 1)
    )


def composed(
    sheet: Sheet, inks: list[np.ndarray], places: np.ndarray, size: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lay ink on one page and scan it: image, boxes and mask."""
    canvas = np.zeros(size, np.uint8)
    mask = np.zeros(size, np.int64)
    boxes = np.zeros((len(inks), 4), np.int64)
    for k, (ink, (top, left)) in enumerate(zip(inks, places.tolist(), strict=True)):
        here = slice(top, top + ink.shape[0]), slice(left, left + ink.shape[1])
        # Where two have ink, the pixel is the darker one's.
        mask[here][(ink >= INK) & (ink > canvas[here])] = k + 1
        canvas[here] = np.maximum(canvas[here], ink)
        rows, columns = (np.flatnonzero((ink >= INK).any(axis=axis)) for axis in (1, 0))
        boxes[k] = (
            left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1,
        )  # fmt: skip
    return scanned(canvas[None], sheet.paper())[0][..., None], boxes, mask


def checked(
    size: tuple[int, int],
    many: tuple[int, int],
    heights: tuple[float, float],
    among: Sequence[int] | None,
    writers: str,
) -> np.ndarray:
    """Return the labels to choose from, or refuse what does not exist or fit."""
    if writers not in GROUPS:
        raise ValueError(f"writers is {writers!r}: use one of {', '.join(map(repr, GROUPS))}")
    if not 0 <= many[0] <= many[1] <= MOST:
        raise ValueError(f"many is {many}: give the least and the greatest number, up to {MOST}")
    if not 12 <= heights[0] <= heights[1]:
        raise ValueError(f"heights is {heights}: give the least and the greatest, from 12 pixels")
    if min(size) < heights[1]:
        raise ValueError(
            f"size is {size}, and a character may be {heights[1]:g} pixels high: give a larger page"
        )
    labels = np.arange(len(CLASSES)) if among is None else np.asarray(among)
    known = labels.ndim == 1 and labels.size and np.issubdtype(labels.dtype, np.integer)
    if not known or labels.min() < 0 or labels.max() >= len(CLASSES):
        raise ValueError(f"among is {among!r}: give labels from 0 to {len(CLASSES) - 1}")
    return labels
