"""Real processes: a grader, a scheduler and its workers, and how to see what runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from course.folder import Course
from tests.tools import unconfined

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60  # for what comes at once, on a machine that does other things
# Dask looks at its own event loop 50 times a second and at its threads 100 times, in processes that
# mostly wait here, for as long as the tests run.
QUIET = {
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
}


def started(
    course: Course, *options: str, section: str = "01-sums", **environment: str
) -> subprocess.Popen:
    """Start `course grade` as a process of its own."""
    line = [sys.executable, "-m", "course.cli", "--course", str(course.root), "grade", section]
    line += unconfined()
    return subprocess.Popen(
        [*line, *options],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(holds: Callable[[], object], what: str) -> object:
    """Return what `holds` returns, as soon as it is something."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if found := holds():
            return found
        time.sleep(0.02)
    raise AssertionError(f"{what} did not happen in {PATIENCE} s")


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that nobody has waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def children(pid: int) -> set[int]:
    """Return the processes that a process has started."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found |= set(map(int, task.read_text().split()))
    return found


def descendants(pid: int) -> set[int]:
    """Return the processes that a process has started, and those that these have."""
    found = children(pid)
    return found.union(*map(descendants, found))


def mentioned_in(file: str, words: str) -> set[int]:
    """Return the running processes whose ``/proc/PID/file`` holds some words."""
    found = set()
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if words.encode() in (place / file).read_bytes():
                found.add(int(place.name))
    return {pid for pid in found if alive(pid)}


class Cluster:
    """A real scheduler and real workers on this machine.

    Parameters
    ----------
    folder : Path
        For what they write.
    port : int
        The scheduler's; a free one by default.
    environment : str
        Variables of the scheduler.
    """

    def __init__(self, folder: Path, port: int = 0, **environment: str) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen] = []
        self.scheduler, log = self._start("scheduler", environment, "--port", str(port))
        words = wait_for(lambda: _after("Scheduler at:", log), "the scheduler's start")
        self.address = str(words)
        self.port = int(self.address.rpartition(":")[2])

    def worker(self, *options: str, **environment: str) -> subprocess.Popen:
        """Start a worker with one thread, and wait until the scheduler knows it."""
        options = options or ("--no-nanny",)
        process, log = self._start(
            "worker", environment, self.address, "--nthreads", "1", "--memory-limit", "0", *options
        )
        wait_for(lambda: _after("Registered to:", log), "the worker's start")
        process.address = _after("Start worker at:", log)
        return process

    def stop(self, process: subprocess.Popen) -> None:
        """Kill one process and wait for its end."""
        process.send_signal(signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        """Kill all of it."""
        for process in reversed(self.processes):
            children = descendants(process.pid)
            self.stop(process)
            for child in children:
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)

    def _start(self, kind: str, environment: dict, *options: str) -> tuple[subprocess.Popen, Path]:
        log = self.folder / f"{kind}-{len(self.processes)}-{time.monotonic_ns()}.log"
        line = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *options, "--no-dashboard"]
        with log.open("w") as file:
            process = subprocess.Popen(
                [*line, "--host", "127.0.0.1"],
                cwd=ROOT,  # so that this checkout's package is the one that they import
                env={**os.environ, **QUIET, **environment},
                stderr=file,
                stdout=subprocess.DEVNULL,
            )
        self.processes.append(process)
        return process, log


def _after(words: str, log: Path) -> str:
    """Return what follows some words in a log; empty where they are not there yet."""
    for line in log.read_text().splitlines():
        if words in line:
            return line.partition(words)[2].strip()
    return ""
