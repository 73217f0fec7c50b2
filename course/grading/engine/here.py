"""Tasks examined by threads of this process: few at a time, each to its end.

What a thread does is mostly to wait for the session and the judge that it talks to, so threads are
enough; and nothing has to be packed, sent or looked for. Whatever dies is one of those processes,
and is another one for the next task.
"""

from __future__ import annotations

import queue
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from course.errors import CourseError
from course.grading.engine.tasks import AHEAD, MOST_BYTES, TRIES, Examined, Failed, Task
from course.grading.engine.warmth import WARMTH
from course.grading.engine.work import examine_task


@dataclass
class _Out:
    """A task that is examined, or waits for a thread."""

    task: Task
    tries: int = 0


class Here:
    """Examines tasks and yields what comes of them.

    Parameters
    ----------
    jobs : int
        Submissions at the same time.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._out: dict[Future, _Out] = {}
        self._done: queue.SimpleQueue[Future] = queue.SimpleQueue()

    def run(self, tasks: Iterator[Task]) -> Iterator[Examined | Failed]:
        """Yield a result for each task, in the order in which they are done.

        Raises
        ------
        CourseError
            For what would be the same for every submission: no sandbox, a full disk.
        """
        # In this order: a thread that waits for a session's answer ends when the sessions do.
        with self._threads() as pool, WARMTH.serving():
            while self._fill(pool, tasks):
                future = self._done.get()
                out = self._out.pop(future)
                try:
                    result = future.result()
                except CourseError:
                    raise
                except Exception as error:
                    if out.tries < TRIES:
                        self._begin(pool, out)
                        continue
                    result = Failed(out.task, f"{type(error).__name__}: {error}")
                yield result

    @contextmanager
    def _threads(self) -> Iterator[ThreadPoolExecutor]:
        pool = ThreadPoolExecutor(self._jobs, "examiner")
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)

    def _fill(self, pool: ThreadPoolExecutor, tasks: Iterator[Task]) -> bool:
        """Hand in as many as there is room for; return False when all are done."""
        while len(self._out) < AHEAD * self._jobs and self._carried() < MOST_BYTES:
            task = next(tasks, None)
            if task is None:
                break
            self._begin(pool, _Out(task))
        return bool(self._out)

    def _carried(self) -> int:
        return sum(out.task.size for out in self._out.values())

    def _begin(self, pool: ThreadPoolExecutor, out: _Out) -> None:
        out.tries += 1
        future = pool.submit(examine_task, out.task)
        self._out[future] = out
        future.add_done_callback(self._done.put)
