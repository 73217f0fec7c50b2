"""Marks that a person gives: points and a comment, written as nbgrader's formgrader writes them.

Several people may mark at once, in formgrader too, and an answer may be graded anew meanwhile. So
whoever writes says what was seen: where the gradebook holds something else by now, nothing is
written and the writer is told.
"""

from __future__ import annotations

import hashlib
import json
import math
import reprlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from nbgrader import api

from course.errors import FOUND, CourseError
from course.record.attempts import Attempt, Row
from course.record.spoilt import Trouble
from course.record.table import newest

_GRADE, _COMMENT, _CELL = api.Grade.__table__, api.Comment.__table__, api.BaseCell.__table__
_OWN, _WHOLE = api.SubmittedNotebook.__table__, api.SubmittedAssignment.__table__
_NOTEBOOK, _ASSIGNMENT = api.Notebook.__table__, api.Assignment.__table__
_GRADED, _COMMENTED = ("GradeCell", "TaskCell"), ("SolutionCell", "TaskCell")
LONGEST_COMMENT = 4_000  # characters; a page of feedback shows no more


class Place(NamedTuple):
    """Where an exercise stands: its section, notebook and graded cell."""

    section: str
    notebook: str
    cell: str


@dataclass(frozen=True)
class ByHand:
    """What the gradebook holds of one answer that a person marks.

    Attributes
    ----------
    id : str
        The gradebook's own name of the mark: it tells nobody whose it is.
    student : str
    points, auto : float or None
        A person's, and the grader's.
    extra : float
        Extra credit, which only formgrader gives.
    awaited : bool
        Whether a person is to look at it.
    comment : str
    row : Row
        The exercise in the newest attempt.
    attempt : Attempt
        That attempt: it tells of a group, whose members have the same.
    version : str
        Another one whenever any of this, or the answer, is another.
    """

    id: str
    student: str
    points: float | None
    auto: float | None
    extra: float
    awaited: bool
    comment: str
    row: Row
    attempt: Attempt
    version: str


class Overtaken(CourseError):
    """The gradebook holds another mark, or the student another answer, than the writer saw.

    Attributes
    ----------
    now : ByHand
        What it holds.
    """

    def __init__(self, now: ByHand) -> None:
        super().__init__(
            f"The mark of {now.row.title} was changed meanwhile.",
            "Look at it again, then decide which one counts.",
            code=FOUND,
        )
        self.now = now


def read_by_hand(
    db: Any, place: Place, trouble: Trouble, only: Collection[str] | None = None
) -> list[ByHand]:
    """Return what the gradebook holds of each answer to an exercise, or of those marks alone.

    Answers that no attempt of ours knows are left out; `trouble` is told of what cannot be used.
    """
    grades = _select(_GRADE, _GRADED, place).add_columns(
        _GRADE.c.manual_score,
        _GRADE.c.auto_score,
        _GRADE.c.extra_credit,
        _GRADE.c.needs_manual_grade,
    )
    if only is not None:
        grades = grades.where(_GRADE.c.id.in_(only))
    lines = db.execute(grades).all()
    comments = _comments(db, place)
    rows = dict(_rows(db, place, trouble, None if only is None else [line[1] for line in lines]))
    return [
        _one(line, comments.get(line[2], ("", ""))[1], *rows[line[1]])
        for line in lines
        if line[1] in rows
    ]


def enter_by_hand(db: Any, place: Place, mark: str, seen: str, change: dict[str, Any]) -> ByHand:
    """Change a mark in the running transaction; return what stood there before.

    Parameters
    ----------
    db : sqlalchemy session
    place : Place
    mark : str
        The mark's id.
    seen : str
        The version that the change goes by.
    change : dict
        What is not named stays. "points": a number, or None to take them away; "comment": a text,
        empty to take it away; "awaited", with points: whether a person is to look at it again.

    Raises
    ------
    CourseError
        When there is no such mark, or the points or the comment are none that it may have.
    Overtaken
        When the gradebook holds another version.
    """
    found = read_by_hand(db, place, lambda error: None, [mark])
    if not found:
        raise CourseError(
            f"The gradebook has no answer {mark!r} to {place.cell} of {place.section}.",
            "Load the page again.",
            code=FOUND,
        )
    (now,) = found
    _check(now.row, change)
    if now.version != seen:
        raise Overtaken(now)
    if "points" in change:
        values = {"manual_score": change["points"]}
        # As formgrader has it: whatever has points waits for nobody.
        nobody = change["points"] is None and now.auto is None
        values["needs_manual_grade"] = nobody or bool(change.get("awaited"))
        db.execute(_GRADE.update().where(_GRADE.c.id == mark).values(values))
    if "comment" in change:
        _enter_comment(db, place, mark, change["comment"].strip() or None)
    return now


