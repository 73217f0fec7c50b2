"""Pseudo-characters: what a network can learn to read before it has seen any of the 55.

A pseudo-character puts components together that handwriting has, in a way that none of the 55
characters does: two side by side, one above the other, one in a frame, or three. It is written
down as :mod:`.composed` writes characters down: ``"女-left@5,8,43,94 虎@46,6,96,95"``. Some exist
in Chinese, which does not matter: who learns them learns strokes, parts and places, and never sees
one of the 55.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product

from helpers.ground.draws import keys, uniform

import numpy as np

from .composed import LAYOUTS
from .curves import GRID
from .pictures import draw
from .skeletons import Skeletons, skeletons
from .templates import COMPONENTS, place

SEED = 55
"""Seed of the pseudo-characters, and of the people who write them: none of them wrote for the
course's own collection."""

N_CLASSES = 400
"""Number of pseudo-characters of the course."""

PARTS = tuple("大口月木王羊鱼虎女山水东舟竹火")
"""The components that may stand in any place: one of each family of look-alikes. That a dot makes
太 of 大, or a stroke that sticks out 夫 of 天, nobody learns here: it is left for the 55."""

SHORT = {"口": 0.5, "山": 0.7, "女": 0.85}
"""Components that do not take the whole height beside another: their share of it."""

FRAMES = {
    "囗": ("囗-open@13,8,87,95 {}@26,22,75,79 一@14,87,87,88"),
    "门": ("门@12,5,88,96 {}@29,31,70,84"),
    "冂": ("囗-open@12,7,88,96 {}@27,27,73,90"),
}
"""A frame, and where in it the other component goes."""

SHARES = {"left-right": 0.4, "top-bottom": 0.3, "enclosed": 0.1, "pyramid": 0.1, "side": 0.1}
"""The arrangements, and how many of the pseudo-characters each makes up."""


@cache
def pseudo_characters(n_classes: int = N_CLASSES, seed: int = SEED) -> tuple[str, ...]:
    """Compose characters that are none of the 55.

    Parameters
    ----------
    n_classes
        How many.
    seed
        Of the choice among the thousands that are possible, and of the boxes' sizes.

    Returns
    -------
    tuple of str
        A line for each: ``name@left,top,right,bottom`` of its components in the order of writing,
        the names being those of ``COMPONENTS``, the boxes on the grid of 100 x 100. All differ in
        their components or in how these are arranged. Label i is line i.

    Raises
    ------
    ValueError
        When there are not as many.

    Examples
    --------
    >>> len(pseudo_characters(30))
    30
    """
    chosen: list[str] = []
    ends = np.round(np.cumsum([*SHARES.values()]) * n_classes).astype(int)
    for number, (kind, end) in enumerate(zip(SHARES, ends.tolist(), strict=True)):
        possible = _possible(kind)
        if n_classes < 1 or end - len(chosen) > len(possible):
            raise ValueError(
                f"n_classes is {n_classes}: give at least 1, and so few that {SHARES[kind]:.0%} of "
                f"them are at most {len(possible)}, all that are {kind}."
            )
        order = np.argsort(keys(seed, number, np.arange(len(possible))), kind="stable")
        for index in order[: end - len(chosen)].tolist():
            sizes = uniform(keys(seed, number, index, 1), 2)[0] * 2 - 1
            chosen.append(_layout(kind, possible[index], sizes.tolist()))
    return tuple(chosen)


def pseudo_strokes(character: str) -> tuple[np.ndarray, ...]:
    """Give the strokes of a pseudo-character.

    Parameters
    ----------
    character
        A line as :func:`pseudo_characters` returns it.

    Returns
    -------
    tuple of numpy.ndarray
        One float64 array (n, 2) for each stroke: points (x, y) in the unit square, y downwards.
    """
    drawn: list[np.ndarray] = []
    for part in character.split():
        name, _, box = part.partition("@")
        drawn += place(COMPONENTS[name], [float(side) / GRID for side in box.split(",")])
    return tuple(drawn)


