"""Who of a cluster is at work: how many tasks fit, who fell silent, and whether anybody is left."""

from __future__ import annotations

import time
from collections.abc import Callable

from distributed import Client

from course.errors import FOUND, CourseError
from course.grading.engine import asking
from course.grading.engine.asking import Lost
from course.grading.engine.heartbeats import Heartbeats


class Lookout:
    """Looks at the workers of a cluster, from its beginning on.

    Parameters
    ----------
    client : Client
    scheduler : str
    patience : float
        Seconds that a cluster may be without a worker that answers.
    silence : float
        Seconds without a heartbeat after which a worker counts as silent.
    say : callable
        Told in a sentence who fell silent.

    Attributes
    ----------
    slots : int
        How many tasks the workers run at the same time.

    Raises
    ------
    Lost
        When the scheduler has gone.
    """

    def __init__(
        self,
        client: Client,
        scheduler: str,
        patience: float,
        silence: float,
        say: Callable[[str], None],
    ) -> None:
        self._client = client
        self._scheduler = scheduler
        self._patience = patience
        self._say = say
        self._heartbeats = Heartbeats(silence)
        self._seen = time.monotonic()
        self._count()

    def look(self) -> tuple[dict[str, set[str]], frozenset[str]]:
        """Return the keys of the tasks that each worker was given, and which workers are silent.

        Raises
        ------
        Lost
            When the scheduler has gone.
        CourseError
            When no worker has answered for longer than there is patience.
        """
        if self._client.status != "running":
            raise Lost()
        self._count()
        processing, silent = asking.processing(self._client), self._heartbeats.silent
        now = time.monotonic()
        if processing.keys() - silent:
            self._seen = now
        elif now - self._seen > self._patience:
            answers = ", or none that answers" if processing else ""
            what = f"The scheduler {self._scheduler} has no worker any more{answers}."
            remedy = "Start workers and run again: everything graded so far is recorded."
            raise CourseError(what, remedy, code=FOUND)
        return processing, silent

    def _count(self) -> None:
        """See how many tasks fit, for workers come and go, and which of them fall silent."""
        known = asking.workers(self._client)
        self.slots = asking.slots(known)
        for news in self._heartbeats.listen(known):
            self._say(news)
