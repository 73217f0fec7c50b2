"""Figures of README.md and docs/measured.md that change with the course: none goes wrong unseen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course.folder import open_course
from course.notebook.mistakes import read_mistakes
from tests.hostile.corpus import GROUPS

COURSE = open_course(Path(__file__).resolve().parent.parent)
README = (COURSE.root / "README.md").read_text(encoding="utf-8")
MEASURED = (COURSE.root / "docs" / "measured.md").read_text(encoding="utf-8")
COMPARISON = (COURSE.root / "docs" / "comparison.md").read_text(encoding="utf-8")


def stated(page: str, pattern: str) -> int:
    """Return the one figure that stands where `pattern` has its group."""
    (figure,) = re.findall(pattern, re.sub(r"\s+", " ", page))
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
    ("counted", "page", "pattern"),
    [
        (mistakes, README, r"every known mistake \(more than (\d+) in the ten sections\)"),
        (mistakes, MEASURED, r"all of the more than (\d+) wrong solutions"),
        (mistakes, COMPARISON, r"more than (\d+) known mistakes"),
        (cases, MEASURED, r"today's more than (\d+)"),
    ],
    ids=["mistakes", "mistakes measured", "mistakes compared", "cases"],
)
def test_a_round_figure_is_the_last_one_passed(counted, page, pattern):
    """What is said to be more than 550 lies between that and 600: little changes do no harm."""
    figure = stated(page, pattern)
    assert figure < counted() <= figure + 50


PAGES = [COURSE.root / "README.md", *sorted((COURSE.root / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_picture_is_there_and_says_what_it_shows(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for words, file in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text):
        assert (page.parent / file).is_file(), file
        assert len(words.split()) >= 5, f"{file}: {words!r} does not say what it shows"


def test_the_pictures_of_the_front_page_are_soon_there():
    files = re.findall(r"!\[[^\]]*\]\((docs/[^)]+)\)", README)
    assert len(files) == 8
    assert sum((COURSE.root / file).stat().st_size for file in files) < 1_000_000
