"""The database behind the record: wait for others who hold it, and say what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError

from course.errors import FOUND, CourseError

# What SQLite and others say of a table or column that came with a later nbgrader.
OUTDATED = ("no such column", "no such table", "has no column named", "does not exist")
PATIENCE = 90  # seconds that SQLite waits for another program


def patient(db_url: str) -> str:
    """Return the address by which SQLite waits for another program, before it gives up."""
    url = sa.make_url(db_url)
    if url.get_backend_name() != "sqlite":
        return db_url
    return url.update_query_dict({"timeout": str(PATIENCE)}).render_as_string(False)


def begin_writing(db: sa.Connection) -> None:
    """Have SQLite lock the database now: what is read from here on stays true until the commit.

    Otherwise it is locked at the first change, when what was read may be old already.
    """
    if db.dialect.name == "sqlite":
        db.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def told_clearly(db_url: str) -> Iterator[None]:
    """Turn what the database complains of into a sentence and a remedy.

    Raises
    ------
    CourseError
        When it cannot be opened, written, or had from another program in time, is damaged, or
        made by an older nbgrader.
    """
    try:
        yield
    except (DatabaseError, ValueError) as raised:
        error = _complaint(raised)
        if error is None:
            raise
        if isinstance(error, OperationalError):
            raise _unusable(db_url, error) from None
        raise CourseError(
            f"The gradebook {db_url} cannot be read: {error.orig}.",
            "Put a copy of it back, or move it away and run again: everything is graded again, and "
            "what people marked by hand is only in the copy.",
            code=FOUND,
        ) from None


def _complaint(error: BaseException) -> DatabaseError | None:
    """Return what the database says of its file; nbgrader raises a ValueError in its place."""
    found = error if isinstance(error, DatabaseError) else error.__context__
    # A constraint of ours is another class: no fault of the file.
    return found if isinstance(found, OperationalError) or type(found) is DatabaseError else None


def _unusable(db_url: str, error: OperationalError) -> CourseError:
    if any(words in str(error.orig) for words in OUTDATED):
        return CourseError(
            f"The gradebook {db_url} was made by an older nbgrader: {error.orig}.",
            "Make a copy of it, then run `nbgrader db upgrade` in the course's folder.",
            code=FOUND,
        )
    return CourseError(
        f"The gradebook {db_url} cannot be used: {error.orig}.",
        "Check that you may write it, that the disk has room and that no other program holds "
        "it, then run again; nothing graded so far is lost.",
        code=FOUND,
    )
