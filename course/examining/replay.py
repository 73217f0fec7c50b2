"""Run a student's cells once more without any hidden test, for what is told of them.

A function that a hidden test calls learns that test's input, and may note it. So from the first
hidden part on nothing of that process is shown to a student. An honest student loses nothing by
it: where something is to be told that came later, the same cells run in a new session in which no
hidden test calls anything, and what they print, raise and return there is told. Verdicts and points
are never taken from it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

from course.examining.leading import leading
from course.examining.progress import Examination
from course.harmless import shown
from course.judging.verdict import Judgement, judge, visible_part
from course.notebook.cells import grade_id, is_test
from course.notebook.provenance import Script
from course.session import OVER, Session


def run_again(
    state: Examination,
    open_session: Callable[[], AbstractContextManager[Session]],
    script: Script,
    seed: int,
) -> None:
    """Run again what leads to something that was left out, and tell it; else do nothing."""
    cells = state.nb.cells
    silent = {i for i in state.late.cells if cells[i].outputs}
    tests = {
        i
        for i, cell in enumerate(cells)
        if is_test(cell) and grade_id(cell) in state.judged and _withheld(state, i)
    }
    if not silent | tests:
        return
    left_out = set(state.fatal) - state.late.ends
    try:
        for _ in range(state.limits.restarts + 1):
            with open_session() as session:
                session.check_seed = seed
                head = leading(cells, state.ever_run - left_out)
                session.begin(script, [state.texts[i] for i in head])
                ready = set(head[: len(session.ran)])
                end = _run_to(max(silent | tests), session, state, tests, left_out | ready)
            if end is None:
                break
            left_out.add(end)
    except Exception:  # verdicts stand already: what cannot be had again stays left out
        pass
    for i in silent:
        found = state.late.again.get(i)
        shown.show_instead(cells[i], None if found is None else found.outputs)


def _withheld(state: Examination, i: int) -> bool:
    return state.judged[grade_id(state.nb.cells[i])].withheld


def _run_to(
    last: int, session: Session, state: Examination, tests: set[int], left_out: set[int]
) -> int | None:
    """Run cells; return the position of the one that has ended the session, if one has."""
    for i, cell in enumerate(state.nb.cells[: last + 1]):
        if i not in state.ever_run or i in left_out:
            continue
        if state.time_left <= 0:
            return None
        if is_test(cell):
            if i in tests and not _ask(session, state, i):
                return i
            continue
        limit = state.limits.answer if i in state.late.cells else state.limits.lecture
        told = i in state.late.cells or state.placement.lenient
        result = session.run(state.texts[i], min(limit, state.time_left), pictures=told)
        if result.status in OVER:
            return i
        if i in state.late.cells:
            state.late.again[i] = result
    return None


def _ask(session: Session, state: Examination, i: int) -> bool:
    """Run the visible part of a test; where it fails as it did before, tell what it found."""
    cell = state.nb.cells[i]
    exercise = state.exercises[grade_id(cell)]
    before = state.judged[exercise.id]
    limit = min(state.limits.test, state.time_left)
    visible = visible_part(cell.source)
    now = judge(session, exercise.id, visible, exercise.points, timeout=limit)
    if now.verdict == "failed" and not now.hid and _kind(now) == _kind(before):
        state.judged[exercise.id] = replace(before, message=now.message, withheld=False)
    return now.verdict not in OVER


def _kind(judgement: Judgement) -> tuple:
    """Return how a test failed, without any value."""
    result = judgement.result
    failure = result.failure
    found = (failure.layer, failure.diagnosis) if failure else ()
    return result.error[0] if result.error else "", found
