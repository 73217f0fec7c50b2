"""The confusion map: which classes are taken for which, and the pictures behind each number."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from helpers.plotting.style import PALETTE, NotebookFigure

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .clickable import Cursor
from .confusion_map import draw_key, draw_map
from .controls import Choice, Slider, Toggle
from .montage import GAP, Tile, draw_montage
from .predictions import Predictions, collect, percent
from .readings import describe, menu_names
from .shell import Explorer

__all__ = ["Confusions", "by_likeness", "confusions_explorer", "draw", "explore_confusions"]

WIDTH, HEIGHT = 9.6, 5.9  # inches
SIDE = 5.06  # of the map, in inches
MAP = (0.074, 0.006, SIDE / WIDTH, SIDE / HEIGHT)  # left, bottom, width, height
BESIDE = 0.615  # left edge of the words and examples
COLUMNS, ROWS = 3, 2  # of examples beside the map; right ones come first
PRESETS = 12  # most confused pairs in the menu
BY_CLASS, BY_LIKENESS = "by class", "look-alikes together"


@dataclass(frozen=True)
class Confusions:
    """What the map shows: one cell, the least count drawn, the order, and whether all classes."""

    true: str
    predicted: str
    least: int = 1
    order: str = BY_CLASS
    every: bool = True


def explore_confusions(labels, logits, classes, images=None, **changes):
    """Look into a confusion matrix: rows are true classes, columns predicted ones.

    Parameters
    ----------
    labels
        (N,) whole numbers: the true classes.
    logits
        (N, K): what the model said, logits or probabilities.
    classes
        K names, in the order of the labels.
    images
        (N, H, W, 1) uint8, also (N, H, W) or (N, H, W, 3): examples are shown beside the map.
    **changes
        Where to start: ``true``, ``predicted`` (classes), ``least`` (hide smaller counts),
        ``order`` ("by class" or "look-alikes together"), ``every`` (False leaves out the classes
        of which nothing is left to show).

    Returns
    -------
    ipywidgets.VBox
        A front end without widgets shows the map with the most confused pair.

    Raises
    ------
    ValueError
        If the arrays do not belong together, or a change is not allowed.
    """
    return confusions_explorer(labels, logits, classes, images).show(**changes)


def confusions_explorer(labels, logits, classes, images=None) -> Explorer:
    """Build the explorer itself; parameters as in :func:`explore_confusions`."""
    found = collect(labels, logits, classes, images)
    errors = errors_of(found.counts)
    pairs = worst_pairs(errors, PRESETS) or [(0, 1)]
    true, predicted = (found.classes[index] for index in pairs[0])
    names = menu_names(found.classes)
    orders = {BY_CLASS: np.arange(len(found.classes)), BY_LIKENESS: by_likeness(found)}
    return Explorer(
        "confusions",
        Confusions(true, predicted),
        partial(draw, found, orders),
        {
            "true": Choice(*found.classes, label="true", names=names),
            "predicted": Choice(*found.classes, label="predicted", names=names),
            "least": Slider(1, max(2, int(errors.max())), label="hide counts below"),
            "order": Choice(*orders, label="order"),
            "every": Toggle(label="also classes without errors"),
        },
        presets={
            f"{found.classes[i]} taken for {found.classes[j]}: {errors[i, j]}": {
                "true": found.classes[i],
                "predicted": found.classes[j],
            }
            for i, j in pairs
            if errors[i, j]
        },
        wide=True,
        presets_label="most confused",
        pick=partial(_clicked, found, orders),
        cursor=partial(_cursor, found, orders),
    )


def errors_of(counts: np.ndarray) -> np.ndarray:
    """Return a confusion matrix (K, K) with zeros on its diagonal."""
    return counts * ~np.eye(len(counts), dtype=bool)


def worst_pairs(errors: np.ndarray, most: int) -> list[tuple[int, int]]:
    """Give the cells with the largest counts, the largest first, those of 0 left out."""
    order = np.argsort(-errors, axis=None, kind="stable")[:most]
    cells = zip(*np.unravel_index(order, errors.shape), strict=True)
    return [(int(i), int(j)) for i, j in cells if errors[i, j]]


def by_likeness(found: Predictions) -> np.ndarray:
    """Order the classes so that those that the model finds alike stand side by side.

    Two classes are alike when pictures of one get a high probability for the other, on average and
    in either direction; the order is that of the leaves of a hierarchical clustering.

    Returns
    -------
    numpy.ndarray
        (K,) indices of the classes.
    """
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    size = len(found.classes)
    sums = np.zeros((size, size))
    np.add.at(sums, found.labels, found.probabilities)
    mean = sums / np.maximum(np.bincount(found.labels, minlength=size), 1)[:, np.newaxis]
    # The logarithm: one per cent against one in a million counts, not only 20 against 21 per cent.
    far = -np.log10(np.clip((mean + mean.T) / 2, 1e-6, 1))
    np.fill_diagonal(far, 0)
    tree = linkage(squareform(far, checks=False), "average", optimal_ordering=True)
    return leaves_list(tree)


def draw(found: Predictions, orders: Mapping[str, np.ndarray], state: Confusions) -> Figure:
    """Draw the map, and the numbers and pictures of one cell beside it."""
    row, column = _cell(found, state)
    shown = _shown(found, orders, state)
    # Axes at fixed places: a layout engine would draw twice.
    figure = NotebookFigure(figsize=(WIDTH, HEIGHT), layout="none")
    axes = figure.add_axes(MAP)
    places = [list(shown).index(index) for index in (row, column)]
    draw_map(
        axes,
        found.counts[np.ix_(shown, shown)],
        [found.classes[index] for index in shown],
        cell=tuple(places),
        least=state.least,
    )
    figure.text(BESIDE, 0.985, _numbers(found, row, column), va="top", linespacing=1.3)
    draw_key(figure.add_axes((0.71, 0.672, 0.2, 0.022)), int(errors_of(found.counts).max()))
    if found.images is not None:
        _draw_examples(figure.add_axes((BESIDE, 0.006, 0.38, 0.625)), found, row, column)
    return figure


def _cell(found: Predictions, state: Confusions) -> tuple[int, int]:
    """Return the classes of a state's cell."""
    return found.classes.index(state.true), found.classes.index(state.predicted)


