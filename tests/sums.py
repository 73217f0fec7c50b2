"""A small course without TensorFlow, and fixtures that several rooms' tests share."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache

import pytest

from course.notebook.mistakes import Mistake
from tests.builders import (
    code,
    function,
    make_course,
    markdown,
    notebook,
    region,
    solution,
    test_cell,
    written_answer,
)
from tests.lasting import Lasting

SUMS = [
    markdown("# Sums"),
    code("from helpers import checks", id="imports"),
    markdown("### Exercise 1.1 · Add (2 points, about 1 minute)\n\nComplete `add(a, b)`."),
    function("add", "add(a, b)", "return a + b"),
    test_cell(
        "add-test",
        "check = checks.function(add)\n"
        "check.returns((2, 2), 4, slips=[(0, 'You subtract: the sign is minus.')])",
        "check.agrees_with(lambda a, b: a + b, [(7, 1), (0, 5)],"
        " slips=[(lambda a, b: a * b, 'You multiply.')])",
        points=2,
    ),
    markdown("### Exercise 1.2 · Name the shape (1 point, about 1 minute)"),
    solution("shape", "shape = None\n" + region("shape = (2, 3)")),
    test_cell("shape-test", "checks.value(shape=shape).equals((2, 3))", "assert len(shape) == 2"),
    code("total = 10", id="lecture"),
    markdown("### Exercise 1.3 · Twice (1 point, about 1 minute)"),
    function("twice", "twice(x)", "return add(x, x)"),
    test_cell("twice-test", "checks.function(twice).returns((4,), 8)", "assert total == 10"),
    markdown("### Exercise 1.4 · Say why (2 points, about 1 minute)"),
    written_answer("why", "Write here.\n\n" + region("Because.")),
]
ADD = "def add(a, b):\n    return a + b"
SHAPE = "shape = (2, 3)"
TWICE = "def twice(x):\n    return add(x, x)"
RIGHT = {"add": ADD, "shape": SHAPE, "twice": TWICE}
SLIP = Mistake("add", "you subtract", "def add(a, b):\n    return a - b", 1)


@pytest.fixture
def sums():
    """Return the notebook with solutions and hidden tests."""
    return notebook(SUMS)


@pytest.fixture
def course(tmp_path):
    """Return a course with the one notebook."""
    return make_course(tmp_path, {"01-sums": {"sums": SUMS}})


# A fixture that several conftests import is one fixture in each of them: what is slow to start is
# kept here, for all rooms of a process.
_started = ExitStack()


@cache
def _sessions(config: pytest.Config):
    config.add_cleanup(_started.close)
    return _started.enter_context(Lasting(SUMS))


@pytest.fixture(scope="session")
def sessions(pytestconfig):
    """Return a source of warm sessions."""
    return _sessions(pytestconfig)


@pytest.fixture
def open_session(sessions, tmp_path):
    """Return what `examine` opens sessions with."""
    return lambda: sessions(tmp_path, {})
