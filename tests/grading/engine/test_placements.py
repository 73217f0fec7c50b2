"""Where tests are judged is found out anew when anything has changed that it depends on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.examining.progress import Limits
from course.grading.engine import places
from course.grading.engine.tasks import Package, Task
from course.sandbox.bounds import Bounds

PACKAGE = Package("01-one", {"one": "{}"}, {"factor.txt": b"3"}, (), "allow")
TASK = Task("anna", PACKAGE, {}, limits=Limits(), check_seed=1, bounds=Bounds(), private=())
OTHERS = {
    "a file of the same length": replace(
        TASK, package=replace(PACKAGE, files={"factor.txt": b"2"})
    ),
    "a package is missing": replace(TASK, package=replace(PACKAGE, missing={"one": ["torch"]})),
    "a cell may take longer": replace(TASK, limits=Limits(lecture=7)),
    "no walls": replace(TASK, bounds=None),
}


@pytest.fixture
def tried(monkeypatch):
    """Return what was rehearsed, and a function that asks for a task's placement."""
    rehearsed = []

    def placed(source, inside, open_session, limits):
        rehearsed.append(limits)
        return source

    monkeypatch.setattr(places, "placed", placed)
    monkeypatch.setattr(places, "_lacking", lambda placement, packages: placement)
    kept = places.Places()
    return rehearsed, lambda task: kept.of(task, "one", None, None).result(20)


def test_the_same_is_tried_once(tried):
    rehearsed, ask = tried
    ask(TASK)
    ask(replace(TASK, package=replace(PACKAGE, files={"factor.txt": bytes([51])})))
    assert len(rehearsed) == 1


@pytest.mark.parametrize("other", OTHERS)
def test_another_is_tried_anew(tried, other):
    rehearsed, ask = tried
    ask(TASK)
    ask(OTHERS[other])
    assert len(rehearsed) == 2
