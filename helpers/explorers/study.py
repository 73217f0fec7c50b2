"""The study explorer: how a search finds its way, trial by trial, between two hyperparameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from helpers.plotting.parameters import ParameterAxis, parameter_axis, parameter_names
from helpers.plotting.studies import ended, trial_value, value_limits

import numpy as np

from .controls import Choice, Slider, Toggle
from .progress import LOSS, TRIAL, Progress, Record, draw
from .shell import Explorer

__all__ = ["explore_study", "study_explorer"]


@dataclass(frozen=True)
class _Counted(ParameterAxis):
    """The trial's number or its loss, in the place of a hyperparameter."""

    def places(self, trials: Sequence[Any], *, jitter: bool = True) -> np.ndarray:
        if self.name == TRIAL:
            return np.array([float(trial.number) for trial in trials])
        # What is worse than the axis stands at its upper end.
        return np.minimum([trial_value(trial) for trial in trials], self.high)


def explore_study(study: Any, *, best_loss: float | None = None, **changes: Any):
    """Follow a study trial by trial: where it looks, and what it finds there.

    Parameters
    ----------
    study : optuna.Study
        That minimises, with at least one finished trial.
    best_loss : float, optional
        What no model can beat: a line.
    **changes
        Where to start: ``trials`` (how many), ``across`` and ``up`` (names of hyperparameters;
        also "trial" across and "validation loss" up), ``pruned`` (False hides them).

    Returns
    -------
    ipywidgets.VBox
        A front end without widgets shows the whole study as a picture.

    Raises
    ------
    ValueError
        If no trial is finished, none has a hyperparameter, or a change is not allowed.
    """
    return study_explorer(study, best_loss=best_loss).show(**changes)


def study_explorer(study: Any, *, best_loss: float | None = None) -> Explorer:
    """Build the explorer itself; parameters as in :func:`explore_study`."""
    trials = ended(study)
    names = parameter_names(trials)
    if not names:
        raise ValueError(
            f"study {study.study_name!r} has no hyperparameters: call trial.suggest_… in the "
            "objective."
        )
    record = Record(trials, _axes(trials, names, best_loss), best_loss)
    numbers = [name for name in names if not record.axes[name].choices]
    across = numbers[0] if numbers else names[0]
    up = next((name for name in names if name != across), LOSS)
    return Explorer(
        "study",
        Progress(len(trials), across, up),
        partial(draw, record),
        {
            "trials": Slider(1, max(2, len(trials)), label="trials so far"),
            "across": Choice(*names, TRIAL, label="across", names=_words(*names, TRIAL)),
            "up": Choice(*names, LOSS, label="up", names=_words(*names, LOSS)),
            "pruned": Toggle(label="show pruned trials"),
        },
        wide=True,
    )


def _axes(trials, names, best_loss) -> dict[str, ParameterAxis]:
    low, high = value_limits(np.array([trial_value(trial) for trial in trials]), best_loss)
    last = float(max(trial.number for trial in trials))
    counted = {
        TRIAL: _Counted(TRIAL, low=0.0, high=max(last, 1.0)),
        LOSS: _Counted(LOSS, low=low, high=high),
    }
    return {name: parameter_axis(trials, name) for name in names} | counted


def _words(*names: str) -> list[str]:
    return [name.replace("_", " ") for name in names]
