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
from helpers.checks.failure import CheckFailed
from helpers.checks.functions import function
from helpers.checks.plain import plain
from helpers.checks.ticks import tick
from helpers.checks.words import in_words, show
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
    if not is_loss(found, _loss(right)):
        raise CheckFailed(f"{about}, returns {show(found)}, which is not the loss.", layer="values")
    tick(f"{check.name} rebuilds trial {number}")


def is_loss(found: Any, loss: float) -> bool:
    """Tell whether a result is this loss to the last digit: a float, or NumPy's own."""
    return isinstance(found, float | np.floating) and float(found) == loss


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
