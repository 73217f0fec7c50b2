"""Cases of the median rule, each of which tells a mistake from all others."""

from __future__ import annotations

import numpy as np


def median_cases() -> list[tuple[tuple[list[float], np.ndarray], bool]]:
    """Return cases of the median rule: losses and others, and the answer.

    True and False are few answers, so each mistake needs a case on which it alone is wrong of those
    that no case before has shown. So their order counts.
    """
    level, up, down = [0.4, 0.4, 0.8], [0.6, 0.9, 0.5, 0.9], [0.9, 0.8, 0.9, 0.5]
    many = [[8, 9, 6], [8, 9, 7], [9, 7, 5], [6, 7, 5], [8, 6, 9]]
    cases: list[tuple[list[float], list, bool]] = [
        ([0.5], _tenths(many), False),  # the wrong way round
        ([0.7, 0.4, 0.9], [[0.7, 0.8, 0.9, 0.3, 0.95]] * 3, False),  # an epoch late
        ([0.6, 0.65], _tenths([[8, 9], [6, 7], [5, 9], [7, 5], [8, 8]]), False),  # the others' best
        ([0.6, 0.6, 0.5], [[0.9, 0.9, 0.5], [0.5, 0.4, 0.7]] * 2, False),  # their best so far
        ([0.7], [down] * 3, False),  # the others' last epoch
        ([0.6, 0.4], [[0.4, 0.7, 0.7]] * 3, False),  # ever worse, at an epoch before
        ([0.5], _tenths([[4, 4, 5], [6, 8, 6], [7, 4, 9]]), False),  # a row
        ([0.9, 0.4], _tenths([[4, 7, 7], [6, 7, 4], [5, 9, 4]]), False),  # the largest loss
        ([0.7, 0.7, 0.1], [[0.6] * 3] * 3, False),  # the median of its own losses
        ([0.4], [[0.4, 0.6]] * 3, False),  # a tie
        ([0.6, 0.5], [[0.5, 0.5, 0.6]], False),  # the mean of its own losses
        ([0.7, 0.75], _tenths([[8, 9, 5], [8, 9, 5], [8, 4, 7], [5, 8, 5], [9, 4, 6]]), False),
        ([0.45, 0.75, 0.7], _tenths([[5, 8, 7, 9], [5, 6, 5, 9], [9, 5, 4, 6]]), False),  # the last
        ([0.65], [[0.7, 0.6, 0.8, 0.5]] * 3, False),  # the whole table
        ([0.75, 0.65], [up] * 4, False),  # the others' first epoch
        ([0.7, 0.65], _tenths([[9, 7], [4, 6], [5, 8], [5, 9]]), False),  # all epochs so far
        ([0.5, 0.5, 0.5], [level], False),  # the epoch of its best loss
        ([0.8, 0.8, 0.8], [[0.9, 0.5, 0.5]] * 5, True),  # each epoch so far
        ([0.65, 0.7, 0.7], _tenths([[6, 4, 4], [6, 7, 5], [9, 4, 7], [7, 9, 6], [5, 7, 8]]), True),
        ([0.9, 0.75, 0.7], [[0.5, 0.7, 0.5, 0.8]] * 3, True),  # never while few have finished
        ([0.9, 0.8, 0.9], [[0.5] * 3] * 2, True),  # never while two have
        ([0.9, 0.8, 0.9], [[0.5] * 3], True),  # never while one has
        ([0.6, 0.9], [[0.4] * 3] * 3, True),  # never in the first two epochs
        ([0.5], _tenths([[7, 4], [4, 9], [4, 4]]), True),  # never in the first epoch
        ([0.8, 0.8], _tenths([[6, 4, 5], [4, 9, 8]]), True),  # the upper one of two in the middle
        ([0.8], _tenths([[9, 7, 4], [7, 6, 4]]), False),  # the lower one of two in the middle
    ]
    return [((losses, np.array(table)), answer) for losses, table, answer in cases]


SHOWN = 14
"""How many of the cases a student sees."""


def _tenths(rows: list[list[int]]) -> list[list[float]]:
    return [[number / 10 for number in row] for row in rows]
