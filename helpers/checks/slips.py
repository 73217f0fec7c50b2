"""Common slips: their words, and those that can be recognised from two values alone.

A *slip* is a pair: what a wrong answer would be, and the sentence that names the mistake.
A test cell gives its own slips first; the ones in `GENERAL` are tried after them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

# One sentence or two each: what was done, why it is wrong, what the rule is.
SWAPPED_AXES = "Rows and columns are swapped: the first axis is the height, the second the width."
WRAPPED = (
    "uint8 wrapped around: it holds 0 to 255 and starts again at 0. Change to a wider dtype "
    "before you calculate."
)
REVERSED_CHANNELS = "The channels stand in reverse order: the course uses red, green, blue."
UPSIDE_DOWN = "The rows stand in reverse order: row 0 is the top of the picture."
MIRRORED = "The columns stand in reverse order: column 0 is the left edge of the picture."
TURNED = "Rows and columns both stand in reverse order: the picture is turned by half a turn."
WRONG_SIGN = "The sign is the wrong way round: check which term is taken from which."
TOO_LARGE_255 = "The values are 255 times too large: scale to the range 0 to 1."
TOO_SMALL_255 = "The values are 255 times too small: they were scaled once too often."
CUT_DECIMALS = (
    "The digits after the point are lost: rounding, integer division or an integer dtype takes "
    "them."
)
NO_BATCH_AXIS = "The batch axis is missing: even a single picture is a batch of one."
NO_CHANNEL_AXIS = "The channel axis is missing: a grey picture still has one channel."
SQUEEZED = "An axis of length 1 is missing: a dimension was squeezed away."

Slip = tuple[Any, str]


Wrong = Callable[[np.ndarray, int], np.ndarray | None]  # of the right array and its axes


def _axes(n: int) -> tuple[int, int] | None:
    """Return the axes of height and width in an image, a stack of planes or a batch."""
    return {2: (0, 1), 3: (0, 1), 4: (1, 2)}.get(n)


def _swapped(e: np.ndarray, n: int) -> np.ndarray | None:
    axes = _axes(n)
    return None if axes is None else np.swapaxes(e, *axes)


def _flipped(*which: int) -> Wrong:
    def flip(e: np.ndarray, n: int) -> np.ndarray | None:
        axes = _axes(n)
        return None if axes is None else np.flip(e, [axes[i] for i in which])

    return flip


def _reversed_channels(e: np.ndarray, n: int) -> np.ndarray | None:
    return e[..., ::-1] if n >= 3 and e.shape[-1] == 3 else None


def _wrapped(e: np.ndarray, n: int) -> np.ndarray | None:
    whole = e.dtype.kind in "iu" or np.array_equal(e, np.round(e))
    return np.mod(e, 256) if whole and (np.max(e) > 255 or np.min(e) < 0) else None


def _cut(e: np.ndarray, n: int) -> np.ndarray | None:
    """Return what is left without the digits after the point; of nothing but 0 it is no sign."""
    cut = np.trunc(e) if e.dtype.kind == "f" else None
    return cut if cut is not None and cut.any() else None


# Order matters: the first that fits is told.
GENERAL: tuple[tuple[Wrong, str], ...] = (
    (_swapped, SWAPPED_AXES),
    (_wrapped, WRAPPED),
    (_reversed_channels, REVERSED_CHANNELS),
    (_flipped(0), UPSIDE_DOWN),
    (_flipped(1), MIRRORED),
    (_flipped(0, 1), TURNED),
    (lambda e, n: -e.astype(float), WRONG_SIGN),
    (lambda e, n: e * 255.0, TOO_LARGE_255),
    (lambda e, n: e / 255.0, TOO_SMALL_255),
    (_cut, CUT_DECIMALS),
    (lambda e, n: e[0] if n == 4 and e.shape[0] == 1 else None, NO_BATCH_AXIS),
    (lambda e, n: e[..., 0] if n >= 3 and e.shape[-1] == 1 else None, NO_CHANNEL_AXIS),
    (lambda e, n: np.squeeze(e) if 1 in e.shape else None, SQUEEZED),
)


def general_slips(expected: Any) -> Iterator[Slip]:
    """Yield the general slips that apply to `expected`, an array of numbers.

    Of a single number, or an array of one or two, only lost digits are told: it may be another by
    its sign or by a factor, and be a row's or a column's end, for any reason. Of a tuple nothing is
    told: its parts may be anything, and an exercise whose parts are axes has words of its own.
    """
    e = (
        np.asarray(expected)
        if isinstance(expected, int | float | np.generic | np.ndarray)
        else None
    )
    if e is None or e.dtype.kind not in "iuf" or e.size == 0:
        return
    telling = e.size > 2 and len(np.unique(e)) > 2
    for wrong, words in GENERAL:
        with np.errstate(all="ignore"):  # 255 times a number near the largest one is none
            value = wrong(e, e.ndim) if telling or wrong is _cut else None
        if value is not None:
            yield (value if e.ndim else value[()]), words
