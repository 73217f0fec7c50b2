"""The failure browser: pictures that a model got wrong, the surest mistakes first."""

from dataclasses import dataclass, replace

from helpers.plotting.errors import caption
from helpers.plotting.style import PALETTE, NotebookFigure

from matplotlib.figure import Figure

from .controls import Choice, Pages, Slider
from .montage import Tile, draw_montage, montage_shape
from .predictions import Predictions, collect
from .readings import menu_names
from .shell import Explorer

__all__ = ["Failures", "draw", "explore_failures", "failures_explorer"]

ALL = "all characters"
COLUMNS, ROWS = 6, 2
WIDTH, HEAD = 9.6, 0.62  # inches: of the figure, of the words above the pictures


@dataclass(frozen=True)
class Failures:
    """What the browser shows: right or wrong ones, of which character, how sure, which page."""

    pictures: str = "wrong"
    character: str = ALL
    least: int = 0
    page: int = 0


def explore_failures(images, labels, logits, classes, **changes):
    """Leaf through the pictures that a model got wrong.

    Each is titled "X not Y (63 %)": the true class, the predicted one, and how sure the model was.

    Parameters
    ----------
    images
        (N, H, W, 1) uint8, also (N, H, W) or (N, H, W, 3).
    labels
        (N,) whole numbers: the true classes.
    logits
        (N, K): what the model said, logits or probabilities.
    classes
        K names, in the order of the labels.
    **changes
        Where to start: ``pictures`` ("wrong" or "right"), ``character`` (one of the classes),
        ``least`` (confidence in per cent), ``page``.

    Returns
    -------
    ipywidgets.VBox
        A front end without widgets shows its first page as a picture.

    Raises
    ------
    ValueError
        If the arrays do not belong together, or a change is not allowed.
    """
    return failures_explorer(images, labels, logits, classes).show(**changes)


def failures_explorer(images, labels, logits, classes) -> Explorer:
    """Build the explorer itself; parameters as in :func:`explore_failures`."""
    found = collect(labels, logits, classes, images)
    return Explorer(
        "failures",
        Failures,
        lambda state: draw(found, state),
        {
            "pictures": Choice("wrong", "right", label="predictions"),
            "character": Choice(
                ALL, *found.classes, label="true class", names=(ALL, *menu_names(found.classes))
            ),
            "least": Slider(0, 95, 5, label="confidence ≥ %"),
            "page": Pages(label="page"),
        },
        settle=_first_page,
        wide=True,
    )


def _first_page(before: Failures, after: Failures) -> Failures:
    """Go back to the first page when other pictures are asked for."""
    return after if after.page != before.page else replace(after, page=0)


def draw(found: Predictions, state: Failures) -> Figure:
    """Draw one page of pictures and say how many there are."""
    wrong = state.pictures == "wrong"
    among = found.wrong == wrong
    if state.character != ALL:
        among = among & (found.labels == found.classes.index(state.character))
    chosen = found.surest(among & (found.confidence >= state.least / 100))
    on_a_page = ROWS * COLUMNS
    pages = max(1, -(-len(chosen) // on_a_page))
    page = state.page % pages
    shown = chosen[page * on_a_page : (page + 1) * on_a_page]

    tall = found.images.shape[1] / found.images.shape[2]
    height = 0.98 * WIDTH * montage_shape(COLUMNS, ROWS, tall) + HEAD
    # Axes at a fixed place: a layout engine would draw twice, and the picture would jump.
    figure = NotebookFigure(figsize=(WIDTH, height), layout="none")
    axes = figure.add_axes((0.01, 0, 0.98, 1 - HEAD / height))
    colour = PALETTE.vermillion if wrong else PALETTE.blue
    tiles = [Tile(found.images[index], _title(found, index), colour) for index in shown]
    draw_montage(axes, tiles, columns=COLUMNS, rows=ROWS, tall=tall, fontsize=12.5)
    words = f"page {page + 1} of {pages}, the surest first" if len(chosen) else _nothing(state)
    style = {"va": "center", "x": 0.015}
    headline = _headline(found, state, len(chosen))
    figure.text(y=1 - 0.2 / height, s=headline, fontsize=14, weight="bold", **style)
    figure.text(y=1 - 0.48 / height, s=words, color=PALETTE.soft, **style)
    return figure


def _title(found: Predictions, index: int) -> str:
    true, predicted = (found.classes[of[index]] for of in (found.labels, found.predicted))
    return caption(true, predicted, found.confidence[index])


def _headline(found: Predictions, state: Failures, count: int) -> str:
    of = len(found.labels)
    which = ""
    if state.character != ALL:
        of = int(found.counts[found.classes.index(state.character)].sum())
        which = f" of {state.character}"
    sure = f", at least {state.least} % sure" if state.least else ""
    return f"{count:,} of {of:,} pictures{which}: {state.pictures}{sure}"


def _nothing(state: Failures) -> str:
    return "none: be content with less confidence" if state.least else "there is none"
