"""How far a student has come: the verdicts of each submission, one after another.

A submission that was graded again is one still, and its last verdicts count. What earlier ones were
told is not told again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from course.record.attempts import Attempt, Row

MOST = 8  # submissions that are shown


@dataclass(frozen=True)
class Line:
    """One exercise: its title, and a verdict a submission; empty where it was not there yet."""

    title: str
    verdicts: list[str]


@dataclass(frozen=True)
class Progress:
    """The submissions of one notebook.

    Attributes
    ----------
    days : list of date or None
        When each was graded (UTC).
    lines : list of Line
    points : list of float
        Of the tests, without what people give.
    max_points : float
    earlier : int
        How many came before those that are shown.
    """

    days: list[date | None]
    lines: list[Line]
    points: list[float]
    max_points: float
    earlier: int


def progress(
    tries: Iterable[tuple[str, Attempt]], notebook: str, by_hand: Collection[str] = ()
) -> Progress | None:
    """Return how far somebody has come in a notebook; None where only one was handed in.

    Parameters
    ----------
    tries : iterable
        When each attempt was graded, and the attempt, in order.
    notebook : str
    by_hand : collection of str
        The exercises that people mark.
    """
    found = submissions(tries)
    if len(found) < 2:
        return None
    shown = found[-MOST:]
    rows = [{r.exercise: r for r in one.rows if r.notebook == notebook} for _, one in shown]
    lines = [
        Line(row.title, [own[name].verdict if name in own else "" for own in rows])
        for name, row in rows[-1].items()
    ]
    counted = [by_tests(own.values(), by_hand) for own in rows]
    points = [got for got, _ in counted]
    days = [_day(when) for when, _ in shown]
    return Progress(days, lines, points, counted[-1][1], len(found) - len(shown))


def submissions(tries: Iterable[tuple[str, Attempt]]) -> list[tuple[str, Attempt]]:
    """Return the last attempt at each thing that was handed in, in order."""
    same = groupby(tries, key=lambda one: one[1].hashes.submission)
    return [list(attempts)[-1] for _, attempts in same]


def by_tests(rows: Iterable[Row], by_hand: Collection[str] = ()) -> tuple[float, float]:
    """Return the points that tests gave, and the most that they can give."""
    own: Sequence[Row] = [r for r in rows if r.verdict != "manual" and r.exercise not in by_hand]
    return sum(row.points for row in own), sum(row.max_points for row in own)


def _day(when: str) -> date | None:
    try:
        return date.fromisoformat(when[:10])
    except ValueError:  # what another program has written
        return None
