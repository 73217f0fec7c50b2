"""A small course with a known mistake, and a record of who was graded in it."""

from __future__ import annotations

from pathlib import Path

from course.demo.samples import hand_in
from course.folder import Course
from course.notebook.reading import read_source
from course.record.attempts import Attempt, Hashes, Row
from course.record.store import open_record
from tests.builders import make_course
from tests.sums import SUMS

SECTION = "01-sums"
POINTS = {"add": 2.0, "shape": 1.0, "twice": 1.0, "why": 2.0}
MINUS = "You subtract: the sign is minus."
MISTAKES = f"""\
from course.notebook.mistakes import mistake

@mistake("add", words={MINUS!r})
def add(a, b):
    return a - b
"""


def small_course(root: Path, syllabus: str | None = None) -> Course:
    """Make the course, with lines of its section in the syllabus."""
    if syllabus is not None:
        syllabus = f'[[section]]\nname = "{SECTION}"\ntitle = "Sums"\n{syllabus}'
    made = make_course(root, {SECTION: {"sums": SUMS}}, syllabus=syllabus)
    (made.sections[0].folder / "mistakes.py").write_text(MISTAKES, encoding="utf-8")
    return made


def attempt(
    student: str,
    told: dict[str, str] | None = None,
    submission: str = "a",
    answer: str = "h",
    **verdicts: str,
) -> Attempt:
    """Make one attempt: verdicts by exercise, what is told of them, and a hash of the answers."""
    rows = []
    for number, (exercise, most) in enumerate(POINTS.items(), start=1):
        verdict = verdicts.get(exercise, "manual" if exercise == "why" else "passed")
        cell = exercise if exercise == "why" else f"{exercise}-test"
        points = most if verdict == "passed" else 0.0
        title, message = f"Exercise 1.{number} · {exercise}", (told or {}).get(exercise, "")
        place = (student, SECTION, "sums", exercise, cell, title)
        rows.append(Row(*place, points, most, verdict, message, 0.1, answer))
    return Attempt(student, SECTION, Hashes(submission, "b", "c"), tuple(rows))


def record(
    course: Course,
    student: str,
    told: dict[str, str] | None = None,
    submission: str = "a",
    answer: str = "h",
    **verdicts: str,
) -> None:
    """Record one attempt; see `attempt`."""
    with open_record(course) as book:
        book.register(course.sections[0])
        book.write(attempt(student, told, submission, answer, **verdicts))


def execute(course: Course, student: str, answers: dict[str, str], number: int = 0) -> None:
    """Put an executed notebook of a section with these answers where grading does."""
    source = course.sections[number].notebooks[0]
    path = course.autograded(student, course.sections[number].name) / source.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(hand_in(read_source(source, course.config), answers))
