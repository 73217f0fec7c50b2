"""Whatever dies or hangs on the way, each submission gets its grades, once."""

from __future__ import annotations

import errno
import gc
import os
import signal
import weakref
from collections import Counter
from contextlib import closing

import pytest

from course.errors import CourseError
from course.examining.progress import Limits
from course.grading.engine import cluster as engine_cluster
from course.grading.engine import work
from course.grading.engine.flow import AHEAD, Failed, Flow
from course.grading.engine.tasks import Task
from course.grading.engine.warmth import WARMTH

from .processes import Cluster, alive, children, mentioned_in, wait_for
from .records import VERDICTS, verdicts

RIGHT = VERDICTS["anna"]
BLANK = ["unanswered"] * 3
FEW = 3  # tasks that are on their way through Dask


@pytest.fixture
def tasks(make_task):
    """Return six tasks, as they are handed to a flow."""
    return (make_task(f"s{number}") for number in range(6))


@pytest.fixture
def blanks(make_task):
    """Return six tasks that need no session: where it does not matter, they are quick."""
    return (make_task(f"s{number}", {}) for number in range(6))


def check_all(results, expected=RIGHT) -> None:
    """Demand that each of the six has its verdicts, once."""
    found = list(results)
    assert Counter(one.student for one in found) == Counter(f"s{n}" for n in range(6))
    assert all(verdicts(one) == expected for one in found)


@pytest.mark.parametrize("point", ["worker-begins", "worker-ends"])
def test_what_a_dying_worker_had_goes_to_another(cluster, tmp_path, tasks, point):
    mark = tmp_path / "died"
    mortal = cluster.worker("--no-nanny", COURSE_FAULT=f"{point}:{mark}")
    cluster.worker()
    check_all(Flow(1, cluster.address).run(tasks))
    assert mark.exists() and mortal.wait() == -signal.SIGKILL
    wait_for(lambda: not mentioned_in("environ", str(mark)), "the end of all that it started")


def test_a_scheduler_that_comes_back_goes_on(cluster, tmp_path, tasks):
    cluster.worker()
    results = Flow(1, cluster.address).run(tasks)
    found = [next(results)]
    cluster.close()
    with closing(Cluster(tmp_path, cluster.port)) as again:
        again.worker()
        check_all([*found, *results])


def test_a_scheduler_that_stays_away_is_named(cluster, blanks):
    cluster.worker()
    results = Flow(1, cluster.address, patience=1).run(blanks)
    next(results)
    cluster.close()
    with pytest.raises(CourseError, match=f"scheduler {cluster.address} cannot be") as told:
        list(results)
    assert "graded so far is recorded" in told.value.remedy


def test_workers_that_stay_away_are_told_of(cluster, blanks):
    worker = cluster.worker()
    results = Flow(1, cluster.address, patience=1).run(blanks)
    next(results)
    cluster.stop(worker)
    with pytest.raises(CourseError, match=f"scheduler {cluster.address} has no worker"):
        list(results)


def test_a_worker_that_hangs_is_not_waited_for(cluster, blanks):
    hanging, _ = cluster.worker(), cluster.worker()
    results = Flow(1, cluster.address, patience=2, slow=lambda task: 1).run(blanks)
    first = next(results)
    hanging.send_signal(signal.SIGSTOP)
    check_all([first, *results], BLANK)


def deadly() -> dict:
    """Return versions that end each worker which compares its own with them."""

    class Deadly(dict):  # in a function: it travels whole, as no worker could import it
        def __bool__(self) -> bool:
            os.kill(os.getpid(), signal.SIGKILL)
            return True

    return Deadly()


def test_a_task_that_ends_every_worker_fails_alone(tmp_path, make_task):
    given = [make_task("a", {}), make_task("b", about=deadly()), make_task("c", {})]
    never = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with closing(Cluster(tmp_path, **never)) as cluster:
        cluster.worker("--nanny")
        found = list(Flow(1, cluster.address).run(iter(given)))
    (failed,) = [one for one in found if isinstance(one, Failed)]
    assert failed.task.student == "b" and "died" in failed.reason
    others = {one.student: verdicts(one) for one in found if one is not failed}
    assert others == {"a": BLANK, "c": BLANK}


def test_a_warm_process_that_was_killed_is_replaced(tasks):
    WARMTH.end()
    others = children(os.getpid())
    results = Flow(1).run(tasks)
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

    for done, _ in enumerate(Flow(jobs).run(given()), 1):
        assert len(read) - done < AHEAD * jobs
        gc.collect(1)
        assert sum(task() is not None for task in read) <= AHEAD * jobs + FEW
        assert _tasks_in_memory() - before < total / 2, "Dask keeps copies"
    assert done == total


def test_a_grader_that_is_stopped_takes_endless_answers_along(make_task):
    endless = "open('/proc/self/comm', 'w').write('endless')\nwhile True:\n    pass"
    limits = Limits(answer=3600, whole=3600)
    task = make_task("anna", {"add": endless}, limits=limits)

    def interrupt(task) -> float:
        if mentioned_in("comm", "endless"):
            raise KeyboardInterrupt
        return limits.whole

    with pytest.raises(KeyboardInterrupt):
        next(Flow(1, slow=interrupt).run(iter([task])))
    wait_for(lambda: not mentioned_in("comm", "endless"), "the end of the answer")
    WARMTH.begin((), None)  # as the next grader of this process does
    (one,) = Flow(1).run(iter([make_task("bob")]))
    assert verdicts(one) == RIGHT


def test_a_full_disk_is_no_verdict_on_a_submission(tasks, monkeypatch):
    def full(*arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/course-session-1")

    monkeypatch.setattr(work, "folder_of", full)
    with pytest.raises(CourseError, match=r"is full: .* Make room there, or set TMPDIR"):
        list(Flow(1).run(tasks))


def test_a_cluster_for_which_there_is_no_room_is_told(tasks, monkeypatch):
    def full(*arguments, **named):
        try:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/scheduler-1")
        except OSError as error:
            raise RuntimeError("Cluster failed to start") from error

    monkeypatch.setattr(engine_cluster, "LocalCluster", full)
    with pytest.raises(OSError, match="No space left on device: '/tmp/scheduler-1'"):
        list(Flow(1).run(tasks))
