"""Marks by hand: written as formgrader writes them, and nobody writes over what was not seen."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course.errors import CourseError
from course.folder import open_course
from course.record.by_hand import LONGEST_COMMENT, ByHand, Overtaken, Place
from course.record.store import open_record
from course.returns.export import marks
from course.returns.feedback import feedback
from tests.classes import SECTION, execute, record, small_course

WHY = Place(SECTION, "sums", "why")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Path:
    """Return a course in which three were graded, one of whom left the answer as it was."""
    made = small_course(tmp_path_factory.mktemp("graded"))
    record(made, "ann")
    record(made, "bob")
    record(made, "cyd", why="unanswered")
    return made.root


@pytest.fixture
def course(graded, tmp_path):
    """Return a copy of it."""
    return open_course(shutil.copytree(graded, tmp_path / "course"))


def seen(course, student: str = "ann") -> ByHand:
    with open_record(course) as book:
        return next(one for one in book.by_hand(WHY) if one.student == student)


def mark(course, now: ByHand, **change) -> ByHand:
    with open_record(course) as book:
        return book.mark(WHY, now.id, now.version, **change)


def as_formgrader(course, score: float | None, student: str = "ann") -> None:
    """Give points as formgrader's handler does."""
    with Gradebook(course.db_url) as book:
        grade = book.find_grade("why", "sums", SECTION, student)
        grade.manual_score = score
        grade.needs_manual_grade = score is None and grade.auto_score is None
        book.db.commit()


def in_nbgrader(course, student: str = "ann") -> tuple:
    with Gradebook(course.db_url) as book:
        grade = book.find_grade("why", "sums", SECTION, student)
        comment = book.find_comment("why", "sums", SECTION, student)
        held = grade.manual_score, grade.score, grade.needs_manual_grade, comment.comment
        return (*held, book.find_submission(SECTION, student).score)


def test_nbgrader_has_what_was_given(course):
    assert in_nbgrader(course) == (None, 0.0, True, None, 4.0)
    mark(course, seen(course), points=1.5, comment="  Say why.\n")
    assert in_nbgrader(course) == (1.5, 1.5, False, "Say why.", 5.5)


def test_it_is_what_formgrader_writes(course):
    mark(course, seen(course), points=1.5)
    as_formgrader(course, 1.5, "bob")
    assert in_nbgrader(course) == in_nbgrader(course, "bob")


def test_feedback_and_marks_have_it(course):
    execute(course, "ann", {"why": "So."})
    mark(course, seen(course), points=1.5, comment="Say why.")
    (page,) = feedback(course, course.sections, students=["ann"])
    assert "1.5 of 2" in page.read_text(encoding="utf-8")
    assert "Say why." in page.read_text(encoding="utf-8")
    found = {one.student: one.points for one in marks(course, course.sections)}
    assert found["ann"] == 5.5


def test_a_part_that_is_not_named_stays(course):
    now = mark(course, seen(course), points=2.0, comment="Good.")
    now = mark(course, now, points=1.0)
    assert (now.points, now.comment) == (1.0, "Good.")
    assert mark(course, now, comment="").comment == ""
    assert in_nbgrader(course)[:4] == (1.0, 1.0, False, None)


def test_what_is_taken_away_waits_again_unless_it_was_left_empty(course):
    for student, waits in (("ann", True), ("cyd", False)):
        now = mark(course, seen(course, student), points=1.0)
        assert not now.awaited
        now = mark(course, now, points=None)
        assert (now.points, now.awaited) == (None, waits)


def test_who_did_not_see_what_formgrader_wrote_is_told(course):
    before = seen(course)
    as_formgrader(course, 2.0)
    with pytest.raises(Overtaken, match="why was changed meanwhile") as refused:
        mark(course, before, points=0.0)
    assert refused.value.now.points == 2.0
    assert seen(course).points == 2.0
    assert mark(course, refused.value.now, points=0.0).points == 0.0


def test_who_read_an_answer_that_is_another_by_now_is_told(course):
    before = seen(course)
    record(course, "ann", answer="another")
    with pytest.raises(Overtaken):
        mark(course, before, points=2.0)
    assert seen(course).points is None


def test_a_mark_survives_another_grading_and_is_flagged_where_the_answer_changed(course):
    mark(course, seen(course), points=1.5, comment="Say why.")
    record(course, "ann")
    assert (seen(course).points, seen(course).awaited) == (1.5, False)
    record(course, "ann", answer="another")
    now = seen(course)
    assert (now.points, now.comment, now.awaited) == (1.5, "Say why.", True)
    assert not mark(course, now, points=1.5).awaited  # looked at, and it stands


