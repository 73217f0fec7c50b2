"""What a tensor looks like: ranks, and an image as a stack of planes."""

from collections.abc import Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from matplotlib.transforms import Affine2D

from .celltext import add_cell_text
from .images import SMALL
from .pixels import grey_limits, number_format
from .style import NOTEBOOK_WIDTH, PALETTE, hide_axes, new_figure, text_colour

MOST_PLANES = 8
MOST_NUMBERED = 8  # rows or columns
SQUEEZE, RISE = 0.62, 0.26  # a plane seen from the side: its width shrinks and climbs


def show_planes(
    image,
    *,
    titles: Sequence[str] | None = None,
    numbers: bool = False,
    title: str | None = None,
    cmaps: Sequence[str] | None = None,
) -> Figure:
    """Show the channels of an image as a row of planes, one behind the other.

    Parameters
    ----------
    image
        (H, W, C) with at most 8 channels, any real dtype.
    titles
        One for each channel; by default red, green, blue for three channels.
    numbers
        Write the numbers on the pixels, for pictures of up to 8 x 8.
    title
        Title above all.
    cmaps
        One colour map for each channel; by default black to red, green, blue for three channels,
        grey otherwise.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If the image is no (H, W, C), has too many channels, or too many pixels for numbers.
    """
    image = np.asarray(image)
    _check_planes(image, numbers)
    height, width, channels = image.shape
    titles = titles or (
        ("red", "green", "blue") if channels == 3 else [str(k) for k in range(channels)]
    )
    cmaps = cmaps or (("red", "lime", "blue") if channels == 3 else ["gray"] * channels)
    if len(titles) != channels or len(cmaps) != channels:
        raise ValueError(
            f"{len(titles)} titles and {len(cmaps)} cmaps for {channels} channels: "
            "give one for each."
        )
    step = width * SQUEEZE * (1.1 if numbers else 0.85) + 0.04 * height
    across = (channels - 1) * step + width * SQUEEZE
    down = height + width * RISE
    inches = min((NOTEBOOK_WIDTH - 0.5) / across, 3.4 / down)  # for one pixel
    figure = new_figure(across * inches + 0.5, down * inches + (1.2 if title else 0.8))
    axes = figure.subplots()
    hide_axes(axes)
    low, high = grey_limits(image, None, None)
    point = 1 / (72 * inches)  # in pixels
    for k in range(channels):
        cmap = _plane_cmap(cmaps[k])
        _draw_plane(axes, image[:, :, k], k * step, cmap, low, high, numbers, zorder=2 + k)
        axes.annotate(titles[k], (k * step, height + 5 * point), va="top", fontsize=12)
    _label_planes(axes, image.shape, across, point)
    axes.set(xlim=(-26 * point, across), ylim=(height + 44 * point, -RISE * width - 9 * point))
    axes.set_aspect("equal")
    if title:
        figure.suptitle(title)
    return figure


def _check_planes(image: np.ndarray, numbers: bool) -> None:
    if image.ndim != 3 or not 1 <= image.shape[2] <= MOST_PLANES or image.size == 0:
        raise ValueError(
            f"image has shape {image.shape}: give (H, W, C) with 1 to {MOST_PLANES} channels."
        )
    if numbers and max(image.shape[:2]) > MOST_NUMBERED:
        raise ValueError(
            f"image has shape {image.shape}: numbers can be read on up to {MOST_NUMBERED} x "
            f"{MOST_NUMBERED} pixels; cut a piece out, as in image[:6, :6]."
        )


def _plane_cmap(name):
    if name in ("red", "lime", "blue"):
        return LinearSegmentedColormap.from_list(name, ["black", name])
    return colormaps[name] if isinstance(name, str) else name


def _place(x, y, left: float):
    """Place a point of a plane, in pixels, into the drawing."""
    return left + SQUEEZE * x, y - RISE * x


def _draw_plane(axes: Axes, plane, left, cmap, low, high, numbers, zorder) -> None:
    height, width = plane.shape
    slant = Affine2D(np.array([[SQUEEZE, 0, left], [-RISE, 1, 0], [0, 0, 1]]))
    drawn = axes.imshow(
        plane,
        cmap=cmap,
        vmin=low,
        vmax=high,
        extent=(0, width, height, 0),
        interpolation="nearest" if max(plane.shape) <= SMALL else "antialiased",
        transform=slant + axes.transData,
        clip_on=False,
        zorder=zorder,
    )
    corners = [_place(x, y, left) for x, y in ((0, 0), (width, 0), (width, height), (0, height))]
    axes.add_patch(
        Polygon(
            corners, fill=False, edgecolor=PALETTE.grey, linewidth=1.4, clip_on=False, zorder=zorder
        )
    )
    if not numbers:
        return
    write, colours = number_format(plane), drawn.cmap(drawn.norm(plane))
    letters = max(len(write(value)) for value in plane.flat)
    for (row, column), value in np.ndenumerate(plane):
        x, y = _place(column + 0.5, row + 0.5, left)
        label = add_cell_text(
            axes,
            x,
            y,
            write(value),
            width=0.9 * SQUEEZE,
            height=0.42,
            zorder=zorder,
            color=text_colour(colours[row, column]),
        )
        label.letters = letters


