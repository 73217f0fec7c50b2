"""What the tests of pooling measure, and words that hold for whatever lacks a property.

Those for wrong answers of one form stand in `mistakes.py`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from helpers.checks import soundness
from helpers.checks.functions import FunctionCheck, function
from helpers.checks.ticks import tick
from helpers.checks.values import ValueCheck, value

import numpy as np

SEQUENCES = (list, tuple)

SHARED_PLACE = (
    "In some window x and y have their largest number at the same pixel (with a tie, at one of "
    "them), and there the maxima add up: see to it that they never share a place."
)
GROWING = "Your filters fall on the way: a network grows in channels while it shrinks in space."
POOLED_FIRST = "A pool stands where nothing was looked for yet: let each pool follow a convolution."
NARROW = (
    "A convolution has too few filters: what does not fit through them is lost for all layers that "
    "follow."
)
NOTHING_LEFT = (
    "Nothing is left of the map: each pool halves both sides and rounds down, and half of one row "
    "is none."
)
LARGE_MAP = "Your last map is too large in space: another pool halves both sides."
FEW_CHANNELS = "Your last map has too few channels: a pool keeps them, a convolution sets them."
MANY_VALUES = (
    "A map holds too many values: the first ones are the largest, so fewer filters there, or an "
    "earlier pool."
)
MANY_WEIGHTS = (
    "Too many weights: they sit in the late convolutions, where channels in and channels out are "
    "both many."
)


def additive_windows(x: np.ndarray, y: np.ndarray, size: int) -> int:
    """Count the windows, size x size, in which max(x + y) equals max x + max y.

    Parameters
    ----------
    x, y : (H, W) arrays of whole numbers
        H and W are multiples of `size`; the windows do not overlap.
    """
    starts = (range(0, side, size) for side in np.shape(x))
    windows = [(slice(r, r + size), slice(c, c + size)) for r, c in _pairs(*starts)]
    x, y = np.asarray(x), np.asarray(y)
    return sum(int(np.max(x[w] + y[w]) == np.max(x[w]) + np.max(y[w])) for w in windows)


def _pairs(rows: range, columns: range) -> list[tuple[int, int]]:
    return [(row, column) for row in rows for column in columns]


def two_arrays(pair: Any, size: int) -> bool:
    """Tell whether a result is a pair, and no single array."""
    return isinstance(pair, SEQUENCES) and len(pair) == 2


def two_a_side(pair: tuple[np.ndarray, np.ndarray], size: int) -> bool:
    """Tell whether a pair is two arrays of shape (2 size, 2 size)."""
    return [np.shape(a) for a in pair] == [(2 * size, 2 * size)] * 2


def one_to_nine(pair: tuple[np.ndarray, np.ndarray], size: int) -> bool:
    """Tell whether a pair of arrays holds whole numbers from 1 to 9."""
    return all(bool(np.isin(a, range(1, 10)).all()) for a in pair)


def never_additive(pair: tuple[np.ndarray, np.ndarray], size: int) -> bool:
    """Tell whether the maxima of a pair add up in no window."""
    return additive_windows(*pair, size) == 0


# Properties for `FunctionCheck.all_hold`: all of them are asked of one and the same result.
BREAKS = (
    ("it returns a tuple of two arrays, x and y", two_arrays),
    ("both arrays have sides of twice the size", two_a_side),
    ("all values are whole numbers from 1 to 9", one_to_nine),
    (
        "in each window x and y have their largest numbers at different pixels",
        never_additive,
        SHARED_PLACE,
    ),
)
KERNEL_SHAPE = (
    "its shape is (size, size, channels, channels)",
    lambda kernel, size, channels: np.shape(kernel) == (size, size, channels, channels),
)


def is_plan(plan: Any) -> bool:
    """Tell whether `plan` is a list of ("conv", filters) and ("pool", 2)."""
    if type(plan) not in SEQUENCES or not plan:
        return False
    return all(_is_pool(step) or _is_convolution(step) for step in plan)


def _is_pool(step: Any) -> bool:
    return type(step) in SEQUENCES and tuple(step) == ("pool", 2)


def _is_convolution(step: Any) -> bool:
    return (
        type(step) in SEQUENCES
        and len(step) == 2
        and step[0] == "conv"
        and isinstance(step[1], int | np.integer)
        and type(step[1]) is not bool
        and 0 < step[1] < 1000
    )


def looks_first(plan: list) -> bool:
    """Tell whether each pool of a plan stands right behind a convolution."""
    kinds = ["pool", *(kind for kind, _ in plan)]
    return ("pool", "pool") not in pairwise(kinds)


def follow_plan(plan: list, shape: tuple[int, int, int]) -> tuple[list[tuple], int]:
    """Work out what a network of 3 x 3 convolutions, padding "same", and pools holds.

    Parameters
    ----------
    plan : list of ("conv", filters) and ("pool", size)
    shape : tuple of int
        (H, W, C) of the picture.

    Returns
    -------
    shapes : list of tuple of int
        (H, W, C) after each step.
    weights : int
        Weights and biases of all convolutions.
    """
    shapes, weights = [], 0
    for kind, number in plan:
        n = int(number)  # NumPy's small numbers overflow
        height, width, channels = shape
        if kind == "conv":
            shape = (height, width, n)
            weights += (3 * 3 * channels + 1) * n
        else:
            shape = (height // n, width // n, channels)
        shapes.append(shape)
    return shapes, weights


def _two_rows(w: Any) -> bool:
    return np.ndim(w) == 2 and len(w) == 2 and 1 <= np.shape(w)[1] <= 8


def network(hidden: Any, output: Any) -> FunctionCheck:
    """Check what two inputs, hidden neurons with ReLU and a linear output compute: f(a, b).

    Weights of a wrong shape are told of at once. Beyond that only what comes out counts, and no
    weight by itself, so that all networks that compute the same are told the same.
    """
    for name, weights, sentence, fits in (
        ("hidden_weights", hidden, "it has two rows, of 1 to 8 neurons", _two_rows),
        (
            "output_weights",
            output,
            "its shape is (n,), a weight for each neuron",
            lambda w: np.shape(w) == np.shape(hidden)[1:],
        ),
    ):
        if weights is None or not soundness.asked(fits, weights):
            value(**{name: weights}).holds(sentence, fits)
        tick(f"{name}: {sentence}")

    def maximum(a: Any, b: Any) -> np.ndarray:
        return np.maximum(np.stack([a, b], axis=-1) @ np.array(hidden), 0) @ np.array(output)

    return function(maximum)


def is_designed(check: ValueCheck, plan: Any) -> None:
    """Demand what each plan of a network must have, whatever its budget."""
    check.holds("it is a list of steps ('conv', filters) and ('pool', 2)", is_plan)
    pools = sum(_is_pool(step) for step in plan)
    check.holds("something is left of the map at the end", lambda p: pools <= 6, NOTHING_LEFT)
    filters = [number for kind, number in plan if kind == "conv"]
    check.holds("it has at least four convolutions", lambda p: len(filters) > 3)
    check.holds("no convolution has fewer than 8 filters", lambda p: min(filters) >= 8, NARROW)
    check.holds("each pool follows a convolution", looks_first, POOLED_FIRST)
    check.holds("filters never fall", lambda p: filters == sorted(filters), GROWING)
