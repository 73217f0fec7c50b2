"""The whole corpus, by groups; each group is graded as one batch."""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass

from tests.hostile import exhaustion, honest, lying, malformed, models, reaching, tampering, values
from tests.hostile.case import MODEL, SUMS, Case, Lesson

NOT_RUN = exhaustion.NOT_RUN
# What could harm a machine is run where there is something around it.
SANDBOXED = bool(shutil.which("bwrap") and importlib.util.find_spec("course.sandbox"))


@dataclass(frozen=True)
class Group:
    """Cases that are graded together.

    Attributes
    ----------
    name : str
    cases : tuple of Case
    limits : dict of str to number
        For `course.examine.Limits`: small ones, so that what is endless ends soon.
    lesson : Lesson
    """

    name: str
    cases: tuple[Case, ...]
    limits: dict[str, float]
    lesson: Lesson = SUMS


CALM = {"answer": 10, "test": 10, "whole": 60}
QUICK = {"answer": 2, "test": 2, "whole": 12}
GROUPS = {
    group.name: group
    for group in (
        Group("tampering", tuple(tampering.CASES), CALM),
        Group("lying", (*lying.CASES, *values.CASES), CALM),
        Group("exhaustion", tuple(exhaustion.CASES), QUICK),
        Group("reaching", tuple(reaching.CASES), CALM),
        Group("malformed", tuple(malformed.CASES), CALM),
        Group("honest", tuple(honest.CASES), CALM),
        Group("models", tuple(models.CASES), CALM, MODEL),
    )
}
