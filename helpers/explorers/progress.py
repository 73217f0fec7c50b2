"""The figure of the study explorer: the trials so far, where they lie and what they came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.plotting.contrast import as_text
from helpers.plotting.parameters import ParameterAxis
from helpers.plotting.spaces import GOOD_TO_BAD
from helpers.plotting.studies import draw_floor, trial_value, value_limits
from helpers.plotting.style import PALETTE, NotebookFigure

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

TRIAL, LOSS = "trial", "validation loss"
FRESH = 8  # trials that stand out, those that came last
FADED = 0.3
RING = {"marker": "o", "linestyle": "none", "markerfacecolor": "none"}
BEST = {**RING, "markersize": 18, "markeredgecolor": PALETTE.vermillion, "markeredgewidth": 2.6}
LATEST = {**RING, "markersize": 23, "markeredgecolor": PALETTE.blue, "markeredgewidth": 1.6}


@dataclass(frozen=True)
class Progress:
    """What is shown: so many trials, over which two quantities, with or without pruned ones."""

    trials: int
    across: str
    up: str
    pruned: bool = True


@dataclass(frozen=True, eq=False)
class Record:
    """The finished trials of a study, and axes that hold all of them."""

    trials: Sequence[Any]
    axes: Mapping[str, ParameterAxis]
    best_loss: float | None

    @property
    def values(self) -> np.ndarray:
        """The loss of each trial; where it was pruned, the last one that it reported."""
        return np.array([trial_value(trial) for trial in self.trials])

    @property
    def limits(self) -> tuple[float, float]:
        """The ends of an axis of losses."""
        return value_limits(self.values, self.best_loss)


def draw(record: Record, state: Progress) -> Figure:
    """Draw the trials so far in the space, and beside it what they came to."""
    trials = list(record.trials[: state.trials])
    shown = [trial for trial in trials if state.pruned or trial.state.name == "COMPLETE"]
    # Axes at fixed places: nothing jumps while the slider moves.
    figure = NotebookFigure(figsize=(10, 5.3), layout="none")
    space = figure.add_axes((0.09, 0.125, 0.47, 0.715))
    bar = figure.add_axes((0.572, 0.125, 0.013, 0.715))
    history = figure.add_axes((0.725, 0.125, 0.265, 0.715))
    norm = Normalize(*record.limits)
    across, up = record.axes[state.across], record.axes[state.up]
    _draw_space(space, shown, across, up, norm)
    drawn = ScalarMappable(norm, GOOD_TO_BAD)
    colours = figure.colorbar(drawn, cax=bar, extend="max")
    colours.outline.set_visible(False)
    bar.tick_params(labelsize=11)
    style = {"fontsize": 11, "weight": "normal", "loc": "left"}
    bar.set_title("loss", y=1.05, **style)  # above the tip, a twentieth of the bar
    _draw_history(history, record, trials)
    style = {"x": 0.012, "va": "center"}
    figure.text(y=0.965, s=_headline(record, trials), fontsize=13.5, weight="bold", **style)
    figure.text(y=0.91, s=_narrowed(trials, across), fontsize=12, color=PALETTE.soft, **style)
    _draw_key(figure)
    return figure


def _draw_space(axes: Axes, trials: list[Any], across, up, norm: Normalize) -> None:
    across.apply(axes, "x")
    up.apply(axes, "y")
    if not trials:
        axes.text(0.5, 0.5, "all of these were pruned", ha="center", transform=axes.transAxes)
        return
    x, y = across.places(trials), up.places(trials)
    values = np.array([trial_value(trial) for trial in trials])
    complete = np.array([trial.state.name == "COMPLETE" for trial in trials])
    age = np.arange(len(trials))[::-1]
    alpha = np.where(age < FRESH, 1.0, FADED)
    cmap = ScalarMappable(norm, GOOD_TO_BAD)
    for which, marker in ((complete, "o"), (~complete, "X")):
        if which.any():
            faces = to_rgba_array(cmap.to_rgba(values[which]), alpha[which])
            edges = to_rgba_array(PALETTE.ink, alpha[which])
            axes.scatter(
                x[which], y[which], c=faces, edgecolors=edges, s=105, marker=marker,
                linewidths=0.9, zorder=3, clip_on=False,
            )  # fmt: skip
    if complete.any():
        best = int(np.argmin(np.where(complete, values, np.inf)))
        axes.plot(x[best], y[best], zorder=4, **BEST)
    axes.plot(x[-1], y[-1], zorder=4, **LATEST)


def _draw_key(figure: Figure) -> None:
    signs = {
        "best": {**BEST, "markersize": 11},
        "latest": {**LATEST, "markersize": 12},
        "pruned": {"marker": "X", "linestyle": "none", "color": PALETTE.soft, "markersize": 8},
    }
    handles = [Line2D([], [], label=name, **style) for name, style in signs.items()]
    figure.legend(
        handles=handles, loc="center right", bbox_to_anchor=(1.0, 0.918), ncols=3, fontsize=11,
        columnspacing=1.2, handletextpad=0.1, borderaxespad=0,
    )  # fmt: skip


def _draw_history(axes: Axes, record: Record, trials: list[Any]) -> None:
    """Draw losses and the best so far; the axes are those of the whole study."""
    numbers = np.array([trial.number for trial in trials])
    values = np.array([trial_value(trial) for trial in trials])
    complete = np.array([trial.state.name == "COMPLETE" for trial in trials])
    low, high = record.limits
    height = np.minimum(values, high)
    if record.best_loss is not None:
        draw_floor(axes, record.best_loss)
        room = 0.012 * (high - low)
        style = {"color": as_text(PALETTE.green), "fontsize": 11, "ha": "right", "va": "top"}
        axes.text(0.99, record.best_loss - room, "best reachable", **style,
                  transform=axes.get_yaxis_transform())  # fmt: skip
        low -= 0.07 * (high - low)
    axes.plot(numbers[complete], height[complete], "o", color=PALETTE.blue, markersize=5.5,
              clip_on=False)  # fmt: skip
    axes.plot(numbers[~complete], height[~complete], "X", color=PALETTE.grey, markersize=6,
              clip_on=False)  # fmt: skip
    best = np.fmin.accumulate(np.where(complete, values, np.nan))
    axes.step(numbers, best, where="post", color=PALETTE.vermillion, zorder=2)
    axes.plot(numbers[-1], height[-1], "o", markersize=12, markerfacecolor="none",
              markeredgecolor=PALETTE.blue, clip_on=False)  # fmt: skip
    last = max(record.trials[-1].number, 1)
    axes.set(xlim=(-0.04 * last, 1.04 * last), ylim=(low, high), xlabel="trial")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.tick_params(labelsize=11)
    axes.set_title("loss of each trial, best so far", fontsize=11, weight="normal")


def _headline(record: Record, trials: list[Any]) -> str:
    latest = trials[-1]
    came = "pruned" if latest.state.name == "PRUNED" else f"{trial_value(latest):.4f}"
    complete = [trial for trial in trials if trial.state.name == "COMPLETE"]
    best = min(complete, key=trial_value, default=None)
    words = f"trial {latest.number}: {came}"
    if best is not None:
        words += f"   ·   best of {len(trials)}: {trial_value(best):.4f} (trial {best.number})"
    if best is not None and record.best_loss is not None:
        words += f", {trial_value(best) - record.best_loss:+.4f} from the best reachable"
    return words


def _narrowed(trials: list[Any], across: ParameterAxis) -> str:
    """Say between which values the last trials lie, where the axis is a scale."""
    last = trials[-FRESH:]
    if across.choices or across.name == TRIAL or len(last) < FRESH:
        return f"The last {FRESH} trials are in full colour."
    places = across.places(last)
    places = places[np.isfinite(places)]
    if not len(places):
        return f"None of the last {FRESH} trials has this hyperparameter."
    return (
        f"The last {FRESH} trials, in full colour: {across.label} from {places.min():.2g} "
        f"to {places.max():.2g}"
    )
