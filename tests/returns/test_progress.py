"""A page says how far its student has come, from what was handed in first to what was last."""

from __future__ import annotations

import re

import pytest

from course.record.store import open_record
from course.returns.feedback import feedback
from course.returns.progress import MOST, progress
from tests.classes import SECTION, attempt, execute, record, small_course


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path)


def come_so_far(course, student: str = "ann"):
    with open_record(course) as book:
        return progress(book.tries(student, SECTION), "sums")


def test_each_thing_that_was_handed_in_has_its_verdicts(course):
    record(course, "ann", submission="first", add="failed", shape="unanswered", twice="timeout")
    record(course, "bob", submission="other")
    record(course, "ann", submission="second", shape="partial")
    found = come_so_far(course)
    assert [line.title for line in found.lines] == [
        f"Exercise 1.{n} · {name}" for n, name in enumerate(("add", "shape", "twice", "why"), 1)
    ]
    assert [line.verdicts for line in found.lines] == [
        ["failed", "passed"],
        ["unanswered", "partial"],
        ["timeout", "passed"],
        ["manual", "manual"],
    ]
    assert found.points == [0.0, 3.0] and found.max_points == 4 and found.earlier == 0


def test_what_is_graded_again_is_no_new_try_and_its_last_verdict_counts(course):
    record(course, "ann", submission="first", add="error")
    record(course, "ann", submission="first", add="failed")
    assert come_so_far(course) is None  # one thing was handed in: there is nothing to compare
    record(course, "ann", submission="second")
    record(course, "ann", submission="first", add="failed")
    assert come_so_far(course).lines[0].verdicts == ["failed", "passed", "failed"]


def test_an_exercise_that_came_later_has_no_verdict_before(course):
    one = attempt("ann", submission="first")
    with open_record(course) as book:
        book.register(course.sections[0])
        book.write(type(one)(one.student, one.section, one.hashes, one.rows[1:]))
        book.write(attempt("ann", submission="second"))
    assert come_so_far(course).lines[0].verdicts == ["", "passed"]


def test_of_many_the_last_are_shown(course):
    for number in range(MOST + 3):
        record(course, "ann", submission=str(number), add="failed" if number < MOST else "passed")
    found = come_so_far(course)
    assert len(found.points) == MOST and found.earlier == 3
    assert found.lines[0].verdicts == ["failed"] * (MOST - 3) + ["passed"] * 3


def test_a_page_shows_it_in_signs_and_words(course):
    record(course, "ann", {"add": "secret"}, submission="first", add="failed")
    execute(course, "ann", {})
    (path,) = feedback(course, course.sections)
    assert "So far" not in path.read_text(encoding="utf-8")
    record(course, "ann", submission="second")
    (path,) = feedback(course, course.sections)
    table = re.search(r'<table class="tries">.*?</table>', path.read_text("utf-8"), re.S)[0]
    row = next(part for part in table.split("<tr>") if "1.1 · add" in part)
    assert row.index("✗") < row.index("Not right yet") < row.index("✓") < row.index("Right</span>")
    # What an earlier attempt was told is not told again.
    assert "secret" not in path.read_text("utf-8")
    told = re.sub("<[^>]+>", "", table)
    assert "2 of 4" in told and "4 of 4" in told


def test_a_spoilt_attempt_is_left_out_of_it(course):
    for number in range(3):
        record(course, "ann", submission=str(number))
    with open_record(course) as book:
        db = book.book.db.connection()
        db.exec_driver_sql("DROP TRIGGER course_attempt_no_UPDATE")
        db.exec_driver_sql("UPDATE course_attempt SET verdicts = '{' WHERE submission = '1'")
        book.book.db.commit()
    assert len(come_so_far(course).points) == 2
