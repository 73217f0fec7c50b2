"""What no comparison may be asked about: NaN, infinity, complex numbers, nothing at all.

``not (x > limit)`` is true for NaN, and ``np.all`` of nothing is true. So a property is asked of a
result only when it holds numbers, all of them finite.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.checks.failure import CheckFailed

import numpy as np

NOT_FINITE = (
    "nan comes of 0 / 0, of the logarithm of a negative number or of the mean of nothing; inf of a "
    "division by zero, of the logarithm of 0, or of an exponential that overflows. Either may have "
    "been put there to fill up, too, and what is worked out with nan is nan again."
)


def unsound(x: Any) -> str | None:
    """Return a clause that completes "it ...", or None where every number is real and finite.

    Parameters
    ----------
    x : plain data
    """
    if isinstance(x, dict):
        x = [*x.keys(), *x.values()]
    if isinstance(x, list | tuple | set | frozenset):
        return next((words for part in x if (words := unsound(part))), None)
    if not isinstance(x, float | complex | np.generic | np.ndarray):
        return None
    numbers = np.asarray(x)
    if numbers.dtype.kind == "c":
        return "holds complex numbers" if numbers.ndim else "is a complex number"
    if numbers.dtype.kind == "f" and not np.isfinite(numbers).all():
        word = "nan" if np.isnan(numbers).any() else "inf"
        return f"holds {word}" if numbers.ndim else f"is {word}"
    return None


def why(x: Any) -> str | None:
    """Return what commonly leads to nan or infinity, where plain data holds either."""
    words = unsound(x)
    return NOT_FINITE if words and "complex" not in words else None


def empty(x: Any) -> bool:
    """Tell whether plain data is an array or a container without anything in it, or holds one."""
    if isinstance(x, np.ndarray):
        return x.size == 0
    if isinstance(x, dict):
        x = list(x.values())
    if isinstance(x, list | tuple | set | frozenset):
        return not x or any(empty(part) for part in x)
    return False


def holds(verdict: Any) -> bool:
    """Tell whether a predicate said yes: NaN, which Python takes for true, is no yes."""
    return bool(verdict) and bool(verdict == verdict)


def asked(predicate: Callable[..., Any], *args: Any) -> bool:
    """Tell whether a predicate says yes.

    One that cannot be worked out says no: an answer of another form than the property speaks of
    has it not. What a check within it finds is told as it is.
    """
    try:
        return holds(predicate(*args))
    except (NotImplementedError, CheckFailed):
        raise
    except Exception:
        return False
