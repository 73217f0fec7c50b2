"""Modules beside a notebook: they win over what is installed, also where that is imported already.

A fresh kernel looks for a module among Python's own, then beside the notebook, then among what is
installed. A fork has imported much before it knows its folder: our packages, and what the lessons
of the course import. What has the name of a neighbour is forgotten there, so that the next import
finds the neighbour.
"""

from __future__ import annotations

import importlib.machinery
import sys
from collections.abc import Iterator
from pathlib import Path

from course.beside import PLACE, forget_beside

OURS = ("course", "helpers")
INSTALLED = ("site-packages", "dist-packages")
# What a kernel itself has imported before its first cell wins there as well.
KERNELS_OWN = frozenset(
    (
        *("IPython", "comm", "dateutil", "debugpy", "ipykernel", "jupyter_client", "jupyter_core"),
        *("packaging", "platformdirs", "psutil", "pygments", "tornado", "traitlets"),
        *("typing_extensions", "zmq"),
    )
)


def import_from(entry: str) -> None:
    """Have the modules in a folder found as a kernel finds what lies beside its notebook.

    Parameters
    ----------
    entry : str
        The folder as it is to stand on the import path; empty for the working folder.
    """
    folder, place = Path(entry or "."), str(PLACE)
    local = set(modules_in(folder)) - KERNELS_OWN - sys.stdlib_module_names
    if folder.resolve() == PLACE:
        local.clear()
    # A checkout of ours on the path stays where it is, unless it would hide a neighbour.
    hides = place in sys.path and not local.isdisjoint(modules_in(PLACE))
    sys.path[:] = [p for p in sys.path if p != entry and not (hides and p == place)]
    first = next((i for i, p in enumerate(sys.path) if p.endswith(INSTALLED)), len(sys.path))
    # A folder without __init__.py gives way to a package of that name anywhere on the path.
    sys.path[first:first] = [entry, place] if hides and local.isdisjoint(OURS) else [entry]
    for name in local & sys.modules.keys():
        _forget(name, folder)
    for name in local.intersection(OURS):
        forget_beside(name)


def modules_in(folder: Path) -> Iterator[str]:
    """Yield the names under which something in a folder can be imported."""
    endings = tuple(importlib.machinery.all_suffixes())
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = path.name.partition(".")[0]
        if not name.isidentifier():
            continue
        if path.name.endswith(endings) or (path.is_dir() and any(path.glob("*.py"))):
            yield name


def _forget(name: str, folder: Path) -> None:
    """Forget a module that was imported under this name.

    Of our own packages the modules within stay, for processes of ours go on with them; but not
    those that the neighbour has as well.
    """
    kept = sys.modules.pop(name)
    within = [n for n in sys.modules if n.startswith(f"{name}.")]
    for inner in within:
        part = inner.split(".")[1]
        if name not in OURS or not _is_ours(kept) or part in set(modules_in(folder / name)):
            del sys.modules[inner]


def _is_ours(module: object) -> bool:
    return any(Path(p).parent == PLACE for p in getattr(module, "__path__", ()))
