"""What a notebook needs of the machine that runs it: its kernel, and packages."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Set
from functools import lru_cache
from importlib.util import find_spec

from nbformat import NotebookNode

from course.notebook.cells import DEMO, RAISES, code_cells, tags
from course.notebook.syntax import parse

USUAL = ("", "python", "python3")  # what every installation of Jupyter for Python has
PYTHON = ("python", "python3", "ipython", "ipython3")


def unfit(nb: NotebookNode) -> str:
    """Say why a notebook's cells cannot be run here; empty where they can."""
    spec = nb.metadata.get("kernelspec", {})
    name = str(spec.get("name", ""))
    language = spec.get("language") or nb.metadata.get("language_info", {}).get("name")
    if name not in USUAL and not language:
        language = _language_of(name) or "python"
    if language and language.lower() not in PYTHON:
        return f"The notebook is written in {language}, and only Python is graded here."
    if name not in USUAL and _language_of(name) is None:
        return (
            f"The notebook asks for the kernel {name!r}, which is not installed here: install it, "
            "or choose Python 3 for the notebook."
        )
    return ""


def missing_packages(nb: NotebookNode, local: Set[str]) -> list[str]:
    """Return the packages that a notebook imports and that are not installed.

    An import within a function, under a condition or in a ``try`` may never be made; nor does a
    lesson depend on a cell whose error is meant.

    Parameters
    ----------
    nb : NotebookNode
    local : set of str
        Modules that lie beside the notebook.
    """
    wanted: dict[str, None] = {}
    for _, cell in code_cells(nb):
        if not {DEMO, RAISES}.intersection(tags(cell)):
            wanted |= dict.fromkeys(_packages(cell.source))
    known = local | sys.stdlib_module_names
    return [name for name in wanted if name not in known and not _is_there(name)]


@lru_cache(maxsize=2048)
def _packages(code: str) -> tuple[str, ...]:
    try:
        return tuple(_imported(parse(code).body))
    except (SyntaxError, ValueError):  # a magic, or meant not to parse
        return ()


def _imported(statements: list[ast.stmt]) -> Iterator[str]:
    for statement in statements:
        if isinstance(statement, ast.Import):
            yield from (name.name.partition(".")[0] for name in statement.names)
        elif isinstance(statement, ast.ImportFrom) and not statement.level:
            yield (statement.module or "").partition(".")[0]


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):  # it is half imported, or something stands in for it
        return name in sys.modules


def _language_of(kernel: str) -> str | None:
    """Return the language of an installed kernel; None where there is no such kernel."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        return KernelSpecManager().get_kernel_spec(kernel).language
    except (NoSuchKernel, ValueError, OSError):
        return None
