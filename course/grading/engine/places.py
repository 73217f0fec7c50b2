"""Where the tests of each notebook are judged: found out once in a worker, for all submissions."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

from nbformat import NotebookNode

from course.examining.placement import Placement
from course.examining.rehearsal import placed
from course.grading.engine.tasks import Task
from course.session import Session

MOST_KEPT = 64


class Places:
    """Keeps the placements of notebooks; of many the oldest goes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._one_at_a_time: dict[tuple, threading.Lock] = {}
        self._found: dict[tuple, Placement] = {}

    def of(
        self,
        task: Task,
        name: str,
        source: NotebookNode,
        open_session: Callable[[], AbstractContextManager[Session]],
    ) -> Placement:
        """Return the placement of a task's notebook; other threads wait where one is at it.

        Parameters
        ----------
        task : Task
        name : str
            The notebook's name.
        source : NotebookNode
            The notebook, with solutions and hidden tests.
        open_session : callable
            Returns a context manager that gives a session, for a rehearsal.
        """
        package = task.package
        files = tuple((path, len(data)) for path, data in package.files.items())
        key = package.inside, package.sources[name], files, task.bounds is None
        with self._lock:
            mine = self._one_at_a_time.setdefault(key, threading.Lock())
        with mine:
            if key not in self._found:
                while len(self._found) >= MOST_KEPT:
                    self._found.pop(next(iter(self._found)), None)
                found = placed(source, package.inside, open_session, task.limits)
                self._found[key] = _lacking(found, package.missing.get(name, []))
            return self._found[key]


def _lacking(placement: Placement, packages: list[str]) -> Placement:
    """Say of what cannot be solved here which packages are missing."""
    if not packages:
        return placement
    names = ", ".join(packages)
    told = {name: f"{why} (not installed: {names})" for name, why in placement.unsolved.items()}
    return replace(placement, unsolved=told)


PLACES = Places()
