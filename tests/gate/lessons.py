"""A lesson in which the gate finds nothing, to be spoilt in one place a test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode

from course import gate
from course.authoring.conversion import convert
from course.folder import Course
from tests.builders import (
    code,
    function,
    make_course,
    markdown,
    region,
    test_cell,
    written_answer,
)

SECTION = "01-sums"
Cells = list[NotebookNode]


def exercise(number: int) -> Cells:
    """Make task, solution and test of exercise 1.`number`."""
    name = f"add-{number}"
    call = name.replace("-", "_")
    visible = f"assert {call}(1) == {1 + number}, 'you do not add'"
    hidden = f"assert {call}(40) == {40 + number}, 'you forget large numbers'"
    task = f"### Exercise 1.{number} · Add {number} (2 points, about 3 minutes)\n\nWrite it."
    return [
        markdown(task, id=f"{name}-task"),
        function(name, f"{call}(x)", f"return x + {number}"),
        test_cell(f"{name}-test", visible, hidden, points=2),
    ]


def good_cells() -> Cells:
    """Make the cells of a lesson in which nothing is wrong."""
    cells = [
        markdown("# 1 · Sums\n\nAbout 20 minutes of exercises; 16 points.", id="title"),
        code("import math", id="imports"),
        code('PROFILE = "fast"', "parameters", id="parameters"),
    ]
    for number in range(1, 8):
        cells += exercise(number)
    task = "### Exercise 1.8 · Why? (2 points, about 5 minutes; read by a person)"
    answer = "Write here.\n" + region("Because it does not matter who comes first.")
    return [*cells, markdown(task, id="why-task"), written_answer("why", answer)]


def good_mistakes() -> str:
    """Write the text of mistakes.py for `good_cells`."""
    lines = []
    for number in range(1, 8):
        for factor in (-1, 0, 9):
            answer = f"def add_{number}(x):\\n    return {factor} * x"
            lines.append(f'mistake("add-{number}", says="you do not add", code="{answer}")')
    return "\n".join(lines) + "\n"


def by_id(cells: Cells, name: str) -> NotebookNode:
    """Return the cell with this id."""
    return next(cell for cell in cells if cell.id == name)


def course_of(
    folder: Path,
    cells: Cells,
    *,
    mistakes: str | None = None,
    syllabus: dict[str, float] | None = None,
) -> Course:
    """Write a course of one section, and release it."""
    course = make_course(
        folder,
        {SECTION: {"sums": cells}},
        mistakes={SECTION: good_mistakes() if mistakes is None else mistakes},
        syllabus=syllabus or {SECTION: 16},
    )
    put_release(course)
    return course


def put_release(course: Course) -> None:
    """Release without a gradebook, and whatever leaks."""
    for section in course.sections:
        with tempfile.TemporaryDirectory() as work:
            made = convert(course, section, Path(work))
            shutil.copytree(made, course.release(section.name), dirs_exist_ok=True)


def found_in(course: Course) -> dict[str, gate.Finding]:
    """Return what the static rules find, by rule; each rule at most once."""
    found = gate.check(course, course.sections, run=False)
    assert len({finding.rule for finding in found}) == len(found), [*map(str, found)]
    return {finding.rule: finding for finding in found}


Spoil = Callable[[Cells], object]
