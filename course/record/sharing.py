"""A person's marks on what a group handed in: given to one of it, they count for all.

Nbgrader knows no groups: each member has a submission of their own in its gradebook, and formgrader
marks one at a time. What each had when all had the same is kept beside it, so a mark that differs
is one that a person has given since.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from nbgrader import api

from course.errors import FOUND, CourseError
from course.record.attempts import Attempt, Team
from course.record.spoilt import Trouble
from course.record.table import SHARED, grouped
from course.record.whose import cells_of, handed_in_by

Value = tuple[Any, ...]  # score, extra credit, whether a person is awaited; or a comment
_GRADE, _COMMENT = api.Grade.__table__, api.Comment.__table__
COLUMNS = {
    "grade": (_GRADE, ("manual_score", "extra_credit", "needs_manual_grade")),
    "comment": (_COMMENT, ("manual_comment",)),
}


class _Place(NamedTuple):
    """What is marked: "grade" or "comment", the cell's id, and its name."""

    kind: str
    cell: str
    name: str

    @property
    def key(self) -> str:
        return f"{self.kind} {self.cell}"


class _Held(NamedTuple):
    """What one student's gradebook holds of a place."""

    row: str
    value: Value


Marks = dict[_Place, dict[str, _Held]]


def share(
    db: Any,
    section: str,
    tell: Trouble = lambda trouble: None,
    submissions: Collection[str] | None = None,
) -> None:
    """Give, in the running transaction, what one of each group has got since to the others.

    Parameters
    ----------
    db : sqlalchemy session
    section : str
    tell : callable
        Told, as a `CourseError`, where two of a group were marked differently: they stay so.
    submissions : collection of str, optional
        The hashes of what the groups have handed in that are looked at; all when left out.
    """
    for submission, attempts in grouped(db.connection(), section, submissions).items():
        students = [one.student for one in attempts]
        before = _kept(db, section, submission, students)
        if set(before) != set(students):
            begin_sharing(db, attempts)
            continue
        kept: dict[str, Value] = {}
        for place, held in _marks(db, section, students).items():
            old = {
                student: before[student].get(place.key, own.value) for student, own in held.items()
            }
            news = {own.value for student, own in held.items() if own.value != old[student]}
            if len(news) > 1:
                tell(_contradiction(attempts[0].team, section, place, held, ""))
                kept[place.key] = next(iter(old.values()))
            elif held:
                kept[place.key] = news.pop() if news else next(iter(old.values()))
                _set(db, place, held, kept[place.key])
        if any(before[student] != kept for student in students):
            _keep(db, section, submission, students, kept)


def begin_sharing(
    db: Any, attempts: Sequence[Attempt], tell: Trouble = lambda trouble: None
) -> None:
    """Give all of a group the same marks, now that the same was recorded for all.

    A mark that was given to this very answer goes before one to an earlier answer, which waits for
    a person, and that of who handed in before the others'.

    Parameters
    ----------
    db : sqlalchemy session
    attempts : sequence of Attempt
        One for each member; nothing is done where they count for no group.
    tell : callable
        Told, as a `CourseError`, where they had different marks for this very answer.
    """
    team, section = attempts[0].team, attempts[0].section
    if team is None:
        return
    students = sorted((one.student for one in attempts), key=lambda name: (name != team.by, name))
    kept: dict[str, Value] = {}
    for place, held in _marks(db, section, students).items():
        if held:
            ordered = [held[student].value for student in students if student in held]
            kept[place.key] = min(ordered, key=_rank)  # the first of those that are alike
            if len({value for value in ordered if _rank(value) == 0}) > 1:
                whose = next(s for s in students if s in held and held[s].value == kept[place.key])
                tell(_contradiction(team, section, place, held, f"What {whose} was given"))
            _set(db, place, held, kept[place.key])
    _keep(db, section, attempts[0].hashes.submission, students, kept)


