"""`course mark`: what it says before the page, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from course.cli import main
from course.marking import server
from tests.classes import record, small_course
from tests.interrupts import hear_ctrl_c

ROOT = Path(__file__).resolve().parents[2]


def mark(course, capsys, *given: str) -> tuple[int, str, str]:
    """Run the command."""
    status = main(["mark", "--course", str(course.root), *given])
    return status, *capsys.readouterr()


@pytest.fixture
def ended(monkeypatch):
    """Have the server end at once, and return the addresses that a browser was to open."""
    opened = []

    async def end(made, own, to_open):
        opened.append(to_open)
        own.close()

    monkeypatch.setattr(server, "_serve", end)
    monkeypatch.setenv("BROWSER", "one")
    return opened


def test_where_nobody_was_graded_it_says_so(tmp_path, capsys):
    status, out, err = mark(small_course(tmp_path), capsys)
    assert (status, out) == (1, "")
    assert "Nothing of 01-sums has been graded yet. Run `course grade` first." in err


def test_where_nobody_has_answered_it_says_so_and_serves_nothing(tmp_path, capsys, ended):
    made = small_course(tmp_path)
    record(made, "ann", why="unanswered")
    status, out, _ = mark(made, capsys)
    assert status == 0 and ended == []
    assert "nobody has written an answer, 1 left as handed out (0 points)" in out


def test_a_notebook_that_cannot_be_read_holds_no_answer(tmp_path, capsys, ended):
    made = small_course(tmp_path)
    record(made, "ann", why="malformed")
    assert mark(made, capsys)[0] == 0 and ended == []


def test_where_no_answer_waits_it_says_so_and_shows_them(course, served, capsys, ended):
    sheet = served.desk.sheet("01-sums/sums/why")
    for one in sheet["marks"]:
        if one["awaited"]:
            served.desk.mark(sheet["key"], one["id"], one["version"], {"points": 1})
    status, out, err = mark(course, capsys)
    assert status == 0 and len(ended) == 1
    assert "3 of 3 marked, 1 left as handed out" in out and "No answer waits." in err


def test_it_opens_a_ticket_and_prints_the_token(course, capsys, ended):
    status, out, _ = mark(course, capsys, "01", "--question", "1.4")
    printed = re.search(r"^http://127\.0\.0\.1:\d+/#token=(\S{40,})&question=(\S+)$", out, re.M)
    assert status == 0 and printed[2] == "01-sums/sums/why"
    assert "#ticket=" in ended[0] and printed[1] not in ended[0]


@pytest.mark.parametrize("given", [["--no-open"], []])
def test_no_browser_is_opened_where_none_is_wanted_or_can_be_seen(
    course, capsys, ended, monkeypatch, given
):
    if not given:
        monkeypatch.setattr(sys, "platform", "linux")
        for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)
    assert mark(course, capsys, *given)[0] == 0
    assert ended == [""]


def test_it_serves_until_ctrl_c(course):
    line = [sys.executable, "-m", "course.cli", "mark", "--course", str(course.root), "--no-open"]
    options: dict = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    environment = os.environ | {"PYTHONUNBUFFERED": ""}
    options |= {"cwd": ROOT, "env": environment, "preexec_fn": hear_ctrl_c}
    with subprocess.Popen(line, **options) as process:
        try:
            lines = iter(process.stdout.readline, "")
            address = next(one for one in lines if one.startswith("http")).strip()
            with urllib.request.urlopen(address, timeout=60) as page:
                assert b"<title>Marking</title>" in page.read()
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 0, err
    assert err.rstrip().endswith("Ended. What the page called saved is in the gradebook.")