def _label_planes(axes: Axes, shape: tuple[int, int, int], across: float, point: float) -> None:
    """Draw an arrow along each of the three axes; ``point`` is a 72nd of an inch in pixels."""
    height, width, channels = shape
    slope = float(np.degrees(np.arctan2(RISE, SQUEEZE)))
    _arrow(axes, (-7 * point, 0), (-7 * point, height), f"height {height}", (-9, 0), 90)
    x, y = _place(width, 0, 0.0)
    _arrow(axes, (0, -7 * point), (x, y - 7 * point), f"width {width}", (-4, 9), slope)
    below = height + 24 * point
    word = "channel" if channels == 1 else "channels"
    _arrow(axes, (0, below), (across, below), f"{channels} {word}", (0, -10), 0)


def _arrow(axes: Axes, start, end, text: str, offset, rotation: float) -> None:
    """Draw a double arrow from start to end, its text ``offset`` points from the middle."""
    style = {
        "arrowstyle": "<->",
        "color": PALETTE.ink,
        "linewidth": 1.2,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    axes.annotate("", end, start, annotation_clip=False, arrowprops=style)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    axes.annotate(
        text,
        middle,
        offset,
        textcoords="offset points",
        rotation=rotation,
        ha="center",
        va="center",
        fontsize=12,
    )


SHADES = ("#D6ECF9", "#EEF7FC", "#A9D5F0")  # front, top and right side of a block
EDGE = {"edgecolor": PALETTE.blue, "linewidth": 0.9}
DEPTH = (0.42, -0.32)  # one cell away from the reader


def show_ranks() -> Figure:
    """Show a scalar, a vector, a matrix, a cube and a batch of cubes, with rank and shape."""
    figure = new_figure(10, 2.8)
    axes = figure.subplots()
    hide_axes(axes)
    drawings = [
        ("scalar", "()", [(1, 1, 1)]),
        ("vector", "(5,)", [(1, 5, 1)]),
        ("matrix", "(4, 5)", [(4, 5, 1)]),
        ("cube", "(4, 5, 3)", [(4, 5, 3)]),
        ("batch of cubes", "(2, 4, 5, 3)", [(4, 5, 3), (4, 5, 3)]),
    ]
    left = 0.0
    for rank, (name, shape, blocks) in enumerate(drawings):
        width = sum(_block_width(block) for block in blocks) + 0.5 * (len(blocks) - 1)
        room = max(width, 3.6)  # for the words below
        x = left + (room - width) / 2
        for block in blocks:
            _draw_block(axes, x, -block[0] / 2, block)
            x += _block_width(block) + 0.5
        centre = left + room / 2
        axes.text(centre, 3.2, name, ha="center", va="top", fontsize=14, fontweight="bold")
        axes.text(centre, 4.1, f"rank {rank}", ha="center", va="top", fontsize=13)
        axes.text(centre, 4.95, f"shape {shape}", ha="center", va="top", fontsize=13)
        left += room + 1.0
    axes.set(xlim=(-0.2, left - 0.8), ylim=(5.9, -3.3), aspect="equal")
    return figure


def _block_width(block: tuple[int, int, int]) -> float:
    return block[1] + (block[2] - 1) * DEPTH[0] + (DEPTH[0] if block[2] > 1 else 0)


def _draw_block(axes: Axes, left: float, top: float, block: tuple[int, int, int]) -> None:
    """Draw a block of cells (rows, columns, depth) seen from the front, the top and the right."""
    rows, columns, depth = block
    dx, dy = DEPTH

    def cell(corner, along, across, colour):
        (x, y), (ax, ay), (bx, by) = corner, along, across
        points = [(x, y), (x + ax, y + ay), (x + ax + bx, y + ay + by), (x + bx, y + by)]
        axes.add_patch(Polygon(points, facecolor=colour, **EDGE))

    for row, column in np.ndindex(rows, columns):
        cell((left + column, top + row), (1, 0), (0, 1), SHADES[0])
    if depth > 1:
        for column, k in np.ndindex(columns, depth):
            cell((left + column + k * dx, top + k * dy), (1, 0), (dx, dy), SHADES[1])
        for row, k in np.ndindex(rows, depth):
            cell((left + columns + k * dx, top + row + k * dy), (0, 1), (dx, dy), SHADES[2])
