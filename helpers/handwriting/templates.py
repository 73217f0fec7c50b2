"""The template of each character: its strokes in the unit square, in the order of writing."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from .characters import CHARACTERS
from .components import DRAWINGS
from .composed import LAYOUTS
from .curves import GRID, Stroke, bounds, moved, parse, sample

UNIT = (0.0, 0.0, 1.0, 1.0)


def strokes(character: str) -> tuple[np.ndarray, ...]:
    """Give the strokes of one of the 55 characters.

    Parameters
    ----------
    character
        One of ``CHARACTERS``.

    Returns
    -------
    tuple of numpy.ndarray
        One read-only float64 array (n, 2) for each stroke, in the order of writing: points
        (x, y) at most 0.02 apart in the unit square, origin top left, y downwards. Corners are
        sharp: each is a point of the array.

    Raises
    ------
    KeyError
        When the character has no template.

    Examples
    --------
    >>> len(strokes("国"))
    8
    """
    if character not in CHARACTERS or len(character) != 1:
        raise KeyError(f"{character!r} has no template: the characters are {CHARACTERS}")
    return _template(character)


@cache
def _template(name: str) -> tuple[np.ndarray, ...]:
    lines = tuple(sample(stroke) for stroke in outlines(name))
    for line in lines:
        line.flags.writeable = False  # shared by all who ask
    return lines


def outlines(name: str) -> list[Stroke]:
    """Read a drawing, or put a character together, in control points."""
    if name in DRAWINGS:
        return [parse(line) for line in DRAWINGS[name].strip().splitlines()]
    drawn: list[Stroke] = []
    for part in LAYOUTS[name].split():
        component, _, box = part.partition("@")
        new = [float(value) / GRID for value in box.split(",")]
        pieces = outlines(component)
        old = bounds([sample(stroke) for stroke in pieces])
        drawn += [moved(stroke, old, new) for stroke in pieces]
    return drawn


def place(lines: Sequence[np.ndarray], box: Sequence[float]) -> tuple[np.ndarray, ...]:
    """Put strokes of the unit square into a box.

    Parameters
    ----------
    lines
        Strokes (n, 2), as ``COMPONENTS`` or :func:`strokes` hold them.
    box
        Left, top, right, bottom: where the unit square goes.

    Returns
    -------
    tuple of numpy.ndarray
        The strokes there, as new arrays.
    """
    return moved(lines, UNIT, box)


def _components() -> dict[str, tuple[np.ndarray, ...]]:
    """Stretch each drawing until its ink fills the unit square."""
    made = {}
    for name in DRAWINGS:
        pieces = outlines(name)
        box = bounds([sample(stroke) for stroke in pieces])
        made[name] = tuple(sample(moved(stroke, box, UNIT)) for stroke in pieces)
    return made


COMPONENTS: dict[str, tuple[np.ndarray, ...]] = _components()
"""Name to strokes whose ink fills the unit square: what new characters can be composed of."""
