"""The fast text of a notebook says what nbformat's own says."""

import nbformat
import pytest

from course.notebook.writing import in_lines
from tests.builders import code, function, markdown, notebook, test_cell

CELLS = [
    markdown("# Zwei „Zeichen“ 汉字\nund eine Zeile"),
    function("double", "double(x)", "return 2 * x"),
    code("1 + 1\n"),
    test_cell("double-test", "assert double(2) == 4", "assert double(5) == 10", points=2),
]


@pytest.fixture
def nb():
    """Return a notebook with outputs."""
    made = notebook(CELLS)
    cell = made.cells[2]
    cell.outputs = [
        nbformat.v4.new_output("stream", text='one "quoted"\ntwo\\n\n', name="stdout"),
        nbformat.v4.new_output("execute_result", data={"text/plain": "2", "image/png": "AA=="}),
    ]
    return made


def test_both_texts_are_read_as_the_same_notebook(nb):
    text = in_lines(nb)
    assert nbformat.reads(text, as_version=4) == nbformat.reads(nbformat.writes(nb), as_version=4)
    nbformat.validate(nbformat.reads(text, as_version=4))


def test_a_cell_is_a_line_and_the_end_a_bracket_alone(nb):
    lines = in_lines(nb).split("\n")
    assert len([line for line in lines if '"cell_type"' in line]) == len(nb.cells)
    assert lines[-2:] == ["}", ""]


def test_what_a_program_keeps_for_itself_is_left_out(nb):
    nb.cells[1].metadata.trusted = True
    nb.metadata.signature = "abc"
    text = in_lines(nb)
    assert "trusted" not in text and "signature" not in text
    assert nb.cells[1].metadata.trusted  # here it stays
