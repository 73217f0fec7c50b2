"""The near side of the judge: who waits for a test's result."""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from course.sandbox import parcel
from course.session import CellResult, Failure, as_outputs
from course.warm import wire

if TYPE_CHECKING:
    from course.provenance import Script
    from course.warm.client import Nursery

LEARN_SECONDS = 300  # for one cell
BEGIN_SECONDS = 60
MOST_IDLE = 8
ENDED = "Ended"
# The judge tells of a deadline that has passed; one that does not is stuck.
GRACE = 3.0


class JudgeLost(Exception):
    """The judge has ended by itself: a fault of the grader, and no verdict."""


class Judge:
    """One judge, of one lesson, for one submission at a time.

    Parameters
    ----------
    nursery : Nursery
        Whose fork it is.
    script : Script
    folder : Path
        The judge's own, with the section's files.

    Attributes
    ----------
    script : Script
    failed : list of (str, str, str)
        Cells of the lesson that fail here: id, exception, text.
    lost : bool
        Whether it is of no more use.
    """

    def __init__(self, nursery: Nursery, script: Script, folder: Path) -> None:
        self._nursery = nursery
        self._folder = folder
        self.script = script
        self.failed: list[tuple[str, str, str]] = []
        self._start()

    def begin(self, session: socket.socket) -> None:
        """Turn to a submission, by the near end of the student's session."""
        self._ask({"do": "begin"}, BEGIN_SECONDS, session.fileno())

    def test(self, name: str, code: str, seed: int, timeout: float) -> CellResult:
        """Run a part of the test `name`, with random cases of a seed, for at most `timeout` s."""
        began = time.monotonic()
        message = {"do": "test", "test": name, "place": self.script.tests[name], "code": code}
        message |= {"seed": seed, "seconds": timeout}
        try:
            done = self._ask(message, timeout + GRACE)
        except wire.TooLate:
            return CellResult("timeout", seconds=time.monotonic() - began)
        error = done.get("error")
        return CellResult(
            status=done["status"],
            outputs=as_outputs(done["outputs"]),
            error=(error[0], error[1]) if error else None,
            seconds=time.monotonic() - began,
            failure=Failure(**done["failure"]) if "failure" in done else None,
        )

    def leave(self) -> None:
        """Let go of it; it ends with its nursery."""
        self._socket.close()

    def close(self) -> None:
        """End it; where the nursery has died, so has it."""
        self.leave()
        with suppress(wire.Closed, wire.TooLate):
            self._nursery.ask({"do": "end", "pid": self._pid, "confined": False})

    def _start(self) -> None:
        """Fork it and have it run the lesson's own cells, less those that end it."""
        ended = {cell for cell, name, _ in self.failed if name == ENDED}
        self._socket, theirs = socket.socketpair()
        self.lost = False
        confined = self._nursery.bounds is not None
        message = {"do": "judge", "folder": str(self._folder), "confined": confined}
        with theirs, parcel.packed(self._folder if confined else None) as packed:
            try:
                self._pid = self._nursery.ask(message, theirs.fileno(), *packed)["pid"]
            except BaseException:
                self.leave()
                raise
        failed = [told for told in self.failed if told[1] == ENDED]
        for cell, code in self.script.cells:
            message = {"do": "learn", "code": "" if cell in ended else code}
            try:
                error = self._ask(message, LEARN_SECONDS)["error"]
            except (JudgeLost, wire.TooLate):
                self.close()
                self.failed = [*failed, (cell, ENDED, "the process ends there, or takes too long")]
                self._start()
                return
            if error:
                failed.append((cell, error[0], error[1]))
        self.failed = failed

    def _ask(self, message: dict, seconds: float, file: int | None = None) -> dict:
        try:
            wire.send(self._socket, message, () if file is None else (file,))
            return wire.receive(self._socket, seconds)
        except wire.TooLate:
            self.lost = True
            raise
        except wire.Closed:
            self.lost = True
            raise JudgeLost(f"the judge ended at {message['do']!r}") from None


class Judges:
    """The judges of a nursery: as many as there are submissions at a time.

    Parameters
    ----------
    nursery : Nursery
    """

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._idle: list[Judge] = []
        self._lock = threading.Lock()
        self._folders = tempfile.TemporaryDirectory(prefix="course-judge-")

    def folder_for(self, script: Script, folder: Path) -> Path:
        """Return a copy of a section's files of the judge's own, made before students write."""
        copied = Path(self._folders.name) / script.key
        with self._lock:
            if not copied.exists():
                shutil.copytree(folder, copied)
        return copied

    def take(self, script: Script, folder: Path) -> Judge:
        """Return a judge of a lesson that is free, or a new one."""
        with self._lock:
            for judge in self._idle:
                if judge.script is script:
                    self._idle.remove(judge)
                    return judge
        return Judge(self._nursery, script, folder)

    def give_back(self, judge: Judge) -> None:
        """Let others have a judge, unless it is lost; of many idle ones the oldest goes."""
        with self._lock:
            if not judge.lost:
                self._idle.append(judge)
                judge = self._idle.pop(0) if len(self._idle) > MOST_IDLE else None
        if judge is not None:
            judge.close()

    def close(self) -> None:
        """Let go of the judges, which end with their nursery, and of their folders."""
        for judge in self._idle:
            judge.leave()
        self._idle.clear()
        self._folders.cleanup()
