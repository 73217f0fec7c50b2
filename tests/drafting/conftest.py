"""Courses to begin something in: of this house, with helpers of their own, and of other people."""

from __future__ import annotations

import pytest

from course.folder import Course, open_course
from course.notebook.fetching import NAME, SOURCE
from tests.builders import code, make_course
from tests.gate.lessons import SECTION, course_of, good_cells, good_mistakes


@pytest.fixture
def house(tmp_path) -> Course:
    """Return a course with a syllabus and helpers, whose one lesson the gate lets pass."""
    (tmp_path / "helpers" / "checks").mkdir(parents=True)
    cells = good_cells()
    cells.insert(1, code(SOURCE, id=NAME))
    course_of(tmp_path, cells, syllabus={SECTION: 16})
    return open_course(tmp_path)


@pytest.fixture
def foreign(tmp_path) -> Course:
    """Return a course of other people: no syllabus, no helpers."""
    cells = {"ps1": {"sums": good_cells()}, "ps2": {"a": good_cells(), "b": []}}
    return make_course(tmp_path, cells, mistakes={"ps1": good_mistakes()})
