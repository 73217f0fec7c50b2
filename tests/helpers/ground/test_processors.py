"""How many processors there are."""

from helpers.ground import processors


def test_they_are_those_that_this_process_may_use(monkeypatch):
    monkeypatch.setattr(processors.os, "sched_getaffinity", lambda pid: {3, 5, 7}, raising=False)
    assert processors.processors() == 3
    monkeypatch.delattr(processors.os, "sched_getaffinity")
    monkeypatch.setattr(processors.os, "cpu_count", lambda: None)
    assert processors.processors() == 1
