"""What the dynamic rules look at: what happened when a notebook was really run."""

from __future__ import annotations

from dataclasses import dataclass, field

from nbformat import NotebookNode

from course.examining.placement import APART, Placement
from course.gate.lesson import Lesson
from course.judging.verdict import Judgement
from course.notebook.exercises import Exercise
from course.notebook.mistakes import Mistake
from course.session import CellResult


@dataclass(frozen=True)
class Trial:
    """One answer of an exercise, tried in a session.

    Attributes
    ----------
    result : CellResult or None
        What came of the solution cell, or of the first that failed; None without one.
    judgement : Judgement
        What the test said.
    mistake : Mistake or None
        The wrong solution that the answer was.
    """

    result: CellResult | None
    judgement: Judgement
    mistake: Mistake | None = None

    @property
    def raised(self) -> tuple[str, str] | None:
        """Name and text of what the solution cell raised."""
        return self.result.error if self.result else None


@dataclass
class Rehearsed:
    """One exercise and all that was tried with it.

    Attributes
    ----------
    exercise : Exercise
    stub : Trial or None
        The released cell; None for an exercise without a solution cell.
    mistakes : list of Trial
    solutions : list of Trial
        The same solution, with another COURSE_CHECK_SEED each time.
    """

    exercise: Exercise
    stub: Trial | None = None
    mistakes: list[Trial] = field(default_factory=list)
    solutions: list[Trial] = field(default_factory=list)


@dataclass
class Evidence:
    """One notebook and what its runs brought to light.

    Attributes
    ----------
    lesson : Lesson
    executed : NotebookNode
        After a plain run from top to bottom in a kernel of its own, solutions included.
    stopped : str
        Why the plain run did not reach the end; empty where it did.
    rehearsed : list of Rehearsed
        One for each exercise that a test grades.
    failed : dict
        Lecture cells that raised in the session, by id, and what they raised.
    given_away : list of (str, str, str)
        Exercise, name of what students can import that passes its test, and the step that makes
        it pass; empty where it does so by itself.
    placement : Placement
        Where its tests are judged.
    """

    lesson: Lesson
    executed: NotebookNode
    stopped: str = ""
    rehearsed: list[Rehearsed] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    given_away: list[tuple[str, str, str]] = field(default_factory=list)
    placement: Placement = APART

    @property
    def tried(self) -> list[Rehearsed]:
        """Those exercises that the judge apart decides: of others it can tell nothing."""
        return [r for r in self.rehearsed if r.exercise.id not in self.placement.inside]