def test_a_comment_alone_does_not_settle_what_is_flagged(course):
    mark(course, seen(course), points=1.5)
    record(course, "ann", answer="another")
    assert mark(course, seen(course), comment="New?").awaited


def test_what_was_flagged_can_be_flagged_again(course):
    now = mark(course, seen(course), points=1.5)
    assert mark(course, now, points=1.5, awaited=True).awaited


def test_of_several_who_write_at_once_one_wins_and_the_others_are_told(course):
    before = seen(course)

    def give(points: float) -> float | None:
        try:
            return mark(course, before, points=points).points
        except Overtaken:
            return None

    with ThreadPoolExecutor(4) as pool:
        given = [one for one in pool.map(give, [0.5, 1.0, 1.5, 2.0]) if one is not None]
    assert given == [seen(course).points]


def test_several_who_mark_different_answers_lose_nothing(course):
    many = [f"s{number:02}" for number in range(8)]
    for student in many:
        record(course, student)
    before = {student: seen(course, student) for student in many}

    def give(student: str) -> None:
        now = mark(course, before[student], points=1.0)
        mark(course, now, comment=student)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(give, many))
    found = {student: seen(course, student) for student in many}
    assert {(one.points, one.comment == name) for name, one in found.items()} == {(1.0, True)}


@pytest.mark.parametrize("points", [2.5, -1, float("nan"), float("inf"), "2", True, [1]])
def test_points_that_there_are_not_are_refused(course, points):
    with pytest.raises(CourseError, match=r"no number of points for .*why\. Give 0 to 2"):
        mark(course, seen(course), points=points)
    assert seen(course).points is None


@pytest.mark.parametrize(
    ("comment", "words"), [("x" * (LONGEST_COMMENT + 1), "4,001 characters"), (7, "is no text")]
)
def test_a_comment_that_feedback_would_not_show_is_refused(course, comment, words):
    with pytest.raises(CourseError, match=f"{words}. Give a text of at most 4,000"):
        mark(course, seen(course), comment=comment)


def test_a_mark_that_is_not_there_is_told(course):
    with open_record(course) as book, pytest.raises(CourseError, match="no answer 'x' to why"):
        book.mark(WHY, "x", "y", points=1.0)


def test_a_comment_finds_its_place_where_there_was_none(course):
    with closing(sqlite3.connect(course.root / "gradebook.db")) as db:
        db.execute("DELETE FROM comment")
        db.commit()
    mark(course, seen(course), comment="Here.")
    assert in_nbgrader(course)[3] == "Here."


@pytest.mark.parametrize("value", ["much", b"\xff", "1e999"])
def test_what_is_no_number_in_the_gradebook_stops_nobody(course, value):
    with closing(sqlite3.connect(course.root / "gradebook.db")) as db:
        db.execute("UPDATE grade SET manual_score = ?", [value])
        db.commit()
    now = seen(course)
    assert now.points is None
    assert mark(course, now, points=1.0).points == 1.0


def test_what_lateness_costs_follows_the_points(course):
    course.config.AssignLatePenalties.plugin_class = "course.record.lateness.PerDay"
    with Gradebook(course.db_url) as book:
        book.find_assignment(SECTION).duedate = datetime(2026, 3, 1)
        book.find_submission(SECTION, "ann").timestamp = datetime(2026, 3, 1) + timedelta(hours=5)
        book.db.commit()
    mark(course, seen(course), points=2.0)
    with open_record(course) as book:
        assert book.standing("ann", SECTION).penalties == {"sums": pytest.approx(0.6)}


DIE = """\
import os, signal, sys
from course.folder import open_course
from course.folder import open_course
from course.record.by_hand import Place
from course.record.store import open_record
with open_record(open_course(sys.argv[1])) as book:
    place = Place("01-sums", "sums", "why")
    now = next(one for one in book.by_hand(place) if one.student == "ann")
    book.mark(place, now.id, now.version, points=2.0)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(("fault", "points"), [("", 2.0), ("before-commit", None)])
def test_a_mark_is_there_whole_or_not_at_all_when_the_process_dies(course, tmp_path, fault, points):
    environment = os.environ | {"COURSE_FAULT": f"{fault}:{tmp_path / 'met'}"}
    line = [sys.executable, "-c", DIE, str(course.root)]
    done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert seen(course).points == points
