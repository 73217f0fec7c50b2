"""A picture with words, that tells where it was clicked and from where to where somebody drags."""

from pathlib import Path

import anywidget
import traitlets

__all__ = ["ClickablePicture", "as_place", "as_way"]


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
    clicks, drags
        Whether it tells of either.
    name
        Its alternative text.
    """

    _esm = Path(__file__).parent / "clickable.js"
    value = traitlets.Bytes().tag(sync=True)
    place = traitlets.Tuple().tag(sync=True, from_json=lambda value, _widget: as_place(value))
    way = traitlets.Tuple().tag(sync=True, from_json=lambda value, _widget: as_way(value))
    clicks = traitlets.Bool(True).tag(sync=True)
    drags = traitlets.Bool().tag(sync=True)
    name = traitlets.Unicode().tag(sync=True)
