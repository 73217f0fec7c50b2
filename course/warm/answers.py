"""What a student's process says of a cell: it can write anything on its socket."""

from __future__ import annotations

from typing import Any

from course.session import CellResult, as_outputs

OUTPUTS = ("stream", "display_data", "execute_result", "error")


def told(answer: Any, seconds: float) -> CellResult:
    """Return what a student's process says of a cell, which it may have made up.

    Raises
    ------
    ValueError
        When it is nothing that such a process says.
    """
    try:
        error = answer.get("error")
        outputs = as_outputs(answer["outputs"])
        if error is not None:
            name, text = error
            error = (str(name), str(text))
        if any(output.output_type not in OUTPUTS for output in outputs):
            raise ValueError("an output of an unknown kind")
        streams = (o for o in outputs if o.output_type == "stream")
        if any(type(o.text) is not str or o.name not in ("stdout", "stderr") for o in streams):
            raise ValueError("an output that is no text")
        errors = (o for o in outputs if o.output_type == "error")
        if any(type(o.ename) is not str or type(o.evalue) is not str for o in errors):
            raise ValueError("an error without a name")
        status = "ok" if answer["status"] == "ok" and error is None else "error"
    except (AttributeError, KeyError, TypeError):
        raise ValueError("an answer of an unknown form") from None
    return CellResult(status, outputs, error, seconds)
