"""From the pen's path to pixels: lines with soft edges, drawn for many pictures at once."""

from __future__ import annotations

import numpy as np

BORDER = 10
"""Pixels around each picture while it is drawn, so that no line needs clipping."""

FINE = 64
"""Places are rounded to this part of a pixel: what differs between machines in the last digit
of a float is the same from here on."""

WINDOWS = (5, 7, 9, 11, 13)
"""Sides of the squares of pixels that a piece of line is drawn into; the smallest that fits."""


def render(
    ends: np.ndarray,
    picture: np.ndarray,
    radius: np.ndarray,
    tone: np.ndarray,
    edge: np.ndarray,
    shape: tuple[int, int, int],
) -> np.ndarray:
    """Draw pieces of line.

    A pixel takes the darkest of the pieces that reach it, as ink that is laid on ink.

    Parameters
    ----------
    ends
        (M, 4) float64: x and y of both ends in pixels; pixel (0, 0) has its centre at (0.5, 0.5).
    picture
        (M,) int64: the picture that a piece belongs to.
    radius, tone, edge
        (M,) float64: half the width of the line in pixels, its ink from 0 to 1, and
        the width of its soft edge in pixels.
    shape
        (N, H, W) of the pictures.

    Returns
    -------
    numpy.ndarray
        uint8 (N, H, W): 0 is paper, 255 is black ink.
    """
    n, height, width = shape
    rows, columns = height + 2 * BORDER, width + 2 * BORDER
    canvas = np.zeros(n * rows * columns, np.uint8)
    # From here on float32: each operation on it is exact to the last digit everywhere.
    ends = (np.round(ends * FINE) / FINE).astype(np.float32)
    radius = (np.round(radius * FINE) / FINE).astype(np.float32)
    edge = (np.round(edge * FINE) / FINE).astype(np.float32)
    tone = np.round(tone * 255).astype(np.float32)
    middle = (ends[:, :2] + ends[:, 2:]) * np.float32(0.5)
    way = (ends[:, 2:] - ends[:, :2]) * np.float32(0.5)
    half = np.sqrt(way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1])
    way /= np.maximum(half, np.float32(1e-6))[:, None]
    extent = 2 * (half + radius + np.float32(0.5) * edge) + 1
    smallest = 0
    for window in WINDOWS:
        chosen = (extent > smallest) & (extent <= window)
        if window == WINDOWS[-1]:  # what is larger loses its rim
            chosen |= extent > window
        smallest = window
        if not chosen.any():
            continue
        corner = np.floor(middle[chosen] + np.float32(1 - window / 2)).astype(np.int64)
        corner[:, 0] = np.clip(corner[:, 0], -BORDER, width + BORDER - window)
        corner[:, 1] = np.clip(corner[:, 1], -BORDER, height + BORDER - window)
        darkness = _pieces(
            middle[chosen] - corner, way[chosen], half[chosen],
            radius[chosen], edge[chosen], tone[chosen], window,
        )  # fmt: skip
        place = (picture[chosen] * rows + corner[:, 1] + BORDER) * columns + corner[:, 0] + BORDER
        steps = np.arange(window)
        place = place[:, None, None] + steps[:, None] * columns + steps
        np.maximum.at(canvas, place.ravel(), darkness.ravel())
    canvas = canvas.reshape(n, rows, columns)
    return canvas[:, BORDER : BORDER + height, BORDER : BORDER + width]


def _pieces(
    middle: np.ndarray,
    way: np.ndarray,
    half: np.ndarray,
    radius: np.ndarray,
    edge: np.ndarray,
    tone: np.ndarray,
    window: int,
) -> np.ndarray:
    """Ink each piece into a square of its own: uint8 (M, window, window).

    The distance from a pixel to a piece has a share across it and, beyond its ends, one along it.
    """
    pixels = np.arange(window, dtype=np.float32) + np.float32(0.5)
    dx = pixels - middle[:, :1]
    dy = pixels - middle[:, 1:]
    along = (dx * way[:, :1])[:, None, :] + (dy * way[:, 1:])[:, :, None]
    across = (dx * way[:, 1:])[:, None, :] - (dy * way[:, :1])[:, :, None]
    np.abs(along, out=along)
    along -= half[:, None, None]
    np.maximum(along, 0, out=along)
    along *= along
    across *= across
    along += across
    np.sqrt(along, out=along)
    slope = tone / edge
    along *= -slope[:, None, None]
    along += (radius * slope + np.float32(0.5) * tone)[:, None, None]
    np.maximum(along, 0, out=along)
    np.minimum(along, tone[:, None, None], out=along)
    return along.astype(np.uint8)
