"""`course export` knows its formats by one table: what each needs, and what it tells."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from course.cli import main
from course.returns.formats import FORMATS
from tests.classes import record, small_course

GRADE_BOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,01-sums (88)
    Points Possible,,,,,6
"Lee, Ann",12,u-12,ann,One,
"""


@pytest.fixture
def export(tmp_path, capsys):
    """Return a function that exports the marks of one student; it returns status and words."""
    course = small_course(tmp_path)
    record(course, "ann", add="failed")
    (tmp_path / "gradebook.csv").write_text(GRADE_BOOK, encoding="utf-8")

    def run(*line: str) -> tuple[int, str, str]:
        status = main(["export", "--course", str(tmp_path), *line])
        shown = capsys.readouterr()
        return status, shown.out, " ".join(shown.err.split())

    run.root = tmp_path
    return run


def test_each_format_is_offered_in_the_help(export, capsys):
    main(["export", "--help"])
    told = capsys.readouterr().out
    assert all(name in told for name in FORMATS)


def test_marks_go_to_stdout_as_they_are(export):
    status, out, err = export()
    assert (status, err) == (0, "")
    assert [row["points"] for row in csv.DictReader(out.splitlines())] == ["2"]
    assert json.loads(export("--format", "json")[1])[0]["student"] == "ann"
    assert json.loads(export("--format", "attempts")[1])[0]["points"] == 2


def test_a_dash_is_stdout_for_marks_and_no_place_for_a_page(export, capsys):
    assert export("--out", "-") == export()
    for command in ("report", "similar"):
        assert main([command, "--course", str(export.root), "--out", "-"]) == 2
        assert "into a file, and not to stdout" in capsys.readouterr().err
    assert not Path("-").exists()


def test_a_platforms_file_is_filled_in_and_what_to_look_at_is_told(export):
    out = export.root / "upload.csv"
    line = ["--format", "canvas", "--into", str(export.root / "gradebook.csv"), "--out", str(out)]
    status, shown, err = export(*line)
    assert (status, shown) == (0, "") and "1 marks" in err and "wait for a person" in err
    assert out.read_text(encoding="utf-8").splitlines()[-1].endswith(",2")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (["--format", "docx"], "The formats are: csv, json, attempts, canvas, moodle."),
        (["--format", "moodle"], "--into FILE and --format canvas or moodle go together"),
        (["--into", "gradebook.csv"], "--into FILE and --format canvas or moodle go together"),
        (["--scale"], "--scale is of a platform's own file, and csv has none. Leave it out"),
        (["--column", "A", "--format", "json"], "--column is of a platform's own file, and json"),
    ],
)
def test_what_does_not_go_together_is_refused(export, line, what):
    status, out, err = export(*line)
    assert (status, out) == (2, "") and what in err