def _rank(value: Value) -> int:
    """Return how far behind others a mark stands when a group begins to share."""
    if len(value) == 1:
        return 0 if value[0] else 1
    score, extra, awaited = value
    given = score is not None or extra is not None
    return 2 if not given else 1 if awaited else 0


def _marks(db: Any, section: str, students: Iterable[str]) -> Marks:
    """Return what the gradebook holds, by place and student; what is no mark is left out."""
    found: Marks = {}
    for kind, (table, names) in COLUMNS.items():
        columns = [table.c[name] for name in names]
        query = (
            sa.select(
                api.SubmittedAssignment.student_id,
                api.BaseCell.id,
                api.BaseCell.name,
                table.c.id,
                *columns,
            )
            .select_from(table)
            .join(api.BaseCell, table.c.cell_id == api.BaseCell.id)
            .join(api.SubmittedNotebook, table.c.notebook_id == api.SubmittedNotebook.id)
            .join(
                api.SubmittedAssignment,
                api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id,
            )
            .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
            .where(api.Assignment.name == section)
            .where(table.c.cell_id.in_(cells_of(section)))
            .where(table.c.notebook_id.in_(handed_in_by(section, students)))
            .order_by(api.SubmittedAssignment.student_id)
        )
        for student, cell, name, row, *value in db.execute(query):
            held = found.setdefault(_Place(kind, cell, name), {})
            if all(_is_mark(kind, one) for one in value):
                held[student] = _Held(row, tuple(value))
    return found


def _is_mark(kind: str, value: object) -> bool:
    """Tell whether a column holds what nbgrader puts there; SQLite keeps whatever it is given."""
    if value is None or kind == "comment":
        return value is None or isinstance(value, str)
    return isinstance(value, int | float) and math.isfinite(value)


def _set(db: Any, place: _Place, held: dict[str, _Held], value: Value) -> None:
    table, names = COLUMNS[place.kind]
    for own in held.values():
        if own.value != value:
            change = table.update().where(table.c.id == own.row)
            db.execute(change.values(**dict(zip(names, value, strict=True))))


def _kept(
    db: Any, section: str, submission: str, students: Iterable[str]
) -> dict[str, dict[str, Value]]:
    """Return what each had when all had the same, of those who were given it with this work."""
    query = sa.select(SHARED.c.student, SHARED.c.marks).where(
        SHARED.c.section == section,
        SHARED.c.submission == submission,
        SHARED.c.student.in_(list(students)),
    )
    found = {}
    for student, text in db.execute(query):
        try:
            found[student] = {key: tuple(value) for key, value in json.loads(text).items()}
        except (ValueError, TypeError, AttributeError):
            continue  # what another program has written: the group begins anew
    return found


def _keep(
    db: Any, section: str, submission: str, students: Sequence[str], kept: dict[str, Value]
) -> None:
    db.execute(
        SHARED.delete().where(SHARED.c.section == section, SHARED.c.student.in_(list(students)))
    )
    text = json.dumps(kept)
    row = {"section": section, "submission": submission, "marks": text}
    db.execute(SHARED.insert(), [row | {"student": student} for student in students])


def _contradiction(
    team: Team | None, section: str, place: _Place, held: dict[str, _Held], winner: str
) -> CourseError:
    told = "; ".join(f"{student} {_told(own.value)}" for student, own in sorted(held.items()))
    what = "comments" if place.kind == "comment" else "marks"
    return CourseError(
        f"Group {team.name if team else '?'}, {section}, {place.name}: its members were given "
        f"different {what}: {told}.",
        f"{winner} counts for all now: mark it again where that is wrong."
        if winner
        else "Give each of them the same: until then each keeps their own.",
        code=FOUND,
    )


def _told(value: Value) -> str:
    first = value[0]
    if isinstance(first, str):
        return repr(first[:40])
    return "none" if first is None else f"{first:g}"
