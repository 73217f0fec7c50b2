"""Rules on what tests say: to the solution, to the stub, and to every mistake."""
# ruff: noqa: D103  (what a rule demands stands in its decorator)

from __future__ import annotations

from collections.abc import Iterator

from nbformat import NotebookNode

from course.gate.evidence import Evidence, Rehearsed, Trial
from course.gate.findings import Problem, rule
from course.judging.telling import of_own_cell, raised
from course.notebook.cells import is_test, may_raise
from course.notebook.mistakes import Mistake

UNANSWERED = "NotImplementedError"
# What a cell raises that asks its reader something, where nobody is: in a kernel, in a session.
ASKING = ("StdinNotImplementedError", "input() waits for a person")
SLOW = 2.0  # seconds; a busy machine may be slow once


@rule("runs", "the lesson runs from top to bottom")
def find_failing_cells(evidence: Evidence) -> Iterator[Problem]:
    if evidence.stopped:
        yield Problem("", f"The run was stopped: {evidence.stopped}.", "Fix that cell.")
    failed = dict(evidence.failed)
    for cell in evidence.executed.cells:
        if error := _error(cell):
            failed.setdefault(cell.id, error)
    house = bool(evidence.lesson.course.syllabus)
    for cell in evidence.executed.cells:
        if not house and any(asks in failed.get(cell.id, "") for asks in ASKING):
            continue
        if cell.id in failed and not is_test(cell) and not may_raise(cell):
            yield Problem(cell.id, f"The cell raises {failed[cell.id]}.", "Fix it.")


@rule("solution-passes", "the solution scores full marks, whatever the seed")
def find_failing_solutions(evidence: Evidence) -> Iterator[Problem]:
    for found in evidence.tried:
        bad = [t for t in found.solutions if t.judgement.points != found.exercise.points]
        if bad:
            times = f"in {len(bad)} of {len(found.solutions)} runs"
            message = f"The solution scores {bad[0].judgement.points:g} {times}: {_said(bad[0])}"
            yield Problem(found.exercise.id, message, "Fix the solution or the test.")


@rule("stub-scores", "the stub scores nothing")
def find_scoring_stubs(evidence: Evidence) -> Iterator[Problem]:
    for found in evidence.tried:
        if found.stub is not None and _scores(found.stub):
            message = f"The stub scores {found.stub.judgement.points:g} points."
            remedy = "Let the test call what the student is to write."
            yield Problem(found.exercise.id, message, remedy)


@rule("stub-unanswered", "the stub fails with NotImplementedError alone", style=True)
def find_odd_stubs(evidence: Evidence) -> Iterator[Problem]:
    for found in evidence.tried:
        if found.stub is None or _scores(found.stub):
            continue
        judgement, name = found.stub.judgement, found.exercise.id
        raised = found.stub.raised
        if raised and raised[0] != UNANSWERED:
            message = f"The stub's cell raises {raised[0]}: {raised[1][:200]}"
            yield Problem(name, message, f"Let it raise {UNANSWERED} and nothing else.")
        elif not raised and judgement.verdict != "unanswered":
            message = f"The stub's test fails with other words: {_said(found.stub)}"
            yield Problem(name, message, f"Let the test call the stub first: {UNANSWERED} shows.")


@rule("mistake-caught", "every mistake loses points")
def find_missed_mistakes(evidence: Evidence) -> Iterator[Problem]:
    for found, trial in _mistakes(evidence):
        if trial.judgement.points >= found.exercise.points:
            message = f"{_which(trial)} scores full marks."
            yield Problem(found.exercise.id, message, "Test an input on which it goes wrong.")


@rule("mistake-named", "every mistake draws its diagnosis")
def find_unnamed_mistakes(evidence: Evidence) -> Iterator[Problem]:
    for found, trial in _mistakes(evidence):
        lost = trial.judgement.points < found.exercise.points
        said = _said(trial)
        if not lost or trial.mistake.is_named(said):
            continue
        if other := _told_instead(trial, found, said):
            message = f"{_which(trial)} is told by no example from that of line {other.line}."
            remedy = "Put an example on which they differ before the one on which they fail."
        else:
            message = f"{_which(trial)} draws other words: {said}"
            remedy = "Let the test call the answer by helpers.checks, or name the mistake itself."
        yield Problem(found.exercise.id, message, remedy)


