"""Cells are short, and a lesson begins with its imports and its parameters."""

import pytest

from course.notebook.fetching import SOURCE
from tests.builders import code
from tests.gate.lessons import by_id


def lines(count: int) -> str:
    return "\n".join(f"x{k} = {k}" for k in range(count))


def test_a_long_cell_is_found(the_finding):
    finding = the_finding(lambda cells: cells.append(code(lines(21), id="long")))
    assert (finding.rule, finding.cell) == ("long-cell", "long")
    assert "21 lines" in finding.message


def test_twenty_lines_are_not_too_long(nothing_found):
    assert nothing_found(lambda cells: cells.append(code(lines(20), id="long")))


def test_delimiters_do_not_count(nothing_found):
    def change(cells):
        cell = by_id(cells, "add-1-test")
        cell.source = lines(17) + "\n" + cell.source

    assert nothing_found(change)


def test_a_long_median_is_found(the_finding):
    def spoil(cells):
        cells += [code(lines(7), id=f"cell-{k}") for k in range(20)]

    finding = the_finding(spoil)
    assert (finding.rule, finding.cell) == ("median-cell", "")
    assert "7 lines" in finding.message


def test_missing_parameters_are_found(the_finding):
    finding = the_finding(lambda cells: by_id(cells, "parameters").metadata.pop("tags"))
    assert (finding.rule, "0 cells" in finding.message) == ("parameters", True)


def test_two_cells_of_parameters_are_found(the_finding):
    finding = the_finding(lambda cells: cells.append(code("N = 1", "parameters", id="more")))
    assert (finding.rule, "2 cells" in finding.message) == ("parameters", True)


def test_parameters_without_a_profile_are_found(the_finding):
    finding = the_finding(lambda cells: by_id(cells, "parameters").update(source="SIZE = 3"))
    assert (finding.rule, finding.cell) == ("parameters", "parameters")


@pytest.mark.parametrize("first", ["x = 1", "import math\nx = math.pi"])
def test_a_first_cell_that_does_other_things_is_found(the_finding, first):
    finding = the_finding(lambda cells: by_id(cells, "imports").update(source=first))
    assert (finding.rule, finding.cell) == ("imports-first", "imports")


def test_setup_may_follow_the_imports(nothing_found):
    source = "import math\nfrom helpers import setup\n\nsetup()"
    assert nothing_found(lambda cells: by_id(cells, "imports").update(source=source))


class TestFetching:
    """A course with helpers of its own fetches them, where they are missing, before all else."""

    @pytest.fixture(autouse=True)
    def helpers(self, tmp_path):
        (tmp_path / "helpers").mkdir()

    def test_a_lesson_that_does_not_is_found(self, the_finding):
        finding = the_finding()
        assert (finding.rule, finding.cell) == ("fetch", "fetch-course")

    def test_one_that_does_is_right_and_its_imports_come_next(self, nothing_found):
        assert nothing_found(lambda cells: cells.insert(1, code(SOURCE, id="fetch-course")))

    def test_it_comes_before_what_needs_them(self, the_finding):
        finding = the_finding(lambda cells: cells.insert(2, code(SOURCE, id="fetch-course")))
        assert finding.rule == "fetch" and "before all others" in finding.message

    def test_it_is_the_same_in_all_lessons(self, the_finding):
        own = SOURCE.replace('COURSE = ""', 'COURSE = "mine"')
        finding = the_finding(lambda cells: cells.insert(1, code(own, id="fetch-course")))
        assert finding.rule == "fetch" and "not that of the other lessons" in finding.message


def test_a_course_without_helpers_has_nothing_to_fetch(nothing_found):
    assert nothing_found()
