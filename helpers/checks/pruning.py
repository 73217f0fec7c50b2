"""A pretended training that a pruner may stop: when it reports, when it asks, how it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.checks import studies, tuning
from helpers.checks.failure import CheckFailed
from helpers.checks.functions import function
from helpers.checks.ticks import tick
from helpers.checks.words import identifier, in_words, show
from helpers.checks.workshop import is_loss


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
    asked_after: list[int] = []  # how many reports there were each time that it asked
    run = 0

    def run_epoch() -> float:
        nonlocal run
        run += 1
        return losses[run - 1] if run <= len(losses) else losses[-1]

    def prune_when(reports: list) -> bool:
        asked_after.append(len(reports))
        return stop is not None and len(reports) >= stop

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
            message = f"{check.name} raises {in_words(error)}"
            raise CheckFailed(message, layer="runs") from error
    end = len(losses) if stop is None else stop
    about = f"{check.name}, for {len(losses)} epochs"
    about += "" if stop is None else f" and a stop after epoch {stop}"
    words = _watching(trial.reports, asked_after, losses, run, end)
    if words:
        text = f"{about}: it reported {show(trial.reports)} and asked {len(asked_after)} times."
        raise CheckFailed(text, layer="property", diagnosis=words)
    if stop is not None and not pruned:
        words = tuning.OTHER_ERROR if raised else tuning.NOT_RAISED
        own = " of its own" * (raised == "TrialPruned")
        done = f"raises {raised}{own}" if raised else f"returns {show(found)}"
        raise CheckFailed(f"{about}: it {done}.", layer="property", diagnosis=words)
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
        best = is_loss(found, min(losses))
        words = tuning.BEST_EPOCH if best else None
        text = f"{about}: it returns {show(found)}, not the last loss."
        raise CheckFailed(text, layer="values", diagnosis=words)


def _watching(reports: list, asked_after: list[int], losses: list[float], run: int, end: int):
    """Name what is wrong with the order of reports and questions, or return None."""
    steps = [step for step, _ in reports]
    if asked_after and asked_after[0] == 0:
        return tuning.REPORT_FIRST
    if len(steps) > 1 and len(set(steps)) < len(steps):
        return tuning.SAME_STEP
    if steps[:1] == [0]:
        return tuning.STEP_FROM_ZERO
    if not asked_after and reports:
        return tuning.NEVER_ASKED
    if run > end or len(reports) > end:
        return tuning.WENT_ON
    if reports != list(zip(range(1, end + 1), losses[:end], strict=True)):
        return tuning.NOT_REPORTED
    if asked_after != list(range(1, end + 1)):
        return tuning.NEVER_ASKED
    return None
