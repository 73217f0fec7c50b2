"""What precedes a fork, and what a fork must do before it is a process of its own."""

from __future__ import annotations

import atexit
import ctypes
import gc
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import threading
import time
from contextlib import suppress
from typing import Any, NoReturn

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
BEGAN = time.time_ns()  # this process had imported next to nothing


def preload(imports: list[str]) -> list[str]:
    """Run import statements; return those that fail, which the cells will meet again."""
    failed = []
    for statement in imports:
        try:
            exec(statement, {})
        except (
            Exception,
            SystemExit,
        ):  # whatever an import raises is the notebook's business, not ours
            failed.append(statement)
    return failed


def die_with(parent: int) -> None:
    """Have the system kill this process when its parent ends (Linux; elsewhere nothing).

    Parameters
    ----------
    parent : int
        The parent's process id: where it has gone already, this process ends at once.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def close_to_others() -> None:
    """Let no other process of this user trace this one or read its memory (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0)


def reseed() -> None:
    """Draw new random states: those of the nursery would be the same in every fork.

    Python's own generator and NumPy's global one (which SciPy and scikit-learn use) are seeded
    afresh, and so is the secret by which multiprocessing knows its own. Keras and TensorFlow
    make their state at its first use, which is after the fork.
    """
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
    multiprocessing.current_process().authkey = os.urandom(32)


def end(code: int, names: dict[str, Any] | None = None) -> NoReturn:
    """End as a program ends, but leave the modules to the system.

    Python takes them apart one by one, and to write into memory that is shared with the nursery
    costs ten times what the fork did. What a program made goes first: a file that was left open is
    written to its end.

    Parameters
    ----------
    code : int
        The exit code.
    names : dict, optional
        What the program has made.
    """
    threading._shutdown()  # as multiprocessing does in its forks
    atexit._run_exitfuncs()
    if names is not None:
        names.clear()
    gc.collect()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads it any more, or it is closed
            stream.flush()
    os._exit(code)


class Imported:
    """The files of the modules that are imported now; asked later whether they are the same.

    Parameters
    ----------
    began : int, optional
        When the imports began, as `BEGAN` tells it: what was written after that may have been read
        before it, and counts as changed.
    """

    def __init__(self, began: int | None = None) -> None:
        self._then = _module_files()
        now, made = time.time_ns(), f"{tempfile.gettempdir()}/"  # where imports write modules
        late = (
            name
            for name, (written, *_) in self._then.items()
            if began and began < written < now and not name.startswith(made)
        )
        self._late = next(late, None)

    def changed(self) -> str | None:
        """Return a file that has changed or gone since, or None."""
        now = _module_files()
        other = (name for name, stamp in self._then.items() if now.get(name) != stamp)
        return self._late or next(other, None)


def _module_files() -> dict[str, tuple[int, int, int]]:
    """Return the files of the imported modules, and where packages are installed, with their times.

    An import that found nothing would perhaps find something there now.
    """
    found = {}
    modules = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    installed = (place for place in sys.path if place.endswith(("-packages", "-packages/")))
    for path in (*modules, *installed):
        if isinstance(path, str):
            with suppress(OSError):
                status = os.stat(path)
                found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found
