"""What is known of an examination while it goes on: what was run, judged, and found deadly."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_output

from course.door.budgets import EXAMINED_OUTPUTS
from course.door.outputs import TOO_MUCH, size_of
from course.examining.placement import APART, Placement
from course.judging.verdict import Judgement
from course.notebook.dependencies import Names, names_in
from course.notebook.exercises import Exercise
from course.session import CellResult

MISSED = re.compile(r"name '(\w+)' is not defined")
ANY = "?"  # a name that is missed, and not known


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
    """An exercise and its judgement.

    Attributes
    ----------
    exercise : Exercise
    judgement : Judgement
    apart : Judgement or None
        What the judge apart found, where that was asked and did not decide alone.
    """

    exercise: Exercise
    judgement: Judgement
    apart: Judgement | None = None


@dataclass
class Late:
    """What came into being after a hidden test had begun, in the session at hand or before.

    Attributes
    ----------
    begun : bool
        Whether a hidden part has begun, in this session or in one that has ended: by where it
        ended it tells the next one something, which runs without the cell that it ended in.
    cells : set of int
        Positions of the student's cells that ran after one.
    ends : set of int
        Positions of cells in which a session ended after one.
    again : dict of int to CellResult
        What those cells gave where no hidden test ran.
    """

    begun: bool = False
    cells: set[int] = field(default_factory=set)
    ends: set[int] = field(default_factory=set)
    again: dict[int, CellResult] = field(default_factory=dict)

    def ran(self, i: int) -> None:
        """Note that a cell of the student's has run."""
        (self.cells.add if self.begun else self.cells.discard)(i)

    def ended(self, i: int) -> None:
        """Note that the session has ended in a cell."""
        if self.begun:
            self.ends.add(i)


@dataclass
class Examination:
    """The state of one examination: what has been run, judged, and found deadly."""

    nb: NotebookNode
    exercises: dict[str, Exercise]
    answered: frozenset[str]
    limits: Limits
    placement: Placement = APART
    apart: dict[str, Judgement] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)  # tests that ran in the session at hand
    judged: dict[str, Judgement] = field(default_factory=dict)
    errors: dict[str, CellResult] = field(default_factory=dict)
    fatal: dict[int, str] = field(default_factory=dict)
    run: set[int] = field(default_factory=set)
    ready: dict[int, CellResult] = field(default_factory=dict)  # of cells that ran before it began
    ever_run: set[int] = field(default_factory=set)
    texts: dict[int, str] = field(default_factory=dict)  # what is run of each cell
    names: dict[str, Names] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    late: Late = field(default_factory=Late)
    missed: set[str] = field(default_factory=set)
    broken: str = ""
    students_ran: bool = False
    ended_often: bool = False
    began: float = field(default_factory=time.monotonic)

    @property
    def tries(self) -> int:
        """How often a test may run its time out, or end the session: apart, and then inside."""
        return 2 if self.placement.lenient else 1

    @property
    def whole(self) -> float:
        """Seconds for the whole notebook."""
        return self.limits.whole * self.tries

    @property
    def time_left(self) -> float:
        """Seconds until the whole notebook's limit."""
        return self.whole - (time.monotonic() - self.began)

    def names_of(self, cell: NotebookNode) -> Names:
        """Return the names in a code cell, whoever wrote it."""
        return self.names.get(cell.source) or names_in(cell.source)

    def miss(self, name: str, text: str) -> None:
        """Note which name an exception says that there is none of, whoever raised it."""
        if name == "NameError":
            self.missed |= set(MISSED.findall(text[:400])) or {ANY}
        elif "NameError" in text[:400] or "is not defined" in text[:400]:
            self.missed.add(ANY)  # told in the words of a check, or by a library's own class

    def keep(self, i: int, outputs: list[NotebookNode]) -> None:
        """Keep a cell's outputs, where all cells' together are not too large for it."""
        self.sizes[i] = size_of(outputs)
        if sum(self.sizes.values()) > EXAMINED_OUTPUTS:
            outputs = [output for output in outputs if output.output_type == "error"]
            outputs = [*outputs, new_output("stream", name="stderr", text=TOO_MUCH)]
            self.sizes[i] = size_of(outputs)
        self.nb.cells[i].outputs = outputs
