"""A gradebook that holds anything: nothing runs or leads outside, and no row stops the others."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace

import nbformat
import pytest
from typer.testing import CliRunner

from course.cli import app
from course.demo.samples import hand_in
from course.grading.grade import grade
from course.notebook.reading import read_source
from course.record.spoilt import Spoilt
from course.record.store import open_record
from course.returns.export import FORMULAS, as_csv, as_json, marks
from course.returns.feedback import feedback
from tests.builders import make_course
from tests.sums import RIGHT, SUMS

from .test_store import SECTION, attempt

ACTIVE = "</p><script>alert(1)</script><img src=x onerror=alert(1)>\x1b]0;x\x07\u202e\ud800\n=1+1"
GOOD = ("anna", "zoe")


@pytest.fixture
def course(tmp_path):
    """Return the course, with folders of the test's own as far above it as a name may lead."""
    folder = tmp_path / "above" / "course"
    folder.mkdir(parents=True)
    return make_course(folder, {SECTION: {"sums": SUMS}})


@pytest.fixture
def graded(course):
    """Return a function that records attempts, each with its executed notebook."""

    def record_all(*attempts):
        nb = read_source(course.sections[0].notebooks[0], course.config)
        with open_record(course) as record:
            record.register(course.sections[0])
            for one in attempts:
                record.write(one)
                folder = course.autograded(one.student, SECTION)
                folder.mkdir(parents=True, exist_ok=True)
                nbformat.write(nb, folder / "sums.ipynb")

    record_all(*(attempt(student) for student in GOOD))
    return record_all


@pytest.fixture
def spoil(course):
    """Return a function that puts a student's row into the table as no code of ours would."""

    def add(student="mid", verdicts="[]", circumstances="{}"):
        columns = "student, section, submission, tests, environment, graded_at, verdicts"
        values = (student, SECTION, "a", "b", "c", "now", verdicts, circumstances)
        with closing(sqlite3.connect(course.root / "gradebook.db")) as db:
            db.execute(
                f"INSERT INTO course_attempt ({columns}, circumstances) VALUES (?,?,?,?,?,?,?,?)",
                values,
            )
            db.commit()

    return add


def change(course, statement, *values):
    with closing(sqlite3.connect(course.root / "gradebook.db")) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(statement, values)
        db.commit()


def everything(course):
    return {str(p) for p in course.root.parents[1].rglob("*") if p.is_file()}


def check_others(course, about=1):
    """The others have marks and pages, what is spoilt is told, nothing is written elsewhere."""
    before, spoilt = everything(course), []
    pages = feedback(course, course.sections, trouble=spoilt.append)
    assert {page.parent.parent.name for page in pages} >= set(GOOD)
    assert len(spoilt) == about and all(str(one).isprintable() for one in spoilt)
    top = str(course.root / "feedback")
    new = everything(course) - before
    assert new <= {str(page) for page in pages} and all(path.startswith(top) for path in new)
    spoilt.clear()
    found = marks(course, course.sections, trouble=spoilt.append)
    assert {one.student for one in found} >= set(GOOD) and len(spoilt) == about
    json.loads(as_json(found), parse_constant=pytest.fail)
    return found


