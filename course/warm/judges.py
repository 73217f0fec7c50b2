"""The near side of the judge: who waits for a test's result."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from course.door.outputs import error_of
from course.files import copy_folder
from course.processes import wire
from course.processes.patience import MOST, Ended, Patience, await_message
from course.sandbox import parcel
from course.sandbox.bounds import Bounds
from course.sandbox.chamber import DISK
from course.sandbox.groups import join, open_group
from course.scratch import Scratch
from course.session import CellResult, Failure, as_outputs
from course.warm.bases import Base, Bases

if TYPE_CHECKING:
    from course.notebook.provenance import Script
    from course.warm.parent import Parent

LEARN_SECONDS = 300  # for one cell
BEGIN_SECONDS = 60
MOST_IDLE = 8
ENDED = "Ended"
GRACE = 3.0


class Tested(Protocol):
    """What a judge must know of a session.

    Attributes
    ----------
    process : int
        The student's process, as it is numbered here.
    """

    process: int

    def look(self) -> None:
        """Raise `Ended` where the session is to end."""

    def stop(self) -> None:
        """End its processes."""


class JudgeLost(Exception):
    """The judge has ended by itself; within a test it is what the test met that ended it."""


class Judge:
    """One judge, of one lesson, for one submission at a time.

    Parameters
    ----------
    bases : Bases
        Whose forks it may be.
    parent : Parent
        Whose fork it is otherwise.
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
    written : bool
        Whether a student's function wrote into what it was given: perhaps into the lesson's data.
    """

    def __init__(self, bases: Bases, parent: Parent, script: Script, folder: Path) -> None:
        self._held = ExitStack()
        self._folder = folder
        self.script = script
        self.failed: list[tuple[str, str, str]] = []
        self.written = False
        base = self._held.enter_context(bases.of(tuple(text for _, text in script.cells), folder))
        self._parent = base or parent
        try:
            self._start(base)
        except BaseException:
            self.leave()
            raise

    def begin(self, session: socket.socket) -> None:
        """Turn to a submission, by the near end of the student's session."""
        self._ask({"do": "begin"}, BEGIN_SECONDS, session.fileno())

    def test(self, name: str, code: str, seed: int, timeout: float, session: Tested) -> CellResult:
        """Run a part of the test `name`, with random cases of a seed, for at most `timeout` s."""
        began = time.monotonic()
        message = {"do": "test", "test": name, "place": self.script.tests[name], "code": code}
        # The judge's own deadline comes last: who waits for a core is known out here alone.
        message |= {"seed": seed, "seconds": MOST * timeout}
        try:
            done = self._test(message, Patience(timeout, session.process), session)
        except wire.TooLate:
            return CellResult("timeout", seconds=time.monotonic() - began)
        except JudgeLost:  # by what it was given: that is this test's verdict, and no fault of ours
            return CellResult("killed", seconds=time.monotonic() - began)
        self.written |= done.get("written", False)
        error = done.get("error")
        return CellResult(
            status=done["status"],
            outputs=as_outputs(done["outputs"]),
            error=error_of(error[0], error[1]) if error else None,
            seconds=time.monotonic() - began,
            failure=self._failure(name, done) if "failure" in done else None,
        )

    def differs(self, name: str, timeout: float, session: Tested) -> bool:
        """Tell whether the session holds other data than the lesson's, of those a test reads.

        Where that cannot be told, it does.
        """
        place = self.script.tests[name]
        if not place["shared"]:
            return False
        message = {"do": "differs", "place": place, "seconds": MOST * timeout}
        try:
            return self._test(message, Patience(timeout, session.process), session)["differs"]
        except (wire.TooLate, JudgeLost, KeyError):
            return True

    def _failure(self, test: str, done: dict) -> Failure:
        """Return what a check found; a known mistake has the words that we have of it here."""
        number = done.get("mistake")
        words = "" if number is None else self.script.known[test][number]["words"]
        return Failure(**done["failure"], mistake=words)

    def leave(self) -> None:
        """Let go of it; it ends with its parent."""
        self._socket.close()
        if self._group:
            self._group.close()
        self._held.close()

    def close(self) -> None:
        """End it; where its parent has died, so has it."""
        with suppress(wire.Closed, wire.TooLate):
            self._parent.ask({"do": "end", "pid": self._pid})
        self.leave()

    def _start(self, base: Base | None = None) -> None:
        """Fork it and have it run the lesson's own cells, less those that end it.

        A fork of a base has run them already.
        """
        ended = {cell for cell, name, _ in self.failed if name == ENDED}
        self._socket, theirs = socket.socketpair()
        self.lost = False
        bounds = self._parent.bounds
        confined = bounds is not None
        message = {"do": "judge", "folder": str(self._folder), "confined": confined}
        message["memory"] = (bounds or Bounds()).judge
        self._group = open_group(bounds, bounds.judge + DISK) if bounds else None
        message["grouped"] = self._group is not None
        wire.tell_senders(self._socket, True)
        with theirs, parcel.packed(self._folder if confined else None) as packed:
            try:
                self._pid = self._parent.ask(message, theirs.fileno(), *packed)["pid"]
                if self._group:
                    join(self._socket, self._group)
            except BaseException:
                self.leave()
                raise
        wire.tell_senders(self._socket, False)
        self._ask({"do": "know", "known": self.script.known}, BEGIN_SECONDS)
        if base is not None:
            ran = zip(self.script.cells, base.results, strict=True)
            self.failed = [(cell, *done.error) for (cell, _), done in ran if done.error]
            return
        failed = [told for told in self.failed if told[1] == ENDED]
        for cell, code in self.script.cells:
            message = {"do": "learn", "code": "" if cell in ended else code}
            try:
                error = self._ask(message, LEARN_SECONDS)["error"]
            except (JudgeLost, wire.TooLate):
                self.close()
                if cell in ended:  # it ends whatever it is given
                    raise
                self.failed = [*failed, (cell, ENDED, "the process ends there, or takes too long")]
                self._start()
                return
            if error:
                failed.append((cell, error[0], error[1]))
        self.failed = failed

    def _test(self, message: dict, patience: Patience, session: Tested) -> dict:
        """Have a part run; where the session takes too long or too much, end it."""
        late = False
        with self._fate(message):
            wire.send(self._socket, message)
            try:
                await_message(self._socket, patience, session.look)
            except Ended:
                session.stop()
            except wire.TooLate:
                session.stop()
                late = True
            # Who waits for a session notices that it has gone; a judge that does not is stuck.
            done = wire.receive(self._socket, GRACE)
        return done | {"status": "timeout"} if late else done

    def _ask(self, message: dict, seconds: float, file: int | None = None) -> dict:
        with self._fate(message):
            end = time.monotonic() + seconds
            wire.send(self._socket, message, () if file is None else (file,), seconds)
            return wire.receive(self._socket, end - time.monotonic())

    @contextmanager
    def _fate(self, message: dict) -> Iterator[None]:
        """Note when it is of no more use."""
        try:
            yield
        except wire.TooLate:
            self.lost = True
            raise
        except wire.Closed:
            self.lost = True
            raise JudgeLost(f"the judge ended at {message['do']!r}") from None


