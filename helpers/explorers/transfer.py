"""What transfer changed: accuracy over pictures a class, and which classes gained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from helpers.plotting.style import PALETTE, NotebookFigure
from helpers.plotting.transfer import LOOKS, draw_strategies

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from .controls import Choice
from .readings import describe
from .shell import Explorer

__all__ = ["Transfer", "draw", "explore_transfer", "transfer_explorer"]

SETS = {"accuracy": "other writers", "careless": "the careless writer"}
MOST, LEAST = 9, 4  # classes shown that gained most, and that gained least
SAME = 0.005  # a change of less than this is none


@dataclass(frozen=True)
class Transfer:
    """What is compared: two strategies, at so many pictures a class, on which test set."""

    before: str
    after: str
    per_class: int
    test: str = "accuracy"


def explore_transfer(measured, classes=None, **changes):
    """Compare strategies of learning from few pictures.

    Parameters
    ----------
    measured
        As `helpers.models.backbone.measured` gives it: ``per_class``, ``strategies``, ``accuracy``
        and perhaps ``careless`` (strategy to [pictures a class][seed]), and ``by_class`` (strategy
        to [pictures a class][class], shares recognised).
    classes
        Names of the classes; by default the 55 characters.
    **changes
        Where to start: ``before``, ``after`` (strategies), ``per_class``, ``test`` ("accuracy" for
        other writers, or "careless").

    Returns
    -------
    ipywidgets.VBox
        A front end without widgets shows the first and the last strategy.

    Raises
    ------
    ValueError
        If the numbers do not belong together, or a change is not allowed.
    """
    return transfer_explorer(measured, classes).show(**changes)


def transfer_explorer(measured, classes=None) -> Explorer:
    """Build the explorer itself; parameters as in :func:`explore_transfer`."""
    if classes is None:
        from helpers.handwriting import CLASSES as classes
    _check(measured, classes)
    strategies, sizes = measured["strategies"], measured["per_class"]
    controls = {
        "before": Choice(*strategies, label="from"),
        "after": Choice(*strategies, label="to"),
    }
    if len(sizes) > 1:
        controls["per_class"] = Choice(*sizes, label="pictures of each class")
    if "careless" in measured:
        controls["test"] = Choice(*SETS, label="tested on", names=tuple(SETS.values()))
    return Explorer(
        "transfer",
        Transfer(strategies[0], strategies[-1], sizes[len(sizes) // 2]),
        partial(draw, measured, tuple(classes)),
        controls,
        wide=True,
    )


def _check(measured: Mapping, classes: Sequence[str]) -> None:
    sizes = len(measured["per_class"])
    for name in measured["strategies"]:
        shape = np.shape(measured["by_class"][name])
        if shape != (sizes, len(classes)):
            raise ValueError(
                f"by_class of {name!r} has shape {shape}: with {sizes} numbers of pictures and "
                f"{len(classes)} classes it should be ({sizes}, {len(classes)})."
            )


def draw(measured: Mapping, classes: tuple[str, ...], state: Transfer) -> Figure:
    """Draw the curves with two of them strong, and the classes that changed most between these."""
    # Axes at fixed places: a layout engine would draw twice, and the picture would jump.
    figure = NotebookFigure(figsize=(10, 5.4), layout="none")
    left = figure.add_axes((0.075, 0.12, 0.33, 0.7))
    right = figure.add_axes((0.755, 0.12, 0.175, 0.7))
    place = list(measured["per_class"]).index(state.per_class)
    left.axvspan(place - 0.18, place + 0.18, color=PALETTE.blue, alpha=0.08, linewidth=0)
    strong = (state.before, state.after)
    draw_strategies(left, measured, of=state.test, strong=strong)
    before, after = (np.array(measured["by_class"][name][place]) for name in strong)
    _draw_changes(right, classes, before, after, [_colour(name) for name in strong])
    means = [np.mean(measured[state.test][name][place]) for name in strong]
    figure.text(0.012, 0.945, _headline(state, means), fontsize=13.5, weight="bold")
    changed = after - before
    gained, lost = int((changed > SAME).sum()), int((changed < -SAME).sum())
    words = f"{gained} of {len(classes)} classes gained, {lost} lost (other writers, mean of seeds)"
    figure.text(0.012, 0.885, words, color=PALETTE.soft)
    return figure


def _headline(state: Transfer, means: Sequence[float]) -> str:
    before, after = (f"{100 * mean:.1f} %" for mean in means)
    gain = f"{100 * (means[1] - means[0]):+.1f}".replace("-", "−")
    return (
        f"{state.per_class} pictures of each, {SETS[state.test]}: {state.before} {before} → "
        f"{state.after} {after}, {gain} points"
    )


def _colour(name: str) -> str:
    return LOOKS[name][0] if name in LOOKS else PALETTE.ink


def _draw_changes(
    axes: Axes, classes: Sequence[str], before: np.ndarray, after: np.ndarray, colours: list[str]
) -> None:
    """Draw a line from before to after for the classes that gained most and least."""
    order = np.argsort(before - after, kind="stable")
    if len(order) > MOST + LEAST:
        order = np.concatenate([order[:MOST], order[-LEAST:]])
    rows = np.arange(len(order)) + (np.arange(len(order)) >= MOST) * 0.8
    arrow = np.where(after[order] >= before[order], PALETTE.ink, PALETTE.purple)
    axes.hlines(rows, before[order], after[order], color=arrow, linewidth=1.6, zorder=2)
    for values, colour, size in ((before, colours[0], 6), (after, colours[1], 8)):
        axes.plot(values[order], rows, "o", color=colour, markersize=size, zorder=3,
                  markeredgecolor="white", clip_on=False)  # fmt: skip
    for row, index in zip(rows, order, strict=True):
        change = f"{100 * (after[index] - before[index]):+.0f}".replace("-", "−")
        meaning = describe(classes[index]).partition(", ")[2].partition(", ")[0]
        name = f"{meaning}  {classes[index]}".strip()
        style = {"va": "center", "annotation_clip": False, "textcoords": "offset points"}
        axes.annotate(name, (0, row), (-8, 0), ha="right", fontsize=11.5, **style)
        axes.annotate(change, (1, row), (10, 0), fontsize=11.5, **style)
    axes.set(xlim=(0, 1), ylim=(rows[-1] + 0.6, -0.6), yticks=[], xlabel="recognised")
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    axes.set_xticks([0, 0.5, 1])
    axes.spines["left"].set_visible(False)
    axes.set_title("most and least gained", fontsize=12, loc="left")
