"""Where the tests of each notebook are judged: found out once in a worker, for all submissions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import replace
from threading import Lock, Thread

from nbformat import NotebookNode

from course.examining.placement import Placement
from course.examining.rehearsal import placed
from course.grading.engine.tasks import Task
from course.session import Session

MOST_KEPT = 64


class Places:
    """Keeps the placements of notebooks; of many the oldest goes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: dict[tuple, Future[Placement]] = {}

    def of(
        self,
        task: Task,
        name: str,
        source: NotebookNode,
        open_session: Callable[[], AbstractContextManager[Session]],
    ) -> Future[Placement]:
        """Return what will be the placement of a task's notebook; a rehearsal goes on meanwhile.

        One that fails is forgotten: whoever asks next has it tried again.

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
        files = tuple((path, len(data), hash(data)) for path, data in package.files.items())
        missing = tuple(package.missing.get(name, ()))
        key = package.inside, package.sources[name], files, missing, task.limits, not task.bounds
        with self._lock:
            if key in self._found:
                return self._found[key]
            while len(self._found) >= MOST_KEPT:
                self._found.pop(next(iter(self._found)))
            finding = self._found[key] = Future()

        def find() -> None:
            try:
                found = placed(source, package.inside, open_session, task.limits)
                finding.set_result(_lacking(found, package.missing.get(name, [])))
            except BaseException as error:  # it is raised where somebody waits
                with self._lock:
                    if self._found.get(key) is finding:
                        del self._found[key]
                finding.set_exception(error)

        if package.inside == "forbid":  # nothing is to be tried
            find()
        else:
            Thread(target=find, name="rehearsal", daemon=True).start()
        return finding


def _lacking(placement: Placement, packages: list[str]) -> Placement:
    """Say of what cannot be solved here which packages are missing."""
    if not packages:
        return placement
    names = ", ".join(packages)
    told = {name: f"{why} (not installed: {names})" for name, why in placement.unsolved.items()}
    return replace(placement, unsolved=told)


PLACES = Places()
