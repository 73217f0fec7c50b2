"""A pretended training that a pruner may stop: when it reports, when it asks, how it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.checks import studies
from helpers.checks.failure import CheckFailed
from helpers.checks.functions import function
from helpers.checks.raising import why_it_raises
from helpers.checks.seen import Raised, note
from helpers.checks.ticks import tick
from helpers.checks.words import identifier, in_words, show
from helpers.checks.workshop import NOT_RAISED, is_loss

import numpy as np

REPORTS = "each epoch's loss is reported once, by the number of the epoch, until it is told to stop"
ASKS = "after each report it asks whether to prune"
OTHER_ERROR = "Only optuna.TrialPruned says that a trial was pruned; anything else is a failure."
RAISES = "where it is told to stop, it raises optuna.TrialPruned"


def watches(watched: Callable, losses: list[float], *, stop: int | None = None) -> None:
    """Demand that a student's ``watched(trial, epochs, run_epoch)`` reports, asks and raises.

    Parameters
    ----------
    watched : callable
    losses : list of float
        What the epochs give.
    stop : int, optional
        After which report the pruner says stop; by default never.

    Raises
    ------
    NotImplementedError
        When it is still the stub.
    CheckFailed
        When it does something else.
    """
    from optuna import TrialPruned

    check = function(watched)
    asked_after: list[int] = []  # how many reports there were when it asked
    run = 0

    def run_epoch() -> float:
        nonlocal run
        run += 1
        return losses[run - 1] if run <= len(losses) else losses[-1]

    def prune_when(reports: list) -> bool:
        if asked_after[-1:] != [len(reports)]:  # to ask twice is to ask
            asked_after.append(len(reports))
        return stop is not None and len(reports) >= stop

    run_epoch.__qualname__ = "run_epoch"  # so Python's own messages call it
    trial = studies.Trial(prune_when=prune_when)
    raised, pruned, found = "", False, None
    try:
        found = watched(trial, len(losses), run_epoch)
    except (NotImplementedError, CheckFailed):
        raise
    except Exception as error:
        raised = identifier(type(error).__name__, "an exception")
        pruned = isinstance(error, TrialPruned)  # the class, and none of the same name
        if not pruned and stop is None:
            note(check.name, (losses, stop), Raised(raised))
            message = f"{check.name} raises {in_words(error)}"
            raise CheckFailed(message, layer="runs", diagnosis=why_it_raises(error)) from error
    end = len(losses) if stop is None else stop
    note(check.name, (losses, stop), [trial.reports, asked_after, run])
    note(
        check.name,
        ("its end",),
        Raised("TrialPruned" if pruned else f"{raised}, of its own") if raised else found,
    )
    about = f"{check.name}, for {len(losses)} epochs"
    about += "" if stop is None else f" and a stop after epoch {stop}"
    right = list(zip(range(1, end + 1), losses[:end], strict=True))
    if trial.reports != right or run != end:
        text = f"{about}: it trained {run} and reported {show(trial.reports)}."
        raise CheckFailed(text, layer="property", demands=REPORTS)
    if asked_after != list(range(1, end + 1)):
        text = f"{about}: it asked after {show(asked_after)} reports."
        raise CheckFailed(text, layer="property", demands=ASKS)
    if stop is not None and not pruned:
        own = " of its own" * (raised == "TrialPruned")
        done = f"raises {raised}{own}" if raised else f"returns {show(found)}"
        silent = found is None or isinstance(found, float | np.floating)
        words = OTHER_ERROR if raised else None if silent else NOT_RAISED
        raise CheckFailed(f"{about}: it {done}.", layer="property", diagnosis=words, demands=RAISES)
    if stop is None:
        _ends(about, raised, found, losses)
    tick(f"{about}: right" if stop is None else f"{about}: it raises TrialPruned")


def _ends(about: str, raised: str, found: Any, losses: list[float]) -> None:
    if raised:
        raise CheckFailed(f"{about}: it raises {raised}.", layer="property")
    if found is None:
        text = f"{about}: it returns None."
        raise CheckFailed(text, layer="type", diagnosis=studies.NOT_RETURNED)
    if not is_loss(found, losses[-1]):
        text = f"{about}: it returns {show(found)}, not the last loss."
        raise CheckFailed(text, layer="values", demands="what it returns is the last loss")
