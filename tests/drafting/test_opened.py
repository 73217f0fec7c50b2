"""A notebook that is open elsewhere is not changed: what is not saved there would be lost."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request

import pytest

from course.drafting.exercise import add
from course.drafting.opened import demand_closed
from course.drafting.wanted import Wanted
from course.errors import CourseError
from tests.gate.lessons import SECTION
from tests.ports import unused_port

TOKEN = "for-the-tests-only"


@pytest.fixture
def path(house):
    return house.section(SECTION).notebooks[0]


def test_a_notebook_that_nobody_has_open_may_be_changed(path):
    assert demand_closed(path) is None


@pytest.mark.parametrize(
    ("lock", "words"),
    [
        (".sums.ipynb.swp", "is open in Vim: .sums.ipynb.swp lies beside it. Save and close it"),
        (".#sums.ipynb", "is open in Emacs"),
        (".~sums.ipynb", "is open in Jupyter, which has not finished saving it"),
    ],
)
def test_an_editor_s_lock_is_told(path, lock, words):
    path.with_name(lock).write_text("")
    with pytest.raises(CourseError, match=words):
        demand_closed(path)


def test_a_lock_may_be_a_link_that_leads_nowhere(path):
    os.symlink("me@machine.1:2", path.with_name(".#sums.ipynb"))
    with pytest.raises(CourseError, match="Emacs"):
        demand_closed(path)


def checkpoint_of(path, text):
    made = path.parent / ".ipynb_checkpoints" / "sums-checkpoint.ipynb"
    made.parent.mkdir()
    made.write_bytes(text)
    later = path.stat().st_mtime + 60
    os.utime(made, (later, later))


def test_a_later_checkpoint_with_another_text_is_told(path):
    checkpoint_of(path, path.read_bytes() + b"\n")
    with pytest.raises(CourseError, match=r"is older than its checkpoint, .* Revert Notebook"):
        demand_closed(path)


def test_a_later_checkpoint_of_the_same_text_is_none(path):
    checkpoint_of(path, path.read_bytes())
    assert demand_closed(path) is None


@pytest.fixture
def runtime(tmp_path, monkeypatch):
    """Give Jupyter a folder of its own to tell of running servers."""
    folder = tmp_path / "runtime"
    folder.mkdir()
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
    return folder


def test_what_is_no_running_server_is_passed_over(path, runtime):
    port = unused_port()
    gone = {"url": f"http://127.0.0.1:{port}/", "root_dir": str(path.parent), "token": "x"}
    (runtime / "jpserver-1.json").write_text(json.dumps(gone))
    (runtime / "jpserver-2.json").write_text("no JSON")
    (runtime / "nbserver-3.json").write_text("[]")
    assert demand_closed(path) is None


def test_a_notebook_with_a_kernel_in_a_running_server_is_told(house, path, runtime):
    port = unused_port()
    line = [sys.executable, "-m", "jupyter_server", f"--ServerApp.root_dir={house.root}"]
    line += [f"--port={port}", "--no-browser", f"--IdentityProvider.token={TOKEN}"]
    line += ["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    server = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/api/sessions?token={TOKEN}"
        end = time.monotonic() + 90
        while not list(runtime.glob("jpserver-*.json")) or not answers(address):
            assert time.monotonic() < end and server.poll() is None
            time.sleep(0.2)
        assert demand_closed(path) is None
        relative = path.relative_to(house.root).as_posix()
        about = {"path": relative, "type": "notebook", "name": "", "kernel": {"name": "python3"}}
        asked = urllib.request.Request(address, json.dumps(about).encode(), method="POST")
        with urllib.request.urlopen(asked, timeout=60) as answer:
            session = json.load(answer)["id"]
        before = path.read_bytes()
        with pytest.raises(CourseError, match=f"is open in Jupyter at http://.*{port}/: what is"):
            add(house, house.section(SECTION), Wanted("scale"))
        assert path.read_bytes() == before
        other = path.with_name("other.ipynb")
        shutil.copy(path, other)
        assert demand_closed(other) is None
        gone = address.replace("?", f"/{session}?")
        urllib.request.urlopen(urllib.request.Request(gone, method="DELETE"), timeout=60).close()
        assert demand_closed(path) is None
    finally:
        server.terminate()
        server.wait(timeout=60)


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except OSError:
        return False
    return True
