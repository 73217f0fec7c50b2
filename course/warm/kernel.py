"""A fork becomes a Jupyter kernel.

All that makes a kernel one (its sockets and their contexts, its threads, its session and shell)
is made here, after the fork. It then ends as a program ends: whoever forked it lets `become`
return and has nothing more to do.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from typing import TYPE_CHECKING

from course.warm.forks import die_with, reseed

if TYPE_CHECKING:
    from course.warm.kernels import Request

INLINE = "module://matplotlib_inline.backend_inline"


def become(request: Request) -> None:
    """Be the kernel that was asked for, until it ends."""
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
    reseed()


def _introduce_widgets() -> None:
    """Do what ipywidgets does when it is imported in a kernel: offer its comm targets."""
    if "ipywidgets" in sys.modules:
        sys.modules["ipywidgets"].register_comm_target()
