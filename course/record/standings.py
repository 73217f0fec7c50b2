"""Standings out of nbgrader's tables: of a whole section in two queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from nbgrader import api

from course.record.standing import Standing


def read_standings(
    db: Any, section: str, students: Iterable[str] | None = None
) -> dict[str, Standing]:
    """Return by student what a section's submissions count, of all or of some, in two queries."""
    found: defaultdict[str, Standing] = defaultdict(Standing)
    grades = _of(section, students, api.Grade, api.Grade.score, api.Grade.needs_manual_grade)
    for student, notebook, cell, points, awaited in db.execute(grades):
        found[student].grades[notebook, cell] = points, awaited
    comments = _of(section, students, api.Comment, api.Comment.manual_comment)
    by_hand = comments.where(api.Comment.manual_comment.is_not(None))
    for student, notebook, cell, text in db.execute(by_hand):
        if text:  # SQLite keeps in any column whatever it is given
            found[student].comments[notebook, cell] = text if isinstance(text, str) else str(text)
    return dict(found)


def _of(section: str, students: Iterable[str] | None, what: Any, *columns: Any) -> sa.Select:
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
        .where(api.Assignment.name == section)
    )
    return (
        query
        if students is None
        else query.where(api.SubmittedAssignment.student_id.in_(list(students)))
    )
