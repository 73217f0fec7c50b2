"""The near side of the nursery: start it, open sessions in it."""

from __future__ import annotations

import ast
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

import nbformat
from nbformat import NotebookNode

from course.errors import FOUND, CourseError
from course.sandbox import outer, parcel
from course.sandbox.bounds import Bounds
from course.session import CellResult
from course.syntax import parse
from course.warm import wire

START_SECONDS = 300
# A message may be on its way when the limit strikes.
GRACE = 1.0


def available() -> bool:
    """Tell whether warm sessions work here: they need fork and Unix sockets."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"


def imports_of(notebooks: Iterable[NotebookNode]) -> list[str]:
    """Return the import statements of some notebooks, each once, in order."""
    found: dict[str, None] = {}
    for nb in notebooks:
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            try:
                tree = parse(cell.source)
            except SyntaxError:  # a magic, or an exercise that is to be mended
                continue
            for node in ast.walk(tree):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    found[ast.unparse(node)] = None
    return list(found)


class Nursery:
    """A running nursery.

    Parameters
    ----------
    imports : list of str
        Import statements to run before the first session.
    environment : dict, optional
        Variables added to the nursery's environment.
    bounds : Bounds, optional
        Run it in a sandbox, and let each session use up no more than that; without them
        nothing is confined.

    Raises
    ------
    CourseError
        When it does not start.
    """

    def __init__(
        self,
        imports: list[str],
        environment: dict[str, str] | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self.bounds = bounds
        self._control, theirs = socket.socketpair()
        self._lock = threading.Lock()
        # Without a device TensorFlow looks for one in each fork, and complains each time.
        variables = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
        variables |= environment or {}
        line = [sys.executable, "-m", "course.warm.nursery", str(theirs.fileno())]
        if bounds:
            outer.require()
            line, variables = outer.command(line), outer.environment(variables)
        else:
            variables = {**os.environ, **variables}
        said = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            line,
            env=variables,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        theirs.close()
        try:
            wire.send(self._control, {"imports": imports})
            wire.receive(self._control, START_SECONDS)
        except (wire.Closed, wire.TooLate):
            self.close()
            said.seek(0)
            raise _no_start(bounds, said.read().decode("utf-8", "replace")) from None
        finally:
            said.close()

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
        self._control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def ask(self, message: dict, *files: int) -> dict:
        """Send a request, from whichever thread, and return the answer."""
        with self._lock:
            wire.send(self._control, message, files)
            return wire.receive(self._control, START_SECONDS)

    @contextmanager
    def session(
        self,
        folder: Path,
        environment: dict[str, str] | None = None,
        bounds: Bounds | None = None,
    ) -> Iterator[WarmSession]:
        """Open a session in `folder` and end it, whatever happens in between.

        A confined session has a copy of the folder, and `bounds` in place of the nursery's.
        """
        session = WarmSession(self, folder, environment or {}, self.bounds and bounds)
        try:
            yield session
        finally:
            session.close()


def _no_start(bounds: Bounds | None, said: str) -> CourseError:
    last = (said.strip() or "it said nothing").splitlines()[-1]
    remedy = "Run `course doctor`" + ("." if bounds else "; `--cold` grades without it.")
    what = "The sandbox" if bounds else "The process for warm sessions"
    return CourseError(f"{what} did not start: {last[:200]}.", remedy, code=FOUND)


class WarmSession:
    """A session in a fork of the nursery; see `course.session.Session`."""

    def __init__(
        self,
        nursery: Nursery,
        folder: Path,
        environment: dict[str, str],
        bounds: Bounds | None = None,
    ) -> None:
        self._nursery = nursery
        self._socket, theirs = socket.socketpair()
        bounds = bounds or nursery.bounds
        self._confined = bounds is not None
        self._ended: dict | None = None
        message = {"do": "open", "folder": str(folder), "environment": environment}
        message["bounds"] = asdict(bounds) if bounds else None
        packed = parcel.pack(folder) if bounds else None
        with theirs:
            files = [theirs.fileno()] if packed is None else [theirs.fileno(), packed]
            self._pid = nursery.ask(message, *files)["pid"]
        if packed is not None:
            os.close(packed)
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        try:
            answer = wire.receive(self._socket, START_SECONDS)
        except (wire.Closed, wire.TooLate):
            answer = {"failed": "its process ended"}
        if "failed" in answer:
            raise CourseError(
                f"A session could not be opened: {answer['failed']}.",
                "Run `course doctor`.",
                code=FOUND,
            )

    def run(self, code: str, timeout: float) -> CellResult:
        """Run one cell, for at most `timeout` seconds."""
        began = time.monotonic()
        try:
            wire.send(self._socket, {"run": code})
            answer = wire.receive(self._socket, timeout + GRACE)
        except wire.TooLate:
            return CellResult("timeout", seconds=time.monotonic() - began)
        except (wire.Closed, wire.TooLarge, ValueError):
            self.close()
            status = "memory" if self._ended["memory"] else "killed"
            return CellResult(status, seconds=time.monotonic() - began)
        error = answer.get("error")
        return CellResult(
            status="ok" if answer["status"] == "ok" else "error",
            outputs=[nbformat.from_dict(output) for output in answer["outputs"]],
            error=(error[0], error[1]) if error else None,
            seconds=time.monotonic() - began,
        )

    def close(self) -> None:
        """Kill the session with all its processes."""
        if self._ended is None:
            self._socket.close()
            message = {"do": "end", "pid": self._pid, "confined": self._confined}
            self._ended = self._nursery.ask(message)
