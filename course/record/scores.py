"""Scores and comments of one attempt into nbgrader's tables, in few statements.

Nbgrader's own objects would be loaded again, one by one, after each commit: for a batch of
submissions that takes longer than to examine them. What is written equals what nbgrader's
``add_submission`` and ``autograde`` write.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from nbgrader import api

from course.record.attempts import Attempt, Row

_STUDENT, _ASSIGNMENT = api.Student.__table__, api.Assignment.__table__
_NOTEBOOK, _CELL = api.Notebook.__table__, api.BaseCell.__table__
_SUBMISSION, _OWN = api.SubmittedAssignment.__table__, api.SubmittedNotebook.__table__
_GRADE, _COMMENT = api.Grade.__table__, api.Comment.__table__

# Made once: to put a statement together takes longer than to run it.
_FIND_STUDENT = sa.select(_STUDENT.c.id).where(_STUDENT.c.id == sa.bindparam("student"))
_FIND_SUBMISSION = sa.select(_SUBMISSION.c.id).where(
    _SUBMISSION.c.assignment_id == sa.bindparam("assignment"),
    _SUBMISSION.c.student_id == sa.bindparam("student"),
)
_SET_TIME = (
    _SUBMISSION.update()
    .where(_SUBMISSION.c.id == sa.bindparam("which"))
    .values(timestamp=sa.bindparam("time"))
)
_FIND_OWN = sa.select(_OWN.c.notebook_id, _OWN.c.id).where(
    _OWN.c.assignment_id == sa.bindparam("submission"),
    _OWN.c.notebook_id.in_(sa.bindparam("notebooks", expanding=True)),
)
# By the cells as well: the tables have an index of both together, and none of notebooks.
_NOTEBOOKS = sa.bindparam("notebooks", expanding=True)
_CELLS = sa.bindparam("cells", expanding=True)
_FIND_GRADES = sa.select(
    _GRADE.c.cell_id, _GRADE.c.id, _GRADE.c.manual_score, _GRADE.c.needs_manual_grade
).where(_GRADE.c.notebook_id.in_(_NOTEBOOKS), _GRADE.c.cell_id.in_(_CELLS))
_FIND_COMMENTS = sa.select(_COMMENT.c.cell_id, _COMMENT.c.id).where(
    _COMMENT.c.notebook_id.in_(_NOTEBOOKS), _COMMENT.c.cell_id.in_(_CELLS)
)
_SET_GRADE = (
    _GRADE.update()
    .where(_GRADE.c.id == sa.bindparam("which"))
    .values(auto_score=sa.bindparam("score"), needs_manual_grade=sa.bindparam("awaited"))
)
_SET_COMMENT = (
    _COMMENT.update()
    .where(_COMMENT.c.id == sa.bindparam("which"))
    .values(auto_comment=sa.bindparam("text"))
)


@dataclass(frozen=True)
class CellList:
    """What the gradebook knows of a section's cells, by id.

    Attributes
    ----------
    assignment : str
    notebooks : dict
        From a notebook's name to its id.
    graded, commented : dict
        From a cell's id to its notebook's id and its name.
    """

    assignment: str
    notebooks: dict[str, str]
    graded: dict[str, tuple[str, str]]
    commented: dict[str, tuple[str, str]]


def read_list(db: Any, section: str) -> CellList:
    """Read the list of a registered section."""
    assignment = db.scalar(sa.select(_ASSIGNMENT.c.id).where(_ASSIGNMENT.c.name == section))
    found = sa.select(_NOTEBOOK.c.name, _NOTEBOOK.c.id)
    notebooks = dict(db.execute(found.where(_NOTEBOOK.c.assignment_id == assignment)).all())
    found = sa.select(_CELL.c.id, _CELL.c.notebook_id, _CELL.c.name, _CELL.c.type)
    cells = db.execute(found.where(_CELL.c.notebook_id.in_(notebooks.values()))).all()

    def of(*kinds: str) -> dict[str, tuple[str, str]]:
        return {id_: (notebook, name) for id_, notebook, name, kind in cells if kind in kinds}

    return CellList(
        assignment, notebooks, of("GradeCell", "TaskCell"), of("SolutionCell", "TaskCell")
    )


def enter(db: sa.Connection, cells: CellList, attempt: Attempt, before: Attempt | None) -> None:
    """Enter an attempt into the running transaction; what is not there yet is made.

    A person's score stays, and is flagged where the answer under it is another than in the
    attempt `before`.
    """
    submission = _submission(db, cells, attempt)
    mine = {"submission": submission, "notebooks": list(cells.notebooks.values())}
    own = dict(db.execute(_FIND_OWN, mine).all())
    missing = [
        {"id": api.new_uuid(), "assignment_id": submission, "notebook_id": notebook}
        for notebook in cells.notebooks.values()
        if notebook not in own
    ]
    if missing:
        db.execute(_OWN.insert(), missing)
        own |= {made["notebook_id"]: made["id"] for made in missing}
    rows = {(cells.notebooks[row.notebook], row.grade_id): row for row in attempt.rows}
    answers = {row.grade_id: row.answer for row in before.rows} if before else {}
    _enter_grades(db, cells, own, rows, answers)
    rows |= {(cells.notebooks[row.notebook], row.exercise): row for row in attempt.rows}
    _enter_comments(db, cells, own, rows)


def _submission(db: sa.Connection, cells: CellList, attempt: Attempt) -> str:
    """Return the submission's id in the gradebook."""
    if db.scalar(_FIND_STUDENT, {"student": attempt.student}) is None:
        db.execute(_STUDENT.insert(), {"id": attempt.student})
    mine = {"assignment": cells.assignment, "student": attempt.student}
    known = db.scalar(_FIND_SUBMISSION, mine)
    if known is not None:
        db.execute(_SET_TIME, {"which": known, "time": attempt.handed_in})
        return known
    made = {
        "id": api.new_uuid(),
        "assignment_id": cells.assignment,
        "student_id": attempt.student,
        "timestamp": attempt.handed_in,
    }
    db.execute(_SUBMISSION.insert(), made)
    return made["id"]


