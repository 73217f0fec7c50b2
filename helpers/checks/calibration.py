"""What goes wrong with calibration and temperature.

The words are those of *slips* (see `helpers.checks.slips`): what was done, why it is wrong, what
the rule is. Beside them stands what a slip computes; no such function is right.
"""

from __future__ import annotations

import numpy as np
from scipy.special import softmax

EQUAL_BINS = "All bins count alike: weigh each gap by the share of the answers in its bin."
GAPS_CANCEL = (
    "Gaps of opposite sign have cancelled, and what is left is one gap for all answers together: "
    "take the size of each bin's gap before you add them up."
)
BIN_CENTRES = (
    "You compared with the middle of each bin: its answers' own mean confidence may lie elsewhere."
)
EMPTY_BINS = "The mean of an empty bin is NaN, and so is a sum with it: skip such a bin."
LOST_ONE = "Answers with a confidence of exactly 1 are lost: they belong to the last bin."
SQUARED_GAPS = "The gaps are squared: their sizes were asked for."

TIMES_TEMPERATURE = "You multiplied by the temperature: logits are divided by it."
DIVIDED_PROBABILITIES = (
    "You divided the probabilities: when they are made to add up to 1 again, nothing has changed. "
    "Divide the logits, before the softmax."
)
OVER_PICTURES = "Each column adds up to 1: it is the rows, the pictures, that should."
OVERFLOWS = "Large logits overflow: take the largest of its row from each, before exp."

BY_ACCURACY = "Accuracy is the same at every temperature, so it cannot choose: compare the losses."
LARGEST_LOSS = "That is the temperature with the largest loss."
MEAN_PROBABILITY = (
    "You compared mean probabilities. The loss takes the logarithm of each first, so that a sure "
    "mistake weighs much."
)
HIGHEST_PROBABILITY = (
    "You took each picture's highest probability: the loss asks for that of the label, "
    "whatever was read."
)

ARGMAX_STAYS = (
    "Dividing a row by one positive number keeps its order, so the largest stays the largest."
)
TOP_FIVE_STAYS = "A row keeps its order: the five best are the same five."
CONFIDENCE_MOVES = "A higher temperature flattens every row, so the highest probability falls."
ERROR_MOVES = "Confidence moves and accuracy stays, so the gap between them moves."
RANKING_MOVES = (
    "Within a picture the order stays, but not between pictures: how fast a highest probability "
    "falls depends on all its rivals. Compare one strong rival with many weak ones."
)


def _bins(p, r, bins, top=True):
    """Yield for each filled bin: share of the answers, accuracy, mean confidence, its middle."""
    place = np.ceil(p * bins).astype(int) - 1 if top else np.floor(p * bins).astype(int)
    for k in range(bins):
        chosen = place == k
        if chosen.any():
            yield chosen.mean(), r[chosen].mean(), p[chosen].mean(), (k + 0.5) / bins


CALIBRATION = (
    (lambda p, r, b: np.nan, EMPTY_BINS),
    (lambda p, r, b: np.mean([abs(a - c) for _, a, c, _ in _bins(p, r, b)]), EQUAL_BINS),
    (lambda p, r, b: sum(abs(a - c) for _, a, c, _ in _bins(p, r, b)) / b, EQUAL_BINS),
    (lambda p, r, b: sum(abs(a - c) for _, a, c, _ in _bins(p, r, b)), EQUAL_BINS),
    (lambda p, r, b: abs(p.mean() - r.mean()), GAPS_CANCEL),
    (lambda p, r, b: sum(w * (a - c) for w, a, c, _ in _bins(p, r, b)), GAPS_CANCEL),
    (lambda p, r, b: sum(w * (c - a) for w, a, c, _ in _bins(p, r, b)), GAPS_CANCEL),
    (lambda p, r, b: sum(w * abs(a - m) for w, a, _, m in _bins(p, r, b)), BIN_CENTRES),
    (lambda p, r, b: sum(w * abs(a - c) for w, a, c, _ in _bins(p, r, b, top=False)), LOST_ONE),
    (lambda p, r, b: sum(w * (a - c) ** 2 for w, a, c, _ in _bins(p, r, b)), SQUARED_GAPS),
)


def _overflowing(z, t):
    with np.errstate(all="ignore"):
        e = np.exp(z / t)
        return e / e.sum(axis=1, keepdims=True)


TEMPERED = (
    (lambda z, t: softmax(z * t, axis=1), TIMES_TEMPERATURE),
    (lambda z, t: softmax(z, axis=1) / t, DIVIDED_PROBABILITIES),
    (lambda z, t: softmax(z, axis=1), DIVIDED_PROBABILITIES),
    (lambda z, t: softmax(z / t, axis=0), OVER_PICTURES),
    (_overflowing, OVERFLOWS),
)


def _own(table, labels):
    return table[np.arange(len(labels)), labels]


def _choose(score, best):
    return lambda z, y, ts: float(ts[best([score(softmax(z / t, axis=1), y) for t in ts])])


def _loss(p, y):
    return -np.log(_own(p, y)).mean()


BEST = (
    (_choose(lambda p, y: (p.argmax(axis=1) == y).mean(), np.argmax), BY_ACCURACY),
    (_choose(lambda p, y: _own(p, y).mean(), np.argmax), MEAN_PROBABILITY),
    (_choose(lambda p, y: -np.log(p.max(axis=1)).mean(), np.argmin), HIGHEST_PROBABILITY),
    (_choose(_loss, np.argmax), LARGEST_LOSS),
)
