"""The whole corpus, by groups, and which groups are graded as one batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import ModuleType

from tests.hostile import malformed
from tests.hostile.case import MODEL, PROPERTIES, SUMS, WORDS, Case, Lesson
from tests.hostile.exhaustion import bombs, deaths, delays, floods, leavings, sources
from tests.hostile.honest import frameworks, outputs, settings, state, values
from tests.hostile.reaching import calling, later, reading, shipping, walls, words, writing
from tests.hostile.tampering import (
    forgeries,
    functions,
    models,
    notebooks,
    objects,
    properties,
    shells,
    spying,
    texts,
    wording,
)

NOT_RUN = {
    "gpu-hog": "sessions are shown no GPU, and the machines that test this have none",
    "kill-everyone": "a signal to every process ends the tests' own machine where a sandbox fails",
    "zip-bomb": "`course collect` meets it before the grader does: tests/intake/test_bombs.py",
}
# The first training of a process compiles, which takes long on a busy machine.
PATIENT = {"answer": 30, "test": 30, "whole": 240}
CALM = {"answer": 10, "test": 10, "whole": 60}
# A session that may use a gigabyte takes seconds to use it up.
HEAVY = {"answer": 15, "test": 15, "whole": 60}
QUICK = {"answer": 2, "test": 2, "whole": 20}
_NAMED = {"patient": PATIENT, "calm": CALM, "heavy": HEAVY, "quick": QUICK}
PACES = {tuple(limits.items()): name for name, limits in _NAMED.items()}


@dataclass(frozen=True)
class Group:
    """Cases that are graded together.

    Attributes
    ----------
    name : str
    cases : tuple of Case
    limits : dict of str to number
        For `course.examining.progress.Limits`: small ones, so that what is endless ends soon.
    lesson : Lesson
    """

    name: str
    cases: tuple[Case, ...]
    limits: dict[str, float]
    lesson: Lesson = SUMS

    @property
    def batch(self) -> str:
        """The batch that the cases are graded in: named by lesson and pace."""
        return f"{self.lesson.notebook}-{PACES[tuple(self.limits.items())]}"

    @property
    def needs_sandbox(self) -> bool:
        """Whether there is no case that could be run without a sandbox."""
        return all(case.needs_sandbox for case in self.cases)

    def runnable(self, *, sandboxed: bool) -> tuple[Case, ...]:
        """Return the cases that can be run with a sandbox, or without one."""
        return tuple(case for case in self.cases if sandboxed or not case.needs_sandbox)


def _group(
    name: str,
    *modules: ModuleType,
    limits: dict[str, float] = CALM,
    lesson: Lesson = SUMS,
    walled: bool = False,
) -> Group:
    """Return the cases of some modules; `walled` where none of them may run without a sandbox."""
    cases = (case for module in modules for case in module.CASES)
    if walled:
        cases = (replace(case, needs_sandbox=True) for case in cases)
    return Group(name, tuple(cases), limits, lesson)


GROUPS = {
    group.name: group
    for group in (
        _group("tampering", notebooks, shells, forgeries, spying),
        _group("lying", objects, functions),
        _group("texts", texts),
        _group("telling", wording, later),
        _group("models", models, frameworks, limits=PATIENT, lesson=MODEL),
        _group("exhaustion", delays, deaths, floods, leavings, limits=QUICK, walled=True),
        _group("sources", sources),
        _group("machine", bombs, limits=HEAVY, walled=True),
        _group("reaching", reading, writing, calling, shipping, walls, walled=True),
        _group("words", words, lesson=WORDS),
        _group("properties", properties, lesson=PROPERTIES),
        _group("malformed", malformed),
        _group("honest", outputs, values, state),
        _group("settings", settings),
    )
}


def _batches(groups: Iterable[Group]) -> dict[str, Group]:
    """Put together what can be graded in one run: starting a grader takes long."""
    found: dict[str, Group] = {}
    for group in groups:
        first = found.setdefault(group.batch, replace(group, name=group.batch, cases=()))
        found[group.batch] = replace(first, cases=first.cases + group.cases)
    return found


BATCHES = _batches(GROUPS.values())
