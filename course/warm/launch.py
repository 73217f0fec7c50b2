"""A fork becomes a Jupyter kernel.

All that makes a kernel one (its sockets and their contexts, its threads, its session and shell)
is made here, after the fork.
"""

from __future__ import annotations

import atexit
import gc
import importlib.util
import json
import os
import sys
import threading
from dataclasses import dataclass
from typing import Any, NoReturn

from course.processes.forks import die_with, reseed
from course.processes.neighbours import import_from

INLINE = "module://matplotlib_inline.backend_inline"


@dataclass(frozen=True)
class Request:
    """What a fork is to become; `report` is a pipe whose end says that all is in order."""

    message: dict[str, Any]
    files: list[int]
    report: int
    set_by_imports: dict[str, str]


def become(request: Request) -> NoReturn:
    """Be the kernel that was asked for, until it ends, and the process with it."""
    nursery = os.getppid()
    try:
        _settle(request, nursery)
    except OSError as error:  # told to the one who asked, as a fresh process would
        trouble = [error.errno, error.strerror, error.filename]
        os.write(request.report, json.dumps(trouble).encode())
        os._exit(1)
    os.close(request.report)

    from ipykernel.kernelapp import IPKernelApp

    # Where the environment names a parent, it is the one who asked: ours is the nursery.
    app = IPKernelApp.instance(parent_handle=nursery)
    app.initialize(request.message["arguments"])
    _introduce_widgets()
    app.start()
    _end(app.shell.user_ns)


def _settle(request: Request, nursery: int) -> None:
    os.setsid()
    die_with(nursery)
    os.chdir(request.message["folder"])
    os.environ.clear()
    os.environ.update(request.message["environment"])
    for name, value in request.set_by_imports.items():
        os.environ.setdefault(name, value)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, file in enumerate([nothing, *request.files]):
        os.dup2(file, number)
        os.close(file)
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [launcher.origin, *request.message["arguments"]]
    if "matplotlib" in sys.modules:  # it reads the variable when it is imported
        sys.modules["matplotlib"].rcParams["backend"] = os.environ.get("MPLBACKEND") or INLINE
    if not os.environ.get("PYTHONSAFEPATH"):
        import_from("")
    reseed()


def _introduce_widgets() -> None:
    """Do what ipywidgets does when it is imported in a kernel: offer its comm targets."""
    if "ipywidgets" in sys.modules:
        sys.modules["ipywidgets"].register_comm_target()


def _end(names: dict[str, object]) -> NoReturn:
    """End as a program ends, but leave the modules to the system.

    Python takes them apart one by one, and to write into memory that is shared with the nursery
    costs ten times what the fork did. What the cells made goes first: a file that was left open
    is written to its end.
    """
    threading._shutdown()  # as multiprocessing does in its forks
    atexit._run_exitfuncs()
    names.clear()
    gc.collect()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)
