"""Which pairs of a class are alike far beyond what its answers have in common anyway.

What tells is what few write. What more than a fifth of the class have, and more than `FEW`, is
common and counts nothing. Any other fingerprint of a pair weighs by how few beside the two have it:
1 where nobody has. The sum of that is what two answers have in common; their share is the number of
those fingerprints, over the number that the answer with less has.

The background is what all pairs of the class have in common: the median, and for the spread the
distance from there to the third quartile, over 0.6745, as in a normal distribution. Neither moves
much where some pairs, even a fifth of them, are alike for a reason of their own. The largest of P
numbers from a normal distribution lies about sqrt(2 ln P) spreads above their middle; a pair stands
out where it lies `BEYOND` spreads above that, and where it shares `FLOOR` in any case.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from course.comparing.prints import WINDOW

FLOOR = 0.7  # of what the answer with less has
BEYOND = 3.0  # spreads above the most that chance gives
NARROWEST = 1.0  # a spread in fingerprints, where hardly anybody has anything in common
LEAST = 12.0  # fingerprints in common: some thirty tokens
# A class that is too small has no background: there a pair is shown that shares nearly all.
SMALL, NEARLY_ALL = 6, 0.8
COMMON = 0.2  # of a class: what so many others write says nothing
FEW = 9  # others, in a small class
TOKENS = (WINDOW + 1) / 2  # that one fingerprint stands for
BLOCK = 256  # answers whose pairs are held at a time
STEP, MOST = 0.1, 1_500  # of the histogram, in fingerprints; no answer has more


class Pair(NamedTuple):
    """Two answers, by their places.

    Attributes
    ----------
    share : float
        Of what the one with less has, and not many have, what both have.
    common : float
        What both have, by weight, in tokens that nobody else writes.
    """

    one: int
    other: int
    share: float
    common: float


class Background(NamedTuple):
    """What a class has in common, in tokens that nobody else writes.

    Attributes
    ----------
    answers : int
        That have enough of their own to be compared.
    typical : float
        The median over all pairs.
    fence : float
        What a pair must have in common to be shown.
    """

    answers: int
    typical: float
    fence: float


def stand_out(prints: Sequence[np.ndarray]) -> tuple[list[Pair], Background]:
    """Return the pairs that stand out, the most alike first, and what they stand out from.

    Parameters
    ----------
    prints : sequence of ndarray
        The fingerprints of each answer, each of them once, without those that the course gives.
    """
    from scipy.sparse import csr_array  # late: it takes a good part of a second

    places = np.unique(np.concatenate([*prints, []]), return_inverse=True)[1]
    counts = np.bincount(places)
    begins = np.cumsum([0, *map(len, prints)])
    has = csr_array((np.ones(len(places)), places, begins), shape=(len(prints), len(counts)))
    many = max(FEW, COMMON * len(prints))
    has = has[:, counts <= many]  # what is common is gone from here on
    weights = 1 - np.log1p(np.maximum(counts[counts <= many] - 2, 0)) / math.log(many)
    enough = np.flatnonzero(np.diff(has.indptr) >= LEAST)
    if len(enough) < 2:
        return [], Background(len(enough), 0.0, LEAST * TOKENS)
    has, floor = has[enough], FLOOR if len(enough) >= SMALL else NEARLY_ALL
    size, everything = np.diff(has.indptr), has.T.tocsr()
    histogram, found = np.zeros(int(MOST / STEP) + 1, int), []
    for begin in range(0, len(enough), BLOCK):
        rows = np.arange(begin, min(begin + BLOCK, len(enough)))
        common = ((has[rows] * weights) @ everything).toarray()
        share = (has[rows] @ everything).toarray() / np.minimum(size[rows, None], size)
        later = np.arange(len(enough)) > rows[:, None]
        histogram += np.bincount(
            np.minimum(common[later] / STEP, len(histogram) - 1).astype(int),
            minlength=len(histogram),
        )
        for i, j in np.argwhere(later & (share >= floor) & (common >= LEAST)):
            one, other = int(enough[rows[i]]), int(enough[j])
            found.append(Pair(one, other, float(share[i, j]), float(common[i, j] * TOKENS)))
    background = _background(histogram, len(enough))
    found = [pair for pair in found if pair.common >= background.fence]
    return sorted(found, key=lambda pair: (-pair.share, pair)), background


def _background(histogram: np.ndarray, answers: int) -> Background:
    pairs = histogram.sum()
    middle, upper = (STEP * np.searchsorted(histogram.cumsum(), q * pairs) for q in (0.5, 0.75))
    spread = max((upper - middle) / 0.6745, NARROWEST)
    fence = middle + (math.sqrt(2 * math.log(pairs)) + BEYOND) * spread
    if answers < SMALL:
        fence = LEAST
    return Background(answers, float(middle * TOKENS), float(max(fence, LEAST) * TOKENS))
