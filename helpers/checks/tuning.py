"""Cases of the median rule, each of which tells a mistake from all others."""

from __future__ import annotations

import numpy as np


def median_cases() -> list[tuple[tuple[list[float], np.ndarray], bool]]:
    """Return cases of the median rule: losses and others, and the answer.

    True and False are few answers, so each mistake needs a case in which those are right that no
    case before has shown.
    """

    def others(*rows: list[float]) -> np.ndarray:
        return np.array(rows)

    level, low = [0.65] * 4, [0.6] * 4
    long, late = [0.6] * 9, [0.6, 0.6, *[0.9] * 6, 0.6]
    cases = [
        ([0.9, 0.8], others(level, low, low), True),  # the wrong way round
        ([0.64, 0.75], others(level, level, level), False),  # the last loss
        ([0.7], others(low, low, [4.0] * 4), True),  # the mean
        ([0.7], others(long, *[late] * 4), True),  # the whole table
        ([0.7], others(late, long, long), True),  # a row
        ([0.85], others(*[[0.9, 0.86, 0.5, 0.4]] * 3), False),  # the others' last epoch
        ([0.8], others(*[[0.9, 0.7, 0.95, 0.95]] * 3), False),  # an epoch late
        ([0.6], others([0.5] * 4, level, [0.7] * 4), False),  # the best of the others
        ([0.65], others(level, level, [0.7] * 4), False),  # a tie
        ([0.9, 0.7], others(*[[0.5, 0.8, 0.8, 0.8]] * 3), False),  # the others' best so far
        ([0.75], others([0.5] * 4, low, [0.8] * 4, [0.9] * 4), True),  # an even number
    ]
    return [((losses, table), answer) for losses, table, answer in cases]
