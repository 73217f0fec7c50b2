"""A course folder is found, its sections are named, and what is wrong with it is said."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress

import pytest

from course.errors import CourseError
from course.folder import open_course
from course.notebook.exercises import exercises
from course.notebook.reading import read_notebook
from tests.builders import (
    code,
    function,
    make_course,
    markdown,
    task_cell,
    test_cell,
    write_notebook,
    written_answer,
)


@pytest.fixture
def course(tmp_path):
    """Return a course with three sections and no syllabus."""
    cells = [code("x = 1")]
    names = ("01-images", "02-convolution", "12-convolution")
    return make_course(tmp_path, {name: {"n": cells} for name in names})


@pytest.mark.parametrize("name", ["01-images", "01", "images", "IMAGES", "source/01-images/"])
def test_a_section_is_known_by_its_name_number_or_rest(course, name):
    assert course.section(name).name == "01-images"


def test_an_unknown_section_is_answered_with_the_known_ones(course):
    with pytest.raises(CourseError, match=r"no section '99'.*01-images, 02-convolution"):
        course.section("99")


def test_an_ambiguous_section_is_not_guessed(course):
    with pytest.raises(CourseError, match="more than one section"):
        course.section("convolution")


def test_the_course_is_found_from_a_folder_in_it(course):
    assert open_course(course.root / "source" / "01-images").root == course.root


def test_a_syllabus_that_names_a_section_twice_is_refused(tmp_path):
    twice = '[[section]]\nname = "a"\n[[section]]\nname = "a"\n'
    course = make_course(tmp_path, {"a": {"n": [code("1")]}}, syllabus=twice)
    with pytest.raises(CourseError, match="'a' twice"):
        _ = course.sections


def test_a_section_of_the_syllabus_without_a_notebook_is_named(tmp_path):
    course = make_course(tmp_path, {"a": {"n": [code("1")]}}, syllabus={"a": 1, "b": 1})
    with pytest.raises(CourseError, match="Section b has no notebook"):
        _ = course.section("b").notebooks


def test_two_cells_with_the_same_id_are_named(tmp_path):
    cells = [function("add", "add()", "return 1"), function("add", "add()", "return 2")]
    cells[1].id = "other"
    with pytest.raises(CourseError, match="two cells have the grade_id 'add'"):
        read_notebook(write_notebook(tmp_path / "n.ipynb", cells))


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"{", "not a notebook"), (b"\xff\xfe", "not UTF-8"), (b'{"cells": 3}', "not a valid")],
)
def test_a_notebook_that_cannot_be_read_is_named(tmp_path, content, words):
    path = tmp_path / "n.ipynb"
    path.write_bytes(content)
    with pytest.raises(CourseError, match=words):
        read_notebook(path)


def test_exercises_are_found_with_their_answers(tmp_path):
    cells = [
        markdown("### Exercise 1.1 · Add (2 points, about 3 minutes)"),
        function("add", "add(a, b)", "return a + b"),
        test_cell("add-test", "assert add(1, 1) == 2", points=2),
        test_cell("add-more", "assert add(1, 2) == 3"),
        markdown("## Words"),
        written_answer("why", "Because."),
        task_cell("draw", "Draw."),
    ]
    found = exercises(read_notebook(write_notebook(tmp_path / "n.ipynb", cells)))
    assert [(e.name, e.points, e.manual, e.answers) for e in found] == [
        ("add", 2, False, ("add",)),
        ("add-more", 1, False, ("add",)),
        ("why", 2, True, ("why",)),
        ("draw", 2, True, ()),
    ]
    assert found[0].title == "Exercise 1.1 · Add"


def test_an_exercise_is_never_called_by_what_stands_in_an_answer(tmp_path):
    cells = [
        markdown("### Exercise 1.2 · Why (2 points, about 3 minutes)"),
        written_answer("why", "### BEGIN SOLUTION\n# Because\n### END SOLUTION\n# I know"),
        task_cell("draw", "Draw.\n### BEGIN MARK SCHEME\nA line.\n### END MARK SCHEME"),
        task_cell("paint", "### Exercise 1.3 · Paint\n### BEGIN MARK SCHEME\n### END MARK SCHEME"),
    ]
    found = exercises(read_notebook(write_notebook(tmp_path / "n.ipynb", cells)))
    assert [e.title for e in found] == ["Exercise 1.2 · Why"] * 2 + ["Exercise 1.3 · Paint"]


def test_a_configuration_may_stand_elsewhere_and_name_its_courses_root(course, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    line = f"c = get_config()\nc.CourseDirectory.root = {str(course.root)!r}\n"
    (elsewhere / "nbgrader_config.py").write_text(line)
    found = open_course(elsewhere)
    assert found.root == course.root and str(course.root) in found.db_url


def test_a_course_that_was_moved_goes_by_where_it_is(course, tmp_path_factory):
    copy = tmp_path_factory.mktemp("copy") / "course"
    shutil.copytree(course.root, copy)
    line = f"c = get_config()\nc.CourseDirectory.root = {str(course.root)!r}\n"
    (copy / "nbgrader_config.py").write_text(line)
    assert open_course(copy).root == copy


RAN = "open('ran', 'w').close()\nc = get_config()\n"


@pytest.mark.parametrize("room", ["submitted/ann/01-images", "downloaded/01-images/archive/x"])
def test_no_configuration_runs_that_lies_where_others_files_are(course, monkeypatch, room):
    folder = course.root / room
    (folder / "source" / "01-own").mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(RAN)
    monkeypatch.chdir(folder)
    assert open_course().root == course.root and not (folder / "ran").exists()
    assert open_course(folder).root == folder  # who names it means it


@pytest.mark.parametrize(
    ("settings", "room"),
    [
        ({"source": "quellen"}, "submitted"),
        ({"submitted": "handed_in"}, "handed_in"),
        ({"feedback": "back/to/them"}, "back/to/them"),
    ],
)
def test_nor_where_the_rooms_have_other_names(course, monkeypatch, settings, room):
    lines = [f"c.CourseDirectory.{name}_directory = {to!r}" for name, to in settings.items()]
    (course.root / "nbgrader_config.py").write_text("\n".join(["c = get_config()", *lines]))
    (course.root / "source").rename(course.root / settings.get("source", "source"))
    folder = course.root / room / "ann"
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(RAN)
    monkeypatch.chdir(folder)
    assert open_course().root == course.root and not (folder / "ran").exists()


@pytest.mark.skipif(os.name == "nt", reason="links take a right there")
def test_nor_where_a_room_is_on_another_disk(course, monkeypatch, tmp_path_factory):
    disk = tmp_path_factory.mktemp("disk")
    (disk / "ann").mkdir()
    (disk / "ann" / "nbgrader_config.py").write_text(RAN)
    (course.root / "submitted").symlink_to(disk)
    monkeypatch.chdir(disk / "ann")
    monkeypatch.setenv("PWD", str(course.root / "submitted" / "ann"))  # as a shell went there
    assert open_course().root == course.root and not (disk / "ann" / "ran").exists()


def test_a_folder_of_programs_called_source_makes_no_course(course, monkeypatch, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    (home / "source" / "repos" / "game").mkdir(parents=True)
    (home / "release").mkdir()
    shutil.copytree(course.root, home / "release" / "vision")
    monkeypatch.chdir(home / "release" / "vision")
    assert open_course().root == home / "release" / "vision"


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="gives a file to somebody else")
def test_nor_one_of_somebody_elses_where_all_may_write(course, tmp_path, monkeypatch):
    shared = tmp_path / "shared"
    (shared / "work").mkdir(parents=True)
    shared.chmod(0o1777)
    (shared / "nbgrader_config.py").write_text(RAN)
    monkeypatch.chdir(shared)
    open_course_or_not(shared)
    assert (shared / "ran").exists()  # one's own is
    (shared / "ran").unlink()
    os.chown(shared / "nbgrader_config.py", 65534, 65534)
    open_course_or_not(shared / "work")
    (shared / "source").mkdir()
    with pytest.raises(CourseError, match="is another user's"):  # and it says so
        open_course(shared / "work")
    assert not (shared / "ran").exists()


def open_course_or_not(folder) -> None:
    with suppress(CourseError):
        open_course(folder)
