"""What a habit of a foreign course is, and short ways to write one down.

A habit is one assignment: the cells of its source notebook, what stands beside it, and what
students hand in. The solution of the source and the stub that nbgrader makes of it are always
handed in, each wrong answer and each further right one beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nbformat import NotebookNode

from tests.builders import region, solution, test_cell

Answers = Mapping[str, str]  # by grade_id; what is not named is as in the solution


@dataclass(frozen=True)
class Habit:
    """One assignment as other people write them.

    Attributes
    ----------
    name : str
        The assignment's folder; its notebook is called so, too.
    cells : list of NotebookNode
        The source, with solutions and hidden tests.
    wrong : dict
        By a name: answers from which stock nbgrader takes points.
    right : dict
        By a name: other answers to which stock nbgrader gives all points.
    files : dict
        What stands beside the notebook, by relative path.
    metadata : dict
        Of the notebook, in place of the usual one; None takes a field away.
    minor : int
        The notebook's minor format; before 5, cells have no ids.
    more : dict
        Further notebooks of the assignment: name and cells.
    paid_stub : bool
        Whether the stub earns points, in stock nbgrader as well.
    refused : str
        Words of the reason why it cannot be graded; stock nbgrader gives no mark, or zeros.
    differs : dict
        Documented differences: a key of `tests.foreign.differences` by student and grade cell.
    """

    name: str
    cells: list[NotebookNode]
    wrong: Mapping[str, Answers] = field(default_factory=dict)
    right: Mapping[str, Answers] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, object] = field(default_factory=dict)
    minor: int = 5
    more: Mapping[str, list[NotebookNode]] = field(default_factory=dict)
    paid_stub: bool = False
    refused: str = ""
    differs: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def notebooks(self) -> dict[str, list[NotebookNode]]:
        """All notebooks of the assignment."""
        return {self.name: self.cells, **self.more}


@dataclass(frozen=True)
class Group:
    """Habits that share a course's configuration.

    Attributes
    ----------
    name : str
    habits : list of Habit
    config : str
        Lines of ``nbgrader_config.py``.
    files : dict
        What stands at the course's root, by relative path.
    plain : bool
        Whether stock nbgrader starts fresh kernels, where one forked from a process of ours
        might tell: it has modules of ours, say.
    """

    name: str
    habits: list[Habit]
    config: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    plain: bool = False


def answer(text: str, name: str = "answer") -> NotebookNode:
    """Make a solution cell that is a region as a whole."""
    return solution(name, region(text))


def check(
    visible: str = "", hidden: str = "", *, name: str = "check", points: float = 2
) -> NotebookNode:
    """Make a test cell."""
    return test_cell(name, visible, hidden, points=points)


def simple(
    name: str, solved: str, test: str, fails: str, /, *lesson: NotebookNode, **more
) -> Habit:
    """Make a habit of cells of the lesson, one answer, one test and one wrong answer."""
    cells = [*lesson, answer(solved), check(test)]
    return Habit(name, cells, wrong={"wrong": {"answer": fails}}, **more)
