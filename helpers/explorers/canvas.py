"""The canvas that a reader draws on: a control whose value is a tuple of strokes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import numpy as np
import traitlets

from .controls import LABEL

__all__ = ["EXAMPLE", "Canvas", "CanvasWidget", "Pad", "Strokes"]

Strokes = tuple[tuple[tuple[float, float], ...], ...]

NO_HINT = "no hint"
FOLDER = Path(__file__).parent


def as_strokes(value: Any) -> Strokes:
    """Take nested lists of numbers, as a browser sends them, as strokes.

    Raises
    ------
    ValueError, TypeError
        If they are anything but finite points (x, y).
    """
    strokes = tuple(tuple((float(x), float(y)) for x, y in stroke) for stroke in value)
    if not all(isfinite(number) for stroke in strokes for point in stroke for number in point):
        raise ValueError("strokes hold NaN or infinity: give finite points (x, y).")
    return strokes


def curve(start, towards, end, points: int = 12) -> tuple[tuple[float, float], ...]:
    """Give points of a quadratic Bézier curve."""
    t = np.linspace(0, 1, points)[:, np.newaxis]
    line = (
        (1 - t) ** 2 * np.array(start) + 2 * t * (1 - t) * np.array(towards) + t**2 * np.array(end)
    )
    return as_strokes([line.round(3).tolist()])[0]


# The tree, 木, as a hand may write it: across, down, and two strokes that fall to both sides.
EXAMPLE: Strokes = (
    curve((0.16, 0.45), (0.5, 0.39), (0.85, 0.37)),
    curve((0.5, 0.14), (0.51, 0.7), (0.5, 1.21)),
    curve((0.49, 0.42), (0.4, 0.78), (0.11, 1.0)),
    curve((0.51, 0.43), (0.65, 0.8), (0.91, 0.96)),
)


class Pad(anywidget.AnyWidget):
    """What is drawn on, in the browser: ink follows the pen without asking the kernel.

    Attributes
    ----------
    value
        Strokes of points (x, y) in widths of the canvas, which is 4/3 as high as wide.
    hint
        Strokes (x, y) in the unit square, shown faintly.
    example
        Whether ``value`` is an example, which goes away when the reader begins to draw.
    """

    _esm = FOLDER / "canvas.js"
    _css = FOLDER / "canvas.css"
    value = traitlets.Tuple().tag(sync=True, from_json=lambda value, _widget: as_strokes(value))
    hint = traitlets.List().tag(sync=True)
    example = traitlets.Bool(False).tag(sync=True)


class CanvasWidget(ipywidgets.VBox):
    """A pad and a menu of hints; ``value`` is what was drawn."""

    WIDTH = 288
    value = traitlets.Tuple()

    def __init__(self, canvas: "Canvas", value: Strokes, label: str):
        self.pad = Pad(value=value, example=bool(value))
        children = [ipywidgets.HTML(label), self.pad]
        if canvas.hints:
            options = [(NO_HINT, ""), *zip(canvas.names, canvas.hints, strict=True)]
            self.hint = ipywidgets.Dropdown(
                options=options,
                value="",
                description="hint",
                style=LABEL,
                layout={"width": "288px"},
            )
            self.hint.observe(lambda change: self._show_hint(canvas, change["new"]), "value")
            children.append(self.hint)
        super().__init__(children)
        traitlets.link((self.pad, "value"), (self, "value"))

    def _show_hint(self, canvas: "Canvas", name: str) -> None:
        strokes = canvas.draw_hint(name) if name else ()
        self.pad.hint = [np.round(stroke, 3).tolist() for stroke in strokes]


@dataclass(frozen=True)
class Canvas:
    """Draw with mouse, pen or finger.

    Parameters
    ----------
    hints
        What can be shown faintly beneath the drawing.
    names
        How the menu writes them.
    draw_hint
        Function from a hint to its strokes (n, 2) in the unit square.
    label
        Shown above.
    """

    hints: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    draw_hint: Callable[[str], Sequence[np.ndarray]] | None = None
    label: str | None = None

    def values(self) -> tuple[Strokes, ...]:
        """Give drawings of no stroke, a dot, a line, an example, and many strokes."""
        grid = tuple(((0.1, y / 20), (0.9, y / 15)) for y in range(20))
        return ((), (((0.5, 0.5),),), (((0.5, 0.1), (0.5, 1.2)),), EXAMPLE, grid)

    def allows(self, value: Any) -> bool:
        """Tell whether ``value`` is a tuple of strokes."""
        try:
            return as_strokes(value) == value
        except (TypeError, ValueError):
            return False

    def widget(self, value: Strokes, label: str) -> CanvasWidget:
        """Build the canvas with its menu of hints."""
        return CanvasWidget(self, value, label)
