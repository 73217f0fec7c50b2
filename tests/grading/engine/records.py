"""What is handed in, and what the record must say of it at the end."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing

from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin

from course.folder import Course
from course.grading.engine.tasks import Examined

SECTION = "01-sums"
ADD, SHAPE, TWICE = "def add(a, b):\n    return a + b", "shape = (2, 3)", "twice = lambda x: x + x"
HANDED_IN = {
    "anna": {"add": ADD, "shape": SHAPE, "why": "So."},
    "bob": {"add": "def add(a, b):\n    return a - b", "shape": SHAPE},
    "carl": b"not json",
}
VERDICTS = {
    "anna": ["passed", "passed", "manual"],
    "bob": ["failed", "passed", "unanswered"],
    "carl": ["malformed"] * 3,
}
SCORES = {"anna": 3.0, "bob": 1.0, "carl": 0.0}
MARK = 1.5  # of a person, for an answer in free text
MARKED = SCORES | {"anna": SCORES["anna"] + MARK}

RIGHT, BLANK = VERDICTS["anna"], ["unanswered"] * 3
FEW = 6  # tasks of one flow


def verdicts(one: Examined) -> list[str]:
    """Return the verdicts of one examined submission."""
    return [row.verdict for row in one.rows]


def check_all(results: Iterable[Examined], expected: list[str] = RIGHT, count: int = FEW) -> None:
    """Demand that each of the tasks has its verdicts, once."""
    found = list(results)
    assert Counter(one.student for one in found) == Counter(f"s{n}" for n in range(count))
    assert all(verdicts(one) == expected for one in found)


def rows_of(course: Course, query: str) -> list[tuple]:
    """Ask the gradebook as another program would; where no table was made, there is nothing."""
    path = course.root / "gradebook.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as db:
        if not db.execute("SELECT * FROM sqlite_master").fetchall():
            return []
        return db.execute(query).fetchall()


def recorded(course: Course) -> dict[str, list[str]]:
    """Return the recorded verdicts by student; each student must have been graded once."""
    found = rows_of(course, "SELECT student, verdicts FROM course_attempt ORDER BY id")
    assert len({student for student, _ in found}) == len(found), f"graded twice: {found}"
    return {s: [row["verdict"] for row in json.loads(told)] for s, told in found}


SUM_OF_SCORES = """
SELECT sub.student_id, sum(coalesce(g.manual_score, g.auto_score, 0))
FROM grade g JOIN submitted_notebook n ON g.notebook_id = n.id
JOIN submitted_assignment sub ON n.assignment_id = sub.id GROUP BY sub.student_id
"""


def scores(course: Course) -> dict[str, float]:
    """Return each student's sum of points from nbgrader's own tables."""
    return dict(rows_of(course, SUM_OF_SCORES))


def exported(course: Course) -> dict[str, float]:
    """Return what nbgrader's own export makes of the gradebook."""
    out = course.root / "grades.csv"
    with Gradebook(course.db_url) as book:
        plugin = CsvExportPlugin()
        plugin.to = str(out)
        plugin.export(book)
    rows = [line.split(",") for line in out.read_text().splitlines()]
    score, student = rows[0].index("raw_score"), rows[0].index("student_id")
    return {row[student]: float(row[score]) for row in rows[1:]}


def check(course: Course, expected: dict[str, float] = SCORES) -> None:
    """Demand that all is graded once, nothing is lost, and nothing lies about."""
    assert recorded(course) == VERDICTS
    assert scores(course) == expected
    assert exported(course) == expected
    assert len(rows_of(course, "SELECT * FROM alembic_version")) == 1
    assert not list(course.root.rglob("*.part"))
    (source,) = course.section(SECTION).notebooks
    for student in HANDED_IN:
        (written,) = course.autograded(student, SECTION).iterdir()
        assert written.name == source.name
