"""papermill, told which kernel to start, and watched while it works.

papermill's command starts a process for each notebook, and writes the whole notebook to disk
before and after each cell, which takes longer than most cells do. Here it runs in the thread
that calls it, and hands the notebook back.
"""

from __future__ import annotations

import asyncio
import logging
import subprocess
import threading
import time
from collections.abc import Callable
from typing import Any

from jupyter_core.utils import ensure_event_loop
from nbformat import NotebookNode
from papermill import execute_notebook
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

from course.running.execution import Execution, Job
from course.warm.managers import LocalManager
from course.warm.specs import Specs

ENGINE = "course"
# What papermill logs of a notebook, its exceptions say, too.
logging.getLogger("papermill").addHandler(logging.NullHandler())


class Stopped(Exception):
    """Whoever wanted the notebook run wants it no longer."""


class Papermill:
    """Runs jobs, one in each thread that calls `execute`, and can stop them all.

    Parameters
    ----------
    specs : Specs
        Where kernels are found.
    """

    def __init__(self, specs: Specs) -> None:
        self._specs = specs
        self._running: set[_Run] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def execute(self, job: Job, report: Callable[[int, int], None]) -> Execution:
        """Run a job to its end; `report` is told how many cells of how many are done."""
        began = time.monotonic()
        run = _Run(job, self._specs, report)
        with self._lock:
            if self._stopped:
                run.stop()
            self._running.add(run)
        error = None
        try:
            execute_notebook(
                job.nb,
                None,
                job.parameters,
                engine_name=ENGINE,
                kernel_name=job.kernel,
                progress_bar=False,
                run=run,
            )
        except Exception as raised:  # what a notebook can do to its kernel is beyond counting
            error = raised
        finally:
            with self._lock:
                self._running.discard(run)
            run.close()
        return Execution(run.nb, error, time.monotonic() - began)

    def stop(self) -> None:
        """End what runs, kernels included, and start nothing more."""
        with self._lock:
            self._stopped = True
            for run in self._running:
                run.stop()


class _Run:
    """One notebook in papermill's hands, in the thread that made this object."""

    def __init__(self, job: Job, specs: Specs, report: Callable[[int, int], None]) -> None:
        self._job = job
        self._specs = specs
        self._report = report
        self._loop = ensure_event_loop()  # nbclient takes the thread's
        self._kernel: LocalManager | None = None
        self._stopped = False
        self.nb: NotebookNode | None = None

    def execute(self, nb_man: NotebookExecutionManager, kernel_name: str) -> None:
        """Run the cells, between papermill's beginning and its end."""
        self.nb = nb_man.nb
        self._kernel = LocalManager(kernel_name, self._specs)
        client = PapermillNotebookClient(
            nb_man, self._kernel, timeout=self._job.timeout, on_cell_start=self._begin_cell
        )
        client.execute(
            cleanup_kc=True,
            cwd=str(self._job.folder),
            env=self._job.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._report(len(self.nb.cells), len(self.nb.cells))

    def stop(self) -> None:
        """Kill the kernel, from another thread; nbclient then finds it dead."""
        self._stopped = True
        if self._kernel is not None and (starter := self._kernel.provisioner) is not None:
            asyncio.run_coroutine_threadsafe(starter.kill(), self._loop)

    def close(self) -> None:
        """Close the thread's event loop."""
        self._loop.close()

    def _begin_cell(self, cell: NotebookNode, cell_index: int) -> None:
        if self._stopped:
            raise Stopped
        self._report(cell_index, len(self.nb.cells))


class _Engine(Engine):
    """papermill's own engine, but that a `_Run` chooses the kernel and watches."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, *, run: _Run, **options: Any
    ) -> None:
        run.execute(nb_man, kernel_name)


papermill_engines.register(ENGINE, _Engine)
