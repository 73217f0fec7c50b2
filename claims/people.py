"""People: how well each is read, and how the careless writer differs from the test's."""

from __future__ import annotations

from helpers import handwriting, metrics
from helpers.handwriting import shift

import numpy as np

from .answers import answers, ask, collection


def temperature(seed: int) -> float:
    """Fit a temperature to new pictures by the training writers."""
    fitted = answers("cnn", "same people", seed)
    return metrics.fit_temperature(fitted.logits, fitted.labels)


def by_writer(seed: int) -> np.ndarray:
    """Return the accuracies of 16 people of the test's kind, each character three times."""
    labels = np.tile(np.arange(len(handwriting.CLASSES)), 3)
    sheets = [
        handwriting.pictures(labels, seed=500 + seed, writers="test", writer=k) for k in range(16)
    ]
    found = ask("cnn", np.concatenate(sheets), np.tile(labels, 16))
    return found.right.reshape(16, -1).mean(axis=1)


def effects(seed: int) -> dict[str, float]:
    """Return how far the careless writer lies from the test, in standard deviations."""
    test, careless = (shift.measure(collection(kind, seed)[0]) for kind in ("test", "careless"))
    return {
        name.partition(" (")[0]: abs(shift.effect_size(values, careless[name]))
        for name, values in test.items()
    }


def differences(seed: int) -> dict[str, float]:
    """Return by what the careless writer's pictures lean more, and the test's are larger."""
    test, careless = (
        {name: float(np.nanmean(v)) for name, v in shift.measure(collection(kind, seed)[0]).items()}
        for kind in ("test", "careless")
    )
    return {
        "slant": careless["slant (degrees)"] - test["slant (degrees)"],
        "taller": test["height (pixels)"] / careless["height (pixels)"],
        "wider": test["width (pixels)"] / careless["width (pixels)"],
    }
