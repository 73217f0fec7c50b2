"""What counts: each student's points, with those that a person gave.

Whatever shows points or totals asks here: the table after grading, feedback, export, report.
"""

from __future__ import annotations

import math
from datetime import datetime
from typing import NamedTuple

from course.record.attempts import Attempt, Row


class Score(NamedTuple):
    """What one exercise counts.

    ``points`` are a person's where one gave some; ``comment`` is that person's, or empty;
    ``awaited``: whether a person is to look at it.
    """

    points: float
    comment: str
    awaited: bool


class Standing:
    """What the exercises of one submission count.

    Attributes
    ----------
    grades : dict
        Points, and whether a person is awaited, by notebook and name of the graded cell.
    comments : dict
        A person's comments by notebook and name of the answer's cell.
    penalties : dict
        Points taken off for handing in late, by notebook.
    handed_in : datetime or None
    late : float
        Seconds after it was due.
    spoilt : str
        Why nothing can be told of it; empty where it can.
    """

    def __init__(self) -> None:
        self.grades: dict[tuple[str, str], tuple[float, bool]] = {}
        self.comments: dict[tuple[str, str], str] = {}
        self.penalties: dict[str, float] = {}
        self.handed_in: datetime | None = None
        self.late = 0.0
        self.spoilt = ""

    def of(self, row: Row) -> Score:
        """Return what an exercise counts.

        Raises
        ------
        ValueError
            When the gradebook has no score, or one that is no finite number, or no times.
        """
        if self.spoilt:
            raise ValueError(self.spoilt)
        place = row.notebook, row.grade_id
        points, awaited = self.grades.get(place, (math.nan, True))
        if type(points) not in (int, float) or not math.isfinite(points):
            raise ValueError(f"the score of {row.grade_id} in the gradebook is {points!r}")
        answer = row.notebook, row.exercise
        comment = self.comments.get(place) or self.comments.get(answer, "")
        return Score(float(points), comment, bool(awaited))


class Total(NamedTuple):
    """What a submission counts.

    ``points``: what the exercises count, without ``penalty``, which is taken off for handing in
    late; ``max_points``: the most that can be had; ``awaited``: how many answers wait for a person.
    """

    points: float
    max_points: float
    awaited: int
    penalty: float = 0.0


def total(attempt: Attempt, standing: Standing) -> Total:
    """Add up what the exercises of an attempt count, less what is taken off."""
    own = [standing.of(row) for row in attempt.rows]
    points = sum(score.points for score in own)
    penalty = sum(standing.penalties.get(name, 0.0) for name in {r.notebook for r in attempt.rows})
    return Total(
        max(0.0, points - penalty),
        sum(row.max_points for row in attempt.rows),
        sum(score.awaited for score in own),
        min(points, penalty),
    )
