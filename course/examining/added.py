"""Cells that a student added to our notebook, and the exercise that they belong to."""

from __future__ import annotations

from nbformat import NotebookNode

from course.notebook.cells import grade_id, tags
from course.notebook.exercises import Exercise

ADDED = "added-by-student"


def _is_added(cell: NotebookNode) -> bool:
    """Tell whether a student added the cell."""
    return ADDED in tags(cell)


def answer_cells(nb: NotebookNode, exercise: Exercise) -> list[NotebookNode]:
    """Return the cells that hold the answer to an exercise.

    Those are the answer's own cells and the code cells added right before the graded one; a task of
    nbgrader's is answered in any cells that the student added, from the graded cell before it to
    the one behind.

    Parameters
    ----------
    nb : NotebookNode
        Ours, with the student's answers in it.
    exercise : Exercise
    """
    if exercise.manual and not exercise.answers:
        return _around(nb, exercise.id)
    names = [grade_id(cell) for cell in nb.cells]
    own = [cell for name, cell in zip(names, nb.cells, strict=True) if name in exercise.answers]
    graded = names.index(exercise.id) if exercise.id in names else 0
    return [cell for cell in own if cell.source.strip()] + _code_before(nb, graded)


def _code_before(nb: NotebookNode, place: int) -> list[NotebookNode]:
    """Return the student's own code cells that stand right before a cell of ours."""
    found: list[NotebookNode] = []
    for cell in reversed(nb.cells[:place]):
        if _is_added(cell) and cell.cell_type == "code":
            found.append(cell)
        elif grade_id(cell) is None:
            break
    return found[::-1]


def _around(nb: NotebookNode, task: str) -> list[NotebookNode]:
    found: list[NotebookNode] = []
    met = False
    for cell in nb.cells:
        if grade_id(cell):
            if met:
                break
            met = grade_id(cell) == task
            found = found if met else []
        elif _is_added(cell) and cell.source.strip():
            found.append(cell)
    return found if met else []
