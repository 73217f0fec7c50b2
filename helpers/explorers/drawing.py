"""Draw a character and watch what the network takes it for."""

from dataclasses import dataclass, field

from helpers import handwriting
from helpers.explaining import layer_named, responses
from helpers.plotting.style import PALETTE, NotebookFigure, hide_axes

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .canvas import EXAMPLE, Canvas, Strokes
from .predictions import percent
from .readings import describe, menu_names
from .shell import Explorer
from .strokes import input_size, rank, strokes_to_image

__all__ = ["Drawing", "draw", "drawing_explorer", "explore_drawing"]

TOP = 5
MAPS = 12  # the strongest maps of a layer


@dataclass(frozen=True)
class Drawing:
    """What was drawn: strokes of points (x, y), in widths of the canvas."""

    strokes: Strokes = field(default=EXAMPLE, repr=False)


def explore_drawing(model, classes, *, layer: str | None = None, **changes):
    """Draw a character by mouse, pen or finger; see what the network takes it for.

    Parameters
    ----------
    model
        A Keras model, or any function, from a batch (1, H, W, 1) in 0..255, paper white, to (1, K)
        logits or probabilities.
    classes
        K names, in the order of the model's outputs.
    layer
        Name of a layer of a Keras model, whose strongest maps are shown beside; by default none.
    **changes
        Where to start: ``strokes``, a tuple of strokes, each a tuple of points (x, y).

    Returns
    -------
    ipywidgets.VBox
        A front end without widgets shows an example with its five most probable classes.

    Raises
    ------
    ValueError
        If the model has not one output for each class, or no layer of that name with maps.
    """
    return drawing_explorer(model, classes, layer=layer).show(**changes)


def drawing_explorer(model, classes, *, layer: str | None = None) -> Explorer:
    """Build the explorer itself; parameters as in :func:`explore_drawing`."""
    classes = tuple(map(str, classes))
    blank = strokes_to_image((), input_size(model))
    rank(model, blank, classes, 1)  # refuses classes that do not fit; and the first call is slow
    if layer is not None:
        layer_named(model, layer)
    known = tuple(name for name in classes if name in handwriting.CLASSES)
    canvas = Canvas(known, menu_names(known), handwriting.strokes, label="Draw a character:")
    return Explorer(
        "drawing",
        Drawing,
        lambda state: draw(model, classes, state, layer=layer),
        {"strokes": canvas},
    )


def draw(model, classes: tuple[str, ...], state: Drawing, *, layer: str | None = None) -> Figure:
    """Draw what the network sees, its most probable classes as bars, and a layer's maps below."""
    image = strokes_to_image(state.strokes, input_size(model))
    empty = not any(len(stroke) for stroke in state.strokes)
    guesses = [] if empty else rank(model, image, classes, TOP)
    # Axes at fixed places: the picture follows the pen, and a layout engine would draw it twice.
    below = 0.0 if layer is None else 0.45
    figure = NotebookFigure(figsize=(6.6, 4.2 / (1 - below)), layout="none")
    bottom, tall = below + 0.02 * (1 - below), 0.86 * (1 - below)
    _draw_image(figure.add_axes((0.02, bottom, 0.36, tall)), image)
    _draw_bars(figure.add_axes((0.525, bottom, 0.345, tall)), guesses)
    if layer is not None:
        _draw_maps(figure, responses(model, image[np.newaxis], layer)[0], layer, below)
    return figure


def _draw_maps(figure: Figure, maps: np.ndarray, layer: str, top: float) -> None:
    """Draw the maps with the largest values, two rows of them, with one scale for all."""
    tops = maps.max(axis=(0, 1))
    chosen = np.sort(np.argsort(-tops, kind="stable")[:MAPS])
    columns = MAPS // 2
    figure.text(0.02, top - 0.045, f"strongest maps of {layer}", fontsize=12, weight="bold")
    for place, number in enumerate(chosen):
        row, column = divmod(place, columns)
        wide, tall = 0.96 / columns, (top - 0.07) / 2
        corner = 0.02 + column * wide, top - 0.06 - (row + 1) * tall
        axes = figure.add_axes((*corner, wide * 0.94, tall * 0.85))
        axes.imshow(maps[..., number], cmap="viridis", vmin=0, vmax=max(tops.max(), 1e-9))
        hide_axes(axes, frame=True)
        axes.set_title(f"{number}", fontsize=9, loc="center", pad=2)


def _draw_image(axes: Axes, image: np.ndarray) -> None:
    height, width, _ = image.shape
    axes.imshow(image[..., 0], cmap="gray", vmin=0, vmax=255, interpolation="nearest")
    hide_axes(axes, frame=True)
    axes.set_anchor("N")
    axes.set_title(f"the network sees {height} × {width}", fontsize=12, loc="center")


def _draw_bars(axes: Axes, guesses: list[tuple[str, float]]) -> None:
    """Draw a bar for each guess, with the character, its meaning and its probability."""
    hide_axes(axes)
    axes.set(xlim=(0, 1), ylim=(TOP - 0.5, -0.5))
    axes.set_title("and takes it for", fontsize=12)
    if not guesses:
        axes.text(0, 0, "Nothing yet:\ndraw a stroke.", va="center", color=PALETTE.grey)
        return
    for place, (name, probability) in enumerate(guesses):
        colour = PALETTE.blue if place == 0 else PALETTE.sky
        axes.barh(place - 0.1, 1, height=0.4, color="#EEF1F3")
        axes.barh(place - 0.1, probability, height=0.4, color=colour)
        axes.text(-0.05, place - 0.08, name, ha="right", va="center", fontsize=25)
        axes.text(0, place + 0.25, describe(name), va="center", fontsize=10.5, color=PALETTE.grey)
        axes.text(1.03, place - 0.1, percent(probability), va="center", fontsize=13,
                  weight="bold" if place == 0 else "normal")  # fmt: skip
