"""A student's own copy of ``release/``: ``work/``, in which no answer is ever overwritten.

``work/.release/`` keeps what was copied last, as it was. A file that still says the same is
the student's in name only, and gives way to a newer release. One with answers stays; the
newer version is put beside it as ``name (new).ipynb``, once, and what changed is said.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

BASE = ".release"
NOTEBOOK = ".ipynb"


@dataclass(frozen=True)
class Change:
    """One file of the release that came into ``work/``.

    Attributes
    ----------
    file : str
        Its path in the release.
    what : {"new", "updated", "beside"}
        "beside" where the student's own version was kept.
    beside : str
        Path in ``work/`` of the newer version that was put beside it.
    cells : tuple of str
        What is different in the newer version: "added 2 cells (a, b)", and so on.
    """

    file: str
    what: str
    beside: str = ""
    cells: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.what == "new":
            return f"{self.file} is new."
        if self.what == "updated":
            return f"{self.file} has a newer version; yours had no answers and was replaced."
        changed = f": {', '.join(self.cells)}" if self.cells else ""
        return f"{self.file} has a newer version{changed}. Yours is kept; see {self.beside}."


def refresh(release: Path, work: Path) -> list[Change]:
    """Bring what is new in `release` into `work`, and return it.

    Parameters
    ----------
    release : Path
        A folder of sections, of which only those that hold files count.
    work : Path
        Made when it is not there.
    """
    work.mkdir(parents=True, exist_ok=True)
    files = (p for p in sorted(release.rglob("*")) if p.is_file())
    names = [p.relative_to(release) for p in files]
    seen = [n for n in names if not any(part.startswith(".") for part in n.parts)]
    return [change for name in seen if (change := _bring(release / name, work, name))]


def _bring(new: Path, work: Path, name: Path) -> Change | None:
    own, base = work / name, work / BASE / name
    if not own.exists():
        _copy(new, own)
        _copy(new, base)
        return Change(name.as_posix(), "new")
    if base.exists() and _same(new, base):
        return None  # nothing newer, whatever the student did
    if _same(new, own):
        _copy(new, base)
        return None
    if base.exists() and _same(own, base):
        _copy(new, own)
        _copy(new, base)
        return Change(name.as_posix(), "updated")
    beside = _free_name(new, work, name)
    _copy(new, work / beside)
    _copy(new, work / BASE / beside)
    cells = _differences(base if base.exists() else own, new)
    _copy(new, base)  # last: a run that is cut off before says it again
    return Change(name.as_posix(), "beside", beside.as_posix(), cells)


def _free_name(new: Path, work: Path, name: Path) -> Path:
    """Return "name (new).ipynb", or "name (new 2).ipynb" where the student has written into it."""
    for number in range(1, 1000):
        mark = "(new)" if number == 1 else f"(new {number})"
        beside = name.with_name(f"{name.stem} {mark}{name.suffix}")
        own, base = work / beside, work / BASE / beside
        if not own.exists() or (base.exists() and _same(own, base)) or _same(own, new):
            return beside
    raise FileExistsError(f"{work / name}: too many newer versions beside it")


def _same(a: Path, b: Path) -> bool:
    """Tell whether two files say the same; of notebooks only the cells' text counts."""
    if a.read_bytes() == b.read_bytes():
        return True
    if a.suffix != NOTEBOOK:
        return False
    cells = _cells(a)
    return cells is not None and cells == _cells(b)


def _cells(path: Path) -> list[tuple[str, str, str]] | None:
    """Return id, kind and text of each cell; None when it is no notebook."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
        return [
            (str(cell.get("id", number)), cell["cell_type"], "".join(cell["source"]))
            for number, cell in enumerate(raw["cells"])
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _differences(before: Path, after: Path) -> tuple[str, ...]:
    """Return what became of the cells, by their ids."""
    old, new = _cells(before), _cells(after)
    if old is None or new is None:
        return ()
    was = {name: rest for name, *rest in old}
    now = {name: rest for name, *rest in new}
    kinds = {
        "added": [name for name in now if name not in was],
        "changed": [name for name in now if name in was and now[name] != was[name]],
        "removed": [name for name in was if name not in now],
    }
    return tuple(
        f"{kind} {len(names)} cell{'s' * (len(names) > 1)} ({', '.join(names)})"
        for kind, names in kinds.items()
        if names
    )


def _copy(source: Path, target: Path) -> None:
    """Copy a file: whole, or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, temporary)
    os.replace(temporary, target)
