"""The flow of tasks through a Dask cluster: few at a time, each to its end, whatever dies.

Dask itself gives a dead worker's task to another. Here is what is left to do: a scheduler
that went away (connect again, hand in again what is out), a worker that is alive and does not
answer (the same task to another one; the first answer counts), a task that kills every worker.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from itertools import count

from distributed import Client, Future, KilledWorker

from course.errors import CourseError
from course.grading.engine.asking import Lost, talking
from course.grading.engine.cluster import check_workers, connect, open_client
from course.grading.engine.lookout import Lookout
from course.grading.engine.tasks import AHEAD, MOST_BYTES, TRIES, Examined, Failed, Task
from course.grading.engine.work import examine_task

TICK = 0.5
FETCH_SECONDS = 10  # for an answer that is done to come here


@dataclass
class _Out:
    """A task that has been handed in; alone, where no other task may share its workers."""

    task: Task
    alone: bool = False
    tries: int = 0
    since: float = 0.0
    futures: list[Future] = field(default_factory=list)


class Flow:
    """Hands tasks to a cluster and yields what comes back.

    Parameters
    ----------
    scheduler : str
        Its address: ``tcp://HOST:PORT``.
    patience : float
        Seconds in which a scheduler that went away may come back.
    silence : float
        Seconds without a heartbeat after which a worker's tasks are given to others.
    slow : callable, optional
        From a task to the seconds after which another worker is given it too.
    say : callable, optional
        Told in a sentence what is waited for.
    """

    def __init__(
        self,
        scheduler: str,
        *,
        patience: float = 60,
        silence: float = 30,
        slow: Callable[[Task], float] | None = None,
        say: Callable[[str], None] = lambda text: None,
    ) -> None:
        self._scheduler = scheduler
        self._patience = patience
        self._silence = silence
        self._slow = slow or _seconds_at_most
        self._say = say
        self._out: dict[int, _Out] = {}
        self._suspects: list[Task] = []
        self._done: queue.SimpleQueue[tuple[int, Future]] = queue.SimpleQueue()
        self._numbers = count()

    def run(self, tasks: Iterator[Task]) -> Iterator[Examined | Failed]:
        """Yield a result for each task, in the order in which they are done.

        Raises
        ------
        CourseError
            When scheduler or workers have gone and stay away, or a worker has other versions.
        """
        with ExitStack() as stack:
            self._begin_with(stack.enter_context(open_client(self._scheduler)))
            while self._fill(tasks):
                try:
                    result = self._next()
                except Lost as lost:
                    self._reconnect(stack, lost)
                    continue
                if result is not None:
                    yield result

    def _fill(self, tasks: Iterator[Task]) -> bool:
        """Hand in as many as there is room for; return False when all are done."""
        while len(self._out) < AHEAD * self._lookout.slots and self._carried() < MOST_BYTES:
            task = next(tasks, None)
            if task is None:
                break
            self._begin(_Out(task))
        if self._suspects and not self._out:
            self._begin(_Out(self._suspects.pop(), alone=True))
        return bool(self._out)

    def _begin(self, out: _Out) -> None:
        number = next(self._numbers)
        self._out[number] = out
        with suppress(Lost):  # it is noticed by whoever waits for an answer
            self._hand_in(number)

    def _carried(self) -> int:
        return sum(out.task.size for out in self._out.values())

    def _hand_in(self, number: int, workers: list[str] | None = None) -> None:
        out = self._out[number]
        out.since = time.monotonic()
        out.tries += 1
        with talking(self._client):
            future = self._client.submit(
                examine_task,
                out.task,
                key=f"course-{id(self):x}-{number}-{out.tries}",
                pure=False,
                workers=workers,
                allow_other_workers=workers is not None,  # where all of these have gone
                retries=0,
            )
        out.futures.append(future)
        self._listen(number, future)

    def _listen(self, number: int, future: Future) -> None:
        future.add_done_callback(lambda done: self._done.put((number, done)))

    def _next(self) -> Examined | Failed | None:
        """Wait for an answer; return None where none came, or its task goes on."""
        try:
            number, future = self._done.get(timeout=TICK)
        except queue.Empty:
            self._look_after()
            return None
        out = self._out.get(number)
        if out is None or future not in out.futures:
            return None  # a second answer, or one of a scheduler that has gone
        try:
            result = future.result(timeout=min(FETCH_SECONDS, self._patience))
        except CancelledError as error:  # as Dask does with all of a scheduler that has gone
            raise Lost() from error
        except CourseError:
            raise
        except Exception as error:
            if future.status == "error":
                return self._again(number, error)
            self._look_after()
            if out.tries < TRIES:  # its worker died with the answer, or hangs
                self._hand_in(number)
            else:
                self._listen(number, future)
            return None
        self._settle(number)
        return result

    def _again(self, number: int, error: Exception) -> Failed | None:
        """Have a task done once more that a worker could not do; say why at the last time."""
        out = self._out[number]
        if isinstance(error, KilledWorker):
            if not out.alone:  # it may only have waited beside the one that is to blame
                self._settle(number)
                self._suspects.append(out.task)
                return None
            reason = "every worker that examined it died"
        elif out.tries >= TRIES:
            reason = f"{type(error).__name__}: {error}"
        else:
            # A worker that came later has not been looked at.
            check_workers(self._client, self._scheduler, self._patience)
            self._hand_in(number)
            return None
        self._settle(number)
        return Failed(out.task, reason)

    def _settle(self, number: int) -> None:
        for future in self._out.pop(number).futures:
            if not future.done():
                future.cancel()
            future.release()

    def _begin_with(self, client: Client) -> None:
        self._client = client
        self._lookout = Lookout(client, self._scheduler, self._patience, self._silence, self._say)

    def _look_after(self) -> None:
        """See why nothing came for a while: a scheduler or workers that went, or a slow one."""
        processing, silent = self._lookout.look()
        now = time.monotonic()
        for number, out in self._out.items():
            keys = {future.key for future in out.futures}
            holders = {worker for worker, tasks in processing.items() if keys & tasks}
            late = now - out.since > self._slow(out.task)
            if not late and not (holders and holders <= silent):
                continue
            others = [worker for worker in processing if worker not in holders | silent]
            if holders and others and out.tries < TRIES:
                self._hand_in(number, others)
            elif late:
                out.since = now  # it waits its turn, or there is nobody else

    def _reconnect(self, stack: ExitStack, lost: Lost) -> None:
        """Find the scheduler again, and hand in anew everything that is out."""
        self._say(f"{lost.what} It is waited for, for {self._patience:g} s.")
        ends = time.monotonic() + self._patience
        while True:
            stack.pop_all().close()
            try:
                client = stack.enter_context(connect(self._scheduler, _left(ends)))
                check_workers(client, self._scheduler, _left(ends))
                self._begin_with(client)
                for number, out in self._out.items():
                    out.futures.clear()
                    out.tries = 0  # it was not the task's fault
                    self._hand_in(number)
                self._say(f"The scheduler {self._scheduler} is back, and grading goes on.")
                return
            except Lost:  # once more; where nothing is there in time, that is an error
                continue
            except CourseError as error:
                remedy = f"Everything graded so far is recorded. {error.remedy}"
                raise CourseError(error.what, remedy, code=error.code) from None


def _left(ends: float) -> float:
    """Return the seconds until then; never none, which would mean for ever."""
    return max(0.1, ends - time.monotonic())


def _seconds_at_most(task: Task) -> float:
    """Return the time in which an honest worker is done with a task, whatever is in it."""
    start = task.limits.lecture  # a worker's first task waits for TensorFlow
    # Apart and inside, and both once more after a rehearsal.
    tries = 1 if task.package.inside == "forbid" else 4
    return start + len(task.handed_in) * (tries * task.limits.whole + 60)
