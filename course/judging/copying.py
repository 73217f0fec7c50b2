"""Copies of what the lesson holds: one test leaves it to the next as it was."""

from __future__ import annotations

from typing import Any

import numpy as np

from course.judging.crossing.writeback import is_table


def fresh(x: Any) -> Any:
    """Return a copy of arrays, tables and containers; of what is in them only such are copied."""
    kind = type(x)
    if kind is np.ndarray or is_table(x):
        return x.copy()
    if kind in (list, tuple, set):
        return kind(map(fresh, x))
    return {key: fresh(value) for key, value in x.items()} if kind is dict else x


def size_of(x: Any) -> int:
    """Return about how many bytes arrays, containers and texts hold; a table is asked itself."""
    if isinstance(x, np.ndarray):
        return x.nbytes
    if is_table(x):
        return int(np.sum(x.memory_usage()))
    if isinstance(x, dict):
        x = [*x.keys(), *x.values()]
    if isinstance(x, list | tuple | set | frozenset):
        return 64 + sum(map(size_of, x))
    return len(x) if isinstance(x, str | bytes) else 32
