"""Which known mistake gives all that a test has seen of an answer.

A mistake is run in the answer's place, through the parts of the test that were run, and no further
than it gives what the answer gave. What it is compared with are notes: nothing of the student's is
called again. What a mistake gives first is remembered: most differ from an answer in that, and need
not be run again.
"""

from __future__ import annotations

import contextlib
import copy
import io
import random
import signal
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any

from helpers.checks.comparison import NUMBERS
from helpers.checks.failure import CheckFailed
from helpers.checks.likeness import alike, by_type
from helpers.checks.seen import Notes, Odd, Raised, Seen, noted_in

import numpy as np

from course.judging.copying import fresh
from course.notebook.dependencies import names_in
from course.notebook.syntax import parse

SECONDS = 3.0  # of the processor's time, for all mistakes of a test together
FIRST = 2  # outcomes of a mistake that are remembered
SMALL = 2**16  # bytes of one


@dataclass(frozen=True)
class Failed:
    """A test that found something wrong.

    Attributes
    ----------
    parts : tuple of str
        The parts of the test that were run, the last of them to the check that failed.
    seen : tuple of Seen
    layer : str
        At which it failed.
    """

    parts: tuple[str, ...]
    seen: tuple[Seen, ...]
    layer: str


class Known:
    """The known mistakes of a lesson.

    Parameters
    ----------
    known : mapping
        By the name of a test, as in `course.notebook.provenance.Script`.
    """

    def __init__(self, known: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self._known = known
        self._begun: dict[tuple, list[Any]] = defaultdict(list)

    def explain(
        self,
        test: str,
        failed: Failed,
        space: Mapping[str, Any],
        seconds: float,
        *,
        seed: str | None = None,
    ) -> int | None:
        """Return the number of the first mistake that gives all that was seen, or None.

        Parameters
        ----------
        test : str
        failed : Failed
        space : mapping
            The names of ours that the test finds.
        seconds : float
            That it may take, at most.
        seed : str, optional
            Of the test's cases, where nothing else tells this run from the next one with it.
        """
        with _unnoticed(), contextlib.suppress(_TooLong), _limit(min(seconds, SECONDS)):
            for number, mistake in enumerate(self._known.get(test, ())):
                begun = [] if seed is None else self._begun[test, number, failed.parts, seed]
                if _gives(mistake, failed, space, begun):
                    return number
        return None


def failing_check(
    mistake: Mapping[str, Any], parts: Sequence[str], space: Mapping[str, Any], notes: Notes
) -> CheckFailed | None:
    """Run a mistake through parts of its test, and return the check that fails; None if none does.

    Parameters
    ----------
    mistake : mapping
        One of those in `course.notebook.provenance.Script.known`.
    parts : sequence of str
    space : mapping
        The names of ours that the test finds.
    notes : Notes
        Who is told what the test sees.
    """
    texts = (*mistake["before"], mistake["code"], *parts)
    read = set().union(*(names_in(text).read for text in texts))
    names = {name: fresh(x) if name in read else x for name, x in space.items()}
    with noted_in(notes):
        try:
            for text in texts:
                exec(_compiled(text), names)
        except CheckFailed as failed:
            return failed
        except Exception:  # the test fails over it in a way of its own: no check says anything
            return None
    return None


def _gives(
    mistake: Mapping[str, Any], failed: Failed, space: Mapping[str, Any], begun: list[Any]
) -> bool:
    """Tell whether a mistake fails at the same check, after giving the same.

    `begun` holds what it gave first, as far as that is known, and is gone on with.
    """
    notes = _Following(failed, begun)
    if not notes.may_be():
        return False
    try:
        check = failing_check(mistake, failed.parts, space, notes)
    except _Parted:
        return False
    return check is not None and check.layer == failed.layer and notes.at_end


class _Parted(BaseException):
    """A mistake gives something else than the answer gave: no check may catch that."""


class _TooLong(BaseException):
    """The time for mistakes is up."""


class _Following:
    """Notes that must be those of another run, as far as they go."""

    wordless = True

    def __init__(self, failed: Failed, begun: list[Any]) -> None:
        self._failed = failed
        self._begun = begun
        self._count = 0

    @property
    def at_end(self) -> bool:
        """Whether there is one for each of the other's, and there are any."""
        return 0 < self._count == len(self._failed.seen)

    def may_be(self) -> bool:
        """Tell whether what is known already is the same."""
        return all(self._is_same(k, outcome) for k, outcome in enumerate(self._begun))

    def add(self, seen: Seen) -> None:
        """Compare the next one."""
        if self._count == len(self._begun) < FIRST and _is_small(seen.outcome):
            self._begun.append(copy.deepcopy(seen.outcome))
        if not self._is_same(self._count, seen.outcome):
            raise _Parted
        self._count += 1

    def _is_same(self, k: int, outcome: Any) -> bool:
        there = self._failed.seen
        if k >= len(there):
            return False
        typed = k == len(there) - 1 and by_type(self._failed.layer)
        of_value = there[k].args is None
        return alike(outcome, there[k].outcome, typed=typed, of_value=of_value)


def _is_small(outcome: Any) -> bool:
    """Tell whether an outcome can be kept; one that holds others may hold much."""
    if isinstance(outcome, np.ndarray):
        return outcome.nbytes <= SMALL and not outcome.dtype.hasobject
    return isinstance(outcome, (*NUMBERS, Raised, Odd, type(None)))


@lru_cache(maxsize=512)
def _compiled(text: str) -> CodeType:
    return compile(parse(text), "<a known mistake>", "exec")


@contextlib.contextmanager
def _unnoticed() -> Iterator[None]:
    """Show nothing, and leave the random generators where they were."""
    mine, numpys = random.getstate(), np.random.get_state()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            yield
        finally:
            random.setstate(mine)
            np.random.set_state(numpys)


@contextlib.contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """Raise `_TooLong` after some seconds of the processor's time, where the system can tell."""
    if seconds <= 0:
        raise _TooLong
    here = threading.current_thread() is threading.main_thread()
    if not here or not hasattr(signal, "SIGPROF"):
        yield
        return

    def end(*_: Any) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
