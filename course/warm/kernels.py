"""The nursery of kernels, of which each fork becomes a Jupyter kernel.

Started by `course.warm.starting` with the number of a listening socket, the process id of its owner
(0 where none owns it), and import statements as JSON.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from typing import Any

import vision_course
from course.processes.forks import die_with
from course.warm.launch import become
from course.warm.serving import Server

# What a kernel is made of.
KERNEL = "import ipykernel.kernelapp, ipykernel.ipkernel, ipykernel.debugger"
# Variables that libraries read while they are imported: with others, a kernel needs others' forks.
READ_AT_IMPORT = (
    *("TF_", "KERAS_", "XLA_", "CUDA_", "NVIDIA_", "OMP_", "OPENBLAS_", "MKL_", "PYTHON", "LD_"),
    *("MPLCONFIGDIR", "MATPLOTLIBRC", "HOME", "LANG", "LC_"),
)
FILES = 2  # a kernel's standard output and standard error


def imported_with(environment: dict[str, str]) -> dict[str, str]:
    """Return the variables on which imports may depend."""
    found = {k: v for k, v in environment.items() if k.startswith(READ_AT_IMPORT)}
    found.pop("PYTHONEXECUTABLE", None)  # Jupyter hands it to no kernel
    return found


def _conditions(request: dict[str, Any]) -> dict[str, str]:
    return imported_with(request["environment"])


def main() -> None:
    """Be a nursery; in a fork, be a kernel."""
    sys.path[:] = vision_course.PATH  # what a kernel imports, it finds where a fresh one does
    number, owner, imports = int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
    if owner:
        die_with(owner)
    elif os.fork():  # nobody's child, so that nobody need wait for it
        os._exit(0)
    listener = socket.socket(fileno=number)
    here = {"environment": dict(os.environ)}
    request = Server(listener, owner, [KERNEL, *imports], _conditions, here, FILES).serve()
    if request is not None:
        become(request)


if __name__ == "__main__":
    main()
