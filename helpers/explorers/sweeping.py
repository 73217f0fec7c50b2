"""The kernel sweeps over a picture, grey or in colour, and fills in the map place by place."""

from dataclasses import dataclass
from functools import lru_cache

from helpers import loading
from helpers.plotting.contrast import as_text
from helpers.plotting.pixels import MINUS, cell_lines, outline, weight_format
from helpers.plotting.style import DIVERGING, PALETTE, NotebookFigure, hide_axes, text_colour

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .convolution import KERNELS, slide
from .convolution import picture as drawn
from .shell import Choice, Explorer, Player

__all__ = ["EXPLORER", "Sweep", "block", "draw", "picture"]

GREY, COLOURED = ("smiley", "steps"), ("hero in colour", "ghost in colour")
COLOURS = ("red", "green", "blue")
LIGHTS = (PALETTE.vermillion, PALETTE.green, PALETTE.blue)
# Over colours a kernel is a block: one slice for each channel.
WEIGHTS = {"vertical line": (1, 1, -1), "bottom row": (1, 1, -1), "X": (1, 1, -1)}
PLACES = 36  # of the largest map


@dataclass(frozen=True)
class Sweep:
    """A picture, a kernel, and how many places the window has been at."""

    picture: str = "ghost in colour"
    kernel: str = "Sobel x"
    place: int = 9


@lru_cache
def picture(name: str) -> np.ndarray:
    """Return a picture (H, W, C), C 1 or 3, of numbers from 0 to 1."""
    if name in GREY:
        image = drawn(name)[:, :, np.newaxis].astype(float)
    else:
        sprite = loading.sprites()["right" if name.startswith("hero") else "ghost"]
        image = sprite[4:12, 1:9] / 255
    image.setflags(write=False)  # the cache hands the same array to every caller
    return image


def block(kernel: str, channels: int) -> np.ndarray:
    """Return the weights (3, 3, C) of a kernel; in colour, of lines and crosses, yellow ones."""
    factors = WEIGHTS.get(kernel, (1, 1, 1)) if channels == 3 else (1,)
    return np.array(KERNELS[kernel], float)[:, :, np.newaxis] * factors


def draw(state: Sweep) -> Figure:
    """Draw the window, its products channel by channel, their one sum, and the map so far."""
    image = picture(state.picture)
    weights = block(state.kernel, image.shape[2])
    channels = range(image.shape[2])
    output = sum(slide(image[:, :, c], weights[:, :, c], padded=False) for c in channels)
    place = min(state.place, output.size - 1)
    at = divmod(place, output.shape[1])
    window = image[at[0] : at[0] + 3, at[1] : at[1] + 3]

    # Axes at fixed places: a layout engine would draw every number twice.
    figure = NotebookFigure(figsize=(9.6, 4.8), layout="none")
    _draw_image(figure.add_axes((0.01, 0.12, 0.31, 0.66)), image, at)
    for c in channels:
        colour, name = (LIGHTS[c], COLOURS[c]) if len(channels) == 3 else (PALETTE.green, "sum")
        bottom, tall = (0.62 - 0.26 * c, 0.24) if len(channels) == 3 else (0.25, 0.4)
        axes = figure.add_axes((0.355, bottom, 0.19, tall))
        total = _draw_products(axes, window[:, :, c], weights[:, :, c], colour)
        figure.text(0.555, bottom + tall / 2, f"{name}\n{_write(total)}", color=as_text(colour),
                    fontsize=12.5, va="center")  # fmt: skip
    _draw_map(figure.add_axes((0.67, 0.12, 0.32, 0.66)), output, place)
    held = " (the last one)" * (place < state.place)
    figure.text(0.01, 0.93, f"Place {place + 1} of {output.size}{held}: row {at[0]}, "
                f"column {at[1]}", fontsize=13, weight="bold")  # fmt: skip
    figure.text(0.99, 0.03, _sum_line(window, weights, output[at]), fontsize=12.5, ha="right")
    return figure


def _write(value: float) -> str:
    return f"{value + 0.0:.4g}".replace("-", MINUS) if abs(value) > 1e-9 else "0"


def _sum_line(window: np.ndarray, weights: np.ndarray, total: float) -> str:
    sums = [(window[:, :, c] * weights[:, :, c]).sum() for c in range(weights.shape[2])]
    if len(sums) == 1:
        return f"nine products, one sum: {_write(total)}"
    parts = " + ".join(f"({_write(one)})" if one < -1e-9 else _write(one) for one in sums)
    return f"three times nine products, one sum: {parts} = {_write(total)}"


def _draw_image(axes: Axes, image: np.ndarray, at: tuple[int, int]) -> None:
    height, width, channels = image.shape
    axes.imshow(image if channels == 3 else image[:, :, 0], cmap="gray", vmin=0, vmax=1)
    hide_axes(axes)
    cell_lines(axes, height, width)
    outline(axes, (*at, 3, 3), PALETTE.vermillion, linewidth=3)
    axes.set_title(f"picture {height} × {width} × {channels}", fontsize=12, loc="center")


def _draw_products(axes: Axes, window: np.ndarray, weights: np.ndarray, colour: str) -> float:
    """Write pixel times weight in nine cells, coloured by the product; return the sum."""
    products = window * weights
    limit = np.abs(weights).max()
    shown = axes.imshow(products, cmap=DIVERGING, vmin=-limit, vmax=limit, aspect="auto")
    hide_axes(axes)
    cell_lines(axes, 3, 3)
    write = weight_format(weights)
    for (row, column), pixel in np.ndenumerate(window):
        ink = text_colour(shown.cmap(shown.norm(products[row, column])))
        text = f"{pixel:.2g}·{write(weights[row, column])}"
        axes.text(column, row, text, ha="center", va="center", fontsize=10.8, color=ink)
    outline(axes, (0, 0, 3, 3), colour)
    return float(products.sum())


def _draw_map(axes: Axes, output: np.ndarray, place: int) -> None:
    """Draw the numbers that are known so far; the others are empty."""
    known = np.arange(output.size).reshape(output.shape) <= place
    limit = np.abs(output).max() or 1
    shown = axes.imshow(np.where(known, output, 0), cmap=DIVERGING, vmin=-limit, vmax=limit)
    hide_axes(axes)
    cell_lines(axes, *output.shape)
    size = 13 if output.size < 12 else 10.5
    for row, column in np.argwhere(known):
        value = output[row, column]
        ink = text_colour(shown.cmap(shown.norm(value)))
        axes.text(column, row, _write(round(value, 1)), ha="center", va="center", fontsize=size,
                  color=ink)  # fmt: skip
    outline(axes, (*divmod(place, output.shape[1]), 1, 1), PALETTE.vermillion, linewidth=3)
    axes.set_title(f"map {output.shape[0]} × {output.shape[1]}", fontsize=12, loc="center")


def _ends(state: Sweep) -> dict[str, int]:
    height, width, _ = picture(state.picture).shape
    return {"place": (height - 2) * (width - 2) - 1}


EXPLORER = Explorer(
    "sweep",
    Sweep,
    draw,
    {
        "place": Player(0, PLACES - 1, label="place", every=600),
        "picture": Choice(*GREY, *COLOURED, label="picture"),
        "kernel": Choice(*KERNELS, label="kernel"),
    },
    wide=True,
    limits=_ends,
)
