"""What a process makes once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from course.once import once


def test_threads_that_come_first_at_once_get_the_same_value():
    made, together = [], threading.Barrier(4)

    @once
    def make() -> object:
        made.append(object())
        threading.Event().wait(0.05)  # the others come meanwhile
        return made[-1]

    def ask(_) -> object:
        together.wait(30)
        return make()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(ask, range(4))) == set(made)
    assert len(made) == 1
