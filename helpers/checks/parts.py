"""What a split into training, validation and test has to be: questions to a function.

Each takes the student's function ``f(n, seed)`` and perhaps ``n``, and is true where all is well.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Split = Callable[[int, int], tuple]


def are_rows(f: Split) -> bool:
    """Tell whether there are three arrays of whole numbers."""
    parts = f(40, 1)
    return len(parts) == 3 and all(np.asarray(part).dtype.kind in "iu" for part in parts)


def lengths(f: Split, n: int) -> list[int]:
    """Count the rows of each part."""
    return [len(part) for part in f(n, 1)]


def largest_first(f: Split) -> bool:
    """Tell whether no part is larger than the first."""
    return lengths(f, 40)[0] == max(lengths(f, 40))


def apart(f: Split, n: int) -> bool:
    """Tell whether no row is in two parts."""
    rows = _all(f, n)
    return len(set(rows)) == len(rows)


def complete(f: Split, n: int) -> bool:
    """Tell whether every row is there."""
    return set(_all(f, n)) == set(range(n))


def mixed(f: Split) -> bool:
    """Tell whether the test comes from all over the folder."""
    test = f(1000, 2)[2]
    return max(test) - min(test) > 300


def repeat(f: Split) -> bool:
    """Tell whether a seed gives the same parts again."""
    return _all(f, 99) == _all(f, 99)


def follow_seed(f: Split) -> bool:
    """Tell whether another seed gives another test."""
    return not np.array_equal(f(99, 1)[2], f(99, 2)[2])


def _all(f: Split, n: int) -> list[int]:
    return [int(row) for part in f(n, 3) for row in part]
