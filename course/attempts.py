"""The append-only table of attempts: what was graded, when, by which tests, with what result."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from nbgrader import api

_METADATA = sa.MetaData()
ATTEMPTS = sa.Table(
    "course_attempt",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("student", sa.String, nullable=False, index=True),
    sa.Column("section", sa.String, nullable=False, index=True),
    sa.Column("submission", sa.String, nullable=False),
    sa.Column("tests", sa.String, nullable=False),
    sa.Column("environment", sa.String, nullable=False),
    sa.Column("graded_at", sa.String, nullable=False),
    sa.Column("verdicts", sa.Text, nullable=False),
)
# The table tells what was graded, when, and with which tests: a dispute is settled by it.
_APPEND_ONLY = """
CREATE TRIGGER IF NOT EXISTS course_attempt_no_{what} BEFORE {what} ON course_attempt
BEGIN SELECT RAISE(ABORT, 'course_attempt is append-only'); END
"""


@dataclass(frozen=True)
class Row:
    """One exercise of one attempt, as it is recorded and shown.

    Attributes
    ----------
    exercise : str
        The exercise's name.
    grade_id : str
        The id of its grade cell in the gradebook.
    title, verdict, message : str
    points, max_points, seconds : float
    answer : str
        Hash of the answer's text.
    """

    student: str
    section: str
    notebook: str
    exercise: str
    grade_id: str
    title: str
    points: float
    max_points: float
    verdict: str
    message: str
    seconds: float
    answer: str


@dataclass(frozen=True)
class Attempt:
    """One grading of one submission: three hashes, a row an exercise, when it was handed in."""

    student: str
    section: str
    submission: str
    tests: str
    environment: str
    rows: tuple[Row, ...]
    handed_in: datetime | None = None

    def same_as(self, submission: str, tests: str, environment: str) -> bool:
        """Tell whether a grading with these hashes would repeat this one."""
        mine = (self.submission, self.tests, self.environment)
        return mine == (submission, tests, environment)


def make_table(book: api.Gradebook) -> None:
    """Make the table in the gradebook's database, where it is not there yet."""
    _METADATA.create_all(book.engine)
    if book.engine.dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            book.db.execute(sa.text(_APPEND_ONLY.format(what=what)))
        book.db.commit()


def newest(book: api.Gradebook, section: str, student: str | None = None) -> list[Attempt]:
    """Return the newest attempt of each student, or of one, in the order of their ids."""
    last = sa.select(sa.func.max(ATTEMPTS.c.id)).where(ATTEMPTS.c.section == section)
    if student is not None:
        last = last.where(ATTEMPTS.c.student == student)
    last = last.group_by(ATTEMPTS.c.student)
    query = sa.select(ATTEMPTS).where(ATTEMPTS.c.id.in_(last)).order_by(ATTEMPTS.c.student)
    return [_attempt(row) for row in book.db.execute(query).mappings()]


def append(book: api.Gradebook, attempt: Attempt) -> None:
    """Add an attempt to the running transaction."""
    values = {
        "student": attempt.student,
        "section": attempt.section,
        "submission": attempt.submission,
        "tests": attempt.tests,
        "environment": attempt.environment,
        "graded_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "verdicts": json.dumps([asdict(row) for row in attempt.rows]),
    }
    book.db.execute(ATTEMPTS.insert().values(values))


def _attempt(found: sa.RowMapping) -> Attempt:
    rows = tuple(Row(**row) for row in json.loads(found["verdicts"]))
    hashes = (found["submission"], found["tests"], found["environment"])
    return Attempt(found["student"], found["section"], *hashes, rows)
