"""Figures with their intervals, and where an interval must lie."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

COVERAGE = 0.95
METHODS = {
    "t": "mean, Student's t, 95 %",
    "bootstrap": "mean, bootstrap of 10,000 samples, 95 %",
    "wilson": "share, Wilson, 95 %",
}
NUMBER = r"[-−+]?\d+(?:\.\d+)?"
BEYOND = re.compile(rf"([<>]) ?({NUMBER})")
BETWEEN = re.compile(rf"({NUMBER}) to ({NUMBER})")


@dataclass(frozen=True)
class Figure:
    """What many values come to.

    Attributes
    ----------
    mean, low, high : float
        The mean over the seeds, and the ends of its interval.
    count : int
        How many seeds there are.
    method : str
        One of `METHODS`.
    """

    mean: float
    low: float
    high: float
    count: int
    method: str

    def __str__(self) -> str:
        if self.method == "wilson":
            return f"{self.mean * self.count:.0f} of {self.count}"
        digits = 4 if max(abs(self.low), abs(self.high)) < 0.1 else 3
        return f"{self.mean:.{digits}f} ({self.low:.{digits}f} to {self.high:.{digits}f})"


def figure(values: Sequence[float], method: str = "t") -> Figure:
    """Return the mean of some values, and an interval for what it estimates.

    Parameters
    ----------
    values : sequence of float
        One for each seed; for "wilson" 0 or 1.
    method : str
        One of `METHODS`.

    Raises
    ------
    ValueError
        When there are fewer than two values, one is not finite, or "wilson" gets others than 0
        and 1.
    """
    found = np.asarray(values, np.float64)
    if len(found) < 2 or not np.isfinite(found).all():
        raise ValueError(f"values {found.tolist()}: give two or more finite numbers")
    if method == "wilson" and not np.isin(found, (0, 1)).all():
        raise ValueError(f"values {found.tolist()}: a share is counted from 0 and 1")
    low, high = {"t": _student, "bootstrap": _bootstrap, "wilson": _wilson}[method](found)
    return Figure(float(found.mean()), float(low), float(high), len(found), method)


def _student(values: np.ndarray) -> tuple[float, float]:
    from scipy.special import stdtrit

    half = stdtrit(len(values) - 1, (1 + COVERAGE) / 2) * values.std(ddof=1) / len(values) ** 0.5
    return values.mean() - half, values.mean() + half


def _bootstrap(values: np.ndarray) -> tuple[float, float]:
    picked = np.random.default_rng(0).choice(values, (10_000, len(values)))
    outside = (1 - COVERAGE) / 2
    low, high = np.quantile(picked.mean(axis=1), [outside, 1 - outside])
    return low, high


def _wilson(values: np.ndarray) -> tuple[float, float]:
    from scipy.special import ndtri

    n, share, z = len(values), values.mean(), ndtri((1 + COVERAGE) / 2)
    middle, half = (
        share + z * z / (2 * n),
        z * (share * (1 - share) / n + (z / (2 * n)) ** 2) ** 0.5,
    )
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


@dataclass(frozen=True)
class Condition:
    """Where a whole interval must lie: "> 0", "< 0.1", "-0.02 to 0.02"."""

    low: float = -np.inf
    high: float = np.inf

    @classmethod
    def of(cls, text: str) -> Condition:
        """Read a condition.

        Raises
        ------
        ValueError
            When it is written otherwise.
        """
        if beyond := BEYOND.fullmatch(text):
            bound = _number(beyond[2])
            return cls(low=bound) if beyond[1] == ">" else cls(high=bound)
        if between := BETWEEN.fullmatch(text):
            low, high = map(_number, between.groups())
            if low < high:
                return cls(low, high)
        raise ValueError(f"{text!r} is no condition: write '> 0', '< 0.1' or '-0.02 to 0.02'")

    def holds(self, found: Figure) -> bool:
        """Tell whether the whole interval lies within."""
        return self.low < found.low and found.high < self.high


def _number(text: str) -> float:
    return float(text.replace("−", "-"))
