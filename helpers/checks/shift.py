"""What goes wrong with intervals, and with what is measured on a picture.

The words are those of *slips* (see `helpers.checks.slips`): what was done, why it is wrong, what
the rule is. Beside them stands what a slip computes; no such function is right.
"""

from __future__ import annotations

import numpy as np

WALD = (
    "That is the simple interval, share ± z·sqrt(p(1 − p)/n). With few pictures it is too narrow, "
    "and with 7 of 7 it has no width at all."
)
HALF_WIDTH = "These are centre and half width: give the two ends."
NO_Z = "The factor z is missing: one standard deviation covers 68 % only."
NO_ROOT = "The square root is missing."
NO_SCALE = "The denominator 1 + z²/n divides both, the middle and the half width."
OUT_OF_HUNDRED = "That is in per cent: shares run from 0 to 1."

PAPER_BOX = "You boxed the paper: ink is dark, below 128."
LAST_MINUS_FIRST = "One too few: the first row and the last one both belong to the character."
ENDS_NOT_SIZES = "You gave the last row and column: height and width were asked for."
AT_MOST = "Ink is below 128: a pixel of 128 itself is paper."
COLUMN_FIRST = "Rows and columns are swapped: top and height belong to the rows."

PAPER_WEIGHED = "One bug is left: paper is 255 and ink is 0, so here the paper is weighed."
LEANS_LEFT = "One bug is left: rows are counted downwards, so the sign is the wrong way round."
OVER_X = "One bug is left: the lean is x for each step of y, so divide by the spread of y."
TWO_LEFT = "Two of the three bugs are left."
THREE_LEFT = "All three bugs are left: begin with what is weighed."
RADIANS = "The angle is in radians: degrees were asked for."


def _ends(centre, half):
    return centre - half, centre + half


def _wilson(k, n, z=1.96, root=0.5):
    p, scale = k / n, 1 + z**2 / n
    return (p + z**2 / (2 * n)) / scale, z * (p * (1 - p) / n + z**2 / (4 * n**2)) ** root / scale


INTERVAL = (
    (lambda k, n: _ends(k / n, 1.96 * (k / n * (1 - k / n) / n) ** 0.5), WALD),
    (_wilson, HALF_WIDTH),
    (lambda k, n: _ends(*_wilson(k, n, z=1.0)), NO_Z),
    (lambda k, n: _ends(*_wilson(k, n, root=1)), NO_ROOT),
    (lambda k, n: tuple(x * (1 + 1.96**2 / n) for x in _ends(*_wilson(k, n))), NO_SCALE),
    (lambda k, n: tuple(100 * x for x in _ends(*_wilson(k, n))), OUT_OF_HUNDRED),
)


def _box(inked):
    (rows,), (columns,) = inked.any(axis=1).nonzero(), inked.any(axis=0).nonzero()
    return int(rows[0]), int(columns[0]), int(rows[-1]), int(columns[-1])


def _sized(top, left, bottom, right, more=1):
    return top, left, bottom - top + more, right - left + more


def _swap(box):
    return box[1], box[0], box[3], box[2]


BOX = (
    (lambda i: _sized(*_box(i >= 128)), PAPER_BOX),
    (lambda i: _sized(*_box(i < 128), more=0), LAST_MINUS_FIRST),
    (lambda i: _box(i < 128), ENDS_NOT_SIZES),
    (lambda i: _sized(*_box(i <= 128)), AT_MOST),
    (lambda i: _swap(_sized(*_box(i < 128))), COLUMN_FIRST),
)


def _lean(image, weight, sign, over):
    """Return the angle of a lean: `over` is 0 where it is divided by the spread of x."""
    weight = weight / weight.sum()
    places = np.indices(image.shape)
    y, x = (place - (weight * place).sum() for place in places)
    return np.arctan(sign * (weight * x * y).sum() / (weight * (x, y)[over] ** 2).sum())


def _slip(paper, sign, over, unit=np.degrees):
    return lambda i: float(unit(_lean(i, i + 0.0 if paper else 255.0 - i, sign, over)))


SLANT = (
    (_slip(True, -1, 1), PAPER_WEIGHED),
    (_slip(False, 1, 1), LEANS_LEFT),
    (_slip(False, -1, 0), OVER_X),
    (_slip(True, 1, 1), TWO_LEFT),
    (_slip(True, -1, 0), TWO_LEFT),
    (_slip(False, 1, 0), TWO_LEFT),
    (_slip(True, 1, 0), THREE_LEFT),
    (_slip(False, -1, 1, float), RADIANS),
)
