"""A small course without TensorFlow, what is handed in, and real clusters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course.demo.samples import hand_in
from course.folder import Course
from course.grading.engine.tasks import Package, Task
from course.grading.engine.warmth import WARMTH
from course.notebook.reading import read_source
from tests.builders import (
    function,
    make_course,
    markdown,
    notebook,
    region,
    solution,
    test_cell,
    written_answer,
)

from .grading import grade
from .processes import Cluster
from .records import FEW, HANDED_IN, MARK, SECTION

SUMS = [
    markdown("# Sums"),
    markdown("### Exercise 1.1 · Add (2 points, about 1 minute)"),
    function("add", "add(a, b)", "return a + b"),
    test_cell("add-test", "assert add(2, 2) == 4", "assert add(1, 2) == 3", points=2),
    markdown("### Exercise 1.2 · Name the shape (1 point, about 1 minute)"),
    solution("shape", "shape = None\n" + region("shape = (2, 3)")),
    test_cell("shape-test", "assert shape == (2, 3)"),
    markdown("### Exercise 1.3 · Say why (2 points, about 1 minute)"),
    written_answer("why", "Write here.\n\n" + region("Because.")),
]
MORE = [
    markdown("### Exercise 2.1 · Twice (1 point, about 1 minute)"),
    function("twice", "twice(x)", "return 2 * x"),
    test_cell("twice-test", "assert twice(4) == 8"),
]


@pytest.fixture
def course(tmp_path) -> Course:
    """Return a course of two sections."""
    return make_course(tmp_path, {SECTION: {"sums": SUMS}, "02-more": {"more": MORE}})


@pytest.fixture
def submit(course) -> Callable[..., Path]:
    """Return a function that hands in answers, or the bytes of a file."""

    def put(student: str, answers: dict | bytes, section: str = SECTION) -> Path:
        (ours,) = course.section(section).notebooks
        data = answers if isinstance(answers, bytes) else _filled(course, ours, answers)
        path = course.submitted(student, section) / ours.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return put


def _filled(course: Course, ours: Path, answers: dict) -> bytes:
    return hand_in(read_source(ours, course.config), answers)


@pytest.fixture
def handed_in(course, submit) -> Course:
    """Return the course with three submissions of one section."""
    for student, answers in HANDED_IN.items():
        submit(student, answers)
    return course


@pytest.fixture
def marked(course, submit, warm_cluster):
    """Return the course with the first submission graded and marked, and two more handed in."""
    submit("anna", HANDED_IN["anna"])
    grade(course, course.sections, scheduler=warm_cluster.address)
    with Gradebook(course.db_url) as book:
        found = book.find_grade("why", "sums", SECTION, "anna")
        found.manual_score, found.needs_manual_grade = MARK, False
        book.db.commit()
    for student in ("bob", "carl"):
        submit(student, HANDED_IN[student])
    return course


@pytest.fixture(scope="session")
def make_task() -> Callable[..., Task]:
    """Return a function that makes a student's task; right answers when none are given.

    Where nothing is answered no session is needed, so no warm process is started for it.
    """
    ours = notebook(SUMS)
    package = Package(SECTION, {"sums": nbformat.writes(ours)}, {}, ())

    def make(student: str, answers: dict | None = None, **changes) -> Task:
        data = hand_in(ours, HANDED_IN["anna"] if answers is None else answers)
        return Task(student, package, {"sums": data}, **{"cold": answers == {}} | changes)

    return make


@pytest.fixture
def tasks(make_task) -> Iterator[Task]:
    """Return a few tasks, as they are handed to a flow."""
    return (make_task(f"s{number}") for number in range(FEW))


@pytest.fixture
def blanks(make_task) -> Iterator[Task]:
    """Return as many that need no session: where it does not matter, they are quick."""
    return (make_task(f"s{number}", {}) for number in range(FEW))


@pytest.fixture(scope="session", autouse=True)
def no_warm_process_left():
    """End the warm process of this one."""
    yield
    WARMTH.end()


@pytest.fixture
def cluster(tmp_path) -> Iterator[Cluster]:
    """Start a scheduler for one test."""
    cluster = Cluster(tmp_path)
    yield cluster
    cluster.close()


@pytest.fixture(scope="session")
def warm_cluster(tmp_path_factory) -> Iterator[Cluster]:
    """Start a scheduler with a worker for all tests that do them no harm."""
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    cluster.worker()
    yield cluster
    cluster.close()
