"""Examine one rebuilt notebook: run its cells in order and judge its exercises.

When a cell kills or hangs the session, it gets its verdict, a fresh session replays what
came before without it, and the rest is examined.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output

from course.budgets import EXAMINED_OUTPUTS
from course.judge import OUT_OF_MEMORY, UNANSWERED, Judgement, judge
from course.needs import Names, needed
from course.notebooks import (
    DEMO,
    Exercise,
    code_cells,
    exercises,
    grade_id,
    is_answer,
    is_test,
    tags,
)
from course.outputs import TOO_MUCH, size_of
from course.provenance import Script, write_script
from course.reading import names_of
from course.rebuild import ADDED, Rebuilt
from course.replay import Late, run_again
from course.session import OVER, CellResult, Session
from course.telling import raised, raised_late

OpenSession = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True)
class Limits:
    """Seconds that things may take.

    Attributes
    ----------
    lecture : float
        A cell of ours; the first one imports TensorFlow.
    answer : float
        A cell of the student's.
    test : float
        A part of a test cell.
    whole : float
        All of a notebook's cells together.
    restarts : int
        How often a session is replaced.
    """

    lecture: float = 300
    answer: float = 30
    test: float = 30
    whole: float = 900
    restarts: int = 8


@dataclass(frozen=True)
class Outcome:
    """An exercise and its judgement."""

    exercise: Exercise
    judgement: Judgement


@dataclass
class Examination:
    """The state of one examination: what has been run, judged, and found deadly."""

    nb: NotebookNode
    exercises: dict[str, Exercise]
    answered: frozenset[str]
    limits: Limits
    judged: dict[str, Judgement] = field(default_factory=dict)
    errors: dict[str, CellResult] = field(default_factory=dict)
    fatal: dict[int, str] = field(default_factory=dict)
    run: set[int] = field(default_factory=set)
    ever_run: set[int] = field(default_factory=set)
    names: dict[str, Names] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    late: Late = field(default_factory=Late)
    name_missed: bool = False
    broken: str = ""
    students_ran: bool = False
    ended_often: bool = False
    began: float = field(default_factory=time.monotonic)

    @property
    def time_left(self) -> float:
        """Seconds until the whole notebook's limit."""
        return self.limits.whole - (time.monotonic() - self.began)

    def keep(self, i: int, outputs: list[NotebookNode]) -> None:
        """Keep a cell's outputs, where all cells' together are not too large for it."""
        self.sizes[i] = size_of(outputs)
        if sum(self.sizes.values()) > EXAMINED_OUTPUTS:
            outputs = [output for output in outputs if output.output_type == "error"]
            outputs = [*outputs, new_output("stream", name="stderr", text=TOO_MUCH)]
            self.sizes[i] = size_of(outputs)
        self.nb.cells[i].outputs = outputs


