"""Judge one test cell: apart where that will do, else in the student's own process.

Inside, a test finds what a notebook would hold there: also what the tests above it have bound.
Those are run when something below them reads it, and not before: what the student's process has
not seen it cannot tell.
"""

from __future__ import annotations

from dataclasses import replace

from course.examining.conclusion import deadly_answer
from course.examining.progress import Examination
from course.judging.verdict import Judgement, judge, split_test
from course.notebook.cells import grade_id, is_test
from course.notebook.dependencies import REACHES_ALL
from course.notebook.exercises import Exercise
from course.session import OVER, CellResult, Session

CHANGED = "the student's process holds other data than the lesson's"
SECOND = "the judge outside of the student's process gave less"
SECONDS = 20.0  # to look whether data are as they were


class Inside:
    """The way to tests that run in the session itself.

    Parameters
    ----------
    session : Session
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def test(self, name: str, code: str, timeout: float) -> CellResult:
        """Run a part of a test."""
        return self._session.inside(code, timeout)


def judge_cell(session: Session, state: Examination, i: int) -> bool:
    """Judge the test cell at a position; return False when the session ended over it."""
    cell = state.nb.cells[i]
    exercise = state.exercises[grade_id(cell)]
    if exercise.id in state.judged or state.time_left <= 0:
        return True
    if verdict := deadly_answer(state, exercise):
        state.judged[exercise.id] = verdict
        return True
    if state.placement.lenient and session.judged_apart:
        return _judge_both_ways(session, state, i, exercise)
    judgement = _judge(session, state, i, exercise)
    state.judged[exercise.id] = judgement
    return _goes_on(state, i, judgement)


def _judge_both_ways(session: Session, state: Examination, i: int, exercise: Exercise) -> bool:
    """Judge a test apart, and inside where that is needed or gives less than all points."""
    reason = state.placement.inside.get(exercise.id, "")
    if not reason and exercise.id not in state.apart:
        if session.differs(exercise.id, SECONDS):
            reason = CHANGED
        else:
            judgement = _judge(session, state, i, exercise)
            state.apart[exercise.id] = judgement
            if judgement.verdict == "passed" and not state.placement.both:
                state.judged[exercise.id] = judgement
                return True
            if judgement.verdict in OVER:  # in a new session it is judged inside
                return False
    if not bring_along(session, state, i):
        return False
    judgement = _judge(Inside(session), state, i, exercise)
    state.settled.add(i)
    apart = state.apart.get(exercise.id)
    if apart is not None and apart.points == judgement.points and not state.placement.both:
        kept = judgement if apart.verdict in OVER else apart  # its words come from our checks
        judgement = replace(kept, hid=judgement.hid)
    else:
        judgement = replace(judgement, inside=reason or SECOND)
    state.judged[exercise.id] = judgement
    return _goes_on(state, i, judgement)


def bring_along(session: Session, state: Examination, i: int) -> bool:
    """Run the tests above that bind what a cell reads; return False when the session ended.

    Where tests run in the session anyway, or the course judges nothing inside, there is
    nothing to do.
    """
    if not (state.placement.lenient and session.judged_apart):
        return True
    cells = state.nb.cells
    own = state.names_of(cells[i])
    reads, everything = set(own.read), not own.known or bool(own.read & REACHES_ALL)
    wanted = []
    for k in reversed(range(i)):
        if cells[k].cell_type != "code":
            continue
        names = state.names_of(cells[k])
        if is_test(cells[k]):
            if k in state.settled or k in state.fatal:
                continue
            if everything or not names.known or names.bound & reads:
                wanted.append(k)
                reads |= names.read
        elif k in state.run:
            reads -= names.settled
    for k in reversed(wanted):
        if state.time_left <= 0:
            return True
        result = session.inside(cells[k].source, min(state.limits.test, state.time_left))
        state.settled.add(k)
        state.late.begun |= any(hidden for _, hidden in split_test(cells[k].source))
        if result.status in OVER:
            state.fatal[k] = result.status
            return False
    return True


def _judge(where: Session | Inside, state: Examination, i: int, exercise: Exercise) -> Judgement:
    cell, limit = state.nb.cells[i], min(state.limits.test, state.time_left)
    late = state.late.begun
    judgement = judge(where, exercise.id, cell.source, exercise.points, timeout=limit, late=late)
    state.late.begun |= judgement.hid
    state.keep(i, list(judgement.outputs))
    for output in cell.outputs:
        if output.output_type == "error":
            state.miss(output.ename, output.evalue)
    return judgement


def _goes_on(state: Examination, i: int, judgement: Judgement) -> bool:
    if judgement.verdict in OVER:
        state.fatal[i] = judgement.verdict
        return False
    return True
