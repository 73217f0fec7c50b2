"""Rules on an exercise: its task, its solution cell and the stub that students get."""

# ruff: noqa: D103  (what a rule demands stands in its decorator)
from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import groupby

from course.gate.findings import Problem, rule
from course.gate.lesson import Lesson, parsed
from course.notebook.exercises import Exercise

TASK = re.compile(
    r"^#{1,6} Exercise (?P<section>\d+)\.(?P<number>\d+) · (?P<title>.+?)"
    r" \((?P<points>\d+(\.\d+)?) points?, about (?P<minutes>\d+) minutes?[^)]*\)\s*$",
    re.M,
)
HEADING = re.compile(r"^#{1,6} Exercise\b", re.M)
MODEL = "### Exercise {section}.{number} · Title ({points:g} points, about 5 minutes)"


@rule("task", "each exercise has a task: number, title, points, minutes", house=True)
def find_faulty_tasks(lesson: Lesson) -> Iterator[Problem]:
    section = int(re.match(r"\d*", lesson.section.name)[0] or 0)
    end = 0
    for number, parts in enumerate(_exercises(lesson), start=1):
        first, points = parts[0], sum(part.points for part in parts)
        start, end = end, lesson.position(parts[-1].id) + 1
        model = MODEL.format(section=section, number=number, points=points)
        tasks = [
            cell
            for cell in lesson.nb.cells[start : _first_cell(lesson, first)]
            if cell.cell_type == "markdown" and HEADING.search(cell.source)
        ]
        if not tasks:
            message = "No Markdown cell above the exercise says what the task is."
            yield Problem(first.id, message, f"Begin one with {model!r}.")
        elif (found := TASK.search(tasks[-1].source)) is None:
            message = "The heading lacks the number, the title, the points or the minutes."
            yield Problem(tasks[-1].id, message, f"Write it as {model!r}.")
        elif float(found["points"]) != points:
            message = f"The heading promises {found['points']} points, the cells give {points:g}."
            yield Problem(tasks[-1].id, message, "Make them agree.")
        elif (int(found["section"]), int(found["number"])) != (section, number):
            message = f"The task has the number {found['section']}.{found['number']}."
            yield Problem(tasks[-1].id, message, f"It is {section}.{number}.")


@rule("pair", "a test is called as its solution cell, with -test behind it", house=True)
def find_unpaired_tests(lesson: Lesson) -> Iterator[Problem]:
    for exercise in lesson.automatic:
        if not exercise.answers:
            message = "No solution cell stands between this test and the one before."
            yield Problem(exercise.id, message, "Put the solution cell above its test.")
        elif exercise.name not in exercise.answers or exercise.name == exercise.id:
            wanted = f"{exercise.answers[-1]}-test"
            yield Problem(exercise.id, "Its name is not its solution cell's.", f"Call it {wanted}.")


@rule("stub", "the student version of a solution parses and raises NotImplementedError", style=True)
def find_faulty_stubs(lesson: Lesson) -> Iterator[Problem]:
    if lesson.student is None or not lesson.is_python:
        return
    answers = {name for exercise in lesson.automatic for name in exercise.answers}
    for cell in lesson.student.cells:
        if (
            cell.cell_type != "code"
            or cell.metadata.get("nbgrader", {}).get("grade_id") not in answers
        ):
            continue
        tree = parsed(cell.source)
        if tree is None:
            message = "Without the solution the cell does not parse."
            yield Problem(cell.id, message, "Let the region hold whole statements of one block.")
        elif not any(map(_is_unanswered, ast.walk(tree))):
            message = "Without the solution the cell does not raise NotImplementedError."
            yield Problem(cell.id, message, "Let nbgrader's own stub take the region's place.")


def _exercises(lesson: Lesson) -> Iterator[list[Exercise]]:
    """Yield the exercises; grade cells that look at the same answers are parts of one."""
    for _, parts in groupby(lesson.exercises, key=lambda e: e.answers or (e.id,)):
        yield list(parts)


def _first_cell(lesson: Lesson, exercise: Exercise) -> int:
    return min(lesson.position(name) for name in (exercise.id, *exercise.answers))


def _is_unanswered(node: ast.AST) -> bool:
    if not isinstance(node, ast.Raise):
        return False
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
