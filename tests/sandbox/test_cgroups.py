"""Groups of processes: where they can be had, and what is said where they cannot."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from course.sandbox import cgroups


@pytest.fixture
def groups():
    """Return where groups can be made; where they cannot, skip."""
    return cgroups.groups() or pytest.skip("this machine lets us make no group of processes")


def test_whoever_is_in_a_group_ends_with_it(groups):
    group = groups.open(2**30, 64)
    child = subprocess.Popen(["sh", "-c", "read line; sleep 60 & sleep 60"], stdin=subprocess.PIPE)
    group.add(child.pid)
    child.stdin.write(b"\n")
    child.stdin.close()
    group.close()
    assert child.wait(10) == -signal.SIGKILL
    assert not any(folder.exists() for folder in group.folders.values())


def test_groups_of_an_owner_that_was_killed_are_swept_up_and_others_are_kept(groups):
    owner = subprocess.Popen(["true"])
    owner.wait()
    left = [top / f"{cgroups.PREFIX}-{owner.pid}-0" for top in groups.tops.values()]
    for folder in left:
        folder.mkdir()
    mine = groups.open(2**30, 64)
    groups.sweep()
    assert not any(folder.exists() for folder in left)
    assert all(folder.exists() for folder in mine.folders.values())
    mine.close()


def fake(folder: Path, own: list[int]) -> Path:
    """Make a folder that looks like a delegated group of version 2."""
    folder.mkdir()
    (folder / "cgroup.subtree_control").write_text("")
    (folder / "cgroup.procs").write_text("".join(f"{pid}\n" for pid in own))
    return folder


def test_in_a_delegated_group_of_version_2_we_step_aside_and_hand_controllers_down(
    tmp_path, monkeypatch
):
    own = fake(tmp_path / "scope", [os.getpid()])
    monkeypatch.setattr(cgroups, "_own_folder", lambda kind, name: own if "2" in kind else None)
    found = cgroups._version_2()
    assert found.version == 2 and set(found.tops.values()) == {own}
    assert (own / "cgroup.subtree_control").read_text() == "+memory +pids +cpu"
    (leaf,) = own.glob("course-*-grader")
    assert (leaf / "cgroup.procs").read_text() == str(os.getpid())
    group = found.open(1000, 7)
    folder = group.folders["memory"]
    assert (folder / "memory.max").read_text() == "1000"
    assert (folder / "memory.swap.max").read_text() == "0"
    assert (folder / "pids.max").read_text() == "7"
    (folder / "memory.events").write_text("low 0\noom 3\noom_kill 1\n")
    assert group.ran_out()


def test_a_group_that_holds_others_too_is_left_alone(tmp_path, monkeypatch):
    own = fake(tmp_path / "session", [os.getpid(), 1])
    monkeypatch.setattr(cgroups, "_own_folder", lambda kind, name: own)
    cgroups._version_2()
    assert list(own.glob("course-*")) == []


@pytest.mark.parametrize(
    ("version", "words"), [(1, "cgroups of version 1"), (2, "version 2"), (None, "grader itself")]
)
def test_the_doctor_says_who_counts(monkeypatch, version, words):
    there = cgroups.Groups(version, {}) if version else None
    monkeypatch.setattr(cgroups, "groups", lambda: there)
    assert words in cgroups.who_counts()
