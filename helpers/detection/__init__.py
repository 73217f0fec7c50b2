"""Boxes that were found, how good they are, and which one is which from picture to picture.

What a detector finds is a :class:`Found`; `measure` compares it with what stands on the page,
`tracking` joins the frames of a film.
"""

from .found import Found, suppress
from .measure import Curve, curve, mean_average_precision
from .tracking import follow, switches

__all__ = [
    "Curve",
    "Found",
    "curve",
    "follow",
    "mean_average_precision",
    "suppress",
    "switches",
]
