"""Nbgrader's gradebook: make it, open it, and wait for others who hold it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from nbgrader import api
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy.exc import OperationalError

from course.attempts import make_table
from course.errors import FOUND, CourseError
from course.folder import Course

PATIENCE = 90  # seconds that SQLite waits for another program


@contextmanager
def open_gradebook(course: Course) -> Iterator[api.Gradebook]:
    """Open the course's gradebook, with our table in it; it is made when there is none.

    Raises
    ------
    CourseError
        When it cannot be opened, written, or had from another program in time.
    """
    url = patient(course.db_url)
    try:
        _make(url)
        with api.Gradebook(url, course.directory.course_id) as book:
            make_table(book.db.connection())
            book.db.commit()
            yield book
    except OperationalError as error:
        raise CourseError(
            f"The gradebook {course.db_url} cannot be used: {error.orig}.",
            "Check that you may write it, that the disk has room and that no other program holds "
            "it, then run again; nothing graded so far is lost.",
            code=FOUND,
        ) from None


def patient(db_url: str) -> str:
    """Return the address by which SQLite waits for another program, before it gives up."""
    url = sa.make_url(db_url)
    if url.get_backend_name() != "sqlite":
        return db_url
    return url.update_query_dict({"timeout": str(PATIENCE)}).render_as_string(False)


def _make(url: str) -> None:
    """Make an empty gradebook as nbgrader does, in one transaction.

    Nbgrader asks a program ``alembic`` for the version, which must stand on PATH and takes a
    second; and where it is stopped before the answer, it leaves a gradebook without a version.
    """
    engine = sa.create_engine(url)
    try:
        with engine.begin() as db:
            if sa.inspect(db).get_table_names():
                return
            version = sa.Table(
                "alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32))
            )
            version.create(db)
            db.execute(version.insert().values(version_num=newest_version()))
            api.Base.metadata.create_all(db)
    finally:
        engine.dispose()


def newest_version() -> str:
    """Return the version of nbgrader's tables, as ``alembic heads`` tells it."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", ALEMBIC_DIR.replace("%", "%%"))
    head = ScriptDirectory.from_config(config).get_current_head()
    assert head is not None
    return head
