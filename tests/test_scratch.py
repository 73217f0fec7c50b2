"""A temporary folder ends with its owner; what a killed one left goes at the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from course import scratch
from course.scratch import PREFIXES, Scratch, sweep

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no locks on folders there")
OWNER = """
import sys, time
from pathlib import Path
from course.scratch import Scratch
folder = Scratch("session")
inner = Path(folder.name, "a", "b")
inner.mkdir(parents=True)
(inner / "file").write_text("x")
inner.chmod(0)
inner.parent.chmod(0)
print(folder.name, flush=True)
time.sleep(600)
"""


@pytest.fixture
def top(tmp_path, monkeypatch):
    """Return the place of temporary folders, of this process and its children."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def owner(top):
    """Return another process that has a folder, and the folder."""
    pipe = {"stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen([sys.executable, "-c", OWNER], **pipe)
    yield process, Path(process.stdout.readline().strip())
    process.kill()
    process.communicate()


def killed(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_folder_goes_with_the_block(top):
    with Scratch("session") as name:
        Path(name, "file").write_text("x")
        assert Path(name).parent == top and Path(name).name.startswith("course-session-")
    assert list(top.iterdir()) == []


def test_a_folder_in_use_stays(owner):
    _, folder = owner
    with Scratch("judge") as name:
        assert sweep() == []
        assert folder.is_dir() and Path(name).is_dir()


def test_the_folder_of_a_killed_process_is_removed_whatever_is_in_it(owner, top):
    process, folder = owner
    killed(process)
    assert folder.is_dir()
    assert sweep() == [folder]
    assert list(top.iterdir()) == []


def test_the_first_folder_of_a_process_sweeps(owner, top):
    process, _ = owner
    killed(process)
    scratch._sweep_once.cache_clear()
    with Scratch("judge") as name:
        assert list(top.iterdir()) == [Path(name)]


def test_a_lock_is_not_handed_on_to_programs_that_the_owner_starts(top):
    folder = Scratch("session")
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    os.close(folder._lock)  # as at its owner's death
    folder._lock = None
    assert sweep() == [Path(folder.name)]
    child.communicate(b"\n")
    folder.cleanup()


@pytest.mark.parametrize("name", ["course-demo-1", "course-error-1", "other", "my-course-judge-1"])
def test_what_has_another_name_is_not_ours(top, name):
    (top / name).mkdir()
    assert sweep() == []
    assert (top / name).is_dir()


@pytest.mark.parametrize("prefix", PREFIXES)
def test_links_and_files_are_left_alone(top, prefix):
    target = top / "target"
    target.mkdir()
    (target / "file").write_text("x")
    (top / f"{prefix}link").symlink_to(target)
    (top / f"{prefix}file").write_text("x")
    assert sweep() == []
    assert (target / "file").exists() and (top / f"{prefix}link").is_symlink()


def test_a_link_inside_is_removed_and_what_it_leads_to_is_not(top):
    target = top / "target"
    target.mkdir(0o750)
    (target / "file").write_text("x")
    (top / "course-judge-1").mkdir()
    (top / "course-judge-1" / "link").symlink_to(target)
    (top / "course-judge-1" / "deep").mkdir()
    (top / "course-judge-1" / "deep" / "file").symlink_to(target / "file")
    assert sweep() == [top / "course-judge-1"]
    assert (target / "file").read_text() == "x" and target.stat().st_mode & 0o777 == 0o750


def test_another_users_folder_is_left_alone(top, monkeypatch):
    (top / "course-session-1").mkdir()
    monkeypatch.setattr(scratch.os, "geteuid", lambda: os.getuid() + 1)
    assert sweep() == []
    assert (top / "course-session-1").is_dir()


def test_a_sweep_between_making_and_locking_costs_nobody_a_folder(top, monkeypatch):
    locked, swept = scratch._locked, []

    def late(path):
        if not swept:
            swept.append(path)
            monkeypatch.setattr(scratch, "_locked", locked)
            assert sweep() == [Path(path)]
        return locked(path)

    Scratch("judge").cleanup()  # which sweeps, the first time
    monkeypatch.setattr(scratch, "_locked", late)
    with Scratch("session") as name:
        assert swept and name != swept[0] and Path(name).is_dir()
        assert sweep() == []


def test_many_at_once_lose_nothing(top):
    use = """
from pathlib import Path
from course.scratch import Scratch, sweep
for _ in range(60):
    with Scratch("session") as name:
        Path(name, "file").write_text("x")
        sweep()
        assert Path(name, "file").read_text() == "x"
"""
    line = [sys.executable, "-c", use]
    crowd = [subprocess.Popen(line, stderr=subprocess.PIPE) for _ in range(4)]
    told = [process.communicate()[1].decode() for process in crowd]
    assert told == [""] * 4 and list(top.iterdir()) == []


def test_a_disk_without_locks_sweeps_nothing(top, monkeypatch):
    def refuse(*given):
        raise OSError("no locks available")

    with suppress(AttributeError):
        monkeypatch.setattr(scratch.fcntl, "flock", refuse)
    (top / "course-session-1").mkdir()
    with Scratch("judge") as name:
        assert sweep() == [] and Path(name).is_dir()
    assert (top / "course-session-1").is_dir()
