"""Any running cluster gives the same verdicts, and one that cannot be used is named."""

from __future__ import annotations

import signal
import socket
from contextlib import closing

import pytest

from course.cli import main
from course.errors import CourseError
from course.grading.engine import cluster as engine
from course.grading.engine.about import about
from course.grading.engine.flow import Flow
from tests.tools import unconfined

from .grading import grade
from .processes import PATIENCE, Cluster, wait_for
from .records import SCORES, VERDICTS, recorded, scores, verdicts

OTHER_NUMPY = """
import importlib.metadata as metadata
right = metadata.version
metadata.version = lambda name: "1.0.0" if name == "numpy" else right(name)
"""
WITHOUT_COURSE = """
import sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "course":
            raise ModuleNotFoundError("No module named 'course'", name=name)

sys.meta_path.insert(0, Finder())
"""


@pytest.fixture
def changed_python(tmp_path):
    """Return a function that gives the environment of a Python with a start-up file."""

    def changed(startup: str) -> dict[str, str]:
        folder = tmp_path / "startup"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(startup)
        return {"PYTHONPATH": str(folder)}

    return changed


@pytest.fixture
def refusal(handed_in, capsys):
    """Return a function that grades with a scheduler, in vain, and returns what is said."""

    def grade_in_vain(scheduler: str, code: int = 1) -> str:
        line = ["--course", str(handed_in.root), "grade", "--scheduler", scheduler, *unconfined()]
        assert main(line) == code
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and "Internal error" not in said
        assert recorded(handed_in) == {}
        return said

    return grade_in_vain


def test_a_scheduler_gives_the_same_verdicts_as_no_scheduler(handed_in, warm_cluster):
    found = grade(handed_in, handed_in.sections, scheduler=warm_cluster.address)
    assert {g.attempt.student: [r.verdict for r in g.attempt.rows] for g in found} == VERDICTS
    assert scores(handed_in) == SCORES
    here = grade(handed_in, handed_in.sections, force=True)
    assert {g.attempt.student: [r.verdict for r in g.attempt.rows] for g in here} == VERDICTS
    assert scores(handed_in) == SCORES


def test_a_client_does_not_look_for_a_lost_scheduler(cluster):
    with engine.connect(cluster.address, PATIENCE) as client:
        answer = client.submit(signal.getsignal, signal.SIGINT)  # there is no worker to do it
        cluster.close()
        with socket.create_server(("127.0.0.1", cluster.port)) as again:
            wait_for(answer.cancelled, "the end of what was handed in")
            again.settimeout(2)
            with pytest.raises(TimeoutError):
                again.accept()
        assert client.status != "running"


def test_a_scheduler_that_is_not_there_is_named(refusal, monkeypatch):
    monkeypatch.setattr(engine, "CONNECT_SECONDS", 0.5)
    said = refusal("tcp://127.0.0.1:9")
    assert "scheduler tcp://127.0.0.1:9 cannot be reached" in said
    assert "`dask scheduler`" in said


@pytest.mark.parametrize("address", ["nowhere", "tcp://", "http://127.0.0.1:9", "127.0.0.1"])
def test_a_wrong_address_is_answered_with_the_form_of_a_right_one(refusal, address):
    said = refusal(address, code=2)
    assert address in said and "tcp://HOST:8786" in said


def test_a_scheduler_without_a_worker_is_named(refusal, cluster, monkeypatch):
    monkeypatch.setattr(engine, "WORKER_SECONDS", 0.5)
    said = refusal(cluster.address)
    assert f"scheduler {cluster.address} has no worker" in said
    assert f"`dask worker {cluster.address} --no-nanny`" in said


def test_a_worker_with_other_versions_is_named(refusal, cluster, changed_python):
    worker = cluster.worker("--no-nanny", **changed_python(OTHER_NUMPY))
    said = refusal(cluster.address)
    assert f"Worker {worker.address} has other versions" in said
    assert "numpy 1.0.0 (here " in said and "requirements.lock" in said


def test_a_worker_without_the_course_is_named(refusal, cluster, changed_python):
    worker = cluster.worker("--no-nanny", **changed_python(WITHOUT_COURSE))
    said = refusal(cluster.address)
    assert f"Worker {worker.address} cannot grade" in said
    assert "No module named 'course'" in said and "Install this course there" in said


def test_a_scheduler_without_the_course_is_named(refusal, tmp_path, changed_python):
    with closing(Cluster(tmp_path, **changed_python(WITHOUT_COURSE))) as cluster:
        cluster.worker()
        said = refusal(cluster.address)
    assert f"scheduler {cluster.address} cannot hand out tasks" in said
    assert "No module named 'course'" in said


def test_a_worker_with_other_versions_that_comes_later_is_named(cluster, changed_python, make_task):
    fit = cluster.worker()
    tasks = (make_task(f"s{number}", {}, about=about()) for number in range(4))
    results = Flow(cluster.address).run(tasks)
    assert verdicts(next(results)) == ["unanswered"] * 3
    unfit = cluster.worker("--no-nanny", **changed_python(OTHER_NUMPY))
    cluster.stop(fit)
    with pytest.raises(CourseError, match=f"Worker {unfit.address} has other versions"):
        list(results)


def test_a_worker_without_the_course_that_comes_later_does_not_hold_up_the_rest(
    cluster, changed_python, make_task
):
    fit = cluster.worker()
    results = Flow(cluster.address).run(make_task(f"s{number}", {}) for number in range(4))
    assert verdicts(next(results)) == ["unanswered"] * 3
    unfit = cluster.worker("--no-nanny", **changed_python(WITHOUT_COURSE))
    cluster.stop(fit)
    assert unfit.wait(PATIENCE) != signal.SIGKILL  # it ends by itself when a task reaches it
    cluster.worker()
    assert [verdicts(result) for result in results] == [["unanswered"] * 3] * 3
