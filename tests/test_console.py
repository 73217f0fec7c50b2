"""What is told can be written, whatever the terminal is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from course import console
from tests.builders import function, make_course, test_cell

ROOT = Path(__file__).resolve().parent.parent
TITLE = "人口 – 😀"
CELLS = [function("one", "one()", "return 1"), test_cell("one-test", "assert one() == 1")]
SYLLABUS = f'[[section]]\nname = "01-one"\ntitle = "{TITLE}"\n'
ENCODINGS = ["cp1252", "latin-1", "ascii", "utf-16", "cp1252:strict"]


@pytest.fixture
def course(tmp_path):
    """Return a course with a title in many letters, in a folder with a Chinese name."""
    folder = tmp_path / "计算机"
    folder.mkdir()
    return make_course(folder, {"01-one": {"one": CELLS}}, syllabus=SYLLABUS)


def run(course, *arguments: str, **more) -> subprocess.CompletedProcess:
    """Run the command in a process of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    environment |= {"PYTHONPATH": str(ROOT)} | more.pop("environment", {})
    line = [sys.executable, "-m", "vision_course", *arguments]
    return subprocess.run(line, cwd=course.root, env=environment, **{"capture_output": True} | more)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_letters_that_a_terminal_does_not_have_become_escapes(course, encoding):
    done = run(course, "list", environment={"PYTHONIOENCODING": encoding})
    assert done.returncode == 0, done.stderr
    codec = encoding.partition(":")[0]
    shown = done.stdout.decode(codec)
    assert TITLE.encode(codec, "backslashreplace").decode(codec) in shown


@pytest.mark.parametrize("encoding", ENCODINGS[:3])
def test_a_program_reads_them_all_the_same(course, encoding):
    done = run(course, "list", "--json", "-", environment={"PYTHONIOENCODING": encoding})
    assert json.loads(done.stdout.decode(encoding))["title"] == TITLE


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0"},
    ],
)
def test_a_locale_without_letters_does_not_change_the_names_of_files(course, locale):
    done = run(course, "release", environment=locale)
    assert done.returncode == 0, done.stderr
    assert (course.root / "release" / "01-one" / "one.ipynb").is_file()


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_are_no_trouble(course, closed):
    line = f'exec "{sys.executable}" -m vision_course release {closed}'
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=course.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    made = course.root / "release" / "01-one" / "one.ipynb"
    assert json.loads(made.read_text(encoding="utf-8"))["nbformat"] == 4


def test_nobody_complains_where_the_reader_has_gone(course):
    reading, writing = os.pipe()
    os.close(reading)
    done = run(course, "list", stdout=writing, stderr=subprocess.PIPE, capture_output=False)
    os.close(writing)
    assert done.stderr == b"" and done.returncode == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is full")
def test_a_full_disk_is_named(course):
    with open("/dev/full", "w") as full:
        done = run(course, "list", stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert b"no space is left" in done.stderr and done.returncode == 1


@pytest.mark.parametrize("width", ["0", "1", "-5", "wide"])
def test_no_width_is_too_small(course, width):
    done = run(course, "list", environment={"TERM": "dumb", "COLUMNS": width})
    assert done.returncode == 0, done.stderr


NAMES = ("06-hyperparameter-tuning", "A network that reads handwriting", "autograded", "155")


def shown(monkeypatch, capsys, width: int) -> str:
    monkeypatch.setattr(console, "LOG_WIDTH", width)
    console.reset()
    made = console.table("section", "title", "what", "minutes")
    made.add_row(*NAMES)
    console.show(made)
    return capsys.readouterr().out


def test_words_are_whole_where_they_fit(monkeypatch, capsys):
    out = shown(monkeypatch, capsys, 60)
    assert all(word in out for name in NAMES for word in name.split())
    assert len(out.splitlines()) > 2  # the title is divided between its words
    assert all(len(line) <= 60 for line in out.splitlines())


def test_where_they_do_not_fit_nothing_is_lost(monkeypatch, capsys):
    out = shown(monkeypatch, capsys, 30)
    letters = "".join(sorted("".join(out.split())))
    assert letters == "".join(sorted("".join(["sectiontitlewhatminutes", *NAMES]).replace(" ", "")))
