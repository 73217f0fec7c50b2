"""Click a number, and see what it depends on: receptive fields through convolutions and pools."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from helpers import loading
from helpers.plotting.pixels import cell_lines, outline
from helpers.plotting.style import PALETTE, NotebookFigure, hide_axes

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from .clickable import Cursor
from .shell import Choice, Explorer, Slider

__all__ = ["EXPLORER", "Receptive", "click", "cursor", "draw", "lit"]

SIDE = 16  # pixels of the sprite
DEEPEST = 4
CONV, STRIDED, POOL = ("conv 3", 3, 1), ("conv 3, stride 2", 3, 2), ("pool 2", 2, 2)
# Each layer: its name, the side of its window, its stride; all with padding "valid".
NETWORKS = {
    "conv, conv, conv": (CONV, CONV, CONV),
    "conv, pool": (CONV, POOL),
    "conv, pool, conv": (CONV, POOL, CONV),
    "conv, pool, conv, pool": (CONV, POOL, CONV, POOL),
    "pool, pool, pool": (POOL, POOL, POOL),
    "strided conv, conv": (STRIDED, CONV),
    "one conv of 7": (("conv 7", 7, 1),),
}
TOP, BOTTOM, GAP = 0.8, 0.06, 0.022
HEIGHT, WIDTH = 3.7, 9.6


@dataclass(frozen=True)
class Receptive:
    """A small network, one of its maps (0 is the picture), and a number of that map."""

    network: str = "conv, pool, conv"
    layer: int = 3
    row: int = 2
    column: int = 2


def _sides(network: str) -> list[int]:
    sides = [SIDE]
    for _, window, stride in NETWORKS[network]:
        sides.append((sides[-1] - window) // stride + 1)
    return sides


def _held(state: Receptive) -> Receptive:
    """Put the number inside the network and its map, where the sliders reach beyond."""
    layer = min(state.layer, len(NETWORKS[state.network]))
    last = _sides(state.network)[layer] - 1
    return replace(state, layer=layer, row=min(state.row, last), column=min(state.column, last))


def lit(state: Receptive) -> list[tuple[int, int, int, int]]:
    """Find what a number depends on, from the picture to its own map.

    Returns
    -------
    list of tuple
        For each map a box (row, column, height, width); the last one is the number itself.
    """
    state = _held(state)
    rows, columns = (state.row, state.row), (state.column, state.column)
    boxes = []
    for layer in range(state.layer, -1, -1):
        tall, wide = rows[1] - rows[0] + 1, columns[1] - columns[0] + 1
        boxes.append((rows[0], columns[0], tall, wide))
        if layer:
            _, window, stride = NETWORKS[state.network][layer - 1]
            rows, columns = (
                (first * stride, last * stride + window - 1) for first, last in (rows, columns)
            )
    return boxes[::-1]


def draw(state: Receptive) -> Figure:
    """Draw all maps of the network, with the number and what it depends on in colour."""
    state = _held(state)
    boxes = lit(state)
    figure = NotebookFigure(figsize=(WIDTH, HEIGHT), layout="none")
    names = ["picture", *(name for name, _, _ in NETWORKS[state.network])]
    sides = _sides(state.network)
    for layer, (place, side) in enumerate(zip(_places(state.network), sides, strict=True)):
        axes = figure.add_axes(place)
        shades = loading.sprites()["right"] / 255 if layer == 0 else np.full((side, side, 3), 0.93)
        if layer < len(boxes):
            shades = _light(shades, boxes[layer], layer == state.layer)
        axes.imshow(shades)
        hide_axes(axes)
        cell_lines(axes, side, side)
        if layer < len(boxes):
            colour = PALETTE.vermillion if layer == state.layer else PALETTE.sky
            outline(axes, boxes[layer], colour, linewidth=2.5)
        axes.set_title(f"{names[layer]}\n{side} × {side}", fontsize=11.5, loc="center")
    _, _, tall, wide = boxes[0]
    where = f"row {state.row}, column {state.column} of map {state.layer}"
    figure.text(0.01, 0.95, f"The number in {where} sees {tall} × {wide} pixels", fontsize=13,
                weight="bold", va="center")  # fmt: skip
    return figure


def _light(shades: np.ndarray, box: tuple[int, int, int, int], chosen: bool) -> np.ndarray:
    row, column, tall, wide = box
    colour = np.array(to_rgb(PALETTE.vermillion if chosen else PALETTE.sky))
    shades = shades.copy()
    part = shades[row : row + tall, column : column + wide]
    part[:] = colour if chosen else 0.45 * part + 0.55 * colour
    return shades


def _places(network: str) -> Iterator[tuple[float, float, float, float]]:
    """Yield where each map is drawn: left, bottom, width, height, in shares of the figure."""
    sides = _sides(network)
    tall = TOP - BOTTOM
    largest = 0.272  # so that four maps fit side by side
    left = 0.01
    for side in sides:
        wide = max(largest * side / SIDE, 0.1)
        high = wide * WIDTH / HEIGHT
        yield left, BOTTOM + (tall - high) / 2, wide, high
        left += wide + GAP


def click(state: Receptive, x: float, y: float) -> Receptive | None:
    """Return the state for the number under a click; None where there is none."""
    for layer, (left, bottom, wide, high) in enumerate(_places(state.network)):
        across, down = (x - left) / wide, (bottom + high - (1 - y)) / high
        if 0 <= across < 1 and 0 <= down < 1:
            side = _sides(state.network)[layer]
            return replace(state, layer=layer, row=int(down * side), column=int(across * side))
    return None


def cursor(state: Receptive) -> Cursor:
    """Point at the number, and step to its neighbours."""
    state = _held(state)
    left, bottom, wide, high = list(_places(state.network))[state.layer]
    side = _sides(state.network)[state.layer]
    across, down = wide / side, high / side
    x, y = left + (state.column + 0.5) * across, 1 - bottom - high + (state.row + 0.5) * down
    return Cursor(x, y, across, down)


def _ends(state: Receptive) -> dict[str, int]:
    layers = len(NETWORKS[state.network])
    last = _sides(state.network)[min(state.layer, layers)] - 1
    return {"layer": layers, "row": last, "column": last}


def _settled(before: Receptive, after: Receptive) -> Receptive:
    """Go to the last map of a network that is chosen, and stay inside it."""
    if after.network != before.network:
        after = replace(after, layer=len(NETWORKS[after.network]))
    return _held(after)


EXPLORER = Explorer(
    "receptive",
    Receptive,
    draw,
    {
        "network": Choice(*NETWORKS, label="network"),
        "layer": Slider(0, DEEPEST, label="map"),
        "row": Slider(0, SIDE - 1, label="row"),
        "column": Slider(0, SIDE - 1, label="column"),
    },
    settle=_settled,
    wide=True,
    pick=click,
    cursor=cursor,
    limits=_ends,
)
