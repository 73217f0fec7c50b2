"""Whether two outcomes are the same wrong answer, and a digest that is the same for both.

Both look through the last bits of a float. Where the type itself is wrong it counts; elsewhere an
int is the float that holds it, and a list the tuple of the same parts. An answer that is a value
may be written as an array or as the list of its rows.
"""

from __future__ import annotations

import hashlib
from typing import Any

from helpers.checks.comparison import NUMBERS, difference
from helpers.checks.seen import Odd, Raised, Seen

import numpy as np

BY_TYPE = ("type", "dtype")  # layers at which the type counts
MOST_NUMBERS = 64  # of more than these, so many sums are taken
# Cells of a grid for floats: a share of the largest, and no number that people write lies on an
# edge between two of them.
CELLS, SCALE, OFFSET = 2.0**-11, 1.37135, 0.38197
WHOLE, LARGEST_WHOLE, LARGEST_EXACT = 1e-6, 1e5, 2.0**53


class Undigested(Exception):
    """What is no plain data has no digest."""


def by_type(layer: str) -> bool:
    """Tell whether a check that fails at `layer` is about the type of the last that was seen."""
    return layer in BY_TYPE


def alike(a: Any, b: Any, *, typed: bool, of_value: bool = False) -> bool:
    """Tell whether two outcomes are the same.

    Parameters
    ----------
    a, b : plain data, Raised or Odd
    typed : bool
        Whether an int is another outcome than the float that holds it, and a list than a tuple.
    of_value : bool
        Whether they are values of a name, and no results of calls.
    """
    if isinstance(a, Raised | Odd) or isinstance(b, Raised | Odd):
        return type(a) is type(b) and a == b  # an array would be compared number by number
    if typed and _sort(a) != _sort(b):
        return False
    if of_value and isinstance(a, np.ndarray) != isinstance(b, np.ndarray):
        a, b = _rows(a), _rows(b)
    return difference(a, b) is None


def digest(seen: list[Seen], layer: str, nudge: float = 0.0) -> bytes:
    """Return a digest of all that was seen up to a check that failed at `layer`.

    Parameters
    ----------
    seen : list of Seen
    layer : str
    nudge : float
        By which share floats are made larger: one that lies on an edge of the grid, where another
        machine's last bits would decide, falls to its other side.

    Raises
    ------
    Undigested
        When something of it is no plain data.
    """
    hasher = _Hasher(1 + nudge)
    hasher.text(layer)
    for one in seen:
        hasher.text(one.name)
        hasher.feed(one.args)
        hasher.feed(_rows(one.outcome) if one.args is None else one.outcome)
    if seen and by_type(layer):
        hasher.text(repr(_sort(seen[-1].outcome)))
    return hasher.digest()


def _rows(x: Any) -> Any:
    """Return a small array of numbers as the list of its rows; all else as it is."""
    few = isinstance(x, np.ndarray) and x.ndim and x.size <= MOST_NUMBERS
    return x.tolist() if few and x.dtype.kind in "biuf" else x


def _sort(x: Any) -> Any:
    """Return what of a type counts: floats by their width, whole numbers together."""
    if isinstance(x, list | tuple):
        return type(x).__name__, *map(_sort, x)
    if isinstance(x, dict):
        return "dict", *((key, _sort(value)) for key, value in x.items())
    if isinstance(x, (*NUMBERS, np.ndarray)):
        dtype = np.asarray(x).dtype
        return isinstance(x, np.ndarray), dtype.str if dtype.kind in "fc" else dtype.kind
    return "str" if isinstance(x, str) else type(x).__name__


def _as_python(x: Any) -> str:
    try:
        return repr(x)
    except ValueError:  # a whole number of thousands of digits
        raise Undigested(type(x).__name__) from None


class _Hasher:
    def __init__(self, factor: float) -> None:
        self._hash = hashlib.sha256()
        self._factor = factor

    def digest(self) -> bytes:
        return self._hash.digest()

    def text(self, text: str) -> None:
        """Feed a text, with its length."""
        data = text.encode("utf-8", "surrogatepass")
        self._hash.update(f"{len(data)}:".encode() + data)

    def feed(self, x: Any) -> None:
        """Feed plain data."""
        if isinstance(x, Raised | Odd):
            self.text(f"{type(x).__name__} {x.name}")
        elif isinstance(x, str | bytes | type(None)):
            self.text(repr(str(x) if isinstance(x, str) else x))
        elif isinstance(x, list | tuple):
            self._parts(x, "(")
        elif isinstance(x, dict):
            self._parts([part for item in x.items() for part in item], "{")
        elif isinstance(x, set | frozenset):
            self._parts(sorted(x, key=_as_python), "s")
        elif isinstance(x, (*NUMBERS, np.ndarray)) and not np.asarray(x).dtype.hasobject:
            self._array(np.asarray(x))
        elif isinstance(x, int):  # beyond 64 bits
            self.text(_as_python(x))
        else:
            raise Undigested(type(x).__name__)

    def _parts(self, parts: Any, sign: str) -> None:
        self.text(f"{sign}{len(parts)}")
        for part in parts:
            self.feed(part)

    def _array(self, x: np.ndarray) -> None:
        self.text(repr(x.shape))
        if x.dtype.kind not in "biufc":
            self.text(repr(x.tolist()))
        elif x.dtype.kind in "bi" or (x.dtype.kind == "u" and x.dtype.itemsize < 8):
            self._hash.update(x.astype(np.int64).tobytes())
        elif x.dtype.kind == "u":
            self.text(repr(x.tolist()))
        elif x.dtype.kind == "c":
            self._floats(np.stack([x.real, x.imag]).astype(float))
        else:
            self._floats(x.astype(float))

    def _floats(self, x: np.ndarray) -> None:
        finite = np.isfinite(x)
        if not finite.all():
            self.text(repr(np.argwhere(~finite).tolist()) + repr(x[~finite].tolist()))
            x = np.where(finite, x, 0.0)
        whole = np.rint(x)
        largest = np.abs(x).max(initial=0.0)
        near = largest < LARGEST_WHOLE and np.allclose(x, whole, rtol=WHOLE, atol=WHOLE)
        if near or (largest < LARGEST_EXACT and (x == whole).all()):
            self._hash.update(whole.astype(np.int64).tobytes())
            return
        numbers = x.ravel() * self._factor
        if numbers.size > MOST_NUMBERS:
            places = np.arange(numbers.size)
            numbers = np.bincount(places % MOST_NUMBERS, numbers * np.cos(0.7 * places))
        exponent = int(np.frexp(np.abs(numbers).max() * SCALE)[1])
        width = CELLS * 2.0**exponent
        self.text(repr(exponent))
        self._hash.update(np.floor(numbers / width + OFFSET).astype(np.int64).tobytes())