def _check(row: Row, change: dict[str, Any]) -> None:
    points, comment = change.get("points"), change.get("comment", "")
    if points is not None and not (
        type(points) in (int, float) and 0 <= points <= row.max_points  # no NaN is
    ):
        raise CourseError(
            f"{reprlib.repr(points)} is no number of points for {row.title}.",
            f"Give 0 to {row.max_points:g}.",
        )
    if not isinstance(comment, str) or len(comment) > LONGEST_COMMENT:
        size = f"has {len(comment):,} characters" if isinstance(comment, str) else "is no text"
        raise CourseError(
            f"The comment {size}.", f"Give a text of at most {LONGEST_COMMENT:,} characters."
        )


def _enter_comment(db: Any, place: Place, mark: str, text: str | None) -> None:
    own = db.scalar(sa.select(_GRADE.c.notebook_id).where(_GRADE.c.id == mark))
    known = _comments(db, place).get(own)
    if known:
        change = _COMMENT.update().where(_COMMENT.c.id == known[0])
        db.execute(change.values(manual_comment=text))
        return
    cell = db.scalar(_cells(_COMMENTED, place))
    if cell is None:
        raise CourseError(
            f"{place.cell} of {place.section} has no cell that nbgrader keeps comments of.",
            "Give points alone, or make the cell a solution in the source notebook.",
            code=FOUND,
        )
    made = {"id": api.new_uuid(), "cell_id": cell, "notebook_id": own, "manual_comment": text}
    db.execute(_COMMENT.insert().values(made))


def _one(line: Any, comment: str, row: Row, attempt: Attempt) -> ByHand:
    id_, student, _, points, auto, extra, awaited = line
    told = json.dumps([points, auto, extra, awaited, comment, row.answer], default=repr)
    version = hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest()[:16]
    number, by_us, more = map(_number, (points, auto, extra))
    return ByHand(
        id_, student, number, by_us, more or 0.0, bool(awaited), comment, row, attempt, version
    )


def _number(value: object) -> float | None:
    """Return a number of the gradebook's; SQLite keeps in any column whatever it is given."""
    return float(value) if type(value) in (int, float) and math.isfinite(value) else None


def _rows(
    db: Any, place: Place, trouble: Trouble, students: list[str] | None
) -> Iterator[tuple[str, tuple[Row, Attempt]]]:
    for attempt in newest(db.connection(), place.section, students, trouble):
        for row in attempt.rows:
            if (row.notebook, row.grade_id) == (place.notebook, place.cell):
                yield attempt.student, (row, attempt)


def _comments(db: Any, place: Place) -> dict[str, tuple[str, str]]:
    """Return by submitted notebook the id of the comment on an answer, and its text."""
    query = _select(_COMMENT, _COMMENTED, place).add_columns(_COMMENT.c.manual_comment)
    return {
        own: (id_, text if isinstance(text, str) else "" if text is None else str(text))
        for id_, _, own, text in db.execute(query)
    }


def _cells(kinds: Collection[str], place: Place) -> sa.Select:
    """Return the query for the cell that nbgrader keeps something of."""
    return (
        sa.select(_CELL.c.id)
        .join(_NOTEBOOK, _CELL.c.notebook_id == _NOTEBOOK.c.id)
        .join(_ASSIGNMENT, _NOTEBOOK.c.assignment_id == _ASSIGNMENT.c.id)
        .where(_ASSIGNMENT.c.name == place.section, _NOTEBOOK.c.name == place.notebook)
        .where(_CELL.c.name == place.cell, _CELL.c.type.in_(kinds))
    )


def _select(what: sa.Table, kinds: Collection[str], place: Place) -> sa.Select:
    """Return the query for what nbgrader keeps of a cell: its id, the student, the notebook."""
    return (
        sa.select(what.c.id, _WHOLE.c.student_id, what.c.notebook_id)
        .join(_OWN, what.c.notebook_id == _OWN.c.id)
        .join(_WHOLE, _OWN.c.assignment_id == _WHOLE.c.id)
        .where(what.c.cell_id.in_(_cells(kinds, place)))
    )
