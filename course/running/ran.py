"""What an earlier `course run` wrote, held cell by cell to the notebook as it stands now."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode

from course.errors import CourseError
from course.notebook.cells import tags
from course.notebook.reading import read_notebook

# papermill's tags for cells that it adds: with the parameters, and beside the first error.
INJECTED = "injected-parameters"
ERROR_MARKER = "papermill-error-cell-tag"


def read_ran(path: Path, file: Path, again: str) -> NotebookNode:
    """Return a notebook with the outputs of a run, without the cells that papermill added.

    Parameters
    ----------
    path : Path
        Of the executed notebook.
    file : Path
        Of the notebook that was run, as it stands now.
    again : str
        What to do where it is no run of this very notebook.

    Raises
    ------
    CourseError
        When there is none, or it is a run of other cells.
    """
    if not path.is_file():
        raise CourseError(f"{path} is not there.", again)
    nb = read_notebook(path)
    nb.cells = [cell for cell in nb.cells if {INJECTED, ERROR_MARKER}.isdisjoint(tags(cell))]
    now = {cell.id: cell.source for cell in read_notebook(file).cells}
    then = {cell.id: cell.source for cell in nb.cells}
    if list(now) != list(then):
        raise CourseError(f"{path} has other cells than {file}.", again)
    if other := next((id for id in now if now[id] != then[id]), None):
        raise CourseError(f"{path}: the cell {other!r} is another one than in {file}.", again)
    return nb
