"""The warm processes of a worker: one for each section at work, shared by its threads."""

from __future__ import annotations

import atexit
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from course.processes import wire
from course.proof import promises
from course.sandbox.bounds import Bounds
from course.session import Session
from course.warm.client import Nursery, available
from course.warm.imports import are_slow
from course.warm.parent import hang_up

IDLE = 2  # nurseries that are kept for who comes next: each holds its libraries


class Warmth:
    """Holds the nurseries of this process: one for those who import the same, and nothing else."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, ...], Nursery] = OrderedDict()
        self._users: Counter[Nursery] = Counter()
        self._probe: Future | None = None
        self._private: list[Path] = []  # what no session may see
        self._beside = False  # whether it tries other walls, of the same make
        self._over = False

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Be of use while the block runs; where that is left early, all sessions end at once.

        A thread that waits for a session's answer cannot be stopped, but the session can.
        """
        with self._lock:
            self._resume()
        try:
            yield
        except BaseException:
            self._over = True
            hang_up()
            raise

    def require(self) -> None:
        """Open nothing new for a grader that was stopped.

        Raises
        ------
        course.processes.wire.Closed
        """
        if self._over:
            raise wire.Closed("the grader was stopped")

    def begin(
        self, imports: Iterable[str], bounds: Bounds | None, private: Iterable[str] = ()
    ) -> None:
        """Start the warm process with these imports, and the probe; do not wait for them.

        Raises
        ------
        CourseError
            When it is to have a sandbox, and this machine has none.
        """
        with self._lock:
            self._resume()
            self._ensure(tuple(imports), bounds, private)

    def prepare(
        self, imports: Iterable[str], bounds: Bounds | None, private: Iterable[str]
    ) -> None:
        """Wait until sessions can be opened, and have the sandbox tried if nobody has yet.

        Where that is one of the same make it may last longer: no session runs anything of a
        student's before it has been found to hold.

        Raises
        ------
        CourseError
            When the warm process does not start, or a promise of its own walls does not hold.
        """
        with self._lock:
            if not available() and bounds is None:
                return
            nursery = self._ensure(tuple(imports), bounds, private)
            if not self._beside:
                self.confirm()
            nursery.wait()

    def confirm(self) -> None:
        """Wait until the sandbox has been tried.

        Raises
        ------
        CourseError
            When a promise of it does not hold.
        """
        _wait_for(self._probe)

    @contextmanager
    def held(
        self, imports: Iterable[str], bounds: Bounds | None, private: Iterable[str]
    ) -> Iterator[None]:
        """Prepare, and have what opens sessions stay while the block runs.

        Raises
        ------
        CourseError
            As `prepare` does.
        """
        self.prepare(imports, bounds, private)
        with self._lock:
            there = [self._kept[key] for key in (tuple(imports),) if key in self._kept]
            self._users.update(there)
        try:
            yield
        finally:
            self._leave(there)

    @contextmanager
    def session(
        self, imports: Iterable[str], folder: Path, bounds: Bounds | None
    ) -> Iterator[Session]:
        """Open a session in a fork of the warm process.

        Without bounds there is no sandbox, and a fresh kernel where nothing can be forked.

        Raises
        ------
        course.processes.wire.Closed
            When the warm process has died; the next session starts another.
        CourseError
            When a promise of the sandbox does not hold.
        """
        if not available():
            from course.examining.fresh import open_session

            with open_session(folder) as session:
                yield session
            return
        with self._lock:
            nursery = self._ensure(tuple(imports), bounds)
            permit = partial(_wait_for, self._probe)
            self._users[nursery] += 1
        try:
            with nursery.session(folder, permit=permit) as session:
                yield session
        except (wire.Closed, wire.TooLate):
            self._retire(nursery)
            raise
        finally:
            self._leave([nursery])

    def _leave(self, nurseries: list[Nursery]) -> None:
        with self._lock:
            self._users.subtract(nurseries)
            self._users += Counter()  # less those that nobody uses

    def end(self) -> None:
        """End the warm process."""
        with self._lock:
            self._close()

    def _ensure(
        self,
        imports: tuple[str, ...],
        bounds: Bounds | None,
        private: Iterable[str] | None = None,
    ) -> Nursery:
        """Return the nursery that suits; its sandbox is tried, once, and anew where that failed.

        Where the warm process is long at its imports, that is one of the same make that has none:
        it is tried while the other imports.
        """
        for one in list(self._kept.values()):
            if not one.alive or one.bounds != bounds:
                self._drop(one)
        if private is not None:
            self._private = list(map(Path, private))
            if self._probe and _has_failed(self._probe):
                self._probe = None  # whoever comes next tries again
        tried = bounds is None or self._probe is not None
        if not tried and are_slow(imports):
            self._probe, tried = _PROBER.submit(_try_light, bounds, self._private), True
            self._beside = True
        if imports not in self._kept:
            try:
                self._kept[imports] = Nursery(imports, bounds=bounds)
            except BaseException:
                self._probe = None  # whoever comes next tries again
                raise
        nursery = self._kept[imports]
        self._kept.move_to_end(imports)
        self._let_go()
        if not tried:
            self._probe = _PROBER.submit(promises.require, nursery, self._private)
            self._beside = False
        self.require()
        return nursery

    def _let_go(self) -> None:
        """Close nurseries that nobody uses, the one that was asked for longest ago first."""
        if self._probe and not self._probe.done():  # it may be one of these that is tried
            return
        for imports, nursery in list(self._kept.items())[:-IDLE]:
            if not self._users[nursery]:
                self._kept.pop(imports).close()

    def _resume(self) -> None:
        """Let a stopped grader be followed by another in this process, with a fresh warm one."""
        if self._over:
            self._close()
            self._over = False

    def _retire(self, nursery: Nursery) -> None:
        with self._lock:
            self._drop(nursery)

    def _drop(self, nursery: Nursery) -> None:
        """Close a nursery that is of no use any more; the next one's sandbox is tried anew."""
        for imports, one in list(self._kept.items()):
            if one is nursery:
                self._kept.pop(imports).close()
                self._probe, self._beside = None, False

    def _close(self) -> None:
        for nursery in self._kept.values():
            nursery.close()
        self._kept.clear()
        self._users.clear()
        self._probe, self._beside = None, False


def _wait_for(probe: Future | None) -> None:
    if probe is not None:
        probe.result()


def _has_failed(probe: Future) -> bool:
    return probe.done() and probe.exception() is not None


def _try_light(bounds: Bounds, private: list[Path]) -> None:
    with Nursery((), bounds=bounds, guests=False) as light:
        promises.require(light, private)


_PROBER = ThreadPoolExecutor(1, thread_name_prefix="prober")
WARMTH = Warmth()
atexit.register(WARMTH.end)
