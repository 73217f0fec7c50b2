"""What a process makes once, however many of its threads ask for it at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache, wraps
from typing import TypeVar

T = TypeVar("T")


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Return a function that calls `make` the first time and returns that value ever after.

    `functools.cache` lets two threads that come first both call it. That is no matter where a
    value is computed; it is where a folder is made that goes with its last owner, or where the
    second attempt finds what the first has put there.
    """
    lock = threading.Lock()
    kept = cache(make)

    @wraps(make)
    def call() -> T:
        with lock:
            return kept()

    return call
