"""What a student's process says of a cell: it can write anything on its socket."""

from __future__ import annotations

from typing import Any

from course.door.outputs import error_of
from course.session import CellResult, as_outputs


def told(answer: Any, seconds: float, word: str) -> CellResult:
    """Return what a student's process says of a cell, which it may have made up.

    Parameters
    ----------
    answer : any
    seconds : float
        Wall time.
    word : str
        What the answer must repeat: it went out with the cell.

    Raises
    ------
    ValueError
        When it is nothing that such a process says, or it was said before the cell came.
    """
    try:
        if answer["word"] != word:
            raise ValueError("an answer to something else")
        error, status = answer.get("error"), answer["status"]
        outputs = as_outputs(answer["outputs"])
        if error is not None:
            name, text = error
            error = error_of(name, text)
    except (AttributeError, KeyError, TypeError):
        raise ValueError("an answer of an unknown form") from None
    status = "ok" if status == "ok" and error is None else "error"
    return CellResult(status, outputs, error, seconds)