def _enter_grades(
    db: sa.Connection,
    cells: CellList,
    own: dict[str, str],
    rows: dict[tuple[str, str], Row],
    old_answers: dict[str, str],
) -> None:
    mine = {"notebooks": list(own.values()), "cells": list(cells.graded)}
    found = db.execute(_FIND_GRADES, mine)
    known = {cell: rest for cell, *rest in found}
    new, changes = [], []
    for cell, place in cells.graded.items():
        row = rows.get(place)
        by_hand = row is None or row.verdict in ("manual", "error")
        score = None if by_hand else row.points
        if cell not in known:
            made = {"id": api.new_uuid(), "cell_id": cell, "notebook_id": own[place[0]]}
            new.append(made | {"auto_score": score, "needs_manual_grade": by_hand})
        elif row is not None:
            grade, by_person, awaited = known[cell]
            if by_person is None:
                awaited = by_hand
            elif old_answers.get(row.grade_id) != row.answer:
                awaited = True
            changes.append({"which": grade, "score": score, "awaited": awaited})
    if new:
        db.execute(_GRADE.insert(), new)
    if changes:
        db.execute(_SET_GRADE, changes)


def _enter_comments(
    db: sa.Connection,
    cells: CellList,
    own: dict[str, str],
    rows: dict[tuple[str, str], Row],
) -> None:
    mine = {"notebooks": list(own.values()), "cells": list(cells.commented)}
    known = dict(db.execute(_FIND_COMMENTS, mine).all())
    new, changes = [], []
    for cell, place in cells.commented.items():
        text = _comment(rows[place]) if place in rows else None
        if cell not in known:
            made = {"id": api.new_uuid(), "cell_id": cell, "notebook_id": own[place[0]]}
            new.append(made | {"auto_comment": text})
        elif place in rows:
            changes.append({"which": known[cell], "text": text})
    if new:
        db.execute(_COMMENT.insert(), new)
    if changes:
        db.execute(_SET_COMMENT, changes)


def _comment(row: Row) -> str | None:
    if row.verdict == "unanswered":
        return "No response."
    return None if row.verdict in ("manual", "passed") else row.told
