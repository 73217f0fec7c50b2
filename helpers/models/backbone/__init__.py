"""A pretrained network without a download: trained by the course itself on pseudo-characters.

Its base learns from 400 characters that are none of the 55, and what it has learned about
strokes and parts helps with the 55. ``python -m helpers.making.backbone`` made what lies in
``weights/``; ``python benchmarks/transfer.py`` measures what it is worth where pictures are
few.
"""

from .model import BLOCKS, FEATURES, NAME, SHAPE, build
from .results import measured
from .store import load, log

__all__ = ["BLOCKS", "FEATURES", "NAME", "SHAPE", "build", "load", "log", "measured"]
