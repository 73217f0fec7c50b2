"""A page is made only of what stands in release/, as it ran."""

from __future__ import annotations

import nbformat
import pytest

from course.errors import CourseError
from course.notebook.reading import read_source
from course.notebook.versions import solved_version
from course.site.executed import read_executed
from tests.builders import edit_cell

from .making import SECTION, made_course, with_outputs


@pytest.fixture
def made(tmp_path):
    return made_course(tmp_path)


def refusal(course, runs) -> str:
    with pytest.raises(CourseError) as caught:
        read_executed(course, course.sections, runs)
    return str(caught.value)


def test_the_cell_that_papermill_adds_is_left_out(made):
    course, runs = made
    (done,) = read_executed(course, course.sections, runs)
    assert "injected" not in [cell.id for cell in done.nb.cells]


def test_a_run_of_the_source_is_refused(made):
    course, runs = made
    source = course.sections[0].notebooks[0]
    solved = with_outputs(solved_version(read_source(source, course.config)), {})
    nbformat.write(solved, runs / SECTION / source.name)
    told = refusal(course, runs)
    assert "the cell 'halve' is another one than in" in told and "--released" in told


def test_a_run_of_an_earlier_version_is_refused(made):
    course, runs = made
    edit_cell(course.release(SECTION) / "light.ipynb", "halves", "6 / 2", "8 / 2")
    assert "the cell 'halves' is another one" in refusal(course, runs)


def test_a_cell_that_somebody_added_is_refused(made):
    course, runs = made
    path = runs / SECTION / "light.ipynb"
    nb = nbformat.read(path, as_version=4)
    nb.cells.append(nbformat.v4.new_markdown_cell("The answer is 3.", id="more"))
    nbformat.write(nb, path)
    assert "has other cells than" in refusal(course, runs)


def test_what_was_not_run_is_named_with_the_command_that_runs_it(made):
    course, runs = made
    (runs / SECTION / "light.ipynb").unlink()
    assert f"`course run {SECTION} --released --out {runs}`" in refusal(course, runs)


def test_a_section_that_is_not_released_is_named(made):
    course, runs = made
    (course.release(SECTION) / "light.ipynb").unlink()
    assert f"`course release {SECTION}`" in refusal(course, runs)
