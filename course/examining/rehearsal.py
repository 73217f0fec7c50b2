"""Try our own solution, and the student version, to see where each test can be judged."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial

from nbformat import NotebookNode

from course.examining.examine import examine
from course.examining.files import watched
from course.examining.placement import Placement, told_by_text
from course.examining.progress import Limits, Outcome
from course.examining.rebuild import Rebuilt, stub_notebook
from course.notebook.cells import grade_id, is_answer
from course.notebook.exercises import exercises
from course.notebook.versions import solved_version
from course.session import Session

OTHERWISE = "the course's own solution is judged otherwise from outside of its process"
STUB = "the student version is judged otherwise from outside of its process"
OFTEN = "it calls so often what is the student's that it takes {:.0f} times as long from outside"
SLOWER, SECONDS = 10, 1.0  # than inside, and by how much at least
LONG = 5.0  # seconds of a lesson, after which the student version is not tried as well


def placed(
    source: NotebookNode,
    policy: str,
    open_session: Callable[[], AbstractContextManager[Session]],
    limits: Limits | None = None,
) -> Placement:
    """Return where the tests of a source notebook are judged, by what its course allows.

    Parameters
    ----------
    source : NotebookNode
        With solutions and hidden tests.
    policy : str
        One of `course.sections.POLICIES`.
    open_session : callable
        Returns a context manager that gives a session, where something is to be tried.
    limits : Limits, optional
    """
    if policy == "forbid":
        return told_by_text(source, policy)
    return rehearse(source, open_session, limits)


def rehearse(
    source: NotebookNode,
    open_session: Callable[[], AbstractContextManager[Session]],
    limits: Limits | None = None,
) -> Placement:
    """Return where the tests of a source notebook are judged, each tried both ways.

    Parameters
    ----------
    source : NotebookNode
        With solutions and hidden tests.
    open_session : callable
        Returns a context manager that gives a session.
    limits : Limits, optional
    """
    placement = replace(told_by_text(source, "tell"), both=True)
    inside = dict(placement.inside)
    written: set[str] = set()
    answers = frozenset(grade_id(c) for c in source.cells if is_answer(c))

    def tried(rebuilt: Rebuilt, why: str) -> list[Outcome]:
        one = partial(watched, open_session, written) if rebuilt is ours else open_session
        outcomes, _ = examine(rebuilt, one, limits, check_seed=0, placement=placement)
        for outcome in outcomes:
            if reason := _differs(outcome, why):
                inside.setdefault(outcome.exercise.id, reason)
        return [outcome for outcome in outcomes if not outcome.exercise.manual]

    began = time.monotonic()
    ours = Rebuilt(solved_version(source), answers, source, tuple(exercises(source)))
    solved = tried(ours, OTHERWISE)
    if written:
        whole = placement
        placement = replace(placement, written=frozenset(written))
        if _points(tried(ours, OTHERWISE)) != _points(solved):  # it reads them first
            placement = whole
    unsolved = {
        o.exercise.id: o.judgement.message or o.judgement.verdict
        for o in solved
        if o.judgement.verdict not in ("passed", "partial") and o.exercise.points
    }
    if time.monotonic() - began > LONG:
        return Placement(True, inside, unsolved, written=placement.written)
    stub = tried(stub_notebook(source), STUB)
    given = frozenset(o.exercise.id for o in stub if o.judgement.points)
    return Placement(True, inside, unsolved, rehearsed=True, given=given, written=placement.written)


def _points(outcomes: list[Outcome]) -> list[float]:
    return [outcome.judgement.points for outcome in outcomes]


def _differs(outcome: Outcome, why: str) -> str:
    """Return why a test is to be judged inside; empty where it can be judged apart."""
    apart, inside = outcome.apart, outcome.judgement
    if apart is None:
        return inside.inside
    if apart.points != inside.points:
        return why
    if apart.seconds > SECONDS + SLOWER * inside.seconds:
        return OFTEN.format(apart.seconds / max(inside.seconds, 0.01))
    return ""
