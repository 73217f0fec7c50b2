"""A figure of an explorer as a PNG file, drawn quickly and at twice the pixels of the page."""

import gc
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from helpers.plotting.alttext import alt_text
from helpers.plotting.style import png

from matplotlib import rc_context
from matplotlib.figure import Figure

from .frame import DPI

__all__ = ["CHART", "Drawn", "drawn", "pictures_in"]

CHART = "chart"
"""The gid of an image that is a chart, no picture: in the dark it is turned over with the rest."""

# Titles stand on top of their axes. Matplotlib would measure all labels of the ticks to find out.
TITLES = {"axes.titley": 1.0}

Box = tuple[float, float, float, float]


class Drawn(NamedTuple):
    """The bytes of a PNG file, its figure's width and height in inches, and the pictures in it.

    A picture is a box: left, top, right and bottom edge from 0 to 1, from the top left. The words
    say what is to be seen, for those who do not see it.
    """

    png: bytes
    inches: tuple[float, float]
    pictures: tuple[Box, ...]
    words: str


def drawn(draw: Callable[[], Figure]) -> Drawn:
    """Draw what ``draw`` makes.

    A figure is many small objects that hold each other. Python would look for such litter while the
    figure is made, again and again, among all that the notebook has: half a second each time, where
    a network is loaded. So it looks once, when the figure is done, and among what is new.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _drawn(_made(draw))  # no name for the figure here: it would be no litter yet
    finally:
        gc.collect(0)
        if collecting:
            gc.enable()


def _made(draw: Callable[[], Figure]) -> Figure:
    with rc_context(TITLES):
        return draw()


def _drawn(figure: Figure) -> Drawn:
    figure.set_dpi(DPI)
    try:
        content = png(figure)
        width, height = figure.get_size_inches()
        places = tuple(pictures_in(figure))
        return Drawn(content, (float(width), float(height)), places, alt_text(figure))
    finally:
        # A draw() that used pyplot would otherwise leave one open figure for each change.
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot:
            pyplot.close(figure)


def pictures_in(figure: Figure) -> Iterator[Box]:
    """Yield where a drawn figure holds pictures; one that lies within another is left out."""
    boxes: list[Box] = []
    wide, tall = figure.bbox.width, figure.bbox.height
    for axes in figure.axes:
        for image in axes.images:
            if image.get_gid() == CHART:
                continue
            extent = image.get_window_extent()
            left, right = (min(max(x, axes.bbox.x0), axes.bbox.x1) / wide for x in extent.intervalx)
            low, high = (min(max(y, axes.bbox.y0), axes.bbox.y1) / tall for y in extent.intervaly)
            boxes.append((left, 1 - high, right, 1 - low))
    for index, box in enumerate(boxes):
        others = [*boxes[:index], *(other for other in boxes[index + 1 :] if other != box)]
        if box not in boxes[:index] and not any(_holds(other, box) for other in others):
            yield box


def _holds(outer: Box, inner: Box) -> bool:
    slack = 1e-3
    return (
        outer != inner
        and outer[0] <= inner[0] + slack
        and outer[1] <= inner[1] + slack
        and outer[2] >= inner[2] - slack
        and outer[3] >= inner[3] - slack
    )
