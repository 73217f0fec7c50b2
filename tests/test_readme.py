"""The figures of README.md that change with the course: none goes wrong unseen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course.folder import open_course
from course.notebook.mistakes import read_mistakes
from tests.hostile.corpus import GROUPS

COURSE = open_course(Path(__file__).resolve().parent.parent)
README = (COURSE.root / "README.md").read_text(encoding="utf-8")


def stated(pattern: str) -> int:
    """Return the one figure that stands where `pattern` has its group."""
    (figure,) = re.findall(pattern, re.sub(r"\s+", " ", README))
    return int(figure)


def test_the_table_of_sections_is_the_syllabus():
    rows = re.findall(r"^\| (\d\d) (.+?) \| (.+?) \| (\d+) \| (\d+) \|$", README, re.MULTILINE)
    assert [
        (name, question, int(minutes), int(points)) for _, name, question, minutes, points in rows
    ] == [(one.title, one.question, one.minutes, one.points) for one in COURSE.sections]
    assert [number for number, *_ in rows] == [one.name[:2] for one in COURSE.sections]


def mistakes() -> int:
    """Count the known mistakes of all sections."""
    return sum(len(read_mistakes(one.folder / "mistakes.py")) for one in COURSE.sections)


def cases() -> int:
    """Count the cases of the corpus."""
    return sum(len(group.cases) for group in GROUPS.values())


@pytest.mark.parametrize(
    ("counted", "pattern"),
    [
        (mistakes, r"all of the more than (\d+) wrong solutions"),
        (cases, r"today's more than (\d+)"),
    ],
)
def test_a_round_figure_is_the_last_one_passed(counted, pattern):
    """What is said to be more than 550 lies between that and 600: little changes do no harm."""
    assert stated(pattern) < counted() <= stated(pattern) + 50
