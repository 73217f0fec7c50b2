"""How a hand moves: from the path of a template to the path of one writer's pen."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .draws import bell, keys, uniform
from .skeletons import Skeletons
from .writers import Hands

ROUNDS = 6
"""Passes of smoothing over a path; each reaches one point further."""

SHEET = 4
"""The uneven stretching of the paper is known at SHEET x SHEET places."""


class Motion(NamedTuple):
    """The pen's paths of N pictures, one after another.

    ``x``, ``y``: (P,) float64, in heights of the character, y downwards; ``picture``: (P,) int64,
    whose path it is; ``begins``: (N,) int64, where each path begins; ``down``: (P,) bool, the pen
    inks the way from this point to the next; ``width``: (P,) float64, of the line, 1 is the pen's.
    """

    x: np.ndarray
    y: np.ndarray
    picture: np.ndarray
    begins: np.ndarray
    down: np.ndarray
    width: np.ndarray


def motion(table: Skeletons, labels: np.ndarray, hands: Hands) -> Motion:
    """Write characters.

    Parameters
    ----------
    table
        Of all characters.
    labels
        (N,) int64: which of them to write.
    hands
        Who writes each.
    """
    habits = hands.habits
    picture, point, begins = _gather(table.first[labels], table.count[labels])
    owner, stroke, first_stroke = _gather(table.first_stroke[labels], table.strokes[labels])
    mine = table.stroke[point] + first_stroke[picture]  # a point's row in the strokes' arrays

    numbers = stroke - table.first_stroke[labels][owner]
    always = keys(hands.writer[owner], labels[owner], numbers)
    now = keys(hands.picture[owner], 5, numbers)
    shape, haste = bell(always, 6), bell(now, 4)
    of = {name: value[owner] for name, value in habits.items()}

    # --- strokes and parts, about their own centres
    centre = table.centres[stroke]
    part = bell(keys(hands.writer[owner], labels[owner], 64 + table.parts[stroke]), 4)
    drift = of["parts"][:, None] * part[:, :2]
    drift += of["shape"][:, None] * shape[:, :2] + of["haste"][:, None] * haste[:, :2]
    # With few strokes each one matters more, and writers keep closer to their places.
    drift *= np.minimum(1.0, 0.5 + 0.1 * table.strokes[labels][owner])[:, None]
    scale = of["reach"] + of["uneven"] * (0.8 * shape[:, 2] + 0.5 * haste[:, 2])
    turn = of["turn"] * (0.8 * shape[:, 3] + 0.4 * haste[:, 3])
    cosine, sine = (1 - turn * turn) / (1 + turn * turn), 2 * turn / (1 + turn * turn)

    x, y = table.points[point].T
    pivot = table.pivots[stroke][mine]
    hooked = np.where(table.hook[point], of["hook"][mine], 1.0)
    x, y = pivot[:, 0] + hooked * (x - pivot[:, 0]), pivot[:, 1] + hooked * (y - pivot[:, 1])
    x, y = x - centre[mine, 0], y - centre[mine, 1]
    cosine, sine = (scale * cosine)[mine], (scale * sine)[mine]
    x, y = cosine * x - sine * y, sine * x + cosine * y
    along = table.along[point]
    swelling = 4 * along * (1 - along) * (of["bow"] + of["bend"] * shape[:, 4])[mine]
    chord = table.chords[stroke][mine]
    x, y = x - swelling * chord[:, 1], y + swelling * chord[:, 0]
    wobble = _tremor(now, along * table.lengths[stroke][mine], mine) * of["tremor"][mine, None]
    x = x + (centre[:, 0] + drift[:, 0])[mine] + wobble[:, 0]
    y = y + (centre[:, 1] + drift[:, 1])[mine] + wobble[:, 1]

    # --- the way from one stroke to the next
    air = table.air[point]
    last = np.append(first_stroke[1:], len(owner)) - 1
    gap = np.ones(len(owner), bool)
    gap[last] = False  # nothing follows the last stroke
    ends = np.flatnonzero(~air & np.append(mine[1:] != mine[:-1], True) | _before(air))
    starts = np.flatnonzero(np.append(True, mine[1:] != mine[:-1]))
    nearness = _bridges(x, y, air, along, mine, ends, starts, gap)
    lost = (uniform(now, 8)[:, 6] < of["lost"]) & (table.strokes[labels][owner] > 6)
    joined = gap & ~lost & ~np.append(lost[1:], False)
    joined &= uniform(now, 8)[:, 7] < of["joined"] * nearness
    down = np.where(air, joined[mine], ~lost[mine])
    down[ends] = joined
    _smooth(x, y, _ends_of_ink(down), habits["round"][picture])

    # --- the character as a whole
    x, y = _stretch(x, y, habits, picture)
    sheet = bell(keys(hands.writer, labels, 6), 2 * SHEET * SHEET)
    sheet = (sheet + 0.4 * bell(keys(hands.picture, 7), 2 * SHEET * SHEET)).reshape(-1, 2)
    lift = habits["sheet"][picture]
    shift = _sheet(sheet, x, y, picture)
    x, y = x + lift * shift[0], y + lift * shift[1]
    x = x - habits["slant"][picture] * y
    y = y - habits["climb"][picture] * x

    width = _width(x, y, along, air, habits, picture) * (1 + 0.1 * haste[:, 0])[mine]
    return Motion(x, y, picture, begins, down, width)


def _gather(first: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Spread ranges: the owner of each item, its row in the table, where each owner begins."""
    begins = np.cumsum(count) - count
    owner = np.repeat(np.arange(len(count)), count)
    return owner, np.arange(len(owner)) + (first - begins)[owner], begins


