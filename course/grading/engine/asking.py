"""Ask a scheduler, which may have gone or fallen silent meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from distributed import Client

from course.errors import FOUND, CourseError

# A scheduler answers in milliseconds. One that takes this long is stopped, or out of reach, though
# its connection still stands: Dask itself would wait for ever.
ANSWER_SECONDS = 30


class Lost(CourseError):
    """The scheduler has gone, or is there and does not answer."""

    def __init__(self, *, silent: bool = False) -> None:
        does = f"has not answered for {ANSWER_SECONDS:g} s" if silent else "stopped"
        super().__init__(
            f"The scheduler {does} while it was talked to.",
            "Start it and its workers, then run again: everything graded so far is recorded.",
            code=FOUND,
        )


@contextmanager
def talking(client: Client) -> Iterator[None]:
    """Tell a scheduler that goes away or falls silent meanwhile from any other trouble.

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
            raise Lost(silent=isinstance(error, TimeoutError)) from error
        raise


def asked(client: Client, what: Callable[..., Awaitable], *given: Any, **named: Any) -> Any:
    """Return a scheduler's answer; one that does not come in time is a TimeoutError."""
    return client.sync(what, *given, callback_timeout=ANSWER_SECONDS, **named)


def workers(client: Client) -> dict[str, dict[str, Any]]:
    """Return what the scheduler knows of its workers, by their addresses.

    Raises
    ------
    Lost
        Also when the scheduler does not answer.
    """
    with talking(client):
        return asked(client, client.scheduler.identity, n_workers=-1)["workers"]


def processing(client: Client) -> dict[str, set[str]]:
    """Return the keys of the tasks that each worker has been given.

    Raises
    ------
    Lost
        Also when the scheduler does not answer.
    """
    with talking(client):
        found = asked(client, client.scheduler.processing, workers=None)
    return {worker: set(map(str, tasks)) for worker, tasks in found.items()}


def slots(known: dict[str, dict[str, Any]]) -> int:
    """Return how many tasks workers run at the same time."""
    return max(1, sum(worker["nthreads"] for worker in known.values()))
