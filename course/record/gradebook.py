"""Nbgrader's gradebook: make it, and open it with our table in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from nbgrader import api
from nbgrader.dbutil import ALEMBIC_DIR

from course import faults
from course.folder import Course
from course.record.database import begin_writing, patient, told_clearly
from course.record.table import has_table, make_table

_COURSE = api.Course.__table__


@contextmanager
def open_gradebook(course: Course) -> Iterator[api.Gradebook]:
    """Open the course's gradebook, with our table in it; it is made when there is none.

    Raises
    ------
    CourseError
        When it cannot be opened, written, or had from another program in time.
    """
    url = patient(course.db_url)
    logging.getLogger("tornado.application").addFilter(_is_news)
    with told_clearly(course.db_url):
        _make(url, course.directory.course_id)
        with api.Gradebook(url, course.directory.course_id) as book:
            _read_any_text(book)
            yield book


def _read_any_text(book: api.Gradebook) -> None:
    """Have SQLite return text that is no UTF-8 with escapes: one such name stops no query."""
    connection = book.db.connection()
    if connection.dialect.name == "sqlite":
        raw = connection.connection.driver_connection
        raw.text_factory = lambda data: data.decode("utf-8", "backslashreplace")


def _is_news(record: logging.LogRecord) -> bool:
    """Tell what is logged from what nbgrader also raises, as whatever the database refuses."""
    return not record.getMessage().startswith("Rolling back session due to database error")


def _make(url: str, course_id: str) -> None:
    """Make what is missing, nbgrader's tables as nbgrader makes them, in one transaction.

    Nbgrader asks a program ``alembic`` for the version, which must stand on PATH and takes a
    second; and where it is stopped before the answer, it leaves a gradebook without a version.
    It also looks for the course's row before it adds it: of two at once, one would be refused.
    """
    engine = sa.create_engine(url)
    try:
        with engine.connect() as db:
            # What is seen without a lock, which may be another's.
            if has_table(db) and _has_course(db, course_id):
                return
            begin_writing(db)
            if not sa.inspect(db).get_table_names():
                version = sa.Table(
                    "alembic_version",
                    sa.MetaData(),
                    sa.Column("version_num", sa.String(32), nullable=False),
                )
                version.create(db)
                faults.point("gradebook-begun")
                db.execute(version.insert().values(version_num=newest_version()))
                api.Base.metadata.create_all(db)
            if not _has_course(db, course_id):
                db.execute(_COURSE.insert().values(id=course_id))
            make_table(db)
            faults.point("gradebook-made")
            db.commit()
    finally:
        engine.dispose()


def _has_course(db: sa.Connection, course_id: str) -> bool:
    found = sa.select(_COURSE.c.id).where(_COURSE.c.id == course_id)
    return not course_id or db.execute(found).first() is not None


def newest_version() -> str:
    """Return the version of nbgrader's tables, as ``alembic heads`` tells it."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", ALEMBIC_DIR.replace("%", "%%"))
    head = ScriptDirectory.from_config(config).get_current_head()
    if head is None:
        raise RuntimeError(f"nbgrader's migrations in {ALEMBIC_DIR} have no newest one")
    return head
