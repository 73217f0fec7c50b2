"""The append-only table of attempts: one is added for each grading, and the newest counts."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa

from course.record.attempts import Attempt, Hashes, Known, read
from course.record.database import patient, told_clearly
from course.record.spoilt import Spoilt, Trouble, raise_it

NEWEST_COLUMN = "circumstances"
_METADATA = sa.MetaData()
ATTEMPTS = sa.Table(
    "course_attempt",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("student", sa.String, nullable=False),
    sa.Column("section", sa.String, nullable=False),
    sa.Column("submission", sa.String, nullable=False),
    sa.Column("tests", sa.String, nullable=False),
    sa.Column("environment", sa.String, nullable=False),
    sa.Column("graded_at", sa.String, nullable=False),
    sa.Column("verdicts", sa.Text, nullable=False),
    sa.Column(NEWEST_COLUMN, sa.Text, nullable=False, server_default="{}"),
)
# Whoever asks names a section, and mostly a student: by one alone all of a class would be read.
_BY_STUDENT = sa.Index("ix_course_attempt_of", ATTEMPTS.c.section, ATTEMPTS.c.student)
# What a person's marks were when they were last the same for all of a group; see `sharing`.
SHARED = sa.Table(
    "course_shared",
    _METADATA,
    sa.Column("section", sa.String, primary_key=True),
    sa.Column("student", sa.String, primary_key=True),
    sa.Column("submission", sa.String, nullable=False),
    sa.Column("marks", sa.Text, nullable=False),
)
# The table tells what was graded, when, and with which tests: a dispute is settled by it.
_APPEND_ONLY = """
CREATE TRIGGER IF NOT EXISTS course_attempt_no_{what} BEFORE {what} ON course_attempt
BEGIN SELECT RAISE(ABORT, 'course_attempt is append-only'); END
"""


def has_table(db: sa.Connection) -> bool:
    """Tell whether all of ours is there as this version makes it."""
    found = sa.inspect(db)
    whole = found.has_table(ATTEMPTS.name) and found.has_table(SHARED.name)
    return whole and NEWEST_COLUMN in _columns(db) and _is_indexed(db)


def make_table(db: sa.Connection) -> None:
    """Make the table, where it is not there yet, in the running transaction."""
    _METADATA.create_all(db)
    if NEWEST_COLUMN not in _columns(db):  # made by version 0.1
        db.execute(
            sa.text(
                "ALTER TABLE course_attempt ADD COLUMN circumstances TEXT DEFAULT '{}' NOT NULL"
            )
        )
    _BY_STUDENT.create(db, checkfirst=True)  # where the table was made without it
    if db.dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            db.execute(sa.text(_APPEND_ONLY.format(what=what)))


def _is_indexed(db: sa.Connection) -> bool:
    found = sa.inspect(db).get_indexes(ATTEMPTS.name)
    return any(index["name"] == _BY_STUDENT.name for index in found)


def _columns(db: sa.Connection) -> set[str]:
    return {column["name"] for column in sa.inspect(db).get_columns(ATTEMPTS.name)}


def known_attempts(db_url: str, section: str) -> dict[str, Known]:
    """Return by student what the record knows, read without nbgrader; empty where none is.

    Raises
    ------
    CourseError
        When the gradebook cannot be read, or had from another program in time.
    """
    url = sa.make_url(patient(db_url))
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return {}
    engine = sa.create_engine(url)
    try:
        with told_clearly(db_url), engine.connect() as db:
            if not sa.inspect(db).has_table(ATTEMPTS.name):
                return {}
            hashes = [ATTEMPTS.c[name] for name in Hashes._fields]
            failed = ATTEMPTS.c.verdicts.contains('"verdict": "error"')
            confined = ATTEMPTS.c.circumstances.contains('"sandbox": true')
            if NEWEST_COLUMN not in _columns(db):  # version 0.1 had no sandbox
                confined = sa.false()
            query = sa.select(ATTEMPTS.c.student, failed, confined, *hashes).where(_last(section))
            return {
                student: Known(Hashes(*found), bool(failed), bool(confined))
                for student, failed, confined, *found in db.execute(query)
            }
    finally:
        engine.dispose()


def newest(
    db: sa.Connection,
    section: str,
    students: list[str] | None = None,
    trouble: Trouble = raise_it,
) -> Iterator[Attempt]:
    """Yield the newest attempt of each student, or of some, in the order of their ids."""
    query = sa.select(ATTEMPTS).where(_last(section)).order_by(ATTEMPTS.c.student)
    if students is not None:
        query = query.where(ATTEMPTS.c.student.in_(students))
    for row in db.execute(query).mappings().all():
        try:
            attempt = read(row)
        except Spoilt as spoilt:
            trouble(spoilt)
        else:
            yield attempt


_NEWEST_OF_ONE = (
    sa.select(ATTEMPTS)
    .where(ATTEMPTS.c.section == sa.bindparam("in_"), ATTEMPTS.c.student == sa.bindparam("of"))
    .order_by(ATTEMPTS.c.id.desc())
    .limit(1)
)


def newest_of(db: sa.Connection, section: str, student: str) -> Attempt | None:
    """Return the newest attempt of one student; None where there is none that can be used."""
    found = db.execute(_NEWEST_OF_ONE, {"in_": section, "of": student}).mappings().first()
    with suppress(Spoilt):
        return read(found) if found else None
    return None


def _last(section: str) -> sa.ColumnElement[bool]:
    mine = sa.select(sa.func.max(ATTEMPTS.c.id)).where(ATTEMPTS.c.section == section)
    return ATTEMPTS.c.id.in_(mine.group_by(ATTEMPTS.c.student))


def grouped(
    db: sa.Connection, section: str, submissions: Collection[str] | None = None
) -> dict[str, list[Attempt]]:
    """Return the newest attempts that count for a group, by what was handed in for it.

    Of all groups, or of those for which one of `submissions` was handed in.
    """
    query = sa.select(ATTEMPTS).where(_last(section), ATTEMPTS.c.circumstances.contains('"group"'))
    if submissions is not None:
        query = query.where(ATTEMPTS.c.submission.in_(submissions))
    found: dict[str, list[Attempt]] = {}
    for row in db.execute(query.order_by(ATTEMPTS.c.student)).mappings():
        with suppress(Spoilt):  # whoever reads the attempt itself tells of it
            attempt = read(row)
            if attempt.team is not None:
                found.setdefault(attempt.hashes.submission, []).append(attempt)
    return found


def append(db: sa.Connection, attempt: Attempt) -> None:
    """Add an attempt to the running transaction."""
    values = {
        "student": attempt.student,
        "section": attempt.section,
        **attempt.hashes._asdict(),
        "graded_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "verdicts": json.dumps([asdict(row) for row in attempt.rows]),
        "circumstances": json.dumps(attempt.circumstances),
    }
    db.execute(ATTEMPTS.insert().values(values))


def tries(db: sa.Connection, section: str, student: str) -> Iterator[tuple[str, Attempt]]:
    """Yield somebody's attempts in order, and when each was graded; what is spoilt is left out."""
    query = sa.select(ATTEMPTS).where(ATTEMPTS.c.section == section, ATTEMPTS.c.student == student)
    for row in db.execute(query.order_by(ATTEMPTS.c.id)).mappings().all():
        with suppress(Spoilt):
            yield str(row["graded_at"]), read(row)


def history(db: sa.Connection, section: str) -> Iterator[tuple[str, date]]:
    """Yield the student and the day (UTC) of every attempt in a section."""
    query = sa.select(ATTEMPTS.c.student, ATTEMPTS.c.graded_at).where(ATTEMPTS.c.section == section)
    for student, when in db.execute(query):
        with suppress(ValueError):  # what another program has written
            yield str(student), date.fromisoformat(str(when)[:10])


def every_attempt(
    db: sa.Connection, section: str, trouble: Trouble = raise_it
) -> Iterator[tuple[str, Attempt]]:
    """Yield every attempt in a section, in order, and when it was graded (UTC, ISO 8601)."""
    query = sa.select(ATTEMPTS).where(ATTEMPTS.c.section == section).order_by(ATTEMPTS.c.id)
    for row in db.execute(query).mappings():
        try:
            yield str(row["graded_at"]), read(row)
        except Spoilt as spoilt:
            trouble(spoilt)
