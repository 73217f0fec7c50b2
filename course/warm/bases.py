"""The near side of bases: a lesson's first cells run once, for all sessions or judges that follow.

A base is tried where nothing imported is known to start threads: these do not survive a fork. What
a base cannot give, because its cells opened a file or wrote one, sessions and judges do for
themselves, as they do where there is no base.
"""

from __future__ import annotations

import json
import secrets
import socket
import threading
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from course.processes import wire
from course.sandbox import parcel
from course.sandbox.bounds import Bounds
from course.session import CellResult
from course.warm.answers import told
from course.warm.parent import START_SECONDS, Parent

MOST = 4  # that are kept while nobody uses them
BEGIN_SECONDS = 60.0
CELL_SECONDS = 300.0  # a longer one is left to those who have a limit of their own


class NoBase(Exception):
    """The cells cannot be run once for all."""


class Base:
    """A fork of the warm process in which some cells have run, and the parent of further forks.

    Parameters
    ----------
    parent : Parent
    folder : Path
        With the section's own files.
    cells : tuple of str
    environment : dict
    judges : bool
        Whether it forks judges; else sessions.

    Attributes
    ----------
    bounds : Bounds or None
    results : list of CellResult
        What came of the cells.

    Raises
    ------
    NoBase
    """

    def __init__(
        self,
        parent: Parent,
        folder: Path,
        cells: tuple[str, ...],
        environment: dict[str, str],
        *,
        judges: bool,
    ) -> None:
        self.bounds = parent.bounds
        self._parent = parent
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair()
        message = {"do": "base", "judges": judges, "folder": str(folder)}
        message |= {"bounds": asdict(self.bounds) if self.bounds else None}
        message |= {"memory": (self.bounds or Bounds()).judge, "environment": environment}
        confined = folder if self.bounds else None
        try:
            with theirs, parcel.packed(confined) as packed:
                self._pid = parent.ask(message, theirs.fileno(), *packed)["pid"]
        except BaseException:
            self.leave()
            raise
        try:
            self.results = [self._run(cell) for cell in cells]
            refused = self._say({"stand": True}, BEGIN_SECONDS)["refused"]
        except (wire.Closed, wire.TooLate, wire.TooLarge, ValueError):
            refused = "its process ended, or takes too long"
        if refused:
            self.close()
            raise NoBase(refused)

    def ask(self, message: dict, *files: int) -> dict:
        """Send a request, from whichever thread, and return the answer."""
        with self._lock:
            if self._control.fileno() < 0:
                raise wire.Closed
            return self._say(message, START_SECONDS, *files)

    def close(self) -> None:
        """End it; its forks die with it."""
        with suppress(wire.Closed, wire.TooLate):
            self._parent.ask({"do": "end", "pid": self._pid})
        self.leave()

    def leave(self) -> None:
        """Let go of it; it ends with its parent."""
        with self._lock:
            self._control.close()

    def _run(self, code: str) -> CellResult:
        began = time.monotonic()
        word = secrets.token_hex(8)
        answer = self._say({"run": code, "word": word}, CELL_SECONDS)
        return told(answer, time.monotonic() - began, word)

    def _say(self, message: dict, seconds: float, *files: int) -> dict:
        wire.send(self._control, message, files)
        return wire.receive(self._control, seconds)


class Bases:
    """The bases of a warm process, each made when it is first asked for.

    Parameters
    ----------
    parent : Parent
    judges : bool
        Whether they fork judges; else sessions.
    """

    def __init__(self, parent: Parent, *, judges: bool) -> None:
        self._parent = parent
        self._judges = judges
        self._lock = threading.Lock()
        self._found: dict[str, Future[Base | None]] = {}
        self._users: Counter[str] = Counter()
        self._closed = False

    @contextmanager
    def of(
        self, cells: tuple[str, ...], folder: Path, environment: dict[str, str] | None = None
    ) -> Iterator[Base | None]:
        """Yield a base that has run these cells, to be kept while it is used; else None.

        Parameters
        ----------
        cells : tuple of str
        folder : Path
            With the section's own files.
        environment : dict, optional
        """
        served = self._judges or self._parent.bounds  # else each session has another folder
        if not cells or not served or self._parent.threaded:
            yield None
            return
        key = json.dumps([cells, environment, _stamps(folder)])
        with self._lock:
            making = key not in self._found
            found = self._found.setdefault(key, Future())
            self._users[key] += 1
        if making:
            try:
                given = folder, cells, environment or {}
                found.set_result(Base(self._parent, *given, judges=self._judges))
            except NoBase:
                found.set_result(None)
            except BaseException as error:
                found.set_exception(error)
        try:
            yield found.result()
        finally:
            self._leave(key)

    def close(self) -> None:
        """Let go of them; they end with their parent."""
        with self._lock:
            self._closed = True
            self._let_go()

    def _let_go(self) -> None:
        for found in self._found.values():
            if found.done() and found.exception() is None and found.result():
                found.result().leave()

    def _leave(self, key: str) -> None:
        """Keep a base for whoever comes next; of many that nobody uses the oldest go."""
        with self._lock:
            self._users[key] -= 1
            if self._closed:  # perhaps while this one was being made
                self._let_go()
                return
            failed = key in self._found and self._found[key].exception() is not None
            if failed:  # whoever comes next tries again
                del self._found[key]
            idle = [k for k, f in self._found.items() if f.done() and not self._users[k]]
            idle = [k for k in idle if self._found[k].result()]  # what cannot be had is kept
            ended = [self._found.pop(k).result() for k in idle[:-MOST]]
        for base in ended:
            base.close()


def _stamps(folder: Path) -> list[tuple[str, int]]:
    """Return what tells a folder's content from another's."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(str(f.relative_to(folder)), zlib.crc32(f.read_bytes())) for f in files]
