"""Which cells of a notebook stand before anything of the student's."""

from __future__ import annotations

from collections.abc import Sequence, Set

from nbformat import NotebookNode

from course.examining.rebuild import ADDED
from course.notebook.cells import is_answer, is_test, tags


def is_students(cell: NotebookNode) -> bool:
    """Tell whether the text of a cell is a student's."""
    return is_answer(cell) or ADDED in tags(cell)


def leading(cells: Sequence[NotebookNode], run: Set[int]) -> list[int]:
    """Return the positions, of those to be run, above the first answer, added cell or test."""
    found = []
    for i in sorted(run):
        if is_students(cells[i]) or is_test(cells[i]):
            break
        found.append(i)
    return found
