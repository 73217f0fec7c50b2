"""How large an explorer's picture is shown and where its controls stand: one rule for all.

A figure's inch is CSS's: at most 96 pixels on the page, and twice as many in the file, so that it
is crisp on any screen. Where the window is small it shrinks, so that picture and controls stand on
one screen, but never below 84: there a text of 10.5 points is still 12 pixels tall.

In a window of 1000 x 700 JupyterLab leaves 820 x 570 pixels. What a figure and its controls may
take follows from that, and the tests hold all explorers to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

__all__ = [
    "COLUMN",
    "DPI",
    "GAP",
    "LEAST",
    "MOST",
    "ROOM",
    "ROW",
    "SCREEN",
    "Frame",
    "fit",
    "rows",
]

DPI = 192  # of the file
MOST, LEAST = 96, 84  # CSS pixels that an inch takes on the page
ROOM = 820  # pixels that a window of 1000 leaves for an output
BARS = 132  # pixels of a window's height that JupyterLab takes, and the margins of an output
SCREEN = 700 - BARS  # that are left for an output, in a window of 700
ROW, GAP = 32, 16  # height of a row of controls, and what lies between two of them
COLUMN = 262  # width of a column of controls beside a picture
LETTER = 7  # pixels, of a label; wider than most are
MARGINS = 4  # left and right of a control
TRACK, READOUT, MENU, ARROW = 112, 56, 168, 34
LONGER = 220  # pixels by which a slider may stretch


@dataclass(frozen=True)
class Frame:
    """What stands around a picture: so many pixels above it, and so many beside it."""

    above: int = 0
    beside: int = 0

    def width(self, inches: tuple[float, float]) -> str:
        """Say in CSS how wide a figure of this width and height is shown."""
        wide, tall = inches
        fitting = f"(100vh - {BARS + self.above}px) * {wide / tall:.4f}"
        return f"min(100%, {MOST * wide:.0f}px, max({LEAST * wide:.0f}px, {fitting}))"

    def inch(self, inches: tuple[float, float]) -> float:
        """Return how many pixels an inch takes at least, in a window of 1000 x 700."""
        return min(LEAST, (ROOM - self.beside) / inches[0])

    def height(self, inches: tuple[float, float]) -> float:
        """Return how many pixels picture and controls take there, of `SCREEN`."""
        return self.above + self.inch(inches) * inches[1]


def rows(widths: Sequence[int], room: int = ROOM) -> int:
    """Count the rows that controls of these widths take, one after the other."""
    count, left = 0, 0
    for width in widths:
        if width > left:
            count, left = count + 1, room
        left -= width + GAP
    return count


def fit(control: Any) -> int:
    """Make a control as wide as it needs to be, and return how many pixels that is."""
    import ipywidgets

    label = LETTER * len(getattr(control, "description", "")) + 10
    if isinstance(control, ipywidgets.IntSlider | ipywidgets.FloatSlider):
        wide = label + TRACK + READOUT
        _stretch(control, wide)
    elif isinstance(control, ipywidgets.Dropdown):
        longest = max(map(len, _names(control)))
        wide = label + min(LETTER * longest + ARROW, MENU)
    elif isinstance(control, ipywidgets.ToggleButtons):
        # The label beside its buttons, not above them.
        control.layout.display, control.layout.flex_flow = "flex", "row nowrap"
        return label + sum(LETTER * len(name) + 24 for name in _names(control)) + MARGINS
    elif isinstance(control, ipywidgets.Box):
        inside = [child for child in control.children if not isinstance(child, ipywidgets.Label)]
        names = [child for child in control.children if isinstance(child, ipywidgets.Label)]
        wide = sum(LETTER * len(name.value) + 10 for name in names) + sum(map(fit, inside))
        control.layout.width = "auto"
        _stretch(control, wide)
        return wide + MARGINS
    elif isinstance(control, ipywidgets.Play):
        wide = 72
    else:
        control.layout.width = "auto"
        return label + 34 + MARGINS
    control.layout.width = f"{wide}px"
    return wide + MARGINS


def _stretch(control: Any, wide: int) -> None:
    """Let a slider have what is left of its row: a long way is easier to set."""
    control.layout.flex = f"1 1 {wide}px"
    control.layout.max_width = f"{wide + LONGER}px"


def _names(control: Any) -> list[str]:
    """Return how the options of a menu are written."""
    return [str(one[0] if isinstance(one, tuple) else one) for one in control.options]
