"""Whatever delimiters and stubs a course names: behind `read_source` they are nbgrader's own."""

from __future__ import annotations

import pytest
from traitlets.config import Config

from course.judging.verdict import split_test, visible_part
from course.notebook.exercises import exercises
from course.notebook.regions import find_regions, in_stock_form
from course.notebook.versions import student_version
from tests.builders import code, function, notebook, solution, task_cell, test_cell, written_answer

OWN = Config(
    ClearSolutions={
        "begin_solution_delimeter": "#<<A",
        "end_solution_delimeter": "#A>>",
        "code_stub": {"python": "...  # write here"},
        "text_stub": "*Your words.*",
    },
    ClearHiddenTests={"begin_test_delimeter": "#<<H", "end_test_delimeter": "#H>>"},
    ClearMarkScheme={
        "begin_mark_scheme_delimeter": "<!-- marks",
        "end_mark_scheme_delimeter": "end of marks -->",
    },
)
TEST = "assert x == 2\n#<<H\nassert x != 3, 'hidden words'\n#H>>"


def stock(*cells, config=OWN):
    return in_stock_form(notebook(list(cells)), config)


def test_own_delimiters_part_a_test_into_what_is_seen_and_what_is_hidden():
    (cell,) = stock(test_cell("x-test", TEST)).cells
    hidden = "assert x != 3, 'hidden words'\n"
    assert list(split_test(cell.source)) == [("assert x == 2\n", False), (hidden, True)]
    assert "hidden" not in visible_part(cell.source)


@pytest.mark.parametrize("begin", ["# BEGIN HIDDEN TESTS", "  ###BEGIN HIDDEN TESTS (not seen)"])
def test_a_delimiter_counts_however_the_line_goes_on(begin):
    text = f"assert x == 2\n{begin}\nassert x != 3\n# END HIDDEN TESTS"
    (cell,) = stock(test_cell("x-test", text), config=Config()).cells
    assert [hidden for _, hidden in split_test(cell.source)] == [False, True]


def test_a_line_of_code_that_holds_a_delimiter_is_kept():
    text = "assert x == 2\ny = 3  #<<H\nassert x != y\n#H>>"
    (cell,) = stock(test_cell("x-test", text)).cells
    assert "y = 3" in cell.source
    assert list(split_test(cell.source)) == [(cell.source, True)]


def test_own_stubs_and_delimiters_make_the_student_version():
    cells = [
        function("f", "f(x)", "").copy()
        | {"source": "def f(x):\n    #<<A\n    return 1\n    #A>>"},
        solution("g", "g = 1"),
        written_answer("why", "Because."),
    ]
    seen = student_version(stock(*cells))
    assert [cell.source for cell in seen.cells] == [
        "def f(x):\n    ...  # write here",
        "...  # write here",
        "*Your words.*",
    ]
    assert set(seen.metadata) == {"kernelspec", "language_info"}


def test_delimiters_that_the_course_does_not_use_are_words():
    text = "### BEGIN SOLUTION\nx = 2\n### END SOLUTION"
    nb = stock(solution("x", text), code("# BEGIN HIDDEN TESTS is what others write"))
    assert [region.lines[1] for region in find_regions(nb)] == ["x = 2"]
    assert student_version(nb).cells[0].source == "...  # write here"


def test_nothing_of_a_mark_scheme_names_an_exercise():
    text = "Draw.\n<!-- marks\n# Two points for the axes\nend of marks -->"
    (exercise,) = exercises(stock(task_cell("task", text)))
    assert exercise.title == "task"


def test_a_notebook_in_stock_form_stays_as_it_is():
    nb = stock(test_cell("x-test", TEST), solution("x", "#<<A\nx = 2\n#A>>"))
    assert in_stock_form(nb, Config()).cells == nb.cells
    plain = notebook([test_cell("x-test", "assert x", "assert x == 2")])
    assert in_stock_form(plain, Config()) == plain
