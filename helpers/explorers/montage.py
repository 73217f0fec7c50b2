"""Many small pictures with titles on one pair of axes: quick enough to leaf through."""

from collections.abc import Sequence
from typing import NamedTuple

from helpers.plotting.contrast import as_text
from helpers.plotting.images import SMALL
from helpers.plotting.pixels import grey_limits
from helpers.plotting.style import PALETTE, hide_axes

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

GAP = 0.22  # between two pictures, in widths of a picture


class Tile(NamedTuple):
    """A picture (H, W) or (H, W, 3), its title, and the title's colour."""

    picture: np.ndarray
    title: str
    colour: str = PALETTE.ink


def draw_montage(
    axes: Axes,
    tiles: Sequence[Tile | None],
    *,
    columns: int,
    rows: int,
    tall: float,
    fontsize: float = 12,
) -> None:
    """Draw up to ``rows * columns`` pictures from the top left, each with its title above.

    Parameters
    ----------
    axes
        The room for all rows and columns is kept, however many pictures there are.
    tiles
        In reading order; None leaves a place free.
    tall
        Height of a picture over its width.
    """
    hide_axes(axes)
    frames = []
    for place, tile in enumerate(tiles):
        if tile is None:
            continue
        row, column = divmod(place, columns)
        left, top = column * (1 + GAP), row * (tall + 1.5 * GAP)
        _draw_picture(axes, tile.picture, (left, left + 1, top + tall, top))
        frames.append([(left, top), (left + 1, top), (left + 1, top + tall), (left, top + tall)])
        style = {"ha": "center", "va": "bottom", "fontsize": fontsize}
        axes.text(left + 0.5, top - 0.06, tile.title, color=as_text(tile.colour), **style)
    edges = PolyCollection(frames, facecolors="none", edgecolors=PALETTE.line, linewidths=0.8)
    axes.add_collection(edges, autolim=False)
    # At the end: each picture has set the limits to its own.
    width, height = columns * (1 + GAP), rows * (tall + 1.5 * GAP)
    axes.set(xlim=(-GAP / 2, width - GAP / 2), ylim=(height - GAP, -1.5 * GAP))
    axes.set_aspect("equal", anchor="NW")


def montage_shape(columns: int, rows: int, tall: float) -> float:
    """Give the height of a montage over its width."""
    return (rows * (tall + 1.5 * GAP) + 0.5 * GAP) / (columns * (1 + GAP))


def _draw_picture(axes: Axes, picture: np.ndarray, extent: tuple[float, ...]) -> None:
    limits = {}
    if picture.ndim == 2:
        low, high = grey_limits(picture, None, None)
        limits = {"cmap": "gray", "vmin": low, "vmax": high}
    sharp = max(picture.shape[:2]) <= SMALL
    axes.imshow(
        picture, extent=extent, interpolation="nearest" if sharp else "antialiased", **limits
    )