@rule("same-verdict", "a student's own kernel gives the verdict that grading gives")
def find_other_verdicts(evidence: Evidence) -> Iterator[Problem]:
    cells = {cell.id: cell for cell in evidence.executed.cells}
    ids = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.id for cell in cells.values()}
    for found in evidence.tried:
        error = _error(cells[ids[found.exercise.id]])
        graded = found.solutions[0].judgement if found.solutions else None
        if graded and (graded.verdict in ("passed", "partial")) == bool(error):
            own = error or "passes"
            message = f"The solution {own} in a notebook; at grading: {graded.verdict}."
            remedy = "Use nothing that only one of the two has, such as a name of a demo cell."
            yield Problem(found.exercise.id, message, remedy)


@rule("grade-cell-silent", "a test writes nothing to stderr", style=True)
def find_noise(evidence: Evidence) -> Iterator[Problem]:
    for cell, output in _test_outputs(evidence):
        if output.output_type == "stream" and output.name == "stderr" and output.text.strip():
            first = output.text.strip().splitlines()[0][:100]
            yield Problem(cell, f"It writes to stderr: {first}", "Avoid the cause of the warning.")


@rule("grade-cell-valueless", "a test shows no value", house=True)
def find_values(evidence: Evidence) -> Iterator[Problem]:
    for cell, output in _test_outputs(evidence):
        if output.output_type == "execute_result":
            shown = output.data.get("text/plain", "")[:60]
            yield Problem(cell, f"It shows the value {shown}.", "End it in a statement.")


@rule("fast-test", f"a test takes less than {SLOW:g} s", style=True)
def find_slow_tests(evidence: Evidence) -> Iterator[Problem]:
    for found in evidence.tried:
        slow = [t.judgement.seconds for t in found.solutions if t.judgement.seconds > SLOW]
        if len(slow) > 1:
            message = f"The test takes {min(slow):.1f} s or more."
            yield Problem(found.exercise.id, message, "Use smaller inputs, or fewer of them.")


def _scores(stub: Trial) -> bool:
    return bool(stub.judgement.points) or stub.judgement.verdict == "passed"


def _mistakes(evidence: Evidence) -> Iterator[tuple[Rehearsed, Trial]]:
    for found in evidence.tried:
        yield from ((found, trial) for trial in found.mistakes)


def _which(trial: Trial) -> str:
    return f"The mistake of line {trial.mistake.line} ({trial.mistake.says!r})"


def _told_instead(trial: Trial, found: Rehearsed, said: str) -> Mistake | None:
    """Return another mistake of the exercise whose words were told in place of this one's."""
    known = (other.mistake for other in found.mistakes if trial.mistake.words)
    return next((mistake for mistake in known if mistake.words and mistake.words in said), None)


def _said(trial: Trial) -> str:
    """Return what a student would read."""
    judgement = trial.judgement
    if judgement.verdict == "failed" and trial.raised and trial.raised[0] != UNANSWERED:
        return of_own_cell(raised(*trial.raised))
    return judgement.message or judgement.verdict


def _error(cell: NotebookNode) -> str:
    errors = [o for o in cell.get("outputs", []) if o.output_type == "error"]
    return f"{errors[0].ename}: {errors[0].evalue[:200]}" if errors else ""


def _test_outputs(evidence: Evidence) -> Iterator[tuple[str, NotebookNode]]:
    """Yield each kind of output of each test once, of all its runs with the solution."""
    outputs = [
        (cell.id, output)
        for cell in evidence.executed.cells
        if is_test(cell)
        for output in cell.outputs
    ]
    for found in evidence.tried:
        for trial in found.solutions:
            outputs += [(found.exercise.id, output) for output in trial.judgement.outputs]
    seen = set()
    for cell, output in outputs:
        key = (cell, output.output_type, output.get("name"))
        if key not in seen:
            seen.add(key)
            yield cell, output
