"""Pretended trainings: what a student's function does with them is on record.

Nothing is trained. A pretended network remembers which seed was set when its first weights were
drawn, and its loss depends on that, so only who does everything in the right order gets the loss
of the trial.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from helpers.checks import studies
from helpers.checks.comparison import difference
from helpers.checks.failure import CheckFailed
from helpers.checks.functions import function
from helpers.checks.plain import plain
from helpers.checks.raising import why_it_raises
from helpers.checks.seen import Raised, note
from helpers.checks.ticks import tick
from helpers.checks.words import in_words, show, type_name
from helpers.tuning import flat_space

import numpy as np

AGREED = 1e-6  # largest difference of two losses that are the same
NO_SETTINGS = (
    "`train` wants a dict of settings: a trial only answers questions, so ask "
    "tuning.flat_space(trial) for them."
)
NOT_RAISED = "What is returned there is no loss. To return an error stops nobody: raise it."
OTHER_KIND = "Something else is raised: where the losses differ, the task asks for ValueError."
ORDER = (
    "the trial's own seed is set, then its network is built, then it is trained, and each of these "
    "once"
)
ALARM = "ValueError is raised where the losses differ by more than 1e-6, and nowhere else"


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

    train.__qualname__ = "train"  # so Python's own messages call it
    check = studies.asked(objective, trial, train)
    try:
        settings = plain(trained, lambda: "what is trained")
    except CheckFailed as odd:
        raise CheckFailed(odd.finding, layer=odd.layer, diagnosis=NO_SETTINGS) from None
    note(check.name, ("what is trained",), settings)
    check.holds("`train` is called", bool(settings))
    check.holds("`train` is called once, for each call is a whole training", len(settings) == 1)
    # A trial answers alike whenever it is asked.
    own = difference(settings[0], flat_space(trial)) is None
    check.holds("what is trained are the settings that the trial answered", own)
    if difference(check.result, history["val_loss"][-1]):
        raise CheckFailed(
            f"{check.name} returns {show(check.result)} for the history {show(history)}.",
            layer="values",
            demands="it is the validation loss after the last epoch",
        )
    tick(f"{check.name} returns {show(check.result)}")


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
    found, raised = None, None
    try:
        found = rebuild({**told, "params": dict(params)}, set_seed, make, fit)
    except NotImplementedError:
        raise
    except Exception as error:
        raised = error
    note(check.name, (number, params, off), events)
    note(check.name, ("its end",), found if raised is None else Raised(type_name(raised)))
    if raised is not None and not isinstance(raised, ValueError):
        text = f"{about}, raises {in_words(raised)}"
        words = why_it_raises(raised) or (OTHER_KIND if abs(off) > AGREED else None)
        raise CheckFailed(text, layer="runs", diagnosis=words) from raised
    if raised is None and found is None:
        text = f"{about}, returns None."
        raise CheckFailed(text, layer="type", diagnosis=studies.NOT_RETURNED)
    _follow(events, right, about)
    if (abs(off) > AGREED) != (raised is not None):
        done = "nothing is raised" if raised is None else in_words(raised)
        text = f"{about}: the loss is {-off:+.7f} off the trial's, and {done}."
        silent = raised is None and not isinstance(found, float | np.floating)
        words = NOT_RAISED if silent else None
        raise CheckFailed(text, layer="values", diagnosis=words, demands=ALARM)
    if raised is not None:
        tick(f"{check.name} notices that another network came out")
        return
    if not is_loss(found, _loss(right)):
        raise CheckFailed(f"{about}, returns {show(found)}, which is not the loss.", layer="values")
    tick(f"{check.name} rebuilds trial {number}")


def is_loss(found: Any, loss: float) -> bool:
    """Tell whether a result is this loss to the last digit: a float, or NumPy's own."""
    return isinstance(found, float | np.floating) and float(found) == loss


def _follow(events: list, right: list, about: str) -> None:
    """Demand that what was done is what should be done."""
    if events == right:
        return
    done = ", ".join(f"{kind}({'' if value is None else show(value)})" for kind, value in events)
    text = f"{about}, does this: {done or 'nothing'}."
    raise CheckFailed(text, layer="property", demands=ORDER)


def _loss(events: list) -> float:
    """Return a number from 0.5 to 0.6 that depends on all that was done."""
    digest = blake2b(repr(events).encode(), digest_size=4).digest()
    return 0.5 + 0.1 * int.from_bytes(digest) / 2**32
