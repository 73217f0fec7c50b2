"""What notebooks import, found without running or loading anything.

It is asked before all else, so that the warm process imports while its owner does.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from course.notebook.syntax import parse


def imports_in(paths: Iterable[Path]) -> tuple[str, ...]:
    """Return the import statements of some notebook files; one that cannot be read has none."""
    notebooks = []
    for path in paths:
        with suppress(OSError, ValueError):
            notebooks.append(json.loads(path.read_text(encoding="utf-8-sig")))
    return imports_of(notebooks)


def imports_of(notebooks: Iterable[Mapping]) -> tuple[str, ...]:
    """Return the import statements of some notebooks, each once, in order."""
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
                if isinstance(node, ast.Import | ast.ImportFrom):
                    found[ast.unparse(node)] = None
    return tuple(found)
