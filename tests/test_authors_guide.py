"""docs/authors.md, done by a reader who follows it to the letter."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course.cli import main
from tests.builders import code, make_course, solution, test_cell
from tests.guide import Reader, steps, unheld

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
TAKING_OVER = "## Take over a course from nbgrader"
PARTS = dict(zip(("a section", "a course of others"), GUIDE.split(TAKING_OVER), strict=True))
NOT_COPIED = shutil.ignore_patterns("__pycache__", "making")


@pytest.fixture
def run(tmp_path, capsys):
    """Return a function that runs a command in the temporary course and returns what it writes."""

    def command(arguments: list[str]) -> str:
        main([*arguments, "--course", str(tmp_path)])
        shown = capsys.readouterr()
        return (shown.out + shown.err).replace(f"{tmp_path}/", "")

    return command


def test_every_block_of_the_guide_is_a_step():
    assert list(unheld(GUIDE)) == []


def test_a_section_written_by_the_guide_passes_the_gate(tmp_path, run):
    shutil.copytree(ROOT / "helpers", tmp_path / "helpers", ignore=NOT_COPIED)
    (tmp_path / "course").mkdir()
    shutil.copy(ROOT / "course" / "syllabus.toml", tmp_path / "course")
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    (tmp_path / "source").mkdir()
    reader = Reader(tmp_path, tmp_path / "source" / "11-light" / "light.ipynb", run)
    for step in steps(PARTS["a section"]):
        reader.take(step)


def test_a_course_of_others_is_taken_over_by_the_guide(tmp_path, run):
    cells = [code("import math"), solution("hello", ""), test_cell("hello-test", "")]
    cells[0].execution_count = 3
    make_course(tmp_path, {"ps1": {"problem1": cells}}, inside=None)
    (tmp_path / "course").mkdir()
    reader = Reader(tmp_path, tmp_path / "source" / "ps1" / "problem1.ipynb", run)
    for step in steps(PARTS["a course of others"]):
        reader.take(step)
