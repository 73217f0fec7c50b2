"""How sure a classifier is, and whether it is right to be."""

from collections.abc import Mapping, Sequence
from math import floor

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from .contrast import as_text
from .style import PALETTE, new_figure

OVER, UNDER = "#F7DFCF", "#9CC9E6"  # the gap where confidence is above accuracy, and below
PER_CENT = PercentFormatter(1, decimals=0, symbol=" %")


def show_confidence(confidence, right, *, bins: int = 20, title: str | None = None) -> Figure:
    """Show how sure right and wrong answers are: one histogram above the other.

    Parameters
    ----------
    confidence
        (N,) highest probability of each answer, 0 to 1.
    right
        (N,) bool.
    bins
        Number of bins between 0 and 1.
    title
        Title above.

    Returns
    -------
    matplotlib.figure.Figure
        Each histogram has its own scale, as there are few wrong answers among many right ones.
    """
    confidence, right = np.asarray(confidence, float), np.asarray(right, bool)
    if confidence.shape != right.shape or confidence.ndim != 1:
        raise ValueError(
            f"confidence has shape {confidence.shape}, right {right.shape}: give one of each a "
            "picture."
        )
    figure = new_figure(8, 4.6)
    panels = figure.subplots(2, 1, sharex=True)
    kinds = (("right", right, PALETTE.blue), ("wrong", ~right, PALETTE.vermillion))
    for axes, (name, chosen, colour) in zip(panels, kinds, strict=True):
        axes.hist(
            confidence[chosen], np.linspace(0, 1, bins + 1), color=colour, rwidth=0.9, alpha=0.9
        )
        axes.set(ylabel="answers")
        axes.grid(False, axis="x")
        text = f"{chosen.sum():,} {name}"
        if chosen.any():
            middle = float(np.median(confidence[chosen]))
            axes.axvline(middle, color=PALETTE.ink, linewidth=1.8, linestyle=(0, (3, 2)))
            text += f": half of them surer than {_rounded_down(middle)} %"
        axes.set_title(text, color=as_text(colour), fontsize=13)
    panels[1].set(xlabel="confidence: the highest probability", xlim=(0, 1.002))
    panels[1].xaxis.set_major_formatter(PER_CENT)
    if title:
        figure.suptitle(title)
    return figure


def _rounded_down(share: float) -> str:
    """Write a share in per cent, never as more than it is: 99.97 % is not 100 %."""
    return f"{floor(1000 * share) / 10:.1f}" if share > 0.99 else f"{floor(100 * share)}"


def show_reliability(diagrams: Mapping[str, object]) -> Figure:
    """Show reliability diagrams side by side: how often answers are right that are so sure.

    Parameters
    ----------
    diagrams
        Name to `metrics.Reliability`; at most three.

    Returns
    -------
    matplotlib.figure.Figure
        A bar is the accuracy of the answers in a bin; from its top, outlined, the gap to their
        mean confidence. Below, how many answers lie in each bin.
    """
    if not 1 <= len(diagrams) <= 3:
        raise ValueError(f"diagrams holds {len(diagrams)}: give one to three by name.")
    figure = new_figure(min(10, 1.2 + 4.1 * len(diagrams)), 5.2)
    grid = figure.subplots(
        2, len(diagrams), squeeze=False, sharex=True, sharey="row", height_ratios=(4, 1)
    )
    for column, (name, diagram) in enumerate(diagrams.items()):
        upper, lower = grid[:, column]
        _draw_bars(upper, diagram)
        upper.set_title(f"{name}\ncalibration error {diagram.error:.3f}", fontsize=13)
        places = (diagram.edges[:-1] + diagram.edges[1:]) / 2
        lower.bar(places, diagram.counts, 0.92 * np.diff(diagram.edges), color=PALETTE.grey)
        lower.set(xlabel="confidence")
        lower.xaxis.set_major_formatter(PER_CENT)
        lower.set_xticks(np.linspace(0, 1, 6))
        lower.tick_params(axis="x", labelsize=10.5)
        lower.grid(False, axis="x")
    grid[0, 0].yaxis.set_major_formatter(PER_CENT)
    grid[0, 0].set(ylabel="accuracy", ylim=(0, 1), xlim=(0, 1))
    grid[1, 0].set(ylabel="answers")
    handles = [
        Patch(color=PALETTE.blue, label="accuracy"),
        Patch(facecolor=OVER, edgecolor=PALETTE.vermillion, hatch="////", label="too sure"),
    ]
    if any((d.accuracy > d.confidence).any() for d in diagrams.values()):
        handles.append(Patch(facecolor=UNDER, edgecolor=PALETTE.vermillion, label="too doubtful"))
    grid[0, 0].legend(handles=handles, loc="upper left", fontsize=11)
    return figure


def _draw_bars(axes: Axes, diagram) -> None:
    filled = diagram.counts > 0
    width = 0.92 * np.diff(diagram.edges)[filled]
    places = ((diagram.edges[:-1] + diagram.edges[1:]) / 2)[filled]
    accuracy, confidence = diagram.accuracy[filled], diagram.confidence[filled]
    axes.bar(places, accuracy, width, color=PALETTE.blue)
    low, high = np.minimum(accuracy, confidence), np.maximum(accuracy, confidence)
    axes.bar(
        places,
        high - low,
        width,
        bottom=low,
        # The gap hangs above the bar, or is the bar's own top: either way it is seen.
        facecolor=np.where(accuracy < confidence, OVER, UNDER),
        edgecolor=PALETTE.vermillion,
        hatch="////",
        linewidth=1.2,
    )
    axes.plot([0, 1], [0, 1], color=PALETTE.ink, linewidth=1.6, linestyle=(0, (4, 2)))
    axes.grid(False, axis="x")


def show_temperatures(
    tempered: Mapping[float, Sequence[float]], classes: Sequence[str], *, best: int = 5
) -> Figure:
    """Show what a temperature makes of one picture's probabilities.

    Parameters
    ----------
    tempered
        Temperature to the K probabilities at it; at most five.
    classes
        The K characters.
    best
        How many of them to show: the likeliest, in the order of the first entry.
    """
    if not 1 <= len(tempered) <= 5:
        raise ValueError(f"tempered holds {len(tempered)} temperatures: give one to five.")
    figure = new_figure(min(10, 2.4 * len(tempered) + 0.6), 3.0)
    panels = figure.subplots(1, len(tempered), sharey=True, squeeze=False)[0]
    order = np.argsort(-np.asarray(next(iter(tempered.values()))), kind="stable")[:best]
    names = [classes[k] for k in order]
    for axes, (temperature, row) in zip(panels, tempered.items(), strict=True):
        values = np.asarray(row)[order]
        bars = axes.bar(names, values, color=[PALETTE.blue] + [PALETTE.sky] * (best - 1), width=0.7)
        axes.bar_label(bars, [f"{100 * v:.0f}" for v in values], padding=2, fontsize=11)
        axes.set_title(f"T = {temperature:g}", fontsize=13)
        axes.grid(False, axis="x")
        axes.tick_params(axis="x", labelsize=13, length=0)
    panels[0].set(ylabel="probability", ylim=(0, 1.12), yticks=np.linspace(0, 1, 6))
    panels[0].yaxis.set_major_formatter(PER_CENT)
    return figure
