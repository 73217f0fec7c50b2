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
from typing import Any

import nbformat

from course.errors import FOUND, CourseError
from course.provenance import Script
from course.session import CellResult, JudgedInside
from course.syntax import parse
from course.warm import wire
from course.warm.judges import Judge, Judges

START_SECONDS = 300
OUTPUTS = ("stream", "display_data", "execute_result", "error")
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
        self.judges = Judges(self)
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
        self.judges.close()

    def ask(self, message: dict, file: int | None = None) -> dict:
        """Send a request, from whichever thread, and return the answer."""
        with self._lock:
            if not self._ready:
                self._wait()
            wire.send(self._control, message, () if file is None else (file,))
            return wire.receive(self._control, START_SECONDS)

    @contextmanager
    def session(
        self, folder: Path, environment: dict[str, str] | None = None, *, apart: bool = True
    ) -> Iterator[WarmSession]:
        """Open a session in `folder` and end it, whatever happens in between.

        With `apart` its tests run in a judge's process, else in the session itself.
        """
        kind = JudgedSession if apart else WarmSession
        session = kind(self, folder, environment or {})
        try:
            yield session
        finally:
            session.close()


class WarmSession(JudgedInside):
    """A session in a fork of the nursery; see `course.session.Session`."""

    def __init__(self, nursery: Nursery, folder: Path, environment: dict[str, str]) -> None:
        super().__init__()
        self._nursery = nursery
        self._folder = folder
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
            return told(answer, time.monotonic() - began)
        except wire.TooLate:
            return CellResult("timeout", seconds=time.monotonic() - began)
        except (wire.Closed, wire.TooLarge, ValueError, RecursionError):
            return CellResult("killed", seconds=time.monotonic() - began)

    def close(self) -> None:
        """Kill the session with all its processes."""
        self._socket.close()
        self._nursery.ask({"do": "end", "pid": self._pid})


def told(answer: Any, seconds: float) -> CellResult:
    """Return what a student's process says of a cell, which it may have made up.

    Raises
    ------
    ValueError
        When it is nothing that such a process says.
    """
    try:
        error = answer.get("error")
        outputs = [nbformat.from_dict(output) for output in answer["outputs"]]
        if error is not None:
            name, text = error
            error = (str(name), str(text))
        if any(output.output_type not in OUTPUTS for output in outputs):
            raise ValueError("an output of an unknown kind")
        streams = (o for o in outputs if o.output_type == "stream")
        if any(type(o.text) is not str or o.name not in ("stdout", "stderr") for o in streams):
            raise ValueError("an output that is no text")
        errors = (o for o in outputs if o.output_type == "error")
        if any(type(o.ename) is not str or type(o.evalue) is not str for o in errors):
            raise ValueError("an error without a name")
        status = "ok" if answer["status"] == "ok" and error is None else "error"
    except (AttributeError, KeyError, TypeError):
        raise ValueError("an answer of an unknown form") from None
    return CellResult(status, outputs, error, seconds)


class JudgedSession(WarmSession):
    """A warm session whose tests run in a judge's process."""

    judged_apart = True
    _judge: Judge | None = None

    def begin(self, script: Script) -> list[tuple[str, str, str]]:
        """Have a judge turn to this session, before any of the student's cells has run."""
        judges = self._nursery.judges
        folder = judges.folder_for(script, self._folder)
        self._judge = judges.take(script, folder)
        self._judge.begin(self._socket)
        return self._judge.failed

    def test(self, name: str, code: str, timeout: float) -> CellResult:
        """Run a part of a test in the judge's process."""
        return self._judge.test(name, code, self.check_seed, timeout)

    def close(self) -> None:
        """End the session; the judge is free for another."""
        super().close()
        if self._judge is not None:
            self._nursery.judges.give_back(self._judge)
