"""Pages with several characters: where each stands is known exactly.

What a detector or a segmentation network learns from, and what it is measured by.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from .sheet import INK, Sheet, checked, composed, inked, placed

__all__ = ["INK", "Page", "pages"]


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
    among = checked(size, many, heights, among, writers)
    if count < 0 or first < 0:
        raise ValueError(f"count is {count} and first is {first}: give numbers from 0")
    return [
        _page(Sheet(seed, first + i, writers), size, many, heights, gap, among)
        for i in range(count)
    ]


def _page(
    sheet: Sheet,
    size: tuple[int, int],
    many: tuple[int, int],
    heights: tuple[float, float],
    gap: int,
    among: np.ndarray,
) -> Page:
    labels, inks = inked(sheet, many, heights, among, size)
    places, kept = placed(sheet, inks, size, gap)
    image, boxes, mask = composed(sheet, [inks[k] for k in kept], places, size)
    return Page(image, labels[kept], boxes, mask)
