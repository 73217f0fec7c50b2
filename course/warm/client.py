"""The near side of the nursery: start it, open sessions in it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from course.errors import FOUND, CourseError
from course.sandbox import outer, parcel
from course.sandbox.bounds import Bounds
from course.sandbox.remedies import remedy
from course.session import CellResult, JudgedInside
from course.warm import wire
from course.warm.answers import told
from course.warm.judges import Judge, JudgeLost, Judges

if TYPE_CHECKING:  # slow to import: the warm process is to start at once
    from course.provenance import Script

START_SECONDS = 300
# Without a device TensorFlow looks for one in each fork, and complains each time. A session has
# one core, and a library that starts threads before the fork has none of them after it.
VARIABLES = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
}
# A message may be on its way when the limit strikes.
GRACE = 1.0

# A process that is to die with its parent dies with the thread that started it: this one stays.
_SPAWNER = ThreadPoolExecutor(1, thread_name_prefix="spawner")


def available() -> bool:
    """Tell whether warm sessions work here: they need fork and Unix sockets."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"


class Nursery:
    """A nursery: started at once, waited for when the first session is opened.

    Parameters
    ----------
    imports : iterable of str
        Import statements to run before the first session.
    environment : dict, optional
        Variables added to the nursery's environment.
    bounds : Bounds, optional
        Run it in a sandbox, and let each session use up no more than that; without them
        nothing is confined.

    Raises
    ------
    CourseError
        When there is no sandbox on this machine.
    """

    def __init__(
        self,
        imports: Iterable[str],
        environment: dict[str, str] | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        if bounds:
            outer.require()
        self.bounds = bounds
        self._control, theirs = socket.socketpair()
        self._lock = threading.Lock()
        variables = VARIABLES | (environment or {})
        line = [sys.executable, "-m", "course.warm.nursery", str(theirs.fileno())]
        if bounds:
            line, variables = outer.command(line), outer.environment(variables)
        else:
            variables = {**os.environ, **variables}
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  (read where it does not start)
        self._process = _SPAWNER.submit(
            subprocess.Popen,
            line,
            env=variables,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
        ).result()
        theirs.close()
        self.judges = Judges(self)
        self._ready = False
        # Where it has died already, the one who waits for it is told.
        with suppress(wire.Closed, wire.TooLate):
            wire.send(self._control, {"imports": list(imports)})

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def wait(self) -> None:
        """Wait until everything is imported; the process is at it since it was started.

        Raises
        ------
        CourseError
            When it does not start.
        """
        with self._lock:
            if not self._ready:
                self._wait()

    def _wait(self) -> None:
        try:
            wire.receive(self._control, START_SECONDS)
        except (wire.Closed, wire.TooLate):
            self._stop()
            self._said.seek(0)
            raise self._no_start(self._said.read().decode("utf-8", "replace")) from None
        self._ready = True

    def _no_start(self, said: str) -> CourseError:
        last = (said.strip() or "it said nothing").splitlines()[-1][:200]
        if self.bounds:
            return CourseError(f"The sandbox did not start: {last}.", remedy(), code=FOUND)
        return CourseError(
            f"The process for warm sessions did not start: {last}.",
            "Run `course doctor`; `--cold` grades without it.",
            code=FOUND,
        )

    def __enter__(self) -> Nursery:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """End the nursery; its sessions die with it."""
        self._stop()
        self._said.close()

    def _stop(self) -> None:
        self._control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.judges.close()

    def ask(self, message: dict, *files: int) -> dict:
        """Send a request, from whichever thread, and return the answer."""
        with self._lock:
            if not self._ready:
                self._wait()
            wire.send(self._control, message, files)
            return wire.receive(self._control, START_SECONDS)

    @contextmanager
    def session(
        self,
        folder: Path,
        environment: dict[str, str] | None = None,
        bounds: Bounds | None = None,
        *,
        apart: bool = True,
    ) -> Iterator[WarmSession]:
        """Open a session in `folder` and end it, whatever happens in between.

        A confined session has a copy of the folder, and `bounds` in place of the nursery's. With
        `apart` its tests run in a judge's process, else in the session itself.
        """
        kind = JudgedSession if apart else WarmSession
        session = kind(self, folder, environment or {}, self.bounds and bounds)
        try:
            yield session
        finally:
            session.close()


class WarmSession(JudgedInside):
    """A session in a fork of the nursery; see `course.session.Session`."""

    def __init__(
        self,
        nursery: Nursery,
        folder: Path,
        environment: dict[str, str],
        bounds: Bounds | None = None,
    ) -> None:
        super().__init__()
        self._nursery = nursery
        self._folder = folder
        self._socket, theirs = socket.socketpair()
        bounds = bounds or nursery.bounds
        self._confined = bounds is not None
        self._ended: dict | None = None
        message = {"do": "open", "folder": str(folder), "environment": environment}
        message["bounds"] = asdict(bounds) if bounds else None
        self._pid: int | None = None
        try:
            with theirs, parcel.packed(folder if bounds else None) as packed:
                self._pid = nursery.ask(message, theirs.fileno(), *packed)["pid"]
            self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        try:
            answer = wire.receive(self._socket, START_SECONDS, wire.STUDENTS)
        except (wire.Closed, wire.TooLate, wire.TooLarge, ValueError):
            answer = {"failed": "its process ended"}
        if "failed" in answer:
            raise CourseError(
                f"A session could not be opened: {answer['failed']}.", remedy(), code=FOUND
            )

    def run(self, code: str, timeout: float) -> CellResult:
        """Run one cell, for at most `timeout` seconds."""
        began = time.monotonic()
        try:
            wire.send(self._socket, {"run": code}, seconds=timeout + GRACE)
            left = began + timeout + GRACE - time.monotonic()
            answer = wire.receive(self._socket, left, wire.STUDENTS)
            return told(answer, time.monotonic() - began)
        except wire.TooLate:
            return CellResult("timeout", seconds=time.monotonic() - began)
        except (wire.Closed, wire.TooLarge, ValueError, RecursionError):
            self.close()
            status = "memory" if self._ended["memory"] else "killed"
            return CellResult(status, seconds=time.monotonic() - began)

    def close(self) -> None:
        """Kill the session with all its processes."""
        self._socket.close()
        if self._ended is None and self._pid is not None:
            message = {"do": "end", "pid": self._pid, "confined": self._confined}
            self._ended = self._nursery.ask(message)


class JudgedSession(WarmSession):
    """A warm session whose tests run in a judge's process."""

    judged_apart = True
    _judge: Judge | None = None

    def begin(self, script: Script) -> list[tuple[str, str, str]]:
        """Have a judge turn to this session, before any of the student's cells has run."""
        judges = self._nursery.judges
        folder = judges.folder_for(script, self._folder)
        self._judge = judges.take(script, folder)
        try:
            self._judge.begin(self._socket)
        except JudgeLost:  # it ended while it was idle: the machine's fault, and another one's turn
            judges.give_back(self._judge)
            self._judge = judges.take(script, folder)
            self._judge.begin(self._socket)
        return self._judge.failed

    def test(self, name: str, code: str, timeout: float) -> CellResult:
        """Run a part of a test in the judge's process."""
        result = self._judge.test(name, code, self.check_seed, timeout)
        if result.status == "killed":
            self.close()  # which tells what the session died of
            result = replace(result, status="memory" if self._ended["memory"] else "killed")
        return result

    def close(self) -> None:
        """End the session; the judge is free for another, once."""
        judge, self._judge = self._judge, None
        try:
            super().close()
        finally:
            if judge is not None:
                self._nursery.judges.give_back(judge)