ROWS = json.dumps([asdict(row) for row in attempt("mid").rows])
ONE = asdict(attempt("mid").rows[0])
SPOILT = {
    "up": {"student": "../../../evil", "verdicts": ROWS},
    "up-one": {"student": "..", "verdicts": ROWS},
    "here": {"student": ".", "verdicts": ROWS},
    "nobody": {"student": "", "verdicts": ROWS},
    "absolute": {"student": "/tmp/evil", "verdicts": ROWS},
    "nul": {"student": "a\0b", "verdicts": ROWS},
    "long": {"student": "x" * 300, "verdicts": ROWS},
    "backwards": {"student": "..\\evil", "verdicts": ROWS},
    "terminal": {"student": "\x1b[2J\n../x", "verdicts": ROWS},
    "number": {"student": 5, "verdicts": ROWS},
    "bytes": {"student": b"\xff\xfe", "verdicts": ROWS},
    "no-json": {"verdicts": "{"},
    "no-list": {"verdicts": "5"},
    "null": {"verdicts": "null"},
    "deep": {"verdicts": "[" * 100_000},
    "no-rows": {"verdicts": '[{"student": "mid"}]'},
    "more-fields": {"verdicts": json.dumps([ONE | {"more": 1}])},
    "infinite": {"verdicts": json.dumps([ONE | {"max_points": float("inf")}])},
    "no-number": {"verdicts": json.dumps([ONE | {"points": "2"}])},
    "a-list": {"verdicts": json.dumps([ONE | {"message": ["x"]}])},
    "a-truth": {"verdicts": json.dumps([ONE | {"points": True}])},
    "odd-how": {"verdicts": ROWS, "circumstances": "[]"},
    "no-how": {"verdicts": ROWS, "circumstances": "{"},
    "not-in-nbgraders-tables": {"student": "unknown", "verdicts": ROWS},
}


@pytest.mark.parametrize("row", SPOILT.values(), ids=SPOILT)
def test_a_row_that_nobody_can_use_stops_nobody_else(course, graded, spoil, row):
    spoil(**row)
    check_others(course)


def test_a_name_that_is_no_utf_8_stops_nobody_else(course, graded, spoil):
    spoil("mid", ROWS)
    change(course, "INSERT INTO student (id, lms_user_id) VALUES (CAST(x'62ff' AS TEXT), '')")
    change(
        course,
        "INSERT INTO course_attempt SELECT 99, CAST(x'62ff' AS TEXT), section, submission, tests,"
        " environment, graded_at, verdicts, circumstances FROM course_attempt LIMIT 1",
    )
    check_others(course, 2)


@pytest.mark.parametrize("change_row", ["grade_id", "verdict"])
def test_an_exercise_or_a_verdict_that_is_not_there_any_more(course, graded, spoil, change_row):
    graded(attempt("mid"))
    spoil("mid", json.dumps([ONE | {change_row: "gone"}]))
    spoilt = []
    pages = feedback(course, course.sections, trouble=spoilt.append)
    assert [page.parent.parent.name for page in pages] == list(GOOD) and len(spoilt) == 1
    assert "'mid'" in str(spoilt[0])


@pytest.mark.parametrize("score", [9e999, -9e999])
def test_a_score_that_is_not_finite(course, graded, score):
    graded(attempt("mid"))
    submission = "SELECT id FROM submitted_assignment WHERE student_id = 'mid'"
    notebook = f"SELECT id FROM submitted_notebook WHERE assignment_id IN ({submission})"
    change(course, f"UPDATE grade SET manual_score = ? WHERE notebook_id IN ({notebook})", score)
    check_others(course)


@pytest.mark.parametrize("column", ["timestamp", "extension"])
@pytest.mark.parametrize("value", ["next Tuesday", "", b"\xff", 5, "9999-99-99 25:61:61.000000"])
def test_a_time_that_is_none(course, graded, column, value):
    graded(attempt("mid"))
    change(course, "UPDATE assignment SET duedate = '2026-01-01 00:00:00.000000'")
    at = f"UPDATE submitted_assignment SET {column} = ? WHERE student_id = 'mid'"
    change(course, at, value)
    check_others(course)
    with open_record(course) as record:
        assert record.last_due(SECTION).year == 2026


def test_a_due_date_that_is_none_is_told_of_everybody(course, graded):
    change(course, "UPDATE assignment SET duedate = 'soon'")
    spoilt = []
    assert marks(course, course.sections, trouble=spoilt.append) == []
    assert len(spoilt) == len(GOOD) and all("'due': \"'soon'\"" in str(one) for one in spoilt)


