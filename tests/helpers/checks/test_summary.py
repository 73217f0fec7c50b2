"""The end of a notebook says how far its reader is; nothing of it counts."""

from __future__ import annotations

import json

from helpers.checks import standing
from helpers.checks.marks import counted, mark_of
from helpers.checks.standing import summary
from helpers.ground import cells
from helpers.ground.cells import key_of

import pytest
from IPython.core.interactiveshell import InteractiveShell

RIGHT, WRONG, OPEN = "total = 1", "assert False", "raise NotImplementedError"
EXERCISES = [
    {
        "id": "add-test",
        "name": "1.1 · Add",
        "manual": False,
        "link": "a.ipynb#Add",
        "tests": [key_of(t)],
    }
    | {"id": f"{name}-test", "name": f"1.{n} · {name.title()}"}
    for n, (name, t) in enumerate({"add": RIGHT, "shape": WRONG, "twice": OPEN}.items(), 1)
] + [{"id": "why", "name": "1.4 · Why", "manual": True, "link": "a.ipynb#Why", "tests": []}]


class Shell(InteractiveShell):
    """A shell that shows no traceback."""

    def _showtraceback(self, etype, evalue, stb):
        pass


@pytest.fixture
def shell(monkeypatch, tmp_path):
    """Return a watched shell, with a course of one section."""
    (tmp_path / "01-sums.json").write_text(json.dumps(EXERCISES), encoding="utf-8")
    monkeypatch.setattr(standing, "FOLDER", tmp_path)
    made = Shell()
    monkeypatch.setattr("IPython.get_ipython", lambda: made)
    cells.watch()
    return made


def said(capsys) -> list[str]:
    """Return the lines of a summary."""
    capsys.readouterr()
    summary(1)
    return capsys.readouterr().out.splitlines()


def test_before_anything_has_run_nothing_is_right_or_wrong(shell, capsys):
    first, *_, person, sums, go_on, decides = said(capsys)
    assert first == "○ 1.1 · Add (its test has not run since the kernel started)"
    assert person == "✎ 1.4 · Why (a person reads it)"
    assert sums == "3 not answered, 1 for a person to mark."
    assert go_on == "Next: 1.1 · Add" and decides == "The hidden tests decide the points."


def test_each_exercise_is_marked_as_its_test_ended(shell, capsys):
    for cell in (RIGHT, WRONG, OPEN):
        shell.run_cell(cell)
    lines = said(capsys)
    assert lines[:3] == ["✓ 1.1 · Add", "✗ 1.2 · Shape", "○ 1.3 · Twice"]
    assert lines[4:6] == [
        "1 right, 1 wrong, 1 not answered, 1 for a person to mark.",
        "Next: 1.2 · Shape",
    ]


def test_the_last_run_of_a_test_counts(shell, capsys):
    shell.run_cell("def add():\n    raise NotImplementedError")
    shell.run_cell(f"{RIGHT}\n")  # front ends differ in what they do to the end of a text
    assert said(capsys)[0] == "✓ 1.1 · Add"
    shell.user_ns["total"] = 1
    shell.run_cell(RIGHT, cell_id="add-test")
    shell.run_cell("1 / 0", cell_id="add-test")  # its reader has changed it since
    assert said(capsys)[0] == "✗ 1.1 · Add"


def test_what_does_not_parse_is_wrong(shell, capsys):
    shell.run_cell("total = = 1", cell_id="add-test")
    assert said(capsys)[0] == "✗ 1.1 · Add"


def test_the_page_links_each_exercise(shell, monkeypatch):
    shown = []
    monkeypatch.setattr(shell, "kernel", "there is one", raising=False)
    monkeypatch.setattr(shell.display_pub, "publish", shown.append)
    summary(1)
    assert '○ <a href="a.ipynb#Add">1.1 · Add</a>' in shown[0]["text/html"]
    assert set(shown[0]) == {"text/plain", "text/html"}


def test_to_watch_twice_is_to_watch_once(shell):
    cells.watch()
    assert shell.events.callbacks["post_run_cell"].count(cells._note) == 1


@pytest.mark.parametrize("section", [7, "1", None, 0])
def test_a_section_that_is_not_there_is_named(shell, section):
    with pytest.raises(ValueError, match=f"section {section!r} is unknown: use one of 1"):
        summary(section)


def test_without_a_notebook_it_is_plain_text(monkeypatch, tmp_path, capsys):
    (tmp_path / "01-sums.json").write_text(json.dumps(EXERCISES), encoding="utf-8")
    monkeypatch.setattr(standing, "FOLDER", tmp_path)
    monkeypatch.setattr("IPython.get_ipython", lambda: None)
    assert len(said(capsys)) == 7


def test_a_mark_goes_by_how_the_test_ended():
    ends = [None, "NotImplementedError", "", "CheckFailed", "NameError"]
    assert list(map(mark_of, ends)) == ["○", "○", "✓", "✗", "✗"]
    assert counted("✓✓✗○") == "2 right, 1 wrong, 1 not answered"
