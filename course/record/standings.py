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
from course.record.whose import SECTION, STUDENTS, cells_of, given, handed_in_by


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
    """Return the queries for grades, comments and submissions, of some students or of all."""
    comments = _of(some, api.Comment, api.Comment.manual_comment)
    return (
        _of(some, api.Grade, api.Grade.score, api.Grade.needs_manual_grade),
        comments.where(api.Comment.manual_comment.is_not(None)),
        _submitted(some),
    )


def _submitted(some: bool) -> sa.Select:
    """Return the query for each notebook that was handed in: when, and what that costs."""
    own, whole = api.SubmittedNotebook, api.SubmittedAssignment
    query = (
        sa.select(
            whole.student_id,
            api.Notebook.name,
            own.__table__.c.late_submission_penalty,
            *map(lenient, (whole.timestamp, whole.extension, api.Assignment.duedate)),
        )
        .select_from(own)
        .join(api.Notebook, own.notebook_id == api.Notebook.id)
        .join(whole, own.assignment_id == whole.id)
        .join(api.Assignment, whole.assignment_id == api.Assignment.id)
        .where(api.Assignment.name == SECTION)
    )
    return query.where(own.id.in_(handed_in_by(SECTION, STUDENTS))) if some else query


def _of(some: bool, what: Any, *columns: Any) -> sa.Select:
    """Return the query for what nbgrader keeps of each cell that was handed in."""
    query = (
        sa.select(
            api.SubmittedAssignment.student_id, api.Notebook.name, api.BaseCell.name, *columns
        )
        .select_from(what)
        .join(api.BaseCell, what.cell_id == api.BaseCell.id)
        .join(api.SubmittedNotebook, what.notebook_id == api.SubmittedNotebook.id)
        .join(api.Notebook, api.SubmittedNotebook.notebook_id == api.Notebook.id)
        .join(
            api.SubmittedAssignment,
            api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id,
        )
        .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
        .where(api.Assignment.name == SECTION)
    )
    if not some:
        return query
    own = handed_in_by(SECTION, STUDENTS)
    return query.where(what.cell_id.in_(cells_of(SECTION)), what.notebook_id.in_(own))
