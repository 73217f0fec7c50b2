"""Text in a cell of a table, as large as the cell allows."""

from matplotlib.axes import Axes
from matplotlib.text import Text


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
    label.set_clip_box(axes.bbox)  # one for all: each would work out its own, at the same place
    return label
