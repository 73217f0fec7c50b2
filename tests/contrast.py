"""Contrast as WCAG 2 measures it, and the texts of a figure that have too little of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.patheffects import Stroke, withStroke
from matplotlib.text import Text

LEAST = 4.5
ROUNDING = 0.05  # pixels have 8 bits


def contrast(one, other) -> float:
    """Return the contrast of two colours, as matplotlib takes them, from 1 to 21."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour) -> float:
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


class Beneath:
    """Watches texts being drawn, and keeps what lies beneath each.

    Attributes
    ----------
    faint : dict
        Contrast by text, of those that have less than 4.5.
    """

    def __init__(self) -> None:
        self.faint: dict[str, float] = {}

    def note(self, text: Text, renderer) -> None:
        """Look at a text that is about to be drawn."""
        if not text.get_visible() or not text.get_text().strip():
            return
        background = self._background(text, renderer)
        if background is None:
            return
        *colour, alpha = to_rgba(text.get_color(), text.get_alpha())
        seen = alpha * np.array(colour) + (1 - alpha) * background
        found = contrast(seen, background)
        if found < LEAST - ROUNDING:
            self.faint[text.get_text()] = min(found, self.faint.get(text.get_text(), 21))

    def faults(self) -> Iterator[str]:
        """Yield a sentence for each text that has too little contrast."""
        yield from (f"{text!r} has a contrast of {c:.1f}" for text, c in self.faint.items())

    def _background(self, text: Text, renderer) -> np.ndarray | None:
        paper = text.get_bbox_patch()
        if paper is not None and to_rgba(paper.get_facecolor())[3] > 0.9:
            return np.array(to_rgb(paper.get_facecolor()))
        for effect in text.get_path_effects() or ():
            if isinstance(effect, Stroke | withStroke):
                return np.array(to_rgb(effect._gc.get("foreground", "white")))
        pixels = np.asarray(renderer.buffer_rgba())
        box = Text.get_window_extent(text, renderer)
        height, width = pixels.shape[:2]
        left, right = (int(np.clip(x, 0, width)) for x in (box.x0, box.x1 + 1))
        top, bottom = (int(np.clip(height - y, 0, height)) for y in (box.y1 + 1, box.y0))
        beneath = pixels[top:bottom, left:right]
        if not beneath.size:
            return None
        *colour, alpha = np.median(beneath.reshape(-1, 4), axis=0) / 255
        return alpha * np.array(colour) + 1 - alpha  # the page is white
