"""release/ is up to date, and gives nothing away."""

import pytest

from tests.builders import edit_cell
from tests.gate.lessons import SECTION, course_of, found_in, good_cells


@pytest.fixture
def course(tmp_path):
    return course_of(tmp_path, good_cells())


def test_a_source_that_is_newer_than_the_release_is_found(course):
    edit_cell(course.sections[0].notebooks[0], "add-2-task", "Write it.", "Write it now.")
    finding = found_in(course)["release-current"]
    assert (finding.notebook, finding.cell) == ("sums.ipynb", "add-2-task")
    assert finding.remedy == "Run `course release 01-sums`."


def test_a_missing_release_is_found(course):
    (course.release(SECTION) / "sums.ipynb").unlink()
    course.release(SECTION).rmdir()
    assert found_in(course)["release-current"].message == "release/01-sums is missing."


def test_a_solution_that_the_source_gives_away_is_found(course, tmp_path):
    line = "assert add_1(40) == 41, 'you forget large numbers'"
    edit_cell(course.sections[0].notebooks[0], "title", "# 1", f"`{line}`\n# 1")
    finding = found_in(course)["release-leak"]
    assert (finding.notebook, finding.cell) == ("sums.ipynb", "title")
    assert finding.message == "Line 1 is a line of the hidden test of 'add-1-test'."


def test_a_solution_that_only_the_release_gives_away_is_found(course):
    (course.release(SECTION) / "mistakes.py").write_text("", encoding="utf-8")
    assert found_in(course)["release-leak"].notebook == "mistakes.py"
