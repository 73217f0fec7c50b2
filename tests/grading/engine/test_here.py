"""Threads of this process bring each submission to its end; what dies below them is replaced."""

from __future__ import annotations

import errno
import gc
import os
import signal
import threading
import weakref
from collections.abc import Iterator

import pytest

from course.errors import CourseError
from course.examining.progress import Limits
from course.grading.engine import here, work
from course.grading.engine.here import Here
from course.grading.engine.tasks import AHEAD, TRIES, Failed, Task
from course.grading.engine.warmth import WARMTH

from .processes import alive, children, mentioned_in, wait_for
from .records import BLANK, RIGHT, check_all, verdicts

BETWEEN = 1  # the task whose result was taken last


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Hear Ctrl-C, which a shell switches off for what it starts in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("times", [1, TRIES - 1])
def test_what_goes_wrong_in_a_thread_is_tried_again(tasks, monkeypatch, times):
    examine, left = here.examine_task, [times]

    def unlucky(task):
        if task.student == "s2" and left[0]:
            left[0] -= 1
            raise RuntimeError("bad luck")
        return examine(task)

    monkeypatch.setattr(here, "examine_task", unlucky)
    check_all(Here(2).run(tasks))


def test_what_never_goes_right_fails_alone_and_says_why(blanks, monkeypatch):
    examine, tried = here.examine_task, []

    def broken(task):
        if task.student == "s2":
            tried.append(task)
            raise RuntimeError("no luck at all")
        return examine(task)

    monkeypatch.setattr(here, "examine_task", broken)
    found = list(Here(2).run(blanks))
    (failed,) = [one for one in found if isinstance(one, Failed)]
    assert (failed.task.student, failed.reason) == ("s2", "RuntimeError: no luck at all")
    assert len(tried) == TRIES
    assert [verdicts(one) for one in found if one is not failed] == [BLANK] * 5


def test_a_warm_process_that_was_killed_is_replaced(tasks):
    WARMTH.end()
    others = children(os.getpid())
    results = Here(1).run(tasks)
    first = next(results)
    # The process that parses what students wrote may be new, too.
    (warm,) = (children(os.getpid()) - others) & mentioned_in("cmdline", "course.warm.nursery")
    os.kill(warm, signal.SIGKILL)
    check_all([first, *results])
    assert not alive(warm)


def _tasks_in_memory() -> int:
    return sum(isinstance(thing, Task) for thing in gc.get_objects())


def test_submissions_are_read_when_their_turn_comes_and_kept_no_longer(make_task):
    jobs, total = 2, 60
    read: list[weakref.ref[Task]] = []
    before = _tasks_in_memory()

    def given():
        for number in range(total):
            task = make_task(f"s{number}", {})
            read.append(weakref.ref(task))
            yield task

    for done, _ in enumerate(Here(jobs).run(given()), 1):
        assert len(read) - done < AHEAD * jobs
        gc.collect(1)
        assert sum(task() is not None for task in read) <= AHEAD * jobs + BETWEEN
        assert _tasks_in_memory() - before < total / 2
    assert done == total


def test_a_grader_that_is_stopped_takes_endless_answers_along(make_task, ctrl_c):
    endless = "open('/proc/self/comm', 'w').write('endless')\nwhile True:\n    pass"
    limits = Limits(answer=3600, whole=3600)
    task = make_task("anna", {"add": endless}, limits=limits)

    def interrupt() -> None:
        wait_for(lambda: mentioned_in("comm", "endless"), "the answer")
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        next(Here(1).run(iter([task])))
    wait_for(lambda: not mentioned_in("comm", "endless"), "the end of the answer")
    WARMTH.begin((), None)  # as the next grader of this process does
    (one,) = Here(1).run(iter([make_task("bob")]))
    assert verdicts(one) == RIGHT


def test_a_full_disk_is_no_verdict_on_a_submission(tasks, monkeypatch):
    def full(*arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/course-session-1")

    monkeypatch.setattr(work, "folder_of", full)
    with pytest.raises(CourseError, match=r"is full: .* Make room there, or set TMPDIR"):
        list(Here(1).run(tasks))
