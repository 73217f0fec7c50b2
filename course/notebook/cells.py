"""The cells of a notebook: which kind each is, and what it is called by."""

from __future__ import annotations

from collections.abc import Iterator

from nbformat import NotebookNode
from nbgrader.utils import is_locked

DEMO = "demo"
RAISES = "raises-exception"  # Jupyter's tag: an error in this cell is shown, and what follows runs
PARAMETERS = "parameters"


def _marks(cell: NotebookNode) -> dict:
    """Return what nbgrader notes down in a cell.

    By item: asked of each cell of each submission, and an attribute of a node takes four times as
    long; so do nbgrader's own functions.
    """
    return cell["metadata"].get("nbgrader", {})


def grade_id(cell: NotebookNode) -> str | None:
    """Return the cell's ``grade_id``, or None."""
    return _marks(cell).get("grade_id")


def tags(cell: NotebookNode) -> list[str]:
    """Return the cell's tags."""
    return list(cell["metadata"].get("tags", []))


def is_answer(cell: NotebookNode) -> bool:
    """Tell whether the student writes into this cell."""
    return _marks(cell).get("solution", False)


def is_test(cell: NotebookNode) -> bool:
    """Tell whether this cell is an automatic test."""
    graded = _marks(cell).get("grade", False)
    return graded and not is_answer(cell) and cell["cell_type"] == "code"


def is_manual(cell: NotebookNode) -> bool:
    """Tell whether a person grades this cell."""
    marks = _marks(cell)
    return marks.get("task", False) or (marks.get("grade", False) and not is_test(cell))


def is_ours(cell: NotebookNode) -> bool:
    """Tell whether nbgrader locks the cell."""
    return is_locked(cell)


def may_raise(cell: NotebookNode) -> bool:
    """Tell whether a lecture cell shows an error on purpose.

    An answer or its test has the tag so that a reader's run goes on, and no excuse by it.
    """
    return RAISES in tags(cell) and not (is_answer(cell) or is_test(cell))


def copied(nb: NotebookNode) -> NotebookNode:
    """Return a notebook in whose cells, and in whose metadata, fields can be set.

    What the fields hold is shared with the notebook it is made of: to copy all of that takes as
    long as everything else that is done with a submission's text.
    """
    return NotebookNode(nb, cells=[copied_cell(cell) for cell in nb.cells])


def copied_cell(cell: NotebookNode) -> NotebookNode:
    """Return a cell whose fields, and those of its metadata, can be set; see `copied`."""
    return NotebookNode(cell, metadata=NotebookNode(cell["metadata"]))


def code_cells(nb: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Yield position and cell of every code cell."""
    return ((i, cell) for i, cell in enumerate(nb.cells) if cell.cell_type == "code")