def pseudo_pictures(
    labels: np.ndarray,
    *,
    seed: int = SEED,
    characters: Sequence[str] | None = None,
    writers: str = "train",
    size: tuple[int, int] = (80, 60),
    numbers: np.ndarray | None = None,
) -> np.ndarray:
    """Draw pseudo-characters as the same kind of people would write them.

    Parameters
    ----------
    labels
        (N,) integers: indices into ``characters``.
    seed, writers, size, numbers
        As for :func:`helpers.handwriting.pictures`.
    characters
        As :func:`pseudo_characters` returns them; by default the course's own.

    Returns
    -------
    numpy.ndarray
        uint8 (N, H, W, 1): 255 is paper, 0 is ink.

    Raises
    ------
    ValueError
        When a label, the writers or the size does not exist.

    Examples
    --------
    >>> pseudo_pictures([0, 1, 2]).shape
    (3, 80, 60, 1)
    """
    table = _table(tuple(pseudo_characters() if characters is None else characters))
    return draw(table, labels, seed=seed, writers=writers, size=size, numbers=numbers)


@cache
def _table(characters: tuple[str, ...]) -> Skeletons:
    return skeletons([pseudo_strokes(character) for character in characters])


def _possible(kind: str) -> list[tuple[str, ...]]:
    """List what an arrangement can be made of and none of the 55 characters is."""
    if kind == "enclosed":
        parts = product(FRAMES, PARTS)
    else:
        parts = product(PARTS, repeat=3 if kind in ("pyramid", "side") else 2)
    real = {_made_of(layout) for layout in LAYOUTS.values()}
    return [found for found in parts if _made_of(_layout(kind, found, [0.0, 0.0])) not in real]


def _made_of(layout: str) -> tuple[str, ...]:
    """Name the components of a layout in order, whichever form and box each has."""
    names = [part.partition("@")[0] for part in layout.split()]
    made: list[str] = []
    for name in names:
        made += _made_of(LAYOUTS[name]) if name in LAYOUTS else [name.partition("-")[0]]
    return tuple(made)


def _layout(kind: str, parts: tuple[str, ...], sizes: list[float]) -> str:
    """Write down one arrangement; ``sizes`` are two numbers from -1 to 1 that vary its boxes."""
    one, other = parts[0], parts[1]
    if kind == "left-right":
        cut = 44 + 7 * sizes[0]
        return f"{_beside(one, 'left', 5, cut)} {_beside(other, 'right', cut + 3, 96)}"
    if kind == "top-bottom":
        cut = 47 + 8 * sizes[0]
        inset = 14 + 5 * sizes[1]
        return f"{_put(one, 'top', inset, 4, 100 - inset, cut)} " + (
            f"{_put(other, 'bottom', 8, cut + 4, 93, 97)}"
        )
    if kind == "enclosed":
        return FRAMES[one].format(_form(other, "inside"))
    last = parts[2]
    if kind == "pyramid":
        cut, inset = 46 + 5 * sizes[0], 20 + 5 * sizes[1]
        return f"{_put(one, 'top', inset, 4, 100 - inset, cut)} " + (
            f"{_put(other, 'left', 4, cut + 3, 46, 97)} {_put(last, 'right', 50, cut + 2, 97, 97)}"
        )
    cut, split = 50 + 5 * sizes[0], 36 + 4 * sizes[1]
    right = split + 4
    return f"{_beside(one, 'left', 4, split)} " + (
        f"{_put(other, 'top', right, 4, 96, cut)} {_put(last, 'bottom', right, cut + 4, 96, 97)}"
    )


def _beside(name: str, side: str, left: float, right: float) -> str:
    """Put a component beside another: a short one keeps to the middle of the height."""
    half = 45 * SHORT.get(name, 1.0)
    return _put(name, side, left, 51 - half, right, 51 + half)


def _put(name: str, where: str, *box: float) -> str:
    return f"{_form(name, where)}@{','.join(f'{side:.0f}' for side in box)}"


def _form(name: str, where: str) -> str:
    """Name the form that a component has in a place, as 木 has at the left."""
    form = f"{name}-{where}"
    return form if form in COMPONENTS else name
