"""Random test cases whose seed can be told and set."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

SEED_VARIABLE = "COURSE_CHECK_SEED"
DEFAULT_SEED = 2026


def session_seed() -> int:
    """Return the seed of this session's random cases.

    The grader sets the variable ``COURSE_CHECK_SEED`` to a number of its own; in a
    student's notebook it is 2026, so a failing case comes back when the cell is run again.
    """
    text = os.environ.get(SEED_VARIABLE, str(DEFAULT_SEED))
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{SEED_VARIABLE}={text!r} is no whole number: unset it") from None


def random_cases(
    make: Callable[[np.random.Generator], tuple],
    n: int = 50,
    seed: int | None = None,
) -> Iterator[tuple[Any, ...]]:
    """Return an iterator of `n` argument tuples drawn by ``make(rng)``.

    Parameters
    ----------
    make : callable
        Takes a NumPy generator and returns the arguments of one call as a tuple.
    n : int
        How many cases.
    seed : int, optional
        The session's seed when left out.
    """
    rng = np.random.default_rng(session_seed() if seed is None else seed)
    return arguments(make(rng) for _ in range(n))


def arguments(cases: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield each case as a tuple of arguments; one that is no tuple is a single argument."""
    for case in cases:
        yield case if isinstance(case, tuple) else (case,)
