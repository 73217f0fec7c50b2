"""A warm process outlives the thread that first wanted it."""

from __future__ import annotations

import threading

import pytest

from course.sandbox.bounds import Bounds
from course.warm.client import Nursery

IN_A_SANDBOX = pytest.param(Bounds(), id="sandbox", marks=pytest.mark.sandbox)


@pytest.mark.parametrize("bounds", [pytest.param(None, id="open"), IN_A_SANDBOX])
def test_a_nursery_started_in_a_thread_that_ends_stays_alive(tmp_path, bounds):
    made: list[Nursery] = []

    def start() -> None:
        made.append(Nursery([], bounds=bounds, guests=False))
        made[0].wait()

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    with made[0] as nursery:
        for _ in range(2):
            with nursery.session(tmp_path) as session:
                assert session.run("1 + 1", 30).status == "ok"
