"""Processes that run side by side share the cores."""

from course.processes import cores


def test_a_process_alone_is_told_nothing():
    assert cores.share(1) == {}


def test_each_of_several_has_its_share_and_never_less_than_one(monkeypatch):
    monkeypatch.setattr(cores, "cores", lambda: 8)
    assert set(cores.share(2).values()) == {"4"}
    assert set(cores.share(3).values()) == {"2"}
    assert cores.share(9) == dict.fromkeys(cores.BUSY, "1") == cores.share(99)


def test_a_process_can_be_kept_to_one_core_in_all_that_it_uses():
    told = cores.threads(1)
    assert set(told) == {*cores.BUSY, *cores.CALM} and set(told.values()) == {"1"}


def test_the_cores_are_those_that_this_process_may_use(monkeypatch):
    monkeypatch.setattr(cores.os, "sched_getaffinity", lambda pid: {3, 5, 7}, raising=False)
    assert cores.cores() == 3
    monkeypatch.delattr(cores.os, "sched_getaffinity")
    monkeypatch.setattr(cores.os, "cpu_count", lambda: None)
    assert cores.cores() == 1
