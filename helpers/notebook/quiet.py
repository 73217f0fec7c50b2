"""Keep TensorFlow's start-up notes out of the notebook.

While it is imported, TensorFlow writes to the process's standard error that it found no GPU,
in a way that none of its settings stops. In a notebook that is a red box under the first
cell, and looks like a mistake of the reader's.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import ModuleType

Frame = Callable[[], AbstractContextManager[None]]


def quieten(package: str) -> None:
    """See to it that the import of `package`, when it comes, writes nothing on stderr.

    An import that fails shows what was written after all. Where the package is imported
    already, nothing happens.
    """
    around_import(package, _stderr_aside)


def around_import(package: str, frame: Frame) -> None:
    """Have the import of `package`, when it comes, run inside of `frame()`.

    Where the package is imported already, nothing happens.
    """
    waiting = any(isinstance(f, _Finder) and f.package == package for f in sys.meta_path)
    if package not in sys.modules and not waiting:
        sys.meta_path.insert(0, _Finder(package, frame))


class _Finder(importlib.abc.MetaPathFinder):
    """Finds one package, once, and has it loaded inside of a frame."""

    def __init__(self, package: str, frame: Frame) -> None:
        self.package, self._frame = package, frame

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.package:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, self._frame)
        return spec


class _Loader(importlib.abc.Loader):
    """Loads as another loader does, inside of a frame."""

    def __init__(self, loader: importlib.abc.Loader, frame: Frame) -> None:
        self._loader, self._frame = loader, frame

    def __getattr__(self, name: str) -> object:
        return getattr(self._loader, name)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        module.__spec__.loader = module.__loader__ = self._loader
        with self._frame():
            self._loader.exec_module(module)


@contextmanager
def _stderr_aside() -> Iterator[None]:
    """Lead file descriptor 2 into a temporary file; give its text back on an error."""
    with tempfile.TemporaryFile() as aside:
        kept = os.dup(2)
        os.dup2(aside.fileno(), 2)
        try:
            yield
        except BaseException:
            aside.seek(0)
            os.write(kept, aside.read())
            raise
        finally:
            os.dup2(kept, 2)
            os.close(kept)
