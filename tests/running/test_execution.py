"""Kernels that run side by side share the cores."""

from course.processes.cores import BUSY
from course.running import execution


def test_a_kernel_alone_is_told_nothing():
    assert execution.share(1) == {}


def test_each_of_several_has_its_share_and_never_less_than_one(monkeypatch):
    monkeypatch.setattr(execution, "processors", lambda: 8)
    assert set(execution.share(2).values()) == {"4"}
    assert set(execution.share(3).values()) == {"2"}
    assert execution.share(9) == dict.fromkeys(BUSY, "1") == execution.share(99)
