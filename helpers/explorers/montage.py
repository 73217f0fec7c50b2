"""Many small pictures with titles on one pair of axes: quick enough to leaf through."""

from collections.abc import Sequence

from helpers.plotting.images import SMALL
from helpers.plotting.pixels import grey_limits
from helpers.plotting.style import PALETTE, hide_axes

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

GAP = 0.22  # between two pictures, in widths of a picture


def draw_montage(
    axes: Axes,
    pictures: np.ndarray,
    titles: Sequence[str],
    *,
    columns: int,
    rows: int,
    colours: Sequence[str] | str = PALETTE.ink,
    fontsize: float = 12,
) -> None:
    """Draw up to ``rows * columns`` pictures from the top left, each with a title above.

    Parameters
    ----------
    axes
        Their limits are set so that pictures are not distorted; the room for all of the rows and
        columns is kept, however many pictures there are.
    pictures
        (n, H, W) or (n, H, W, 3).
    titles
        One a picture; may be shorter than the pictures, for none.
    colours
        Of the titles and frames: one for all, or one a picture.
    """
    hide_axes(axes)
    tall = pictures.shape[1] / pictures.shape[2]
    colours = [colours] * len(pictures) if isinstance(colours, str) else list(colours)
    across, down = 1 + GAP, tall + 1.5 * GAP
    axes.set(xlim=(-GAP / 2, columns * across - GAP / 2), ylim=(rows * down - GAP, -1.5 * GAP))
    axes.set(aspect="equal", anchor="NW")
    frames = []
    for index, picture in enumerate(pictures):
        row, column = divmod(index, columns)
        left, top = column * across, row * down
        limits = {}
        if picture.ndim == 2:
            low, high = grey_limits(picture, None, None)
            limits = {"cmap": "gray", "vmin": low, "vmax": high}
        axes.imshow(
            picture,
            extent=(left, left + 1, top + tall, top),
            interpolation="nearest" if max(picture.shape) <= SMALL else "antialiased",
            **limits,
        )
        frames.append([(left, top), (left + 1, top), (left + 1, top + tall), (left, top + tall)])
        if index < len(titles):
            axes.text(
                left + 0.5,
                top - 0.06,
                titles[index],
                ha="center",
                va="bottom",
                fontsize=fontsize,
                color=colours[index],
            )
    edges = PolyCollection(frames, facecolors="none", edgecolors=PALETTE.line, linewidths=0.8)
    axes.add_collection(edges, autolim=False)
    # Each imshow has set the limits to its own picture.
    axes.set(xlim=(-GAP / 2, columns * across - GAP / 2), ylim=(rows * down - GAP, -1.5 * GAP))
    axes.set_aspect("equal", anchor="NW")
