"""The look of all figures: one style sheet, one palette, one way to make a figure."""

from dataclasses import dataclass
from pathlib import Path

import matplotlib.style
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from .alttext import alt_text
from .canvas import drawn_canvas
from .cjk import register
from .contrast import LEAST, contrast
from .encoding import encode
from .shown import forms

STYLE_SHEET = Path(__file__).with_name("course.mplstyle")
NOTEBOOK_WIDTH = 10.0  # inches: wider figures are shrunk by the notebook, and their text with them


@dataclass(frozen=True)
class Palette:
    """Okabe and Ito's colour-blind-safe colours by name, and the neutral ones.

    Text is written in `ink` or `soft`, or in what `as_text` makes of another colour: grey is for
    lines and areas, and so are those of the others that hardly stand out from white.
    """

    blue: str = "#0072B2"
    vermillion: str = "#D55E00"
    green: str = "#009E73"
    purple: str = "#CC79A7"
    sky: str = "#56B4E9"
    orange: str = "#E69F00"
    yellow: str = "#F0E442"
    grey: str = "#8A949E"
    soft: str = "#5A6570"
    ink: str = "#22303C"
    line: str = "#C5CCD2"

    @property
    def red(self) -> str:
        """Another name for vermillion."""
        return self.vermillion

    @property
    def outlines(self) -> tuple[str, ...]:
        """Strong colours for boxes and arrows, in the order of use."""
        return (self.vermillion, self.blue, self.green, self.purple, self.orange, self.sky)


PALETTE = Palette()

# Zero is white, negative is blue, positive is orange: told apart with any colour vision.
DIVERGING = LinearSegmentedColormap.from_list(
    "course-diverging", [PALETTE.blue, "#5FA8D3", "#FFFFFF", "#F0A058", PALETTE.vermillion]
)


def use_style() -> None:
    """Apply the course's style sheet to every figure made from now on.

    Settings of the reader's own, as ``text.usetex``, are put aside. What DejaVu Sans does not have,
    Chinese labels for one, is drawn in the course's own font.
    """
    matplotlib.rcdefaults()
    matplotlib.style.use(STYLE_SHEET)
    family = register()
    others = [name for name in matplotlib.rcParams["font.family"] if name != family]
    matplotlib.rcParams["font.family"] = [*others, family]


class NotebookFigure(Figure):
    """A figure that a notebook shows once, as the value of a cell.

    pyplot does not know it, so nothing has to be closed and nothing is shown a second time.
    """

    def _repr_mimebundle_(self, **options) -> tuple[dict, dict]:
        return forms(png(self), alt_text(self))


def new_figure(width: float, height: float) -> Figure:
    """Make an empty figure of the given size in inches, at most as wide as a notebook."""
    if width > NOTEBOOK_WIDTH:
        width, height = NOTEBOOK_WIDTH, height * NOTEBOOK_WIDTH / width
    return NotebookFigure(figsize=(width, height), layout="constrained")


def png(figure: Figure) -> bytes:
    """Draw a figure as the bytes of a PNG file, at the figure's own resolution.

    ``Figure.savefig`` would draw twice when the layout is constrained; explorers have no time for
    that while a slider moves.
    """
    with drawn_canvas(figure) as canvas:
        return encode(np.asarray(canvas.buffer_rgba()), figure.dpi)


def text_colour(rgba) -> str:
    """Choose dark, black or white text for a background colour: what stands out enough."""
    for colour in (PALETTE.ink, "white"):
        if contrast(colour, rgba[:3]) >= LEAST:
            return colour
    return "black"  # between the two it always does


def hide_axes(axes: Axes, *, frame: bool = False) -> None:
    """Leave nothing of the axes but what is drawn on them, and a thin frame if wanted."""
    axes.set(xticks=[], yticks=[])
    axes.grid(False)
    axes.spines[:].set(visible=frame, color=PALETTE.line, linewidth=0.8)
