"""What a split into training, validation and test has to be: properties of one result.

`RULES` go to `FunctionCheck.all_hold`. A predicate takes the three parts, the number of rows and
the seed, and is true where all is well.
"""

from __future__ import annotations

import numpy as np

from .transfer import LOST, NOT_SHUFFLED, PARTS_ARRAYS, PARTS_ORDER, PARTS_SIZES, SHARED

Parts = tuple[np.ndarray, np.ndarray, np.ndarray]
MANY = 200  # rows of which a shuffled tenth surely comes from all over the folder
VERY_MANY = 1_000  # and of which a ninth of each part, at least, comes from each third of it


def _are_rows(parts: Parts, n: int, seed: int) -> bool:
    arrays = [np.asarray(part) for part in parts]
    return len(arrays) == 3 and all(a.ndim == 1 and a.dtype.kind in "iu" for a in arrays)


def _largest_first(parts: Parts, n: int, seed: int) -> bool:
    return len(parts[0]) == max(map(len, parts))


def _shares(parts: Parts, n: int, seed: int) -> bool:
    return [len(part) for part in parts[1:]] == [n * 15 // 100, n * 10 // 100]


def _apart(parts: Parts, n: int, seed: int) -> bool:
    rows = np.concatenate(parts)
    return len(np.unique(rows)) == len(rows)


def _complete(parts: Parts, n: int, seed: int) -> bool:
    return set(np.concatenate(parts).tolist()) == set(range(n))


def _mixed(parts: Parts, n: int, seed: int) -> bool:
    if n >= VERY_MANY:
        thirds = [np.bincount(part * 3 // n, minlength=3) for part in map(np.asarray, parts)]
        return all(9 * counts.min() >= counts.sum() for counts in thirds)
    return n < MANY or all(np.ptp(part) > n / 2 for part in parts)


SIZES = (
    ("there are three int arrays", _are_rows, PARTS_ARRAYS),
    ("the largest part comes first", _largest_first, PARTS_ORDER),
    ("shares are rounded as the task says", _shares, PARTS_SIZES),
)
RULES = (
    *SIZES,
    ("no picture is in two parts", _apart, SHARED),
    ("none is lost", _complete, LOST),
    ("they are mixed", _mixed, NOT_SHUFFLED),
)


def same_test(a: Parts, b: Parts) -> bool:
    """Tell whether two splits put the same rows into the test."""
    return np.array_equal(np.sort(a[2]), np.sort(b[2]))
