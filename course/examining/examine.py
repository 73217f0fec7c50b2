"""Examine one rebuilt notebook: run its cells in order and judge its exercises.

When a cell kills or hangs the session, it gets its verdict, a fresh session replays what
came before without it, and the rest is examined.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from nbformat import NotebookNode

from course.examining.conclusion import broken, by_hand, conclude
from course.examining.deciding import bring_along, judge_cell
from course.examining.files import take_away
from course.examining.leading import is_students, leading
from course.examining.placement import APART, Placement
from course.examining.progress import ANY, Examination, Limits, Outcome
from course.examining.reading import names_of
from course.examining.rebuild import ADDED, Rebuilt
from course.examining.replay import run_again
from course.judging.verdict import UNANSWERED, Judgement
from course.notebook.cells import (
    DEMO,
    RAISES,
    code_cells,
    copied,
    grade_id,
    is_answer,
    is_test,
    tags,
)
from course.notebook.dependencies import names_in, needed
from course.notebook.exercises import Exercise
from course.notebook.mistakes import Mistake
from course.notebook.provenance import Script, write_script
from course.notebook.slicing import texts_needed
from course.session import OVER, Session

OpenSession = Callable[[], AbstractContextManager[Session]]


def examine(
    rebuilt: Rebuilt,
    open_session: OpenSession,
    limits: Limits | None = None,
    *,
    check_seed: int | None = None,
    placement: Placement = APART,
    mistakes: Iterable[Mistake] = (),
    whole: bool = False,
) -> tuple[list[Outcome], NotebookNode]:
    """Run what the grading of a rebuilt notebook needs, and judge its exercises.

    Parameters
    ----------
    rebuilt : Rebuilt
    open_session : callable
        Returns a context manager that gives a `Session`.
    limits : Limits, optional
    check_seed : int, optional
        Seed of the tests' random cases; a number that nobody can foresee when left out.
    placement : Placement, optional
        Where each test is judged; all of them apart when left out.
    mistakes : iterable of Mistake
        The known ones of the section.
    whole : bool
        Run every cell of the lesson, as happens by itself where a name was missed.

    Returns
    -------
    outcomes : list of Outcome
        One for each exercise, in order.
    nb : NotebookNode
        The notebook with its outputs.
    """
    nb, found = copied(rebuilt.nb), rebuilt.exercises
    limits = limits or Limits()
    state = Examination(nb, {e.id: e for e in found}, rebuilt.answered, limits, placement)
    state.names = names_of(c.source for c in nb.cells if _is_students_own(c, rebuilt.answered))
    for exercise in found:
        if exercise.manual:
            state.judged[exercise.id] = by_hand(exercise, rebuilt.answered)
        elif reason := placement.forbidden(exercise.id):
            state.judged[exercise.id] = Judgement("error", 0.0, reason)
    for exercise in _left_alone(state):
        state.judged[exercise.id] = Judgement("unanswered", 0.0, UNANSWERED)
    meant = {cell.id for cell in nb.cells if RAISES in tags(cell)}
    script = write_script(rebuilt.source, mistakes, whole=whole)
    seed = secrets.randbelow(2**31) if check_seed is None else check_seed
    sessions = state.limits.restarts * state.tries + 1
    for _ in range(sessions if len(state.judged) < len(found) else 0):
        asked = time.monotonic()
        with open_session() as session:
            session.check_seed = seed
            apart = session.judged_apart and not placement.lenient
            texts = _cells_to_run(state, script, apart, whole)
            state.run = set(texts)
            state.texts |= texts
            head = [] if placement.written else leading(nb.cells, state.run - state.fatal.keys())
            told = session.begin(script, [texts[i] for i in head])
            state.ready = dict(zip(head, session.ran, strict=False))
            if placement.written:
                session.run(take_away(placement.written), limits.lecture)
            state.began += time.monotonic() - asked  # what we take to begin is no student's time
            state.settled.clear()
            state.ever_run |= state.run
            reached = _run_through(session, state)
            for failed in told:
                if failed[0] not in meant:
                    state.broken = broken(*failed)
            if reached:
                break
    else:
        state.ended_often = len(state.judged) < len(found)
    if not whole and _was_left_out(state, script):
        again = {"check_seed": check_seed, "placement": placement, "mistakes": mistakes}
        return examine(rebuilt, open_session, limits, **again, whole=True)
    run_again(state, open_session, script, seed)
    return [Outcome(e, conclude(state, e), state.apart.get(e.id)) for e in found], state.nb


def _was_left_out(state: Examination, script: Script) -> bool:
    """Tell whether a name was missed that a cell binds which was not run."""
    if ANY in state.missed:
        return True
    there = {cell for cell, _ in script.cells} | script.dependent
    return bool(state.missed) and any(
        names_in(cell.source).bound & state.missed
        for i, cell in code_cells(state.nb)
        if not (is_students(cell) or is_test(cell) or DEMO in tags(cell))
        and (state.texts.get(i) != cell.source or cell.id not in there)
    )


def _left_alone(state: Examination) -> list[Exercise]:
    """Return the exercises whose answers are as released: what raises need not be run to tell.

    Where the student added cells, an answer may stand in any of them.
    """
    cells = state.nb.cells
    if any(ADDED in tags(cell) for cell in cells):
        return []
    raising = {grade_id(c) for c in cells if is_answer(c) and "raise NotImplemented" in c.source}
    given = state.placement.given
    if state.placement.lenient and not state.placement.rehearsed:
        return []  # the student version may pass
    own = {
        e.id: set(e.answers)
        for e in state.exercises.values()
        if e.answers and not e.manual and e.id not in given
    }
    alone = {name for name, answers in own.items() if answers <= raising - state.answered}
    return [state.exercises[name] for name in own if name in alone - state.judged.keys()]


def _cells_to_run(state: Examination, script: Script, apart: bool, whole: bool) -> dict[int, str]:
    """Return the positions of the cells to be run, and their texts; `demo` ones are none of them.

    Where tests run apart, they have what they need of our cells there already.
    """
    cells = state.nb.cells
    code = {i for i, c in code_cells(state.nb) if DEMO not in tags(c)}
    open_ = {name for name, e in state.exercises.items() if name not in state.judged}
    answers = {name for e in open_ for name in state.exercises[e].answers}
    tests = {i for i in code if is_test(cells[i]) and grade_id(cells[i]) in open_}
    graded = {
        i
        for i in code
        if ADDED in tags(cells[i])
        or (is_answer(cells[i]) and grade_id(cells[i]) in answers)
        or (apart and cells[i].id in script.dependent)
    }
    ours = code - {i for i in code if is_test(cells[i])}
    if whole or not apart:
        kept = ours if whole else needed(cells, graded | tests, state.names) & ours
        return {i: cells[i].source for i in kept | tests}
    order = sorted(ours)
    places = [k for k, i in enumerate(order) if i in graded]
    # What a student wrote is not taken apart here: that would be parsed, and kept for the next one.
    entire = [k for k, i in enumerate(order) if RAISES in tags(cells[i]) or is_students(cells[i])]
    found = texts_needed([cells[i] for i in order], places, state.names, entire)
    return {order[k]: text for k, text in found.items()} | {i: cells[i].source for i in tests}


def _is_students_own(cell: NotebookNode, answered: frozenset[str]) -> bool:
    """Tell whether a student wrote a code cell's text."""
    own = ADDED in tags(cell) or (is_answer(cell) and grade_id(cell) in answered)
    return own and cell.cell_type == "code"


