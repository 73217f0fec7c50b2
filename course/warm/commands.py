"""The nursery of commands: it has imported the command line, and each fork runs one command.

Started by the process that stands by, with its process id, the folder of a course, and the number
of a socket by which it hands connections over. What of a command can be seen from outside is as
without it: its folder, environment and streams, its exit code, and the signals that it hears.
"""

from __future__ import annotations

import io
import os
import socket
import sys
import time
from typing import Any, NoReturn

import vision_course
from course.processes.forks import die_with, end
from course.warm.circumstances import circumstances
from course.warm.kernels import imported_with
from course.warm.relay import FILES
from course.warm.serving import Request, Server

REHEARSE = "from course.cli import rehearse; rehearse({root!r})"
# What is read while this is imported, beside what lessons do.
READ_AT_IMPORT = (
    *("ANDROID_", "DASK_", "JUPYTER_", "MSGPACK_", "NBFORMAT_", "NPY_", "NUMPY_", "PYDANTIC_"),
    *("PYZMQ_", "PY_", "RAPIDFUZZ_", "TORNADO_", "TRAITLETS_", "TYPER_", "USER"),
    *("MPLBACKEND", "XDG_DATA_", "_PYTHON", "_TYPER_"),
)


def conditions(request: dict[str, Any]) -> dict[str, str]:
    """Return what of a request must be as it is in the nursery."""
    environment = request["environment"]
    found = {k: v for k, v in environment.items() if k.startswith(READ_AT_IMPORT)}
    return imported_with(environment) | found | request["circumstances"]


def become(request: Request) -> NoReturn:
    """Be the command that was asked for, until it ends, and the process with it."""
    begin = request.files.pop()
    request.settle()
    told = request.message
    if not os.read(begin, 1):  # who asked has given up, and runs the command by itself
        os._exit(0)
    os.close(begin)
    os.umask(told["mask"])
    time.tzset()
    sys.argv, sys.path[:] = told["arguments"], told["path"]
    # By it Typer finds what to call the program where it tells how it is used.
    sys.modules["__main__"].__package__ = told["package"]
    _open_streams(told["streams"])
    try:
        code = vision_course.run()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
    end(code)


def _open_streams(kinds: list[tuple[str, str, bool]]) -> None:
    """Make them anew, as Python does: what these lead to, and how it is written, is another."""
    modes = (("stdin", "r", -1), ("stdout", "w", -1), ("stderr", "w", 1))
    for number, ((name, mode, buffering), (encoding, errors, through)) in enumerate(
        zip(modes, kinds, strict=True)
    ):
        if through:
            raw = open(number, f"{mode}b", 0, closefd=False)  # noqa: SIM115
            stream = io.TextIOWrapper(raw, encoding, errors, write_through=True)
        else:
            stream = open(number, mode, buffering, encoding, errors, closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def main() -> None:
    """Be the nursery; in a fork, be a command."""
    owner, root, number = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    die_with(owner)
    here = {"environment": dict(os.environ), "circumstances": circumstances()}
    asked = socket.socket(fileno=number)
    imports = [REHEARSE.format(root=root)]
    request = Server(asked, owner, imports, conditions, here, FILES).serve()
    if request is not None:
        become(request)


if __name__ == "__main__":
    main()
