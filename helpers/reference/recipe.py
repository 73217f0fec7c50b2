"""How each reference model is trained: pictures, epochs, learning rate."""

from __future__ import annotations

from typing import NamedTuple

BATCH = 128


class Recipe(NamedTuple):
    """One way to train.

    ``per_class``: training pictures of each character, ``None`` for all 25,764; ``rate``: the
    learning rate that the cosine begins with, or that stays where ``decays`` is False.
    """

    per_class: int | None
    epochs: int
    rate: float
    decays: bool


PROFILES = {
    # The reference: part of the training pictures, so that all nine trainings fit in 15 minutes.
    "full": {
        "logistic": Recipe(None, 8, 1e-3, True),
        "cnn": Recipe(200, 12, 1e-3, False),
        "improved": Recipe(None, 5, 3e-3, True),
    },
    # To see that the script works.
    "fast": {
        "logistic": Recipe(20, 4, 1e-3, True),
        "cnn": Recipe(20, 3, 1e-3, False),
        "improved": Recipe(20, 2, 3e-3, True),
    },
}
