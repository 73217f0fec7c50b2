"""Which pairs of a class are alike far beyond what its answers have in common anyway.

What tells is what few write. A fingerprint weighs by how few of the *other* students have it: all,
1, where nobody has, and nothing where a fifth of them have. Two answers have in common the weight
of the fingerprints that both have, and their share is that over the weight of the answer with less.

The background is what all pairs of the class have in common: the median, and for the spread the
distance from there to the third quartile, over 0.6745, as in a normal distribution. Neither moves
much where some pairs, even a fifth of them, are alike for a reason of their own. The largest of P
numbers from a normal distribution lies about sqrt(2 ln P) spreads above their middle; a pair stands
out where it lies `BEYOND` spreads above that, and where it shares `FLOOR` in any case.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from course.comparing.prints import WINDOW

FLOOR = 0.6  # of what the answer with less has
BEYOND = 3.0  # spreads above the most that chance gives
NARROWEST = 1.0  # a spread in fingerprints, where hardly anybody has anything in common
LEAST = 12.0  # fingerprints in common: some thirty tokens
# A class that is too small has no background: there a pair is shown that shares nearly all.
SMALL, NEARLY_ALL = 6, 0.8
COMMON = 0.2  # of the others: what so many write says nothing
FEW = 6  # others, in a small class
TOKENS = (WINDOW + 1) / 2  # that one fingerprint stands for
BLOCK = 256  # answers whose pairs are held at a time
STEP, MOST = 0.1, 1_500  # of the histogram, in fingerprints; no answer has more


class Pair(NamedTuple):
    """Two answers, by their places.

    Attributes
    ----------
    share : float
        What both have over what the one with less has, by weight.
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
    alone, beside = (_weights(counts - own, len(prints)) for own in (1, 2))
    enough = np.flatnonzero(has @ alone >= LEAST)
    if len(enough) < 2:
        return [], Background(len(enough), 0.0, LEAST * TOKENS)
    has, floor = has[enough], FLOOR if len(enough) >= SMALL else NEARLY_ALL
    weight, everything = has @ alone, has.T.tocsr()
    histogram, found = np.zeros(int(MOST / STEP) + 1, int), []
    for begin in range(0, len(enough), BLOCK):
        rows = np.arange(begin, min(begin + BLOCK, len(enough)))
        common, share = _common(has[rows], everything, alone, beside, weight, rows)
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


def _weights(others: np.ndarray, answers: int) -> np.ndarray:
    """Return what fingerprints weigh that so many others have."""
    many = max(FEW, COMMON * answers)
    return 1 - np.log1p(np.clip(others, 0, many - 1)) / math.log(many)


def _common(
    has: Any,
    everything: Any,
    alone: np.ndarray,
    beside: np.ndarray,
    weight: np.ndarray,
    rows: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return what the answers of some rows have in common with all, and their shares.

    What two have weighs by the others beside these two. So it is taken out of the weight of either,
    where it counts as what is one's alone and one other's, and put in again.
    """
    common = ((has * beside) @ everything).toarray()
    counted = ((has * alone) @ everything).toarray()
    less = np.minimum(weight[rows, None] - counted, weight[None] - counted) + common
    return common, common / np.maximum(less, 1e-9)


def _background(histogram: np.ndarray, answers: int) -> Background:
    pairs = histogram.sum()
    middle, upper = (STEP * np.searchsorted(histogram.cumsum(), q * pairs) for q in (0.5, 0.75))
    spread = max((upper - middle) / 0.6745, NARROWEST)
    fence = middle + (math.sqrt(2 * math.log(pairs)) + BEYOND) * spread
    if answers < SMALL:
        fence = LEAST
    return Background(answers, float(middle * TOKENS), float(max(fence, LEAST) * TOKENS))
