"""Which statements of a lesson's cells a grading needs, as `dependencies` tells it of cells.

A seed that is set above a training is set, and the training left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import SimpleNamespace
from typing import TYPE_CHECKING

from course.notebook.dependencies import Names, names_in, needed
from course.notebook.syntax import parse

if TYPE_CHECKING:
    from nbformat import NotebookNode


def texts_needed(
    cells: list[NotebookNode],
    graded: Iterable[int],
    known: Mapping[str, Names] | None = None,
    entire: Iterable[int] = (),
) -> dict[int, str]:
    """Return the positions of the code cells that have to be run, and of each what has to be.

    Parameters
    ----------
    cells, graded, known
        As of `needed`.
    entire : iterable of int
        Positions of cells of which all has to be run, or nothing.
    """
    graded, entire, known = set(graded), set(entire), known or {}
    parts = [
        (i, text)
        for i, cell in enumerate(cells)
        if cell.cell_type == "code"
        for text in ([cell.source] if i in graded | entire else statements(cell.source))
    ]
    pieces = [SimpleNamespace(cell_type="code", source=text) for _, text in parts]
    numbers: dict[int, list[int]] = {}
    for number, (i, _) in enumerate(parts):
        numbers.setdefault(i, []).append(number)
    asked = [number for i in numbers.keys() & graded for number in numbers[i]]
    run = needed(pieces, asked, _aliases(parts, graded, known) | dict(known))
    found: dict[int, str] = {}
    for i, own in numbers.items():
        if own and run.issuperset(own):
            found[i] = cells[i].source
        elif kept := [parts[number][1] for number in own if number in run]:
            found[i] = "\n".join(kept)
    return found


def _aliases(
    parts: list[tuple[int, str]], graded: set[int], known: Mapping[str, Names]
) -> dict[str, Names]:
    """Return the names of statements that change what has another name further up in the cell."""
    found: dict[str, Names] = {}
    cell, behind = -1, {}
    for i, text in parts:
        if i != cell:
            cell, behind = i, {}
        if i in graded:
            continue
        names = known.get(text) or names_in(text)
        if not names.known:
            continue
        further = set().union(*(behind.get(name, set()) for name in names.read | names.touched))
        there = found.get(text, names)
        if names.touched and not further <= there.touched:
            found[text] = replace(there, touched=there.touched | further)
        for name in names.bound:
            behind[name] = names.read | further
    return found


@lru_cache(maxsize=4096)
def statements(code: str) -> tuple[str, ...]:
    """Return the texts of a cell's statements; all in one where they cannot be told apart."""
    try:
        body = parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return (code,)
    ends = [node.end_lineno or 0 for node in body]
    decorated = [[*getattr(node, "decorator_list", ()), node] for node in body]
    begins = [min(one.lineno for one in ones) for ones in decorated]
    if len(body) < 2 or any(b <= e for b, e in zip(begins[1:], ends, strict=False)):
        return (code,)
    lines = code.split("\n")
    return tuple("\n".join(lines[b - 1 : e]) for b, e in zip(begins, ends, strict=True))
