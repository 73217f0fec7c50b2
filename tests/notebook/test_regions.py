"""Of an answer's cell the model solution is told, and nothing of hidden tests or mark schemes."""

from __future__ import annotations

import pytest

from course.notebook.regions import model_lines
from tests.builders import region, solution, written_answer

CODE = "def f(x):\n" + region("    return x", indent="    ")
HIDDEN = region("assert f(7) == 7", "HIDDEN TESTS")
SCHEME = region("1 point for f.", "MARK SCHEME")


@pytest.mark.parametrize("more", ["", f"\n{HIDDEN}", f"\n{SCHEME}", f"\n{HIDDEN}\n{SCHEME}"])
def test_of_code_the_whole_cell_without_delimiters(more):
    assert model_lines(solution("f", CODE + more)) == ["def f(x):", "    return x"]


def test_of_code_without_a_region_the_whole_cell():
    cell = solution("f", f"f = len\n{HIDDEN}\nf(())")
    assert model_lines(cell) == ["f = len", "f(())"]


def test_of_text_what_stands_in_its_region():
    text = f"Write here.\n\n{region('Because.')}\n{SCHEME}"
    assert model_lines(written_answer("why", text)) == ["Because."]


def test_of_text_without_a_region_all_but_the_mark_scheme():
    assert model_lines(written_answer("why", f"Because.\n{SCHEME}")) == ["Because."]
