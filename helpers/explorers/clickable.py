"""A picture that tells where it was clicked."""

from pathlib import Path

import anywidget
import traitlets

__all__ = ["ClickablePicture", "as_place"]


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


class ClickablePicture(anywidget.AnyWidget):
    """A PNG in the browser.

    Attributes
    ----------
    value
        The bytes of the PNG.
    place
        Where it was clicked last: x and y from 0 to 1, from the top left, and the number of the
        click, so that two clicks at one place are two.
    name
        Its alternative text.
    """

    _esm = Path(__file__).parent / "clickable.js"
    value = traitlets.Bytes().tag(sync=True)
    place = traitlets.Tuple().tag(sync=True, from_json=lambda value, _widget: as_place(value))
    name = traitlets.Unicode().tag(sync=True)
