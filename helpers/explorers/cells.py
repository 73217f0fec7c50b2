"""The grid over a page: click a cell, and see what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from helpers.handwriting import CLASSES, Page
from helpers.models.detector import BOXES, STRIDE
from helpers.models.detector.reading import boxes_of, names_of
from helpers.plotting.detection import draw_boxes, draw_page
from helpers.plotting.style import PALETTE, NotebookFigure

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .clickable import Cursor
from .controls import Pages, Slider, Toggle
from .readings import describe
from .shell import Explorer

__all__ = ["Cells", "cells_explorer", "draw", "explore_cells"]

WIDTH, HEIGHT = 9.6, 5.2  # inches
FIELD = (0.015, 0.03, 0.49)  # left and bottom edge and width of the page, in shares
NAMES = 4  # that are shown
COLOURS = (PALETTE.vermillion, PALETTE.blue)


@dataclass(frozen=True)
class Cells:
    """A page, a cell of its grid, and whether all cells show how sure they are."""

    page: int = 0
    row: int = 3
    column: int = 3
    sure: bool = True


def explore_cells(pages: Sequence[Page], answers: np.ndarray, **changes):
    """Look into the cells of a detector's grid.

    Parameters
    ----------
    pages
        What truly stands there.
    answers
        What the detector gives for each page: (N, rows, columns, 65) logits.
    **changes
        Where to start: ``page``, ``row``, ``column``, ``sure``.

    Returns
    -------
    ipywidgets.VBox
        A front end without widgets shows one cell.

    Raises
    ------
    ValueError
        If there are not as many answers as pages, or a change is not allowed.
    """
    return cells_explorer(pages, answers).show(**changes)


def cells_explorer(pages: Sequence[Page], answers: Any) -> Explorer:
    """Build the explorer itself; parameters as in :func:`explore_cells`."""
    answers = np.asarray(answers)
    if not pages or len(pages) != len(answers):
        raise ValueError(f"{len(pages)} pages and {len(answers)} answers: give one for each page")
    rows, columns = answers.shape[1:3]
    return Explorer(
        "cells",
        _fullest(pages[0]),
        partial(draw, tuple(pages), answers),
        {
            "page": Pages(label="page"),
            "row": Slider(0, rows - 1, label="row"),
            "column": Slider(0, columns - 1, label="column"),
            "sure": Toggle(label="shade cells by how sure they are"),
        },
        wide=True,
        pick=partial(_picked, rows, columns),
        cursor=partial(_cursor, rows, columns),
    )


def _fullest(page: Page) -> Cells:
    """Start in the cell that answers for the page's first character."""
    if not len(page.boxes):
        return Cells(row=0, column=0)
    left, top, right, bottom = page.boxes[0]
    return Cells(row=int((top + bottom) / 2 // STRIDE), column=int((left + right) / 2 // STRIDE))


def draw(pages: tuple[Page, ...], answers: np.ndarray, state: Cells) -> Figure:
    """Draw the page under its grid, and beside it what one cell answers."""
    place = state.page % len(pages)
    rows, columns = answers.shape[1:3]
    found = boxes_of(answers[place])
    cell = state.row * columns + state.column
    figure = NotebookFigure(figsize=(WIDTH, HEIGHT), layout="none")
    left, bottom, wide = FIELD
    axes = figure.add_axes((left, bottom, wide, wide * WIDTH / HEIGHT * rows / columns))
    draw_page(axes, pages[place].image, cell=STRIDE)
    surest = found.objectness.reshape(rows, columns, BOXES).max(axis=2)
    if state.sure:
        shades = np.zeros((rows, columns, 4))
        shades[..., :3] = 0.0, 0.62, 0.45
        shades[..., 3] = 0.5 * surest
        extent = (0, columns * STRIDE, rows * STRIDE, 0)
        axes.imshow(shades, extent=extent, interpolation="nearest", zorder=2)
    corner = (state.column * STRIDE, state.row * STRIDE)
    edge = {"fill": False, "edgecolor": PALETTE.ink, "linewidth": 2.6, "zorder": 4}
    axes.add_patch(Rectangle(corner, STRIDE, STRIDE, **edge))
    its = slice(cell * BOXES, (cell + 1) * BOXES)
    for k, box in enumerate(found.boxes[its]):
        box = box.clip(0, [columns * STRIDE, rows * STRIDE] * 2)
        draw_boxes(axes, box, colour=COLOURS[k], width=2.4, dashed=found.objectness[its][k] < 0.5)
    axes.set(xlim=(0, columns * STRIDE), ylim=(rows * STRIDE, 0))
    _answer(figure, state, found.objectness[its], names_of(answers[place])[state.row, state.column])
    return figure


def _answer(figure: Figure, state: Cells, sure: np.ndarray, names: np.ndarray) -> None:
    """Draw the two scores and the likeliest names of one cell."""
    words = f"cell in row {state.row}, column {state.column}"
    figure.text(0.55, 0.93, words, fontsize=14, weight="bold")
    axes = figure.add_axes((0.72, 0.66, 0.19, 0.2))
    _bars(axes, ["box 1", "box 2"], sure, COLOURS, "is there a character?")
    best = np.argsort(-names, kind="stable")[:NAMES]
    axes = figure.add_axes((0.72, 0.08, 0.19, 0.42))
    labels = [describe(CLASSES[k]).split(", ")[-1] + f"  {CLASSES[k]}" for k in best]
    _bars(axes, labels, names[best], [PALETTE.green] * NAMES, "if so, which?")


def _bars(axes: Axes, names: Sequence[str], shares: np.ndarray, colours, title: str) -> None:
    rows = np.arange(len(names))
    axes.barh(rows, shares, color=colours, height=0.62)
    for row, share in zip(rows, shares, strict=True):
        axes.annotate(f"{share:.0%}", (share, row), (4, 0), va="center", fontsize=11,
                      textcoords="offset points", annotation_clip=False)  # fmt: skip
    axes.set_yticks(rows, names)
    axes.set(xlim=(0, 1.0), ylim=(len(names) - 0.5, -0.5), xticks=[])
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelsize=11.5)
    axes.grid(False)
    axes.set_title(title, fontsize=12, loc="left")


def _picked(rows: int, columns: int, state: Cells, x: float, y: float) -> Cells | None:
    left, bottom, wide = FIELD
    tall = wide * WIDTH / HEIGHT * rows / columns
    across, down = (x - left) / wide, (bottom + tall - (1 - y)) / tall
    if not (0 <= across < 1 and 0 <= down < 1):
        return None
    return replace(state, row=int(down * rows), column=int(across * columns))


def _cursor(rows: int, columns: int, state: Cells) -> Cursor:
    left, bottom, wide = FIELD
    tall = wide * WIDTH / HEIGHT * rows / columns
    across, down = wide / columns, tall / rows
    x, y = left + (state.column + 0.5) * across, 1 - bottom - tall + (state.row + 0.5) * down
    return Cursor(x, y, across, down)
