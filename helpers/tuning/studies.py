"""Studies that can be killed and gone on with, and trials that can be had again."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from helpers.training import Line

import numpy as np

from .networks import ClaimsObjective

RETRIES = "retries"  # user attribute of a trial that does the work of an interrupted one


def open_study(
    file: str | Path,
    sampler: Callable[..., Any] | None = None,
    *,
    seed: int = 123,
    pruner: Any = None,
    direction: str = "minimize",
    **options: Any,
) -> Any:
    """Begin a study that is kept in a file, or go on with the one that is in it.

    The file is an SQLite database: each step is a transaction, so a process may be killed at any
    instant, and what it had finished is there. The trial that it was at stands in the file as
    running for ever; it is marked as failed, and its settings are queued to be tried again.

    Parameters
    ----------
    file : str or pathlib.Path
        Made where it is missing, as are its folders.
    sampler : callable, optional
        ``optuna.samplers.TPESampler`` (by default), ``RandomSampler`` or another that takes
        ``seed``.
    seed : int
        Of the sampler. A sampler with the same seed would suggest its first settings once more
        when a study goes on; therefore the number of trials so far is added.
    pruner : optuna.pruners.BasePruner, optional
        By default nothing is pruned.
    direction : {"minimize", "maximize"}
    **options
        More for the sampler, as ``n_startup_trials=5``.

    Returns
    -------
    optuna.Study
        Its name is the file's, without the ending.

    Raises
    ------
    ValueError
        When the file holds a study of the other direction: its best trial would be its worst.

    Notes
    -----
    One process at a time may have the study open: a trial that another one is at would be taken for
    an interrupted one.
    """
    import optuna
    from sqlalchemy.pool import NullPool

    file = Path(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    # A folder's name may hold what means something in an address, which SQLAlchemy 2.0 and 2.1 do
    # not read alike: so the file is opened here. Quoted, it still tells who asks where it is.
    address = "sqlite:///" + quote(str(file), safe=" +/\\:" if os.name == "nt" else " +/")
    # NullPool: no connection stays open between two steps.
    engine = {"poolclass": NullPool, "creator": lambda: sqlite3.connect(file)}
    storage = optuna.storages.RDBStorage(address, engine_kwargs=engine)
    study = optuna.create_study(
        study_name=file.stem,
        storage=storage,
        direction=direction,
        pruner=pruner or optuna.pruners.NopPruner(),
        load_if_exists=True,
    )
    if (kept := study.direction.name.lower()) != direction:
        raise ValueError(
            f"study {study.study_name!r} in {file} was begun with direction={kept!r}, and cannot "
            f"go on with {direction!r}: give direction={kept!r}, or another file for a new study"
        )
    make = sampler or optuna.samplers.TPESampler
    study.sampler = make(seed=seed + len(study.trials), **options)
    _queue_interrupted(study)
    return study


def _queue_interrupted(study: Any) -> None:
    import optuna

    for trial in study.get_trials(states=[optuna.trial.TrialState.RUNNING]):
        study.tell(trial.number, state=optuna.trial.TrialState.FAIL)
        # What it had not asked for yet is suggested when it is tried again.
        study.enqueue_trial(trial.params, user_attrs={RETRIES: trial.number})


def finished(study: Any) -> list[Any]:
    """Return the trials that came to an end, complete or pruned, in the order of their numbers."""
    return [trial for trial in study.trials if trial.state.name in ("COMPLETE", "PRUNED")]


def finish(
    study: Any,
    objective: Callable[[Any], float],
    n_trials: int,
    *,
    say: Callable[[str], None] | None = None,
) -> Any:
    """Go on until `n_trials` trials are finished, those of earlier runs counted in.

    Parameters
    ----------
    study : optuna.Study
        From :func:`open_study` or ``optuna.create_study``.
    objective : callable
        From a trial to a number. What it raises, except for ``optuna.TrialPruned``, ends the run.
    n_trials : int
        Finished ones in all.
    say : callable, optional
        Told a line after each trial; by default it is shown in place.

    Returns
    -------
    optuna.Study
        The same one.

    Raises
    ------
    ValueError
        When the objective asks for a hyperparameter of another range than earlier trials had: the
        sampler would learn from what was another question.
    """
    say = say or Line()
    began = time.monotonic()

    ranges = {name: d for t in finished(study) for name, d in t.distributions.items()}

    def tell(study: Any, trial: Any) -> None:
        for name, now in trial.distributions.items():
            if ranges.setdefault(name, now) != now:
                raise ValueError(
                    f"study {study.study_name!r} chose {name!r} from {ranges[name]}, and the "
                    f"objective now asks for {now}: use another file for a new search space"
                )
        words = [f"trial {len(finished(study))} of {n_trials}"]
        if trial.state.name == "PRUNED":
            words.append(f"pruned after epoch {trial.last_step}")
        elif trial.value is not None:
            words.append(f"{trial.value:.4f}")
        if any(t.state.name == "COMPLETE" for t in study.trials):
            words.append(f"best {study.best_value:.4f} (trial {study.best_trial.number})")
        say(" · ".join([*words, f"{time.monotonic() - began:.0f} s"]))

    while (missing := n_trials - len(finished(study))) > 0:
        before = len(study.trials)
        study.optimize(objective, n_trials=missing, callbacks=[tell])
        if len(study.trials) == before and n_trials - len(finished(study)) == missing:
            break  # study.stop() was called
    return study


def rebuild(trial: Any, objective: ClaimsObjective) -> tuple[Any, list[float]]:
    """Train what a trial trained, exactly: the same settings, the same seed, as many epochs.

    Parameters
    ----------
    trial : optuna.trial.FrozenTrial
        As ``study.best_trial``.
    objective : ClaimsObjective
        The one that the study ran.

    Returns
    -------
    model : keras.Model
        Trained.
    losses : list of float
        Validation loss after each epoch. On the machine of the study the last one is the trial's
        value; on another kind of processor it differs in the last digits.
    """
    epochs = trial.last_step or objective.epochs
    return objective.fit(_settings(trial, objective), seed=trial.number, epochs=epochs)


def over_seeds(trial: Any, objective: ClaimsObjective, seeds: Iterable[int]) -> np.ndarray:
    """Train a trial's settings from several seeds.

    Parameters
    ----------
    trial, objective
        As in :func:`rebuild`.
    seeds : iterable of int

    Returns
    -------
    numpy.ndarray
        (S,) float64, validation loss of each: how much of a value was luck.
    """
    settings = _settings(trial, objective)
    return np.array([objective.fit(settings, seed=int(seed))[1][-1] for seed in seeds])


def _settings(trial: Any, objective: ClaimsObjective) -> Any:
    from optuna.trial import FixedTrial

    return objective.space(FixedTrial(trial.params, number=trial.number))


def best_so_far(values: Sequence[float] | np.ndarray) -> np.ndarray:
    """Return the smallest value up to each trial, along the last axis; NaN (pruned) is passed over.

    Parameters
    ----------
    values : array_like
        (…, T) floats.

    Returns
    -------
    numpy.ndarray
        (…, T) float64.
    """
    return np.fmin.accumulate(np.asarray(values, np.float64), axis=-1)


def saved_epochs(study: Any, epochs: int) -> tuple[int, int]:
    """Count the epochs that a study trained, and those that it would have trained unpruned.

    Parameters
    ----------
    study : optuna.Study
        Whose objective reports after each epoch, counted from 1.
    epochs : int
        Of a whole training.

    Returns
    -------
    tuple of int
        Trained, and all.
    """
    ended = finished(study)
    return sum(trial.last_step or 0 for trial in ended), epochs * len(ended)
