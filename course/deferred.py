"""What a library prepares whenever it is imported, and nobody here asks for, waits to be asked for.

jsonschema, which stands behind nbformat, imports a grammar of international web addresses. To build
it takes 0.8 s of processor time, in each of the many processes that read a notebook; it is used for
schemas that name the format "iri", and no notebook's does. nbgrader's package imports its four
extensions of Jupyter's server with all that they use, whatever part of it is wanted; its utilities
import setuptools to unpack archives. Keras imports scikit-learn for the classes that wrap a model
for it: a quarter of the time that `import keras` takes, and 60 MB that each fork would share.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import threading
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.abc import Loader

NBGRADER = "nbgrader"
# Each with what lies in it or beside it, where it is the library's: a module of somebody's own may
# have the same name.
PACKAGES = {
    NBGRADER: "server_extensions",
    "keras.wrappers": "../src",
    "keras._tf_keras.keras.wrappers": "../../../src",
}
# Each with the functions that are imported from it by name before anybody needs them.
FUNCTIONS = {
    "rfc3987_syntax": ("is_valid_syntax",),
    "setuptools.archive_util": ("unpack_archive", "unpack_tarfile", "unpack_zipfile"),
}


def defer_packages() -> None:
    """Have some packages begin when one of their names is asked for; their parts are there."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def defer_functions() -> None:
    """Have some modules begin when one of their functions is called, or another name asked for."""
    for name, functions in FUNCTIONS.items():
        if name not in sys.modules and (spec := _spec(name)) and spec.loader:
            module = importlib.util.module_from_spec(spec)
            names = _begin_later(module, spec.loader)
            for function in functions:
                setattr(module, function, _called_later(names, function))
            sys.modules[name] = module


def _spec(name: str) -> ModuleSpec | None:
    """Find a module, and import nothing, not even the package that it is in."""
    package, _, own = name.rpartition(".")
    if not own or not package:
        return PathFinder.find_spec(name)
    above = PathFinder.find_spec(package)
    return PathFinder.find_spec(name, above.submodule_search_locations) if above else None


def _called_later(names: Callable[[], dict[str, Any]], function: str) -> Callable:
    def call(*args: Any, **options: Any) -> Any:
        return names()[function](*args, **options)

    return call


class _Finder:
    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        beside = PACKAGES.get(name)
        spec = PathFinder.find_spec(name, path) if beside else None
        places = (spec and spec.submodule_search_locations) or ()
        if not any(os.path.isdir(os.path.join(place, beside)) for place in places):
            return None
        spec.loader = _Later(spec.loader)
        return spec


class _Later:
    """Loads a package when one of its names is asked for that is none of its parts."""

    def __init__(self, real: Loader) -> None:
        self._real = real

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._real.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = module.__spec__.loader = self._real
        _begin_later(module, self._real)


def _begin_later(module: ModuleType, real: Loader) -> Callable[[], dict[str, Any]]:
    """Have a module run when a name of its is asked for; return what runs it and gives them all."""
    package, lock, begun = module.__name__, threading.RLock(), False

    def names() -> dict[str, Any]:
        nonlocal begun
        with lock:  # another thread goes on when all of them are there
            if not begun:
                begun = True  # its parts ask for names meanwhile
                try:
                    real.exec_module(module)
                except BaseException:
                    begun = False  # who asks next is told the same, not that there is no such name
                    raise
                del module.__getattr__, module.__dir__
        return vars(module)

    def __getattr__(name: str) -> Any:
        if name == "__version__" and package == NBGRADER:  # its parts ask for that meanwhile
            return importlib.import_module(f"{NBGRADER}._version").__version__
        missing = AttributeError(f"module {package!r} has no attribute {name!r}")
        if name.startswith("__") and name != "__all__":  # whoever looks through all modules
            raise missing
        if hasattr(module, "__path__") and importlib.util.find_spec(f"{package}.{name}"):
            return importlib.import_module(f"{package}.{name}")
        if name not in names():
            raise missing
        return vars(module)[name]

    def __dir__() -> list[str]:  # who completes a name is shown them all
        return list(names())

    module.__getattr__, module.__dir__ = __getattr__, __dir__
    return names
