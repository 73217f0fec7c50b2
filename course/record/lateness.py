"""Points taken off for handing in late: nbgrader's own setting, and a policy of ours for it.

In ``nbgrader_config.py``, for stock nbgrader and for us::

    c.AssignLatePenalties.plugin_class = "course.record.lateness.PerDay"
    c.PerDay.percent = 10        # of a student's points, for each day begun
    c.PerDay.grace_minutes = 15  # that cost nothing
    c.PerDay.most_percent = 50

Due dates and extensions are the gradebook's: formgrader sets them, and ``due`` in a syllabus does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from nbgrader import api
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import Float
from traitlets.config import Config

from course.record.times import Unreadable, lenient
from course.record.whose import SCORE, SECTION, STUDENTS, cells_of, given, handed_in_by

DAY = 86_400  # seconds
_OWN, _WHOLE = api.SubmittedNotebook.__table__, api.SubmittedAssignment.__table__
_ASSIGNMENT, _GRADE = api.Assignment.__table__, api.Grade.__table__


class PerDay(LateSubmissionPlugin):
    """Takes a share of the points for each day that was begun."""

    percent = Float(10.0, min=0, max=100, help="Of a student's points, for each day begun.").tag(
        config=True
    )
    grace_minutes = Float(0.0, min=0, help="Minutes that cost nothing.").tag(config=True)
    most_percent = Float(100.0, min=0, max=100, help="The most that is taken.").tag(config=True)

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """Return the points that are taken off; None where nothing is.

        Parameters
        ----------
        student_id : str
        score : float
            The notebook's points.
        total_seconds_late : float
        """
        days = math.ceil((total_seconds_late - 60 * self.grace_minutes) / DAY)
        if days <= 0:
            return None
        return score * min(self.percent * days, self.most_percent) / 100


def seconds_late(
    handed_in: datetime | None, due: datetime | None, extension: timedelta | None
) -> float:
    """Return how much later than due something was handed in, as nbgrader counts it."""
    if handed_in is None or due is None:
        return 0.0
    return max(0.0, (handed_in - due - (extension or timedelta())).total_seconds())


def last_due(db: Any, section: str) -> datetime | None:
    """Return when the last may hand in (UTC), by the gradebook; None where it has no due date."""
    asked = sa.select(lenient(api.Assignment.duedate)).where(api.Assignment.name == section)
    due = db.scalar(asked)
    if not isinstance(due, datetime):
        return None
    given = (
        sa.select(lenient(api.SubmittedAssignment.extension))
        .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
        .where(api.Assignment.name == section, api.SubmittedAssignment.extension.is_not(None))
    )
    longer = [more for more in db.scalars(given) if isinstance(more, timedelta)]
    return due + max([timedelta(), *longer])


def assess(db: Any, section: str, config: Config, students: Iterable[str] | None = None) -> None:
    """Set in the running transaction what late submissions of a section lose, by today's due date.

    Parameters
    ----------
    db : sqlalchemy session
    section : str
    config : Config
        With nbgrader's setting of the plugin.
    students : iterable of str, optional
        Only these.
    """
    step = AssignLatePenalties(config=config)
    step.init_plugin()
    changes = []
    query = _query(students is not None)
    for own, student, handed_in, extension, due, before, score in db.execute(
        query, given(section, students)
    ):
        if any(isinstance(time, Unreadable) for time in (handed_in, extension, due)):
            continue  # whoever asks what counts is told
        late, penalty = seconds_late(handed_in, due, extension), None
        if late > 0:
            penalty = step.plugin_inst.late_submission_penalty(student, score, late)
        if penalty is not None:
            penalty = min(max(float(penalty), 0.0), score)  # as nbgrader bounds it
        if penalty != before:
            changes.append({"which": own, "penalty": penalty})
    if changes:
        db.connection().execute(
            _OWN.update()
            .where(_OWN.c.id == sa.bindparam("which"))
            .values(late_submission_penalty=sa.bindparam("penalty")),
            changes,
        )


@cache  # to put it together takes longer than to ask for one student
def _query(some: bool) -> sa.Select:
    points = sa.func.coalesce(sa.func.sum(SCORE), 0.0)
    query = (
        sa.select(
            _OWN.c.id,
            _WHOLE.c.student_id,
            *map(lenient, (_WHOLE.c.timestamp, _WHOLE.c.extension, _ASSIGNMENT.c.duedate)),
            _OWN.c.late_submission_penalty,
            points,
        )
        .select_from(_OWN)
        .join(_WHOLE, _OWN.c.assignment_id == _WHOLE.c.id)
        .join(_ASSIGNMENT, _WHOLE.c.assignment_id == _ASSIGNMENT.c.id)
        .outerjoin(
            _GRADE,
            sa.and_(_GRADE.c.notebook_id == _OWN.c.id, _GRADE.c.cell_id.in_(cells_of(SECTION))),
        )
        .where(_ASSIGNMENT.c.name == SECTION)
        .group_by(_OWN.c.id)
    )
    return query.where(_OWN.c.id.in_(handed_in_by(SECTION, STUDENTS))) if some else query
