"""Checks on an answer that is a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from helpers.checks import soundness
from helpers.checks.answers import Answer
from helpers.checks.calls import key_of
from helpers.checks.cases import arguments, session_seed
from helpers.checks.comparison import ATOL, RTOL, difference
from helpers.checks.diagnosis import diagnose
from helpers.checks.failure import CheckFailed
from helpers.checks.plain import copied, plain
from helpers.checks.references import expected_of
from helpers.checks.seen import Raised, begin, is_wordless, note
from helpers.checks.slips import Slip
from helpers.checks.ticks import tick
from helpers.checks.words import in_words, kind, name_of, show, type_name

NOT_REFUSED = "Such inputs are to be refused, with the error that the task names."
CHANGES_ITS_MIND = (
    "What it gives is not the same each time: it draws at random without the seed that it was "
    "given, or keeps something of what was called before."
)


def function(answer: Callable) -> FunctionCheck:
    """Start a check of a function that the student wrote: ``checks.function(output_size)``.

    Raises
    ------
    NotImplementedError
        When the answer is None.
    CheckFailed
        When it cannot be called.
    """
    if answer is None:
        raise NotImplementedError("the function is still None: write it first.")
    if not callable(answer):
        raise CheckFailed(
            f"A function was expected, but the name stands for {kind(answer)}.",
            layer="callable",
            diagnosis="Was the name used again for a result? Run the cell of the function again.",
        )
    begin()
    return FunctionCheck(answer)


class FunctionCheck:
    """The checks of one function; each returns the check again, so they can be chained."""

    def _ipython_display_(self) -> None:
        """Stay silent when a test cell ends in a check: the ticks have said it all."""

    def __init__(self, answer: Callable) -> None:
        self.answer = answer
        self.name = name_of(answer)
        self._asked = Answer(answer)

    def call(self, *args: Any, may_be_empty: bool = False) -> Any:
        """Return what the function gives for `args`, see `Answer.call`."""
        return self._asked.call(*args, may_be_empty=may_be_empty)

    def returns(
        self,
        args: tuple,
        expected: Any,
        slips: Iterable[Slip] = (),
        *,
        dtype: Any = None,
        rtol: float = RTOL,
        atol: float = ATOL,
    ) -> FunctionCheck:
        """Demand that ``f(*args)`` equals `expected`.

        Parameters
        ----------
        args : tuple
            The arguments of the call.
        expected : plain data
        slips : iterable of (value or callable, str)
            Wrong results, each with the words that name the mistake; a callable is given
            the arguments and works the wrong result out.
        dtype : dtype-like, optional
            Exact dtype of an array; for a number, its kind.
        rtol, atol : float
            Tolerances of floats.
        """
        self._compare(args, expected, slips, "it should be", dtype, rtol, atol)
        tick(lambda: f"{self._asked.text(args)} {_is(expected)}")
        return self

    def agrees_with(
        self,
        reference: Callable,
        cases: Iterable[tuple],
        slips: Iterable[Slip] = (),
        *,
        dtype: Any = None,
        rtol: float = RTOL,
        atol: float = ATOL,
        by: str | None = None,
    ) -> FunctionCheck:
        """Demand that ``f`` and `reference` agree on every case.

        Parameters
        ----------
        reference : callable
            Works out the right result: Keras, SciPy or our own solution.
        cases : iterable of tuple
            Argument tuples, for example from `random_cases`.
        slips, dtype, rtol, atol
            As for `returns`.
        by : str, optional
            Who works it out, for the message ("Keras").
        """
        slips = tuple(slips)
        who = f"{by} says" if by else "it should be"
        count = 0
        for args in self._each(cases):
            expected = expected_of(reference, args)
            if words := soundness.unsound(expected):
                raise ValueError(f"the reference for {self._asked.text(args)} {words}")
            self._compare(args, expected, slips, who, dtype, rtol, atol)
            count += 1
        if count == 0:
            raise ValueError(f"agrees_with was given no case for {self.name}")
        self.repeats([args])
        tick(
            f"{self.name} agrees with {by or 'the reference'} on {count} "
            f"{'case' if count == 1 else 'cases'} (seed {session_seed()})"
        )
        return self

    def holds(
        self,
        sentence: str,
        predicate: Callable[..., bool],
        cases: Iterable[tuple] = ((),),
        diagnosis: str | None = None,
    ) -> FunctionCheck:
        """Demand a relation between calls: ``predicate(f, *case)`` is true for every case.

        What is demanded of one call's result belongs into `all_hold`.

        Parameters
        ----------
        sentence : str
            The property in words: "twice the image gives twice the feature map".
        predicate : callable
            Takes a function that calls the answer safely (see `call`), and the case.
        cases : iterable of tuple
        diagnosis : str, optional
            What is wrong when it does not hold.
        """
        count = 0
        for args in arguments(cases):
            self._demand(soundness.asked(predicate, self.call, *args), sentence, args, diagnosis)
            count += 1
        self._told(count, sentence)
        return self

    def all_hold(
        self,
        properties: Iterable[tuple],
        cases: Iterable[tuple] = ((),),
        *,
        may_be_empty: bool = False,
    ) -> FunctionCheck:
        """Call once for each case, and demand all properties of that one result.

        Parameters
        ----------
        properties : iterable of (str, callable) or (str, callable, str)
            The property in words; a predicate, which takes the result and the arguments; what is
            wrong when it does not hold.
        cases : iterable of tuple
        may_be_empty : bool
            Whether a result, or a part of it, may be empty.
        """
        properties, count = tuple(properties), 0
        for args in self._each(cases):
            got = self.call(*args, may_be_empty=may_be_empty)
            for sentence, predicate, *diagnosis in properties:
                verdict = soundness.asked(predicate, copied(got), *args)
                self._demand(verdict, sentence, args, *diagnosis)
            count += 1
        for sentence, *_ in properties:
            self._told(count, sentence)
        return self

    def repeats(self, cases: Iterable[tuple], diagnosis: str = CHANGES_ITS_MIND) -> FunctionCheck:
        """Demand that a second call with the same arguments gives what the first one gave."""
        for args in arguments(cases):
            if key_of(args) is None:
                continue
            if difference(self._asked.again(*args), self._asked.first(*args), rtol=0, atol=0):
                raise CheckFailed(
                    f"{self._asked.text(args)}, called again, gives something else.",
                    layer="property",
                    diagnosis=diagnosis,
                )
        return self

    def _each(self, cases: Iterable[tuple]) -> Iterator[tuple]:
        """Yield each case; of some that are there already the next ones are asked for at once."""
        if type(cases) not in (list, tuple):  # what draws a case may ask the answer, too
            yield from arguments(cases)
            return
        cases = list(arguments(cases))
        for k, args in enumerate(cases):
            self._asked.ahead(cases, k)
            yield args

    def _demand(self, verdict: bool, sentence: str, args: tuple, diagnosis: str | None = None):
        if not verdict:
            told = f" ({self._asked.listed(args)})" if args else ""
            raise CheckFailed(
                f"{self.name}: it does not hold that {sentence}{told}.",
                layer="property",
                diagnosis=diagnosis,
                demands=sentence,
            )

    def _told(self, count: int, sentence: str) -> None:
        if count == 0:
            raise ValueError(f"no case was given for {self.name}: {sentence}")
        tick(f"{self.name}: {sentence}")

    def refuses(
        self, args: tuple, error: type[Exception] = ValueError, diagnosis: str = NOT_REFUSED
    ) -> FunctionCheck:
        """Demand that ``f(*args)`` raises `error`."""
        self._asked.bind(args)
        try:
            got = self.answer(*copied(args))
        except NotImplementedError:
            raise
        except error as raised:
            note(self.name, args, Raised(type_name(raised)))
            tick(f"{self._asked.text(args)} raises {error.__name__}")
            return self
        except Exception as other:
            note(self.name, args, Raised(type_name(other)))
            done, cause = f"raises {in_words(other)}", other
        else:
            note(self.name, args, plain(got, lambda: f"The result of {self._asked.text(args)}"))
            done, cause = f"returns {show(got)}", None
        raise CheckFailed(
            f"{self._asked.text(args)} {done}; it should raise {error.__name__}.",
            layer="runs",
            diagnosis=diagnosis,
        ) from cause

    def _compare(self, args, expected, slips, who, dtype, rtol, atol) -> None:
        got = self._asked.first(*args)
        expected = plain(expected, lambda: "the expected value")
        found = difference(got, expected, dtype=dtype, rtol=rtol, atol=atol)
        if found and is_wordless():
            raise CheckFailed("", layer=found.layer)
        if found:
            raise CheckFailed(
                f"{self._asked.text(args)} {found.clause.replace('it should be', who)}.",
                layer=found.layer,
                diagnosis=diagnose(got, expected, slips, args) or soundness.why(got),
            )


def _is(result: Any) -> str:
    """Say what a result is, where that is short."""
    text = show(result)
    return f"is {text}" if len(text) < 60 else "is right"
