"""A function that a student wrote, called with care: on copies, and once for each input."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any

from helpers.checks import soundness
from helpers.checks.calls import Calls, key_of
from helpers.checks.comparison import difference
from helpers.checks.diagnosis import NOT_RETURNED
from helpers.checks.failure import CheckFailed
from helpers.checks.plain import copied, plain
from helpers.checks.raising import why_it_raises
from helpers.checks.seen import Odd, Raised, note
from helpers.checks.words import identifier, in_words, name_of, show_argument, text_of, type_name

AHEAD = 64  # cases, at most
RESHAPED = (
    "It gives what it was given another shape, type or length, in place: work on a copy, or build "
    "something new."
)
ARRAY_CHANGED = "It writes into the array that it was given: work on a copy, or build a new array."
INPUT_CHANGED = {
    list: "It changes the list that it was given: .sort(), .pop() and .append() do so. Work on a "
    "copy, or build a new list.",
    dict: "It changes the dict that it was given: work on a copy, or build a new dict.",
    set: "It changes the set that it was given: work on a copy, or build a new set.",
}


class Answer:
    """Calls a function, and says what is wrong with the call or with what comes of it."""

    def __init__(self, function: Callable) -> None:
        self.name = name_of(function)
        self._function = function
        self._counts: set[int] = set()  # numbers of arguments that it was found to take
        self._calls = Calls(self.again)
        # What came of calls that nobody has looked at yet, with the arguments as they are since.
        self._ahead: dict[Hashable, tuple[tuple, Any, Exception | None]] = {}
        self._at_once = AHEAD  # cases: of large ones only some are answered together

    def call(self, *args: Any, may_be_empty: bool = False) -> Any:
        """Return what the function gives for `args`: plain data, real and finite numbers.

        It is called once for each input, on copies; asked for the same again, it is the same
        result that is told of.

        Raises
        ------
        CheckFailed
            When it takes other parameters, raises, returns nothing or no plain data, or
            changes one of its inputs; when its result holds nan, infinity or complex numbers,
            or, unless it `may_be_empty`, an array or a container without anything in it.
        NotImplementedError
            When it is still the stub.
        """
        got = self.first(*args)
        words = soundness.unsound(got)
        if words:
            raise CheckFailed(
                f"{self.text(args)} {words}.",
                layer="values",
                diagnosis=soundness.why(got),
            )
        if not may_be_empty and soundness.empty(got):
            raise CheckFailed(f"{self.text(args)} is empty, or a part of it.", layer="shape")
        return got

    def first(self, *args: Any) -> Any:
        """Return what the function gave for `args`, whatever that is worth."""
        return self._calls(*args)

    def again(self, *args: Any) -> Any:
        """Call the function, whatever it gave before."""
        self.bind(args)
        came = self._ahead.pop(key_of(args), None) if self._ahead else None
        given = came[0] if came else copied(args)
        try:
            got = _outcome(*came[1:]) if came else self._function(*given)
        except (NotImplementedError, CheckFailed):
            raise
        except Exception as error:
            note(self.name, args, Raised(type_name(error)))
            if type_name(error) == "Refused" and "came back" in text_of(error):  # the judge's own
                text = f"{self.name} changes its input."
                raise CheckFailed(text, layer="input", diagnosis=RESHAPED) from None
            raise CheckFailed(
                f"{self.text(args)} raises {in_words(error)}",
                layer="runs",
                diagnosis=why_it_raises(error),
            ) from error
        if got is None:
            note(self.name, args, None)
            raise CheckFailed(
                f"{self.text(args)} returns None.",
                layer="type",
                diagnosis=NOT_RETURNED,
            )
        try:
            got = plain(got, lambda: f"The result of {self.text(args)}")
        except CheckFailed as odd:
            note(self.name, args, Odd(type_name(got)))
            raise CheckFailed(odd.finding, layer=odd.layer, diagnosis=odd.diagnosis) from None
        note(self.name, args, got)
        self._same_inputs(args, given)
        return got

    def ahead(self, cases: Sequence[tuple], start: int) -> None:
        """Have the function called for some cases from `start` on, where that can be asked at once.

        A judge asks a function of another process: a message for each case takes longer than most
        answers. What it gives is looked at case by case, as if it had been called then.
        """
        ask = getattr(type(self._function), "call_ahead", None)
        if ask is None or self._ahead or self._calls.knows(key_of(cases[start])):
            return
        asked: dict[Hashable, tuple] = {}
        for args in cases[start : start + self._at_once]:
            key = key_of(args)
            if key is None or not self._takes(len(args)):
                break
            if key not in asked and not self._calls.knows(key):
                asked[key] = copied(args)
        if len(asked) > 1:
            came = ask(self._function, list(asked.values()))
            self._at_once = min(AHEAD, max(2, 2 * len(came)))
            for (key, given), (got, error) in zip(asked.items(), came, strict=False):
                self._ahead[key] = given, got, error

    def _takes(self, count: int) -> bool:
        """Tell whether the function can be called with so many arguments."""
        try:
            self.bind((None,) * count)
        except CheckFailed:
            return False
        return True

    @cached_property
    def _signature(self) -> inspect.Signature | None:
        try:
            return inspect.signature(self._function)
        except (TypeError, ValueError):
            return None  # some built-ins have none; the call itself will tell

    def bind(self, args: tuple) -> None:
        """Demand that the function can be called with so many arguments."""
        if self._signature is None or len(args) in self._counts:
            return
        try:
            self._signature.bind(*args)
        except TypeError:
            raise CheckFailed(
                f"{self.name}{self._signature} cannot be called with {len(args)} "
                f"argument{'s' * (len(args) != 1)}.",
                layer="parameters",
                diagnosis="Keep the parameters of the task, in their order.",
            ) from None
        self._counts.add(len(args))

    def _same_inputs(self, before: tuple, after: tuple) -> None:
        for i, (a, b) in enumerate(zip(before, after, strict=True)):
            key = key_of(a)
            if key in (None, key_of(b)):  # what is the same to the last bit has no difference
                continue
            if difference(b, a, rtol=0, atol=0):
                raise CheckFailed(
                    f"{self.name} changes its input (argument {i + 1}).",
                    layer="input",
                    diagnosis=INPUT_CHANGED.get(type(a), ARRAY_CHANGED),
                )

    def text(self, args: tuple) -> str:
        """Write a call as it stands in a sentence."""
        return f"{self.name}({self.listed(args)})"

    def listed(self, args: tuple) -> str:
        """Write arguments as they stand between the brackets of a call."""
        names = list(self._signature.parameters) if self._signature else []
        names += ["array"] * (len(args) - len(names))
        pairs = zip(args, names, strict=False)
        return ", ".join(show_argument(a, identifier(name, "array")) for a, name in pairs)


def _outcome(result: Any, error: Exception | None) -> Any:
    if error is not None:
        raise error
    return result
