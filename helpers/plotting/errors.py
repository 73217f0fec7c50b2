"""Pictures that were misread, with what they were taken for."""

from collections.abc import Sequence
from math import ceil

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .contrast import as_text
from .images import draw_picture
from .pixels import as_picture
from .style import NOTEBOOK_WIDTH, PALETTE, hide_axes, new_figure

MOST_FAILURES = 60
MOST_PAIRS = 12


def caption(label: str, read: str, confidence: float) -> str:
    """Say how a picture was read: "大 not 太 (63 %)" is a 大 that was taken for 太, 63 % sure."""
    name = label if label == read else f"{label} not {read}"
    return f"{name} ({100 * confidence:.0f} %)"


def show_failures(
    images,
    labels: Sequence[int],
    probabilities,
    classes: Sequence[str],
    *,
    columns: int = 6,
    title: str | None = None,
) -> Figure:
    """Show pictures with what they are, what they were taken for, and how sure the reader was.

    Parameters
    ----------
    images
        (N, H, W) or (N, H, W, 1), uint8 or floats in 0..1; at most 60.
    labels
        (N,) class indices: what the pictures are said to be.
    probabilities
        (N, K), a row for each picture.
    classes
        The K characters.
    columns
        Pictures in a row.
    title
        Title above all.

    Returns
    -------
    matplotlib.figure.Figure
        "大 not 太 (63 %)" stands above a 大 that was taken for 太. Right answers are blue.

    Raises
    ------
    ValueError
        When there is nothing to show, or the arrays do not belong together.
    """
    labels, probabilities = np.asarray(labels), np.asarray(probabilities)
    _check_batch(images, labels, "labels")
    if probabilities.shape != (len(labels), len(classes)):
        raise ValueError(
            f"probabilities have shape {probabilities.shape}: give a row for each of the "
            f"{len(labels)} pictures and a column for each of the {len(classes)} classes."
        )
    if not 1 <= len(labels) <= MOST_FAILURES:
        raise ValueError(
            f"images holds {len(labels)} pictures: give 1 to {MOST_FAILURES}, as in images[:24]."
        )
    columns = min(columns, len(labels))
    rows = ceil(len(labels) / columns)
    size = min(1.6, NOTEBOOK_WIDTH / columns)
    tall = size * 0.84 * _tallness(images) + 0.4
    figure = new_figure(columns * size, rows * tall + (0.45 if title else 0))
    read = probabilities.argmax(axis=1)
    for place, axes in enumerate(np.ravel(figure.subplots(rows, columns, squeeze=False))):
        if place >= len(labels):
            axes.set_visible(False)
            continue
        label, guess = int(labels[place]), int(read[place])
        draw_tile(axes, images[place])
        axes.set_title(
            caption(classes[label], classes[guess], float(probabilities[place, guess])),
            fontsize=float(np.clip(size * 7.6, 8, 12)),
            loc="center",
            color=as_text(PALETTE.blue if label == guess else PALETTE.vermillion),
        )
    if title:
        figure.suptitle(title)
    return figure


def show_confused_pairs(
    images,
    labels: Sequence[int],
    predicted: Sequence[int],
    classes: Sequence[str],
    pairs: Sequence[Sequence[int]],
    *,
    each: int = 3,
) -> Figure:
    """Show characters that are taken for each other: a row for each pair.

    Parameters
    ----------
    images, labels, predicted
        The pictures (N, H, W) or (N, H, W, 1), what they are, and what they were taken for.
    classes
        The characters.
    pairs
        At most 12 pairs (i, j) of class indices, or (i, j, errors).
    each
        How many wrong pictures to show in each direction, where there are so many.

    Returns
    -------
    matplotlib.figure.Figure
        Outermost stands one picture of either that was read correctly; between them those that
        crossed over.
    """
    labels, predicted = np.asarray(labels), np.asarray(predicted)
    _check_batch(images, labels, "labels")
    _check_batch(images, predicted, "predicted")
    if not 1 <= len(pairs) <= MOST_PAIRS:
        raise ValueError(f"pairs holds {len(pairs)}: give 1 to {MOST_PAIRS}, as in pairs[:6].")
    columns = 2 * each + 2
    size = min(1.15, NOTEBOOK_WIDTH / columns)
    tall = size * 0.84 * _tallness(images) + 0.4
    figure = new_figure(columns * size, len(pairs) * tall)
    grid = figure.subplots(len(pairs), columns, squeeze=False)
    for row, (i, j, *_) in zip(grid, pairs, strict=True):
        shown = [(i, i, 1), (i, j, each), (j, i, each), (j, j, 1)]
        places = iter(row)
        for label, guess, count in shown:
            found = np.flatnonzero((labels == label) & (predicted == guess))
            wrong = label != guess
            text = f"{classes[label]} as {classes[guess]}" if wrong else classes[label]
            for k in range(count):
                axes = next(places)
                if k >= len(found):
                    axes.set_visible(False)
                    continue
                draw_tile(axes, images[found[k]], PALETTE.vermillion if wrong else PALETTE.blue)
                axes.set_title(text, fontsize=11, loc="center", pad=4)
    return figure


def draw_tile(axes: Axes, image, colour: str = PALETTE.line) -> None:
    """Draw one picture in a frame of a colour."""
    hide_axes(axes, frame=True)
    draw_picture(axes, as_picture(image))
    strong = colour != PALETTE.line
    axes.spines[:].set(visible=True, color=colour, linewidth=2.0 if strong else 0.8)


def _tallness(images) -> float:
    height, width = np.shape(images[0])[:2]
    return height / width


def _check_batch(images, indices: np.ndarray, name: str) -> None:
    if indices.ndim != 1 or len(images) != len(indices):
        raise ValueError(
            f"{name} has shape {indices.shape} for {len(images)} pictures: give one class index "
            "a picture."
        )
