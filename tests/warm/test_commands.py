"""`course run` and `course lab` hand out warm kernels."""

import json
import os
import subprocess
import sys
import urllib.request

import pytest

from course.running.run import run
from course.warm.health import look_at_warm_kernels
from course.warm.owned import PROVISIONER
from tests.builders import code, make_course
from tests.lab.test_working_copy import get
from tests.ports import unused_port
from tests.running.test_run import texts
from tests.warm.conftest import is_gone, parent_of

WHO = [code("import json"), code("import os; print(os.getpid(), os.getppid())")]


@pytest.mark.parametrize("cold", [False, True])
def test_the_kernels_of_a_run_are_siblings_unless_it_is_cold(tmp_path, cold):
    course = make_course(tmp_path, {"01-a": {"a": WHO}, "02-b": {"b": WHO}})
    results = run(course, course.sections, out=tmp_path / "out", cold=cold)
    assert [r.status for r in results] == ["ok", "ok"]
    parents = {int(texts(result).split()[1]) for result in results}
    (parent,) = parents
    assert (parent == os.getpid()) == cold
    assert cold or is_gone(parent)


@pytest.mark.slow
def test_instructors_have_warm_kernels_and_a_formgrader_that_knows_the_course(
    tmp_path,
    monkeypatch,
):
    make_course(tmp_path, {"01-a": {"a": WHO}})
    monkeypatch.delenv(PROVISIONER, raising=False)
    port = unused_port()
    line = [sys.executable, "-m", "course.cli", "--course", str(tmp_path), "lab", "--instructor"]
    line += ["--no-browser", "--port", str(port), "--", "--allow-root"]
    line += ["--IdentityProvider.token=secret", "--ServerApp.port_retries=0"]
    with (tmp_path / "lab.log").open("w") as log:
        lab = subprocess.Popen(line, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}/api/kernels?token=secret"
        assert json.loads(get(address)) == []
        (assignment,) = json.loads(
            get(address.replace("api/kernels", "formgrader/api/assignments"))
        )
        assert assignment["name"] == "01-a"
        body = json.dumps({"name": "python3"}).encode()
        request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=200) as answer:
            assert json.loads(answer.read())["name"] == "python3"
        (nursery,) = [pid for pid in children(lab.pid) if "course.warm.kernels" in line_of(pid)]
        (kernel,) = children(nursery)
        assert parent_of(nursery) == lab.pid
    finally:
        lab.terminate()
        lab.wait(60)
    assert is_gone(nursery) and is_gone(kernel)


def children(parent: int) -> list[int]:
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if parent_of(int(name)) == parent:
                found.append(int(name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def line_of(pid: int) -> str:
    """Tell the command line of a process; that of one which has ended since is empty."""
    try:
        with open(f"/proc/{pid}/cmdline") as file:
            return file.read()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def test_the_doctor_says_that_kernels_are_forked():
    probe = look_at_warm_kernels()
    assert probe.state == "ok" and "course-warm-provisioner" in probe.value


def test_the_doctor_says_when_kernels_are_plain(monkeypatch):
    monkeypatch.setattr("course.warm.client.available", lambda: False)
    assert "plain kernels" in look_at_warm_kernels().value


def test_the_doctor_says_how_to_install_the_provisioner(monkeypatch):
    monkeypatch.setattr("course.warm.provisioner.registered", lambda: False)
    probe = look_at_warm_kernels()
    assert probe.state == "warn" and "pip install" in probe.remedy
