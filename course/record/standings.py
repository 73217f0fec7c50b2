"""Standings out of nbgrader's tables: of a whole section in three queries."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

import sqlalchemy as sa
from nbgrader import api

from course.record.lateness import seconds_late
from course.record.standing import Standing
from course.record.times import Unreadable, lenient
from course.record.whose import SCORE, SECTION, STUDENTS, cells_of, given, handed_in_by

_ASSIGNMENT, _NOTEBOOK = api.Assignment.__table__, api.Notebook.__table__
_SUBMISSION, _OWN = api.SubmittedAssignment.__table__, api.SubmittedNotebook.__table__
_CELL, _GRADE, _COMMENT = (x.__table__ for x in (api.BaseCell, api.Grade, api.Comment))


def read_standings(
    db: Any, section: str, students: Iterable[str] | None = None
) -> dict[str, Standing]:
    """Return by student what a section's submissions count, of all or of some, in three queries."""
    found: defaultdict[str, Standing] = defaultdict(Standing)
    asked = given(section, students)
    grades, comments, submitted = _queries(students is not None)
    for student, notebook, cell, points, awaited in db.execute(grades, asked):
        found[student].grades[notebook, cell] = points, awaited
    for student, notebook, cell, text in db.execute(comments, asked):
        if text:  # SQLite keeps in any column whatever it is given
            found[student].comments[notebook, cell] = text if isinstance(text, str) else str(text)
    for student, notebook, penalty, handed_in, extension, due in db.execute(submitted, asked):
        mine = found[student]
        times = {"handed in": handed_in, "extended by": extension, "due": due}
        if wrong := {what: t.text for what, t in times.items() if isinstance(t, Unreadable)}:
            mine.spoilt = f"the gradebook holds times that are none: {wrong}"
            continue
        mine.handed_in, mine.late = handed_in, seconds_late(handed_in, due, extension)
        if type(penalty) in (int, float) and math.isfinite(penalty) and penalty > 0:
            mine.penalties[notebook] = penalty
    return dict(found)


@cache  # to put them together takes longer than to ask for one student
def _queries(some: bool) -> tuple[sa.Select, sa.Select, sa.Select]:
    """Return the queries for grades, comments and submissions, of some students or of all.

    Of tables, not of nbgrader's classes: to ask for objects takes twice as long.
    """
    comments = _of(some, _COMMENT, _COMMENT.c.manual_comment)
    return (
        _of(some, _GRADE, SCORE, _GRADE.c.needs_manual_grade),
        comments.where(_COMMENT.c.manual_comment.is_not(None)),
        _submitted(some),
    )


def _submitted(some: bool) -> sa.Select:
    """Return the query for each notebook that was handed in: when, and what that costs."""
    query = (
        sa.select(
            _SUBMISSION.c.student_id,
            _NOTEBOOK.c.name,
            _OWN.c.late_submission_penalty,
            *map(lenient, (_SUBMISSION.c.timestamp, _SUBMISSION.c.extension)),
            lenient(_ASSIGNMENT.c.duedate),
        )
        .select_from(_handed_in(_OWN))
        .where(_ASSIGNMENT.c.name == SECTION)
    )
    return query.where(_OWN.c.id.in_(handed_in_by(SECTION, STUDENTS))) if some else query


def _of(some: bool, what: sa.Table, *columns: sa.ColumnElement) -> sa.Select:
    """Return the query for what nbgrader keeps of each cell that was handed in."""
    query = (
        sa.select(_SUBMISSION.c.student_id, _NOTEBOOK.c.name, _CELL.c.name, *columns)
        .select_from(
            _handed_in(
                what.join(_CELL, what.c.cell_id == _CELL.c.id).join(
                    _OWN, what.c.notebook_id == _OWN.c.id
                )
            )
        )
        .where(_ASSIGNMENT.c.name == SECTION)
    )
    if not some:
        return query
    own = handed_in_by(SECTION, STUDENTS)
    return query.where(what.c.cell_id.in_(cells_of(SECTION)), what.c.notebook_id.in_(own))


def _handed_in(rows: sa.FromClause) -> sa.FromClause:
    """Join to rows with a notebook that was handed in our notebook, who handed it in, and when."""
    return (
        rows.join(_NOTEBOOK, _OWN.c.notebook_id == _NOTEBOOK.c.id)
        .join(_SUBMISSION, _OWN.c.assignment_id == _SUBMISSION.c.id)
        .join(_ASSIGNMENT, _SUBMISSION.c.assignment_id == _ASSIGNMENT.c.id)
    )
