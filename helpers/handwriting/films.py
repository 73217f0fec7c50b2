"""Short films of characters that move: where each is in each frame is known exactly.

What a tracker is measured by.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from helpers.ground.draws import bell, keys

import numpy as np

from .sheet import Sheet, checked, composed, inked, placed


class Film(NamedTuple):
    """One film of characters that move and keep their form.

    ``images``: uint8 (T, H, W, 1); ``labels``: (M,) int64; ``boxes``: (T, M, 4) int64, as a
    page's: character k of one frame is character k of the next.
    """

    images: np.ndarray
    labels: np.ndarray
    boxes: np.ndarray


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
        As for :func:`helpers.handwriting.pages`.

    Returns
    -------
    Film

    Raises
    ------
    ValueError
        As for :func:`helpers.handwriting.pages`; and when there is no frame, or a speed below 0.
    """
    among = checked(size, many, heights, among, writers)
    if number < 0 or frames < 1 or speed < 0:
        raise ValueError(
            f"number is {number}, frames is {frames}, speed is {speed}: give numbers from 0, and "
            "at least one frame"
        )
    sheet = Sheet(seed, number, writers, film=True)
    labels, inks = inked(sheet, many, heights, among, size)
    places, kept = placed(sheet, inks, size, gap=2)
    inks = [inks[k] for k in kept]
    way = bell(keys(sheet.key, 5, np.arange(len(kept))), 2)
    way *= speed / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-3)[:, None]
    room = np.array([[size[0] - ink.shape[0], size[1] - ink.shape[1]] for ink in inks])
    images, boxes = [], []
    for t in range(frames):
        now = _reflected(places + t * way, room)
        image, its_boxes, _ = composed(sheet, inks, now, size)
        images.append(image)
        boxes.append(its_boxes)
    return Film(np.stack(images), labels[kept], np.stack(boxes))


def _reflected(places: np.ndarray, room: np.ndarray) -> np.ndarray:
    """Bring places back onto the page, as a ball is that rolls between walls."""
    span = np.maximum(2 * room, 1)
    inside = np.mod(places, span)
    return np.round(np.minimum(inside, span - inside)).astype(np.int64).clip(0, room)
