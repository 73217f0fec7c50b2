"""Draw a character and watch what the network takes it for."""

from dataclasses import dataclass, field
from functools import partial

from helpers import handwriting
from helpers.plotting.marks import UNTOLD
from helpers.plotting.style import PALETTE, NotebookFigure, hide_axes

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .canvas import EXAMPLE, Canvas, Strokes
from .livemaps import draw_maps, mapper
from .predictions import percent
from .readings import describe, menu_names
from .shell import Explorer, Toggle
from .strokes import input_size, rank, strokes_to_image
from .traced import traced

__all__ = ["Drawing", "draw", "drawing_explorer", "explore_drawing"]

TOP = 5
WIDTH = 6.1  # inches
ABOVE, BELOW = 3.5, 1.0  # inches: image and bars, and each layer's row of maps


@dataclass(frozen=True)
class Drawing:
    """What was drawn, strokes of points (x, y) in widths of the canvas; and whether maps show."""

    strokes: Strokes = field(default=EXAMPLE, repr=False)
    maps: bool = field(default=True, repr=False)


def explore_drawing(model, classes, **changes):
    """Draw a character by mouse, pen or finger; see what the network takes it for.

    Of a Keras model with convolutions, their feature maps follow the pen as well.

    Parameters
    ----------
    model
        A Keras model, or any function, from a batch (1, H, W, 1) in 0..255, paper white, to (1, K)
        logits or probabilities.
    classes
        K names, in the order of the model's outputs.
    **changes
        Where to start: ``strokes``, a tuple of strokes, each a tuple of points (x, y); ``maps``.

    Returns
    -------
    ipywidgets.VBox
        A front end without widgets shows an example with its five most probable classes.

    Raises
    ------
    ValueError
        If the model has not one output for each class.
    """
    return drawing_explorer(model, classes).show(**changes)


def drawing_explorer(model, classes) -> Explorer:
    """Build the explorer itself; parameters as in :func:`explore_drawing`."""
    classes = tuple(map(str, classes))
    size = input_size(model)
    blank = strokes_to_image((), size)
    rank(model, blank, classes, 1)  # refuses classes that do not fit; and the first call is slow
    ask = traced(model, blank[np.newaxis]) if hasattr(model, "input_shape") else model
    known = tuple(name for name in classes if name in handwriting.CLASSES)
    canvas = Canvas(known, menu_names(known), handwriting.strokes, label="Draw a character:")
    look = mapper(model, strokes_to_image(EXAMPLE, size))
    controls = {"strokes": canvas} | ({"maps": Toggle(label="feature maps")} if look else {})
    return Explorer("drawing", Drawing, partial(draw, ask, size, classes, look), controls)


def draw(ask, size: tuple[int, int], classes: tuple[str, ...], look, state: Drawing) -> Figure:
    """Draw what the network sees, its most probable classes as bars, and maps if there are any.

    ``ask`` gives the network's answers to a batch; ``look`` is what `livemaps.mapper` made of the
    network, or None.
    """
    image = strokes_to_image(state.strokes, size)
    empty = not any(len(stroke) for stroke in state.strokes)
    guesses = [] if empty else rank(ask, image, classes, TOP)
    layers = look(image) if look and state.maps else []
    # Axes at fixed places: the picture follows the pen, and a layout engine would draw it twice.
    tall = ABOVE + BELOW * len(layers)
    figure = NotebookFigure(figsize=(WIDTH, tall), layout="none")
    share = ABOVE / tall  # of the height: what stands above the maps
    bottom, height = 1 - 0.98 * share, 0.86 * share
    _draw_image(figure.add_axes((0.03, bottom, 0.36, height)), image)
    _draw_bars(figure.add_axes((0.525, bottom, 0.345, height)), guesses)
    if layers:
        draw_maps(figure, layers, (0.02, 0, 0.96, 0.97 * (1 - share)))
    return figure


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
        axes.text(0, 0, "Nothing yet:\ndraw a stroke.", va="center", color=PALETTE.soft)
        return
    for place, (name, probability) in enumerate(guesses):
        colour = PALETTE.blue if place == 0 else PALETTE.sky
        axes.barh(place - 0.1, 1, height=0.4, color="#EEF1F3", label=UNTOLD)
        axes.barh(place - 0.1, probability, height=0.4, color=colour)
        axes.text(-0.05, place - 0.08, name, ha="right", va="center", fontsize=25)
        axes.text(0, place + 0.25, describe(name), va="center", fontsize=11, color=PALETTE.soft)
        axes.text(1.03, place - 0.1, percent(probability), va="center", fontsize=13,
                  weight="bold" if place == 0 else "normal")  # fmt: skip
