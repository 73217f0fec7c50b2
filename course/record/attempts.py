"""An attempt: what was graded, by which tests, with what result."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, NamedTuple

from course.record.spoilt import Spoilt, is_folder_name

FAULT = "The grader failed here, not you: it is graded again at the next run."


@dataclass(frozen=True)
class Row:
    """One exercise of one attempt, as it is recorded and shown.

    Attributes
    ----------
    exercise : str
        The exercise's name.
    grade_id : str
        The id of its grade cell in the gradebook.
    title, verdict, message : str
    points, max_points, seconds : float
    answer : str
        Hash of the answer's text.
    judged : str
        "inside", and why, where the student's own process ran the test; else empty.
    """

    student: str
    section: str
    notebook: str
    exercise: str
    grade_id: str
    title: str
    points: float
    max_points: float
    verdict: str
    message: str
    seconds: float
    answer: str
    judged: str = ""

    @property
    def told(self) -> str:
        """What the student is told: of a fault of the grader's the words are for its owner."""
        return FAULT if self.verdict == "error" else self.message


class Team(NamedTuple):
    """The group that an attempt counts for: its name, its members, and who of them handed in."""

    name: str
    members: tuple[str, ...]
    by: str


class Hashes(NamedTuple):
    """What a verdict depends on: the submission, our tests, the environment."""

    submission: str
    tests: str
    environment: str


@dataclass(frozen=True)
class Attempt:
    """One grading of one submission.

    Attributes
    ----------
    student, section : str
    hashes : Hashes
    rows : tuple of Row
        One an exercise.
    handed_in : datetime or None
    circumstances : dict
        How it was graded, for whoever replays it.
    """

    student: str
    section: str
    hashes: Hashes
    rows: tuple[Row, ...]
    handed_in: datetime | None = None
    circumstances: dict = field(default_factory=dict)

    @property
    def sandboxed(self) -> bool:
        """Whether the answers ran in a sandbox."""
        return bool(self.circumstances.get("sandbox"))

    @property
    def team(self) -> Team | None:
        """The group that it counts for; None where a student handed in alone."""
        found = self.circumstances.get("group")
        try:
            members = found["members"]
            team = Team(found["name"], tuple(members), found["by"])
        except (TypeError, KeyError):
            return None
        whole = isinstance(members, list) and {type(x) for x in (*members, *team[::2])} == {str}
        return team if whole and all(map(is_folder_name, (*members, team.by))) else None


class Known(NamedTuple):
    """What the record knows of a submission: its hashes, whether the grader failed, and how."""

    hashes: Hashes
    failed_by_us: bool
    sandbox: bool


# By name, whether it holds a number, else text.
_NUMBERS = {about.name: about.type == "float" for about in fields(Row)}


def read(found: Mapping[str, Any]) -> Attempt:
    """Return the attempt that a line of the table holds.

    Raises
    ------
    Spoilt
        When it holds nothing that this course has recorded.
    """
    student, section = str(found["student"]), str(found["section"])
    try:
        rows = tuple(Row(**row) for row in json.loads(found["verdicts"]))
        circumstances = json.loads(found["circumstances"])
    except (ValueError, TypeError, RecursionError):
        raise Spoilt(student, section, "it is none of our records") from None
    if not is_folder_name(student):
        raise Spoilt(student, section, "the id is no folder's name")
    if not isinstance(circumstances, dict) or not all(map(_is_whole, rows)):
        raise Spoilt(student, section, "a field holds what it cannot")
    hashes = Hashes(*(found[name] for name in Hashes._fields))
    return Attempt(student, section, hashes, rows, None, circumstances)


def _is_whole(row: Row) -> bool:
    """Tell whether each field holds what it is declared for, and numbers are finite."""
    held = vars(row)
    return all(
        type(held[name]) in (int, float) and math.isfinite(held[name])
        if is_number
        else type(held[name]) is str
        for name, is_number in _NUMBERS.items()
    )
