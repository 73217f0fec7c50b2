"""The near side of the nursery: start it, open sessions in it."""

from __future__ import annotations

import ast
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

import nbformat

from course.errors import FOUND, CourseError
from course.session import CellResult
from course.syntax import parse
from course.warm import wire

START_SECONDS = 300
# A message may be on its way when the limit strikes.
GRACE = 1.0


def available() -> bool:
    """Tell whether warm sessions work here: they need fork and Unix sockets."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"


def imports_in(paths: Iterable[Path]) -> tuple[str, ...]:
    """Return the import statements of some notebook files; one that cannot be read has none."""
    notebooks = []
    for path in paths:
        with suppress(OSError, ValueError):
            notebooks.append(json.loads(path.read_text(encoding="utf-8-sig")))
    return imports_of(notebooks)


def imports_of(notebooks: Iterable[Mapping]) -> tuple[str, ...]:
    """Return the import statements of some notebooks, each once, in order."""
    found: dict[str, None] = {}
    for nb in notebooks:
        for cell in nb["cells"]:
            if cell["cell_type"] != "code":
                continue
            try:
                tree = parse("".join(cell["source"]))  # a file may hold a list of lines
            except SyntaxError:  # a magic, or an exercise that is to be mended
                continue
            for node in ast.walk(tree):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    found[ast.unparse(node)] = None
    return tuple(found)


class Nursery:
    """A nursery: started at once, waited for when the first session is opened.

    Parameters
    ----------
    imports : iterable of str
        Import statements to run before the first session.
    environment : dict, optional
        Variables added to the nursery's environment.
    """

    def __init__(self, imports: Iterable[str], environment: dict[str, str] | None = None) -> None:
        self._control, theirs = socket.socketpair()
        self._lock = threading.Lock()
        # Without a device TensorFlow looks for one in each fork, and complains each time.
        variables = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "course.warm.nursery", str(theirs.fileno())],
            env={**os.environ, **variables, **(environment or {})},
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        theirs.close()
        self._ready = False
        with suppress(wire.Closed):  # it has died already: told to the one who waits for it
            wire.send(self._control, {"imports": list(imports)})

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def _wait(self) -> None:
        """Wait until everything is imported; the process is at it since it was started."""
        try:
            wire.receive(self._control, START_SECONDS)
        except (wire.Closed, wire.TooLate):
            self.close()
            raise CourseError(
                "The process for warm sessions did not start.",
                "Run `course doctor`; `--cold` grades without it.",
                code=FOUND,
            ) from None
        self._ready = True

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

    def ask(self, message: dict, file: int | None = None) -> dict:
        """Send a request, from whichever thread, and return the answer."""
        with self._lock:
            if not self._ready:
                self._wait()
            wire.send(self._control, message, () if file is None else (file,))
            return wire.receive(self._control, START_SECONDS)

    @contextmanager
    def session(
        self, folder: Path, environment: dict[str, str] | None = None
    ) -> Iterator[WarmSession]:
        """Open a session in `folder` and end it, whatever happens in between."""
        session = WarmSession(self, folder, environment or {})
        try:
            yield session
        finally:
            session.close()


class WarmSession:
    """A session in a fork of the nursery; see `course.session.Session`."""

    def __init__(self, nursery: Nursery, folder: Path, environment: dict[str, str]) -> None:
        self._nursery = nursery
        self._socket, theirs = socket.socketpair()
        message = {"do": "open", "folder": str(folder), "environment": environment}
        with theirs:
            self._pid = nursery.ask(message, theirs.fileno())["pid"]

    def run(self, code: str, timeout: float) -> CellResult:
        """Run one cell, for at most `timeout` seconds."""
        began = time.monotonic()
        try:
            wire.send(self._socket, {"run": code})
            answer = wire.receive(self._socket, timeout + GRACE)
        except wire.TooLate:
            return CellResult("timeout", seconds=time.monotonic() - began)
        except (wire.Closed, wire.TooLarge, ValueError):
            return CellResult("killed", seconds=time.monotonic() - began)
        error = answer.get("error")
        return CellResult(
            status="ok" if answer["status"] == "ok" else "error",
            outputs=[nbformat.from_dict(output) for output in answer["outputs"]],
            error=(error[0], error[1]) if error else None,
            seconds=time.monotonic() - began,
        )

    def close(self) -> None:
        """Kill the session with all its processes."""
        self._socket.close()
        self._nursery.ask({"do": "end", "pid": self._pid})
