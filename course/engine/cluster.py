"""Where tasks are run: a cluster inside this process, or any Dask cluster that is running."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from course.engine.about import about, differences, mismatch
from course.errors import FOUND, CourseError

# Dask's workers are daemons, which may have no children: ours fork.
os.environ.setdefault("DASK_DISTRIBUTED__WORKER__DAEMON", "False")

import dask
from distributed import Client, LocalCluster

CONNECT_SECONDS = 10
WORKER_SECONDS = 20
QUIET = ("distributed", "distributed.worker", "distributed.scheduler", "distributed.client")


@contextmanager
def open_client(jobs: int, scheduler: str | None = None) -> Iterator[Client]:
    """Open a client of a running cluster, or of one inside this process.

    Parameters
    ----------
    jobs : int
        Submissions at the same time, for a cluster of our own.
    scheduler : str, optional
        Address of a running scheduler: ``tcp://HOST:PORT``.

    Raises
    ------
    CourseError
        When the scheduler cannot be reached, has no worker, or a worker has other versions.
    """
    for name in QUIET:  # what matters is said in our own words
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # A submission is data and text: nothing that Dask should spill, pause for or rebalance.
    settings = {"distributed.admin.tick.limit": "1h", "distributed.comm.retry.count": 2}
    with dask.config.set(settings):
        if scheduler is None:
            cluster = LocalCluster(
                n_workers=1,
                threads_per_worker=jobs,
                processes=False,
                dashboard_address=None,
                memory_limit=0,
                silence_logs=logging.CRITICAL,
            )
            with cluster, Client(cluster, set_as_default=False) as client:
                yield client
        else:
            with connect(scheduler) as client:
                check_workers(client, scheduler)
                yield client


@contextmanager
def connect(scheduler: str) -> Iterator[Client]:
    """Connect to a running scheduler.

    Raises
    ------
    CourseError
        When there is none at this address.
    """
    try:
        client = Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        reason = str(error).splitlines()[0].rstrip(".") or type(error).__name__
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


def check_workers(client: Client, scheduler: str) -> None:
    """Demand at least one worker, and that each has our package in our versions.

    Raises
    ------
    CourseError
        With the worker's address and what differs.
    """
    try:
        client.wait_for_workers(1, timeout=WORKER_SECONDS)
    except TimeoutError:
        raise CourseError(
            f"The scheduler {scheduler} has no worker.",
            f"Start one on each machine with `dask worker {scheduler} --no-nanny`, in an "
            "environment that has this course installed.",
            code=FOUND,
        ) from None
    for address, told in client.run(about, on_error="return").items():
        if isinstance(told, Exception):
            raise CourseError(
                f"Worker {address} cannot grade: {type(told).__name__}: {told}.",
                "Install this course there (pip install of its folder, with requirements.lock) "
                "and start the worker again.",
                code=FOUND,
            )
        if found := differences(told, about()):
            raise mismatch(f"Worker {address}", found)


def slots(client: Client) -> int:
    """Return how many tasks the cluster's workers run at the same time."""
    return max(1, sum(client.nthreads().values()))
