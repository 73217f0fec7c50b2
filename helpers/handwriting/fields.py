"""Characters in a field of a form: grey paper, a margin around, and the grain of a scanner."""

from __future__ import annotations

from helpers.ground.draws import keys

import numpy as np

from .pictures import pictures

MARGIN = 6
"""Pixels of paper around the character."""

DARKEST, LIGHTEST = 30, 245
"""Values of ink and paper before the grain."""

GRAIN = 10.0
"""Standard deviation of the grain."""


def fields(
    labels: np.ndarray,
    *,
    seed: int,
    writers: str = "train",
    size: tuple[int, int] = (48, 40),
) -> np.ndarray:
    """Draw characters as a scanner sees them in the fields of a form.

    Ink is no pure black and paper no pure white, so every pixel can become lighter and darker.

    Parameters
    ----------
    labels
        (N,) integers: indices into ``CLASSES``.
    seed
        Any integer: another collection, by other people.
    writers
        ``"train"``, ``"test"`` or ``"careless"``, as for :func:`pictures`.
    size
        Height and width of the field in pixels; the character fills it but for the margin.

    Returns
    -------
    numpy.ndarray
        float32 (N, H, W, 1), 0 to 255.
    """
    inner = tuple(side - 2 * MARGIN for side in size)
    ink = pictures(labels, seed=seed, writers=writers, size=inner)
    around = [(0, 0), (MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)]
    ink = np.pad(ink, around, constant_values=255)
    paper = DARKEST + ink * np.float32((LIGHTEST - DARKEST) / 255)
    rng = np.random.default_rng(keys(seed, 9, np.arange(4)))
    grain = rng.normal(0, GRAIN, paper.shape).astype(np.float32)
    return np.clip(paper + grain, 0, 255)
