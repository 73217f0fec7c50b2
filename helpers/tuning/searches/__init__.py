"""A search on the character CNN that the course ran once, and the network and space that it used.

``python -m helpers.making.search`` made ``characters.json``, which `recorded` reads.
"""

from .characters import EPOCHS, PER_CLASS, character_cnn, character_objective, character_space
from .store import recorded

__all__ = [
    "EPOCHS",
    "PER_CLASS",
    "character_cnn",
    "character_objective",
    "character_space",
    "recorded",
]
