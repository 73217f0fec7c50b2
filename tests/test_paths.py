"""A course folder may have any name that the system allows."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing

import pytest

from course.cli import main
from course.demo.samples import hand_in
from course.folder import open_course
from tests.builders import function, make_course, notebook, test_cell

CELLS = [function("one", "one()", "return 1"), test_cell("one-test", "assert one() == 1")]
NAMES = [
    "Computer%20Vision",
    "what?mode=ro&x=1#top",
    "a b 'c' \"d\" `e`",
    "[x]*{y}{0}%s$HOME~",
    "计算机\\视觉",
    "-dash.",
    "two\nlines",
]
posix = pytest.mark.skipif(os.name == "nt", reason="Windows allows none of these names")


@posix
@pytest.mark.parametrize("name", NAMES)
def test_the_whole_way_from_source_to_marks(tmp_path, capsys, name):
    root = tmp_path / name
    root.mkdir()
    course = make_course(root, {"01-one": {"one": CELLS}})
    path = tmp_path / "one.ipynb"
    path.write_bytes(hand_in(notebook(CELLS), {"one": "def one():\n    return 1"}))
    steps = (
        ["release"],
        ["collect", str(path), "--student", "anna", "--section", "01-one"],
        ["grade", "--no-sandbox"],
        ["feedback"],
        ["export", "--format", "json", "--out", str(tmp_path / "marks.json")],
    )
    for step in steps:
        assert main([*step[:1], "--course", str(root), *step[1:]]) == 0, capsys.readouterr().err
    (marks,) = json.loads((tmp_path / "marks.json").read_text(encoding="utf-8"))
    assert marks["points"] == 1
    assert (course.feedback("anna", "01-one") / "one.html").is_file()
    with closing(sqlite3.connect(root / "gradebook.db")) as book:
        assert book.execute("SELECT count(*) FROM course_attempt").fetchone() == (1,)
    ours = {"gradebook.db", "nbgrader_config.py", "source", "release", "submitted", "course"}
    ours |= {"autograded", "feedback", ".grading"}
    assert {entry.name for entry in root.iterdir()} == ours
    assert {entry.name for entry in tmp_path.iterdir()} == {name, "one.ipynb", "marks.json"}


@posix
def test_nbgrader_itself_opens_the_same_gradebook(tmp_path):
    root = tmp_path / "Computer%20Vision?"
    root.mkdir()
    course = make_course(root, {"01-one": {"one": CELLS}})
    assert course.directory.db_url == course.db_url


@posix
def test_so_does_it_with_our_own_configuration(root, tmp_path):
    folder = tmp_path / "Computer%20Vision?"
    (folder / "source" / "01-one").mkdir(parents=True)
    text = (root / "nbgrader_config.py").read_text(encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(text, encoding="utf-8")
    import sqlalchemy as sa

    found = sa.make_url(open_course(folder).db_url)
    assert found.database == str(folder / "gradebook.db") and not found.query
