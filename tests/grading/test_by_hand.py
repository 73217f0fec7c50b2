"""What a person marked, over gradings: it stands, and is flagged where what was read changed."""

from __future__ import annotations

import json
import shutil

import nbformat
import pytest

from course.authoring.release import release
from course.marking.desk import Desk
from course.marking.questions import questions
from course.returns.feedback import feedback
from tests.builders import code, make_course, markdown, region, solution, task_cell, written_answer
from tests.grading.engine.grading import grade

DRAWN = solution("drawn", f"# Draw.\n{region('print(1)')}")
DRAWN.metadata.nbgrader |= {"grade": True, "points": 2}
CELLS = [written_answer("why", "Because of it."), DRAWN, task_cell("plan", "Plan.")]
FIRST = {"why": "So.", "added": "n = 4", "drawn": "print(n)", "plan": "The plan."}


@pytest.fixture
def course(tmp_path):
    made = make_course(tmp_path, {"01": {"one": CELLS}})
    release(made, made.sections)
    return made


def hand_in(course, answers: dict[str, str]) -> None:
    """Hand in answers; the task's and "added", before the drawing, in cells that were added."""
    target = course.submitted("ann", "01") / "one.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(course.release("01") / "one.ipynb", target)
    nb = nbformat.read(target, as_version=4)
    for cell in nb.cells:
        cell.source = answers.get(cell.metadata.nbgrader.grade_id, cell.source)
    nb.cells[-1].source = "Plan."
    nb.cells.append(markdown(answers["plan"]))
    nb.cells.insert(1, code(answers["added"]))
    target.write_text(json.dumps(nb), encoding="utf-8")


def mark_all(course) -> None:
    desk = Desk(course, questions(course, course.sections))
    for key in desk.questions:
        (mark,) = desk.sheet(key)["marks"]
        desk.mark(key, mark["id"], mark["version"], {"points": 1.0, "comment": "Read."})


def standing(course) -> dict[str, tuple]:
    desk = Desk(course, questions(course, course.sections))
    found = {question.exercise.id: desk.sheet(key) for key, question in desk.questions.items()}
    return {
        name: (mark["points"], mark["comment"], mark["awaited"])
        for name, sheet in found.items()
        for mark in sheet["marks"]
    }


@pytest.mark.parametrize(
    ("part", "flagged"),
    [
        (None, set()),
        ("why", {"why"}),
        ("drawn", {"drawn"}),
        ("added", {"drawn"}),
        ("plan", {"plan"}),
    ],
)
def test_it_stands_and_only_what_was_changed_is_to_be_looked_at(course, part, flagged):
    hand_in(course, FIRST)
    grade(course, course.sections)
    mark_all(course)
    hand_in(course, {**FIRST, **({part: "print('another')"} if part else {})})
    grade(course, course.sections, force=True)
    found = standing(course)
    assert {mark[:2] for mark in found.values()} == {(1.0, "Read.")}
    assert {name for name, (_, _, awaited) in found.items() if awaited} == flagged


def test_feedback_shows_a_task_with_what_was_written_below_it(course):
    hand_in(course, FIRST)
    grade(course, course.sections)
    (page,) = feedback(course, course.sections)
    item = page.read_text(encoding="utf-8").partition('<section class="manual" id="plan">')[2]
    assert "<p>Plan.</p>" in item and "<p>The plan.</p>" in item
