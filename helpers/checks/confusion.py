"""What goes wrong with confusions, suspects and the price of errors.

The words are those of *slips* (see `helpers.checks.slips`): what was done, why it is wrong, what
the rule is. Beside them stands what a slip computes; no such function is right.
"""

from __future__ import annotations

import numpy as np
from scipy.special import softmax

COPIED_LABELS = "These are the labels: a reading is the character with the highest probability."
RIGHT_ONES = "These are the ones that were read rightly: the wrong ones were asked for."
FROM_ONE = "You count from 1: the first picture has the number 0."
LABEL_FIRST = "Label and reading are swapped: first what it is, then what it was taken for."
NO_MISTAKE = "That picture was read rightly: the surest answer of all is not the surest mistake."
LEAST_SURE = "That is the least sure of the mistakes."
NOT_SUREST = "That is a mistake, but of another one the network is surer."

CELL_BY_CELL = "A cell counts its pictures once only: `counts[labels, predicted] += 1` does that."
TRANSPOSED = "Rows and columns are swapped: a row is a label, a column a reading."
SHARES = "These are shares: the number of pictures was asked for."
NO_DIAGONAL = "The diagonal is empty: right answers are counted as well."

ONE_DIRECTION = (
    "You looked at one direction: 大 taken for 太 and 太 taken for 大 are one and the same pair."
)
PAIR_TWICE = "Each pair is there twice, once in either order, or its errors are counted twice."
RIGHT_PAIRS = "A character paired with itself is no confusion: leave the diagonal out."
RAREST = "The rarest pairs come first: the commonest should."

STRICTLY_ABOVE = "An answer exactly at the threshold is accepted, too: at least means ≥."
EVERY_ERROR = "A wrong answer that a person checks does no harm: only accepted errors cost."
RIGHT_COSTS = "You charged for accepted answers that are right: it is the wrong ones that cost."
PRICES_SWAPPED = "The two prices are swapped."
ONE_PICTURE = "That is the mean for one form: the total of all was asked for."
CHECKS_THE_SURE = "You have the sure answers checked, and accept the unsure ones."


def _first(scores, count):
    return np.argsort(scores, kind="stable")[:count]


def _own(table, labels):
    return table[np.arange(len(labels)), labels]


def _least_sure(z, y, n):
    return _first(softmax(z, axis=1).max(axis=1), n)


def _own_logit(z, y, n):
    return _first(_own(z, y), n)


def _likeliest(z, y, n):
    return _first(-_own(softmax(z, axis=1), y), n)


def _surest_mistakes(z, y, n):
    p = softmax(z, axis=1)
    return _first(np.where(p.argmax(axis=1) == y, 0, -p.max(axis=1)), n)


SUSPECTS = (
    (
        _least_sure,
        "These are the least sure pictures of all: ask for the label's own share.",
    ),
    (_own_logit, "You compared logits between pictures: only softmax makes rows comparable."),
    (_likeliest, "The likeliest labels come first: the suspects are at the other end."),
    (_surest_mistakes, "These are the surest mistakes: the least probable label was asked for."),
)


def _by_reading(labels, predicted, classes):
    """Count with a row for each reading, which is the wrong way round."""
    return np.array(
        [np.bincount(labels[predicted == k], minlength=classes) for k in range(classes)]
    )


def _once(labels, predicted, classes):
    table = np.zeros((classes, classes), int)
    table[labels, predicted] = 1
    return table


def _shared(labels, predicted, classes):
    columns = _by_reading(labels, predicted, classes)
    return (columns / columns.sum(axis=0).clip(1)).T


def _no_diagonal(labels, predicted, classes):
    wrong = labels != predicted
    return _by_reading(labels[wrong], predicted[wrong], classes).T


CONFUSION = (
    (_once, CELL_BY_CELL),
    (_by_reading, TRANSPOSED),
    (_shared, SHARES),
    (lambda y, g, k: _by_reading(y, g, k).T / len(y), SHARES),
    (_no_diagonal, NO_DIAGONAL),
)


def _pairs(table, names, count, sign=-1):
    order = np.argsort(sign * table, axis=None, kind="stable")
    places = [np.unravel_index(k, table.shape) for k in order if table.flat[k]]
    return [(names[i], names[j], int(table[i, j])) for i, j in places][:count]


PAIRS = (
    (lambda c, s, n: _pairs(np.triu(c, 1), s, n), ONE_DIRECTION),
    (lambda c, s, n: _pairs(c - np.diag(np.diag(c)), s, n), ONE_DIRECTION),
    (lambda c, s, n: _pairs((c + c.T) * (1 - np.eye(len(c), dtype=int)), s, n), PAIR_TWICE),
    (lambda c, s, n: _pairs(np.triu(c + c.T, 1) * 2, s, n), PAIR_TWICE),
    (lambda c, s, n: _pairs(np.triu(c + c.T), s, n), RIGHT_PAIRS),
    (lambda c, s, n: _pairs(np.triu(c), s, n), RIGHT_PAIRS),
    (lambda c, s, n: _pairs(c, s, n), RIGHT_PAIRS),
    (lambda c, s, n: _pairs(np.triu(c + c.T, 1), s, n, sign=1), RAREST),
)


def _price(accepted, counted, error, check):
    return float(error * (accepted & counted).sum() + check * (~accepted).sum())


PRICE = (
    (lambda p, r, t, e, c: _price(p > t, ~r, e, c), STRICTLY_ABOVE),
    (lambda p, r, t, e, c: float(e * (~r).sum() + c * (p < t).sum()), EVERY_ERROR),
    (lambda p, r, t, e, c: _price(p >= t, r, e, c), RIGHT_COSTS),
    (lambda p, r, t, e, c: _price(p >= t, ~r, c, e), PRICES_SWAPPED),
    (lambda p, r, t, e, c: _price(p >= t, ~r, e, c) / len(p), ONE_PICTURE),
    (lambda p, r, t, e, c: _price(p < t, ~r, e, c), CHECKS_THE_SURE),
)
