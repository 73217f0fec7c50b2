"""Pictures as pictures, and pictures as numbers."""

from collections.abc import Sequence
from math import ceil

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .pixels import (
    as_picture,
    cell_lines,
    formatter,
    grey_limits,
    index_ticks,
    outline,
    write_numbers,
)
from .style import NOTEBOOK_WIDTH, PALETTE, hide_axes, new_figure

MOST_PICTURES = 200
MOST_NUMBERED = 32  # rows or columns, beyond which the numbers are too small to read
SMALL = 160  # pictures up to this side are shown with sharp pixels


def show_images(
    images,
    titles: Sequence[str] | None = None,
    *,
    columns: int | None = None,
    cmap: str = "gray",
    vmin: float | None = None,
    vmax: float | None = None,
    size: float = 2.2,
    suptitle: str | None = None,
) -> Figure:
    """Show pictures in a grid.

    Parameters
    ----------
    images
        A batch (N, H, W, C) or (N, H, W), a list of pictures of any sizes, or a single picture.
        A picture is (H, W), (H, W, 1) or (H, W, 3), uint8 or float in 0..1.
    titles
        One for each picture.
    columns
        Pictures in a row; by default as many as fit.
    cmap, vmin, vmax
        Colour map and the numbers at its ends, for pictures of one channel. By default black is 0
        and white is 255 (uint8) or 1 (floats).
    size
        Width of one picture in inches.
    suptitle
        Title above all.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If a picture has another shape, dtype or range, or the titles do not match.
    """
    free_range = vmin is not None and vmax is not None
    pictures = [
        as_picture(image, f"images[{index}]", any_range=free_range)
        for index, image in enumerate(_as_list(images))
    ]
    if not 1 <= len(pictures) <= MOST_PICTURES:
        raise ValueError(
            f"images holds {len(pictures)} pictures: give 1 to {MOST_PICTURES}, as in images[:25]."
        )
    if titles is not None and len(titles) != len(pictures):
        raise ValueError(f"{len(titles)} titles for {len(pictures)} pictures: give one for each.")
    columns = columns or _even_columns(len(pictures), max(1, int(NOTEBOOK_WIDTH / size)))
    rows = ceil(len(pictures) / columns)
    size = min(size, NOTEBOOK_WIDTH / columns)
    tallest = max(picture.shape[0] / picture.shape[1] for picture in pictures)
    text_size = float(np.clip(size * 6, 8, 13))
    height = size * tallest + (text_size / 72 * 1.7 if titles is not None else 0.06)
    figure = new_figure(columns * size, rows * height + (0.45 if suptitle else 0))
    for index, axes in enumerate(np.ravel(figure.subplots(rows, columns, squeeze=False))):
        hide_axes(axes, frame=True)
        if index < len(pictures):
            draw_picture(axes, pictures[index], cmap=cmap, vmin=vmin, vmax=vmax)
            if titles is not None:
                axes.set_title(str(titles[index]), fontsize=text_size, loc="center")
        else:
            axes.set_visible(False)
    if suptitle:
        figure.suptitle(suptitle)
    return figure


def _as_list(images) -> list:
    """Take a batch, a list of pictures or one picture as a list of pictures."""
    if not isinstance(images, np.ndarray):
        return list(images)
    if images.ndim == 2 or (images.ndim == 3 and images.shape[2] in (1, 3)):
        return [images]
    return list(images)


def _even_columns(count: int, most: int) -> int:
    """Choose the columns so that the last row is as full as the others."""
    return ceil(count / ceil(count / most))


def draw_picture(axes: Axes, picture: np.ndarray, *, cmap="gray", vmin=None, vmax=None):
    """Draw one checked picture on existing axes and return Matplotlib's image."""
    interpolation = "nearest" if max(picture.shape[:2]) <= SMALL else "antialiased"
    if picture.ndim == 3:
        return axes.imshow(picture, interpolation=interpolation)
    low, high = grey_limits(picture, vmin, vmax)
    return axes.imshow(picture, cmap=cmap, vmin=low, vmax=high, interpolation=interpolation)


def show_numbers(
    image,
    *,
    ax: Axes | None = None,
    cmap: str = "gray",
    fmt=None,
    highlight: Sequence[tuple[int, int, int, int]] | None = None,
    title: str | None = None,
    vmin: float | None = None,
    vmax: float | None = None,
) -> Figure:
    """Show a small picture with every pixel's number on it.

    Parameters
    ----------
    image
        (H, W) or (H, W, 1) of any real dtype, at most 32 pixels a side.
    ax
        Axes to draw on; by default a new figure is made.
    cmap, vmin, vmax
        Colour map and the numbers at its ends. By default 0..255 for uint8, 0..1 for values in
        it, else the smallest and the greatest number.
    fmt
        How to write a number: a format specification such as ``".1f"`` or a function to text.
    highlight
        Boxes (row, column, height, width) to outline, each in its own colour.
    title
        Title above the picture.

    Returns
    -------
    matplotlib.figure.Figure
        The figure that holds the axes.

    Raises
    ------
    ValueError
        If the picture is no (H, W) array, too large, or a box leaves it.
    """
    picture = as_numbers(image)
    height, width = picture.shape
    if ax is None:
        side = float(np.clip(8.2 / max(width, 0.6 * height), 0.3, 0.62))
        figure = new_figure(width * side + 0.7, height * side + (0.95 if title else 0.5))
        ax = figure.subplots()
    low, high = grey_limits(picture, vmin, vmax)
    drawn = ax.imshow(
        picture,
        cmap=colormaps[cmap] if isinstance(cmap, str) else cmap,
        vmin=low,
        vmax=high,
        interpolation="nearest",
    )
    write_numbers(ax, picture, drawn.cmap(drawn.norm(picture)), formatter(fmt, picture))
    cell_lines(ax, height, width)
    index_ticks(ax, height, width)
    for index, box in enumerate(highlight or []):
        _check_box(box, height, width)
        outline(ax, box, PALETTE.outlines[index % len(PALETTE.outlines)])
    if title:
        ax.set_title(title)
    return ax.get_figure()


def as_numbers(image, name: str = "image", most: int = MOST_NUMBERED) -> np.ndarray:
    """Check that an array is a picture of one channel small enough to write its numbers on."""
    picture = as_picture(image, name, any_range=True)
    if picture.ndim == 3:
        raise ValueError(
            f"{name} has shape {picture.shape}: numbers fit on one channel only, "
            "as in image[:, :, 0]."
        )
    if max(picture.shape) > most:
        raise ValueError(
            f"{name} has shape {picture.shape}: numbers can be read up to {most} pixels a side; "
            f"cut a piece out, as in image[:{min(most, 16)}, :{min(most, 16)}]."
        )
    return picture


def _check_box(box, height: int, width: int) -> None:
    if len(box) != 4:
        raise ValueError(f"highlight holds {box!r}: give boxes (row, column, height, width).")
    row, column, tall, wide = box
    fits = row >= 0 and column >= 0 and tall >= 1 and wide >= 1
    if not (fits and row + tall <= height and column + wide <= width):
        raise ValueError(
            f"highlight box {tuple(box)} leaves the picture of {height} x {width}: "
            "give (row, column, height, width) inside it."
        )
