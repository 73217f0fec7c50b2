"""How far a student is, the page that says so, and the file to hand in."""

from __future__ import annotations

import os
import re
import zipfile

import nbformat
import pytest
from nbformat.v4 import new_output

from course.authoring.release import release
from course.cli import main
from course.errors import CourseError
from course.intake.submissions import parse_submission
from course.lab.handing_in import submit
from course.lab.jupyterlab import prepare
from course.lab.progress import standing
from course.lab.start import NAME
from tests.builders import make_course
from tests.sums import SUMS

ERRORS = {"fails": "CheckFailed", "open": "NotImplementedError"}


@pytest.fixture
def course(tmp_path):
    """Return a released course of one notebook."""
    made = make_course(tmp_path, {"01-sums": {"sums": SUMS}})
    release(made, made.sections)
    return made


@pytest.fixture
def work(course):
    """Return a student's folder."""
    return prepare(course)


def answer(work, **told: str) -> None:
    """Write answers, and what their tests said: "holds", "fails", "open" or "not run"."""
    path = work / "01-sums" / "sums.ipynb"
    nb = nbformat.read(path, as_version=4)
    cells = {cell.id: cell for cell in nb.cells}
    for name, said in told.items():
        cells[name].source = f"{name} = 1"
        test = cells.get(f"{name}-test")
        if test is None or said == "not run":
            continue
        test.execution_count = 7
        error = ERRORS.get(said)
        test.outputs = [new_output("error", ename=error, evalue="")] if error else []
    nbformat.write(nb, path)


def marks(course, work) -> str:
    return standing(course, course.sections[0], work).marks


def test_at_first_everything_is_open(course, work):
    assert marks(course, work) == "○○○○"


@pytest.mark.parametrize(
    ("said", "mark"), [("holds", "✓"), ("fails", "✗"), ("open", "○"), ("not run", "○")]
)
def test_an_exercise_is_marked_by_what_its_test_said(course, work, said, mark):
    answer(work, shape=said)
    assert marks(course, work) == f"○{mark}○○"


def test_what_is_written_waits_for_a_person(course, work):
    answer(work, why="So.")
    found = standing(course, course.sections[0], work)
    assert found.marks == "○○○✎" and found.points == 0


def test_a_test_that_passes_over_an_unchanged_answer_is_no_progress(course, work):
    path = work / "01-sums" / "sums.ipynb"
    nb = nbformat.read(path, as_version=4)
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.execution_count = 1
    nbformat.write(nb, path)
    assert marks(course, work) == "○○○○"


def test_points_and_the_next_exercise(course, work):
    answer(work, add="holds", shape="fails")
    found = standing(course, course.sections[0], work)
    assert (found.points, found.max_points) == (2, 6)
    assert found.next.name == "1.2 · Name the shape"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 3}'])
def test_a_notebook_that_cannot_be_read_is_no_progress_and_no_crash(course, work, text):
    (work / "01-sums" / "sums.ipynb").write_text(text)
    assert marks(course, work) == "○○○○"


def test_the_page_leads_on_and_is_valid(course, work):
    answer(work, add="holds")
    page = nbformat.read(prepare(course) / NAME, as_version=4)
    nbformat.validate(page)
    table, go_on = page.cells[0].source, page.cells[1].source
    assert "](01-sums/sums.ipynb)" in table and "2 of 6" in table
    assert "✓○○○ | 1 right, 3 not answered |" in table
    assert re.fullmatch(
        r"\*\*Go on at \[1\.2 · Name the shape]\(01-sums/sums\.ipynb#cell-id=text-\d+\)\.\*\*",
        go_on,
    )


def test_the_file_to_hand_in_is_the_notebook_and_says_what_is_open(course, work):
    answer(work, add="holds", shape="fails")
    made = submit(course, course.sections[0], work)
    assert made.path == work / "hand-in" / "sums.ipynb"
    assert made.path.read_bytes() == (work / "01-sums" / "sums.ipynb").read_bytes()
    assert made.open == ("1.3 · Twice", "1.4 · Say why")
    assert not list(made.path.parent.glob(".*"))


def test_a_link_in_the_place_of_what_is_handed_in_is_not_followed(course, work, tmp_path):
    answer(work, add="holds")
    (work / "hand-in").mkdir()
    (tmp_path / "diary").write_text("mine")
    for name in (".sums.ipynb.part", "sums.ipynb"):
        (work / "hand-in" / name).symlink_to(tmp_path / "diary")
    made = submit(course, course.sections[0], work)
    assert (tmp_path / "diary").read_text() == "mine" and not made.path.is_symlink()


def test_several_notebooks_become_one_zip_that_collect_knows(tmp_path):
    other = [nbformat.from_dict({**cell, "id": f"b-{cell.id}"}) for cell in SUMS[:2]]
    course = make_course(tmp_path, {"01-sums": {"sums": SUMS, "more": other}})
    release(course, course.sections)
    made = submit(course, course.sections[0], prepare(course))
    with zipfile.ZipFile(made.path) as found:
        assert sorted(found.namelist()) == ["01-sums/more.ipynb", "01-sums/sums.ipynb"]
        assert parse_submission(found.read("01-sums/sums.ipynb")).cells


def test_what_cannot_be_graded_is_not_handed_in(course, work):
    (work / "01-sums" / "sums.ipynb").write_text("{")
    with pytest.raises(CourseError, match="cannot be handed in: The file is not JSON"):
        submit(course, course.sections[0], work)
    assert not (work / "hand-in").exists()


def test_before_the_first_lab_there_is_nothing_to_hand_in(course):
    with pytest.raises(CourseError, match="nothing to hand in"):
        submit(course, course.sections[0], course.root / "work")


def test_the_commands_work_from_within_the_students_folder(course, work, monkeypatch, capfd):
    answer(work, add="holds")
    monkeypatch.chdir(work)
    assert main(["status"]) == 0
    assert "✓○○○" in capfd.readouterr().out
    assert main(["status", "01"]) == 0
    assert "1.2 · Name the shape" in capfd.readouterr().out
    assert main(["submit", "01"]) == 0
    told = capfd.readouterr()
    assert os.path.join("hand-in", "sums.ipynb") in told.out and "1.4 · Say why" in told.err
