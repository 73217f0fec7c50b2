"""Whether the gradebook holds a notebook's cells as they are: then nothing is to be entered."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from nbformat import NotebookNode
from nbgrader import api, utils

# What nbgrader keeps of each kind of cell, beside its name.
KEPT = {
    api.GradeCell: ("max_score", "cell_type"),
    api.SolutionCell: (),
    api.TaskCell: ("max_score", "cell_type"),
    api.SourceCell: ("cell_type", "locked", "source", "checksum"),
}
Cells = dict[type, dict[str, tuple]]


def holds(book: api.Gradebook, section: str, notebook: str, nb: NotebookNode) -> bool:
    """Tell whether what nbgrader's ``SaveCells`` would enter is there already.

    Parameters
    ----------
    book : nbgrader.api.Gradebook
    section, notebook : str
    nb : NotebookNode
        As ``nbgrader generate_assignment`` has it when it comes to its ``SaveCells``.
    """
    try:
        there = book.find_notebook(notebook, section)
    except api.MissingEntry:
        return False
    kernelspec = json.dumps(nb.metadata.get("kernelspec", {}))
    if there.kernelspec != kernelspec and not there.submissions:
        return False  # it is entered anew, and with that kernel
    return _held(book.db, there.id) == _told(nb)


def _held(db: Any, notebook: str) -> Cells:
    found: Cells = {}
    for kind, names in KEPT.items():
        columns = [getattr(kind, name) for name in ("name", *names)]
        rows = db.execute(sa.select(*columns).where(kind.notebook_id == notebook))
        found[kind] = {name: tuple(rest) for name, *rest in rows}
    return found


def _told(nb: NotebookNode) -> Cells:
    """Return the same of the notebook's own cells."""
    found: Cells = {kind: {} for kind in KEPT}
    for cell in nb.cells:
        grade, solution, task = (
            f(cell) for f in (utils.is_grade, utils.is_solution, utils.is_task)
        )
        locked = utils.is_locked(cell)
        if not (grade or solution or task or locked):
            continue
        about = cell.metadata.nbgrader
        worth = (float(about.get("points", 0)), cell.cell_type)
        text = cell.cell_type, locked, cell.source, about.get("checksum")
        found[api.SourceCell][about.grade_id] = text
        if grade:
            found[api.GradeCell][about.grade_id] = worth
        if solution:
            found[api.SolutionCell][about.grade_id] = ()
        if task:
            found[api.TaskCell][about.grade_id] = worth
    return found
