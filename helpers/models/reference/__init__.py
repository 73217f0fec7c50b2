"""The models of sections 04 and 05, trained once on the embedded handwriting.

``python -m helpers.making.reference`` made what lies in ``weights/`` and prints how good it is.
"""

from .architectures import NAMES, build
from .store import history, load, log
from .watched import long_history, twelve_guesses, twelve_pictures

__all__ = [
    "NAMES",
    "build",
    "history",
    "load",
    "log",
    "long_history",
    "twelve_guesses",
    "twelve_pictures",
]
