"""One knob: how a temperature moves the reliability of a network, and what its answers cost."""

from dataclasses import dataclass
from functools import lru_cache

from helpers import metrics
from helpers.plotting.contrast import as_text
from helpers.plotting.style import PALETTE, NotebookFigure

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .predictions import collect
from .shell import Choice, Explorer, Slider

__all__ = ["Knob", "draw", "explore_temperature", "temperature_explorer"]

COLDEST, HOTTEST = 0.5, 4.0
CHECKS = (0.5, 1.0, 2.0)  # what a person's look costs
ERROR = 10  # what an error costs that slips through
OVER = "#F7DFCF"


@dataclass(frozen=True)
class Knob:
    """The temperature, and the price of a check."""

    temperature: float = 1.0
    check: float = 1.0


def explore_temperature(logits, labels, classes, **changes):
    """Turn the temperature, and watch reliability and cost move together.

    An error that slips through costs 10, a check by a person what the menu says; whoever believes
    the network checks every answer whose confidence is below 1 - check / 10.

    Parameters
    ----------
    logits
        (N, K) numbers of a network for N pictures.
    labels
        (N,) whole numbers from 0 to K - 1.
    classes
        K names.
    **changes
        Where to start: ``temperature``, ``check``.

    Returns
    -------
    ipywidgets.VBox
        A front end without widgets shows the network as it was trained.

    Raises
    ------
    ValueError
        If logits, labels and classes do not fit.
    """
    return temperature_explorer(logits, labels, classes).show(**changes)


def temperature_explorer(logits, labels, classes) -> Explorer:
    """Build the explorer itself; parameters as in :func:`explore_temperature`."""
    right = ~collect(labels, logits, classes).wrong
    logits = np.asarray(logits, float)
    above = logits - logits.max(axis=1, keepdims=True)

    @lru_cache(64)
    def confidence(temperature: float) -> np.ndarray:
        return 1 / np.exp(above / temperature).sum(axis=1)

    return Explorer(
        "temperature",
        Knob,
        lambda state: draw(confidence(state.temperature), right, state),
        {
            "temperature": Slider(COLDEST, HOTTEST, 0.1, label="temperature"),
            "check": Choice(*CHECKS, label="a check costs", names=[f"£{c:g}" for c in CHECKS]),
        },
        wide=True,
    )


def draw(confidence: np.ndarray, right: np.ndarray, state: Knob) -> Figure:
    """Draw the reliability diagram, and beside it the cost of each threshold."""
    diagram = metrics.reliability(np.minimum(confidence, 1), right)
    figure = NotebookFigure(figsize=(9.6, 4.4), layout="none")
    _draw_reliability(figure.add_axes((0.07, 0.14, 0.36, 0.66)), diagram)
    thought = 1 - state.check / ERROR
    order = np.argsort(-confidence, kind="stable")
    accepted = np.arange(len(order) + 1)
    errors = np.append(0, np.cumsum(~right[order]))
    costs = (ERROR * errors + state.check * (len(order) - accepted)) / len(order)
    believed = costs[np.sum(confidence >= thought)]
    _draw_costs(figure.add_axes((0.52, 0.14, 0.46, 0.66)), confidence[order], costs, thought)
    mean = confidence.mean()
    head = (
        f"T = {state.temperature:.1f}: {mean:.0%} sure, {right.mean():.0%} right; whoever believes "
        f"it pays {believed:.3f} a picture, at best {costs.min():.3f}"
    )
    figure.text(0.01, 0.94, head, fontsize=13, weight="bold", va="center")
    return figure


def _draw_reliability(axes: Axes, diagram: metrics.Reliability) -> None:
    filled = diagram.counts > 0
    places = ((diagram.edges[:-1] + diagram.edges[1:]) / 2)[filled]
    accuracy, sure = diagram.accuracy[filled], diagram.confidence[filled]
    axes.bar(places, accuracy, 0.092, color=PALETTE.blue)
    low, high = np.minimum(accuracy, sure), np.maximum(accuracy, sure)
    axes.bar(places, high - low, 0.092, bottom=low, facecolor=OVER, edgecolor=PALETTE.vermillion)
    axes.plot([0, 1], [0, 1], color=PALETTE.ink, linewidth=1.6, linestyle=(0, (4, 2)))
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="accuracy")
    axes.set_title(f"calibration error {diagram.error:.3f} (outlined: gaps)", fontsize=12,
                   loc="left")  # fmt: skip


def _draw_costs(axes: Axes, sure: np.ndarray, costs: np.ndarray, thought: float) -> None:
    """Draw the cost a picture over the threshold, from doubtful to sure."""
    axes.plot(sure, costs[1:], color=PALETTE.ink)
    best = int(np.argmin(costs))
    axes.axvline(thought, color=PALETTE.vermillion, linewidth=1.8)
    axes.text(
        thought - 0.015, 1.5, "believed", color=as_text(PALETTE.vermillion), ha="right", fontsize=12
    )
    if best:
        axes.plot(sure[best - 1], costs[best], "o", color=PALETTE.blue, markersize=9)
    axes.set(xlim=(0.2, 1.01), ylim=(0, 1.7), xlabel="threshold")
    axes.set_title("pounds a picture (dot: the cheapest threshold)", fontsize=12, loc="left")
