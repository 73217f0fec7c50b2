"""Late submissions lose points by nbgrader's own setting, here and in stock nbgrader alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.api import Gradebook
from traitlets.config import Config

from course.cli import main
from course.demo.samples import hand_in
from course.errors import CourseError
from course.folder import open_course
from course.grading.grade import grade
from course.notebook.reading import read_source
from course.record.lateness import PerDay
from course.returns.export import as_csv, marks
from course.returns.feedback import feedback
from course.returns.report import report
from tests.builders import CONFIG, make_course
from tests.stock import nbgrader
from tests.sums import RIGHT, SUMS

SECTION = "01-sums"
DUE = datetime(2026, 3, 1, 12, tzinfo=UTC)
POLICY = """
c.AssignLatePenalties.plugin_class = "course.record.lateness.PerDay"
c.PerDay.percent = 10
c.PerDay.grace_minutes = 15
c.PerDay.most_percent = 50
"""
LATENESS = {  # hours after it was due: the share of 4 points that is taken off
    "early": (-1, 0.0),
    "grace": (0.2, 0.0),
    "hour": (1, 0.1),
    "two-days": (47, 0.2),
    "week": (200, 0.5),
}


@pytest.fixture
def course(tmp_path):
    """Return a course with a due date, in which some have handed in."""
    syllabus = f'[[section]]\nname = "{SECTION}"\ntitle = "Sums"\ndue = {DUE.isoformat()}\n'
    made = make_course(tmp_path, {SECTION: {"sums": SUMS}}, syllabus=syllabus)
    config = made.root / "nbgrader_config.py"
    config.write_text(CONFIG + POLICY, encoding="utf-8")
    made = open_course(made.root)
    source = read_source(made.sections[0].notebooks[0], made.config)
    for student, (hours, _) in LATENESS.items():
        folder = made.submitted(student, SECTION)
        folder.mkdir(parents=True)
        (folder / "sums.ipynb").write_bytes(hand_in(source, RIGHT))
        when = DUE + timedelta(hours=hours)
        (folder / "timestamp.txt").write_text(f"{when:%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8")
    return made


def penalties(course) -> dict[str, float]:
    with Gradebook(course.db_url, course.directory.course_id) as book:
        found = book.assignment_submissions(SECTION)
        return {one.student.id: one.late_submission_penalty for one in found}


WANTED = {student: pytest.approx(4 * share) for student, (_, share) in LATENESS.items()}


def test_each_day_costs_and_is_shown_everywhere(course):
    graded = {g.attempt.student: g for g in grade(course, course.sections, sandbox=False)}
    assert penalties(course) == WANTED
    assert graded["two-days"].total.points == pytest.approx(3.2)
    assert all(row.points == row.max_points for row in graded["week"].attempt.rows[:3])
    found = {mark.student: mark for mark in marks(course, course.sections)}
    assert (found["week"].points, found["week"].penalty) == (2.0, 2.0)
    assert as_csv([found["week"]]).splitlines()[1].endswith(",,,,2")
    pages = {page.parents[1].name: page for page in feedback(course, course.sections)}
    text = pages["two-days"].read_text(encoding="utf-8")
    assert "Handed in 1 day 23 hours late: 0.8 points are taken off." in text
    assert "<strong>3.2</strong>" in text
    assert "taken off" not in pages["grace"].read_text(encoding="utf-8")
    assert "<td class=n>3.2" in report(course, course.sections)


def test_a_due_date_or_an_extension_that_moves_counts_at_once(course):
    grade(course, course.sections, sandbox=False)
    with Gradebook(course.db_url, course.directory.course_id) as book:
        book.update_or_create_submission(SECTION, "week").extension = timedelta(hours=190)
        book.db.commit()
    found = {mark.student: mark.penalty for mark in marks(course, course.sections)}
    assert found["week"] == pytest.approx(0.4) and found["two-days"] == pytest.approx(0.8)
    with Gradebook(course.db_url, course.directory.course_id) as book:
        book.find_assignment(SECTION).duedate = (DUE + timedelta(days=30)).replace(tzinfo=None)
        book.db.commit()
    assert not any(mark.penalty for mark in marks(course, course.sections))


def test_stock_nbgrader_takes_off_the_same(course):
    grade(course, course.sections, sandbox=False)
    (course.root / "gradebook.db").unlink()
    nbgrader(course.root, f"generate_assignment {SECTION} --create --force")
    with Gradebook(course.db_url, course.directory.course_id) as book:
        book.find_assignment(SECTION).duedate = DUE.replace(tzinfo=None)
        book.db.commit()
    nbgrader(course.root, f"autograde {SECTION} --create --force")
    assert penalties(course) == WANTED


def test_without_a_policy_nobody_loses_anything(course):
    (course.root / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    grade(open_course(course.root), course.sections, sandbox=False)
    assert not any(penalties(course).values())


@pytest.mark.parametrize(
    ("seconds", "wanted"),
    [(1, 1.0), (86_400, 1.0), (86_401, 2.0), (30 * 86_400, 10.0)],
)
def test_a_day_that_was_begun_counts(seconds, wanted):
    assert PerDay(config=Config()).late_submission_penalty("ann", 10.0, seconds) == wanted


@pytest.mark.parametrize("due", ["2026-03-01", "2026-03-01T12:00:00", '"soon"'])
def test_a_due_date_that_is_no_moment_is_refused(tmp_path, due, capsys):
    syllabus = f'[[section]]\nname = "{SECTION}"\ndue = {due}\n'
    made = make_course(tmp_path, {SECTION: {"sums": SUMS}}, syllabus=syllabus)
    with pytest.raises(CourseError, match="no moment"):
        _ = made.sections
    assert main(["list", "--course", str(made.root)]) == 2
