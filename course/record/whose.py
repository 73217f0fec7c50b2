"""Which rows of nbgrader's tables are some students', by the indexes that those tables have.

Nbgrader finds a grade by its cell and the notebook that was handed in, and such a notebook by ours
and the submission. Asked for by one of the two alone, SQLite reads the whole table: everybody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from nbgrader import api

_ASSIGNMENT, _NOTEBOOK = api.Assignment.__table__, api.Notebook.__table__
_CELL, _OWN = api.BaseCell.__table__, api.SubmittedNotebook.__table__
_SUBMISSION = api.SubmittedAssignment.__table__

# A person's points where there are some, else the automatic ones, and what was given beside them.
SCORE = api.Grade.__mapper__.attrs["score"].columns[0]
# In place of a section and of students, for a query that is put together once: see `given`.
SECTION, STUDENTS = sa.bindparam("section"), sa.bindparam("students", expanding=True)
Some = Iterable[str] | sa.BindParameter


def given(section: str, students: Iterable[str] | None) -> dict[str, Any]:
    """Return what such a query is executed with; None stands for everybody."""
    some = {} if students is None else {"students": list(students)}
    return {"section": section, **some}


def cells_of(section: str | sa.BindParameter) -> sa.Select:
    """Return the query for the ids of a section's cells."""
    return sa.select(_CELL.c.id).where(_CELL.c.notebook_id.in_(_notebooks_of(section)))


def handed_in_by(section: str | sa.BindParameter, students: Some) -> sa.Select:
    """Return the query for the ids of the notebooks that some students have handed in."""
    submissions = sa.select(_SUBMISSION.c.id).where(
        _SUBMISSION.c.assignment_id.in_(_named(section)),
        _SUBMISSION.c.student_id.in_(students if students is STUDENTS else list(students)),
    )
    return sa.select(_OWN.c.id).where(
        _OWN.c.notebook_id.in_(_notebooks_of(section)), _OWN.c.assignment_id.in_(submissions)
    )


def _notebooks_of(section: str | sa.BindParameter) -> sa.Select:
    return sa.select(_NOTEBOOK.c.id).where(_NOTEBOOK.c.assignment_id.in_(_named(section)))


def _named(section: str | sa.BindParameter) -> sa.Select:
    return sa.select(_ASSIGNMENT.c.id).where(_ASSIGNMENT.c.name == section)
