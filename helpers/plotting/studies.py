"""How a search went: the value of each trial, the best so far, and what was cut short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .curves import LINES
from .style import PALETTE, new_figure

SHOWN = 4.0  # how far above the best the axis reaches, in distances of the median trial


def trial_value(trial: Any) -> float:
    """Return what a trial came to: its value, what it had when pruned, or NaN."""
    if trial.value is not None:
        return float(trial.value)
    return float(trial.intermediate_values[trial.last_step]) if trial.last_step else np.nan


def ended(study: Any, states: Sequence[str] = ("COMPLETE", "PRUNED")) -> list[Any]:
    """Return the trials of a study that ended, in the order of their numbers.

    Raises
    ------
    ValueError
        If there is none.
    """
    found = [trial for trial in study.trials if trial.state.name in states]
    if not found:
        raise ValueError(
            f"study {study.study_name!r} has no finished trial: call study.optimize(...) first."
        )
    return found


def value_limits(
    values: np.ndarray, best_loss: float | None = None, shown: float = SHOWN
) -> tuple[float, float]:
    """Return the ends of an axis on which the good values can be told apart.

    Trials that failed badly would press all others flat; they are left to lie above the axis.
    """
    values = values[np.isfinite(values)]
    low = values.min() if best_loss is None else min(values.min(), best_loss)
    reach = shown * (np.median(values) - low)
    high = min(values.max(), low + reach) if reach > 0 else values.max()
    room = 0.08 * (high - low) or 0.01 * abs(low) or 0.01
    return float(low - room), float(high + room)


def show_study(study: Any, *, best_loss: float | None = None, title: str | None = None) -> Figure:
    """Show the value of each trial, and the best one so far.

    Parameters
    ----------
    study : optuna.Study
        That minimises.
    best_loss : float, optional
        What no model can beat: a line.
    title : str, optional

    Returns
    -------
    matplotlib.figure.Figure
        Trials too bad for the axis stand as triangles at its upper end.

    Raises
    ------
    ValueError
        If no trial is finished.
    """
    trials = ended(study)
    numbers = np.array([trial.number for trial in trials])
    values = np.array([trial_value(trial) for trial in trials])
    complete = np.array([trial.state.name == "COMPLETE" for trial in trials])
    figure = new_figure(9, 4.5)
    axes = figure.subplots()
    low, high = value_limits(values, best_loss)
    _draw_trials(axes, numbers, values, complete, high)
    best = np.fmin.accumulate(np.where(complete, values, np.nan))
    axes.step(
        [*numbers, numbers[-1] + 0.5],
        [*best, best[-1]],
        where="post",
        color=PALETTE.vermillion,
        label="best so far",
        zorder=2,
    )
    if best_loss is not None:
        draw_floor(axes, best_loss)
    axes.set(ylim=(low, high), xlabel="trial", ylabel="validation loss")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.margins(x=0.03)
    figure.legend(loc="outside lower center", ncols=5)
    if title:
        axes.set_title(title)
    return figure


def _draw_trials(
    axes: Axes, numbers: np.ndarray, values: np.ndarray, complete: np.ndarray, high: float
) -> None:
    inside = values <= high
    kinds = (
        ("complete", complete, "o", PALETTE.blue, "white"),
        ("pruned", ~complete, "X", PALETTE.grey, "white"),
    )
    for name, which, marker, colour, edge in kinds:
        if which.any():
            axes.plot(
                numbers[which & inside],
                values[which & inside],
                marker,
                color=colour,
                markeredgecolor=edge,
                markersize=8.5,
                label=name,
                zorder=3,
            )
    if not inside.all():
        beyond = numbers[~inside]
        axes.plot(
            beyond,
            np.full(len(beyond), high),
            "^",
            color=PALETTE.grey,
            markersize=8,
            clip_on=False,
            label=f"{len(beyond)} worse than the axis",
        )


def draw_floor(axes: Axes, best_loss: float, label: str = "best reachable") -> None:
    """Draw the loss that no model can beat."""
    axes.axhline(best_loss, color=PALETTE.green, linestyle="--", linewidth=2, label=label, zorder=1)


def show_studies(
    losses: Mapping[str, Any],
    *,
    best_loss: float | None = None,
    title: str | None = None,
    seeds: bool = True,
) -> Figure:
    """Compare ways of searching: the best loss so far, over several seeds.

    Parameters
    ----------
    losses : mapping of str to array_like
        Name to (S, T) losses, one row a seed, or (T,); NaN for a pruned trial.
    best_loss : float, optional
        What no model can beat: a line.
    title : str, optional
    seeds : bool
        Whether a band goes from the best to the worst seed.

    Returns
    -------
    matplotlib.figure.Figure
        A line is the median over the seeds.

    Raises
    ------
    ValueError
        If there is nothing to draw.
    """
    if not losses:
        raise ValueError("losses is empty: give at least one name with its losses.")
    figure = new_figure(9, 4.2)
    axes = figure.subplots()
    drawn = []
    for index, (name, given) in enumerate(losses.items()):
        best = np.fmin.accumulate(np.atleast_2d(np.asarray(given, float)), axis=1)
        trials = np.arange(1, best.shape[1] + 1)
        colour = PALETTE.outlines[(index + 1) % 2 if len(losses) < 3 else index]
        middle = np.median(best, axis=0)
        drawn.append(best[:, 1:].ravel())
        style = LINES[index % len(LINES)]
        axes.plot(trials, middle, style, color=colour, label=name, zorder=3 + index)
        if seeds and len(best) > 1:
            axes.fill_between(trials, best.min(0), best.max(0), color=colour, alpha=0.15, lw=0)
    low, high = value_limits(np.concatenate(drawn), best_loss)
    if best_loss is not None:
        draw_floor(axes, best_loss)
    axes.set(ylim=(low, high), xlabel="trials so far", ylabel="best validation loss")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.margins(x=0.02)
    axes.legend()
    if title:
        axes.set_title(title)
    return figure
