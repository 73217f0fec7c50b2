"""The flow of tasks through a cluster: few at a time, each to its end, whatever dies.

Dask itself gives a dead worker's task to another. Here is what is left to do: a scheduler
that went away (connect again, hand in again what is out), a worker that is alive and does not
answer (the same task to another one; the first answer counts), a task that kills every worker.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count

from distributed import Future, KilledWorker

from course.engine.cluster import check_workers, connect, open_client, slots
from course.engine.tasks import Examined, Task
from course.engine.work import examine_task
from course.errors import FOUND, CourseError

AHEAD = 2  # tasks handed in for each that runs: a worker never waits for the next one
MOST_BYTES = 256 * 2**20  # of submissions that are out at the same time
TRIES = 3
TICK = 0.5


@dataclass(frozen=True)
class Failed:
    """A task that no worker brought to its end, and why."""

    task: Task
    reason: str


@dataclass
class _Out:
    """A task that has been handed in."""

    task: Task
    tries: int = 0
    since: float = 0.0
    futures: list[Future] = field(default_factory=list)


class Flow:
    """Hands tasks to a cluster and yields what comes back.

    Parameters
    ----------
    jobs : int
        Submissions at the same time, where no scheduler is named.
    scheduler : str, optional
    patience : float
        Seconds in which a scheduler that went away may come back.
    slow : callable, optional
        From a task to the seconds after which another worker is given it too.
    """

    def __init__(
        self,
        jobs: int,
        scheduler: str | None = None,
        *,
        patience: float = 60,
        slow: Callable[[Task], float] | None = None,
    ) -> None:
        self._jobs = jobs
        self._scheduler = scheduler
        self._patience = patience
        self._slow = slow or _seconds_at_most
        self._out: dict[int, _Out] = {}
        self._done: queue.SimpleQueue[tuple[int, Future]] = queue.SimpleQueue()
        self._numbers = count()

    def run(self, tasks: Iterator[Task]) -> Iterator[Examined | Failed]:
        """Yield a result for each task, in the order in which they are done."""
        with ExitStack() as stack:
            self._client = stack.enter_context(open_client(self._jobs, self._scheduler))
            self._slots = slots(self._client)
            more = True
            while True:
                while more and self._has_room():
                    task = next(tasks, None)
                    more = task is not None
                    if task is not None:
                        self._hand_in(next(self._numbers), _Out(task))
                if not self._out:
                    return
                try:
                    number, future = self._done.get(timeout=TICK)
                except queue.Empty:
                    self._look_after(stack)
                    continue
                if (result := self._take(number, future, stack)) is not None:
                    yield result

    def _has_room(self) -> bool:
        carried = sum(out.task.size for out in self._out.values())
        return len(self._out) < AHEAD * self._slots and carried < MOST_BYTES

    def _hand_in(self, number: int, out: _Out, workers: list[str] | None = None) -> None:
        out.since = time.monotonic()
        out.tries += 1
        future = self._client.submit(
            examine_task,
            out.task,
            key=f"course-{id(self):x}-{number}-{out.tries}",
            pure=False,
            workers=workers,
            retries=0,
        )
        out.futures.append(future)
        self._out[number] = out
        future.add_done_callback(lambda done: self._done.put((number, done)))

    def _take(self, number: int, future: Future, stack: ExitStack) -> Examined | Failed | None:
        """Return what a finished future means; None where the task goes on."""
        out = self._out.get(number)
        if out is None or future not in out.futures:
            return None  # a second answer, or one of a scheduler that has gone
        if future.status == "finished":
            try:
                result = future.result(timeout=self._patience)
            except Exception:  # its data was lost on the way
                return self._again(number, out, "the answer was lost on its way")
            self._settle(number, out)
            return result
        if future.status == "cancelled":
            self._reconnect(stack)
            return None
        error = future.exception(timeout=self._patience)
        if isinstance(error, CourseError):
            raise error
        if isinstance(error, KilledWorker):
            self._settle(number, out)
            return Failed(out.task, "every worker that examined it died")
        return self._again(number, out, f"{type(error).__name__}: {error}")

    def _again(self, number: int, out: _Out, reason: str) -> Failed | None:
        if out.tries >= TRIES:
            self._settle(number, out)
            return Failed(out.task, reason)
        self._hand_in(number, out)
        return None

    def _settle(self, number: int, out: _Out) -> None:
        del self._out[number]
        for future in out.futures:
            if not future.done():
                future.cancel()
            future.release()

    def _look_after(self, stack: ExitStack) -> None:
        """See why nothing came for a while: a scheduler that went away, or a slow worker."""
        if self._client.status != "running":
            self._reconnect(stack)
            return
        now = time.monotonic()
        late = [(n, o) for n, o in self._out.items() if now - o.since > self._slow(o.task)]
        if not late:
            return
        self._slots = slots(self._client)
        processing = self._client.processing()
        for number, out in late:
            keys = {future.key for future in out.futures}
            holders = {w for w, tasks in processing.items() if keys & {str(k) for k in tasks}}
            others = [worker for worker in processing if worker not in holders]
            if holders and others and out.tries < TRIES:
                self._hand_in(number, out, others)
            else:
                out.since = now  # it waits its turn, or there is nobody else

    def _reconnect(self, stack: ExitStack) -> None:
        """Find the scheduler again, and hand in anew everything that was out."""
        if self._scheduler is None:
            raise CourseError(
                "The engine of this process stopped.", "Run the same command again.", code=FOUND
            )
        ends = time.monotonic() + self._patience
        while True:
            try:
                stack.pop_all().close()
                self._client = stack.enter_context(connect(self._scheduler))
                check_workers(self._client, self._scheduler)
                break
            except CourseError as error:
                if time.monotonic() > ends or "other versions" in error.what:
                    raise CourseError(
                        f"The scheduler {self._scheduler} went away: {error.what}",
                        "Everything graded so far is recorded: start it and run again.",
                        code=FOUND,
                    ) from None
        self._slots = slots(self._client)
        for number, out in list(self._out.items()):
            out.futures.clear()
            out.tries -= 1  # that was not the task's fault
            self._hand_in(number, out)


def _seconds_at_most(task: Task) -> float:
    """Return the time in which an honest worker is done with a task, whatever is in it."""
    start = task.limits.lecture  # a worker's first task waits for TensorFlow
    return start + len(task.handed_in) * (task.limits.whole + 60)
