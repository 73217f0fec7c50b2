"""Modules of a package that are imported when they are first asked for: some take long."""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib import import_module
from types import ModuleType


def on_demand(package: str, names: Collection[str]) -> Callable[[str], ModuleType]:
    """Return a package's ``__getattr__``.

    Parameters
    ----------
    package : str
        Its full name.
    names : collection of str
        Its modules that may be asked for.
    """

    def find(name: str) -> ModuleType:
        if name not in names:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return import_module(f"{package}.{name}")

    return find
