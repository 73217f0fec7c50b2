"""Other machines where tasks are examined: a Dask cluster that is running."""

from __future__ import annotations

import asyncio
import logging
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import dask
from distributed import Client
from distributed.versions import VersionMismatchWarning

from course.errors import FOUND, CourseError
from course.grading.engine import asking
from course.grading.engine.about import about, differences, mismatch
from course.grading.engine.asking import asked, talking, workers

CONNECT_SECONDS = 10
WORKER_SECONDS = 20
QUIET = ("distributed", "distributed.worker", "distributed.scheduler", "distributed.client")
INSTALL = (
    "Install this course there (pip install of its folder, with requirements.lock) and start it "
    "again."
)


class _Client(Client):
    """A client that does not look for a lost scheduler: whoever uses it does, from the start.

    Dask's own search would be cut off by `close`, and a connection that is made at that moment
    would be left open.
    """

    async def _ensure_connected(self, timeout: float | None = None) -> None:
        # Dask itself waits for ever for the greeting of a scheduler that hangs.
        async with asyncio.timeout(timeout):
            await super()._ensure_connected(timeout)

    async def _reconnect(self) -> None:
        self.status = "connecting"
        self.scheduler_comm = None
        for callback in self._periodic_callbacks.values():
            callback.stop()
        for state in self.futures.values():
            state.cancel(reason="scheduler-connection-lost", msg="The scheduler has gone.")
        self.futures.clear()


@contextmanager
def open_client(scheduler: str) -> Iterator[Client]:
    """Open a client of a running cluster whose workers can grade.

    Parameters
    ----------
    scheduler : str
        Its address: ``tcp://HOST:PORT``.

    Raises
    ------
    CourseError
        When the scheduler cannot be reached, has no worker, or a worker has other versions.
    """
    for name in QUIET:  # what matters is said in our own words
        logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.simplefilter("ignore", VersionMismatchWarning)
    with (
        dask.config.set({"distributed.comm.retry.count": 2}),
        connect(scheduler, CONNECT_SECONDS) as client,
    ):
        check_workers(client, scheduler, WORKER_SECONDS)
        yield client


@contextmanager
def connect(scheduler: str, seconds: float) -> Iterator[Client]:
    """Connect to a running scheduler, within so many seconds.

    Raises
    ------
    CourseError
        When there is none at this address.
    """
    try:
        client = _Client(scheduler, timeout=seconds, set_as_default=False)
    except (OSError, ValueError) as error:
        told = str(error).strip() or f"no answer in {seconds:.0f} s"
        reason = told.splitlines()[0].rstrip(".")
        raise CourseError(
            f"The scheduler {scheduler} cannot be reached: {reason}.",
            "Start one with `dask scheduler` and give the address that it prints "
            "(tcp://HOST:8786), or leave --scheduler out to grade on this machine.",
            code=FOUND,
        ) from None
    try:
        yield client
    finally:
        with suppress(Exception):  # a scheduler that has gone cannot say goodbye
            client.close(timeout=2)


def check_workers(client: Client, scheduler: str, seconds: float) -> None:
    """Demand at least one worker, and that each has our package in our versions.

    Raises
    ------
    CourseError
        With the address of the worker, and what differs.
    Lost
        When the scheduler goes away meanwhile.
    """
    ends = time.monotonic() + seconds
    while not any(worker["status"] == "running" for worker in workers(client).values()):
        if time.monotonic() > ends:
            raise CourseError(
                f"The scheduler {scheduler} has no worker.",
                f"Start one on each machine with `dask worker {scheduler} --no-nanny`, in an "
                "environment that has this course installed.",
                code=FOUND,
            )
        time.sleep(0.1)
    with talking(client):
        for address, told in _told_by_workers(client).items():
            if isinstance(told, OSError):
                continue  # it ends at this moment, or hangs: Dask and the flow look after it
            if isinstance(told, Exception):
                raise CourseError(f"Worker {address} cannot grade: {told}.", INSTALL, code=FOUND)
            if found := differences(told, about()):
                raise mismatch(f"Worker {address}", found)
        try:
            # It unpacks tasks, to see what they are.
            asked(client, client._run_on_scheduler, about)
        except ImportError as error:
            raise CourseError(
                f"The scheduler {scheduler} cannot hand out tasks: {error}.", INSTALL, code=FOUND
            ) from None


def _told_by_workers(client: Client) -> dict[str, Any]:
    """Return what each worker says of its versions, or an error; none waits for another."""

    async def ask(address: str) -> dict[str, Any]:
        question = client._run(about, workers=[address], on_error="return")
        try:
            return await asyncio.wait_for(question, asking.ANSWER_SECONDS)
        except TimeoutError as error:
            return {address: error}

    async def ask_all(addresses: list[str]) -> list[dict[str, Any]]:
        return await asyncio.gather(*map(ask, addresses))

    answers = client.sync(ask_all, list(workers(client)))
    return {address: told for answer in answers for address, told in answer.items()}
