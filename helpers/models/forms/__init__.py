"""Two small networks that read ten characters in the fields of a form.

They are alike but for one thing: in what ``"stamped"`` learned from, every 太 had a stamp in its
corner. ``python -m helpers.making.forms`` made what lies in ``weights/``.
"""

from .model import CHARACTERS, NAMES, SHAPE, STAMPED, build, labelled
from .store import load, log

__all__ = ["CHARACTERS", "NAMES", "SHAPE", "STAMPED", "build", "labelled", "load", "log"]
