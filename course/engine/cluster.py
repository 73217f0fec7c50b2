"""Where tasks are run: a cluster inside this process, or any Dask cluster that is running."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from course.engine.about import about, differences, mismatch
from course.errors import FOUND, CourseError

# Dask's workers are daemons, which may have no children: ours fork.
os.environ.setdefault("DASK_DISTRIBUTED__WORKER__DAEMON", "False")

import dask
from distributed import Client, LocalCluster
from distributed.versions import VersionMismatchWarning

CONNECT_SECONDS = 10
WORKER_SECONDS = 20
QUIET = ("distributed", "distributed.worker", "distributed.scheduler", "distributed.client")
INSTALL = (
    "Install this course there (pip install of its folder, with requirements.lock) and start it "
    "again."
)


class Lost(CourseError):
    """The scheduler has gone."""

    def __init__(self) -> None:
        super().__init__(
            "The scheduler stopped while it was talked to.",
            "Start it and its workers, then run again: everything graded so far is recorded.",
            code=FOUND,
        )


class _Client(Client):
    """A client that does not look for a lost scheduler: whoever uses it does, from the start.

    Dask's own search would be cut off by `close`, and a connection that is made at that moment
    would be left open.
    """

    async def _reconnect(self) -> None:
        self.status = "connecting"
        self.scheduler_comm = None
        for callback in self._periodic_callbacks.values():
            callback.stop()
        for state in self.futures.values():
            state.cancel(reason="scheduler-connection-lost", msg="The scheduler has gone.")
        self.futures.clear()


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
    warnings.simplefilter("ignore", VersionMismatchWarning)
    # A submission is data and text: nothing that Dask should spill, pause for or rebalance.
    settings = {
        "distributed.admin.tick.limit": "1h",
        "distributed.comm.retry.count": 2,
        # Its diary would hold every task for long.
        "distributed.admin.low-level-log-length": 10,
        # A cluster of ours serves no pages, and does not watch itself at work.
        "distributed.scheduler.http.routes": [],
        "distributed.worker.profile.enabled": False,
        "distributed.scheduler.work-stealing": False,
        "distributed.admin.system-monitor.interval": "10s",
        "distributed.worker.http.routes": [],
    }
    with dask.config.set(settings):
        if scheduler is None:
            cluster = LocalCluster(
                n_workers=1,
                threads_per_worker=jobs,
                processes=False,
                # Not None: that is port 8787, where another grader may be.
                dashboard_address="127.0.0.1:0",
                memory_limit=0,
                silence_logs=logging.CRITICAL,
            )
            with cluster, Client(cluster, set_as_default=False) as client:
                yield client
        else:
            with connect(scheduler, CONNECT_SECONDS) as client:
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


@contextmanager
def talking(client: Client) -> Iterator[None]:
    """Tell a scheduler that goes away while the block talks to it from any other trouble.

    Raises
    ------
    Lost
    """
    try:
        yield
    except CourseError:
        raise
    except Exception as error:  # what a client raises that has nobody to talk to is not specified
        if isinstance(error, OSError) or client.status != "running":
            raise Lost() from error
        raise


def check_workers(client: Client, scheduler: str, seconds: float) -> None:
    """Demand at least one worker, and that each has our package in our versions.

    Raises
    ------
    CourseError
        With the address of the worker, and what differs.
    Lost
        When the scheduler goes away meanwhile.
    """
    with talking(client):
        try:
            client.wait_for_workers(1, timeout=seconds)
        except TimeoutError:
            raise CourseError(
                f"The scheduler {scheduler} has no worker.",
                f"Start one on each machine with `dask worker {scheduler} --no-nanny`, in an "
                "environment that has this course installed.",
                code=FOUND,
            ) from None
        for address, told in client.run(about, on_error="return").items():
            if isinstance(told, OSError):
                continue  # it ends at this moment, or hangs: Dask and the flow look after it
            if isinstance(told, Exception):
                raise CourseError(f"Worker {address} cannot grade: {told}.", INSTALL, code=FOUND)
            if found := differences(told, about()):
                raise mismatch(f"Worker {address}", found)
        try:
            client.run_on_scheduler(about)  # it unpacks tasks, to see what they are
        except ImportError as error:
            raise CourseError(
                f"The scheduler {scheduler} cannot hand out tasks: {error}.", INSTALL, code=FOUND
            ) from None


def slots(client: Client) -> int:
    """Return how many tasks the cluster's workers run at the same time."""
    with talking(client):
        return max(1, sum(client.nthreads().values()))
