"""The near side of the nursery: start it, open sessions in it."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from course.errors import FOUND, CourseError
from course.processes import wire
from course.processes.patience import Ended, Patience, await_message
from course.sandbox import parcel
from course.sandbox.bounds import Bounds
from course.sandbox.groups import join, open_group
from course.sandbox.remedies import remedy
from course.session import CellResult, JudgedInside
from course.warm.answers import told
from course.warm.judges import Judge, JudgeLost, Judges
from course.warm.parent import START_SECONDS, Parent

if TYPE_CHECKING:  # slow to import: the warm process is to start at once
    from course.notebook.provenance import Script

# A message may be on its way when the limit strikes.
GRACE = 1.0
SEND_SECONDS = 20.0  # for an answer that has begun to come in


def available() -> bool:
    """Tell whether warm sessions work here: they need fork and Unix sockets."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"


class Nursery:
    """Where sessions and their judges are forked: started at once, waited for at the first one.

    In a sandbox the judges have a wall of their own, which shares nothing with the students'.

    Parameters
    ----------
    imports : iterable of str
        Import statements to run before the first session.
    environment : dict, optional
        Variables added to the processes' environment.
    bounds : Bounds, optional
        Run it in a sandbox, and let each session use up no more than that; without them
        nothing is confined.
    guests : bool
        Whether judges can be given objects of libraries, whose readers take seconds to import.

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
        *,
        guests: bool = True,
    ) -> None:
        imports = list(imports)
        self.bounds = bounds
        apart = bounds is not None
        common = imports, environment, bounds
        self.students = judges = Parent(*common, guests=guests and not apart)
        if apart:
            judges = Parent(*common, sessions=False, guests=guests)
        self.judges = Judges(judges)

    @property
    def alive(self) -> bool:
        """Whether its processes run."""
        return self.students.alive and self.judges.parent.alive

    def wait(self) -> None:
        """Wait until everything is imported; the processes are at it since they were started.

        Raises
        ------
        CourseError
            When one does not start.
        """
        self.students.wait()
        self.judges.parent.wait()

    def __enter__(self) -> Nursery:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """End it; its sessions and judges die with it."""
        self.students.close()
        self.judges.close()

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
        self.socket, theirs = socket.socketpair()
        bounds = bounds or nursery.bounds
        self._group = open_group(bounds)
        self._ended: dict | None = None
        message = {"do": "open", "folder": str(folder), "environment": environment}
        message |= {"bounds": asdict(bounds) if bounds else None, "grouped": bool(self._group)}
        self._pid: int | None = None
        self.process = 0  # the student's, as it is numbered here
        wire.tell_senders(self.socket, True)
        try:
            with theirs, parcel.packed(folder if bounds else None) as packed:
                self._pid = nursery.students.ask(message, theirs.fileno(), *packed)["pid"]
            self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        try:
            answer = join(self.socket, self._group) if self._group else {}
            if "failed" not in answer:
                answer, self.process = wire.receive_from(self.socket, START_SECONDS)
        except (wire.Closed, wire.TooLate, wire.TooLarge, ValueError):
            answer = {"failed": "its process ended"}
        if "failed" in answer:
            raise CourseError(
                f"A session could not be opened: {answer['failed']}.", remedy(), code=FOUND
            )
        wire.tell_senders(self.socket, False)

    def run(self, code: str, timeout: float) -> CellResult:
        """Run one cell, for at most `timeout` seconds."""
        began = time.monotonic()
        try:
            patience = Patience(timeout + GRACE, self.process)
            # By the word we know that the answer came into being after the question.
            message = {"run": code, "word": secrets.token_hex(8)}
            wire.send(self.socket, message, seconds=timeout + GRACE)
            await_message(self.socket, patience, self.look)
            answer = wire.receive(self.socket, SEND_SECONDS, wire.STUDENTS)
            return told(answer, time.monotonic() - began, message["word"])
        except wire.TooLate:
            return CellResult("timeout", seconds=time.monotonic() - began)
        except (Ended, wire.Closed, wire.TooLarge, ValueError, RecursionError):
            self.close()
            return CellResult(self._death(), seconds=time.monotonic() - began)

    def look(self) -> None:
        """See whether the kernel had to end one of the session's processes.

        Raises
        ------
        Ended
        """
        if self._group and self._group.ran_out():
            raise Ended

    def stop(self) -> None:
        """Kill the session with all its processes."""
        self.socket.close()
        if self._ended is None and self._pid is not None:
            message = {"do": "end", "pid": self._pid}
            self._ended = self._nursery.students.ask(message)
            if self._group:
                self._ended["memory"] |= self._group.ran_out()
        if self._group:
            self._group.close()
            self._group = None

    def _death(self) -> str:
        """Tell what the session died of."""
        return "memory" if self._ended["memory"] else "killed"

    def close(self) -> None:
        """Kill the session with all its processes, once."""
        self.stop()


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
            self._judge.begin(self.socket)
        except JudgeLost:  # it ended while it was idle: the machine's fault, and another one's turn
            judges.give_back(self._judge)
            self._judge = judges.take(script, folder)
            self._judge.begin(self.socket)
        return self._judge.failed

    def test(self, name: str, code: str, timeout: float) -> CellResult:
        """Run a part of a test in the judge's process."""
        result = self._judge.test(name, code, self.check_seed, timeout, self)
        if result.status == "killed":
            self.close()
            result = replace(result, status=self._death())
        return result

    def differs(self, name: str, timeout: float) -> bool:
        """Tell whether data of the lesson that the test `name` reads are no longer the lesson's."""
        return self._judge.differs(name, timeout, self)

    def close(self) -> None:
        """End the session; the judge is free for another, once."""
        judge, self._judge = self._judge, None
        try:
            self.stop()
        finally:
            if judge is not None:
                self._nursery.judges.give_back(judge)
