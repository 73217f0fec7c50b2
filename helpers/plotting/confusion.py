"""The confusion matrix as a picture."""

from collections.abc import Sequence

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .alttext import describe
from .celltext import add_cell_text
from .pixels import cell_lines
from .style import NOTEBOOK_WIDTH, PALETTE, new_figure, text_colour

TOLD = 8  # kinds of error, in words
MOST_NUMBERED = 12  # classes, beyond which the counts are too small to read
ERRORS = LinearSegmentedColormap.from_list(
    "course-errors", ["#FFFFFF", "#F8C9A6", PALETTE.vermillion, "#6B2A00"]
)
FULL = 3  # fewer errors than that in a cell are never the darkest colour
RIGHT = "#DCE9F2"


def show_confusion(
    counts,
    classes: Sequence[str],
    *,
    title: str | None = None,
    numbers: bool | None = None,
) -> Figure:
    """Show what was read as what: a row for each label, a column for each reading.

    Parameters
    ----------
    counts
        (K, K) whole numbers: row the label, column the prediction.
    classes
        The K characters, in the order of the rows.
    title
        Title above.
    numbers
        Write the counts into the cells; by default up to 12 classes.

    Returns
    -------
    matplotlib.figure.Figure
        Errors are orange, the darker the more. The diagonal, which is right, is pale blue and
        left out of the colour scale: its large numbers would hide the errors.

    Raises
    ------
    ValueError
        When the counts are no square table, or the classes do not match it.
    """
    counts = np.asarray(counts)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or len(counts) != len(classes):
        raise ValueError(
            f"counts has shape {counts.shape} for {len(classes)} classes: give a row and a "
            "column for each class."
        )
    size = len(counts)
    numbers = size <= MOST_NUMBERED if numbers is None else numbers
    side = float(np.clip(0.62 * size, 3.0, NOTEBOOK_WIDTH - 1.2))
    figure = new_figure(side + 1.0, side + (0.5 if title else 0.1))
    axes = figure.subplots()
    errors = counts * (1 - np.eye(size, dtype=int))
    drawn = axes.imshow(errors, cmap=ERRORS, vmin=0, vmax=max(errors.max(), FULL))
    for k in range(size):
        axes.add_patch(Rectangle((k - 0.5, k - 0.5), 1, 1, color=RIGHT, linewidth=0))
    if numbers:
        _write(axes, counts, drawn)
        cell_lines(axes, size, size)
    font = 13 if size <= MOST_NUMBERED else float(np.clip(side * 72 / size * 0.8, 5, 12))
    axes.set_xticks(range(size), classes, fontsize=font)
    axes.set_yticks(range(size), classes, fontsize=font)
    axes.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False, length=0, pad=2)
    axes.grid(False)
    axes.spines[:].set(visible=True, color=PALETTE.line)
    axes.set(ylabel="label")
    axes.set_xlabel("read as", labelpad=6)
    axes.xaxis.set_label_position("top")
    if not numbers:
        bar = figure.colorbar(drawn, ax=axes, shrink=0.5, aspect=24, pad=0.015)
        bar.outline.set_visible(False)
        bar.locator.set_params(integer=True)
        bar.update_ticks()
        bar.set_label("misread pictures")
    if title:
        figure.suptitle(title, x=0.01, ha="left")
    return describe(_in_words(counts, errors, classes, title), figure)


def _in_words(counts, errors, classes, title: str | None) -> str:
    """Say how many are right, and what is misread as what most often."""
    order = np.argsort(-errors, axis=None, kind="stable")[:TOLD]
    pairs = [divmod(int(place), len(counts)) for place in order if errors.flat[place]]
    told = [f"{classes[i]} read as {classes[j]}: {int(counts[i, j])}" for i, j in pairs]
    right = f"{int(np.trace(counts))} of {int(counts.sum())} on the diagonal, read correctly"
    return (
        f"{f'{title}. ' if title else ''}Confusion matrix of {len(counts)} characters, label by "
        f"row and reading by column: {right}{'; beside it, most often ' * bool(told)}"
        f"{', '.join(told)}."
    )


def _write(axes, counts, drawn) -> None:
    for (row, column), count in np.ndenumerate(counts):
        colour = PALETTE.ink
        if row != column:
            colour = text_colour(drawn.cmap(drawn.norm(count))) if count else PALETTE.soft
        add_cell_text(axes, column, row, str(int(count)), color=colour, largest=15)
