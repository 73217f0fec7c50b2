"""Contrast, as the WCAG 2 measures it: text must stand out from what is beneath it."""

from functools import lru_cache

import numpy as np
from matplotlib.colors import to_hex, to_rgb

LEAST = 4.5


def contrast(one, other) -> float:
    """Return the contrast of two colours, from 1 to 21; text needs 4.5."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour) -> float:
    """Return how light a colour is, from 0 to 1."""
    return _luminance(to_rgb(colour))


@lru_cache(4096)  # a table asks for each of its numbers
def _luminance(rgb: tuple[float, float, float]) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return sum(part * c for part, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@lru_cache
def as_text(colour: str, on: str = "white") -> str:
    """Return a colour as text may have it: the same, or as much darker as a light ground asks for.

    Parameters
    ----------
    colour, on
        The colour, and what the text stands on.

    Returns
    -------
    str
        As "#AD4C00".
    """
    if contrast(colour, on) >= LEAST:
        return colour
    for share in np.linspace(1, 0, 101):
        darker = share * np.array(to_rgb(colour))
        if contrast(darker, on) >= LEAST + 0.1:  # pixels have 8 bits, and edges are soft
            break
    return to_hex(darker)
