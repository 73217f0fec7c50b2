"""What a split has to be: properties of one result, for `FunctionCheck.all_hold`.

Those of `RULES` take the three parts, the number of rows and the seed; those of `BY_WRITER` take
training and validation, who wrote each row, the share and the seed.
"""

from __future__ import annotations

import numpy as np

Parts = tuple[np.ndarray, np.ndarray, np.ndarray]
MANY = 200  # rows of which a shuffled tenth surely comes from all over the folder
PARTS_ORDER = "The order is training, validation, test."
VERY_MANY = 1_000  # and of which a ninth of each part, at least, comes from each third of it


def _are_rows(parts: Parts, n: int, seed: int) -> bool:
    arrays = [np.asarray(part) for part in parts]
    return len(arrays) == 3 and all(a.ndim == 1 and a.dtype.kind in "iu" for a in arrays)


def _largest_first(parts: Parts, n: int, seed: int) -> bool:
    return len(parts[0]) == max(map(len, parts))


def _test_last(parts: Parts, n: int, seed: int) -> bool:
    sizes = [n * 10 // 100, n * 15 // 100]
    return sizes[0] == sizes[1] or [len(part) for part in parts[1:]] != sizes


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
    ("there are three int arrays of row numbers", _are_rows),
    ("training, the largest part, comes first", _largest_first, PARTS_ORDER),
    ("validation comes before the test", _test_last, PARTS_ORDER),
    (
        "validation and test are rounded down, and all others are for training",
        _shares,
        "Compare the sizes of the three parts with those that the task names.",
    ),
)
RULES = (
    *SIZES,
    (
        "no picture is in two parts",
        _apart,
        "A picture is in two parts: shuffle once, and cut what comes out into three.",
    ),
    ("no picture is lost", _complete),
    (
        "each part comes from all over the folder",
        _mixed,
        "The parts are slices of the pictures as they stand: shuffle before you cut.",
    ),
)


def same_test(a: Parts, b: Parts) -> bool:
    """Tell whether two splits put the same rows into the test."""
    return np.array_equal(np.sort(a[2]), np.sort(b[2]))


def _two_of_rows(parts: tuple, wrote: np.ndarray, share: float, seed: int) -> bool:
    arrays = [np.asarray(part) for part in parts]
    # A part that may be empty has no numbers, so its dtype says nothing.
    return len(arrays) == 2 and all(
        a.ndim == 1 and (a.dtype.kind in "iu" or not a.size) for a in arrays
    )


def _are_places(parts: tuple, wrote: np.ndarray, share: float, seed: int) -> bool:
    numbers = np.concatenate(parts)
    return not numbers.size or (numbers.min() >= 0 and numbers.max() < len(wrote))


def _each_row_once(parts: tuple, wrote: np.ndarray, share: float, seed: int) -> bool:
    return sorted(np.concatenate(parts).tolist()) == list(range(len(wrote)))


def _people(parts: tuple, wrote: np.ndarray) -> list[set[int]]:
    return [set(wrote[np.asarray(part, int)].tolist()) for part in parts]


def _count(wrote: np.ndarray, share: float) -> int:
    """Return how many people are to be set aside."""
    return int(share * len(set(wrote.tolist())))


def _nobody_aside(parts: tuple, wrote: np.ndarray, share: float, seed: int) -> bool:
    return _count(wrote, share) > 0 or len(parts[1]) == 0


def _somebody_aside(parts: tuple, wrote: np.ndarray, share: float, seed: int) -> bool:
    return _count(wrote, share) == 0 or len(parts[1]) > 0


def _apart_by_writer(parts: tuple, wrote: np.ndarray, share: float, seed: int) -> bool:
    training, validation = _people(parts, wrote)
    return not training & validation


def _training_first(parts: tuple, wrote: np.ndarray, share: float, seed: int) -> bool:
    everybody = len(set(wrote.tolist()))
    aside, found = int(share * everybody), [len(people) for people in _people(parts, wrote)]
    # Of a larger share, one that is merely too small could look like the rest.
    return share >= 0.5 or found != [aside, everybody - aside]


def _not_too_many(parts: tuple, wrote: np.ndarray, share: float, seed: int) -> bool:
    return len(_people(parts, wrote)[1]) <= _count(wrote, share)


def _not_too_few(parts: tuple, wrote: np.ndarray, share: float, seed: int) -> bool:
    return len(_people(parts, wrote)[1]) >= _count(wrote, share)


BY_WRITER = (
    (
        "there are two int arrays of row numbers",
        _two_of_rows,
        "Two arrays of whole numbers are asked for: of a mask, True and False for each row, "
        "np.flatnonzero gives the places.",
    ),
    (
        "the numbers are those of rows, from 0 on",
        _are_places,
        "Some of these numbers belong to no row: the places of the pictures are asked for, counted "
        "from 0, and not who wrote them.",
    ),
    (
        "each row is in exactly one part",
        _each_row_once,
        "Some rows are in neither part, or twice: whoever is drawn goes with all that they wrote, "
        "and all other rows are for training.",
    ),
    (
        "nobody has written on both sides",
        _apart_by_writer,
        "The pages of one person are on both sides: draw people, with all that they wrote.",
    ),
    (
        "training comes before validation",
        _training_first,
        "The two parts are swapped: training comes first.",
    ),
    (
        "nobody is set aside where the share is less than one person",
        _nobody_aside,
        "Somebody is set aside though the share of the people is less than one: int() makes 0 of "
        "it, and then validation is empty.",
    ),
    (
        "somebody is set aside where the share is one person or more",
        _somebody_aside,
        "Nobody is set aside. People have any numbers: draw from those that stand in `wrote`.",
    ),
    (
        "validation has no more people than the share, rounded down",
        _not_too_many,
        "Too many people are set aside: the share is one of the people, and int() rounds it down.",
    ),
    (
        "validation has no fewer people than the share, rounded down",
        _not_too_few,
        "Too few people are set aside. Draw from the numbers that stand in `wrote`, and without "
        "replacement, for whoever is drawn twice counts once; and the share is one of the people, "
        "not of what they wrote.",
    ),
)


def same_validation(a: tuple, b: tuple) -> bool:
    """Tell whether two splits put the same rows into validation."""
    return np.array_equal(np.sort(a[1]), np.sort(b[1]))
