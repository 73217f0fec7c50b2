"""A picture that tells where it was clicked, and from where to where somebody drags.

Whoever uses the keyboard moves a cross over it instead.
"""

from pathlib import Path
from typing import NamedTuple

import anywidget
import traitlets

__all__ = ["ClickablePicture", "Cursor", "as_place", "as_way"]

CHOOSE = "Arrow keys choose; with Shift, five steps at once."
CLICK = "Arrow keys move the cross (with Shift, five steps); Enter clicks there."
DRAG = "Arrow keys move the cross (with Shift, five steps); Enter takes hold, and lets go."


class Cursor(NamedTuple):
    """Where the arrow keys begin in a picture, and how far each goes, in shares of it.

    With ``follows``, what lies there is what is chosen: each arrow key chooses the next at once.
    """

    x: float = 0.5
    y: float = 0.5
    across: float = 0.02
    down: float = 0.02
    follows: bool = True


def as_place(value) -> tuple[float, float, int]:
    """Take what a browser sends as a place (x, y) in the picture, and the number of the click.

    Raises
    ------
    ValueError, TypeError
        If it is anything but two numbers from 0 to 1 and a whole one.
    """
    x, y, count = value
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise ValueError(f"a click at ({x}, {y}) is outside of the picture: give 0 to 1.")
    return float(x), float(y), int(count)


def as_way(value) -> tuple[float, float, float, float, int]:
    """Take what a browser sends as a way, two places (x, y), and the number of the press.

    Raises
    ------
    ValueError, TypeError
        If it is anything but four numbers from 0 to 1 and a whole one.
    """
    *start, x, y, count = value
    return (*as_place((*start, count))[:2], *as_place((x, y, count)))


class ClickablePicture(anywidget.AnyWidget):
    """A PNG in the browser.

    Attributes
    ----------
    value
        The bytes of the PNG.
    place
        Where it was clicked last: x and y from 0 to 1, from the top left, and the number of the
        click, so that two clicks at one place are two.
    way
        From where to where somebody drags: x, y, x and y, and the number of the press, which is the
        same until it is let go.
    drags
        Whether it tells of that.
    name
        Its alternative text.
    cursor
        Place and steps of the cross that the arrow keys move; see `Cursor`.
    follows
        Whether an arrow key clicks at once.
    help
        A line that says what the keys do, shown while it has the focus.
    """

    _esm = Path(__file__).parent / "clickable.js"
    value = traitlets.Bytes().tag(sync=True)
    place = traitlets.Tuple().tag(sync=True, from_json=lambda value, _widget: as_place(value))
    way = traitlets.Tuple().tag(sync=True, from_json=lambda value, _widget: as_way(value))
    drags = traitlets.Bool().tag(sync=True)
    name = traitlets.Unicode().tag(sync=True)
    cursor = traitlets.List([0.5, 0.5, 0.02, 0.02]).tag(sync=True)
    follows = traitlets.Bool().tag(sync=True)
    help = traitlets.Unicode(CLICK).tag(sync=True)

    def point(self, cursor: Cursor) -> None:
        """Put the cross where a state has it."""
        self.follows = cursor.follows
        self.cursor = [float(number) for number in cursor[:4]]
        self.help = CHOOSE if cursor.follows else DRAG if self.drags else CLICK
