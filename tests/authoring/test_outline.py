"""`course release` lists the exercises of a section for `checks.summary`."""

import json
from pathlib import Path

from helpers.ground.cells import key_of

import pytest

from course.authoring.outline import FOLDER, outline
from course.authoring.release import release
from course.folder import open_course
from course.notebook.cells import is_test
from course.notebook.reading import read_notebook
from tests.builders import make_course
from tests.sums import SUMS


@pytest.fixture
def course(tmp_path):
    """Return a course with helpers of its own."""
    (tmp_path / "helpers" / "checks").mkdir(parents=True)
    return make_course(tmp_path, {"01-sums": {"sums": SUMS}})


def listed(course) -> list[dict]:
    return json.loads((course.root / FOLDER / "01-sums.json").read_text(encoding="utf-8"))


def test_each_exercise_has_its_name_and_its_heading(course):
    (made,) = outline(course, course.sections)
    assert (made.exercises, made.changed) == (4, True)
    first, *_, last = listed(course)
    assert (first["id"], first["name"]) == ("add-test", "1.1 · Add")
    assert first["link"] == f"sums.ipynb#cell-id={SUMS[2].id}"
    assert (last["name"], last["manual"], last["tests"]) == ("1.4 · Say why", True, [])


def test_a_test_is_known_by_its_text_in_source_and_release(course):
    outline(course, course.sections)
    release(course, course.sections)
    known = {entry["id"]: entry["tests"] for entry in listed(course)}
    for folder in (course.release("01-sums"), course.sections[0].folder):
        for cell in filter(is_test, read_notebook(folder / "sums.ipynb").cells):
            assert key_of(cell.source) in known[cell.id]


def test_a_list_that_has_drifted_is_found(course):
    (drift,) = outline(course, course.sections, check=True)
    assert str(drift) == f"{FOLDER}/01-sums.json is missing"
    outline(course, course.sections)
    assert outline(course, course.sections, check=True) == []
    (course.root / FOLDER / "01-sums.json").write_text("[]\n", encoding="utf-8")
    (drift,) = outline(course, course.sections, check=True)
    assert str(drift) == f"{FOLDER}/01-sums.json differs"


def test_a_course_without_helpers_of_its_own_has_none(tmp_path):
    course = make_course(tmp_path, {"01-sums": {"sums": SUMS}})
    assert outline(course, course.sections) == []


OURS = open_course(Path(__file__).parents[2])


@pytest.mark.parametrize("section", OURS.sections, ids=lambda section: section.name)
def test_each_of_our_lessons_ends_with_its_own_summary(section):
    (path,) = section.notebooks
    last = read_notebook(path).cells[-1]
    assert last.source == f"checks.summary({int(section.name[:2])})"
    assert "demo" in last.metadata["tags"]