def _run_through(session: Session, state: Examination) -> bool:
    """Run the cells in order; return False when the session ended on the way."""
    for i, cell in enumerate(state.nb.cells):
        if i not in state.run or i in state.fatal:
            continue
        if is_test(cell):
            alive = judge_cell(session, state, i)
        else:
            alive = bring_along(session, state, i) and _run_cell(session, state, i, cell)
        if not alive:
            return False
    return True


def _run_cell(session: Session, state: Examination, i: int, cell: NotebookNode) -> bool:
    students = is_students(cell)
    limit = state.limits.answer if students else state.limits.lecture
    if state.time_left <= 0:
        state.fatal[i] = "timeout"
        return True
    state.students_ran |= students
    drawn = students or state.placement.lenient  # a picture of ours tells nobody anything
    limit = min(limit, state.time_left)
    result = state.ready.get(i) or session.run(state.texts[i], limit, pictures=drawn)
    state.keep(i, result.outputs)
    if students:
        state.late.ran(i)
    if is_answer(cell):
        state.errors.pop(grade_id(cell), None)
    if result.status in OVER:
        state.fatal[i] = result.status
        state.late.ended(i)
        return False
    if result.status == "error":
        state.miss(*(result.error or ("", "")))
        if is_answer(cell):
            state.errors[grade_id(cell)] = result
        elif not students and not state.students_ran and RAISES not in tags(cell):
            # Later on, what a student did can make a cell of ours fail; before that it is us.
            state.broken = broken(cell.id, *(result.error or ("Error", "")))
    return True
