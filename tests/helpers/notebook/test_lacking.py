"""What a machine lacks is told from what it has, and from what it has too old."""

from __future__ import annotations

import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

from helpers.notebook import lacking

import pytest

ROOT = Path(__file__).parents[3]
HERE = {"numpy": "2.0.2", "tensorflow": "2.15.1", "keras": ""}
REQUIRES = ["numpy>=1.26", "tensorflow>=2.16", "keras>=3.3", "optuna>=3.6", "anywidget"]


def test_what_is_not_there_is_missing_and_nothing_else_is():
    missing, _ = lacking.sort_out(REQUIRES, HERE.get)
    assert missing == ["optuna>=3.6", "anywidget>=0"]


def test_what_is_too_old_is_told_and_stays():
    _, old = lacking.sort_out(REQUIRES, HERE.get)
    assert old == ["tensorflow is 2.15.1 here; the lessons are tested from 2.16 on."]


def test_versions_are_compared_as_numbers():
    assert lacking.sort_out(["keras>=3.3"], {"keras": "3.15.1"}.get) == ([], [])


def test_what_only_instructors_need_is_not_asked_for():
    lines = ["numpy>=1.26", "nbgrader>=0.9.6; extra == 'instructor'"]
    assert [name for name, _ in lacking.wanted(lines)] == ["numpy"]


def test_a_requirement_of_another_form_is_named():
    with pytest.raises(ValueError, match=r"keras~=3\.3"):
        list(lacking.wanted(["keras~=3.3"]))


def test_all_of_ours_are_of_that_form():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = dict(lacking.wanted(project["dependencies"]))
    assert "0" not in found.values() and "tensorflow" in found


def test_a_package_under_another_name_is_there(monkeypatch, tmp_path):
    (tmp_path / "ten_sorflow").mkdir()
    (tmp_path / "ten_sorflow" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert lacking.installed("ten-sorflow") == ""
    assert lacking.installed("ten-sorflow-2") is None


def test_nothing_is_installed_where_nothing_is_missing(monkeypatch, capsys):
    monkeypatch.setattr(lacking.metadata, "requires", lambda name: ["numpy>=1.26"])
    monkeypatch.setattr(lacking.subprocess, "run", lambda *rest: pytest.fail("pip was run"))
    assert lacking.complete() == 0 and capsys.readouterr().out == ""


def test_what_is_here_is_pinned_while_the_rest_is_installed(monkeypatch, capsys):
    seen = []

    def pip(line):
        place = line[line.index("--constraint") + 1]
        seen.append((line[-1], Path(place).read_text(encoding="utf-8").splitlines()))
        return subprocess.CompletedProcess(line, 3)

    monkeypatch.setattr(lacking.metadata, "requires", lambda name: ["no-such-thing>=1.2"])
    monkeypatch.setattr(lacking.subprocess, "run", pip)
    assert lacking.complete() == 3  # pip's own
    ((asked, pins),) = seen
    assert asked == "no-such-thing>=1.2" and f"numpy=={metadata.version('numpy')}" in pins
    assert "Installing no-such-thing>=1.2." in capsys.readouterr().out
