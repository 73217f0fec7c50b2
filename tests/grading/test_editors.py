"""Wherever a student has worked, the notebook comes in by `course collect` and gets its marks."""

from __future__ import annotations

import json

import nbformat
import pytest

from course.authoring.conversion import convert
from course.intake.collect import collect
from course.notebook.cells import grade_id
from course.notebook.fetching import NAME, SOURCE
from course.record.store import register
from tests.builders import (
    code,
    function,
    make_course,
    markdown,
    region,
    solution,
    test_cell,
    written_answer,
)
from tests.downloads import refused, taken, zip_of
from tests.grading.editors import EDITORS, NAMES
from tests.grading.engine.grading import grade

CELLS = [
    markdown("# One", id="title"),
    code(SOURCE, id=NAME),
    code('PROFILE = "fast"', "parameters", id="parameters"),
    function("f", "f(x)", "return x + 1"),
    test_cell("f-test", "assert f(1) == 2", "assert f(2) == 3"),
    code("twice = f(f(1))", id="twice"),
    solution("g", region("g = 2")),
    test_cell("g-test", "assert g == 2"),
    written_answer("why", region("Because.")),
    markdown("## Recap", id="recap"),
]
# Half right, so that an answer which got lost, and one that was made up, would be seen.
ANSWERS = {"f": "def f(x):\n    return x + 1", "g": "g = 3", "why": "So."}
VERDICTS = ["passed", "failed", "manual"]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    syllabus = "[release]\ngoes_on = true\npackage = 'https://example.org/course.whl'\n"
    return make_course(folder, {"01": {"one": CELLS}}, syllabus=syllabus)


@pytest.fixture(scope="module")
def collected(course, tmp_path_factory):
    """Take in a download with a file of each editor."""
    made = convert(course, course.sections[0], tmp_path_factory.mktemp("made"))
    nb = nbformat.read(made / "one.ipynb", as_version=4)
    for cell in nb.cells:
        cell.source = ANSWERS.get(grade_id(cell), cell.source)
    files = {
        f"{editor}/01/{NAMES.get(editor, 'one.ipynb')}": write(json.loads(json.dumps(nb)))
        for editor, write in EDITORS.items()
    }
    return collect(course, [zip_of(tmp_path_factory.mktemp("download") / "all.zip", files)])


@pytest.fixture(scope="module")
def marks(course, collected):
    register(course, course.sections[0])
    return {g.attempt.student: g.attempt for g in grade(course, course.sections)}


def test_all_of_them_are_taken(collected):
    assert sorted(taken(collected)) == sorted(f"{editor}/01" for editor in EDITORS)
    assert refused(collected) == []


@pytest.mark.parametrize("editor", EDITORS)
def test_each_gets_the_same_marks(marks, editor):
    assert [row.verdict for row in marks[editor].rows] == VERDICTS


@pytest.mark.parametrize("editor", EDITORS)
def test_the_written_answer_is_there_for_who_marks(marks, course, editor):
    nb = nbformat.read(course.autograded(editor, "01") / "one.ipynb", as_version=4)
    (cell,) = [cell for cell in nb.cells if grade_id(cell) == "why"]
    assert "So." in cell.source