def _before(flags: np.ndarray) -> np.ndarray:
    """Mark the points that come right before a flagged one and are not flagged themselves."""
    return ~flags & np.append(flags[1:], False)


def _tremor(key: np.ndarray, far: np.ndarray, mine: np.ndarray) -> np.ndarray:
    """Wobble smoothly along each stroke: (P, 2), deviation about 0.7."""
    place = far * 8.0
    knot = np.floor(place)
    part = place - knot
    part = (part * part * (3 - 2 * part))[:, None]
    values = bell(key + np.uint64(9), 40).reshape(len(key), 20, 2)
    knot = np.minimum(knot.astype(np.int64), 18)
    return (1 - part) * values[mine, knot] + part * values[mine, knot + 1]


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


def _stretch(
    x: np.ndarray, y: np.ndarray, habits: dict[str, np.ndarray], picture: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Make one half wide and the other narrow, keeping the sides."""
    left, top = habits["left"][picture], habits["top"][picture]
    return x + left * (0.25 - x * x), y + top * (0.25 - y * y)


def _sheet(
    knots: np.ndarray, x: np.ndarray, y: np.ndarray, picture: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Read the uneven stretching at each point."""
    across = np.clip((x + 0.5) * (SHEET - 1), 0.0, SHEET - 1.001)
    down = np.clip((y + 0.5) * (SHEET - 1), 0.0, SHEET - 1.001)
    column, row = np.floor(across), np.floor(down)
    s, t = across - column, down - row
    s, t = (s * s * (3 - 2 * s))[:, None], (t * t * (3 - 2 * t))[:, None]
    knot = picture * SHEET * SHEET + (row * SHEET + column).astype(np.int64)
    above = (1 - s) * knots[knot] + s * knots[knot + 1]
    below = (1 - s) * knots[knot + SHEET] + s * knots[knot + SHEET + 1]
    shift = (1 - t) * above + t * below
    return shift[:, 0], shift[:, 1]


def _width(
    x: np.ndarray,
    y: np.ndarray,
    along: np.ndarray,
    air: np.ndarray,
    habits: dict[str, np.ndarray],
    picture: np.ndarray,
) -> np.ndarray:
    """Follow the pressure of the pen: thin bridges, thinner ends, thin across and thick down."""
    dx, dy = np.append(np.diff(x), 0.0), np.append(np.diff(y), 0.0)
    steep = dy * dy / (dx * dx + dy * dy + 1e-9)
    width = 1 + habits["chisel"][picture] * (2 * steep - 1)
    width *= 1 + habits["taper"][picture] * (0.35 - along * along)
    return np.where(air, 0.6 * width, width)
