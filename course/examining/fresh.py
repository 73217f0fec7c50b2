"""A session in a fresh Jupyter kernel, one cell at a time."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from course.door.budgets import CELL_OUTPUTS, CELL_PICTURES, CELL_TEXT
from course.door.outputs import error_of
from course.processes.surroundings import Home, for_grading
from course.session import INLINE, CellResult, JudgedInside, Status, as_outputs
from course.warm.managers import LocalManager

SHOWING = ("stream", "display_data", "execute_result", "update_display_data", "error")
MAX_SHOWN = 2 * (CELL_TEXT + CELL_PICTURES)  # of messages as they stand


class KernelSession(JudgedInside):
    """A session in a fresh Jupyter kernel of its own, tests included: nothing is kept apart.

    Parameters
    ----------
    folder : Path
        The kernel's working folder.
    kernel : str
        Name of the kernelspec.
    environment : dict, optional
        Variables added to the kernel's environment.
    """

    def __init__(
        self, folder: Path, kernel: str = "python3", environment: dict[str, str] | None = None
    ) -> None:
        super().__init__()
        # A thread of its own: whoever calls may be inside another event loop already.
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._kernel = LocalManager(kernel)  # nbclient forgets it where it dies at once
        self._client = _QuietClient(
            new_notebook(),
            km=self._kernel,
            allow_errors=True,
            store_widget_state=False,
            resources={"metadata": {"path": str(folder)}},
            log=_silent_log(),
        )
        self._client.comm_open_handlers = {}  # it trips over a widget whose state it does not keep
        self._client.on_cell_executed = self._keep_reply
        self._reply: dict = {}
        self._home = Home()
        try:
            self._await(self._start(for_grading(self._home.name, INLINE | (environment or {}))))
        except BaseException:
            self.close()
            raise

    def run(self, code: str, timeout: float, *, pictures: bool = True) -> CellResult:
        """Run one cell, for at most `timeout` seconds."""
        cell = new_code_cell(code)
        self._client.timeout = int(max(1, timeout))
        self._reply = {}
        began = time.monotonic()
        status: Status = "error"
        try:
            # All cells stay: a later one may change the display of an earlier one.
            self._client.nb.cells.append(cell)
            self._await(self._client.async_execute_cell(cell, len(self._client.nb.cells) - 1))
        except CellTimeoutError:
            status = "timeout"
        except DeadKernelError:
            status = "killed"
        except Exception:  # a message of the kernel's that nbclient cannot make sense of
            status = "killed"
        else:
            if self._reply.get("status") == "ok":
                status = "ok"
        outputs = as_outputs(cell.outputs)
        errors = [o for o in outputs if o.output_type == "error"]
        if errors and status == "ok":
            status = "error"
        error = (errors[-1].ename, errors[-1].evalue) if errors else None
        if status == "error" and error is None:
            error = error_of(self._reply.get("ename"), self._reply.get("evalue"))
        return CellResult(status, outputs, error, time.monotonic() - began)

    def close(self) -> None:
        """Kill the kernel and wait until it is gone."""
        try:
            self._await(self._stop())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()
            self._home.cleanup()

    def _await(self, what: Coroutine) -> Any:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result()

    async def _start(self, environment: dict[str, str]) -> None:
        # What the process writes past Jupyter's channels belongs on no instructor's screen.
        await self._client.async_start_new_kernel(
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        await self._client.async_start_new_kernel_client()

    async def _stop(self) -> None:
        if self._client.kc is not None:
            self._client.kc.stop_channels()
        if self._kernel.has_kernel:
            await self._kernel.shutdown_kernel(now=True)
        else:  # it never started
            await self._kernel.cleanup_resources()

    def _keep_reply(self, cell: NotebookNode, cell_index: int, execute_reply: dict) -> None:
        self._reply = execute_reply["content"]


class _QuietClient(NotebookClient):
    """An nbclient that kills at a timeout: an interrupt can be swallowed by the cell.

    It keeps no more of a cell's outputs than is taken.
    """

    interrupt_on_timeout = False
    _shown = (-1, 0)  # a cell, and how much it has shown

    def process_message(self, msg: dict, cell: NotebookNode, cell_index: int) -> Any:
        """Take one message of the kernel's, unless the cell has shown too much already."""
        if msg["msg_type"] in SHOWING:
            before = self._shown[1] if self._shown[0] == cell_index else 0
            self._shown = cell_index, before + len(repr(msg["content"]))
            if self._shown[1] > MAX_SHOWN or len(cell.outputs) > CELL_OUTPUTS:
                return None
        try:
            return super().process_message(msg, cell, cell_index)
        except CellExecutionComplete:
            raise
        except Exception:  # nbformat refuses an output, or there is none in the message
            return None


def _silent_log() -> logging.Logger:
    log = logging.getLogger("course.session")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    return log


@contextmanager
def open_session(
    folder: Path, environment: dict[str, str] | None = None
) -> Iterator[KernelSession]:
    """Open a session and close it at the end, whatever happens in between."""
    session = KernelSession(folder, environment=environment)
    try:
        yield session
    finally:
        session.close()
