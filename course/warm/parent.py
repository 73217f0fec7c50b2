"""The near side of a nursery's process: start it, wait for it, ask it for forks."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterable, Mapping
from contextlib import suppress

from course.errors import FOUND, CourseError
from course.processes import wire
from course.processes.cores import threads
from course.processes.surroundings import Home, for_grading
from course.sandbox import outer
from course.sandbox.bounds import Bounds
from course.sandbox.remedies import remedy
from course.warm import branches
from course.warm.imports import are_slow
from course.warm.spawning import START_SECONDS, spawn

# Without a device TensorFlow looks for one in each fork, and complains each time. A session has
# one core, and a library that starts threads before the fork has none of them after it.
VARIABLES = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    **threads(1),
}
# -P: a folder that happens to be the current one is no place to import from.
LINE = [sys.executable, "-P", "-m", "course.warm.nursery"]

_PARENTS: weakref.WeakSet[Parent] = weakref.WeakSet()


def hang_up() -> None:
    """Have all such processes of this one end, with their forks, whoever waits for them."""
    for parent in list(_PARENTS):
        parent.hang_up()


def behind_wall(
    imports: Iterable[str], variables: Mapping[str, str], *, sessions: bool
) -> branches.Wanted:
    """Return what is to be started behind a wall: for sessions, or for judges."""
    user = outer.STUDENTS if sessions else outer.JUDGES
    line, given = outer.command(LINE, user), outer.environment(dict(variables))
    return branches.Wanted(line, given, list(imports), keeper=sessions)


class Parent:
    """A process that imports everything once and is then the parent of forks.

    It is started at once, and waited for when the first fork is asked for. Behind a wall it is a
    fork itself where a process stands by that has imported before: see `course.warm.standby`.

    Parameters
    ----------
    imports : iterable of str
        Import statements to run before the first fork.
    environment : dict, optional
        Variables added to its environment.
    bounds : Bounds, optional
        Put an outer wall around it; without them nothing is confined.
    sessions : bool
        Whether it forks sessions. Behind a wall it forks these or judges, and the two walls share
        no user.
    guests : bool
        Whether its judges can be given objects of libraries; all that reads them is then imported.
    fresh : bool
        Import everything anew, whatever stands by.

    Attributes
    ----------
    bounds : Bounds or None
    threaded : bool
        Whether something imported is known to start threads when it is used.

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
        sessions: bool = True,
        guests: bool = True,
        fresh: bool = False,
    ) -> None:
        if bounds:
            outer.require()
        self.bounds = bounds
        imports = list(imports)
        self.threaded = are_slow(imports)
        self._hung_up = False
        self._control, theirs = socket.socketpair()
        self._lock = threading.Lock()
        variables = VARIABLES | (environment or {})
        self._home = None if bounds else Home()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  (read where it does not start)
        branch = None
        if self._home is None:
            wanted = behind_wall(imports, variables, sessions=sessions)
            line, variables = wanted.line, wanted.environment
            branch = None if fresh else branches.take(wanted, self._control, theirs)
        else:
            line, variables = LINE, for_grading(self._home.name, variables)
        self._process = branch or spawn(line, variables, theirs, self._said)
        theirs.close()
        self._ready = False
        _PARENTS.add(self)
        with suppress(wire.Closed):  # it has died already: told to the one who waits for it
            keeper = sessions and bounds is not None
            first = {"imports": imports, "keeper": keeper, "guests": guests}
            wire.send(self._control, first)

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return not self._hung_up and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Number of the process, or of the wall around it."""
        return self._process.pid

    def wait(self) -> None:
        """Wait until everything is imported; the process is at it since it was started.

        Raises
        ------
        CourseError
            When it does not start.
        """
        with self._lock:
            self._require_open()
            if not self._ready:
                self._wait()

    def ask(self, message: dict, *files: int) -> dict:
        """Send a request, from whichever thread, and return the answer."""
        with self._lock:
            self._require_open()
            if not self._ready:
                self._wait()
            self._require_open()
            wire.send(self._control, message, files)
            return wire.receive(self._control, START_SECONDS)

    def _require_open(self) -> None:
        if self._control.fileno() < 0:  # another thread has closed it
            raise wire.Closed

    def hang_up(self) -> None:
        """Have it end, and whoever waits for it notice, from whichever thread.

        Its socket stays open: another file could get the number for which somebody waits.
        """
        self._hung_up = True
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End it; its forks die with it."""
        self._stop()
        self._said.close()
        if self._home is not None:
            self._home.cleanup()

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

    def _stop(self) -> None:
        self._control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
