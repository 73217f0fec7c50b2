"""Pictures, each with the classes that a network holds most probable."""

from collections.abc import Sequence
from math import ceil

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .alttext import describe
from .images import draw_picture
from .panels import counted
from .pixels import as_picture
from .style import NOTEBOOK_WIDTH, PALETTE, hide_axes, new_figure

MOST = 24
TOLD = 3  # guesses of a picture, in words


def show_guesses(
    images,
    probabilities,
    classes: Sequence[str],
    labels: Sequence[int] | None = None,
    *,
    guesses: int = 5,
    columns: int = 3,
    title: str | None = None,
) -> Figure:
    """Show each picture beside bars for its most probable classes, the best on top.

    Parameters
    ----------
    images
        Batch (N, H, W, 1) or (N, H, W), up to 24 pictures.
    probabilities
        (N, K), each row adds up to 1.
    classes
        K names; class k belongs to column k.
    labels
        N true classes: the bar of the true class is green and has a ✓, the others are blue, and
        the first is orange where it is wrong. Without labels all bars are blue.
    guesses
        Bars a picture.
    columns
        Pictures in a row.
    title
        Title above all.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If shapes do not fit together, or the rows do not add up to 1.
    """
    pictures = [as_picture(image, f"images[{i}]") for i, image in enumerate(images)]
    probabilities = np.asarray(probabilities, dtype=float)
    _check(pictures, probabilities, classes, labels)
    columns = min(columns, len(pictures))
    rows = ceil(len(pictures) / columns)
    cell = min(NOTEBOOK_WIDTH / columns, 3.4)
    figure = new_figure(cell * columns, 1.62 * rows + (0.4 if title else 0))
    grid = figure.subplots(rows, 2 * columns, squeeze=False, width_ratios=[1, 1.3] * columns)
    for place in range(rows * columns):
        picture_axes, bar_axes = grid[place // columns, 2 * (place % columns) :][:2]
        hide_axes(picture_axes, frame=True)
        hide_axes(bar_axes)
        if place >= len(pictures):
            picture_axes.set_visible(False)
            bar_axes.set_visible(False)
            continue
        draw_picture(picture_axes, pictures[place])
        true = None if labels is None else int(labels[place])
        _draw_bars(bar_axes, probabilities[place], classes, true, guesses)
    if title:
        figure.suptitle(title)
    return describe(_in_words(probabilities, classes, labels, guesses, title), figure)


def _in_words(probabilities, classes, labels, guesses: int, title: str | None) -> str:
    told = []
    for place, row in enumerate(probabilities):
        best = np.argsort(-row, kind="stable")[: min(guesses, TOLD)]
        bars = ", ".join(f"{classes[k]} {_percent(row[k])}" for k in best)
        told.append(bars if labels is None else f"{classes[int(labels[place])]}: {bars}")
    head = f"{title}. " if title else ""
    whose = "" if labels is None else "the label, then "
    return (
        f"{head}{counted(len(told), 'picture')}, each beside bars for its most probable classes "
        f"({whose}the best first): {'; '.join(told)}."
    )


def _check(pictures, probabilities, classes, labels) -> None:
    count = len(pictures)
    if not 1 <= count <= MOST:
        raise ValueError(f"images holds {count} pictures: give 1 to {MOST}, as in images[:12].")
    if probabilities.shape != (count, len(classes)):
        raise ValueError(
            f"probabilities has shape {probabilities.shape}: for {count} pictures and "
            f"{len(classes)} classes it should be ({count}, {len(classes)})."
        )
    if not np.allclose(probabilities.sum(axis=1), 1, atol=1e-3):
        raise ValueError("The rows of probabilities do not add up to 1: are they logits still?")
    if labels is not None and len(labels) != count:
        raise ValueError(f"{len(labels)} labels for {count} pictures: give one for each.")


def _draw_bars(axes: Axes, row: np.ndarray, classes, true: int | None, guesses: int) -> None:
    best = np.argsort(-row, kind="stable")[:guesses]
    for place, k in enumerate(best):
        colour = PALETTE.blue
        if true is not None and k == true:
            colour = PALETTE.green
        elif true is not None and place == 0:
            colour = PALETTE.vermillion
        axes.barh(place, max(row[k], 0.004), height=0.68, color=colour)
        axes.text(-0.05, place, classes[k], ha="right", va="center", fontsize=12)
        mark = " ✓" if k == true else ""  # who tells no green from orange reads it
        text = f"{_percent(row[k])}{mark}"
        axes.text(row[k] + 0.03, place, text, ha="left", va="center", fontsize=9.5)
    axes.set(xlim=(-0.3, 1.42), ylim=(guesses - 0.4, -0.6))


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.005 else "< 1 %"
