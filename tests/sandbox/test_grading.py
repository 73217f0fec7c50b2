"""`course grade` runs what students wrote in the sandbox, and says so where it does not."""

from __future__ import annotations

import json
import threading
import time

import pytest

from course.cli import main
from course.demo.samples import hand_in
from course.errors import CourseError
from course.grading.engine import warmth
from course.grading.engine.warmth import WARMTH
from course.grading.grade import grade
from course.record.store import open_record
from course.returns.feedback import feedback
from course.sandbox.bounds import bounds_for
from course.warm import sessions
from course.warm.sessions import WarmSession
from tests.builders import code, function, make_course, notebook, test_cell

CELLS = [
    code("from pathlib import Path", id="imports"),
    function("one", "one()", "return 1"),
    test_cell("one-test", "assert one() == 1"),
    function("data", "data()", "return Path('data.txt').read_text()"),
    test_cell("data-test", "assert data() == 'data'"),
]
LOOK = "def one():\n    return 1 if not Path({!r}).exists() else 0"
DATA = "def data():\n    return Path('data.txt').read_text()"
WITHOUT = "Graded without a sandbox"


@pytest.fixture
def course(tmp_path, bwrap):
    """Return a course in which anna's answer is right only where she cannot see the course."""
    made = make_course(tmp_path, {"01-one": {"one": CELLS}})
    (made.source / "01-one" / "data.txt").write_text("data")
    path = made.submitted("anna", "01-one") / "one.ipynb"
    path.parent.mkdir(parents=True)
    answers = {"one": LOOK.format(str(made.source)), "data": DATA}
    path.write_bytes(hand_in(notebook(CELLS), answers))
    yield made
    WARMTH.end()


@pytest.mark.parametrize(
    ("options", "sandbox", "verdicts"),
    [([], True, ["passed", "passed"]), (["--no-sandbox"], False, ["failed", "passed"])],
)
def test_answers_run_in_the_sandbox_unless_told_otherwise_and_every_report_says_which(
    course, tmp_path, capsys, options, sandbox, verdicts
):
    lines = tmp_path / "verdicts.jsonl"
    command = ["grade", "--course", str(course.root), "--json", str(lines), *options]
    assert main(command) == 0
    told = [json.loads(line) for line in lines.read_text().splitlines()]
    assert [line["verdict"] for line in told] == verdicts
    assert [line["sandbox"] for line in told] == [sandbox, sandbox]
    assert (WITHOUT in capsys.readouterr().err) is not sandbox
    with open_record(course) as record:
        (attempt,) = record.last_attempts("01-one")
    assert attempt.sandboxed is sandbox
    (page,) = feedback(course, course.sections)
    assert (WITHOUT in page.read_text(encoding="utf-8")) is not sandbox


@pytest.fixture
def late(monkeypatch):
    """Have a sandbox be found not to hold when sessions are open; tell when, and what ran."""
    WARMTH.end()
    opened, ran = threading.Event(), []
    plain_open, plain_told = WarmSession.open, sessions.told

    def open_(session):
        plain_open(session)
        opened.set()

    def told(*answer):
        ran.append(answer)
        return plain_told(*answer)

    def refuse(nursery, private=()):
        opened.wait(3)
        time.sleep(0.5)  # in which a cell would have run
        raise CourseError("The sandbox does not hold.", "See docs/sandbox.md.")

    monkeypatch.setattr(WarmSession, "open", open_)
    monkeypatch.setattr(sessions, "told", told)
    monkeypatch.setattr(warmth.promises, "require", refuse)
    # As where TensorFlow is imported: another sandbox of the same make is tried meanwhile.
    monkeypatch.setattr(warmth, "are_slow", lambda imports: True)
    yield opened, ran
    WARMTH.end()


def test_nothing_of_a_students_runs_before_the_sandbox_was_tried(course, late):
    opened, ran = late
    with pytest.raises(CourseError, match="does not hold"):
        grade(course, course.sections)
    assert opened.is_set() and ran == []
    with open_record(course) as record:
        assert record.last_attempts("01-one") == []


def test_nor_is_a_verdict_given_where_nothing_had_to_run(course, late):
    (course.submitted("anna", "01-one") / "one.ipynb").write_text("{}")
    with pytest.raises(CourseError, match="does not hold"):
        grade(course, course.sections)
    assert late[1] == []


def test_a_session_that_nobody_prepared_for_is_tried_too(tmp_path, bwrap, late):
    with (
        pytest.raises(CourseError, match="does not hold"),
        WARMTH.serving(),
        WARMTH.session((), tmp_path, bounds_for(2)) as session,
    ):
        session.run("1", 20)
    assert late[1] == []


@pytest.mark.slow
def test_a_model_is_trained_inside(bwrap, tmp_path):
    from course.warm.client import Nursery

    train = """
import keras, numpy as np
keras.utils.set_random_seed(1)
x = np.linspace(-1, 1, 64).reshape(-1, 1)
model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
model.compile(keras.optimizers.SGD(0.5), "mse")
losses = model.fit(x, 3 * x, epochs=20, verbose=0).history["loss"]
model.save("model.keras")
assert losses[-1] < losses[0] / 2, losses
"""
    with Nursery(["import keras"], bounds=bounds_for(2)) as nursery:
        for _ in range(2):
            with nursery.session(tmp_path) as session:
                result = session.run(train, 120)
                assert result.status == "ok", result.error
