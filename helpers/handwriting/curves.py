"""Strokes as text: straight pieces, corners and curves on a grid of 100 x 100, origin top left.

A stroke is written as points ``x,y``. A plain point lies on the stroke, and the pen goes there
straight: where it turns, there is a corner. A point marked ``~`` pulls the pen towards itself on
the way to the next plain point, as the control point of a Bézier curve does; there may be one or
two of them. So ``"50,8 ~50,60 8,92"`` is a falling stroke (撇), and ``"20,26 80,22 74,80"`` a
horizontal one that turns downwards (横折).
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

GRID = 100.0
STEP = 0.02  # of the unit square, between two points of a sampled stroke
FLAT = 0.03

Stroke = tuple[np.ndarray, ...]  # pieces one after another, each with 2, 3 or 4 control points


def parse(text: str) -> Stroke:
    """Read one stroke.

    Parameters
    ----------
    text
        Points as the module describes them, separated by spaces.

    Returns
    -------
    tuple of numpy.ndarray
        The pieces: control points (2, 3 or 4, 2) in the unit square, the last point of each being
        the first one of the next.

    Raises
    ------
    ValueError
        When the text does not begin and end on the stroke, or pulls more than twice in a row.
    """
    pieces, points = [], []
    for word in text.split():
        x, y = word.removeprefix("~").split(",")
        points.append((float(x) / GRID, float(y) / GRID))
        if word.startswith("~"):
            if len(points) in (1, 4):
                raise ValueError(
                    f"stroke {text!r}: {word} needs a plain point before it, and at most two ~ "
                    "may stand in a row."
                )
        elif len(points) > 1:
            pieces.append(np.array(points))
            points = points[-1:]
    if len(points) != 1 or not pieces:
        raise ValueError(
            f"stroke {text!r}: give at least two plain points, the last one at its end."
        )
    return tuple(pieces)


def sample(stroke: Stroke, step: float = STEP) -> np.ndarray:
    """Walk along a stroke in even steps.

    Parameters
    ----------
    stroke
        Pieces as :func:`parse` returns them.
    step
        Greatest distance between two points.

    Returns
    -------
    numpy.ndarray
        Shape (n, 2), float64: points on the stroke, with every corner among them.
    """
    parts = [stroke[0][:1]]
    for piece in stroke:
        fine = _bezier(piece, np.linspace(0.0, 1.0, 65)) if len(piece) > 2 else piece
        gaps = np.sqrt((np.diff(fine, axis=0) ** 2).sum(axis=1))
        walked = np.concatenate([[0.0], np.cumsum(gaps)])
        count = max(1, math.ceil(walked[-1] / step - 1e-9))
        stops = np.linspace(0.0, walked[-1], count + 1)[1:]
        part = np.stack([np.interp(stops, walked, axis) for axis in fine.T], axis=1)
        part[-1] = piece[-1]
        parts.append(part)
    return np.concatenate(parts)


def _bezier(points: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Evaluate a Bézier curve by de Casteljau's repeated halving of the way: (len(t), 2)."""
    t = t[:, None]
    levels = [points[i : i + 1] for i in range(len(points))]
    while len(levels) > 1:
        levels = [(1 - t) * a + t * b for a, b in pairwise(levels)]
    return levels[0]


def bounds(lines: Sequence[np.ndarray]) -> tuple[float, float, float, float]:
    """Find the smallest box (left, top, right, bottom) around all the points."""
    points = np.concatenate(list(lines))
    return (*points.min(axis=0).tolist(), *points.max(axis=0).tolist())


def moved(lines: Sequence[np.ndarray], old: Sequence[float], new: Sequence[float]) -> Stroke:
    """Move points (n, 2) as the box ``old`` is stretched onto ``new``; boxes as in :func:`bounds`.

    A box that is as good as flat, as that of 一 is, is put in the middle and not stretched across.
    """
    old, new = np.reshape(old, (2, 2)), np.reshape(new, (2, 2))
    size = old[1] - old[0]
    flat = size < FLAT
    scale = np.where(flat, 1.0, (new[1] - new[0]) / np.where(flat, 1.0, size))
    return tuple((line - old.mean(axis=0)) * scale + new.mean(axis=0) for line in lines)
