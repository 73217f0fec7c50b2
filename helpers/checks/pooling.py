"""What goes wrong in pooling: the words that name it, and what its tests measure.

The words are those of *slips* (see `helpers.checks.slips`): what was done, why it is wrong,
what the rule is. They hold no expected value.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

SEQUENCES = (list, tuple)

MAXIMUM_FROM_ZERO = (
    "Your maximum is 0 where all numbers are negative: a maximum is always one of the window's "
    "own numbers, so start from one of them."
)
MAXIMUM_FROM_NUMBER = (
    "A number that you chose wins, because all values of the window lie below it: only -np.inf is "
    "below every number, and a window's own numbers are safe anyway."
)
FARTHEST_FROM_ZERO = (
    "You took the number that is farthest from zero. The largest is the one farthest to the right "
    "on the number line, so a small minus beats a big one."
)
AVERAGE_NOT_MAXIMUM = "These are the averages: max pooling keeps the largest number of a window."
MAXIMUM_NOT_AVERAGE = "This is max pooling: the task asks for the average."
SUM_NOT_AVERAGE = "This is the sum: an average divides it by the number of pixels in the window."
DIVIDED_BY_SIDE = "You divided by one side of the window: its pixels are height times width."
TALL_WINDOWS = "Your windows are 3 rows × 2 columns: sizes are told as height × width, rows first."

KEPT_SIZE = "That convolution keeps the size, as padding 'same' does: the default is 'valid'."
STRIDE_OF_CONVOLUTION = (
    "Your pooling windows move one pixel at a time. That is the default of Conv2D; the stride of a "
    "pooling layer is its window's size unless you say otherwise."
)
POOLED_CHANNELS = (
    "You pooled the channels as well: each channel is pooled on its own, so there are as many "
    "after the layer as before."
)
CHANNELS_OF_PICTURE = (
    "You kept the channels of the picture: a convolution gives as many channels as it has filters."
)
OWN_CHANNEL = "You took the maximum over the channels too: each channel is pooled on its own."
STRIDE_IS_SIZE = "Your windows move on by their own size: they should move on by `stride`."
STRIDE_IS_ONE = "Your windows move on one pixel at a time: they should move on by `stride`."
ONE_WINDOW_TOO_FEW = (
    "You count one window too few in each direction: the first position counts as well as the "
    "steps that follow it."
)
ZEROS_WIN = (
    "The zeros of the padding win over negative values: what lies outside the map must never be "
    "the maximum."
)
PADDED_BEFORE = (
    "All missing pixels are added at the top and left: Keras splits them between both sides."
)
PADDED_AFTER = (
    "All missing pixels are added at the bottom and right: Keras splits them between both sides."
)
ODD_BEFORE = "An odd pixel is added at the top or left: Keras adds it at the bottom or right."

CHANGED_NOT_SAME = "You count the values that changed: a picture that has not moved has none."
PER_CENT = "That is in per cent: a share runs from 0 to 1."
COUNT_NOT_SHARE = "That is a count: a share is a count divided by how many values there are."
MOVED_DOWN = "Your picture moves down: to the right is along axis 1, the width."
MOVED_LEFT = "Your picture moves to the left: np.roll moves right by a positive shift."
NOT_POOLED = "You compare the pictures themselves: pool both first."
MOVED_POOLED_MAP = "You move the pooled map: move the picture first, then pool it."

MIXES_CHANNELS = (
    "All weights are alike, so every output channel mixes all the input channels: each should be "
    "averaged on its own."
)
DIVIDED_BY_CHANNELS = "You divided by the number of channels too: channels are not averaged."
ALWAYS_FOUR = "You divide by 4 whatever the size: count the window's pixels from `size`."
AS_MANY_CHANNELS = (
    "Pooling gives as many channels as it gets, so the last two axes are equally long."
)
AVERAGED_PICTURES = "You averaged over the pictures of the batch too: each has a row of its own."
AVERAGED_CHANNELS = "You averaged over the channels too: each channel keeps a number of its own."
HEIGHT_SQUARED = "You divide by height times height: the pixels are height times width."
AXES_KEPT = "Height and width are still there, with length 1: they should go."

CHANNELS_APART = "You compared channels that lie apart: a group holds channels that are neighbours."
GROUP_IS_COUNT = (
    "You took `group` for the number of groups: it is the number of channels in one group."
)
GROUPS_OVERLAP = "Your groups overlap: each channel belongs to one group, so step on by `group`."
PLACE_LOST = "You took the maximum over height and width: the place must be kept."
LEFT_OVER = "The channels cannot be cut into whole groups: say so with a ValueError."

TWO_WINDOWS_A_SIDE = (
    "There are two windows in each direction, so the side is twice `size`, whatever `size` is."
)
ONE_TO_NINE = "Zeros, negative numbers, fractions and numbers above 9 would make it too easy."
SHARED_PLACE = (
    "In some window x and y have their largest number at the same pixel (with a tie, at one of "
    "them), and there the maxima add up: see to it that they never share a place."
)

PLAN_FORM = (
    "A plan is a list of tuples ('conv', filters) and ('pool', 2), with whole numbers of filters "
    "below 1000 and at most six pools: more would leave nothing of the map."
)
FOUR_CONVOLUTIONS = "There are too few convolutions: count the steps of that kind."
GROWING = "Growing in channels, shrinking in space: look at the order of the convolutions."
POOLED_FIRST = "A pool stands where nothing was looked for yet: let each follow a convolution."
NARROW = (
    "A convolution has too few filters: what does not fit through them is lost for all layers that "
    "follow."
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
    ("the shapes follow the size", two_a_side, TWO_WINDOWS_A_SIDE),
    ("the values are right", one_to_nine, ONE_TO_NINE),
    ("no window's maxima add up", never_additive, SHARED_PLACE),
)
KERNEL_SHAPE = (
    "its shape is (size, size, channels, channels)",
    lambda kernel, size, channels: np.shape(kernel) == (size, size, channels, channels),
    AS_MANY_CHANNELS,
)


def is_plan(plan: Any) -> bool:
    """Tell whether `plan` is a list of ("conv", filters) and at most six ("pool", 2)."""
    if type(plan) not in SEQUENCES or not plan:
        return False
    pools = sum(_is_pool(step) for step in plan)
    return pools <= 6 and all(_is_pool(step) or _is_convolution(step) for step in plan)


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
