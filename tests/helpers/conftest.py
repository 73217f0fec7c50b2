"""What the tests of figures share: the course's style, and an eye for unreadable text."""

from helpers import plotting

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

SLACK = 2  # pixels by which a text may leave the figure or touch another


@pytest.fixture(scope="session", autouse=True)
def course_style():
    """Draw every figure as the notebooks do."""
    with matplotlib.rc_context():
        plotting.use_style()
        yield


@pytest.fixture
def look(monkeypatch):
    """Draw a figure and return its pixels and what is unreadable in it.

    ``look(figure)`` gives ``(pixels, faults)``; a fault is a sentence about a text that leaves the
    figure, is cut off by its axes, or covers another.
    """
    drawn = []
    draw = Text.draw

    def draw_and_remember(self, renderer):
        draw(self, renderer)
        if self.get_visible() and self.get_text().strip():
            drawn.append((self, Text.get_window_extent(self, renderer)))

    def look(figure):
        canvas = FigureCanvasAgg(figure)
        drawn.clear()
        with monkeypatch.context() as patch:
            patch.setattr(Text, "draw", draw_and_remember)
            canvas.draw()
        pixels = np.asarray(canvas.buffer_rgba())[..., :3]
        return pixels, [*_cut_off(drawn, figure.bbox), *_covered(drawn)]

    return look


def _cut_off(drawn, page):
    for text, box in drawn:
        if not _holds(page, box):
            yield f"{text.get_text()!r} leaves the figure"
        clip = text.get_clip_box() if text.get_clip_on() else None
        if clip is not None and not _holds(clip, box):
            yield f"{text.get_text()!r} is cut off by its axes"


def _holds(outer, inner) -> bool:
    return (
        inner.x0 >= outer.x0 - SLACK
        and inner.y0 >= outer.y0 - SLACK
        and inner.x1 <= outer.x1 + SLACK
        and inner.y1 <= outer.y1 + SLACK
    )


def _covered(drawn):
    upright = [(text.get_text(), box) for text, box in drawn if text.get_rotation() % 90 == 0]
    boxes = np.array([box.extents for _, box in upright]).reshape(-1, 4)
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    for one, other in np.argwhere(np.triu((high - low).min(axis=2) > SLACK, k=1)):
        yield f"{upright[one][0]!r} covers {upright[other][0]!r}"
