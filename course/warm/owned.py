"""A nursery of kernels that belongs to one program, for all that this program starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from course.warm.provisioner import NAME, registered
from course.warm.runtime import Refused, listen, runtime_folder
from course.warm.starting import SOCKET, available, start

PROVISIONER = "JUPYTER_DEFAULT_PROVISIONER_NAME"  # jupyter_client reads it
PATIENCE = 5


def usable() -> bool:
    """Tell whether Jupyter can be given warm kernels here."""
    return available() and registered()


def start_owned(
    imports: Sequence[str], environment: dict[str, str]
) -> tuple[subprocess.Popen, dict[str, str]]:
    """Start a nursery that ends with this process, also when it becomes another program.

    Parameters
    ----------
    imports : sequence of str
        Import statements; the nursery is at them when this returns.
    environment : dict
        The whole environment of the kernels.

    Returns
    -------
    process : Popen
    variables : dict
        To be added to the environment of programs whose kernels are to be forked from it.

    Raises
    ------
    Refused
        When there is no place for its socket.
    """
    folder = runtime_folder()
    _sweep(folder)
    number = 1
    while (path := folder / f"{os.getpid()}-{number}.sock").exists():
        number += 1
    with listen(str(path)) as listener:
        process = start(listener, list(imports), environment, owner=os.getpid())
    return process, {PROVISIONER: NAME, SOCKET: str(path)}


def _sweep(folder: Path) -> None:
    """Remove the sockets of owners that were killed before they could."""
    for path in folder.glob("*-*.sock"):
        try:
            os.kill(int(path.name.partition("-")[0]), 0)
        except ProcessLookupError:
            path.unlink(missing_ok=True)


@contextmanager
def owned_nursery(imports: Sequence[str], environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield the variables of `start_owned`; end the nursery, and its kernels, afterwards.

    Where kernels cannot be warm the variables are none, and kernels start as ever.
    """
    try:
        process, variables = start_owned(imports, environment) if usable() else (None, {})
    except Refused as reason:
        print(f"No warm kernels: {reason}.", file=sys.stderr)
        process, variables = None, {}
    try:
        yield variables
    finally:
        if process is not None:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            Path(variables[SOCKET]).unlink(missing_ok=True)
