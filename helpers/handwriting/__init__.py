"""Handwriting without a download: 55 Chinese characters, drawn from stroke templates.

A character is a sequence of strokes; a writer bends them, a pen inks them, a scanner photographs
them. Everything follows from a seed and is the same on every machine.
"""

from .characters import CHARACTERS, CLASSES, READINGS
from .counts import counts
from .dataset import dataset
from .fields import fields
from .films import Film, film
from .forms import forms
from .pages import Page, pages
from .pictures import pictures, scans
from .templates import COMPONENTS, place, strokes

__all__ = [
    "CHARACTERS",
    "CLASSES",
    "COMPONENTS",
    "READINGS",
    "Film",
    "Page",
    "counts",
    "dataset",
    "fields",
    "film",
    "forms",
    "pages",
    "pictures",
    "place",
    "scans",
    "strokes",
]
