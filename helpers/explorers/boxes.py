"""What a detector says of a page before and after non-max suppression, as two thresholds move."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from helpers.detection import Found, suppress
from helpers.handwriting import Page
from helpers.plotting.detection import draw_boxes, draw_page
from helpers.plotting.style import PALETTE, NotebookFigure

from matplotlib.figure import Figure

from .controls import Pages, Slider
from .shell import Explorer

__all__ = ["Boxes", "boxes_explorer", "draw", "explore_boxes"]


@dataclass(frozen=True)
class Boxes:
    """Which page, and two thresholds in per cent: least score, and greatest overlap."""

    page: int = 0
    score: int = 30
    overlap: int = 60


def explore_boxes(pages: Sequence[Page], found: Sequence[Found], **changes):
    """Move the two thresholds of a detector.

    Parameters
    ----------
    pages
        What truly stands there.
    found
        What was found on each page before non-max suppression.
    **changes
        Where to start: ``page``, ``score`` and ``overlap`` (per cent).

    Returns
    -------
    ipywidgets.VBox
        A front end without widgets shows the first page.

    Raises
    ------
    ValueError
        If there are not as many results as pages, or a change is not allowed.
    """
    return boxes_explorer(pages, found).show(**changes)


def boxes_explorer(pages: Sequence[Page], found: Sequence[Found]) -> Explorer:
    """Build the explorer itself; parameters as in :func:`explore_boxes`."""
    if not pages or len(pages) != len(found):
        raise ValueError(f"{len(pages)} pages and {len(found)} results: give one for each page")
    return Explorer(
        "boxes",
        Boxes,
        partial(draw, tuple(pages), tuple(found)),
        {
            "page": Pages(label="page"),
            "score": Slider(2, 95, label="least score (%)"),
            "overlap": Slider(0, 100, label="greatest overlap (%)"),
        },
        wide=True,
    )


def draw(pages: tuple[Page, ...], found: tuple[Found, ...], state: Boxes) -> Figure:
    """Draw all boxes on the left, and on the right those that both thresholds leave."""
    page, its = pages[state.page % len(pages)], found[state.page % len(pages)]
    many = its.at(its.scores >= state.score / 100)
    few = suppress(its, score=state.score / 100, overlap=state.overlap / 100)
    figure = NotebookFigure(figsize=(9.6, 5.2), layout="none")
    titles = (
        f"score from {state.score} %: {_count(len(many.scores))}",
        f"after suppression over {state.overlap} %: {_count(len(few.scores))}",
    )
    for k, (boxes, title) in enumerate(zip((many, few), titles, strict=True)):
        axes = figure.add_axes((0.015 + 0.495 * k, 0.02, 0.475, 0.877))
        draw_page(axes, page.image)
        draw_boxes(axes, page.boxes, colour=PALETTE.grey, dashed=True, width=1.2)
        draw_boxes(axes, boxes.boxes, colour=(PALETTE.vermillion, PALETTE.blue)[k], width=1.6)
        figure.text(0.015 + 0.495 * k, 0.94, title, fontsize=12, weight="bold")
    return figure


def _count(boxes: int) -> str:
    return "no box" if boxes == 0 else "1 box" if boxes == 1 else f"{boxes} boxes"
