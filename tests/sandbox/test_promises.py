"""The probe holds the sandbox to its promises, and notices when one is broken."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from course.errors import CourseError
from course.grading.engine.warmth import WARMTH
from course.grading.grade import grade
from course.proof import promises
from course.proof.health import look_at_sandbox
from course.sandbox import outer, remedies
from course.warm.client import Nursery
from tests.builders import function, make_course, test_cell

from .conftest import BOUNDS

ROOT = Path(__file__).resolve().parent.parent.parent
ONE = {"01-one": {"one": [function("one", "one()", "return 1"), test_cell("one-test", "one()")]}}
PROBE = """
import os, sys
from pathlib import Path
from course.proof import promises
from course.sandbox.bounds import Bounds
from course.warm.client import Nursery
assert os.getuid(), "this is to be an ordinary user"
with Nursery([], bounds=Bounds(), guests=False) as nursery:
    found = promises.check(nursery, [Path(sys.argv[1])])
print([promise for promise in found if not promise.held], len(found))
"""


def test_every_promise_holds(nursery):
    found = promises.check(nursery, [ROOT])
    assert [promise for promise in found if not promise.held] == []


def as_an_ordinary_user(line: list[str]) -> list[str]:
    """Return a command for root to run `line` as nobody, who may look into root's Python."""
    home = Path.home()
    kept = [path for path in outer.shown() if path.is_relative_to(home)]
    parents = [up for path in kept for up in reversed(path.parents) if up.is_relative_to(home)]
    opened = [word for folder in parents[1:] for word in ("--dir", str(folder))]
    opened += [word for path in map(str, kept) for word in ("--ro-bind", path, path)]
    return [
        *("bwrap", "--dev-bind", "/", "/", "--perms", "0755", "--tmpfs", str(home), *opened),
        *("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"),
        *("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *line),
    ]


@pytest.mark.skipif(os.getuid() != 0, reason="the test above is the one for an ordinary user")
def test_every_promise_holds_for_an_ordinary_user_too(bwrap, tmp_path):
    line = [sys.executable, "-c", PROBE, str(ROOT)]
    environment = {**os.environ, "HOME": "/nonexistent", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        as_an_ordinary_user(line), env=environment, cwd="/", capture_output=True, text=True
    )
    assert done.stdout == "[] 20\n", done.stderr


def test_without_walls_every_promise_is_broken(bwrap):
    with Nursery([], guests=False) as nursery:
        found = {promise.name: promise for promise in promises.check(nursery, [ROOT])}
    survivor = found["no process survives a session"]
    if not survivor.held:
        os.killpg(int(survivor.detail.split()[1]), signal.SIGKILL)
    # Two tell only that others can be tried; some machines have no network, and their first
    # process is none of ours.
    others = {"what is left behind can be looked for", "notes for a judge can be looked for"}
    others |= {"there are no names of computers", "the first process leads nowhere"}
    assert {name for name, promise in found.items() if promise.held} <= others


def test_a_home_folder_inside_of_what_is_shown_is_a_broken_promise(nursery, monkeypatch):
    monkeypatch.setenv("HOME", str(ROOT / "helpers"))  # as where Python's own folder is the home
    with pytest.raises(CourseError, match="out of sight"):
        promises.require(nursery)


def test_a_file_that_is_in_sight_is_a_broken_promise(nursery):
    promises.require(nursery, [ROOT])
    with pytest.raises(CourseError, match="out of sight"):
        promises.require(nursery, [ROOT / "helpers"])


def test_grading_refuses_without_bubblewrap_and_says_what_to_install(tmp_path, monkeypatch):
    course = make_course(tmp_path, ONE)
    course.submitted("anna", "01-one").mkdir(parents=True)
    monkeypatch.setattr(outer.shutil, "which", lambda name: None)
    WARMTH.end()  # another test's warm process would serve this course, too
    with pytest.raises(CourseError) as refused:
        grade(course, course.sections)
    assert "bubblewrap" in refused.value.what and "install" in refused.value.remedy


def test_grading_refuses_where_namespaces_are_forbidden(bwrap, tmp_path, monkeypatch):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setattr(outer, "BWRAP", str(fake))
    with (
        pytest.raises(CourseError, match="setting up uid map: Permission denied") as refused,
        Nursery([], bounds=BOUNDS, guests=False) as nursery,
    ):
        promises.require(nursery)
    assert refused.value.remedy


def test_grading_with_fresh_kernels_needs_an_explicit_word(tmp_path):
    course = make_course(tmp_path, ONE)
    with pytest.raises(CourseError, match="outside of the sandbox"):
        grade(course, course.sections, cold=True)


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("apparmor_restrict_unprivileged_userns", "1", "AppArmor"),
        ("unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone=1"),
    ],
)
def test_the_remedy_fits_the_machines_settings(tmp_path, monkeypatch, setting, value, words):
    (tmp_path / setting).write_text(value)
    monkeypatch.setattr(remedies, "KERNEL", tmp_path)
    assert words in remedies.remedy()


def test_a_machine_with_no_user_namespaces_left_is_told_so(tmp_path, monkeypatch):
    (tmp_path / "most").write_text("0")
    monkeypatch.setattr(remedies, "KERNEL", tmp_path)
    monkeypatch.setattr(remedies, "NAMESPACES", tmp_path / "most")
    assert "user.max_user_namespaces" in remedies.remedy()


def test_another_system_is_told_where_to_grade(monkeypatch):
    monkeypatch.setattr(outer.sys, "platform", "darwin")
    found = look_at_sandbox(None)
    assert found.state == "warn" and "WSL2" in found.remedy


def test_the_doctor_tries_the_promises(bwrap):
    found = look_at_sandbox(ROOT)
    assert found.state == "ok" and "20 promises" in found.value


def test_what_a_session_is_given_anyway_is_no_secret(monkeypatch):
    for name, value in (("TF_CPP_MIN_LOG_LEVEL", "3"), ("OMP_NUM_THREADS", "1"), ("KEY", "x")):
        monkeypatch.setenv(name, value)
    looked_for = {name: rest for _, name, *rest in promises._attempts("mark", 1, [])}
    (secrets,) = looked_for["breakout.read_environment"]
    assert secrets["KEY"] == "x"
    assert not {"TF_CPP_MIN_LOG_LEVEL", "OMP_NUM_THREADS"} & secrets.keys()
