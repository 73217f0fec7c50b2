"""What a notebook says of an exercise that is not answered yet: one calm line, no traceback.

It stays an error to Jupyter, and to whatever grades: a test that did not run to its end is not
passed. Only its looks are others.
"""

from __future__ import annotations

import re
import sys
from keyword import iskeyword
from types import TracebackType
from typing import Any

MINE = "write your answer in place of the `raise` in this cell."
ABOVE = "replace the `raise` in the cell above, run that cell, and then this one."
# At the left margin: what `def`, `class` and `=` bind, several names and annotated ones, too.
BINDS = re.compile(
    r"^(?:(?:def|class)[ \t]+(\w+)|([*\w][\w \t,*]*?)[ \t]*(?::[^=\n]*)?=(?!=))", re.M
)
WORD = re.compile(r"[^\W\d]\w*")
# JupyterLab paints what is an error pink. The style holds for the outputs of this one cell; a front
# end that shows no HTML, or that cleans it, leaves the line as it is.
UNPAINTED = (
    "<style>.jp-OutputArea:has(.course-calm) .jp-RenderedText {background: none !important}"
    ".jp-OutputArea-child:has(.course-calm) {display: none}</style><i class='course-calm'></i>"
)
STALE = "△ {} stands as it did before: its cell was run again since, and failed."


def be_calm() -> None:
    """Have the notebook's shell show an unanswered exercise in one line; elsewhere do nothing."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None or NotImplementedError in shell.custom_exceptions:
        return
    shell.set_custom_exc((*shell.custom_exceptions, NotImplementedError), _show)
    outdated = Outdated()
    shell.events.register("post_run_cell", outdated.after)
    shell.events.register("pre_run_cell", outdated.before)


def _show(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    tb_offset: int | None = None,
) -> list[str]:
    """Show the error; IPython calls this in place of its own way to show it."""
    lines = [f"○ {line_of(error, trace)}"]
    shell.display_pub.publish({"text/html": UNPAINTED, "text/plain": ""})
    shell._showtraceback(kind, error, lines)
    return lines


def line_of(error: BaseException, trace: TracebackType | None) -> str:
    """Return what is said of an unanswered exercise.

    Parameters
    ----------
    error : NotImplementedError
    trace : traceback or None
        Where it comes from: the cell itself, or a function that the cell calls.
    """
    names = []
    while trace is not None:
        names.append(trace.tb_frame.f_code.co_name)
        trace = trace.tb_next
    where = names[-1] if names else "<module>"
    if where == "<module>" or where.startswith("<cell line"):  # as IPython 7 calls a cell
        return f"Not answered yet: {MINE}"
    if text := str(error).strip():
        return f"Not answered yet: {text[0].lower() + text[1:]}"
    if where.startswith("<"):
        return f"Not answered yet: {ABOVE}"
    return f"{where} is not answered yet: {ABOVE}"


class Outdated:
    """Names that stand as an earlier run of their cell has left them, since the last one failed.

    A test would tell of that version, which is not the one that the reader sees.
    """

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._before: dict[str, Any] = {}

    def before(self, info: Any) -> None:
        """Say so where a cell that is about to run reads such a name."""
        cell, space = info.raw_cell or "", _space()
        own = bound_in(cell)
        self._before = {name: space[name] for name in own if name in space}
        words = set(WORD.findall(cell))
        if found := sorted(self._names & words - own):
            print(STALE.format(" and ".join(found)))

    def after(self, result: Any) -> None:
        """Note which of its names the cell has left as they were, where it failed."""
        space = _space()
        own = bound_in(result.info.raw_cell or "")
        self._names -= own
        if not result.success:
            before = self._before.items()  # a released cell binds None at most: no answer yet
            self._names |= {n for n, x in before if x is not None and space.get(n) is x}
        self._before = {}


def bound_in(code: str) -> set[str]:
    """Return the names that the lines of a cell define or assign, also where it is no Python."""
    found = set()
    for defined, assigned in BINDS.findall(code):
        names = [name.strip("* \t") for name in (defined or assigned).split(",")]
        found |= {name for name in names if name.isidentifier() and not iskeyword(name)}
    return found


def _space() -> dict[str, Any]:
    return sys.modules["IPython"].get_ipython().user_ns
