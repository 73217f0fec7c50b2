"""A network as a chain of boxes, one for each layer."""

import importlib.util
import shutil
import tempfile
from pathlib import Path

from helpers.models.layers import LayerRow, describe, layer_rows

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from .architecture import TINTS
from .contrast import as_text
from .style import PALETTE, hide_axes, new_figure


def show_model(model):
    """Show Keras's own drawing of a model, or ours where Graphviz or pydot is missing.

    Parameters
    ----------
    model
        A built Keras model.

    Returns
    -------
    IPython.display.Image or matplotlib.figure.Figure
    """
    # Asked beforehand: in a notebook plot_model prints that it cannot draw, and returns nothing.
    if shutil.which("dot") is None or importlib.util.find_spec("pydot") is None:
        return show_layers(model)
    from IPython.display import Image
    from keras.utils import plot_model

    with tempfile.TemporaryDirectory() as folder:  # plot_model would leave a file behind
        file = Path(folder, "model.png")
        plot_model(model, file, show_shapes=True, show_layer_names=False, dpi=72)
        return Image(data=file.read_bytes())


def show_layers(model, *, title: str | None = None) -> Figure:
    """Show every layer of a model as a box: its kind, the shape of its output, its parameters.

    Parameters
    ----------
    model
        A built Keras model.
    title
        Title above all.

    Returns
    -------
    matplotlib.figure.Figure
    """
    rows = list(layer_rows(model))
    rows.insert(0, LayerRow("Input", tuple(model.input_shape[1:]), 0))
    figure = new_figure(7.2, 0.46 * len(rows) + (0.6 if title else 0.25))
    axes = figure.subplots()
    hide_axes(axes)
    for place, row in enumerate(rows):
        _draw_box(axes, -place, row, last=place == len(rows) - 1)
    axes.set(xlim=(0, 7.0), ylim=(-len(rows) + 0.45, 0.5))
    if title:
        figure.suptitle(title)
    return figure


def _draw_box(axes: Axes, y: float, row: LayerRow, *, last: bool) -> None:
    style = "round,pad=0,rounding_size=0.08"
    tint = TINTS.get(row.kind, TINTS["input"])
    box = FancyBboxPatch((0.05, y - 0.34), 6.9, 0.68, style, facecolor=tint, edgecolor=PALETTE.line)
    axes.add_patch(box)
    words = row.kind if row.activation == "linear" else f"{row.kind}, {row.activation}"
    count = f"{row.parameters:,} parameters" if row.parameters else "no parameters"
    axes.text(0.22, y, words, va="center", fontsize=12, fontweight="bold")
    axes.text(3.75, y, describe(row.shape), va="center", ha="center", fontsize=12)
    colour = as_text(PALETTE.blue if row.parameters else PALETTE.soft, tint)
    axes.text(6.8, y, count, va="center", ha="right", fontsize=12, color=colour)
    if not last:
        arrow = {
            "arrowstyle": "-|>",
            "color": PALETTE.grey,
            "linewidth": 1.1,
            "shrinkA": 0,
            "shrinkB": 0,
        }
        axes.annotate("", (3.5, y - 0.66), (3.5, y - 0.34), arrowprops=arrow)
