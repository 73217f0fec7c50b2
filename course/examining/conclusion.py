"""What an examination comes to for one exercise, and in which words it is told."""

from __future__ import annotations

from dataclasses import replace

from course.examining.progress import Examination
from course.judging.telling import of_own_cell, raised, raised_late
from course.judging.verdict import OUT_OF_MEMORY, UNANSWERED, Judgement
from course.notebook.cells import grade_id, is_answer
from course.notebook.exercises import Exercise

STILL_RAISES = "There is still a `raise NotImplementedError` in the answer: take it out."
STILL_NONE = "The answer is still None: put your own in its place."
LEANS = "This answer leans on “{}”, which does not hold yet: begin there."
UNSOLVED = "The course's own solution does not pass this test on this machine: {}"


def conclude(state: Examination, exercise: Exercise) -> Judgement:
    """Turn what was judged into what is said."""
    judgement = state.judged.get(exercise.id)
    if judgement is None and state.time_left > 0 and state.ended_often:
        message = "Other cells ended the Python process so often that this one was not reached."
        return Judgement("killed", 0.0, message)
    if judgement is None:
        message = f"The notebook was stopped after {state.whole:.0f} s in all."
        return Judgement("timeout", 0.0, message)
    if judgement.verdict not in ("failed", "unanswered") or exercise.manual:
        return judgement
    own = [name for name in exercise.answers if name in state.answered]
    if not own and exercise.answers:
        return _said(judgement, "unanswered", UNANSWERED)
    if reason := state.placement.unsolved.get(exercise.id):
        return _said(judgement, "error", UNSOLVED.format(reason))
    for name in own:
        error = state.errors[name].error if name in state.errors else None
        if error and error[0] in OUT_OF_MEMORY:
            return _said(judgement, "memory", f"The memory ran out in your cell ({error[0]}).")
        if error and error[0] != "NotImplementedError":
            return _said(judgement, "failed", of_own_cell(_raised(state, name)))
    leans = _leans_on(state, own)
    if judgement.verdict == "unanswered":
        texts = [cell.source for cell in state.nb.cells if grade_id(cell) in own]
        still = any("raise NotImplemented" in text for text in texts)
        words = STILL_RAISES if still else leans or STILL_NONE
        return _said(judgement, "unanswered", words)
    if state.broken and not state.placement.lenient:
        return _said(judgement, "error", state.broken)
    failure = judgement.result and judgement.result.failure
    if leans and not (failure and failure.mistake):
        return replace(judgement, message=f"{judgement.message}\n{leans}")
    return judgement


def _leans_on(state: Examination, own: list[str]) -> str:
    """Say which earlier exercise an answer reads a name of that does not hold; else nothing."""
    cells = {grade_id(c): c for c in state.nb.cells if is_answer(c) and c.cell_type == "code"}
    read = set().union(*(state.names_of(cells[name]).read for name in own if name in cells))
    for exercise in state.exercises.values():
        judgement = state.judged.get(exercise.id)
        bad = judgement is not None and judgement.verdict not in ("passed", "partial", "manual")
        if not bad or set(own) & set(exercise.answers):
            continue
        bound = set().union(
            *(state.names_of(cells[n]).bound for n in exercise.answers if n in cells)
        )
        if bound & read:
            return LEANS.format(exercise.title)
    return ""


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
    at, seconds = judgement.outputs, judgement.seconds
    return Judgement(verdict, 0.0, message, at, seconds, inside=judgement.inside)


def deadly_answer(state: Examination, exercise: Exercise) -> Judgement | None:
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


def by_hand(exercise: Exercise, answered: frozenset[str]) -> Judgement:
    """Return the verdict of what a person marks."""
    if not exercise.answers or exercise.answers[0] in answered:
        return Judgement("manual", 0.0, "A person grades this answer.")
    return Judgement("unanswered", 0.0, UNANSWERED)


def broken(cell: str, name: str, text: str) -> str:
    """Say which cell of ours fails, and how."""
    return f"Cell {cell} of the lesson itself fails ({raised(name, text)})."
