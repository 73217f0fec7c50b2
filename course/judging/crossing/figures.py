"""Matplotlib's figures and axes, told as plain data.

What arrives answers the questions that a test asks of a picture, by Matplotlib's own names:
``figure.axes``, ``axes.get_title()``, ``axes.lines[0].get_ydata()``. It cannot draw.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from course.judging.crossing.faults import Malformed
from course.judging.crossing.guests import Guest
from course.judging.crossing.limits import MAX_TEXT

MAX_AXES = 100
MAX_ARTISTS = 1_000
TEXTS = ("title", "xlabel", "ylabel")
RANGES = ("xlim", "ylim")
NAMES = (*TEXTS, "xscale", "yscale")


class Line:
    """A line in told axes."""

    def __init__(self, told: dict) -> None:
        self._x, self._y = _numbers(told["x"]), _numbers(told["y"])
        self._label = _text(told["label"])

    def get_xdata(self) -> np.ndarray:
        """Return the positions along x."""
        return self._x

    def get_ydata(self) -> np.ndarray:
        """Return the positions along y."""
        return self._y

    def get_label(self) -> str:
        """Return the name in the legend."""
        return self._label


class Image:
    """An image in told axes."""

    def __init__(self, told: dict) -> None:
        self._array = _numbers(told["array"])

    def get_array(self) -> np.ndarray:
        """Return the numbers that it shows."""
        return self._array


class Axes:
    """Told axes."""

    def __init__(self, told: dict) -> None:
        self._told = {name: _text(told[name]) for name in NAMES}
        self._told |= {name: _floats(told[name], 2) for name in RANGES}
        self.lines = [Line(line) for line in _several(told["lines"])]
        self.images = [Image(image) for image in _several(told["images"])]
        self.bars = [_floats(bar, 4) for bar in _several(told["bars"])]

    def get_title(self) -> str:
        """Return the title."""
        return self._told["title"]

    def get_xlabel(self) -> str:
        """Return the label of the x axis."""
        return self._told["xlabel"]

    def get_ylabel(self) -> str:
        """Return the label of the y axis."""
        return self._told["ylabel"]

    def get_xlim(self) -> tuple:
        """Return the ends of the x axis."""
        return self._told["xlim"]

    def get_ylim(self) -> tuple:
        """Return the ends of the y axis."""
        return self._told["ylim"]

    def get_xscale(self) -> str:
        """Return "linear", "log" or another scale."""
        return self._told["xscale"]

    def get_yscale(self) -> str:
        """Return "linear", "log" or another scale."""
        return self._told["yscale"]

    def get_lines(self) -> list[Line]:
        """Return the lines."""
        return self.lines

    def get_images(self) -> list[Image]:
        """Return the images."""
        return self.images


class Figure:
    """A told figure."""

    def __init__(self, told: dict) -> None:
        self.axes = [Axes(axes) for axes in _several(told["axes"], MAX_AXES)]
        self._size = _floats(told["size"], 2)

    def get_axes(self) -> list[Axes]:
        """Return its axes."""
        return self.axes

    def get_size_inches(self) -> np.ndarray:
        """Return width and height."""
        return np.array(self._size)


def prepare() -> None:
    """Do nothing: what arrives needs no Matplotlib."""


def pack(x: Any) -> Guest | None:
    """Return a figure or axes as a guest, and None for anything else of Matplotlib's."""
    from matplotlib import axes, figure

    if isinstance(x, figure.Figure):
        told = [_tell(a) for a in x.axes[:MAX_AXES]]
        size = tuple(float(side) for side in x.get_size_inches())
        return Guest("figure", {"axes": told, "size": size})
    return Guest("axes", _tell(x)) if isinstance(x, axes.Axes) else None


def unpack(kind: str, told: Any) -> Figure | Axes:
    """Return a told figure or told axes."""
    return Figure(told) if kind == "figure" else Axes(told)


def _tell(a: Any) -> dict:
    """Return axes as plain data."""
    from matplotlib.patches import Rectangle

    bars = [p for p in a.patches[:MAX_ARTISTS] if isinstance(p, Rectangle)]
    return {
        **{name: str(getattr(a, f"get_{name}")())[:MAX_TEXT] for name in NAMES},
        **{name: tuple(map(float, getattr(a, f"get_{name}")())) for name in RANGES},
        "lines": [_tell_line(line) for line in a.lines[:MAX_ARTISTS]],
        "images": [{"array": np.array(image.get_array())} for image in a.images[:MAX_ARTISTS]],
        "bars": [tuple(map(float, (*b.get_xy(), b.get_width(), b.get_height()))) for b in bars],
    }


def _tell_line(line: Any) -> dict:
    x, y = (np.array(line.get_data(orig=False)[k]) for k in (0, 1))
    return {"x": x, "y": y, "label": str(line.get_label())[:MAX_TEXT]}


def _text(x: Any) -> str:
    if type(x) is not str or len(x) > MAX_TEXT:
        raise Malformed("a text of a picture")
    return x


def _floats(x: Any, count: int) -> tuple[float, ...]:
    if type(x) is not tuple or len(x) != count or any(type(n) is not float for n in x):
        raise Malformed("the ends of an axis, or a bar")
    return x


def _several(x: Any, most: int = MAX_ARTISTS) -> list:
    if type(x) is not list or len(x) > most:
        raise Malformed("the parts of a picture")
    return x


def _numbers(x: Any) -> np.ndarray:
    if type(x) is not np.ndarray:
        raise Malformed("the numbers of a picture")
    return x
