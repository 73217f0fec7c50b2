"""Addresses of Dask schedulers, looked at before anything is imported or waited for."""

from __future__ import annotations

import re

from course.errors import CourseError

ADDRESS = re.compile(r"(?:(?:tcp|tls|wss?|ucxx?)://)?(?:\[[^\]\s]+\]|[^\[\]\s:/]+):\d{1,5}")


def require_address(scheduler: str) -> None:
    """Demand that a scheduler's address can be one.

    Raises
    ------
    CourseError
        When it has no host and port, or a protocol that Dask does not speak.
    """
    if not ADDRESS.fullmatch(scheduler):
        raise CourseError(
            f"{scheduler!r} is no address of a scheduler.",
            "Give the one that `dask scheduler` prints (tcp://HOST:8786), or leave --scheduler out "
            "to grade on this machine.",
        )
