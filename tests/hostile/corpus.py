"""The whole corpus, by groups; each group is graded as one batch."""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass

from tests.hostile import malformed
from tests.hostile.case import MODEL, PROPERTIES, SUMS, Case, Lesson
from tests.hostile.exhaustion import bombs, deaths, delays, floods, leavings
from tests.hostile.honest import outputs, state, values
from tests.hostile.reaching import calling, reading, shipping, writing
from tests.hostile.tampering import (
    forgeries,
    functions,
    models,
    notebooks,
    objects,
    properties,
    shells,
    spying,
)

# What could harm a machine is run where there is something around it.
SANDBOXED = bool(shutil.which("bwrap") and importlib.util.find_spec("course.sandbox"))
NOT_RUN = {
    "gpu-hog": "sessions are shown no GPU, and the machines that test this have none",
    "kill-everyone": "a signal to every process ends the tests' own machine where a sandbox fails",
    "zip-bomb": "`course collect` meets it before the grader does: tests/collect/test_bombs.py",
}
# The first training of a process compiles, which takes long on a busy machine.
PATIENT = {"answer": 30, "test": 30, "whole": 240}
CALM = {"answer": 10, "test": 10, "whole": 60}
# A session that may use a gigabyte takes seconds to use it up.
HEAVY = {"answer": 15, "test": 15, "whole": 60}
QUICK = {"answer": 2, "test": 2, "whole": 12}


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


def _group(name: str, *modules, limits: dict[str, float] = CALM, lesson: Lesson = SUMS) -> Group:
    cases = tuple(case for module in modules for case in module.CASES)
    return Group(name, cases, limits, lesson)


GROUPS = {
    group.name: group
    for group in (
        _group("tampering", notebooks, shells, forgeries, spying),
        _group("lying", objects, functions),
        _group("properties", properties, lesson=PROPERTIES),
        _group("models", models, limits=PATIENT, lesson=MODEL),
        _group("exhaustion", delays, deaths, floods, leavings, limits=QUICK),
        _group("machine", bombs, limits=HEAVY),
        _group("reaching", reading, writing, calling, shipping),
        _group("malformed", malformed),
        _group("honest", outputs, values, state),
    )
}
