"""Tests that nbgrader writes itself are written when the source is read, by release and grading."""

from __future__ import annotations

import pytest

from course.authoring.release import release
from course.errors import CourseError
from course.notebook.reading import read_source
from tests.builders import make_course, region, solution, test_cell
from tests.foreign.habits.autotests import TEMPLATES

CELLS = [
    solution("area", "def area(a, b):\n" + region("    return a * b", indent="    ")),
    test_cell("area-test", "### AUTOTEST area(2, 3)", "### HASHED AUTOTEST area(4, 5)"),
]


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path, {"01-areas": {"areas": CELLS}})


def written_in(course) -> str:
    path = course.sections[0].notebooks[0]
    return read_source(path, course.config).cells[1].source


def test_a_directive_becomes_what_the_solution_gives(course):
    (course.root / "autotests.yml").write_text(TEMPLATES)
    written = written_in(course)
    assert 'assert str(area(2, 3)) == "6"' in written
    assert "AUTOTEST" not in written and '== "20"' not in written


def test_the_assignments_own_templates_come_first(course):
    (course.root / "autotests.yml").write_text("python3: {}")
    own = TEMPLATES.replace("is not right", "is another one")
    (course.sections[0].folder / "autotests.yml").write_text(own)
    assert "is another one" in written_in(course)


def test_a_release_has_the_visible_ones_and_no_hidden_one(course):
    (course.root / "autotests.yml").write_text(TEMPLATES)
    release(course, course.sections)
    text = (course.release("01-areas") / "areas.ipynb").read_text()
    assert "area(2, 3)" in text and "area(4, 5)" not in text and "AUTOTEST" not in text


def test_without_templates_it_is_said_where_to_put_them(course):
    with pytest.raises(CourseError, match="there is no autotests") as raised:
        written_in(course)
    assert str(course.root / "autotests.yml") in raised.value.remedy


def test_a_solution_that_fails_there_is_told(course, tmp_path):
    (course.root / "autotests.yml").write_text(TEMPLATES)
    path = course.sections[0].notebooks[0]
    path.write_text(path.read_text().replace("return a * b", "return a * c"))
    with pytest.raises(CourseError, match="name 'c' is not defined"):
        written_in(course)


def test_what_the_solution_reads_may_change(course):
    (course.root / "autotests.yml").write_text(TEMPLATES)
    section = course.sections[0]
    path = section.notebooks[0]
    reads = "return int(open('factor.txt').read()) * a * b"
    path.write_text(path.read_text().replace("return a * b", reads))
    written = []
    for factor in ("1", "3"):
        (section.folder / "factor.txt").write_text(factor)
        written.append(written_in(course))
    assert '== "6"' in written[0] and '== "18"' in written[1]
