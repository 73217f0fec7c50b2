"""What of one submission goes on at the same time: our own solution, and its other notebooks."""

from __future__ import annotations

import threading

import pytest

from course.demo.samples import hand_in
from course.examining.placement import told_by_text
from course.examining.progress import Limits
from course.examining.rehearsal import placed
from course.grading.engine import places, work
from course.grading.grade import Options, grading
from course.notebook.reading import read_source
from tests.builders import code, function, make_course, test_cell

QUICK = Limits(answer=5, test=2)
RIGHT, WRONG = "def twice(x):\n    return 2 * x", "def twice(x):\n    return x"


def cells(test: str = "assert twice(2) == 4", lesson: str = "two = 2") -> list:
    return [
        code(lesson, id="lesson"),
        function("twice", "twice(x)", "return 2 * x"),
        test_cell("twice-test", test),
    ]


@pytest.fixture
def graded(tmp_path):
    """Return a function: hand these answers to `twice` in, and return the verdicts."""

    def grade(notebooks: dict, answers: dict[str, str], jobs: int = 2) -> dict[str, list[str]]:
        course = make_course(tmp_path, {"01-a": notebooks}, inside="tell")
        for student, answer in answers.items():
            for path in course.sections[0].notebooks:
                target = course.submitted(student, "01-a") / path.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(hand_in(read_source(path, course.config), {"twice": answer}))
        found = grading(course, course.sections, Options(sandbox=False, jobs=jobs, limits=QUICK))
        return {one.attempt.student: [r.verdict for r in one.attempt.rows] for one in found}

    return grade


@pytest.fixture
def examinations(monkeypatch):
    """Return the placements by which submissions are examined, as they come; none are known yet."""
    begun: list = []
    examine = work.examine

    def watched(*args, **options):
        begun.append(options["placement"])
        return examine(*args, **options)

    monkeypatch.setattr(work, "examine", watched)
    monkeypatch.setattr(work, "PLACES", places.Places())
    return begun


@pytest.fixture
def held_back(monkeypatch, examinations):
    """Have our own solution tried only when both submissions have begun to be examined."""

    def wait_and_place(*args):
        for _ in range(1200):
            if len(examinations) == 2:
                return placed(*args)
            threading.Event().wait(0.05)
        raise AssertionError("nobody was examined while our own solution was tried")

    monkeypatch.setattr(places, "placed", wait_and_place)


BOTH = {"anna": RIGHT, "ben": WRONG}


def test_the_first_submissions_are_examined_while_our_own_solution_is_tried(
    graded, held_back, examinations
):
    assert graded({"a": cells()}, BOTH) == {"anna": ["passed"], "ben": ["failed"]}
    assert len(examinations) == 2  # and nobody twice


def test_they_are_examined_again_where_it_finds_what_the_text_does_not_tell(
    graded, held_back, examinations
):
    wrong_test = cells("assert twice(2) == two * two + 1")
    found = graded({"a": wrong_test}, BOTH)
    assert found == {"anna": ["error"], "ben": ["error"]}
    assert [bool(one.unsolved) for one in examinations] == [False, False, True, True]


def test_a_timeout_beside_our_own_solution_is_tried_again(graded, held_back, examinations):
    endless = "def twice(x):\n    while x:\n        pass"
    found = graded({"a": cells()}, {"anna": endless, "ben": RIGHT})
    assert found == {"anna": ["timeout"], "ben": ["passed"]} and len(examinations) == 3


def test_a_trial_that_failed_is_made_again(graded, monkeypatch, examinations):
    tries = []

    def fail_once(source, policy, *rest):
        tries.append(policy)
        if len(tries) == 1:
            raise RuntimeError("the session was lost")
        return told_by_text(source, policy)

    monkeypatch.setattr(places, "placed", fail_once)
    assert graded({"a": cells()}, {"anna": RIGHT}) == {"anna": ["passed"]}
    assert tries == ["tell", "tell"]


@pytest.mark.parametrize("jobs", [2, 4])
def test_notebooks_of_a_lone_submission_are_examined_at_once(graded, tmp_path, jobs):
    lesson = """
import pathlib, time
here, other = pathlib.Path({top!r}, {here!r}), pathlib.Path({top!r}, {other!r})
here.touch()
for _ in range(200):
    if other.exists():
        break
    time.sleep(0.05)
two = 2 if other.exists() else 0"""
    lessons = {
        here: cells(
            "assert two == 2, 'alone'\nassert twice(2) == 4",
            lesson.format(top=str(tmp_path), here=here, other=other),
        )
        for here, other in (("a", "b"), ("b", "a"))
    }
    assert graded(lessons, {"anna": RIGHT}, jobs) == {"anna": ["passed", "passed"]}
