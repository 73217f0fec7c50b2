"""A course with delimiters and stubs of its own is graded as one with nbgrader's."""

from __future__ import annotations

import json
import shutil

import nbformat
import pytest

from course.authoring.release import release
from course.returns.feedback import feedback
from tests.builders import code, make_course, solution, task_cell, test_cell, written_answer
from tests.grading.engine.grading import grade

OWN = """\
c = get_config()
c.ClearSolutions.begin_solution_delimeter = "#<<A"
c.ClearSolutions.end_solution_delimeter = "#A>>"
c.ClearHiddenTests.begin_test_delimeter = "#<<H"
c.ClearHiddenTests.end_test_delimeter = "#H>>"
c.ClearSolutions.code_stub = {"python": "...  # write here"}
c.ClearSolutions.text_stub = "*Your words.*"
"""
BEGIN_END = {"OWN": ("#<<A", "#A>>", "#<<H", "#H>>")}
BEGIN_END["STOCK"] = tuple(
    f"### {place} {kind}" for kind in ("SOLUTION", "HIDDEN TESTS") for place in ("BEGIN", "END")
)


def cells(begin, end, hide, show):
    code_answer = solution("drawing", f"{begin}\nprint(1)\n{end}")
    code_answer.metadata.nbgrader |= {"grade": True, "points": 2}
    return [
        solution("f", f"{begin}\ndef f(x):\n    return 42\n{end}"),
        test_cell(
            "f-test", f"assert f(1) == 42\n{hide}\nassert f(99) == 42, 'f(99) is 42'\n{show}"
        ),
        code_answer,
        written_answer("why", "Because of it."),
        task_cell("task", "Draw."),
    ]


@pytest.fixture(params=BEGIN_END)
def course(request, tmp_path):
    config = OWN if request.param == "OWN" else "c = get_config()\n"
    course = make_course(tmp_path, {"01": {"one": cells(*BEGIN_END[request.param])}}, config=config)
    release(course, course.sections)
    return course


def hand_in(course, student, answers=(), added=()):
    """Hand in what was released, with some answers and cells behind it."""
    target = course.submitted(student, "01") / "one.ipynb"
    target.parent.mkdir(parents=True)
    shutil.copyfile(course.release("01") / "one.ipynb", target)
    nb = nbformat.read(target, as_version=4)
    for cell in nb.cells:
        cell.source = dict(answers).get(cell.metadata.nbgrader.grade_id, cell.source)
    nb.cells += [code(text) for text in added]
    target.write_text(json.dumps(nb))


def verdicts(course):
    graded = grade(course, course.sections)
    return {g.attempt.student: [row.verdict for row in g.attempt.rows] for g in graded}


def test_what_is_handed_in_as_released_is_not_answered(course):
    hand_in(course, "blank")
    hand_in(course, "done", {"f": "def f(x):\n    return 42", "drawing": "2", "why": "So."}, ["1"])
    found = verdicts(course)
    assert found["done"] == ["passed", "manual", "manual", "manual"]
    # A task may be answered anywhere, in a file too: as in nbgrader, a person looks.
    assert found["blank"] == ["unanswered"] * 3 + ["manual"]


def test_no_word_of_a_hidden_test_reaches_a_student(course):
    hand_in(course, "wrong", {"f": "def f(x):\n    return 42 if x == 1 else 0"})
    assert verdicts(course)["wrong"][0] == "failed"
    (page,) = feedback(course, course.sections)
    assert "other inputs" in page.read_text(encoding="utf-8")
    assert "f(99)" not in page.read_text(encoding="utf-8")
    assert "f(99)" not in (course.release("01") / "one.ipynb").read_text()
