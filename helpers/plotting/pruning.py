"""What pruning does: curves that end early, and epochs that nobody had to train."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .studies import ended, value_limits
from .style import PALETTE, new_figure

LIGHT = "#DDE3E7"
REACH = 12.0  # first epochs lie far above last ones, and are what is compared


def show_pruning(study: Any, *, epochs: int | None = None, title: str | None = None) -> Figure:
    """Show the losses that trials reported epoch by epoch, and how many epochs each was given.

    Parameters
    ----------
    study : optuna.Study
        Whose trials reported after each epoch, counted from 1.
    epochs : int, optional
        Of a whole training; by default the most that a trial has.
    title : str, optional

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If no finished trial reported anything.
    """
    trials = [trial for trial in ended(study) if trial.intermediate_values]
    if not trials:
        raise ValueError(
            f"study {study.study_name!r} has no reported losses: call trial.report(loss, epoch) "
            "after each epoch."
        )
    epochs = epochs or max(trial.last_step for trial in trials)
    figure = new_figure(10, 4.2)
    left, right = figure.subplots(1, 2, width_ratios=(1.35, 1))
    _draw_curves(left, trials)
    _draw_epochs(right, trials, epochs)
    handles, labels = left.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3)
    if title:
        figure.suptitle(title)
    return figure


def _draw_curves(axes: Axes, trials: list[Any]) -> None:
    complete = [trial for trial in trials if trial.state.name == "COMPLETE"]
    best = min(complete, key=lambda trial: trial.value, default=None)
    named = set()
    for trial in trials:
        steps = sorted(trial.intermediate_values)
        losses = [trial.intermediate_values[step] for step in steps]
        pruned = trial.state.name == "PRUNED"
        name = "pruned" if pruned else "best" if trial is best else "complete"
        colour = {"pruned": PALETTE.grey, "best": PALETTE.vermillion, "complete": PALETTE.sky}[name]
        label = name if name not in named else None
        named.add(name)
        front = {"pruned": 2, "complete": 3, "best": 4}[name]
        width = 3 if trial is best else 1.6
        axes.plot(steps, losses, color=colour, linewidth=width, label=label, zorder=front)
        if pruned:
            end = {"markersize": 8, "markeredgecolor": "white"}
            axes.plot(steps[-1], losses[-1], "X", color=colour, zorder=front, **end)
    last = np.array([value for trial in trials for value in trial.intermediate_values.values()])
    axes.set(ylim=value_limits(last, shown=REACH), xlabel="epoch", ylabel="validation loss")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.margins(x=0.03)


def _draw_epochs(axes: Axes, trials: list[Any], epochs: int) -> None:
    numbers = [trial.number for trial in trials]
    given = [trial.last_step for trial in trials]
    colours = [PALETTE.grey if t.state.name == "PRUNED" else PALETTE.sky for t in trials]
    axes.bar(numbers, epochs, color=LIGHT, width=0.8)
    axes.bar(numbers, given, color=colours, width=0.8)
    total = epochs * len(trials)
    axes.set_title(f"{sum(given)} of {total} epochs trained", fontsize=13)
    axes.set(xlabel="trial", ylabel="epochs")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(False, axis="x")
    axes.margins(x=0.02, y=0.02)
