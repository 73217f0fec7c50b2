"""Our other package is the one beside this one, whatever else has its name.

Many a user has a helpers.py on PYTHONPATH or in the folder that a program is started in.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

PLACE = Path(__file__).resolve().parent.parent  # of both packages


def find_beside(package: str) -> None:
    """Have the import of `package` find the one that lies beside this package."""
    if not any(isinstance(f, _Finder) and f.package == package for f in sys.meta_path):
        sys.meta_path.insert(0, _Finder(package))


def forget_beside(package: str) -> None:
    """Have the import of `package` find whatever comes first on the path again."""
    sys.meta_path[:] = [
        f for f in sys.meta_path if not (isinstance(f, _Finder) and f.package == package)
    ]


class _Finder:  # `importlib.abc`, which has a base for it, takes as long to import as all of this
    def __init__(self, package: str) -> None:
        self.package = package

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != self.package:
            return None
        return PathFinder.find_spec(name, [str(PLACE)])
