"""A session in a fork of the nursery, and its end; with `JudgedSession` its tests run elsewhere."""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.errors import FOUND, CourseError
from course.processes import wire
from course.processes.patience import Ended, Patience, await_message
from course.sandbox import parcel
from course.sandbox.bounds import Bounds
from course.sandbox.cgroups import Group
from course.sandbox.groups import join, open_group
from course.sandbox.remedies import remedy
from course.session import CellResult, JudgedInside
from course.warm.answers import told
from course.warm.bases import Base, Bases
from course.warm.judges import Judge, JudgeLost, Judges
from course.warm.parent import START_SECONDS, Parent

if TYPE_CHECKING:  # slow to import: the warm process is to start at once
    from course.notebook.provenance import Script

# A message may be on its way when the limit strikes.
GRACE = 1.0
SEND_SECONDS = 20.0  # for an answer that has begun to come in
Permit = Callable[[], None]


class WarmSession(JudgedInside):
    """A session in a fork of the nursery; see `course.session.Session`.

    Parameters
    ----------
    students : Parent
    folder : Path
        Where it works; behind a wall in a copy of it.
    environment : dict
        Variables added to its environment.
    bounds : Bounds, optional
        What it may use up; without them it is not confined.
    permit : callable
        Waits until what is not ours may run in it, or raises.

    Attributes
    ----------
    process : int
        The student's, as it is numbered here.
    """

    def __init__(
        self,
        students: Parent,
        folder: Path,
        environment: dict[str, str],
        bounds: Bounds | None = None,
        permit: Permit = lambda: None,
    ) -> None:
        super().__init__()
        self._permit = permit
        self._students: Parent | Base = students
        self._folder = folder
        self._environment = environment
        self._bounds = bounds
        self.socket, theirs = socket.socketpair()
        self._theirs: socket.socket | None = theirs
        self._group: Group | None = None
        self._ended: dict | None = None
        self._pid: int | None = None
        self.process = 0

    def open(self) -> None:
        """Have the process forked, once; it is when something is first to be run.

        Raises
        ------
        CourseError
            When there is none to be had.
        """
        theirs, self._theirs = self._theirs, None
        if theirs is None:
            return
        bounds = self._bounds
        self._group = open_group(bounds)
        message = {"do": "open", "folder": str(self._folder), "environment": self._environment}
        message |= {"bounds": asdict(bounds) if bounds else None, "grouped": bool(self._group)}
        wire.tell_senders(self.socket, True)
        try:
            with theirs, parcel.packed(self._folder if bounds else None) as packed:
                self._pid = self._students.ask(message, theirs.fileno(), *packed)["pid"]
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

    def run(self, code: str, timeout: float, *, pictures: bool = True) -> CellResult:
        """Run one cell, for at most `timeout` seconds."""
        self.open()
        self._permit()
        began = time.monotonic()
        try:
            patience = Patience(timeout + GRACE, self.process)
            # By the word we know that the answer came into being after the question.
            message = {"run": code, "word": secrets.token_hex(8), "pictures": pictures}
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
        if self._theirs is not None:
            self._theirs.close()
        if self._ended is None and self._pid is not None:
            message = {"do": "end", "pid": self._pid}
            self._ended = self._students.ask(message)
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
    _turning: Future[Judge] | None = None

    def __init__(self, bases: Bases, judges: Judges, *given: Any) -> None:
        self._bases, self._judges = bases, judges
        self._held = ExitStack()
        super().__init__(*given)

    def begin(self, script: Script, head: Sequence[str] = ()) -> Iterator[tuple[str, str, str]]:
        """Have a judge turn to this session, while the student's cells run already.

        It may have the lesson's own cells to run first, and who looks at what fails there waits.
        """
        folder = self._judges.folder_for(script, self._folder)
        # A copy: the session may end, and another file get the number of its socket.
        end = self.socket.dup()
        self._turning = _TURNERS.submit(_turned, self._judges, script, folder, end)
        self.open_after(head)
        self._permit()  # here: what is waited for is no student's time
        return _failures(self._turning)

    def open_after(self, head: Sequence[str]) -> None:
        """Have the process forked from one that has run some cells, where there can be one.

        Nothing is done where it was forked already.
        """
        if self._theirs is None:
            return
        given = tuple(head), self._folder, self._environment
        if base := self._held.enter_context(self._bases.of(*given)):
            self._students, self.ran = base, tuple(base.results)
        self.open()

    @property
    def _judge(self) -> Judge:
        return self._turning.result()

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
        turning, self._turning = self._turning, None
        try:
            self.stop()
        finally:
            self._held.close()
            if turning is not None and turning.exception() is None:
                self._judges.give_back(turning.result())


def _failures(turning: Future[Judge]) -> Iterator[tuple[str, str, str]]:
    yield from turning.result().failed


def _turned(judges: Judges, script: Script, folder: Path, session: socket.socket) -> Judge:
    """Return a judge that has turned to a session."""
    with session:
        judge = judges.take(script, folder)
        try:
            judge.begin(session)
        except JudgeLost:  # it ended while it was idle: the machine's fault, and another one's turn
            judges.give_back(judge)
            judge = judges.take(script, folder)
            judge.begin(session)
        return judge


_TURNERS = ThreadPoolExecutor(64, thread_name_prefix="judge")
