"""The exercises of a notebook: what is graded as one, by which name people know it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_task

from course.notebook.cells import grade_id, is_answer, is_manual
from course.notebook.regions import public_lines

NUMBER = re.compile(r"^Exercise\s+([\d.]+)\s*·?\s*")


@dataclass(frozen=True)
class Exercise:
    """What is graded as one: a grade cell with the solution cells that it looks at.

    Attributes
    ----------
    id : str
        ``grade_id`` of the grade cell.
    points : float
    manual : bool
        Whether a person grades it.
    answers : tuple of str
        ``grade_id`` of its solution cells.
    title : str
        The heading above it, or its name.
    place : str
        Id of the cell with that heading; empty where there is none.
    """

    id: str
    points: float
    manual: bool
    answers: tuple[str, ...]
    title: str
    place: str

    @property
    def name(self) -> str:
        """The exercise's name: the grade cell's id without the ending "-test"."""
        return self.id.removesuffix("-test")

    @property
    def number(self) -> str:
        """Its number, "2.4"; empty where the heading has none."""
        match = NUMBER.match(self.title)
        return match[1] if match else ""

    @property
    def subject(self) -> str:
        """Its title without the number."""
        return NUMBER.sub("", self.title)

    @property
    def called(self) -> str:
        """Number and title, as people are told."""
        return f"{self.number} · {self.subject}" if self.number else self.subject


def exercises(nb: NotebookNode) -> list[Exercise]:
    """Return the notebook's exercises in order.

    The solution cells before a grade cell are its answers; grade cells that follow one
    another share theirs. An exercise is called by the last heading before it that is ours: what
    stands in an answer is the student's, or the solution.
    """
    found, answers, closed, title, place = [], [], False, "", ""
    for cell in nb.cells:
        ours = cell.cell_type == "markdown" and not is_answer(cell)
        if ours and (heading := _heading("\n".join(public_lines(cell)))):
            title, place = heading, cell.get("id", "")
        if is_answer(cell):
            answers = [] if closed else answers
            answers, closed = [*answers, grade_id(cell)], False
        if is_grade(cell) or is_task(cell):
            name = grade_id(cell)
            manual = is_manual(cell)
            # A task's answer stands in cells that the student adds.
            own = tuple(answers) if not manual else (name,) if is_answer(cell) else ()
            points = float(cell.metadata.nbgrader.points)
            found.append(Exercise(name, points, manual, own, title or name, place))
            closed = True
    return found


def _heading(text: str) -> str | None:
    match = re.search(r"^#{1,6}\s+(.+?)\s*$", text, re.M)
    return re.sub(r"\s*\(\d.*\)$", "", match[1]) if match else None
