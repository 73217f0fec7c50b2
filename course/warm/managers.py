"""Kernels of this machine, which are spoken to through files and not through ports.

For a port Jupyter looks for a free one, lets go of it, and a second later the kernel takes it: on
a busy machine somebody else may have it by then, and the kernel dies before its first word. A
socket in a private folder is nobody else's, and no other user of the machine can reach it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from jupyter_client.manager import AsyncKernelManager

from course.scratch import Scratch
from course.warm.specs import Specs

# Bytes that every system takes for a socket's path: macOS 103, Linux 107.
LONGEST = 103
# What Jupyter appends to a connection file's name, less its ending.
APPENDED = "-ipc-5"


class LocalManager(AsyncKernelManager):
    """Starts one kernel and ends it.

    Ports remain where files cannot be had: on Windows, with a folder of temporary files whose path
    is too long for a socket, and for the kernels of others, who need not know of them.

    Parameters
    ----------
    kernel_name : str
        Name of the kernelspec.
    specs : Specs, optional
        Where kernelspecs are found, and who starts the kernels; afresh when left out.
    """

    _folder: Scratch | None = None

    def __init__(self, kernel_name: str, specs: Specs | None = None, **options: Any) -> None:
        super().__init__(kernel_name=kernel_name, kernel_spec_manager=specs or Specs(), **options)

    async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
        if self._folder is None and self.kernel_name == NATIVE_KERNEL_NAME and os.name == "posix":
            self._speak_through_files()
        return await super()._async_pre_start_kernel(**options)

    def _speak_through_files(self) -> None:
        folder = Scratch("kernel")
        file = Path(folder.name, "kernel.json")
        if len(os.fsencode(file.with_suffix(""))) + len(APPENDED) > LONGEST:
            folder.cleanup()
            return
        self._folder = folder
        self.connection_file = str(file)
        self.transport = "ipc"

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if self._folder is not None and not restart:
            self._folder.cleanup()

    pre_start_kernel = _async_pre_start_kernel
    cleanup_resources = _async_cleanup_resources
