"""Pages with boxes on them, masks in colour, and precision against recall."""

from collections.abc import Sequence
from math import ceil

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from .contrast import as_text
from .marks import UNTOLD
from .pixels import as_picture
from .style import NOTEBOOK_WIDTH, PALETTE, hide_axes, new_figure

MOST = 24
"""Pages in one figure."""


def show_boxes(
    images: Sequence[np.ndarray],
    boxes: Sequence[np.ndarray],
    words: Sequence[Sequence[str]] | None = None,
    *,
    others: Sequence[np.ndarray] | None = None,
    colours: Sequence[Sequence[int]] | None = None,
    titles: Sequence[str] | None = None,
    columns: int | None = None,
    cell: int | None = None,
    size: float = 3.2,
) -> Figure:
    """Show pages with boxes.

    Parameters
    ----------
    images
        N pages (H, W, 1) or (H, W).
    boxes
        For each page (M, 4): left, top, right and bottom edge in pixels.
    words
        For each page M short texts, written above the boxes.
    others
        More boxes for each page, dashed and grey: what truly stands there, for one.
    colours
        For each page M whole numbers: boxes with the same number have the same colour.
    titles
        One for each page.
    columns
        Pages in a row.
    cell
        Side of the cells of a grid that is drawn over the pages, in pixels.
    size
        Width of a page in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there are not as many boxes as pages, or too many pages.
    """
    if not 1 <= len(images) <= MOST or len(images) != len(boxes):
        raise ValueError(
            f"{len(images)} images and {len(boxes)} sets of boxes: give one set for each of 1 to "
            f"{MOST} images."
        )
    columns = columns or min(len(images), max(1, int(NOTEBOOK_WIDTH / size)))
    figure, places = _grid(images, columns, size, bool(titles))
    for k, (axes, image) in enumerate(zip(places, images, strict=False)):
        draw_page(axes, image, cell=cell)
        if others is not None:
            draw_boxes(axes, others[k], colour=PALETTE.grey, dashed=True)
        draw_boxes(
            axes, boxes[k], words[k] if words is not None else None,
            colours=colours[k] if colours is not None else None,
        )  # fmt: skip
        if titles:
            axes.set_title(titles[k], fontsize=11, loc="left")
    return figure


def show_masks(
    masks: Sequence[np.ndarray], titles: Sequence[str] | None = None, *, size: float = 3.2
) -> Figure:
    """Show masks: what belongs together has one colour, and paper is white.

    Parameters
    ----------
    masks
        Whole numbers or bools (H, W): 0 is paper.
    titles
        One for each mask.
    size
        Width of a mask in inches.

    Returns
    -------
    matplotlib.figure.Figure
    """
    columns = min(len(masks), max(1, int(NOTEBOOK_WIDTH / size)))
    figure, places = _grid(masks, columns, size, bool(titles))
    for k, (axes, mask) in enumerate(zip(places, masks, strict=False)):
        draw_page(axes, coloured(mask))
        if titles:
            axes.set_title(titles[k], fontsize=11, loc="left")
    return figure


def show_precision_recall(curves: dict[str, tuple[np.ndarray, np.ndarray]]) -> Figure:
    """Show precision against recall as the threshold falls.

    Parameters
    ----------
    curves
        Name to (recall, precision), each (M,).

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure = new_figure(6.4, 3.8)
    axes = figure.subplots()
    for (name, (recall, precision)), colour in zip(curves.items(), PALETTE.outlines, strict=False):
        axes.plot(recall, precision, color=colour, label=name)
    axes.set(xlim=(0, 1.02), ylim=(0, 1.03), xlabel="recall", ylabel="precision")
    axes.legend(loc="lower left")
    return figure


def coloured(mask: np.ndarray) -> np.ndarray:
    """Give each number of a mask a colour: floats (H, W, 3); 0 is white."""
    mask = np.asarray(mask).astype(int)
    shades = np.array([(1.0, 1.0, 1.0), *map(to_rgb, PALETTE.outlines)])
    return shades[np.where(mask > 0, (mask - 1) % len(PALETTE.outlines) + 1, 0)]


def draw_page(axes: Axes, image: np.ndarray, *, cell: int | None = None) -> None:
    """Draw a page with a thin edge, and a grid of cells over it."""
    picture = as_picture(image)
    height, width = picture.shape[:2]
    axes.imshow(
        picture, cmap="gray", vmin=0, vmax=255 if picture.dtype == np.uint8 else 1,
        extent=(0, width, height, 0), interpolation="nearest",
    )  # fmt: skip
    hide_axes(axes)
    edge = {"fill": False, "edgecolor": PALETTE.line, "linewidth": 1.0, "clip_on": False}
    edge["label"] = UNTOLD
    axes.add_patch(Rectangle((0, 0), width, height, **edge))
    if cell:
        style = {"color": PALETTE.sky, "linewidth": 0.8, "alpha": 0.8}
        axes.hlines(np.arange(cell, height, cell), 0, width, **style)
        axes.vlines(np.arange(cell, width, cell), 0, height, **style)


def draw_boxes(
    axes: Axes,
    boxes: np.ndarray,
    words: Sequence[str] | None = None,
    *,
    colours: Sequence[int] | None = None,
    colour: str = PALETTE.vermillion,
    dashed: bool = False,
    width: float = 1.8,
) -> None:
    """Draw boxes given by their edges, with words above them."""
    boxes = np.asarray(boxes, float).reshape(-1, 4)
    for k, (left, top, right, bottom) in enumerate(boxes):
        shade = colour if colours is None else PALETTE.outlines[colours[k] % len(PALETTE.outlines)]
        axes.add_patch(
            Rectangle(
                (left, top), right - left, bottom - top, fill=False, edgecolor=shade,
                linewidth=width, linestyle="--" if dashed else "-", clip_on=False,
            )
        )  # fmt: skip
        if words is not None and words[k]:
            halo = [withStroke(linewidth=2.5, foreground="white")]
            axes.text(left, top - 1, words[k], color=as_text(shade), fontsize=9.5, va="bottom",
                      path_effects=halo, fontweight="bold")  # fmt: skip


def _grid(pictures, columns: int, size: float, titled: bool) -> tuple[Figure, list[Axes]]:
    rows = ceil(len(pictures) / columns)
    size = min(size, NOTEBOOK_WIDTH / columns)
    tall = max(np.shape(picture)[0] / np.shape(picture)[1] for picture in pictures)
    figure = new_figure(columns * size, rows * (size * tall + (0.3 if titled else 0.08)))
    places = list(figure.subplots(rows, columns, squeeze=False).flat)
    for axes in places[len(pictures) :]:
        axes.axis("off")
    return figure, places
