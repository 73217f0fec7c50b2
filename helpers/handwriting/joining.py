"""From stroke to stroke: where the pen stays on the paper, and how its way is rounded."""

from __future__ import annotations

from typing import NamedTuple

from helpers.ground.draws import uniform

import numpy as np

from .skeletons import Skeletons

ROUNDS = 6
"""Passes of smoothing over a path; each reaches one point further."""


class Rows(NamedTuple):
    """Which row of the table each point and each stroke of a batch is.

    ``picture``, ``point``, ``mine``: (P,) the picture of a point, its row in the table of points,
    and its stroke; ``begins``: (N,) where the points of a picture begin; ``owner``, ``stroke``,
    ``number``: (S,) the picture of a stroke, its row in the table of strokes, and its place in the
    order of writing; ``last``: (S,) bool, it is its picture's last.
    """

    picture: np.ndarray
    point: np.ndarray
    mine: np.ndarray
    begins: np.ndarray
    owner: np.ndarray
    stroke: np.ndarray
    number: np.ndarray
    last: np.ndarray


class Chance(NamedTuple):
    """What differs from stroke to stroke: always with this writer, and this time."""

    key: np.ndarray
    always: np.ndarray
    now: np.ndarray


def join(
    x: np.ndarray,
    y: np.ndarray,
    table: Skeletons,
    rows: Rows,
    chance: Chance,
    habits: dict[str, np.ndarray],
) -> np.ndarray:
    """Lead the pen from stroke to stroke and round the corners of its way, in place.

    Parameters
    ----------
    x, y
        (P,) float64: the strokes' points are read, those in the air written, corners smoothed.
    table, rows, chance
        What is written, and what chance adds.
    habits
        Values for each stroke, (S,).

    Returns
    -------
    numpy.ndarray
        (P,) bool: the pen inks the way from this point to the next.
    """
    mine, air = rows.mine, table.air[rows.point]
    other = np.append(mine[1:] != mine[:-1], True)  # the next point is another stroke's
    ends = np.flatnonzero(~air & (other | np.append(air[1:], False)))
    starts = np.flatnonzero(np.append(True, other[:-1]))
    nearness = _bridges(x, y, air, table.along[rows.point], mine, ends, starts, ~rows.last)
    dice = uniform(chance.key, np.array([6, 7]))
    # Only where there are many strokes does a character stay what it is without one.
    lost = (dice[:, 0] < habits["lost"]) & (np.bincount(rows.owner)[rows.owner] > 6)
    joined = ~rows.last & ~lost & ~np.append(lost[1:], False)
    joined &= dice[:, 1] < habits["joined"] * nearness
    down = np.where(air, joined[mine], ~lost[mine])
    down[ends] = joined
    _smooth(x, y, _ends_of_ink(down), habits["round"][mine])
    return down


def _bridges(
    x: np.ndarray,
    y: np.ndarray,
    air: np.ndarray,
    along: np.ndarray,
    mine: np.ndarray,
    ends: np.ndarray,
    starts: np.ndarray,
    gap: np.ndarray,
) -> np.ndarray:
    """Lead the pen through the air; return how readily each stroke joins the next, 0 to 1.4."""
    following = np.where(gap, np.append(starts[1:], 0), starts)
    ax, ay, bx, by = x[ends], y[ends], x[following], y[following]
    px, py = ax - x[ends - 1], ay - y[ends - 1]  # how the pen leaves
    qx, qy = x[following + 1] - bx, y[following + 1] - by  # and how it arrives
    distance = np.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay))
    reach = distance / 0.09
    t = along[air]
    rows = mine[air]
    u = 1 - t
    a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
    px, py, qx, qy = px * reach, py * reach, qx * reach, qy * reach
    x[air] = a * ax[rows] + b * (ax + px)[rows] + c * (bx - qx)[rows] + d * bx[rows]
    y[air] = a * ay[rows] + b * (ay + py)[rows] + c * (by - qy)[rows] + d * by[rows]
    return np.clip(1.5 - 3.0 * distance, 0.0, 1.4)


def _ends_of_ink(down: np.ndarray) -> np.ndarray:
    """Mark the points where the pen touches down or leaves, and all where it is up."""
    return ~down | np.append(True, ~down[:-1])


def _smooth(x: np.ndarray, y: np.ndarray, fixed: np.ndarray, amount: np.ndarray) -> None:
    """Round the corners of the paths in place; fixed points stay."""
    weight = np.where(fixed, 0.0, 0.5 * amount)[1:-1]
    for _ in range(ROUNDS):
        for axis in (x, y):
            axis[1:-1] += weight * (0.5 * (axis[:-2] + axis[2:]) - axis[1:-1])
