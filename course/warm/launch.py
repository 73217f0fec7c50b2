"""A fork becomes a Jupyter kernel.

All that makes a kernel one (its sockets and their contexts, its threads, its session and shell)
is made here, after the fork.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from typing import NoReturn

from course.processes.forks import end
from course.processes.neighbours import import_from
from course.warm.serving import Request

INLINE = "module://matplotlib_inline.backend_inline"


def become(request: Request) -> NoReturn:
    """Be the kernel that was asked for, until it ends, and the process with it."""
    request.files.insert(0, os.open(os.devnull, os.O_RDONLY))
    request.settle()
    _be_program(request.message["arguments"])

    from ipykernel.kernelapp import IPKernelApp

    # Where the environment names a parent, it is the one who asked: ours is the nursery.
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(request.message["arguments"])
    _introduce_widgets()
    app.start()
    end(0, app.shell.user_ns)


def _be_program(arguments: list[str]) -> None:
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [launcher.origin, *arguments]
    if "matplotlib" in sys.modules:  # it reads the variable when it is imported
        sys.modules["matplotlib"].rcParams["backend"] = os.environ.get("MPLBACKEND") or INLINE
    if not os.environ.get("PYTHONSAFEPATH"):
        import_from("")


def _introduce_widgets() -> None:
    """Do what ipywidgets does when it is imported in a kernel: offer its comm targets."""
    if "ipywidgets" in sys.modules:
        sys.modules["ipywidgets"].register_comm_target()
