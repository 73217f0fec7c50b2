"""Pages with several characters, and short films of them: where each stands is known exactly.

What a detector, a tracker or a segmentation network learns from, and what it is measured by.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from helpers.ground.draws import bell, keys, uniform

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


class Page(NamedTuple):
    """One page.

    ``image``: uint8 (H, W, 1), 255 is paper, 0 is ink; ``labels``: (M,) int64, indices into
    ``CLASSES``; ``boxes``: (M, 4) int64, left, top, right and bottom edge of each character's ink
    in pixels, so that ``image[top:bottom, left:right]`` cuts it out; ``mask``: (H, W) int64, 0 for
    paper and k + 1 where character k has its ink.
    """

    image: np.ndarray
    labels: np.ndarray
    boxes: np.ndarray
    mask: np.ndarray


class Film(NamedTuple):
    """One film of characters that move and keep their form.

    ``images``: uint8 (T, H, W, 1); ``labels``: (M,) int64; ``boxes``: (T, M, 4) int64, as a
    page's: character k of one frame is character k of the next.
    """

    images: np.ndarray
    labels: np.ndarray
    boxes: np.ndarray


def pages(
    count: int,
    *,
    seed: int,
    writers: str = "train",
    size: tuple[int, int] = (128, 128),
    many: tuple[int, int] = (2, 6),
    heights: tuple[float, float] = (28.0, 44.0),
    gap: int = 2,
    among: Sequence[int] | None = None,
    first: int = 0,
) -> list[Page]:
    """Write pages, each by one person, with characters anywhere on them.

    Page i depends on the seed, on i and on what is asked for, and on nothing else.

    Parameters
    ----------
    count
        Number of pages.
    seed
        Any integer: another collection, by other people.
    writers
        ``"train"``, ``"test"`` or ``"careless"``: nobody writes in two of these groups.
    size
        Height and width of a page in pixels.
    many
        Least and greatest number of characters on a page. Where no place is left for one, it is
        left out.
    heights
        Least and greatest height of the square that a character is written in, in pixels; its ink
        fills most of it.
    gap
        Pixels between the boxes of two characters at least, across or down; below 0 their boxes
        may overlap by so many, and what they wrote may touch.
    among
        Labels to choose from, by default all 55.
    first
        Number of the first page: so a large collection can be written in pieces.

    Returns
    -------
    list of Page

    Raises
    ------
    ValueError
        When something asked for does not exist or does not fit on a page.

    Examples
    --------
    >>> (page,) = pages(1, seed=1, many=(3, 3))
    >>> page.image.shape, page.boxes.shape, int(page.mask.max())
    ((128, 128, 1), (3, 4), 3)
    """
    among = _checked(size, many, heights, among, writers)
    if count < 0 or first < 0:
        raise ValueError(f"count is {count} and first is {first}: give numbers from 0")
    return [
        _page(_Sheet(seed, first + i, writers), size, many, heights, gap, among)
        for i in range(count)
    ]


def film(
    number: int,
    *,
    seed: int,
    frames: int = 24,
    writers: str = "test",
    size: tuple[int, int] = (128, 128),
    many: tuple[int, int] = (3, 4),
    heights: tuple[float, float] = (28.0, 44.0),
    speed: float = 3.0,
    among: Sequence[int] | None = None,
) -> Film:
    """Film characters that move in straight lines and turn back at the edges of the page.

    They begin apart, and pass over one another.

    Parameters
    ----------
    number
        Which film of the collection, from 0.
    frames
        Number of frames.
    speed
        Mean speed of a character in pixels a frame.
    seed, writers, size, many, heights, among
        As for :func:`pages`.

    Returns
    -------
    Film

    Raises
    ------
    ValueError
        As for :func:`pages`; and when there is no frame, or a speed below 0.
    """
    among = _checked(size, many, heights, among, writers)
    if number < 0 or frames < 1 or speed < 0:
        raise ValueError(
            f"number is {number}, frames is {frames}, speed is {speed}: give numbers from 0, and "
            "at least one frame"
        )
    sheet = _Sheet(seed, number, writers, film=True)
    labels, inks = _characters(sheet, many, heights, among, size)
    places, kept = _places(sheet, inks, size, gap=2)
    inks = [inks[k] for k in kept]
    way = bell(keys(sheet.key, 5, np.arange(len(kept))), 2)
    way *= speed / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-3)[:, None]
    room = np.array([[size[0] - ink.shape[0], size[1] - ink.shape[1]] for ink in inks])
    images, boxes = [], []
    for t in range(frames):
        now = _reflected(places + t * way, room)
        image, its_boxes, _ = _composed(sheet, inks, now, size)
        images.append(image)
        boxes.append(its_boxes)
    return Film(np.stack(images), labels[kept], np.stack(boxes))


class _Sheet:
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


def _page(
    sheet: _Sheet,
    size: tuple[int, int],
    many: tuple[int, int],
    heights: tuple[float, float],
    gap: int,
    among: np.ndarray,
) -> Page:
    labels, inks = _characters(sheet, many, heights, among, size)
    places, kept = _places(sheet, inks, size, gap)
    image, boxes, mask = _composed(sheet, [inks[k] for k in kept], places, size)
    return Page(image, labels[kept], boxes, mask)


def _characters(
    sheet: _Sheet,
    many: tuple[int, int],
    heights: tuple[float, float],
    among: np.ndarray,
    size: tuple[int, int],
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Choose the characters and write them; one that is larger than the page is left out."""
    count = many[0] + int(uniform(keys(sheet.key, 2), 1)[0, 0] * (many[1] - many[0] + 1))
    chance = uniform(keys(sheet.key, 3, np.arange(count)), 2)
    labels = among[(chance[:, 0] * len(among)).astype(np.int64)]
    wanted = heights[0] + chance[:, 1] * (heights[1] - heights[0])
    inks = written(labels, sheet.hands(count), wanted) if count else []
    fits = [k for k, ink in enumerate(inks) if ink.shape[0] <= size[0] and ink.shape[1] <= size[1]]
    return labels[fits], [inks[k] for k in fits]


def _places(
    sheet: _Sheet, inks: list[np.ndarray], size: tuple[int, int], gap: int
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


def _reflected(places: np.ndarray, room: np.ndarray) -> np.ndarray:
    """Bring places back onto the page, as a ball is that rolls between walls."""
    span = np.maximum(2 * room, 1)
    inside = np.mod(places, span)
    return np.round(np.minimum(inside, span - inside)).astype(np.int64).clip(0, room)


def _composed(
    sheet: _Sheet, inks: list[np.ndarray], places: np.ndarray, size: tuple[int, int]
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


def _checked(
    size: tuple[int, int],
    many: tuple[int, int],
    heights: tuple[float, float],
    among: Sequence[int] | None,
    writers: str,
) -> np.ndarray:
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
