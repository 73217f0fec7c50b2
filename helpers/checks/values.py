"""Checks on an answer that is a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from helpers.checks import soundness
from helpers.checks.comparison import ATOL, RTOL, difference
from helpers.checks.diagnosis import diagnose
from helpers.checks.failure import CheckFailed
from helpers.checks.plain import plain
from helpers.checks.seen import begin, is_wordless, note
from helpers.checks.slips import Slip
from helpers.checks.ticks import tick

import numpy as np


def value(**answer: Any) -> ValueCheck:
    """Start a check of one named answer: ``checks.value(batch_shape=batch_shape)``.

    Raises
    ------
    NotImplementedError
        When the answer is still None: the exercise has not been answered yet.
    CheckFailed
        When the answer is no plain data.
    """
    if len(answer) != 1:
        raise TypeError(f"checks.value takes one name=value, not {len(answer)}")
    ((name, got),) = answer.items()
    if got is None:
        raise NotImplementedError(f"{name} is still None: put your answer in its place.")
    begin()
    got = plain(got, lambda: name)
    note(name, None, got)
    return ValueCheck(name, got)


class ValueCheck:
    """The checks of one answer; each returns the check again, so they can be chained."""

    def _ipython_display_(self) -> None:
        """Stay silent when a test cell ends in a check: the ticks have said it all."""

    def __init__(self, name: str, got: Any) -> None:
        self.name = name
        self.got = got

    def equals(
        self,
        expected: Any,
        slips: Iterable[Slip] = (),
        *,
        dtype: Any = None,
        rtol: float = RTOL,
        atol: float = ATOL,
    ) -> ValueCheck:
        """Demand that the answer equals `expected`; for a list, the array of its rows will do.

        Parameters
        ----------
        expected : plain data
        slips : iterable of (value, str)
            Wrong answers, each with the words that name the mistake.
        dtype : dtype-like, optional
            Exact dtype of an array; for a number, its kind.
        rtol, atol : float
            Tolerances of floats.
        """
        array = isinstance(self.got, np.ndarray) and isinstance(expected, list)
        got = self.got.tolist() if array else self.got
        found = difference(got, expected, dtype=dtype, rtol=rtol, atol=atol)
        if found is None:
            tick(f"{self.name} is right")
            return self
        if is_wordless():
            raise CheckFailed("", layer=found.layer, of_value=True)
        # The right value is not told: a visible test would give the answer away.
        clause = (
            found.clause.split("; it should be")[0] if found.layer == "values" else found.clause
        )
        raise CheckFailed(
            f"{self.name} {clause}{': that is not right' if clause != found.clause else ''}.",
            layer=found.layer,
            diagnosis=diagnose(got, expected, slips),
            of_value=True,
        )

    def holds(
        self,
        sentence: str,
        predicate: Callable[[Any], bool],
        diagnosis: str | None = None,
    ) -> ValueCheck:
        """Demand a property: ``predicate(answer)`` is true. `sentence` says it in words.

        Of nan, infinity and complex numbers no property is asked: they are wrong answers.
        """
        if words := soundness.unsound(self.got):
            raise CheckFailed(f"{self.name} {words}.", layer="values", of_value=True)
        if not soundness.asked(predicate, self.got):
            raise CheckFailed(
                f"{self.name}: it does not hold that {sentence}.",
                layer="property",
                diagnosis=diagnosis,
                demands=sentence,
                of_value=True,
            )
        tick(f"{self.name}: {sentence}")
        return self
