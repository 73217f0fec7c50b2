"""Names, addresses and numbers of students in nbgrader's gradebook, where formgrader shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from nbgrader import api

from course.record.named import Named

_STUDENT = api.Student.__table__
LONGEST = 128  # characters that nbgrader's columns take
COLUMNS = {"first": "first_name", "last": "last_name", "email": "email", "lms_id": "lms_user_id"}


def enter_students(db: Any, students: Iterable[Named], *, replace: bool) -> None:
    """Enter students into the running transaction; who is not there yet is added.

    Parameters
    ----------
    db : sqlalchemy connection or session
    students : iterable of Named
    replace : bool
        Whether what is known replaces what stands there, perhaps by a person's hand; else only
        what is missing is filled in.
    """
    fields = [_STUDENT.c[name] for name in COLUMNS.values()]
    known = {id_: rest for id_, *rest in db.execute(sa.select(_STUDENT.c.id, *fields))}
    for one in students:
        told = {COLUMNS[name]: getattr(one, name)[:LONGEST] for name in COLUMNS}
        before = dict(zip(COLUMNS.values(), known.get(one.id, [None] * len(COLUMNS)), strict=True))
        # Half of a name that a person gave is not completed by a guess of ours.
        if not replace and (before["first_name"] or before["last_name"]):
            told["first_name"] = told["last_name"] = ""
        news = {
            k: v for k, v in told.items() if v and v != before[k] and (replace or not before[k])
        }
        if told["last_name"] and not told["first_name"] and before["first_name"] is None:
            news["first_name"] = ""  # formgrader would write "None"
        if one.id not in known:
            db.execute(_STUDENT.insert(), {"id": one.id} | news)
        elif news:
            db.execute(_STUDENT.update().where(_STUDENT.c.id == one.id).values(**news))


def read_students(db: Any) -> dict[str, Named]:
    """Return what the gradebook knows of each student, by id."""
    fields = [_STUDENT.c[name] for name in ("id", *COLUMNS.values())]
    rows = db.execute(sa.select(*fields)).all()
    return {str(row[0]): Named(*(str(x) if x is not None else "" for x in row)) for row in rows}
