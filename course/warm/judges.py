"""The near side of the judge: who waits for a test's result."""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from course.provenance import Script
from course.session import CellResult
from course.warm import wire

if TYPE_CHECKING:
    from course.warm.client import Nursery

LEARN_SECONDS = 300
# The judge tells of a deadline that has passed; one that does not is stuck.
GRACE = 3.0


class JudgeLost(Exception):
    """The judge has ended by itself: a fault of the grader, and no verdict."""


class Judge:
    """One judge, for one submission at a time.

    Parameters
    ----------
    nursery : Nursery
        Whose fork it is.
    """

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._socket, theirs = socket.socketpair()
        self._learnt: dict[str, list] = {}
        self.lost = False
        with theirs:
            self._pid = nursery.ask({"do": "judge"}, theirs.fileno())["pid"]

    def begin(self, script: Script, folder: Path, session: socket.socket) -> list:
        """Turn to a submission.

        Parameters
        ----------
        script : Script
        folder : Path
            The judge's own, with the section's files.
        session : socket
            The near end of the student's session.

        Returns
        -------
        failed : list of (str, str, str)
            Cells of the lesson that failed: id, exception, text.
        """
        key = script.key
        if key not in self._learnt:
            cells = {"cells": script.cells, "tests": script.tests, "folder": str(folder)}
            answer = self._ask({"do": "learn", "key": key, **cells}, LEARN_SECONDS)
            self._learnt[key] = answer["failed"]
        self._ask({"do": "begin", "key": key}, LEARN_SECONDS, session.fileno())
        return self._learnt[key]

    def test(self, name: str, code: str, seed: int, timeout: float) -> CellResult:
        """Run a part of the test `name`, with random cases of a seed, for at most `timeout` s."""
        began = time.monotonic()
        message = {"do": "test", "test": name, "code": code, "seed": seed, "seconds": timeout}
        try:
            done = self._ask(message, timeout + GRACE)
        except wire.TooLate:
            return CellResult("timeout", seconds=time.monotonic() - began)
        error = done.get("error")
        return CellResult(
            status=done["status"],
            outputs=[nbformat.from_dict(output) for output in done["outputs"]],
            error=(error[0], error[1]) if error else None,
            seconds=time.monotonic() - began,
        )

    def leave(self) -> None:
        """Let go of it; it ends with its nursery."""
        self._socket.close()

    def close(self) -> None:
        """End it."""
        self.leave()
        self._nursery.ask({"do": "end", "pid": self._pid})

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

    def take(self) -> Judge:
        """Return a judge that is free, or a new one."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return Judge(self._nursery)

    def give_back(self, judge: Judge) -> None:
        """Let others have a judge, unless it is lost."""
        if judge.lost:
            judge.close()
            return
        with self._lock:
            self._idle.append(judge)

    def close(self) -> None:
        """Let go of the judges, which end with their nursery, and of their folders."""
        for judge in self._idle:
            judge.leave()
        self._idle.clear()
        self._folders.cleanup()
