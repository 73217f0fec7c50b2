"""Try every exercise in one session: the stub, each mistake, then the solution.

The session and the judge are those of grading. Cells before the exercise run once. An
answer that kills or hangs the session costs a new one, in which what came before runs again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, ExitStack

from nbformat import NotebookNode

from course.examining.progress import Limits
from course.gate.evidence import Evidence, Rehearsed, Trial
from course.gate.giveaways import Probe, questions
from course.judging.verdict import Judgement, judge
from course.notebook.cells import DEMO, grade_id, is_answer, is_test, tags
from course.notebook.exercises import exercises
from course.notebook.mistakes import Mistake
from course.notebook.provenance import write_script
from course.notebook.versions import solved_version
from course.session import OVER, CellResult, Session

OpenSession = Callable[[], AbstractContextManager[Session]]
SEEDS = (11, 22, 33)


class Rehearsal:
    """One notebook in rehearsal.

    Parameters
    ----------
    nb : NotebookNode
        With solutions and hidden tests.
    open_session : callable
        Returns a context manager that gives a session.
    probe : Probe
        Looks for answers in what students can import.
    limits : Limits, optional
    mistakes : iterable of Mistake
        The known ones of the section.
    """

    def __init__(
        self,
        nb: NotebookNode,
        open_session: OpenSession,
        probe: Probe,
        limits: Limits | None = None,
        mistakes: Iterable[Mistake] = (),
    ) -> None:
        self._mistakes = tuple(mistakes)
        self._open = open_session
        self._probe = probe
        self._limits = limits or Limits()
        self._stack = ExitStack()
        self._session: Session | None = None
        self._history: list[str] = []
        solved = solved_version(nb)
        self._cells = [c for c in solved.cells if c.cell_type == "code" and DEMO not in tags(c)]
        self._script = write_script(nb, self._mistakes, whole=True)
        self._seed = SEEDS[0]
        self._failed: dict[str, str] = {}  # cells of ours, in the judge's process
        self._exercises = {e.id: e for e in exercises(nb) if not e.manual}

    def run(
        self,
        evidence: Evidence,
        stubs: NotebookNode,
        report: Callable[[], None] = lambda: None,
    ) -> None:
        """Add to `evidence` what comes of every exercise.

        Parameters
        ----------
        evidence : Evidence
        stubs : NotebookNode
            The student version.
        report : callable
            Called after each exercise.
        """
        released = {grade_id(c): c.source for c in stubs.cells if is_answer(c)}
        with self._stack:
            for part in self._parts():
                tests = [self._exercises[grade_id(c)] for c in part if is_test(c)]
                found = {exercise.id: Rehearsed(exercise) for exercise in tests}
                names = {grade_id(c) for c in part if is_answer(c)}
                if tests and names:
                    answers = {name: released[name] for name in names}
                    for name, trial in self._try(part, answers).items():
                        found[name].stub = trial
                for mistake in (m for m in self._mistakes if tests and m.exercise in names):
                    answers = {mistake.exercise: mistake.code}
                    for name, trial in self._try(part, answers, mistake).items():
                        found[name].mistakes.append(trial)
                self._solve(part, found, evidence)
                for cell in filter(is_test, part):
                    asked = questions(self._exercises[grade_id(cell)], cell, released)
                    self._history += self._probe.keep(self._current(), asked)
                evidence.rehearsed += found.values()
                if tests:
                    report()
            if self._session is not None:
                evidence.given_away += self._probe.run(self._session)
            evidence.failed = self._failed | evidence.failed

    def _parts(self) -> list[list[NotebookNode]]:
        """Cut the notebook: an exercise, from its first answer to its last test, is one part."""
        parts: list[list[NotebookNode]] = []
        end = 0
        for i, cell in enumerate(self._cells):
            if i < end:
                continue
            last = max((k for k in range(i, len(self._cells)) if self._belong(cell, k)), default=i)
            parts.append(self._cells[i : last + 1])
            end = last + 1
        return parts

    def _belong(self, answer: NotebookNode, k: int) -> bool:
        """Tell whether cell `k` is a test of this answer."""
        exercise = self._exercises.get(grade_id(self._cells[k]))
        return is_answer(answer) and exercise is not None and grade_id(answer) in exercise.answers

    def _try(
        self,
        part: list[NotebookNode],
        answers: dict[str, str],
        mistake: Mistake | None = None,
    ) -> dict[str, Trial]:
        """Run a part with other answers; the session goes on from before it, or with it."""
        failed: CellResult | None = None
        trials: dict[str, Trial] = {}
        for cell in part:
            name = grade_id(cell)
            if is_test(cell):
                trials[name] = Trial(failed, self._judge_often(cell, mistake), mistake)
            elif is_answer(cell):
                result = self._run(answers.get(name, cell.source), self._limits.answer)
                failed = failed or (result if result.status != "ok" else None)
                if result.status in OVER:
                    over = Judgement(result.status, 0.0, "Your cell was stopped, or ended Python.")
                    return {grade_id(c): Trial(result, over, mistake) for c in part if is_test(c)}
            else:
                self._run(cell.source, self._limits.lecture)
        return trials

    def _solve(
        self, part: list[NotebookNode], found: dict[str, Rehearsed], evidence: Evidence
    ) -> None:
        """Run a part as it is, to go on from, and judge its tests with several seeds."""
        failed: CellResult | None = None
        for cell in part:
            if is_test(cell):
                for seed in SEEDS:
                    self._seed = seed
                    trial = Trial(failed, self._judge(cell))
                    found[grade_id(cell)].solutions.append(trial)
                # What it binds is there for what comes below, as where it is graded.
                if grade_id(cell) not in evidence.placement.inside:
                    continue
            result = self._run(cell.source, self._limits.lecture)
            if result.status == "ok":
                self._history.append(cell.source)
            elif is_answer(cell):
                failed = failed or result
            elif not is_test(cell):
                name, text = result.error or (result.status, "")
                evidence.failed[cell.id] = f"{name}: {text[:200]}"

    def _judge_often(self, cell: NotebookNode, mistake: Mistake | None) -> Judgement:
        """Judge a test of a mistake with two seeds, and return what catches the mistake least.

        Where a visible part finds it one is enough: its inputs are always the same.
        """
        found: list[Judgement] = []
        for seed in SEEDS[:2]:
            self._seed = seed
            judgement = self._judge(cell)
            if judgement.verdict not in OVER or not found:
                found.append(judgement)
            if mistake is None or not judgement.hid or judgement.verdict in OVER:
                break
        return max(found, key=lambda j: (j.points, mistake and not mistake.is_named(j.message)))

    def _judge(self, cell: NotebookNode) -> Judgement:
        points = self._exercises[grade_id(cell)].points
        session = self._current()
        session.check_seed = self._seed
        name, limit = grade_id(cell), self._limits.test
        judgement = judge(session, name, cell.source, points, timeout=limit, trusted=True)
        if judgement.verdict in OVER:
            self._end()
        return judgement

    def _run(self, code: str, limit: float) -> CellResult:
        result = self._current().run(code, limit)
        if result.status in OVER:
            self._end()
        return result

    def _current(self) -> Session:
        """Return the session; a new one is brought to where the old one was."""
        if self._session is None:
            self._session = self._stack.enter_context(self._open())
            for cell, name, text in self._session.begin(self._script):
                self._failed[cell] = f"{name}: {text[:200]}"
            self._probe.enter(self._session)
            for code in self._history:
                self._session.run(code, self._limits.lecture)
        return self._session

    def _end(self) -> None:
        self._stack.close()
        self._session = None
