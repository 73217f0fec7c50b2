"""A course of one section that keeps a ledger of one claim, to be spoilt in one place a test."""

from __future__ import annotations

from pathlib import Path

from course.folder import Course
from course.ledger import book, measuring
from tests.builders import make_course, markdown

SECTION = "01-sums"
CLAIM = """
from course.ledger.declared import claim


@claim(
    "coins",
    "A coin of ours falls on its head more often than not, in 3,000 throws.",
    over="10 simulated coins",
    holds={"heads": "> 0.5"},
)
def coins(seed):
    return {"heads": 0.6 + seed / 1000}
"""
SAYS = "Heads are more likely. <!-- claim: coins -->"


def course_with(folder: Path, claims: str = CLAIM, says: str = SAYS) -> Course:
    """Make a course whose lesson says something, with a module of claims."""
    cells = [markdown("# Sums", id="title"), markdown(says, id="text")]
    course = make_course(folder, {SECTION: {"sums": cells}})
    (folder / book.FOLDER).mkdir(exist_ok=True)
    (folder / book.FOLDER / "sums.py").write_text(claims, encoding="utf-8")
    return course


def measured(course: Course) -> Course:
    """Measure all that a course claims."""
    measuring.measure(course, book.entries(course))
    return course
