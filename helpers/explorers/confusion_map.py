"""The heat map of a confusion matrix, with labels that can be read for fifty classes."""

from collections.abc import Sequence

from helpers.plotting.pixels import outline
from helpers.plotting.style import PALETTE, hide_axes, text_colour

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap, PowerNorm
from matplotlib.transforms import ScaledTranslation

from .drawn import CHART

ERRORS = LinearSegmentedColormap.from_list(
    "course-errors", ["#FBE3D0", "#F0A058", PALETTE.vermillion, "#7A2E00"]
)
RIGHT = LinearSegmentedColormap.from_list("course-right", ["#F3F7FA", "#9CC4E0"])
FADE = 0.6  # exponent of the colours: below 1, small counts stand out more
SMALLEST = 10.5  # points: a count that has to be smaller is not written on its cell
MOST_IN_LINE = 27  # classes, beyond which labels stand in two lines, in turn


def draw_map(
    axes: Axes,
    counts: np.ndarray,
    names: Sequence[str],
    *,
    cell: tuple[int, int],
    least: int = 1,
) -> None:
    """Draw a confusion matrix with one row and one column highlighted.

    Parameters
    ----------
    axes
        Where to draw; labels stand to the left and above.
    counts
        (K, K) whole numbers: rows are true classes, columns predicted ones.
    names
        K names.
    cell
        Row and column of the highlighted cell.
    least
        Errors that occur less often are left white.
    """
    size = len(counts)
    errors = counts * ~np.eye(size, dtype=bool)
    totals = np.maximum(counts.sum(axis=1), 1)
    shades = ERRORS(PowerNorm(FADE, vmin=0, vmax=max(errors.max(), 2))(errors))
    on_diagonal = range(size)
    shades[on_diagonal, on_diagonal] = RIGHT(np.diag(counts) / totals)
    filled = (errors >= max(least, 1)) | np.eye(size, dtype=bool)
    _draw_cells(axes, filled, shades)
    _draw_lines(axes, size)
    _highlight(axes, size, cell)
    axes.set_aspect("equal")
    _label(axes, names, cell, size)
    _write_counts(axes, counts, filled, shades)


def _draw_cells(axes: Axes, filled: np.ndarray, shades: np.ndarray) -> None:
    """Draw the cells that hold something: as an image of all cells it takes three times as long."""
    corners = np.array([(-1, -1), (-1, 1), (1, 1), (1, -1)]) / 2
    cells = np.argwhere(filled)[:, np.newaxis, ::-1] + corners
    axes.add_collection(
        PolyCollection(cells, facecolors=shades[filled], edgecolors="none"), autolim=False
    )


def _draw_lines(axes: Axes, size: int) -> None:
    edges = np.arange(size + 1) - 0.5
    style = {"color": "#E9EDF0", "linewidth": 0.5, "zorder": 1.5}
    axes.hlines(edges, -0.5, size - 0.5, **style)
    axes.vlines(edges, -0.5, size - 0.5, **style)


def _highlight(axes: Axes, size: int, cell: tuple[int, int]) -> None:
    row, column = cell
    # Beneath the counts, whose colours it would change.
    band = {"color": PALETTE.blue, "alpha": 0.16, "linewidth": 0, "zorder": -1}
    axes.axhspan(row - 0.5, row + 0.5, **band)
    axes.axvspan(column - 0.5, column + 0.5, **band)
    outline(axes, (row, column, 1, 1), PALETTE.blue, linewidth=2)


def _label(axes: Axes, names: Sequence[str], cell: tuple[int, int], size: int) -> None:
    """Write the names, those of many classes in two lines in turn, so that they stay large."""
    axes.set(xticks=[], yticks=[], xlim=(-0.5, size - 0.5), ylim=(size - 0.5, -0.5))
    axes.grid(False)
    axes.spines[:].set_visible(False)
    room = 72 * axes.get_position().width * axes.get_figure().get_figwidth() / size
    lines = 2 if size > MOST_IN_LINE else 1
    letters = max(map(len, names))
    fontsize = min(13.0, 0.8 * room * lines / (1 if letters == 1 else 0.6 * letters))
    # One transform for each line of labels: an annotation for each label takes twice as long.
    inch = axes.get_figure().dpi_scale_trans
    away = [(4 + line * (fontsize + 5) + fontsize / 2) / 72 for line in range(lines)]
    before = [axes.transData + ScaledTranslation(-far, 0, inch) for far in away]
    above = [axes.transData + ScaledTranslation(0, far, inch) for far in away]
    style = {"ha": "center", "va": "center", "fontsize": fontsize}
    for index, name in enumerate(names):
        for at, place, chosen in (
            ((-0.5, index), before[index % lines], cell[0] == index),
            ((index, -0.5), above[index % lines], cell[1] == index),
        ):
            strong = {"color": PALETTE.blue, "weight": "bold"} if chosen else {}
            axes.text(*at, name, transform=place, **style, **strong)
    words = {"textcoords": "offset points", "fontsize": 11.5, "color": PALETTE.soft}
    corner = {"xycoords": "axes fraction", "weight": "bold", "va": "bottom", **words}
    axes.annotate("predicted →", (0, 1), xytext=(0, 8 + lines * (fontsize + 5)), **corner)
    axes.annotate("↓ true", (0, 1), xytext=(-7, 4), ha="right", **corner)


def draw_key(axes: Axes, most: int) -> None:
    """Draw what the colours of the errors mean, from 1 to the greatest count."""
    counts = np.linspace(1 / max(most, 2), 1, 64)[np.newaxis]
    axes.imshow(counts**FADE, cmap=ERRORS, aspect="auto", vmin=0, vmax=1, gid=CHART)
    hide_axes(axes)
    style = {"transform": axes.transAxes, "va": "center", "fontsize": 11.5, "color": PALETTE.soft}
    axes.text(-0.04, 0.5, "errors: 1", ha="right", **style)
    axes.text(1.04, 0.5, f"{most:,}", **style)


def _write_counts(axes: Axes, counts: np.ndarray, filled: np.ndarray, shades: np.ndarray) -> None:
    size = len(counts)
    room = 72 * axes.get_position().width * axes.get_figure().get_figwidth() / size
    letters = max(2, len(str(counts.max())))
    fontsize = min(13.0, room / (0.75 * letters))
    if fontsize < SMALLEST:
        return
    style = {"ha": "center", "va": "center", "fontsize": fontsize}
    for row, column in np.argwhere(filled):
        colour = text_colour(shades[row, column])
        axes.text(column, row, f"{counts[row, column]}", color=colour, **style)
