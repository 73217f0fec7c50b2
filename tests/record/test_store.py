"""What is recorded is what nbgrader itself would have made, and its own tools read it."""

from __future__ import annotations

import logging
import os
import sqlite3
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook, get_alembic_version
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from course.errors import CourseError
from course.folder import open_course
from course.record.attempts import Attempt, Hashes, Row
from course.record.database import told_clearly
from course.record.gradebook import newest_version, open_gradebook
from course.record.store import open_record
from course.record.table import known_attempts

SECTION = "01-sums"
HANDED_IN = datetime(2026, 3, 1, 12, 30)
HASHES = Hashes("submission", "tests", "environment")
POINTS = {"add": 2.0, "shape": 1.0, "twice": 1.0, "why": 2.0}


def attempt(student: str = "anna", *, hashes: Hashes = HASHES, **verdicts: str) -> Attempt:
    """Make an attempt with full points for "passed" and a message for each exercise."""
    rows = []
    for exercise, most in POINTS.items():
        verdict = verdicts.get(exercise, "passed")
        rows.append(
            Row(
                student=student,
                section=SECTION,
                notebook="sums",
                exercise=exercise,
                grade_id=exercise if exercise == "why" else f"{exercise}-test",
                title=exercise,
                points=most if verdict == "passed" else 0.0,
                max_points=most,
                verdict=verdict,
                message=f"What {exercise} is.",
                seconds=0.1,
                answer=f"hash of {exercise}",
            )
        )
    return Attempt(student, SECTION, hashes, tuple(rows), HANDED_IN)


def test_a_new_gradebook_is_made_by_several_at_once(course):
    several = 6
    together = threading.Barrier(several)

    def open_it(_) -> list[str]:
        together.wait(30)
        with open_gradebook(course) as book:
            return [row.id for row in book.db.execute(text("SELECT id FROM course"))]

    for _ in range(5):
        with ThreadPoolExecutor(several) as pool:
            found = list(pool.map(open_it, range(several)))
        assert found == [[course.directory.course_id]] * several
        (course.root / "gradebook.db").unlink()


@pytest.fixture
def write(course):
    """Return a function that records an attempt and returns the gradebook's address."""

    def write(one: Attempt) -> str:
        with open_record(course) as record:
            record.register(course.sections[0])
            record.write(one)
        return course.db_url

    return write


@pytest.mark.parametrize("step", ["register", "write"])
def test_a_disk_that_is_full_is_told_whoever_writes(course, capfd, step):
    logging.getLogger("tornado.application").setLevel(logging.ERROR)  # as Dask sets it
    with open_record(course) as record:
        record.register(course.sections[0])
    long = "x" * 3_000
    words = "database or disk is full. Check that .* the disk has room"
    with pytest.raises(CourseError, match=words), open_record(course) as record:
        record.book.db.execute(text("PRAGMA max_page_count = 1"))  # no more than there are
        if step == "register":  # by nbgrader's own code
            for number in range(1_000):
                record.register(replace(course.sections[0], name=f"{number}-{long}"))
        for number in range(1_000):
            record.write(attempt(f"{number}-{long}"))
    assert capfd.readouterr().err == ""


def test_nbgrader_finds_the_submission_with_its_scores(write):
    with Gradebook(write(attempt(add="failed", why="manual"))) as book:
        found = book.find_submission(SECTION, "anna")
        assert (found.score, found.max_score) == (2.0, 6.0)
        assert found.timestamp == HANDED_IN
        assert found.needs_manual_grade
        (notebook,) = found.notebooks
        scores = {g.name: (g.auto_score, g.needs_manual_grade) for g in notebook.grades}
    assert scores == {
        "add-test": (0.0, False),
        "shape-test": (1.0, False),
        "twice-test": (1.0, False),
        "why": (None, True),
    }


def test_nbgrader_finds_the_comments(write):
    with Gradebook(write(attempt(add="failed", shape="unanswered", why="manual"))) as book:
        found = book.find_submission_notebook("sums", SECTION, "anna")
        comments = {comment.name: comment.auto_comment for comment in found.comments}
    told = {"add": "What add is.", "shape": "No response.", "twice": None, "why": None}
    assert {name: comments[name] for name in told} == told