def _shown(found: Predictions, orders: Mapping[str, np.ndarray], state: Confusions) -> np.ndarray:
    """Return the classes on the map, in their order."""
    shown = orders[state.order]
    if not state.every:
        large = errors_of(found.counts) >= state.least
        kept = large.any(axis=0) | large.any(axis=1)
        kept[list(_cell(found, state))] = True
        shown = shown[kept[shown]]
    return shown


def _clicked(
    found: Predictions, orders: Mapping[str, np.ndarray], state: Confusions, x: float, y: float
) -> Confusions | None:
    """Return the state with the cell under a click; None beside the map."""
    left, bottom, wide, tall = MAP
    across, down = (x - left) / wide, (y - (1 - bottom - tall)) / tall
    if not (0 <= across < 1 and 0 <= down < 1):
        return None
    shown = _shown(found, orders, state)
    true, predicted = (found.classes[shown[int(share * len(shown))]] for share in (down, across))
    return replace(state, true=true, predicted=predicted)


def _cursor(found: Predictions, orders: Mapping[str, np.ndarray], state: Confusions) -> Cursor:
    """Point at the cell, and step to its neighbours."""
    left, bottom, wide, tall = MAP
    shown = list(_shown(found, orders, state))
    row, column = (shown.index(index) for index in _cell(found, state))
    across, down = wide / len(shown), tall / len(shown)
    return Cursor(left + (column + 0.5) * across, 1 - bottom - tall + (row + 0.5) * down,
                  across, down)  # fmt: skip


def _numbers(found: Predictions, row: int, column: int) -> str:
    """Tell the numbers of a cell in words, and what its characters mean."""
    true, predicted = found.classes[row], found.classes[column]
    counts = found.counts
    of = int(counts[row].sum())
    share = f" ({percent(counts[row, column] / of)})" if of else ""
    lines = [
        f"{true} recognised:" if row == column else f"{true} taken for {predicted}:",
        f"{counts[row, column]:,} of {of:,}{share}",
    ]
    if row != column:
        lines.append(f"{predicted} taken for {true}: {counts[column, row]:,}")
    words = {name: describe(name) for name in (true, predicted)}
    meanings = [f"{name}  {meaning}" for name, meaning in words.items() if meaning]
    return "\n".join([*lines, "", *meanings])


def _draw_examples(axes: Axes, found: Predictions, row: int, column: int) -> None:
    """Draw a right picture of each class of a cell, and below them the surest of the cell."""
    tiles: list[Tile | None] = []
    for index in (row, column) if row != column else ():
        images = found.images[found.surest((found.labels == index) & ~found.wrong)[:1]]
        title = f"a right {found.classes[index]}"
        tiles += [Tile(image, title, PALETTE.blue) for image in images] or [None]
    colour = PALETTE.vermillion if row != column else PALETTE.blue
    cell = found.surest((found.labels == row) & (found.predicted == column))
    for index in cell[: COLUMNS * ROWS - len(tiles)]:
        title = f"{percent(found.confidence[index])} sure"
        tiles.append(Tile(found.images[index], title, colour))
    tall = found.images.shape[1] / found.images.shape[2]
    draw_montage(axes, tiles, columns=COLUMNS, rows=ROWS, tall=tall, fontsize=11)
    if not len(cell):
        # In the place of the first one.
        top = (1.5 * GAP + tall) * -(-len(tiles) // COLUMNS)
        style = {"va": "top", "color": PALETTE.soft, "fontsize": 12}
        axes.text(0, top, "There is no such picture.", **style)
