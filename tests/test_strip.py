"""The pre-commit hook leaves no outputs in a notebook and touches nothing else."""

import runpy
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

SCRIPT = Path(__file__).resolve().parent.parent / ".ci" / "strip.py"
strip = runpy.run_path(str(SCRIPT))["main"]


@pytest.fixture
def notebook(tmp_path):
    """Write a notebook with one executed cell; return its path."""
    code = new_code_cell(
        "'眼'",
        execution_count=3,
        outputs=[new_output("execute_result", data={"text/plain": "'眼'"}, execution_count=3)],
        metadata={"tags": ["demo"], "execution": {"iopub.status.idle": "now"}},
    )
    path = tmp_path / "lesson.ipynb"
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Eyes: 眼"), code]), path)
    return path


def test_outputs_and_counts_are_cleared_and_the_commit_stops(notebook):
    assert strip([str(notebook)]) == 1
    cell = nbformat.read(notebook, as_version=4).cells[1]
    assert (cell.outputs, cell.execution_count) == ([], None)


def test_tags_sources_and_ids_stay(notebook):
    before = nbformat.read(notebook, as_version=4).cells
    strip([str(notebook)])
    after = nbformat.read(notebook, as_version=4).cells
    assert after[1].metadata == {"tags": ["demo"]}
    assert [(c.id, c.source) for c in after] == [(c.id, c.source) for c in before]


def test_a_clean_notebook_is_left_as_it_is(notebook):
    strip([str(notebook)])
    clean = notebook.read_bytes()
    assert strip([str(notebook)]) == 0
    assert notebook.read_bytes() == clean


def test_the_file_is_written_as_jupyter_writes_it(notebook):
    strip([str(notebook)])
    ours = notebook.read_bytes()
    nbformat.write(nbformat.read(notebook, as_version=4), notebook)
    assert notebook.read_bytes() == ours


def test_a_file_that_is_no_notebook_is_named(tmp_path, capsys):
    path = tmp_path / "broken.ipynb"
    path.write_text("{", encoding="utf-8")
    assert strip([str(path)]) == 2
    assert "broken.ipynb is no notebook" in capsys.readouterr().out
