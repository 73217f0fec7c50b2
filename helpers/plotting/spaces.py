"""Where trials lie in the search space, and how good it is there."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure

from .parameters import parameter_axis, parameter_names
from .studies import ended, trial_value, value_limits
from .style import PALETTE, new_figure

GOOD_TO_BAD = "viridis"  # dark is good: told apart with any colour vision, and in grey

EARLY_TO_LATE = LinearSegmentedColormap.from_list("course-late", ["#CFE3F1", PALETTE.ink])


def show_space(
    study: Any, *, x: str = "learning_rate", y: str = "neurons", title: str | None = None
) -> Figure:
    """Show each trial at its place between two hyperparameters, coloured by its loss.

    Parameters
    ----------
    study : optuna.Study
    x, y : str
        Names of hyperparameters. Trials with the same choice stand a little apart.
    title : str, optional

    Returns
    -------
    matplotlib.figure.Figure
        The best trial wears a ring; crosses were pruned.

    Raises
    ------
    ValueError
        If no trial is finished, or none has the parameter.
    """
    trials = ended(study)
    figure = new_figure(8, 4.8)
    axes = figure.subplots()
    draw_space(axes, trials, parameter_axis(trials, x), parameter_axis(trials, y))
    if title:
        axes.set_title(title)
    return figure


def draw_space(axes: Axes, trials: list[Any], across: Any, up: Any, limits=None) -> None:
    """Draw trials between two parameter axes, with a colour bar; `limits` are those of the loss."""
    values = np.array([trial_value(trial) for trial in trials])
    norm = Normalize(*(limits or value_limits(values)))
    places = across.places(trials), up.places(trials)
    complete = np.array([trial.state.name == "COMPLETE" for trial in trials])
    drawn = None
    for which, marker, size in ((complete, "o", 95), (~complete, "X", 80)):
        if which.any():
            drawn = axes.scatter(
                places[0][which],
                places[1][which],
                c=values[which],
                s=size,
                marker=marker,
                cmap=GOOD_TO_BAD,
                norm=norm,
                edgecolors="white",
                linewidths=0.8,
                zorder=3,
            )
    if complete.any():
        best = int(np.nanargmin(np.where(complete, values, np.nan)))
        axes.plot(
            places[0][best],
            places[1][best],
            "o",
            markersize=17,
            markerfacecolor="none",
            markeredgecolor=PALETTE.vermillion,
            markeredgewidth=2.6,
            zorder=4,
        )
    across.apply(axes, "x")
    up.apply(axes, "y")
    _add_loss_bar(axes, drawn)


def show_slices(study: Any, *, title: str | None = None) -> Figure:
    """Show the loss over each hyperparameter; later trials are darker.

    Parameters
    ----------
    study : optuna.Study
    title : str, optional

    Returns
    -------
    matplotlib.figure.Figure
    """
    trials = ended(study)
    names = parameter_names(trials)
    values = np.array([trial_value(trial) for trial in trials])
    numbers = np.array([trial.number for trial in trials])
    columns = min(len(names), 3)
    rows = -(-len(names) // columns)
    figure = new_figure(10, 3.4 * rows + (0.4 if title else 0))
    panels = figure.subplots(rows, columns, sharey=True, squeeze=False).ravel()
    for panel in panels[len(names) :]:
        panel.remove()
    for number, (panel, name) in enumerate(zip(panels, names, strict=False)):
        axis = parameter_axis(trials, name)
        drawn = panel.scatter(
            axis.places(trials), values, c=numbers, cmap=EARLY_TO_LATE, s=60,
            edgecolors=PALETTE.ink, linewidths=0.5, zorder=3,
        )  # fmt: skip
        axis.apply(panel, "x", few=True)
        if number % columns == 0:
            panel.set_ylabel("validation loss")
    panels[0].set_ylim(value_limits(values))
    figure.colorbar(drawn, ax=list(panels[: len(names)]), label="trial", pad=0.02, aspect=30)
    if title:
        figure.suptitle(title)
    return figure


def show_parallel(study: Any, *, title: str | None = None) -> Figure:
    """Show each trial as a line through its hyperparameters, coloured by its loss.

    Parameters
    ----------
    study : optuna.Study
    title : str, optional

    Returns
    -------
    matplotlib.figure.Figure
        The best trial is the thick line.
    """
    trials = sorted(ended(study), key=trial_value, reverse=True)
    values = np.array([trial_value(trial) for trial in trials])
    names = parameter_names(trials)
    figure = new_figure(10, 4.4)
    axes = figure.subplots()
    heights = np.column_stack([parameter_axis(trials, name).units(trials) for name in names])
    lines = [np.column_stack([np.arange(len(names)), row]) for row in heights]
    drawn = LineCollection(
        lines, array=values, cmap=GOOD_TO_BAD, norm=Normalize(*value_limits(values)), linewidths=1.8
    )
    axes.add_collection(drawn)
    axes.plot(*lines[-1].T, color=PALETTE.vermillion, linewidth=3.6, zorder=3)
    for place, name in enumerate(names):
        _draw_post(axes, place, parameter_axis(trials, name))
    axes.set(xlim=(-0.35, len(names) - 0.55), ylim=(-0.06, 1.06), yticks=[])
    axes.set_xticks(range(len(names)), [name.replace("_", " ") for name in names])
    axes.tick_params(axis="x", length=0, labelsize=13)
    axes.grid(False)
    axes.spines[:].set_visible(False)
    _add_loss_bar(axes, drawn)
    if title:
        axes.set_title(title)
    return figure


def _add_loss_bar(axes: Axes, drawn: Any) -> None:
    """Say beside the axes which colour is which loss."""
    bar = axes.figure.colorbar(drawn, ax=axes, extend="max", pad=0.02, label="validation loss")
    bar.outline.set_visible(False)


def _draw_post(axes: Axes, place: int, axis: Any) -> None:
    """Draw the upright line of one parameter with its values."""
    axes.plot([place, place], [0, 1], color=PALETTE.line, linewidth=1.4, zorder=2)
    ticks, texts = axis.ticks()
    low, high = axis.limits(0.0)
    warp = np.log if axis.log else np.asarray
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.8}
    for tick, text in zip(ticks, texts, strict=True):
        height = (warp(tick) - warp(low)) / (warp(high) - warp(low)) if high > low else 0.5
        axes.text(place + 0.03, height, text, fontsize=11, va="center", zorder=5, bbox=paper)
