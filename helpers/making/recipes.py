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
    # The reference. Both networks get the same 200 pictures of each character, so that only the
    # recipe differs, and three trainings of each model fit in 15 minutes. The CNN sees each picture
    # 20 times: then it knows them by heart, as the published one does (0.995 to 0.999 of them), and
    # is too sure of itself, which section 05 is about.
    "full": {
        "logistic": Recipe(None, 8, 1e-3, True),
        "cnn": Recipe(200, 20, 2e-3, False),
        "improved": Recipe(200, 11, 3e-3, True),
    },
    # To see that the script works, in some seconds.
    "fast": {
        "logistic": Recipe(8, 2, 1e-3, True),
        "cnn": Recipe(8, 2, 1e-3, False),
        "improved": Recipe(8, 1, 3e-3, True),
    },
}
