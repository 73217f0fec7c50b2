"""Pretended trainings: what a student's function does with them is on record.

Nothing is trained. A pretended network remembers which seed was set when its first weights were
drawn, and its loss depends on that, so only who does everything in the right order gets the loss
of the trial.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from helpers.checks import studies, tuning
from helpers.checks.comparison import difference
from helpers.checks.failure import CheckFailed, tick
from helpers.checks.functions import function
from helpers.checks.plain import plain, show
from helpers.checks.words import identifier, in_words
from helpers.tuning import flat_space

import numpy as np

AGREED = 1e-6  # largest difference of two losses that are the same


def trains(objective: Callable, history: dict[str, list[float]], trial: studies.Trial) -> None:
    """Demand that a student's ``objective(trial, train)`` trains once and returns the right loss.

    Parameters
    ----------
    objective : callable
        It draws its settings with `helpers.tuning.flat_space`.
    history : dict of list of float
        What the pretended training returns: "loss" and "val_loss".
    trial : Trial

    Raises
    ------
    NotImplementedError
        When it is still the stub.
    CheckFailed
        When it does something else.
    """
    trained: list[Any] = []

    def train(settings: dict) -> dict[str, list[float]]:
        trained.append(settings)
        return {name: list(values) for name, values in history.items()}

    check = studies.asked(objective, trial, train)
    check.holds("`train` is called", bool(trained), tuning.NOT_TRAINED)
    check.holds("`train` is called once", len(trained) == 1, tuning.TRAINED_OFTEN)
    # A trial answers alike whenever it is asked.
    own = difference(plain(trained[0], lambda: "what is trained"), flat_space(trial)) is None
    check.holds("what is trained are the trial's settings", own, tuning.OWN_SETTINGS)
    loss, validation = history["loss"], history["val_loss"]
    check.gives(validation[-1], slips=(
        (loss[-1], tuning.TRAINING_LOSS),
        (min(loss), tuning.TRAINING_LOSS),
        (min(validation), tuning.BEST_EPOCH),
        (validation[0], tuning.FIRST_EPOCH),
        (validation, tuning.WHOLE_HISTORY),
        (loss, tuning.WHOLE_HISTORY),
        (-validation[-1], tuning.TURNED_ROUND),
    ))  # fmt: skip


def rebuilds(rebuild: Callable, trial: dict[str, Any], *, off: float = 0.0) -> None:
    """Demand that a student's ``rebuild(trial, set_seed, make, fit)`` rebuilds a trial.

    Parameters
    ----------
    rebuild : callable
    trial : dict
        With "number" and "params"; its value is worked out here.
    off : float
        By how much the trial's value is off: from `AGREED` on, ValueError is demanded.

    Raises
    ------
    NotImplementedError
        When it is still the stub.
    CheckFailed
        When it does something else.
    """
    check = function(rebuild)
    events: list[tuple[str, Any]] = []

    def set_seed(number: int) -> None:
        events.append(("seed", number))

    def make(params: dict) -> dict:
        events.append(("make", dict(params)))
        return {"network": len(events)}

    def fit(model: dict) -> float:
        events.append(("fit", None))
        return _loss(events)

    number, params = trial["number"], trial["params"]
    right = [("seed", number), ("make", params), ("fit", None)]
    told = {**trial, "value": _loss(right) + off}
    about = f"{check.name}, for trial {number} with the params {show(params)}"
    try:
        found = rebuild({**told, "params": dict(params)}, set_seed, make, fit)
    except NotImplementedError:
        raise
    except ValueError as error:
        _follow(events, right, about)
        if abs(off) <= AGREED:
            text = f"{about}, raises {in_words(error)}"
            raise CheckFailed(text, layer="values", diagnosis=tuning.FALSE_ALARM) from error
        tick(f"{check.name} notices that another network came out")
        return
    except Exception as error:
        text = f"{about}, raises {in_words(error)}"
        raise CheckFailed(text, layer="runs") from error
    if found is None:
        text = f"{about}, returns None."
        raise CheckFailed(text, layer="type", diagnosis=studies.NOT_RETURNED)
    _follow(events, right, about)
    if abs(off) > AGREED:
        text = f"{about}: the loss is {off:+.6f} off the trial's, and nothing is raised."
        raise CheckFailed(text, layer="values", diagnosis=tuning.NO_ALARM)
    if not _is_loss(found, _loss(right)):
        raise CheckFailed(f"{about}, returns {show(found)}, which is not the loss.", layer="values")
    tick(f"{check.name} rebuilds trial {number}")


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
    if not _is_loss(found, losses[-1]):
        best = _is_loss(found, min(losses))
        words = tuning.BEST_EPOCH if best else None
        text = f"{about}: it returns {show(found)}, not the last loss."
        raise CheckFailed(text, layer="values", diagnosis=words)


def _is_loss(found: Any, loss: float) -> bool:
    """Tell whether a result is this loss to the last digit: a float, or NumPy's own."""
    return isinstance(found, float | np.floating) and float(found) == loss


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


def _follow(events: list, right: list, about: str) -> None:
    """Compare what was done with what should be done, and name the first difference."""
    if events == right:
        return
    kinds = [kind for kind, _ in events]
    seeds = [value for kind, value in events if kind == "seed"]
    built = [value for kind, value in events if kind == "make"]
    if not seeds:
        words = tuning.SEED_MISSING
    elif "make" in kinds and kinds.index("make") < kinds.index("seed"):
        words = tuning.SEED_LATE
    elif set(map(repr, seeds)) != {repr(right[0][1])}:
        words = tuning.SEED_OTHER
    elif len(seeds) > 1:
        words = tuning.SEED_AGAIN
    elif built != [right[1][1]]:
        words = tuning.BUILT_OTHERWISE
    else:
        words = None
    done = ", ".join(f"{kind}({'' if value is None else show(value)})" for kind, value in events)
    raise CheckFailed(
        f"{about}, does this: {done or 'nothing'}.", layer="property", diagnosis=words
    )


def _loss(events: list) -> float:
    """Return a number from 0.5 to 0.6 that depends on all that was done."""
    digest = blake2b(repr(events).encode(), digest_size=4).digest()
    return 0.5 + 0.1 * int.from_bytes(digest) / 2**32
