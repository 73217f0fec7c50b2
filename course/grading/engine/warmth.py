"""The warm processes of a worker: one for each section at work, shared by its threads."""

from __future__ import annotations

import atexit
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from course.processes import wire
from course.proof import promises
from course.sandbox.bounds import Bounds
from course.session import Session
from course.warm.client import Nursery, available
from course.warm.imports import are_slow
from course.warm.parent import hang_up

IDLE = 2  # nurseries that are kept for who comes next: each holds its libraries


@dataclass(eq=False)
class Kept:
    """A nursery, and whether its walls have been tried.

    Attributes
    ----------
    nursery : Nursery
    private : tuple of Path
        What is tried to be out of its sessions' sight.
    probe : Future or None
        None without walls.
    beside : bool
        Whether other walls are tried, of the same make.
    users : int
    """

    nursery: Nursery
    private: tuple[Path, ...] = ()
    probe: Future | None = None
    beside: bool = False
    users: int = 0

    def confirm(self) -> None:
        """Wait until its sandbox has been tried.

        Raises
        ------
        CourseError
            When a promise of it does not hold.
        """
        if self.probe is not None:
            self.probe.result()

    def has_failed(self) -> bool:
        """Tell whether its sandbox was found not to hold."""
        done = self.probe is not None and self.probe.done()
        return done and self.probe.exception() is not None


class Warmth:
    """Holds the nurseries of this process: one for those who import the same, and nothing else."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._private: tuple[Path, ...] = ()  # what no session may see
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

        Raises
        ------
        CourseError
            As `held` does.
        """
        with self.held(imports, bounds, private):
            pass

    @contextmanager
    def held(
        self, imports: Iterable[str], bounds: Bounds | None, private: Iterable[str]
    ) -> Iterator[Kept | None]:
        """Prepare, and have what opens sessions stay while the block runs.

        Where a sandbox of the same make is tried, that may last longer: no session runs anything of
        a student's before it has been found to hold. None where nothing can be forked.

        Raises
        ------
        CourseError
            When the warm process does not start, or a promise of its own walls does not hold.
        """
        if not available() and bounds is None:
            yield None
            return
        with self._lock:
            one = self._ensure(tuple(imports), bounds, private)
            one.users += 1
        try:  # without the lock: others may have what they need
            if not one.beside:
                one.confirm()
            one.nursery.wait()
            yield one
        finally:
            self._leave(one)

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
            one = self._ensure(tuple(imports), bounds)
            one.users += 1
        try:
            with one.nursery.session(folder, permit=one.confirm) as session:
                yield session
        except (wire.Closed, wire.TooLate):
            with self._lock:
                self._drop(one)
            raise
        finally:
            self._leave(one)

    def end(self) -> None:
        """End the warm processes."""
        with self._lock:
            self._close()

    def _ensure(
        self,
        imports: tuple[str, ...],
        bounds: Bounds | None,
        private: Iterable[str] | None = None,
    ) -> Kept:
        """Return the nursery that suits; its sandbox is tried, once, and anew where that failed."""
        for one in list(self._kept.values()):
            if not one.nursery.alive or one.nursery.bounds != bounds:
                self._drop(one)
        if private is not None:
            self._private = tuple(map(Path, private))
        if imports not in self._kept:
            self._kept[imports] = _started(imports, bounds, self._private)
        one = self._kept[imports]
        self._kept.move_to_end(imports)
        if bounds and private is not None and (one.has_failed() or one.private != self._private):
            one.private, one.beside = self._private, True
            one.probe = _PROBER.submit(_try_light, bounds, one.private)
        self.require()
        return one

    def _leave(self, one: Kept) -> None:
        """Have one user less, and close what nobody uses: what was asked for longest ago first."""
        with self._lock:
            one.users -= 1
            idle = [imports for imports, other in self._kept.items() if not other.users]
            old = [self._kept.pop(imports) for imports in idle[:-IDLE]]
        for other in old:
            other.nursery.close()

    def _resume(self) -> None:
        """Let a stopped grader be followed by another in this process, with a fresh warm one."""
        if self._over:
            self._close()
            self._over = False

    def _drop(self, one: Kept) -> None:
        """Close a nursery that is of no use any more."""
        for imports, other in list(self._kept.items()):
            if other is one:
                self._kept.pop(imports).nursery.close()

    def _close(self) -> None:
        while self._kept:
            self._kept.popitem()[1].nursery.close()


def _started(imports: tuple[str, ...], bounds: Bounds | None, private: tuple[Path, ...]) -> Kept:
    """Start a nursery, and have its walls tried.

    Where it is long at its imports, those of one of the same make are tried that has none.
    """
    if bounds is None:
        return Kept(Nursery(imports, bounds=None), private)
    if are_slow(imports):
        probe = _PROBER.submit(_try_light, bounds, private)
        return Kept(Nursery(imports, bounds=bounds), private, probe, beside=True)
    nursery = Nursery(imports, bounds=bounds)
    return Kept(nursery, private, _PROBER.submit(promises.require, nursery, private))


def _try_light(bounds: Bounds, private: tuple[Path, ...]) -> None:
    with Nursery((), bounds=bounds, guests=False) as light:
        promises.require(light, private)


_PROBER = ThreadPoolExecutor(1, thread_name_prefix="prober")
WARMTH = Warmth()
atexit.register(WARMTH.end)