def test_a_gradebook_is_the_one_that_nbgrader_makes(course, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=":")
    theirs = tmp_path / "theirs.db"
    Gradebook(f"sqlite:///{theirs}", course.directory.course_id).close()
    with open_gradebook(course):
        pass

    def read(path: Path) -> tuple[set, list, list]:
        with closing(sqlite3.connect(path)) as db:
            made = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
            version = db.execute("SELECT * FROM alembic_version").fetchall()
            courses = db.execute("SELECT * FROM course").fetchall()
        return made, version, courses

    made, version, courses = read(theirs)
    ours, *rest = read(course.root / "gradebook.db")

    def plain(rows: list) -> set:
        own = ("course_attempt", "course_shared")
        kept = [row for row in rows if row[2] not in own]
        return {(*row[:3], "".join((row[3] or "").split())) for row in kept}

    assert plain(ours) == plain(made)
    assert rest == [version, courses]


def test_the_version_of_the_tables_is_the_one_that_alembic_tells(monkeypatch):
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=":")
    assert newest_version() == get_alembic_version()


FIRST_TABLE = """
CREATE TABLE course_attempt (
    id INTEGER NOT NULL PRIMARY KEY, student VARCHAR NOT NULL, section VARCHAR NOT NULL,
    submission VARCHAR NOT NULL, tests VARCHAR NOT NULL, environment VARCHAR NOT NULL,
    graded_at VARCHAR NOT NULL, verdicts TEXT NOT NULL
);
INSERT INTO course_attempt SELECT id, student, section, submission, tests, environment,
    graded_at, verdicts FROM newer;
DROP TABLE newer;
"""


def test_the_attempts_of_version_0_1_are_taken_over(course, write):
    write(attempt())
    with closing(sqlite3.connect(course.root / "gradebook.db")) as db:
        db.executescript("ALTER TABLE course_attempt RENAME TO newer;" + FIRST_TABLE)
    assert known_attempts(course.db_url, SECTION)["anna"].hashes == HASHES
    write(attempt("bob"))
    with open_record(course) as record:
        old, new = record.last_attempts(SECTION)
    assert (old.student, old.hashes, old.circumstances) == ("anna", HASHES, {})
    assert old.rows == attempt().rows
    assert new.student == "bob"


def test_a_gradebook_without_our_table_gets_it(course):
    path = course.root / "gradebook.db"
    with open_gradebook(course):
        pass
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE course_attempt")
    assert known_attempts(course.db_url, SECTION) == {}
    with open_record(course) as record:
        assert record.last_attempts(SECTION) == []


def test_what_is_no_gradebook_is_told(course):
    (course.root / "gradebook.db").write_bytes(b"not a database, by any means" * 100)
    told = r"gradebook\.db cannot be read: file is not a database"
    with pytest.raises(CourseError, match=told):
        known_attempts(course.db_url, SECTION)
    with pytest.raises(CourseError, match=told), open_record(course):
        pass


SETTINGS = {
    "nbgrader's own": "",
    "other folders": 'c.CourseDirectory.source_directory = "lessons"\n'
    'c.CourseDirectory.autograded_directory = "graded"',
    "another order": "c.CourseDirectory.directory_structure = "
    '"{nbgrader_step}/{assignment_id}/{student_id}"',
    "another gradebook": 'c.CourseDirectory.db_url = "sqlite:////tmp/elsewhere.db"',
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_the_folders_are_nbgraders(tmp_path, settings):
    (tmp_path / "nbgrader_config.py").write_text(f"c = get_config()\n{settings}\n")
    for name in ("source", "lessons"):
        (tmp_path / name).mkdir()
    course = open_course(tmp_path)
    theirs = CourseDirectory(config=course.config)
    assert course.db_url == theirs.db_url
    for step in ("source", "release", "submitted", "autograded", "feedback"):
        folder = theirs.format_path(getattr(theirs, f"{step}_directory"), "anna", SECTION)
        assert str(course.path(step, SECTION, "anna")) == os.path.normpath(folder)


def test_the_gradebook_of_an_older_nbgrader_goes_on(course, write):
    write(attempt())
    with closing(sqlite3.connect(course.root / "gradebook.db")) as db:
        db.execute("ALTER TABLE student DROP COLUMN lms_user_id")
        db.execute("UPDATE alembic_version SET version_num = '167914646830'")
        db.commit()
    write(attempt("bob"))
    with open_record(course) as record:
        assert [one.student for one in record.last_attempts(SECTION)] == ["anna", "bob"]


def test_a_column_that_an_older_nbgrader_lacks_is_told_with_the_way_to_get_it(course):
    lacks = sqlite3.OperationalError("no such column: student.lms_user_id")
    with (
        pytest.raises(CourseError, match=r"older nbgrader: .*lms_user_id") as refused,
        told_clearly(course.db_url),
    ):
        raise OperationalError("SELECT", {}, lacks)
    assert "nbgrader db upgrade" in refused.value.remedy
