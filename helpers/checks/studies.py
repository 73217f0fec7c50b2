"""Checks on a function that draws hyperparameters from a trial: what it asks for, what it gives."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple
from typing import Any

from helpers.checks.comparison import difference
from helpers.checks.diagnosis import NOT_RETURNED
from helpers.checks.failure import CheckFailed
from helpers.checks.plain import plain
from helpers.checks.raising import why_it_raises
from helpers.checks.recording import Asked, HyperParameters, Recorder, Trial
from helpers.checks.seen import Odd, Raised, begin, note
from helpers.checks.ticks import tick
from helpers.checks.words import in_words, name_of, show, type_name

__all__ = [
    "Asked",
    "HyperParameters",
    "SpaceCheck",
    "Trial",
    "asked",
    "categorical",
    "floating",
    "integer",
]

UNKNOWN_METHOD = "A trial has suggest_categorical, suggest_int and suggest_float: use these."
UNKNOWN_TUNER_METHOD = (
    "KerasTuner's hp has Choice, Int, Float, Boolean and get; no other is needed."
)
EVEN = (
    "It is drawn evenly between its ends, so most draws have the size of the upper end. Where the "
    "factor counts and not the difference, the scale is logarithmic: each power of ten gets its "
    "share."
)
NOT_EVEN = "It is drawn on a logarithmic scale: this one was to be drawn evenly."
END_LEFT_OUT = "The upper end is missing: unlike range, a trial's bounds are both included."
AS_CATEGORIES = (
    "Asked for as a category, it loses its order: the sampler no longer knows that a number lies "
    "between two others. Ask for a number."
)
AS_FLOAT = "There are no halves of it: ask for a whole number."
AS_INT = "Every number between the ends is possible: ask for a float."
AS_NUMBER = "Only the values of the list are allowed, and no others between them: let it choose."
OTHER_CHOICES = "Compare your list of choices with the task: one is missing, added or misspelt."
AS_EXPONENT = (
    "The exponent is asked for: then the trial's answer is another number than its name says. Ask "
    "for the number itself, on a logarithmic scale."
)
REVERSED_SCALE = (
    "A reversed logarithmic scale is crowded at the upper end: on the one that was asked for, each "
    "power of ten gets the same share."
)
IN_A_LIST = (
    "A number stands there by itself: `build` wants a list, with a number for each hidden layer."
)
STEPS = "It moves in steps, which leave out numbers between the ends."
SAME_NAME = (
    "Two questions have the same name. A name has one value in a trial, so the second one gets the "
    "first one's answer: give each its own name."
)
NOT_ANSWERED = (
    "The settings do not hold what the trial answered: pass its answers on as they are, under the "
    "names of the task."
)
OTHER_FORM = "Its answers are not handed on in the form that the task asks for: a dict or a list."
OTHER_COUNT = (
    "There is a value too many or too few: hand on what the task asks for, one value for each."
)
OTHER_BOUNDS = "Compare its bounds with those of the task."
KEYS = "Compare the keys with the task, letter by letter."


def categorical(name: str, choices: Iterable[Any]) -> Asked:
    """Return a question for one of `choices`."""
    return Asked(name, "categorical", tuple(choices))


def integer(name: str, low: int, high: int, *, log: bool | None = False) -> Asked:
    """Return a question for a whole number; where `log` is None, either scale will do."""
    return Asked(name, "int", (), low, high, log)


def floating(name: str, low: float, high: float, *, log: bool = False) -> Asked:
    """Return a question for a float."""
    return Asked(name, "float", (), float(low), float(high), log)


def asked(function: Callable, trial: Recorder, *args: Any) -> SpaceCheck:
    """Call a student's ``function(trial, *args)``, and start the check of what it asked for.

    Parameters
    ----------
    function : callable
    trial : Trial or HyperParameters
        Takes the questions, and answers them.
    *args
        Further arguments.

    Raises
    ------
    NotImplementedError
        When it is still the stub.
    CheckFailed
        When it is no function, raises, or returns None.
    """
    if function is None:
        raise NotImplementedError("the function is still None: write it first.")
    name = name_of(function)
    if not callable(function):
        raise CheckFailed(f"{name} is no function.", layer="callable")
    begin()
    given = (dict(trial.given),)
    try:
        result = function(trial, *args)
    except (NotImplementedError, CheckFailed):
        raise
    except Exception as error:
        note(name, given, Raised(type_name(error)))
        words = _why_it_raises(error, trial)
        message = f"{name} raises {in_words(error)}"
        raise CheckFailed(message, layer="runs", diagnosis=words) from error
    questions = [astuple(question) for question in trial.asked]
    if result is None:
        note(name, given, [questions, None])
        raise CheckFailed(f"{name} returns None.", layer="type", diagnosis=NOT_RETURNED)
    try:
        result = plain(result, lambda: f"The result of {name}")
    except CheckFailed as odd:
        note(name, given, Odd(type_name(result)))
        raise CheckFailed(odd.finding, layer=odd.layer, diagnosis=odd.diagnosis) from None
    note(name, given, [questions, result])
    return SpaceCheck(name, result, trial)


def _why_it_raises(error: Exception, trial: Recorder) -> str | None:
    """Return what commonly leads a function that asks a trial to raise `error`, or None."""
    if words := why_it_raises(error):
        return words
    if isinstance(error, AttributeError):
        return UNKNOWN_TUNER_METHOD if isinstance(trial, HyperParameters) else UNKNOWN_METHOD
    for question in trial.asked:
        if question.kind != "categorical" and isinstance(trial.given.get(question.name), str):
            return AS_NUMBER
    return None


class SpaceCheck:
    """The checks of one call; each returns the check again, so they can be chained.

    Attributes
    ----------
    name : str
    result : plain data
    trial : Recorder
    """

    def __init__(self, name: str, result: Any, trial: Recorder) -> None:
        self.name, self.result, self.trial = name, result, trial

    def _ipython_display_(self) -> None:
        """Stay silent when a test cell ends in a check: the ticks have said it all."""

    def asks(self, expected: Sequence[Asked]) -> SpaceCheck:
        """Demand what was asked for, in any order."""
        names = [question.name for question in self.trial.asked]
        wanted = {question.name: question for question in expected}
        told = f"with the answers {show(self.trial.given)} " if self.trial.given else ""
        for question in self.trial.asked:
            if names.count(question.name) > 1:
                self._fail(f"{told}it asks for {question.name!r} more than once", SAME_NAME)
        for name in names:
            if name not in wanted:
                self._fail(f"{told}it asks for {name!r}, which is not in the task", KEYS)
        for name in wanted:
            if name not in names:
                self._fail(f"{told}it does not ask for {name!r}", KEYS)
        for question in self.trial.asked:
            words = mismatch(question, wanted[question.name])
            if words:
                self._fail(f"it asks for {say(question)}", words)
        tick(f"{self.name} asks for {', '.join(map(repr, names))}")
        return self

    def gives(self, expected: Any) -> SpaceCheck:
        """Demand the result."""
        if difference(self.result, expected):
            self._fail(
                f"with the answers {show(self.trial.params)} it returns {show(self.result)}",
                _why(self.result, expected),
            )
        tick(f"{self.name} returns {show(self.result)}")
        return self

    def holds(self, sentence: str, truth: bool) -> SpaceCheck:
        """Demand that something is true of what was done; `sentence` says it in words."""
        if not truth:
            self._fail(f"it does not hold that {sentence}", None, demands=sentence)
        tick(f"{self.name}: {sentence}")
        return self

    def _fail(self, clause: str, words: str | None, demands: str | None = None) -> None:
        text = f"{self.name}: {clause}."
        raise CheckFailed(text, layer="property", diagnosis=words, demands=demands)


def mismatch(got: Asked, wanted: Asked) -> str | None:
    """Name the first way in which a question differs from the one of the task."""
    if got.kind != wanted.kind:
        if wanted.kind == "categorical":
            return AS_NUMBER
        if got.kind == "categorical":
            return AS_CATEGORIES
        return AS_FLOAT if got.kind == "float" else AS_INT
    if wanted.kind == "categorical":
        same = len(got.choices) == len(wanted.choices) and set(got.choices) == set(wanted.choices)
        return None if same else OTHER_CHOICES
    if wanted.log and not got.log and not difference([got.low, got.high], _exponents(wanted)):
        return AS_EXPONENT
    if wanted.log is not None and got.log == "reverse":
        return REVERSED_SCALE
    if wanted.log is not None and got.log != wanted.log:
        return EVEN if wanted.log else NOT_EVEN
    if got.step is not None:
        return STEPS
    if got.low == wanted.low and wanted.kind == "int" and got.high == wanted.high - 1:
        return END_LEFT_OUT
    if difference([got.low, got.high], [wanted.low, wanted.high], atol=0):
        return OTHER_BOUNDS
    return None


def _exponents(question: Asked) -> list[float]:
    return [math.log10(end) for end in (question.low, question.high)]


def say(question: Asked) -> str:
    """Write a question in words."""
    if question.kind == "categorical":
        return f"{question.name!r} as one of {show(list(question.choices))}"
    reverse = "reversed " if question.log == "reverse" else ""
    scale = f", on a {reverse}logarithmic scale" if question.log else ""
    what = "a whole number" if question.kind == "int" else "a float"
    return f"{question.name!r} as {what} from {question.low:g} to {question.high:g}{scale}"


def _why(got: Any, expected: Any) -> str:
    """Say in which way settings differ from those that the trial answered."""
    if not isinstance(expected, dict | list | tuple):
        return NOT_ANSWERED
    if not isinstance(got, dict if isinstance(expected, dict) else list | tuple):
        return OTHER_FORM
    if isinstance(got, dict):
        if set(got) != set(expected):
            return KEYS
        listed = [name for name in expected if isinstance(expected[name], list | tuple)]
        alone = any(not isinstance(got[name], list | tuple) for name in listed)
        return IN_A_LIST if alone else NOT_ANSWERED
    return OTHER_COUNT if len(got) != len(expected) else NOT_ANSWERED