@pytest.mark.parametrize("left", [None, b"", b"{", b'{"cells": 5}', b"\xff", "folder"])
def test_an_executed_notebook_that_is_gone_or_damaged(course, graded, left):
    graded(attempt("mid"))
    path = course.autograded("mid", SECTION) / "sums.ipynb"
    path.unlink()
    if left == "folder":
        path.mkdir()
    elif left is not None:
        path.write_bytes(left)
    spoilt = []
    pages = feedback(course, course.sections, trouble=spoilt.append)
    assert [page.parent.parent.name for page in pages] == list(GOOD) and len(spoilt) == 1


def test_by_default_the_first_one_is_raised(course, graded, spoil):
    spoil("../evil", ROWS)
    for verb in (feedback, marks):
        with pytest.raises(Spoilt, match="no folder's name"):
            verb(course, course.sections)


def test_words_that_are_active_are_text(course, graded, spoil):
    graded(attempt("mid"))
    rows = [
        asdict(replace(row, title=ACTIVE, message=ACTIVE, verdict="failed"))
        for row in attempt("mid").rows
    ]
    spoil("mid", json.dumps(rows))
    comments = [ACTIVE.replace("\ud800", ""), b"<script>", 5]
    for comment in comments:
        change(course, "UPDATE comment SET manual_comment = ?", comment)
        (page,) = feedback(course, course.sections, students=["mid"])
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text and "<img src=x" not in text and "\x1b" not in text
    check_others(course, 0)


NAMES = [
    *(f"{sign}cmd|' /C calc'!A0" for sign in FORMULAS),
    *("\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u200b=1+1", "\x1b[0m=1+1", "\u00a0@SUM(1)"),
    *("a,=1+1", "a;=1+1", "a\t=1+1", 'a"\n=1+1', '";=1+1;"', "a\r\n=1+1,2", "a|=1+1"),
]


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_is_a_formula_in_any_countrys_spreadsheet(name):
    (mark,) = marks_of(name)
    text = as_csv([mark])
    assert len(text.splitlines()) == 2
    for parted_by in ",;\t|":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=parted_by):
            begins = [cell.strip()[:1] for cell in row]
            assert not set(begins) & set(FORMULAS), (parted_by, row)
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["points"] == "1" and None not in row


def marks_of(name):
    from course.returns.export import Mark

    return [Mark(name, SECTION, 1.0, 2.0, 0, [])]


@pytest.mark.parametrize("name", ["anna", "Anna-Müller", "王-一", "o'neil", "a.b@c_d", "leeann-12"])
def test_an_honest_id_stands_as_it_is(name):
    assert as_csv(marks_of(name)).splitlines()[1] == f"{name},{SECTION},1,2,0,,,,0"


@pytest.mark.parametrize("command", ["feedback", "export"])
def test_commands_say_whom_they_left_out_and_end_with_1(course, graded, spoil, command):
    spoil("\x1b[2J../evil", ROWS)
    done = CliRunner().invoke(app, [command, "--course", str(course.root)])
    assert done.exit_code == 1
    assert "evil" in done.output and "\x1b[2J" not in done.output and "grade --force" in done.output
    assert ("anna" in done.output) if command == "export" else ("2 pages" in done.output)


def test_a_spoilt_row_can_be_graded_over(course, graded, spoil):
    spoil("anna", "{")
    with open_record(course) as record:
        record.write(attempt("anna"))
    check_others(course, 0)


def test_a_spoilt_row_of_what_is_graded_already_is_told_and_stops_no_grading(course):
    nb = read_source(course.sections[0].notebooks[0], course.config)
    for student in GOOD:
        folder = course.submitted(student, SECTION)
        folder.mkdir(parents=True)
        (folder / "sums.ipynb").write_bytes(hand_in(nb, RIGHT))
    grade(course, course.sections, sandbox=False)
    change(
        course,
        "INSERT INTO course_attempt SELECT id + 100, student, section, submission, tests,"
        " environment, graded_at, '{', circumstances FROM course_attempt WHERE student = 'anna'",
    )
    told = []
    done = grade(course, course.sections, sandbox=False, say=told.append)
    assert [one.attempt.student for one in done] == ["zoe"]
    assert len(told) == 1 and "'anna'" in told[0] and "--force" in told[0]
