"""The sheet and the scanner: where a character stands in its picture, and what the scan adds."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from helpers.ground.draws import bell, keys, uniform

import numpy as np

from .motion import Motion
from .writers import Hands

UPRIGHT = (1.04, 2.0)
"""Least and greatest height of a picture over its width; a box beyond gets more paper."""

TILE = 256
"""Side of the square of noise that all scans take their grain from, each from another place."""


class Frame(NamedTuple):
    """What is cut out of the sheet for each picture, in pixels of the scan.

    ``height``, ``width``: (N,) int64; ``left``, ``top``: (N,) float64, where the cut begins;
    ``em_x``, ``em_y``: (N,) float64, pixels for one unit of the pen's path.
    """

    height: np.ndarray
    width: np.ndarray
    left: np.ndarray
    top: np.ndarray
    em_x: np.ndarray
    em_y: np.ndarray


def frame(path: Motion, hands: Hands) -> Frame:
    """Cut out each character, with some paper around it."""
    habits = hands.habits
    em_y = habits["height"]
    em_x = em_y * habits["narrow"]
    seen = path.down | np.append(False, path.down[:-1])
    left, right = _bounds(path.x, seen, path.begins)
    top, bottom = _bounds(path.y, seen, path.begins)
    margin = habits["margin"] * em_y + 0.5 * habits["width"]
    drift = (habits["adrift"] * em_y)[:, None] * bell(keys(hands.picture, 10), 2)
    across = (right - left) * em_x + 2 * margin + np.abs(drift[:, 0])
    down = (bottom - top) * em_y + 2 * margin + np.abs(drift[:, 1])
    width = np.ceil(np.maximum(across, down / UPRIGHT[1]))
    height = np.ceil(np.maximum(down, width * UPRIGHT[0]))
    spare = uniform(keys(hands.picture, 11), 2) * 0.4 + 0.3
    begin_x = margin + np.maximum(drift[:, 0], 0) + spare[:, 0] * (width - across)
    begin_y = margin + np.maximum(drift[:, 1], 0) + spare[:, 1] * (height - down)
    return Frame(
        height.astype(np.int64),
        width.astype(np.int64),
        left * em_x - begin_x,
        top * em_y - begin_y,
        em_x,
        em_y,
    )


def _bounds(
    values: np.ndarray, seen: np.ndarray, begins: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    low = np.minimum.reduceat(np.where(seen, values, np.inf), begins)
    high = np.maximum.reduceat(np.where(seen, values, -np.inf), begins)
    return low, high


@cache
def _noise() -> np.ndarray:
    """Draw the tile of noise: (2 * TILE, 2 * TILE) uint8, itself four times, values 0 to 255."""
    fine = (uniform(keys(17, np.arange(TILE)), TILE) * 256).astype(np.uint16)
    coarse = fine + np.roll(fine, 1, 0) + np.roll(fine, 1, 1) + np.roll(fine, (1, 1), (0, 1))
    tile = ((fine + coarse // 4) // 2).astype(np.uint8)
    return np.tile(tile, (2, 2))


def scanned(ink: np.ndarray, hands: Hands) -> np.ndarray:
    """Put ink on paper and scan it.

    Parameters
    ----------
    ink
        uint8 (N, H, W), 255 is the blackest.
    hands
        Who wrote; sets the grain.

    Returns
    -------
    numpy.ndarray
        uint8 (N, H, W): 255 is white.
    """
    height, width = ink.shape[1:]
    chance = uniform(keys(hands.picture, 12), 4)
    corner = (chance[:, :2] * TILE).astype(np.int64)
    rows = (corner[:, :1] + np.arange(height) % TILE)[:, :, None]
    columns = (corner[:, 1:] + np.arange(width) % TILE)[:, None, :]
    noise = _noise()[rows, columns].astype(np.uint16)
    grain = np.round(hands.habits["grain"] * 256).astype(np.uint16)[:, None, None]
    # Most scans are cleaned until the paper is white; on some a grey remains.
    grey = np.maximum(chance[:, 2] * 40 - 28, 0).astype(np.uint16)[:, None, None]
    kept = np.uint16(256) - ((grain * noise) >> np.uint16(8))
    dark = (ink * kept) >> np.uint16(8)
    dark = np.maximum(dark, (grey * (noise | np.uint16(128))) >> np.uint16(8))
    return (np.uint16(255) - dark).astype(np.uint8)
