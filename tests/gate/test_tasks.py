"""Each exercise has a task, a solution cell that becomes a stub, and a test of its name."""

import pytest

from course.folder import open_course
from course.gate import check
from tests.builders import markdown, region, test_cell
from tests.gate.lessons import by_id, course_of, good_cells, put_release


def retitle(heading: str):
    return lambda cells: by_id(cells, "add-2-task").update(source=heading)


def test_a_missing_task_is_found(the_finding):
    finding = the_finding(lambda cells: cells.remove(by_id(cells, "add-2-task")))
    assert (finding.rule, finding.cell) == ("task", "add-2-test")
    assert "### Exercise 1.2 · Title (2 points, about 5 minutes)" in finding.remedy


@pytest.mark.parametrize(
    "heading",
    [
        "### Exercise 1.2 · Add 2 (2 points)",
        "### Exercise 1.2 · Add 2 (about 3 minutes)",
        "### Exercise · Add 2 (2 points, about 3 minutes)",
        "### Exercise 1.2 (2 points, about 3 minutes)",
    ],
)
def test_a_heading_that_lacks_something_is_found(the_finding, heading):
    finding = the_finding(retitle(heading))
    assert (finding.rule, finding.cell) == ("task", "add-2-task")
    assert "lacks" in finding.message


def test_points_that_differ_from_the_cells_are_found(the_finding):
    finding = the_finding(retitle("### Exercise 1.2 · Add 2 (3 points, about 3 minutes)"))
    assert finding.message == "The heading promises 3 points, the cells give 2."


@pytest.mark.parametrize("number", ["1.3", "2.2"])
def test_a_wrong_number_is_found(the_finding, number):
    heading = f"### Exercise {number} · Add 2 (2 points, about 3 minutes)"
    finding = the_finding(retitle(heading))
    assert (finding.rule, finding.remedy) == ("task", "It is 1.2.")


def test_two_tests_of_one_answer_share_its_points(the_finding):
    def split(cells):
        first = by_id(cells, "add-2-test")
        first.metadata.nbgrader.points = 1
        more = test_cell("more-of-add-2", "assert add_2(2) == 4", "assert add_2(3) == 5", points=1)
        cells.insert(cells.index(first) + 1, more)

    finding = the_finding(split)
    assert (finding.rule, finding.cell) == ("pair", "more-of-add-2")  # and no complaint of points


def test_text_between_task_and_solution_does_no_harm(nothing_found):
    def change(cells):
        cells.insert(cells.index(by_id(cells, "add-2")), markdown("A remark.", id="remark"))

    assert nothing_found(change)


def test_a_test_of_another_name_is_found(the_finding):
    def spoil(cells):
        cell = by_id(cells, "add-3-test")
        cell.id = cell.metadata.nbgrader.grade_id = "check-add-3"

    finding = the_finding(spoil)
    assert (finding.rule, finding.cell) == ("pair", "check-add-3")
    assert "add-3-test" in finding.remedy


def test_a_stub_that_does_not_parse_is_found(the_finding):
    source = f"def add_1(x):\n{region('    return x + 1')}"
    finding = the_finding(lambda cells: by_id(cells, "add-1").update(source=source))
    assert (finding.rule, finding.cell) == ("stub", "add-1")
    assert "does not parse" in finding.message


def test_a_stub_that_raises_nothing_is_found(tmp_path):
    course_of(tmp_path, good_cells())
    file = tmp_path / "nbgrader_config.py"
    file.write_text(file.read_text().replace("raise NotImplementedError", "pass"))
    course = open_course(tmp_path)
    put_release(course)
    found = check(course, course.sections, run=False)
    assert {finding.rule for finding in found} == {"stub"}
    assert len(found) == 7
