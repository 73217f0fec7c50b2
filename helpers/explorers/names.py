"""Names for the controls of an explorer, words for its picture, and its look in the dark."""

from collections.abc import Sequence
from pathlib import Path

import anywidget
import traitlets

__all__ = ["Names", "sheet"]

FOLDER = Path(__file__).parent
Box = tuple[float, float, float, float]


class Names(anywidget.AnyWidget):
    """Nothing to see: it names what stands beside it, in the browser.

    Attributes
    ----------
    title
        Name of the explorer.
    words
        What its picture shows.
    """

    _esm = FOLDER / "names.js"
    _css = FOLDER / "explorer.css"
    title = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)


def sheet(pictures: Sequence[Box]) -> str:
    """Return the element that turns a figure over in the dark, all but the pictures in it.

    Parameters
    ----------
    pictures
        Left, top, right and bottom edge of each, from 0 to 1 and from the top left. None may lie on
        another.
    """
    corners = ["0 0", "100% 0", "100% 100%", "0 100%", "0 0"]
    for left, top, right, bottom in pictures:
        around = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
        # There and back along the same line: what lies between is not part of the path.
        corners += [f"{100 * x:.2f}% {100 * y:.2f}%" for x, y in around] + ["0 0"]
    path = f"polygon(evenodd, {', '.join(corners)})"
    return f'<div class="course-night-sheet" style="clip-path: {path}"></div>'
