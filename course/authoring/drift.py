"""Compare two folders of notebooks, and show where they part."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.folder import is_left_behind

MOST_LINES = 20


@dataclass(frozen=True)
class Drift:
    """One difference between ``release/`` and what ``source/`` would give.

    Attributes
    ----------
    section : str
    file : str
        Relative to ``release/<section>``; empty for the folder as a whole.
    how : {"differs", "missing", "superfluous"}
    cell : str
        Id of the first cell that differs; empty where no cell does.
    diff : str
        That cell, as a unified diff from the file in ``release/`` to what it should be.
    folder : str
        Where the file lies, when that is not ``release/<section>``.
    """

    section: str
    file: str
    how: str
    cell: str = ""
    diff: str = ""
    folder: str = ""

    def __str__(self) -> str:
        folder = self.folder or f"release/{self.section}"
        place = folder + (f"/{self.file}" if self.file else "")
        cell = f" from cell {self.cell} on" if self.cell else ""
        return f"{place} {'is ' * (self.how != 'differs')}{self.how}{cell}"


def compare(section: str, made: Path, released: Path) -> list[Drift]:
    """Return the differences between a fresh student version and the released one."""
    if not released.is_dir():
        return [Drift(section, "", "missing")]
    wanted, found = set(_files(made)), set(_files(released))
    drifts = [Drift(section, name, "missing") for name in sorted(wanted - found)]
    drifts += [Drift(section, name, "superfluous") for name in sorted(found - wanted)]
    for name in sorted(wanted & found):
        old, new = (released / name).read_bytes(), (made / name).read_bytes()
        if old != new:
            cell, diff = _hint(old, new) if name.endswith(".ipynb") else ("", "")
            drifts.append(Drift(section, name, "differs", cell, diff))
    return drifts


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if path.is_file() and not any(map(is_left_behind, relative.parts)):
            yield relative.as_posix()


def _hint(old: bytes, new: bytes) -> tuple[str, str]:
    try:
        before, after = json.loads(old), json.loads(new)
        pairs = zip([*before["cells"], {}], [*after["cells"], {}], strict=False)
        first = next(((a, b) for a, b in pairs if a != b), None)
    except (ValueError, LookupError, TypeError):
        return "", "The file in release/ is no notebook."
    if first is None:
        return "", _diff(_without_cells(before), _without_cells(after))
    name = next((str(cell["id"]) for cell in reversed(first) if "id" in cell), "")
    return name, _diff(*first)


def _without_cells(nb: dict) -> dict:
    return {key: value for key, value in nb.items() if key != "cells"}


def _diff(before: Any, after: Any) -> str:
    lines = difflib.unified_diff(
        _shown(before), _shown(after), "release", "source", lineterm="", n=1
    )
    lines = list(lines)
    rest = [f"… and {len(lines) - MOST_LINES} lines more"] if len(lines) > MOST_LINES else []
    return "\n".join(lines[:MOST_LINES] + rest)


def _shown(part: dict) -> list[str]:
    """Return a cell's text as its lines, then the rest of the cell."""
    text = "".join(part.get("source", []))
    rest = {key: value for key, value in part.items() if key != "source"}
    shown = json.dumps(rest, indent=1, sort_keys=True, ensure_ascii=False) if rest else ""
    return [*text.splitlines(), *shown.splitlines()]
