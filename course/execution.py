"""Run one notebook through papermill, in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

ERROR_MARKER = "papermill-error-cell-tag"  # papermill puts such cells beside the first error
DEAD_KERNEL = 138  # papermill's exit code for it
# What papermill shows while it works: "Executing:  12%|█▏   | 3/25 [00:05<00:36, 1.66s/cell]".
BAR = re.compile(r"\| *(\d+)/(\d+) \[")
PATIENCE = 10  # seconds that papermill gets to shut its kernel down


@dataclass(frozen=True)
class Job:
    """One notebook to run.

    Attributes
    ----------
    nb : NotebookNode
    folder : Path
        The kernel's working folder.
    kernel : str
        Name of the kernelspec.
    parameters : dict
        What papermill puts after the cell tagged ``parameters``.
    timeout : int
        Seconds a cell.
    environment : dict
        The kernel's environment, whole.
    """

    nb: NotebookNode
    folder: Path
    kernel: str
    parameters: dict[str, str]
    timeout: int
    environment: dict[str, str]


@dataclass(frozen=True)
class Execution:
    """What came of a job.

    Attributes
    ----------
    nb : NotebookNode or None
        The notebook as far as it ran; None when it did not start.
    code : int
        papermill's exit code.
    log : tuple of str
        What papermill wrote on stderr, without its progress bar.
    seconds : float
        Wall time.
    """

    nb: NotebookNode | None
    code: int
    log: tuple[str, ...]
    seconds: float


class Papermill:
    """Runs jobs, one in each thread that calls `execute`, and can stop them all."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def execute(self, job: Job, report: Callable[[int, int], None]) -> Execution:
        """Run a job to its end; `report` is told how many cells of how many are done."""
        with tempfile.TemporaryDirectory(prefix="course-run-") as scratch:
            before, after = Path(scratch, "in.ipynb"), Path(scratch, "out.ipynb")
            nbformat.write(job.nb, before)
            began = time.monotonic()
            code, log = self._watch(_command(job, before, after), job.environment, report)
            seconds = time.monotonic() - began
            ran = nbformat.read(after, as_version=4) if after.is_file() else None
        return Execution(ran, code, log, seconds)

    def stop(self) -> None:
        """End what runs, kernels included, and start nothing more."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for process in running:
            if os.name == "nt":
                process.terminate()
            else:
                process.send_signal(signal.SIGINT)  # papermill then shuts its kernel down
        for process in running:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()

    def _watch(
        self, command: list[str], environment: dict[str, str], report: Callable[[int, int], None]
    ) -> tuple[int, tuple[str, ...]]:
        with self._lock:
            if self._stopped:
                return -signal.SIGINT, ()
            process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                # The terminal's Ctrl-C reaches us alone: `stop` then ends it in good order.
                start_new_session=True,
            )
            self._running.add(process)
        try:
            log = _follow(process, report)
            return process.wait(), log
        finally:
            with self._lock:
                self._running.discard(process)


def environment(root: Path) -> dict[str, str]:
    """Return our environment with the course's root and this Python's programs on its paths.

    A course's own modules can then be imported from its root, and nbgrader finds alembic.
    """
    found = dict(os.environ)
    for variable, folder in (("PYTHONPATH", root), ("PATH", Path(sys.executable).parent)):
        known = [found[variable]] if found.get(variable) else []
        found[variable] = os.pathsep.join([str(folder), *known])
    # Jupyter's debugger otherwise warns about frozen modules on every start.
    found["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    return found


def _command(job: Job, before: Path, after: Path) -> list[str]:
    command = [sys.executable, "-m", "papermill", str(before), str(after)]
    command += ["--cwd", str(job.folder), "--kernel", job.kernel, "--progress-bar"]
    command += ["--log-level", "WARNING", "--execution-timeout", str(job.timeout)]
    for name, value in job.parameters.items():
        command += ["--parameters_raw", name, value]
    return command


def _follow(process: subprocess.Popen, report: Callable[[int, int], None]) -> tuple[str, ...]:
    """Read stderr to its end: the bar becomes reports, the rest is the log."""
    log: list[str] = []
    rest = b""
    assert process.stderr is not None
    with process.stderr as pipe:
        while chunk := os.read(pipe.fileno(), 2**16):
            *lines, rest = re.split(rb"[\r\n]", rest + chunk)
            for line in (raw.decode("utf-8", "replace").rstrip() for raw in lines):
                if bar := BAR.search(line):
                    report(int(bar[1]), int(bar[2]))
                elif line:
                    log.append(line)
    return (*log, rest.decode("utf-8", "replace").rstrip())
