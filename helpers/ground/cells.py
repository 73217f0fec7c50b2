"""How the cells of a notebook ended when they ran last, in this kernel."""

from __future__ import annotations

import hashlib
import sys
from typing import Any

_ended: dict[str, str] = {}


def watch() -> None:
    """Note from now on how each cell ends; where there is no notebook, do nothing."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None and _note not in shell.events.callbacks["post_run_cell"]:
        _ended.clear()  # what another shell ran is none of this one's
        shell.events.register("post_run_cell", _note)


def ended(*keys: str) -> str | None:
    """Return the class of the error that a cell ended with when it ran last; "" for none.

    Parameters
    ----------
    *keys : str
        Its id, or `key_of` its text. A front end need not tell ids, and a text may be edited: the
        first that is known counts.

    Returns
    -------
    str or None
        None where it has not run.
    """
    return next((_ended[key] for key in keys if key in _ended), None)


def key_of(text: str) -> str:
    """Return what a cell is known by from its text."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]


def _note(result: Any) -> None:
    info = result.info
    if info.silent or not info.raw_cell:
        return
    error = result.error_before_exec or result.error_in_exec
    end = "" if error is None else type(error).__name__
    _ended[key_of(info.raw_cell)] = end
    if info.cell_id:
        _ended[info.cell_id] = end
