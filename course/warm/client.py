"""The near side of the nursery: start it, open sessions in it."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from course.sandbox.bounds import Bounds
from course.warm.bases import Bases
from course.warm.judges import Judges
from course.warm.parent import Parent
from course.warm.sessions import JudgedSession, Permit, WarmSession


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
    fresh : bool
        Start its processes anew, whatever stands by.

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
        fresh: bool = False,
    ) -> None:
        imports = list(imports)
        self.bounds = bounds
        apart = bounds is not None
        common = imports, environment, bounds
        # Side by side: each may wait for its branch of what stands by.
        with ThreadPoolExecutor(1) as pool:
            how = {"sessions": False, "guests": guests, "fresh": fresh}
            theirs = pool.submit(Parent, *common, **how) if apart else None
            self.students = Parent(*common, guests=guests and not apart, fresh=fresh)
            self.judges = Judges(theirs.result() if theirs else self.students)
        self._bases = Bases(self.students, judges=False)

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
        self._bases.close()
        self.judges.close()

    @contextmanager
    def session(
        self,
        folder: Path,
        environment: dict[str, str] | None = None,
        bounds: Bounds | None = None,
        *,
        apart: bool = True,
        permit: Permit = lambda: None,
    ) -> Iterator[WarmSession]:
        """Open a session in `folder` and end it, whatever happens in between.

        A confined session has a copy of the folder, and `bounds` in place of the nursery's. With
        `apart` its tests run in a judge's process, else in the session itself. With `permit` only
        the lesson's own first cells are run before that has returned.
        """
        given = self.students, folder, environment or {}, self.bounds and (bounds or self.bounds)
        given = *given, permit
        session = JudgedSession(self._bases, self.judges, *given) if apart else WarmSession(*given)
        try:
            yield session
        finally:
            session.close()
