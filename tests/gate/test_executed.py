"""`course check --executed`: a run that there is already in place of another one."""

from __future__ import annotations

import shutil

import nbformat
import pytest

from course.cli import main
from course.errors import CourseError
from course.folder import Course
from course.gate import Finding, check
from course.running.run import run
from tests.builders import CONFIG, edit_cell, make_course, solution, test_cell
from tests.gate.lessons import SECTION, by_id, course_of, good_cells, put_release


def ran(course: Course, tmp_path):
    """Run the sections, and return the folder with what came of it."""
    run(course, course.sections, out=tmp_path / "runs", cold=True)
    return tmp_path / "runs"


def found_with(tmp_path, cell: str, line: str) -> list[Finding]:
    """Return what is found in a run of the good lesson with a line more in one cell."""
    cells = good_cells()
    by_id(cells, cell).source += f"\n{line}"
    course = course_of(tmp_path, cells)
    return check(course, course.sections, executed=ran(course, tmp_path))


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Return what came of a run of the good lesson, whichever course it stands in."""
    folder = tmp_path_factory.mktemp("course")
    return ran(course_of(folder, good_cells()), folder)


@pytest.mark.usefixtures("never_run")
def test_a_good_lesson_passes_and_its_exercises_are_tried(tmp_path, runs):
    course = course_of(tmp_path, good_cells())
    assert check(course, course.sections, executed=runs) == []
    mistakes = course.sections[0].folder / "mistakes.py"
    text = mistakes.read_text(encoding="utf-8").replace("return -1 * x", "return x + 1")
    mistakes.write_text(text, encoding="utf-8")
    found = {finding.rule for finding in check(course, course.sections, executed=runs)}
    assert "mistake-caught" in found


@pytest.mark.usefixtures("never_run")
def test_what_the_run_shows_is_looked_at(tmp_path):
    found = found_with(tmp_path, "add-3-test", "add_3(1)")
    assert ("grade-cell-valueless", "add-3-test") in {(f.rule, f.cell) for f in found}


@pytest.mark.usefixtures("never_run")
def test_a_run_that_ended_in_the_middle_is_a_finding(tmp_path):
    found = found_with(tmp_path, "imports", "1 / 0")
    said = [(f.cell, f.message) for f in found if f.rule == "runs"]
    assert said == [
        ("", "The run was stopped: its last cell was not reached."),
        ("imports", "The cell raises ZeroDivisionError: division by zero."),
    ]


def test_a_run_of_other_cells_is_refused_before_anything_is_tried(tmp_path, runs):
    course = course_of(tmp_path, good_cells())
    path = course.sections[0].notebooks[0]
    edit_cell(path, "imports", "import math", "import cmath")
    with pytest.raises(CourseError, match="the cell 'imports' is another one than in") as caught:
        check(course, course.sections, executed=runs)
    assert f"`course run {SECTION} --out {runs}`" in str(caught.value)


def test_a_run_with_a_cell_more_is_refused(tmp_path, runs):
    course = course_of(tmp_path, good_cells())
    runs = shutil.copytree(runs, tmp_path / "runs")
    path = runs / SECTION / course.sections[0].notebooks[0].name
    nb = nbformat.read(path, as_version=4)
    nb.cells.append(nbformat.v4.new_code_cell("1", id="more"))
    nbformat.write(nb, path)
    with pytest.raises(CourseError, match="has other cells than"):
        check(course, course.sections, executed=runs)


@pytest.mark.usefixtures("never_run")
def test_a_course_may_have_delimiters_of_its_own(tmp_path):
    cells = [
        solution("twice", "### ANSWER\ndef twice(x):\n    return 2 * x\n### UNTIL HERE"),
        test_cell("twice-test", "assert twice(3) == 6"),
    ]
    config = (
        f'{CONFIG}c.ClearSolutions.begin_solution_delimeter = "ANSWER"\n'
        'c.ClearSolutions.end_solution_delimeter = "UNTIL HERE"\n'
    )
    course = make_course(tmp_path, {"ps1": {"problem1": cells}}, config=config)
    put_release(course)
    assert check(course, course.sections, executed=ran(course, tmp_path)) == []


def test_the_command_names_what_was_not_run(tmp_path, capsys):
    course = course_of(tmp_path, good_cells())
    assert main(["--course", str(course.root), "check", "--executed", str(tmp_path / "none")]) == 2
    assert "sums.ipynb is not there" in capsys.readouterr().err.replace("\n", " ")