def examine(
    rebuilt: Rebuilt,
    open_session: OpenSession,
    limits: Limits | None = None,
    *,
    check_seed: int | None = None,
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
    whole : bool
        Run every cell of the lesson, as happens by itself where a name was missed.

    Returns
    -------
    outcomes : list of Outcome
        One for each exercise, in order.
    nb : NotebookNode
        The notebook with its outputs.
    """
    nb = nbformat.from_dict(rebuilt.nb)
    found = exercises(nb)
    state = Examination(nb, {e.id: e for e in found}, rebuilt.answered, limits or Limits())
    state.names = names_of(c.source for c in nb.cells if _is_students_own(c, rebuilt.answered))
    for exercise in found:
        if exercise.manual:
            state.judged[exercise.id] = _by_hand(exercise, rebuilt.answered)
    for exercise in _left_alone(state):
        state.judged[exercise.id] = Judgement("unanswered", 0.0, UNANSWERED)
    script = write_script(rebuilt.source, whole=whole)
    seed = secrets.randbelow(2**31) if check_seed is None else check_seed
    for _ in range(state.limits.restarts + 1 if len(state.judged) < len(found) else 0):
        asked = time.monotonic()
        with open_session() as session:
            session.check_seed = seed
            for failed in session.begin(script):
                state.broken = _broken(*failed)
            state.began += time.monotonic() - asked  # what we take to begin is no student's time
            state.run = _cells_to_run(state, script, session.judged_apart, whole)
            state.ever_run |= state.run
            if _run_through(session, state):
                break
    else:
        state.ended_often = len(state.judged) < len(found)
    if state.name_missed and not whole:
        return examine(rebuilt, open_session, limits, check_seed=check_seed, whole=True)
    run_again(state, open_session, script, seed)
    return [Outcome(e, _finish(state, e)) for e in found], state.nb


def _by_hand(exercise: Exercise, answered: frozenset[str]) -> Judgement:
    if not exercise.answers or exercise.answers[0] in answered:
        return Judgement("manual", 0.0, "A person grades this answer.")
    return Judgement("unanswered", 0.0, UNANSWERED)


def _left_alone(state: Examination) -> list[Exercise]:
    """Return the exercises whose answers are as released: what raises need not be run to tell.

    Where the student added cells, an answer may stand in any of them.
    """
    cells = state.nb.cells
    if any(ADDED in tags(cell) for cell in cells):
        return []
    raising = {grade_id(c) for c in cells if is_answer(c) and "raise NotImplemented" in c.source}
    own = {e.id: set(e.answers) for e in state.exercises.values() if e.answers and not e.manual}
    alone = {name for name, answers in own.items() if answers <= raising - state.answered}
    return [state.exercises[name] for name in own if name in alone]


def _cells_to_run(state: Examination, script: Script, apart: bool, whole: bool) -> set[int]:
    """Return the positions of the cells to be run; those tagged `demo` are none of them.

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
    if whole:
        return ours | tests
    if not apart:
        return (needed(cells, graded | tests, state.names) & ours) | tests
    order = sorted(ours)
    places = [k for k, i in enumerate(order) if i in graded]
    kept = needed([cells[i] for i in order], places, state.names)
    return {order[k] for k in kept} | tests


def _is_students(cell: NotebookNode) -> bool:
    return is_answer(cell) or ADDED in tags(cell)


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
            alive = _judge_cell(session, state, i, cell)
        else:
            alive = _run_cell(session, state, i, cell)
        if not alive:
            return False
    return True


def _run_cell(session: Session, state: Examination, i: int, cell: NotebookNode) -> bool:
    students = _is_students(cell)
    limit = state.limits.answer if students else state.limits.lecture
    if state.time_left <= 0:
        state.fatal[i] = "timeout"
        return True
    state.students_ran |= students
    result = session.run(cell.source, min(limit, state.time_left))
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
        state.name_missed |= (result.error or ("",))[0] == "NameError"
        if is_answer(cell):
            state.errors[grade_id(cell)] = result
        elif not students and not state.students_ran:
            # Later on, what a student did can make a cell of ours fail; before that it is us.
            state.broken = _broken(cell.id, *(result.error or ("Error", "")))
    return True


def _broken(cell: str, name: str, text: str) -> str:
    return f"Cell {cell} of the lesson itself fails ({raised(name, text)})."


def _judge_cell(session: Session, state: Examination, i: int, cell: NotebookNode) -> bool:
    exercise = state.exercises[grade_id(cell)]
    if exercise.id in state.judged or state.time_left <= 0:
        return True
    if verdict := _deadly_answer(state, exercise):
        state.judged[exercise.id] = verdict
        return True
    limit = min(state.limits.test, state.time_left)
    late = state.late.begun
    judgement = judge(session, exercise.id, cell.source, exercise.points, timeout=limit, late=late)
    state.late.begun |= judgement.hid
    state.keep(i, list(judgement.outputs))
    state.name_missed |= any("NameError" in _names(output) for output in cell.outputs)
    state.judged[exercise.id] = judgement
    if judgement.verdict in OVER:
        state.fatal[i] = judgement.verdict
        return False
    return True


def _names(output: NotebookNode) -> str:
    """Return the exception that an output tells of, in whatever words."""
    return f"{output.ename}: {output.evalue}" if output.output_type == "error" else ""


def _deadly_answer(state: Examination, exercise: Exercise) -> Judgement | None:
    """Return the verdict of an exercise whose own cell ended the session."""
    for i, verdict in state.fatal.items():
        if grade_id(state.nb.cells[i]) in exercise.answers:
            words = {
                "timeout": f"Your cell was stopped after {state.limits.answer:.0f} s: is there an "
                "endless loop, or a training that belongs elsewhere?",
                "killed": "The Python process ended in your cell: does it use up the memory, or "
                "end the process?",
                "memory": "Your cell was stopped: it used up the memory.",
            }
            return Judgement(verdict, 0.0, words[verdict])
    return None


def _finish(state: Examination, exercise: Exercise) -> Judgement:
    """Turn what was judged into what is said."""
    judgement = state.judged.get(exercise.id)
    if judgement is None and state.time_left > 0 and state.ended_often:
        message = "Other cells ended the Python process so often that this one was not reached."
        return Judgement("killed", 0.0, message)
    if judgement is None:
        message = f"The notebook was stopped after {state.limits.whole:.0f} s in all."
        return Judgement("timeout", 0.0, message)
    if judgement.verdict not in ("failed", "unanswered") or exercise.manual:
        return judgement
    own = [name for name in exercise.answers if name in state.answered]
    if not own and exercise.answers:
        return _said(judgement, "unanswered", UNANSWERED)
    for name in own:
        error = state.errors[name].error if name in state.errors else None
        if error and error[0] in OUT_OF_MEMORY:
            return _said(judgement, "memory", f"The memory ran out in your cell ({error[0]}).")
        if error and error[0] != "NotImplementedError":
            return _said(judgement, "failed", f"Your cell raises {_raised(state, name)}")
    if judgement.verdict == "unanswered":
        words = "There is still a `raise NotImplementedError` in the answer: take it out."
        return _said(judgement, "unanswered", words)
    if state.broken:
        return _said(judgement, "error", state.broken)
    return judgement


def _raised(state: Examination, name: str) -> str:
    """Return what is told of the exception of an answer's own cell."""
    place = next(i for i, cell in enumerate(state.nb.cells) if grade_id(cell) == name)
    error = state.errors[name].error
    if place not in state.late.cells:
        return raised(*error)
    again = state.late.again.get(place)
    same = again is not None and again.error is not None and again.error[0] == error[0]
    return raised(*again.error) if same else raised_late(error[0])


def _said(judgement: Judgement, verdict: str, message: str) -> Judgement:
    return Judgement(verdict, 0.0, message, judgement.outputs, judgement.seconds)
