"""What notebooks import, found without running or loading anything.

It is asked before all else, so that the warm process imports while its owner does.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from course.notebook.syntax import parse
from course.processes.neighbours import modules_in

# What takes many seconds to import, or imports what does.
SLOW = ("helpers", "keras", "tensorflow", "torch", "jax", "transformers")


def are_slow(imports: Iterable[str]) -> bool:
    """Tell whether some import statements take many seconds."""
    return any(name in statement for statement in imports for name in SLOW)


def imports_in(paths: Iterable[Path]) -> tuple[str, ...]:
    """Return the import statements of some notebook files; one that cannot be read has none.

    What lies beside a notebook is its own: it is not imported for all.
    """
    found: dict[str, None] = {}
    for path in paths:
        with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
            text = path.read_text(encoding="utf-8-sig")
            found |= dict.fromkeys(_imports_in(text, frozenset(modules_in(path.parent))))
    return tuple(found)


@lru_cache(maxsize=64)  # of which a process that is forked afterwards has those of its course
def _imports_in(text: str, without: frozenset[str]) -> tuple[str, ...]:
    return imports_of([json.loads(text)], without)


def imports_of(notebooks: Iterable[Mapping], without: Set[str] = frozenset()) -> tuple[str, ...]:
    """Return the import statements of some notebooks, each once, in order.

    Parameters
    ----------
    notebooks : iterable of mapping
    without : set of str
        Packages that are left out.
    """
    found: dict[str, None] = {}
    for nb in notebooks:
        for cell in nb["cells"]:
            if cell["cell_type"] != "code":
                continue
            try:
                tree = parse("".join(cell["source"]))  # a file may hold a list of lines
            except SyntaxError:  # a magic, or an exercise that is to be mended
                continue
            for node in ast.walk(tree):
                if isinstance(node, ast.Import | ast.ImportFrom) and without.isdisjoint(
                    packages_of(node)
                ):
                    found[ast.unparse(node)] = None
    return tuple(found)


def packages_of(node: ast.Import | ast.ImportFrom) -> set[str]:
    """Return the packages that a statement imports from; none for an import within one."""
    if isinstance(node, ast.Import):
        return {name.name.partition(".")[0] for name in node.names}
    return set() if node.level else {(node.module or "").partition(".")[0]}
