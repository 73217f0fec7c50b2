"""The model solution stands on a page where the course says so, and never a moment earlier."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.api import Gradebook

from course.cli import main
from course.errors import CourseError
from course.folder import open_course
from course.record.store import open_record
from course.returns.feedback import feedback
from tests.classes import SECTION, attempt, execute, record, small_course

DATE = datetime(2026, 12, 20, 11, tzinfo=UTC)
AFTER = "solutions_after = 2026-12-20T12:00:00+01:00\n"
ON_FULL_MARKS = "solutions_on_full_marks = true\n"
DUE = "due = {}\n"
SECOND = timedelta(seconds=1)
ADD, WHY = "return a + b", "Because."  # of the model solutions


@pytest.fixture
def make(tmp_path):
    """Return a function that makes a course in which ann has one exercise right, one wrong."""

    def make(syllabus: str, **verdicts: str):
        course = small_course(tmp_path, syllabus)
        record(course, "ann", **({"add": "failed"} | verdicts))
        execute(course, "ann", {"add": "def add(a, b):\n    return 0", "shape": "shape = 2, 3"})
        return course

    return make


def page(course, now: datetime = DATE + timedelta(days=900)) -> str:
    (path,) = feedback(course, course.sections, now=now)
    return path.read_text(encoding="utf-8")


def solutions(text: str) -> list[str]:
    """Return the exercises that a page shows a model solution of."""
    parts = text.split('<section class="')[1:]
    return [part.split('id="')[1].split('"')[0] for part in parts if "model solution" in part]


ALL = ["add-test", "shape-test", "twice-test", "why"]


@pytest.mark.parametrize("syllabus", [None, "", "solutions_on_full_marks = false\n"])
def test_nothing_is_shown_where_the_course_says_nothing(make, syllabus):
    text = page(make(syllabus))
    assert solutions(text) == [] and WHY not in text


def test_it_is_shown_to_all_from_the_date_on_and_not_before(make):
    course = make(AFTER)
    assert solutions(page(course, DATE - SECOND)) == []
    text = page(course, DATE)
    assert solutions(text) == ALL
    shown = text.split("model solution")[1].split("</details>")[0]
    assert "BEGIN" not in text and "return" in shown and "hidden" not in shown.lower()
    assert WHY in text and "Write here." not in text.split("model solution")[4]
    assert solutions(page(course, DATE - SECOND)) == []  # a page is written anew


def test_it_waits_for_the_due_date_of_the_syllabus_and_of_the_gradebook(make):
    later = DATE + timedelta(days=2)
    course = make(AFTER + DUE.format(later.isoformat()))
    assert solutions(page(course, later - SECOND)) == [] != solutions(page(course, later))
    with Gradebook(course.db_url, course.directory.course_id) as book:
        book.find_assignment(SECTION).duedate = (later + timedelta(days=1)).replace(tzinfo=None)
        book.db.commit()
    assert solutions(page(course, later)) == []
    assert solutions(page(course, later + timedelta(days=1))) == ALL


def test_it_waits_for_the_last_extension_of_anybody(make):
    course = make(AFTER + DUE.format((DATE - timedelta(days=1)).isoformat()))
    record(course, "bob")
    execute(course, "bob", {})
    with Gradebook(course.db_url, course.directory.course_id) as book:
        book.find_submission(SECTION, "bob").extension = timedelta(days=3)
        book.find_submission(SECTION, "ann").extension = timedelta(days=-2)
        book.db.commit()
    until = DATE + timedelta(days=2)
    for now, wanted in ((DATE, []), (until - SECOND, []), (until, ALL)):
        pages = feedback(course, course.sections, now=now)
        assert [solutions(path.read_text(encoding="utf-8")) for path in pages] == [wanted] * 2


def test_full_marks_open_that_exercise_alone(make):
    course = make(ON_FULL_MARKS)
    assert solutions(page(course, DATE - timedelta(days=900))) == ["shape-test", "twice-test"]


def test_full_marks_by_a_person_open_it_when_nobody_is_awaited_any_more(make):
    course = make(ON_FULL_MARKS)
    for points, wanted in ((1.5, False), (2.0, True)):
        with Gradebook(course.db_url, course.directory.course_id) as book:
            grade = book.find_grade("why", "sums", SECTION, "ann")
            grade.manual_score, grade.needs_manual_grade = points, False
            book.db.commit()
        assert ("why" in solutions(page(course))) == wanted


def test_full_marks_that_the_students_own_process_told_open_nothing(make):
    """Who knows how can write such a verdict, and must not get the solution for it."""
    course = make(ON_FULL_MARKS)
    one = attempt("ann")
    rows = [replace(row, judged="inside: it reads source text") for row in one.rows]
    with open_record(course) as book:
        book.write(replace(one, rows=tuple(rows)))
    assert solutions(page(course)) == []


def test_both_open_it_whichever_comes_first(make):
    course = make(AFTER + ON_FULL_MARKS)
    assert solutions(page(course, DATE - SECOND)) == ["shape-test", "twice-test"]
    assert solutions(page(course, DATE)) == ALL


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("solutions_after = 2026-12-20", "no moment"),
        ("solutions_after = 2026-12-20T12:00:00", "no moment"),
        ('solutions_after = "soon"', "no moment"),
        ("solutions_after = true", "no moment"),
        ("solutions_on_full_marks = 1", "neither true nor false"),
        ('solutions_on_full_marks = "yes"', "neither true nor false"),
    ],
)
def test_a_value_that_cannot_be_is_refused(tmp_path, line, what, capsys):
    made = small_course_of(tmp_path, line)
    assert main(["feedback", "--course", str(made)]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert what in told and line.split(" = ")[0] in told and SECTION in told


def small_course_of(root, line: str):
    """Write a course whose syllabus cannot be read, and return its folder."""
    small_course(root, "")
    with open(root / "course" / "syllabus.toml", "a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(CourseError):
        _ = open_course(root).sections
    return root
