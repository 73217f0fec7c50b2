"""What came of an executed notebook: its failure, its slowest cell, what is worth a note."""

from __future__ import annotations

import re

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from course.notebook.cells import code_cells, may_raise
from course.running.execution import CellTime, Execution, Failure

# As what ipykernel compiles a cell.
CELLS_FILE = re.compile(r"^\S*ipykernel_\d+[/\\]\d+\.py:(\d+)")


def find_failure(
    nb: NotebookNode, done: Execution, allowed: tuple[str, ...], timeout: int
) -> Failure | None:
    """Return the first failure, or None.

    Each error is judged here: to papermill every error is a failure, also one that may be.

    Parameters
    ----------
    nb : NotebookNode
        The notebook as it was before.
    done : Execution
    allowed : tuple of str
        Names of exceptions that any cell may raise.
    timeout : int
        Seconds that a cell had, for the message.
    """
    ran = _ran(nb, done.nb)
    timed_out = isinstance(done.error, CellTimeoutError)
    excused = False
    for number, cell, after in ran:
        for output in (o for o in after.outputs if o.output_type == "error"):
            if timed_out and output.ename == "KeyboardInterrupt":
                continue  # that is how the kernel was stopped, not what went wrong
            if output.ename not in allowed and not may_raise(cell):
                return Failure(number, cell.id, cell.source, output.ename, output.evalue)
            excused = True
    if done.error is None or (excused and _reached_end(nb, ran)):
        return None
    if isinstance(done.error, DeadKernelError):
        how = ("DeadKernel", "the kernel died in this cell: killed, or out of memory")
    elif timed_out:
        how = ("Timeout", f"the cell took longer than {timeout} s")
    else:
        how = (type(done.error).__name__, str(done.error))
    if not ran:
        return Failure(0, "", "", *how)
    number, cell, _ = ran[-1]
    return Failure(number, cell.id, cell.source, *how)


def slowest_cell(nb: NotebookNode, done: Execution) -> CellTime | None:
    """Return the cell that took longest; None when none was started."""
    times = [
        CellTime(number, cell.id, round(after.metadata.papermill.get("duration") or 0.0, 2))
        for number, cell, after in _ran(nb, done.nb)
    ]
    return max(times, key=lambda t: t.seconds, default=None)


def stderr_notes(nb: NotebookNode, done: Execution) -> tuple[str, ...]:
    """Return a note for each cell that writes to stderr."""
    notes = []
    for number, cell, after in _ran(nb, done.nb):
        streams = (o for o in after.outputs if o.output_type == "stream")
        text = "".join(o.text for o in streams if o.name == "stderr").strip()
        if text:
            said = CELLS_FILE.sub(r"line \1", text.splitlines()[0])[:80]
            notes.append(f"cell {number} [{cell.id}] writes to stderr: {said}")
    return tuple(notes)


def _ran(
    nb: NotebookNode, ran: NotebookNode | None
) -> list[tuple[int, NotebookNode, NotebookNode]]:
    """Return number, source cell and executed cell of each code cell that was started."""
    after = {cell.id: cell for cell in ran.cells} if ran is not None else {}
    pairs = [(i, c, after[c.id]) for i, c in enumerate(_runnable(nb), start=1) if c.id in after]
    return [p for p in pairs if p[2].metadata.get("papermill", {}).get("start_time")]


def _reached_end(nb: NotebookNode, ran: list[tuple[int, NotebookNode, NotebookNode]]) -> bool:
    """Tell whether the kernel has confirmed the end of every cell."""
    ended = [a for _, _, a in ran if "shell.execute_reply" in a.metadata.get("execution", {})]
    return len(ended) == len(_runnable(nb))


def _runnable(nb: NotebookNode) -> list[NotebookNode]:
    """Return the cells that Jupyter runs and numbers: those with code in them."""
    return [cell for _, cell in code_cells(nb) if cell.source.strip()]
