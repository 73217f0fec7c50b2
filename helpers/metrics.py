"""How sure a classifier is, and how far it can be trusted: calibration and coverage.

Every function takes arrays and returns arrays or numbers. `labels` hold class indices, 0 to
K - 1; `logits` have shape (N, K), a row for each picture. What scikit-learn and SciPy have
(confusion matrix, top-k accuracy, log loss, softmax, Wilson's interval) is taken from there.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp

TEMPERATURES = (0.05, 20.0)  # where the best one is looked for


class Reliability(NamedTuple):
    """What a reliability diagram shows; each array has one entry a bin.

    Attributes
    ----------
    edges : (B + 1,) array
        The ends of the bins, from 0 to 1.
    counts : (B,) array of int
        Pictures in the bin.
    confidence : (B,) array
        Their mean confidence; NaN where there is none.
    accuracy : (B,) array
        Which share of them is right; NaN where there is none.
    """

    edges: np.ndarray
    counts: np.ndarray
    confidence: np.ndarray
    accuracy: np.ndarray

    @property
    def error(self) -> float:
        """The expected calibration error: the mean gap, each bin weighted by its pictures."""
        filled = self.counts > 0
        gaps = np.abs(self.confidence - self.accuracy)[filled]
        return float(np.average(gaps, weights=self.counts[filled]))


def reliability(confidence: np.ndarray, right: np.ndarray) -> Reliability:
    """Sort answers into ten bins of equal width by their confidence.

    Parameters
    ----------
    confidence : (N,) array
        The highest probability of each answer, 0 to 1. A bin holds its upper end, not its lower
        one: 0.9 belongs to the bin that ends at 0.9, and 1 to the last.
    right : (N,) array of bool

    Raises
    ------
    ValueError
        When a confidence is no probability, or there is none.
    """
    confidence, right = np.asarray(confidence, float), np.asarray(right, float)
    if confidence.size == 0 or confidence.shape != right.shape:
        raise ValueError(
            f"confidence has shape {confidence.shape}, right {right.shape}: give one value a "
            "picture in each."
        )
    if not (confidence >= 0).all() or not (confidence <= 1).all():
        raise ValueError(
            f"confidence runs from {confidence.min():g} to {confidence.max():g}: give "
            "probabilities from 0 to 1, as softmax makes them of logits."
        )
    # Rounded: 0.7 * 10 is 7.000000000000001 in floats, which would be the next bin.
    place = np.clip(np.ceil(np.round(confidence * 10, 9)).astype(int) - 1, 0, 9)
    counts = np.bincount(place, minlength=10)
    sums = [np.bincount(place, weights=values, minlength=10) for values in (confidence, right)]
    with np.errstate(invalid="ignore"):  # an empty bin has no mean: NaN
        means = [total / counts for total in sums]
    return Reliability(np.linspace(0, 1, 11), counts, *means)


def calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Return the expected calibration error of answers in ten bins; see `reliability`.

    Source: Naeini, Cooper and Hauskrecht (2015); Guo and others (2017).
    """
    return reliability(confidence, right).error


def fit_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the temperature that makes the loss of these pictures smallest.

    The loss is convex in 1 / temperature, so a search on a line finds it. Fit on validation
    pictures: those of training are too well known, those of the test are to stay unseen.

    Source: Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural Networks (2017).
    """
    logits, labels = np.asarray(logits, float), np.asarray(labels, np.int64)
    if logits.ndim != 2 or labels.shape != logits.shape[:1]:
        raise ValueError(
            f"logits have shape {logits.shape}, labels {labels.shape}: give (N, K) and (N,)."
        )
    own = np.take_along_axis(logits, labels[:, np.newaxis], axis=1)
    above = logits - own  # the label's own is 0 now, so its share is 1 / sum(exp(above))
    low, high = np.log(TEMPERATURES)
    found = minimize_scalar(
        lambda t: logsumexp(above / np.exp(t), axis=1).sum(), bounds=(low, high), method="bounded"
    )
    return float(np.exp(found.x))


def coverage_curve(confidence: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how accurate the surest answers are, the longer the list gets.

    Returns
    -------
    coverage, accuracy : (N,) arrays
        Share of pictures that are answered, from 1/N to 1, and the share of those that is right.
    """
    order = np.argsort(-np.asarray(confidence, float), kind="stable")
    answered = np.arange(1, len(order) + 1)
    return answered / len(order), np.cumsum(np.asarray(right, float)[order]) / answered