class Judges:
    """The judges that a process forks: as many as there are submissions at a time.

    Parameters
    ----------
    parent : Parent
        In a sandbox not that of the sessions.
    """

    def __init__(self, parent: Parent) -> None:
        self.parent = parent
        self._bases = Bases(parent, judges=True)
        self._idle: list[Judge] = []
        self._lock = threading.Lock()
        self._folders = Scratch("judge")

    def folder_for(self, script: Script, folder: Path) -> Path:
        """Return a copy of a section's files of the judge's own, made before students write."""
        copied = Path(self._folders.name) / script.key
        with self._lock:
            if not copied.exists():
                copy_folder(folder, copied)
        return copied

    def take(self, script: Script, folder: Path) -> Judge:
        """Return a judge of a lesson that is free, or a new one."""
        with self._lock:
            for judge in self._idle:
                if judge.script is script:
                    self._idle.remove(judge)
                    return judge
        return Judge(self._bases, self.parent, script, folder)

    def give_back(self, judge: Judge) -> None:
        """Let others have a judge, unless it is lost or written to; of many the oldest goes."""
        with self._lock:
            if not (judge.lost or judge.written):
                self._idle.append(judge)
                judge = self._idle.pop(0) if len(self._idle) > MOST_IDLE else None
        if judge is not None:
            judge.close()

    def close(self) -> None:
        """End the judges with their parent, and let go of their folders."""
        self.parent.close()
        self._bases.close()
        for judge in self._idle:
            judge.leave()
        self._idle.clear()
        self._folders.cleanup()
