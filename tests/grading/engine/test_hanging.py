"""A scheduler or a worker that hangs, its connections open, holds nobody up for ever."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import contextmanager

import pytest

from course.cli import main
from course.errors import CourseError
from course.grading.engine import asking
from course.grading.engine import cluster as cluster_module
from course.grading.engine.flow import Flow
from course.grading.engine.heartbeats import Heartbeats
from tests.tools import unconfined

from .records import BLANK, check, check_all, recorded

MANY = 60  # more than are on their way at a time


@pytest.fixture
def blanks(make_task):
    """Return tasks that need no session."""
    return (make_task(f"s{number}", {}) for number in range(MANY))


@pytest.fixture
def hurry(monkeypatch):
    """Return a function: from here on three seconds are long."""

    def now() -> None:  # not before: what is imported for the first task may take longer
        monkeypatch.setattr(asking, "ANSWER_SECONDS", 3)

    return now


@contextmanager
def stopped(process, seconds: float = 600):
    """Stop a process, for the block or for so many seconds."""

    def go_on() -> None:
        process.send_signal(signal.SIGCONT)

    timer = threading.Timer(seconds, go_on)
    process.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        go_on()


def test_a_scheduler_that_hangs_for_a_while_is_waited_for_and_told_of(
    cluster, make_task, blanks, hurry
):
    cluster.worker()
    list(Flow(cluster.address).run(iter([make_task("first", {})])))
    hurry()  # before the flow: a question keeps the patience that it was asked with
    said = []

    def say(text: str) -> None:  # it hangs until that is told, however busy this machine is
        said.append(text)
        cluster.scheduler.send_signal(signal.SIGCONT)

    results = Flow(cluster.address, say=say).run(blanks)
    first = next(results)
    with stopped(cluster.scheduler):
        check_all([first, *results], BLANK, MANY)
    assert "has not answered for 3 s" in said[0] and "60 s" in said[0]
    assert "is back" in said[-1]


def test_a_scheduler_that_hangs_for_good_is_named_and_nothing_is_lost(cluster, blanks, hurry):
    cluster.worker()
    results = Flow(cluster.address, patience=1).run(blanks)
    next(results)
    hurry()
    began = time.monotonic()
    with (
        stopped(cluster.scheduler),
        pytest.raises(CourseError, match=f"scheduler {cluster.address} cannot be reached") as told,
    ):
        list(results)
    assert "graded so far is recorded" in told.value.remedy
    assert time.monotonic() - began < 30


def test_a_scheduler_that_hangs_at_the_start_is_named(handed_in, cluster, capsys, monkeypatch):
    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 3)
    cluster.worker()
    line = ["--course", str(handed_in.root), "grade", "--scheduler", cluster.address]
    with stopped(cluster.scheduler):
        assert main([*line, *unconfined()]) == 1
    said = capsys.readouterr().err
    assert f"scheduler {cluster.address} cannot be reached" in said and said.count("\n") == 1
    assert recorded(handed_in) == {}
    assert main([*line, *unconfined()]) == 0
    check(handed_in)


def test_what_a_hanging_worker_has_goes_to_another_long_before_it_would_be_late(cluster, blanks):
    hanging, _ = cluster.worker(), cluster.worker()
    said = []
    results = Flow(cluster.address, silence=5, say=said.append).run(blanks)
    first = next(results)
    with stopped(hanging):
        check_all([first, *results], BLANK, MANY)
    assert any(f"Worker {hanging.address} has said nothing for 5 s" in line for line in said)


def test_a_worker_that_hangs_at_the_start_keeps_nobody_from_grading(
    cluster, make_task, blanks, hurry
):
    hanging, _ = cluster.worker(), cluster.worker()
    list(Flow(cluster.address).run(iter([make_task("first", {})])))
    hurry()
    with stopped(hanging):
        check_all(Flow(cluster.address, silence=5).run(blanks), BLANK, MANY)


def test_the_only_worker_hangs_and_comes_back(cluster, blanks):
    worker = cluster.worker()
    results = Flow(cluster.address, silence=5).run(blanks)
    first = next(results)
    with stopped(worker, 10):
        check_all([first, *results], BLANK, MANY)


def test_workers_that_all_hang_are_told_of(cluster, blanks, hurry):
    worker = cluster.worker()
    results = Flow(cluster.address, silence=5, patience=5).run(blanks)
    next(results)
    with stopped(worker), pytest.raises(CourseError, match="no worker any more, or none that ans"):
        list(results)


def test_a_worker_is_silent_when_its_heartbeat_stays_the_same(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    heartbeats = Heartbeats(10)
    assert heartbeats.listen({"a": {"last_seen": 1}, "b": {"last_seen": 1}}) == []
    now[0] += 9
    assert heartbeats.listen({"a": {"last_seen": 2}, "b": {"last_seen": 1}}) == []
    now[0] += 9
    (told,) = heartbeats.listen({"a": {"last_seen": 2}, "b": {"last_seen": 1}})
    assert told.startswith("Worker b has said nothing for 10 s")
    assert heartbeats.silent == {"b"}
    assert heartbeats.listen({"a": {"last_seen": 3}, "b": {"last_seen": 1}}) == []
    assert heartbeats.listen({"a": {"last_seen": 3}, "b": {"last_seen": 2}}) == []
    assert heartbeats.silent == frozenset()
