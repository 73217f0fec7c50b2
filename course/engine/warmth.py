"""The warm process of a worker: started once, shared by its threads, replaced when it dies."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from course.sandbox import promises
from course.sandbox.bounds import Bounds
from course.session import Session, open_session
from course.warm import wire
from course.warm.client import Nursery, available


class Warmth:
    """Holds one nursery for this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._nursery: Nursery | None = None
        self._imports: tuple[str, ...] = ()
        self._private: tuple[Path, ...] = ()
        self._proved: Nursery | None = None

    def begin(
        self,
        imports: Iterable[str],
        bounds: Bounds | None = None,
        private: Iterable[Path] = (),
    ) -> None:
        """Start the warm process with these imports, and do not wait for it.

        Parameters
        ----------
        imports : iterable of str
        bounds : Bounds, optional
            Start it in a sandbox; see `Nursery`.
        private : iterable of Path
            What must be out of a sandbox's sight.

        Raises
        ------
        CourseError
            When there is no sandbox on this machine.
        """
        with self._lock:
            self._private = tuple(private)
            self._ensure(tuple(imports), bounds)

    @contextmanager
    def session(
        self,
        imports: Iterable[str],
        folder: Path,
        environment: dict[str, str],
        bounds: Bounds | None = None,
    ) -> Iterator[Session]:
        """Open a session in a fork of the warm process.

        Without bounds there is no sandbox, and a fresh kernel where nothing can be forked.

        Raises
        ------
        course.warm.wire.Closed
            When the warm process has died; the next session starts another.
        """
        if bounds is None and not available():
            with open_session(folder, environment) as session:
                yield session
            return
        with self._lock:
            nursery = self._ensure(tuple(imports), bounds)
        try:
            with nursery.session(folder, environment) as session:
                yield session
        except (wire.Closed, wire.TooLate):
            self._retire(nursery)
            raise

    def prove(self, imports: Iterable[str], bounds: Bounds) -> None:
        """Let no session begin before the sandbox of this warm process has held.

        Raises
        ------
        CourseError
            When it does not hold, or there is none.
        """
        with self._lock:
            nursery = self._ensure(tuple(imports), bounds)
            if self._proved is not nursery:
                promises.require(nursery, self._private)
                self._proved = nursery

    def end(self) -> None:
        """End the warm process."""
        with self._lock:
            if self._nursery:
                self._nursery.close()
            self._nursery = None

    def _ensure(self, imports: tuple[str, ...], bounds: Bounds | None) -> Nursery:
        found = self._nursery
        if found and not (
            set(imports) <= set(self._imports) and found.bounds == bounds and found.alive
        ):
            found.close()
            self._nursery = None
        if self._nursery is None:
            self._nursery, self._imports = Nursery(imports, bounds=bounds), imports
        return self._nursery

    def _retire(self, nursery: Nursery) -> None:
        with self._lock:
            if self._nursery is nursery:
                nursery.close()
                self._nursery = None


WARMTH = Warmth()
atexit.register(WARMTH.end)
