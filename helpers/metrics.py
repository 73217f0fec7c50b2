"""How good is a classifier: confusions, confidence, calibration, and how sure we are of it.

Every function takes arrays and returns arrays or numbers. `labels` and `predicted` hold class
indices, 0 to K - 1; `logits` and `probabilities` have shape (N, K), a row for each picture.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp

Z95 = 1.959963984540054  # 95 % of a normal distribution lie within so many standard deviations
TEMPERATURES = (0.05, 20.0)  # where the best one is looked for


def softmax(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """Return the probabilities (N, K) of logits (N, K), divided by a temperature first.

    Raises
    ------
    ValueError
        When the temperature is not above 0.
    """
    if not temperature > 0:
        raise ValueError(f"temperature is {temperature}: it must be above 0.")
    scaled = np.asarray(logits, float) / temperature
    return np.exp(scaled - logsumexp(scaled, axis=-1, keepdims=True))


def top_k_accuracy(scores: np.ndarray, labels: np.ndarray, k: int = 5) -> float:
    """Return the share of pictures whose label is among the `k` highest scores of its row.

    Parameters
    ----------
    scores : (N, K) array
        Logits or probabilities.
    labels : (N,) array of int
    k : int
    """
    scores, labels = _rows(scores, labels)
    best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return float((best == labels[:, np.newaxis]).any(axis=1).mean())


def confusion_matrix(labels: np.ndarray, predicted: np.ndarray, classes: int) -> np.ndarray:
    """Count what was read as what.

    Returns
    -------
    (K, K) array of int
        Row: the label. Column: the prediction. The diagonal holds the right answers.

    Raises
    ------
    ValueError
        When the lengths differ, or an index lies outside 0 to `classes` - 1.
    """
    labels, predicted = np.asarray(labels), np.asarray(predicted)
    if labels.shape != predicted.shape or labels.ndim != 1:
        raise ValueError(
            f"labels has shape {labels.shape}, predicted {predicted.shape}: give one class index "
            "a picture in each."
        )
    for name, indices in (("labels", labels), ("predicted", predicted)):
        if indices.size and not 0 <= indices.min() <= indices.max() < classes:
            raise ValueError(
                f"{name} holds {indices.min()} to {indices.max()}: with {classes} classes the "
                f"indices run from 0 to {classes - 1}."
            )
    places = labels.astype(np.int64) * classes + predicted.astype(np.int64)
    return np.bincount(places, minlength=classes**2).reshape(classes, classes)


def confused_pairs(counts: np.ndarray) -> list[tuple[int, int, int]]:
    """Return the pairs of classes that are taken for each other, the commonest first.

    Parameters
    ----------
    counts : (K, K) array of int
        As `confusion_matrix` gives it.

    Returns
    -------
    list of (i, j, errors)
        With i < j; `errors` adds up both directions. Pairs without errors are left out; equal
        ones stand in the order of i, then j.
    """
    both = np.triu(np.asarray(counts) + np.transpose(counts), k=1)
    order = np.argsort(-both, axis=None, kind="stable")[: np.count_nonzero(both)]
    pairs = zip(*np.unravel_index(order, both.shape), strict=True)
    return [(int(i), int(j), int(both[i, j])) for i, j in pairs]


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


def reliability(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> Reliability:
    """Sort answers into bins of equal width by their confidence.

    Parameters
    ----------
    confidence : (N,) array
        The highest probability of each answer, 0 to 1. A bin holds its upper end, not its lower
        one: 0.9 belongs to the bin that ends at 0.9, and 1 to the last.
    right : (N,) array of bool
    bins : int

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
    place = np.clip(np.ceil(np.round(confidence * bins, 9)).astype(int) - 1, 0, bins - 1)
    counts = np.bincount(place, minlength=bins)
    sums = [np.bincount(place, weights=values, minlength=bins) for values in (confidence, right)]
    with np.errstate(invalid="ignore"):  # an empty bin has no mean: NaN
        means = [total / counts for total in sums]
    return Reliability(np.linspace(0, 1, bins + 1), counts, *means)


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error of answers; see `reliability`.

    Source: Naeini, Cooper and Hauskrecht (2015); Guo and others (2017).
    """
    return reliability(confidence, right, bins).error


def log_loss(logits: np.ndarray, labels: np.ndarray, temperature: float = 1.0) -> float:
    """Return the mean of -log p of the label, the loss that training makes small (in nats)."""
    logits, labels = _rows(logits, labels)
    scaled = logits / temperature
    own = np.take_along_axis(scaled, labels[:, np.newaxis], axis=1)[:, 0]
    return float(np.mean(logsumexp(scaled, axis=1) - own))


def least_probable(logits: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    """Return the places of the `count` pictures whose label is least probable, the lowest first.

    There one finds wrong labels, and the model's surest mistakes.
    """
    logits, labels = _rows(logits, labels)
    own = np.take_along_axis(logits, labels[:, np.newaxis], axis=1)[:, 0]
    return np.argsort(own - logsumexp(logits, axis=1), kind="stable")[:count]


def fit_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the temperature that makes the loss of these pictures smallest.

    The loss is convex in 1 / temperature, so a search on a line finds it. Fit on validation
    pictures: those of training are too well known, those of the test are to stay unseen.

    Source: Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural Networks (2017).
    """
    logits, labels = _rows(logits, labels)
    low, high = np.log(TEMPERATURES)
    found = minimize_scalar(
        lambda t: log_loss(logits, labels, np.exp(t)), bounds=(low, high), method="bounded"
    )
    return float(np.exp(found.x))


def binomial_interval(right, total, z: float = Z95) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of Wilson's interval for a share, `right` of `total` (numbers or arrays).

    Source: Wilson (1927). It stays within 0 to 1, and is not empty when all are right.
    """
    right, total = np.asarray(right, float), np.asarray(total, float)
    if (total <= 0).any() or (right < 0).any() or (right > total).any():
        raise ValueError(f"{right} of {total} is no share: give 0 <= right <= total, total > 0.")
    share = right / total
    centre = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    half = z / (1 + z**2 / total) * np.sqrt(share * (1 - share) / total + (z / (2 * total)) ** 2)
    return np.clip(centre - half, 0, 1)[()], np.clip(centre + half, 0, 1)[()]


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


def reading_cost(
    confidence: np.ndarray,
    right: np.ndarray,
    threshold: float,
    *,
    error: float = 10.0,
    check: float = 1.0,
) -> float:
    """Return what a picture costs on average when a person checks the less sure ones.

    Parameters
    ----------
    confidence, right : (N,) arrays
    threshold : float
        Answers of at least this confidence are accepted as they are.
    error, check : float
        What an accepted wrong answer costs, and what a check costs.
    """
    confidence, right = np.asarray(confidence, float), np.asarray(right, bool)
    accepted = confidence >= threshold
    return float(np.where(accepted, error * ~right, check).mean())


def _rows(scores: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scores, labels = np.asarray(scores, float), np.asarray(labels, np.int64)
    if scores.ndim != 2 or labels.shape != scores.shape[:1]:
        raise ValueError(
            f"scores have shape {scores.shape}, labels {labels.shape}: give (N, K) and (N,)."
        )
    return scores, labels
