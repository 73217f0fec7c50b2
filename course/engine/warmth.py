"""The warm process of a worker: started once, shared by its threads, replaced when it dies."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from course.session import Session, open_session
from course.warm import wire
from course.warm.client import Nursery, available


class Warmth:
    """Holds one nursery for this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._nursery: Nursery | None = None
        self._imports: tuple[str, ...] = ()

    def begin(self, imports: Iterable[str]) -> None:
        """Start the warm process with these imports, and do not wait for it."""
        with self._lock:
            self._ensure(tuple(imports))

    @contextmanager
    def session(
        self, imports: Iterable[str], folder: Path, environment: dict[str, str]
    ) -> Iterator[Session]:
        """Open a session in a fork of the warm process, or a fresh kernel where none can be.

        Raises
        ------
        course.warm.wire.Closed
            When the warm process has died; the next session starts another.
        """
        if not available():
            with open_session(folder, environment) as session:
                yield session
            return
        with self._lock:
            nursery = self._ensure(tuple(imports))
        try:
            with nursery.session(folder, environment) as session:
                yield session
        except (wire.Closed, wire.TooLate):
            self._retire(nursery)
            raise

    def end(self) -> None:
        """End the warm process."""
        with self._lock:
            if self._nursery:
                self._nursery.close()
            self._nursery = None

    def _ensure(self, imports: tuple[str, ...]) -> Nursery:
        if self._nursery and not (set(imports) <= set(self._imports) and self._nursery.alive):
            self._nursery.close()
            self._nursery = None
        if self._nursery is None:
            self._nursery, self._imports = Nursery(imports), imports
        return self._nursery

    def _retire(self, nursery: Nursery) -> None:
        with self._lock:
            if self._nursery is nursery:
                nursery.close()
                self._nursery = None


WARMTH = Warmth()
atexit.register(WARMTH.end)
