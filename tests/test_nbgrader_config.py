"""Stock nbgrader commands work on the course's folders with nbgrader_config.py."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).resolve().parent.parent
SOLUTION = """\
def add_one(x):
    ### BEGIN SOLUTION
    return x + 1
    ### END SOLUTION"""
TEST = """\
assert add_one(1) == 2
### BEGIN HIDDEN TESTS
assert add_one(2) == 3
### END HIDDEN TESTS"""


def grade_metadata(grade_id: str, **changes) -> dict:
    stock = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3}
    return {"nbgrader": stock | {"grade_id": grade_id} | changes}


@pytest.fixture(scope="module")
def small_course(tmp_path_factory) -> Path:
    """Lay out and release a course of one section: a solution, a test and a file of mistakes."""
    course = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    section = course / "source" / "01-sums"
    section.mkdir(parents=True)
    (section / "mistakes.py").write_text("def add_one(x): return x\n", encoding="utf-8")
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(metadata={"kernelspec": kernel})
    notebook.cells = [
        new_code_cell(SOLUTION, metadata=grade_metadata("sums", solution=True)),
        new_code_cell(
            TEST, metadata=grade_metadata("test-sums", grade=True, locked=True, points=2)
        ),
    ]
    nbformat.write(notebook, section / "sums.ipynb")
    run_nbgrader(course, "generate_assignment", "01-sums")
    return course


def run_nbgrader(course: Path, *arguments: str) -> None:
    # nbgrader starts `alembic` by name when it makes a gradebook, so the scripts must be on PATH.
    scripts = str(Path(sys.executable).parent)
    environment = os.environ | {"PATH": os.pathsep.join([scripts, os.environ.get("PATH", "")])}
    subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        env=environment,
        check=True,
        capture_output=True,
    )


@pytest.mark.slow
def test_generate_assignment_writes_the_stub_and_keeps_answers_back(small_course):
    release = small_course / "release" / "01-sums"
    stub, test = nbformat.read(release / "sums.ipynb", as_version=4).cells
    assert stub.source == "def add_one(x):\n    # YOUR CODE HERE\n    raise NotImplementedError"
    assert test.source == "assert add_one(1) == 2"
    assert [path.name for path in release.iterdir()] == ["sums.ipynb"]  # no mistakes.py


@pytest.mark.slow
def test_autograde_scores_a_submission_in_the_courses_gradebook(small_course):
    submission = small_course / "submitted" / "ann" / "01-sums"
    shutil.copytree(small_course / "source" / "01-sums", submission)
    run_nbgrader(small_course, "autograde", "01-sums")
    run_nbgrader(small_course, "export", "--to", "grades.csv")
    row = (small_course / "grades.csv").read_text(encoding="utf-8").splitlines()[1].split(",")
    assert (row[0], row[3], row[-2], row[-1]) == ("01-sums", "ann", "2.0", "2.0")
