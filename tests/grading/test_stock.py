"""The same marks as stock nbgrader, for honest submissions that write nothing on stderr."""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path

import pytest

from course.demo.loop import copy_course
from course.demo.samples import SAMPLES, hand_in
from course.folder import Course, Section, open_course
from course.grading.grade import grade
from course.notebook.mistakes import read_mistakes
from course.notebook.reading import read_source
from course.warm.imports import imports_in
from course.warm.owned import owned_nursery
from tests.stock import nbgrader

pytestmark = pytest.mark.slow


def exported(root: Path, *commands: str, **how) -> dict[str, tuple[str, str]]:
    """Run stock nbgrader's commands, have it export all marks, and return them."""
    nbgrader(root, *commands, "export", **how)
    with open(root / "grades.csv", encoding="utf-8") as file:
        return {row["student_id"]: (row["score"], row["max_score"]) for row in csv.DictReader(file)}


def stock_marks(course: Course, section: Section) -> dict[str, tuple[str, str]]:
    """Grade everything anew with stock nbgrader, and return what it exports."""
    shutil.rmtree(course.root / "autograded")
    os.remove(course.root / "gradebook.db")
    generate = f"generate_assignment {section.name} --create --force"
    # Kernels that are forked are what they would be, and have imported TensorFlow once for all.
    with owned_nursery(imports_in(section.notebooks), dict(os.environ)) as variables:
        autograde = f"autograde {section.name} --create"
        return exported(course.root, generate, autograde, variables=variables)


def submit(course: Course, section: Section, student: str, answers: dict[str, str]) -> None:
    """Hand the section's notebooks in, with some answers."""
    for path in section.notebooks:
        target = course.submitted(student, section.name) / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(hand_in(read_source(path, course.config), answers))


def test_a_course_that_nobody_here_wrote_gets_stock_marks(tmp_path):
    nbgrader(tmp_path, "quickstart theirs")
    course = open_course(tmp_path / "theirs")
    (section,) = course.sections
    careless = "def squares(n):\n    return [i**2 for i in range(1, n + 1)]"
    right = careless.replace("\n", "\n    if n < 1: raise ValueError\n", 1)
    submit(course, section, "ada", {"squares": right})
    submit(course, section, "ben", {"squares": careless})
    grade(course, [section], sandbox=False)
    ours = exported(course.root)
    assert {student: score for student, (score, _) in ours.items()} == {"ada": "2.0", "ben": "1.0"}
    assert stock_marks(course, section) == ours


def test_a_section_of_this_course_gets_stock_marks(root, tmp_path):
    course = copy_course(open_course(root), tmp_path)
    section = course.section("01-images-as-tensors")
    (path,) = section.notebooks
    source = read_source(path, course.config)
    mistakes = read_mistakes(section.folder / "mistakes.py")
    for sample in SAMPLES:
        if "JSON" in sample.about or "stderr" in sample.about:
            continue  # stock stops at the one, and takes points for the other
        target = course.submitted(sample.person.split()[0], section.name) / path.name
        target.parent.mkdir(parents=True)
        target.write_bytes(sample.make(source, mistakes))
    grade(course, [section], sandbox=False)
    ours = exported(course.root)
    assert len({score for score, _ in ours.values()}) == 4
    assert stock_marks(course, section) == ours
