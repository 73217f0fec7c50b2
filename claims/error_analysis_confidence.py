"""What section 05 says of how sure the reference network is, and how far that can be trusted."""

from __future__ import annotations

from helpers import metrics

import numpy as np

from course.ledger.declared import claim

from . import people
from .answers import Answers, answers

STRANGERS = "12 collections of 1,100 pictures by other people"
MISS = 0.05  # the share of sets that may lack the label
ELSE = 100  # added to a seed: other pictures, for the calibration


@claim(
    "sure-and-wrong",
    "Wrong answers are less often over 90 % sure than right ones, but a good part of them is.",
    over=STRANGERS,
    holds={"wrong ones": "> 0.15", "right less wrong": "> 0.2"},
    seeds=12,
    profile="full",
)
def sure_and_wrong(seed: int) -> dict[str, float]:
    """Count answers over 90 % sure among the right and the wrong ones."""
    found = answers("cnn", "test", seed)
    right, wrong = (
        float(np.mean(found.confidence()[c] > 0.9)) for c in (found.right, ~found.right)
    )
    return {"right ones": right, "wrong ones": wrong, "right less wrong": right - wrong}


@claim(
    "surest-half",
    "The surest half of the answers is more accurate than all of them.",
    over=STRANGERS,
    holds={"gained": "> 0.03"},
    seeds=12,
    profile="full",
)
def surest_half(seed: int) -> dict[str, float]:
    """Compare the accuracy of the surest half with that of all answers."""
    found = answers("cnn", "test", seed)
    _, accuracy = metrics.coverage_curve(found.confidence(), found.right)
    half = float(accuracy[len(accuracy) // 2 - 1])
    return {"half": half, "gained": half - float(accuracy[-1])}


@claim(
    "overconfident",
    "The network claims more than it reaches, and the cheapest threshold lies above the 90 % that "
    "honest probabilities would give.",
    over=STRANGERS,
    holds={"claimed less reached": "> 0", "cheapest threshold": "> 0.9"},
    seeds=12,
    profile="full",
)
def overconfident(seed: int) -> dict[str, float]:
    """Compare mean confidence with accuracy; find the cheapest threshold at the lesson's prices."""
    found = answers("cnn", "test", seed)
    confidence = found.confidence()
    coverage, accuracy = metrics.coverage_curve(confidence, found.right)
    costs = 10 * coverage * (1 - accuracy) + (1 - coverage)
    return {
        "claimed less reached": float(confidence.mean()) - found.accuracy,
        "cheapest threshold": float(np.sort(confidence)[::-1][np.argmin(costs)]),
    }


@claim(
    "temperature-calibrates",
    "A temperature that was fitted to other pictures takes away most of the calibration error, "
    "with the test's kind of people and with the careless writer.",
    over="12 collections by other people, and 12 by the careless writer",
    holds={"test: error left": "< 0.5", "careless: error left": "< 0.7"},
    seeds=12,
    profile="full",
)
def temperature_calibrates(seed: int) -> dict[str, float]:
    """Fit a temperature to the training writers; compare errors with and without."""
    temperature = people.temperature(seed)
    found = {"temperature": temperature}
    for kind in ("test", "careless"):
        own = answers("cnn", kind, seed)
        before, after = (
            metrics.calibration_error(own.confidence(t), own.right) for t in (1.0, temperature)
        )
        found |= {
            f"{kind}: before": before,
            f"{kind}: after": after,
            f"{kind}: error left": after / before,
        }
    return found


@claim(
    "conformal-sets",
    "Sets that promise the label in 95 % of the cases hold it so often with the people of the "
    "calibration, nearly so often with plain strangers, less often with the test's more various "
    "people and with the careless writer, and again with these once they are calibrated on such "
    "pictures.",
    over="40 calibrations, each on 1,100 pictures, and as many collections of each kind",
    holds={
        "same people": "0.94 to 0.96",
        "strangers": "0.94 to 0.96",
        "test": "< 0.94",
        "careless": "< 0.92",
        "test, calibrated on such": "0.94 to 0.96",
        "careless, calibrated on such": "0.94 to 0.96",
    },
    seeds=40,
    profile="full",
)
def conformal_sets(seed: int) -> dict[str, float]:
    """Calibrate on new pictures by the training writers; count the sets that hold the label."""
    found = {}
    for kind in ("same people", "strangers", "test", "careless"):
        new = answers("cnn", kind, seed)
        found[kind], size = _covered(answers("cnn", "same people", seed + ELSE), new)
        found[f"{kind}: characters a set"] = size
    for kind in ("test", "careless"):
        new = answers("cnn", kind, seed)
        found[f"{kind}, calibrated on such"], size = _covered(
            answers("cnn", kind, seed + ELSE), new
        )
        found[f"{kind}, calibrated on such: characters a set"] = size
    return found


def _covered(known: Answers, new: Answers) -> tuple[float, float]:
    """Return how many of the new sets hold their label, and how many characters a set holds."""
    own = np.sort(_of_labels(known))[::-1]
    place = int(np.ceil((len(own) + 1) * (1 - MISS)))
    least = own[place - 1] if place <= len(own) else 0.0
    sets = new.probabilities() >= least
    return float(np.mean(_of_labels(new) >= least)), float(sets.sum(axis=1).mean())


def _of_labels(found: Answers) -> np.ndarray:
    return found.probabilities()[np.arange(len(found.labels)), found.labels]
