"""Warm kernels for everything that speaks Jupyter: JupyterLab, papermill, nbclient, nbgrader.

A kernelspec names this provisioner in its metadata (ours does: "Python 3 (warm)"), or the
variable JUPYTER_DEFAULT_PROVISIONER_NAME has it start every kernel. A kernel that cannot be
forked is started as ever: on Windows and macOS, for another language or another Python.
"""

from __future__ import annotations

import asyncio
import json
import os
import pathlib
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import entry_points
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner
from traitlets import List, Unicode

from course.warm import starting
from course.warm.runtime import Refused

NAME = "course-warm-provisioner"
GROUP = "jupyter_client.kernel_provisioners"
KERNELSPEC = pathlib.Path(__file__).with_name("kernelspec") / "kernel.json"
# What a launch may ask for that a fork can do; with anything else the kernel starts as ever.
KNOWN = {"env", "cwd", "stdin", "stdout", "stderr", "independent", "extra_arguments", "kernel_id"}


def default_imports() -> list[str]:
    """Return the imports that our own kernelspec asks for."""
    spec = json.loads(KERNELSPEC.read_text(encoding="utf-8"))
    return spec["metadata"]["kernel_provisioner"]["config"]["imports"]


def registered() -> bool:
    """Tell whether Jupyter can find the provisioner: it is installed, not only importable."""
    return any(entry_points(group=GROUP, name=NAME))


class WarmProvisioner(LocalProvisioner):
    """Has kernels forked by a nursery; all else is as with the local provisioner.

    Attributes
    ----------
    imports : list of str
        Statements that the nursery runs once, before the first kernel.
    socket : str
        Path of the nursery to ask first; by default what the environment names.
    """

    imports = List(Unicode(), default_value=None, allow_none=True).tag(config=True)
    socket = Unicode("").tag(config=True)
    nursery = ""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel, warm where it can be."""
        self.nursery = ""
        arguments = ipykernel_arguments(cmd)
        if arguments is None or not _can_fork(kwargs):
            return await super().launch_kernel(cmd, **kwargs)
        imports = default_imports() if self.imports is None else list(self.imports)
        message = _request(arguments, kwargs)
        with _standard_files(kwargs) as files:
            try:
                # The nursery may still import: an event loop must not wait for that.
                found = await asyncio.to_thread(starting.ask, message, files, imports, self.socket)
            except Refused as reason:
                self.log.warning("No warm kernel, a fresh one instead: %s.", reason)
                return await super().launch_kernel(cmd, **kwargs)
        self.process, self.nursery = found
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd") or pathlib.Path.cwd()
        return self.connection_info

    async def get_provisioner_info(self) -> dict[str, Any]:
        """Return what another program needs to go on with the kernel."""
        return {**await super().get_provisioner_info(), "nursery": self.nursery}

    async def load_provisioner_info(self, provisioner_info: dict[str, Any]) -> None:
        """Go on with a kernel that another program started; a warm one is watched again."""
        await super().load_provisioner_info(provisioner_info)
        self.nursery = provisioner_info.get("nursery", "")
        if self.nursery and self.pid:
            self.process = await asyncio.to_thread(starting.watch, self.nursery, self.pid)


def ipykernel_arguments(cmd: list[str]) -> list[str] | None:
    """Return what a command gives to the ipykernel of this very Python; None if it is another.

    >>> ipykernel_arguments([sys.executable, "-m", "ipykernel_launcher", "-f", "kernel.json"])
    ['-f', 'kernel.json']
    """
    program, *rest = cmd
    if not re.fullmatch(r"python(3(\.\d+)?)?", program) and program != sys.executable:
        return None
    if rest[:1] == ["-Xfrozen_modules=off"]:
        rest = rest[1:]
    return rest[2:] if rest[:2] == ["-m", "ipykernel_launcher"] else None


def _can_fork(kwargs: dict[str, Any]) -> bool:
    if not starting.available() or kwargs.get("stdin") is not None:
        return False
    return set(kwargs) <= KNOWN and subprocess.PIPE not in (
        kwargs.get("stdout"),
        kwargs.get("stderr"),
    )


def _request(arguments: list[str], kwargs: dict[str, Any]) -> dict[str, Any]:
    independent = bool(kwargs.get("independent"))
    environment = dict(kwargs.get("env") or os.environ)
    if not independent:
        environment["JPY_PARENT_PID"] = str(os.getpid())  # as jupyter_client does
    return {
        "do": "open",
        "arguments": arguments,
        "folder": str(pathlib.Path(kwargs.get("cwd") or ".").absolute()),
        "environment": environment,
        "independent": independent,
    }


@contextmanager
def _standard_files(kwargs: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Yield the files for standard output and error: what was given, else our own."""
    with ExitStack() as stack:
        files: list[int] = []
        for ours, name in ((1, "stdout"), (2, "stderr")):
            given = kwargs.get(name)
            if given == subprocess.STDOUT:
                files.append(files[0])
            elif given == subprocess.DEVNULL or (given is None and not _is_open(ours)):
                files.append(stack.enter_context(open(os.devnull, "wb")).fileno())
            else:
                number = ours if given is None else given
                files.append(number if isinstance(number, int) else number.fileno())
        yield files[0], files[1]


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
