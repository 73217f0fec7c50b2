"""Whatever dies or hangs on the way, each submission gets its grades, once."""

from __future__ import annotations

import os
import signal
from contextlib import closing

import pytest

from course.errors import CourseError
from course.grading.engine.flow import Failed, Flow

from .processes import Cluster, mentioned_in, wait_for
from .records import BLANK, check_all, verdicts


@pytest.mark.parametrize("point", ["worker-begins", "worker-ends"])
def test_what_a_dying_worker_had_goes_to_another(cluster, tmp_path, tasks, point):
    mark = tmp_path / "died"
    mortal = cluster.worker("--no-nanny", COURSE_FAULT=f"{point}:{mark}")
    cluster.worker()
    check_all(Flow(cluster.address).run(tasks))
    assert mark.exists() and mortal.wait() == -signal.SIGKILL
    wait_for(lambda: not mentioned_in("environ", str(mark)), "the end of all that it started")


def test_a_scheduler_that_comes_back_goes_on(cluster, tmp_path, tasks):
    cluster.worker()
    results = Flow(cluster.address).run(tasks)
    found = [next(results)]
    cluster.close()
    with closing(Cluster(tmp_path, cluster.port)) as again:
        again.worker()
        check_all([*found, *results])


def test_a_scheduler_that_stays_away_is_named(cluster, blanks):
    cluster.worker()
    results = Flow(cluster.address, patience=1).run(blanks)
    next(results)
    cluster.close()
    with pytest.raises(CourseError, match=f"scheduler {cluster.address} cannot be") as told:
        list(results)
    assert "graded so far is recorded" in told.value.remedy


def test_workers_that_stay_away_are_told_of(cluster, blanks):
    worker = cluster.worker()
    results = Flow(cluster.address, patience=1).run(blanks)
    next(results)
    cluster.stop(worker)
    with pytest.raises(CourseError, match=f"scheduler {cluster.address} has no worker"):
        list(results)


def test_a_worker_that_hangs_is_not_waited_for(cluster, blanks):
    hanging, _ = cluster.worker(), cluster.worker()
    results = Flow(cluster.address, patience=2, slow=lambda task: 1).run(blanks)
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
        found = list(Flow(cluster.address).run(iter(given)))
    (failed,) = [one for one in found if isinstance(one, Failed)]
    assert failed.task.student == "b" and "died" in failed.reason
    others = {one.student: verdicts(one) for one in found if one is not failed}
    assert others == {"a": BLANK, "c": BLANK}
