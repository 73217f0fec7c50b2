"""What the tests of figures share: the course's style, and an eye for unreadable text."""

from dataclasses import dataclass, field

from helpers import plotting
from helpers.explorers.drawn import pictures_in
from helpers.explorers.frame import SCREEN

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from tests.contrast import Beneath

SLACK = 2  # pixels by which a text may leave the figure or touch another
SMALLEST = 12  # pixels on the page, of a text in an explorer


@pytest.fixture(scope="session", autouse=True)
def course_style():
    """Draw every figure as the notebooks do."""
    with matplotlib.rc_context():
        plotting.use_style()
        yield


@pytest.fixture(scope="session")
def look():
    """Draw a figure and return its pixels and what is unreadable in it.

    ``look(figure)`` gives ``(pixels, faults)``; a fault is a sentence about a text that leaves the
    figure, is cut off by its axes, covers another, or hardly stands out from what is beneath it.
    """
    return _look


@pytest.fixture(scope="session")
def sweep():
    """Draw each state of an explorer's sweep, once; see `Swept`.

    ``sweep(explorer)`` draws when it is first asked, and remembers.
    """
    swept: dict[int, tuple[object, Swept]] = {}

    def sweep(explorer):
        if id(explorer) not in swept:  # it is kept, so that no other one gets its id
            swept[id(explorer)] = explorer, _sweep(explorer)
        return swept[id(explorer)][1]

    return sweep


@dataclass
class Swept:
    """What came of drawing the states of an explorer, and the first of them again at the end.

    Attributes
    ----------
    states : list
    unreadable : dict
        Faults by state, of those that have any.
    empty : list
        States whose figure has no axes, or whose picture shows nothing.
    first, again : numpy.ndarray
        Pixels of the first state, before and after all others.
    """

    states: list = field(default_factory=list)
    unreadable: dict = field(default_factory=dict)
    empty: list = field(default_factory=list)
    first: np.ndarray | None = None
    again: np.ndarray | None = None


def _sweep(explorer) -> Swept:
    found = Swept(states=list(dict.fromkeys(explorer.sweep())))
    frame = explorer.show().frame
    for state in (*found.states, found.states[0]):
        figure = explorer.draw(state)
        assert isinstance(figure, Figure), state
        pixels, faults = _look(figure)
        faults += [*_small(figure, frame), *_overlapping(list(pictures_in(figure)))]
        pyplot.close(figure)
        if faults:
            found.unreadable[state] = faults
        if not figure.axes or pixels.std() <= 5:
            found.empty.append(state)
        if state == found.states[0]:
            found.first, found.again = found.again, pixels.copy()
    return found


def _look(figure):
    drawn, beneath = [], Beneath()
    draw = Text.draw

    def draw_and_remember(self, renderer):
        beneath.note(self, renderer)
        draw(self, renderer)
        if self.get_visible() and self.get_text().strip():
            drawn.append((self, Text.get_window_extent(self, renderer)))

    canvas = FigureCanvasAgg(figure)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", draw_and_remember)
        canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[..., :3]
    return pixels, [*_cut_off(drawn, figure.bbox), *_covered(drawn), *beneath.faults()]


def _small(figure, frame):
    """Tell what is too small, or too large, on the page of a window of 1000 x 700."""
    inches = tuple(figure.get_size_inches())
    for text in figure.findobj(lambda one: isinstance(one, Text) and one.get_visible()):
        if not text.get_text().strip():
            continue
        tall = text.get_fontsize() / 72 * frame.inch(inches)
        if tall < SMALLEST:
            yield f"{text.get_text()!r} is {tall:.1f} pixels tall on the page"
    if frame.height(inches) > SCREEN:
        yield f"with its controls it is {frame.height(inches):.0f} pixels tall, of {SCREEN}"


def _overlapping(boxes):
    """Tell which pictures lie on another: in the dark, that part would not be left as it is."""
    for index, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:index]:
            wide = min(right, other[2]) - max(left, other[0])
            tall = min(bottom, other[3]) - max(top, other[1])
            if min(wide, tall) > 1e-3:
                yield f"pictures {other} and {boxes[index]} overlap"


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
