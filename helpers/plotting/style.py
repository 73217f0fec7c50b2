"""The look of all figures: one style sheet, one palette, one way to make a figure."""

from dataclasses import dataclass
from pathlib import Path

import matplotlib.style
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.text import Text

from .cjk import register
from .encoding import encode

STYLE_SHEET = Path(__file__).with_name("course.mplstyle")
NOTEBOOK_WIDTH = 10.0  # inches: wider figures are shrunk by the notebook, and their text with them


@dataclass(frozen=True)
class Palette:
    """Okabe and Ito's colour-blind-safe colours by name, and the neutral ones."""

    blue: str = "#0072B2"
    vermillion: str = "#D55E00"
    green: str = "#009E73"
    purple: str = "#CC79A7"
    sky: str = "#56B4E9"
    orange: str = "#E69F00"
    yellow: str = "#F0E442"
    grey: str = "#8A949E"
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

    def _repr_png_(self) -> bytes:
        return png(self)


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
    canvas = figure.canvas
    if not isinstance(canvas, FigureCanvasAgg):
        canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return encode(np.asarray(canvas.buffer_rgba()), figure.dpi)


class CellText(Text):
    """Text that fills a given part of one unit of the axes, however large the figure gets.

    Parameters
    ----------
    width, height
        Room for the text in data units.
    largest
        Greatest font size in points.

    Attributes
    ----------
    letters
        For how many letters there must be room: the text's own, or more, so that neighbours match.
    """

    def __init__(self, x, y, text, *, width=0.8, height=0.5, largest=18.0, **options):
        super().__init__(x, y, text, ha="center", va="center_baseline", **options)
        self._room, self._largest = (width, height), largest
        self.letters = max(len(line) for line in text.split("\n"))
        self.set_in_layout(False)  # its size follows from the layout

    def draw(self, renderer):
        """Fit the font size to the room, then draw."""
        self.set_fontsize(self._fitting_size())
        super().draw(renderer)

    def _fitting_size(self) -> float:
        data = self.axes.transData
        (x0, y0), (x1, y1) = data.transform([(0, 0), self._room])
        points = 72 / self.get_figure(root=True).dpi
        letters = max(self.letters, 1)
        # A digit of DejaVu Sans is 0.64 of the font size wide.
        return min(abs(x1 - x0) * points / (0.64 * letters), abs(y1 - y0) * points, self._largest)


def add_cell_text(axes: Axes, x: float, y: float, text: str, **options) -> CellText:
    """Write ``text`` centred at (x, y), sized to fit one unit of the axes."""
    label = CellText(x, y, text, **options)
    axes.add_artist(label)
    return label


def text_colour(rgba) -> str:
    """Choose dark or white text for a background colour, whichever stands out more."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgba[:3]]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return PALETTE.ink if luminance > 0.236 else "white"


def hide_axes(axes: Axes, *, frame: bool = False) -> None:
    """Leave nothing of the axes but what is drawn on them, and a thin frame if wanted."""
    axes.set(xticks=[], yticks=[])
    axes.grid(False)
    axes.spines[:].set(visible=frame, color=PALETTE.line, linewidth=0.8)
