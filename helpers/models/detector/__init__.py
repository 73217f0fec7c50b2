"""A detector of characters on pages: a grid whose cells answer for what has its centre in them.

``python -m helpers.making.detector`` made what lies in ``weights/``, and prints how good it is.
"""

from .model import BOXES, CHANNELS, SIDE, STRIDE, build, loss, targets
from .reading import find
from .store import load, log

__all__ = [
    "BOXES",
    "CHANNELS",
    "SIDE",
    "STRIDE",
    "build",
    "find",
    "load",
    "log",
    "loss",
    "targets",
]
