"""How a hand moves: from the path of a template to the path of one writer's pen."""

from __future__ import annotations

from typing import NamedTuple

from helpers.ground.draws import bell, keys

import numpy as np

from .joining import Chance, Rows, join
from .skeletons import Skeletons
from .writers import Hands

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
    rows = _rows(table, labels)
    own = labels[rows.owner]
    key = keys(hands.picture[rows.owner], 5, rows.number)
    always = bell(keys(hands.writer[rows.owner], own, rows.number), 6)
    chance = Chance(key, always, bell(key, 4))
    habits = {name: value[rows.owner] for name, value in hands.habits.items()}
    part = bell(keys(hands.writer[rows.owner], own, 64 + table.parts[rows.stroke]), 4)

    x, y = _strokes(table, rows, chance, habits)
    drift = _drift(table, rows, chance, habits, part)
    x, y = x + drift[rows.mine, 0], y + drift[rows.mine, 1]
    down = join(x, y, table, rows, chance, habits)
    x, y = _whole(x, y, rows.picture, labels, hands)
    width = _width(x, y, table.along[rows.point], table.air[rows.point], rows.picture, hands.habits)
    width *= (1 + 0.1 * chance.now[:, 0])[rows.mine]
    return Motion(x, y, rows.picture, rows.begins, down, width)


def _rows(table: Skeletons, labels: np.ndarray) -> Rows:
    picture, point, begins = _gather(table.first[labels], table.count[labels])
    owner, stroke, first = _gather(table.first_stroke[labels], table.strokes[labels])
    number = stroke - table.first_stroke[labels][owner]
    last = number == table.strokes[labels][owner] - 1
    mine = table.stroke[point] + first[picture]
    return Rows(picture, point, mine, begins, owner, stroke, number, last)


def _strokes(
    table: Skeletons, rows: Rows, chance: Chance, habits: dict[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Write each stroke about its own centre: hook, length, turn, arc and wobble."""
    mine, along = rows.mine, table.along[rows.point]
    centre, pivot = table.centres[rows.stroke][mine], table.pivots[rows.stroke][mine]
    x, y = table.points[rows.point].T
    hook = np.where(table.hook[rows.point], habits["hook"][mine], 1.0)
    x, y = pivot[:, 0] + hook * (x - pivot[:, 0]), pivot[:, 1] + hook * (y - pivot[:, 1])
    x, y = x - centre[:, 0], y - centre[:, 1]

    always, now = chance.always, chance.now
    scale = habits["reach"] + habits["uneven"] * (0.8 * always[:, 2] + 0.5 * now[:, 2])
    turn = habits["turn"] * (0.8 * always[:, 3] + 0.4 * now[:, 3])
    # Cosine and sine without either, whose last digit differs between machines.
    cosine, sine = (1 - turn * turn) / (1 + turn * turn), 2 * turn / (1 + turn * turn)
    cosine, sine = (scale * cosine)[mine], (scale * sine)[mine]
    x, y = cosine * x - sine * y, sine * x + cosine * y

    swelling = 4 * along * (1 - along) * (habits["bow"] + habits["bend"] * always[:, 4])[mine]
    chord = table.chords[rows.stroke][mine]
    x, y = x - swelling * chord[:, 1], y + swelling * chord[:, 0]
    wobble = _tremor(chance.key, along * table.lengths[rows.stroke][mine], mine)
    wobble *= habits["tremor"][mine, None]
    return x + centre[:, 0] + wobble[:, 0], y + centre[:, 1] + wobble[:, 1]


def _drift(
    table: Skeletons, rows: Rows, chance: Chance, habits: dict[str, np.ndarray], part: np.ndarray
) -> np.ndarray:
    """Find how far each stroke, and the part it belongs to, is from its place: (S, 2)."""
    drift = habits["parts"][:, None] * part[:, :2]
    drift += habits["shape"][:, None] * chance.always[:, :2]
    drift += habits["haste"][:, None] * chance.now[:, :2]
    # With few strokes each one matters more, and writers keep closer to their places.
    strokes = np.bincount(rows.owner)[rows.owner]
    return drift * np.minimum(1.0, 0.5 + 0.1 * strokes)[:, None]


def _whole(
    x: np.ndarray, y: np.ndarray, picture: np.ndarray, labels: np.ndarray, hands: Hands
) -> tuple[np.ndarray, np.ndarray]:
    """Shape the character as a whole: halves, uneven stretching, slant and climb."""
    habits = {n: hands.habits[n][picture] for n in ("left", "top", "sheet", "slant", "climb")}
    # Polynomials that keep the sides of the square where they are.
    x, y = x + habits["left"] * (0.25 - x * x), y + habits["top"] * (0.25 - y * y)
    knots = bell(keys(hands.writer, labels, 6), 2 * SHEET * SHEET)
    knots = (knots + 0.4 * bell(keys(hands.picture, 7), 2 * SHEET * SHEET)).reshape(-1, 2)
    shift = _sheet(knots, x, y, picture)
    x, y = x + habits["sheet"] * shift[:, 0], y + habits["sheet"] * shift[:, 1]
    x = x - habits["slant"] * y
    return x, y - habits["climb"] * x


def _gather(first: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Spread ranges: the owner of each item, its row in the table, where each owner begins."""
    begins = np.cumsum(count) - count
    owner = np.repeat(np.arange(len(count)), count)
    return owner, np.arange(len(owner)) + (first - begins)[owner], begins


def _tremor(key: np.ndarray, far: np.ndarray, mine: np.ndarray) -> np.ndarray:
    """Wobble smoothly along each stroke: (P, 2), deviation about 0.7."""
    place = far * 8.0
    knot = np.floor(place)
    part = place - knot
    part = (part * part * (3 - 2 * part))[:, None]
    values = bell(key + np.uint64(9), 40).reshape(len(key), 20, 2)
    knot = np.minimum(knot.astype(np.int64), 18)
    return (1 - part) * values[mine, knot] + part * values[mine, knot + 1]


def _sheet(knots: np.ndarray, x: np.ndarray, y: np.ndarray, picture: np.ndarray) -> np.ndarray:
    """Read the uneven stretching at each point: (P, 2)."""
    across = np.clip((x + 0.5) * (SHEET - 1), 0.0, SHEET - 1.001)
    down = np.clip((y + 0.5) * (SHEET - 1), 0.0, SHEET - 1.001)
    column, row = np.floor(across), np.floor(down)
    s, t = across - column, down - row
    s, t = (s * s * (3 - 2 * s))[:, None], (t * t * (3 - 2 * t))[:, None]
    knot = picture * SHEET * SHEET + (row * SHEET + column).astype(np.int64)
    above = (1 - s) * knots[knot] + s * knots[knot + 1]
    below = (1 - s) * knots[knot + SHEET] + s * knots[knot + SHEET + 1]
    return (1 - t) * above + t * below


def _width(
    x: np.ndarray,
    y: np.ndarray,
    along: np.ndarray,
    air: np.ndarray,
    picture: np.ndarray,
    habits: dict[str, np.ndarray],
) -> np.ndarray:
    """Follow the pressure of the pen: thin bridges, thinner ends, thin across and thick down."""
    dx, dy = np.append(np.diff(x), 0.0), np.append(np.diff(y), 0.0)
    steep = dy * dy / (dx * dx + dy * dy + 1e-9)
    width = 1 + habits["chisel"][picture] * (2 * steep - 1)
    width *= 1 + habits["taper"][picture] * (0.35 - along * along)
    return np.where(air, 0.6 * width, width)
