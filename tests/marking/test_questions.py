"""What a person marks, what is shown beside it, and what of an answer is shown."""

from __future__ import annotations

import base64

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from course.errors import CourseError
from course.marking.questions import questions
from course.marking.reading import read_answer
from tests.builders import code, make_course, markdown, region, solution, task_cell, written_answer

PNG = base64.b64encode(
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde\0\0\0\0IEND\xaeB`\x82"
).decode()
DRAWN = solution("drawn", f"# Draw.\n{region('print(1)')}")
DRAWN.metadata.nbgrader |= {"grade": True, "points": 3}
SCHEME = region("*1 point: the axes.*", "MARK SCHEME")
CELLS = [
    markdown("# Many"),
    markdown("### Exercise 1.1 · Say why (2 points)\n\nWhy?\n\n<details>A hint.</details>"),
    written_answer("why", f"Write here.\n\n{region('Because **so**.')}"),
    markdown("### Exercise 1.2 · Draw it (3 points)\n\nDraw."),
    DRAWN,
    code("lecture = 1"),
    task_cell("plan", f"### Exercise 1.3 · Plan it (4 points)\n\nPlan.\n\n{SCHEME}", points=4),
    markdown("The end."),
]


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path, {"01-many": {"many": CELLS}, "02-none": {"none": [code("1")]}})


@pytest.fixture
def why(course):
    return questions(course, course.sections, "why")[0]


def answered(course, *cells, **answers) -> None:
    """Write an executed notebook: answers by name, cells behind the last one of ours."""
    nb = nbformat.read(course.sections[0].notebooks[0], as_version=4)
    for cell in nb.cells:
        if (name := cell.metadata.get("nbgrader", {}).get("grade_id")) in answers:
            given = answers[name]
            cell.update(given if isinstance(given, dict) else {"source": given})
    for cell in cells:
        cell.metadata["tags"] = ["added-by-student"]
    nb.cells += cells
    path = course.autograded("ann", "01-many") / "many.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nb, path)


def test_they_are_all_that_no_test_judges_with_what_only_who_marks_may_see(course):
    why, drawn, plan = questions(course, course.sections)
    assert [q.exercise.called for q in (why, drawn, plan)] == [
        "1.1 · Say why",
        "1.2 · Draw it",
        "1.3 · Plan it",
    ]
    assert "Why?" in why.task and "hint" not in why.task and "Because" not in why.task
    assert why.guide == "<p>Because <strong>so</strong>.</p>\n"
    assert "Draw." in drawn.task and "print" in drawn.guide and 'class="code"' in drawn.guide
    assert "Plan." in plan.task and "axes" not in plan.task and "the axes" in plan.guide


@pytest.mark.parametrize("wanted", ["1.2", "drawn"])
def test_one_is_named_by_its_number_or_its_name(course, wanted):
    (found,) = questions(course, course.sections, wanted)
    assert found.key == "01-many/many/drawn"


def test_one_that_there_is_not_is_told_with_those_that_there_are(course):
    with pytest.raises(
        CourseError, match=r"no question '9\.9' .*: 1\.1 why, 1\.2 drawn, 1\.3 plan"
    ):
        questions(course, course.sections, "9.9")


def test_a_section_without_any_is_told(course):
    with pytest.raises(CourseError, match="No question of 02-none is for a person to mark"):
        questions(course, course.sections[1:])


def test_pictures_of_a_written_answer_are_shown_and_what_claims_to_be_one_is_not(course, why):
    attached = {"a.png": {"image/png": PNG}, "b.svg": {"image/png": "PHN2Zz4="}}
    answered(course, why={"source": "Look. <svg onload=x>", "attachments": attached})
    shown = read_answer(course, why, "ann").html
    assert shown.count("<img") == 1 and f"data:image/png;base64,{PNG}" in shown
    assert "<svg" not in shown and "Look." in shown


def test_code_is_shown_with_what_it_draws_and_says(course):
    drawn = questions(course, course.sections, "drawn")[0]
    answered(course, drawn="print('<b>')")
    path = course.autograded("ann", "01-many") / "many.ipynb"
    nb = nbformat.read(path, as_version=4)
    nb.cells[4].outputs = [
        new_output("stream", text="<b>\n"),
        new_output("display_data", {"image/png": PNG, "text/html": "<script>1</script>"}),
    ]
    nbformat.write(nb, path)
    shown = read_answer(course, drawn, "ann").html
    assert "&lt;b&gt;" in shown and "<b>" not in shown and "<script" not in shown
    assert shown.count("<img") == 1


def test_a_task_is_answered_in_the_cells_that_were_added(course):
    plan = questions(course, course.sections, "plan")[0]
    answered(course, new_markdown_cell("First *this*."), new_markdown_cell("Then that."))
    assert "<em>this</em>" in read_answer(course, plan, "ann").html
    answered(course, new_markdown_cell("First."), new_code_cell("print(2)"))
    shown = read_answer(course, plan, "ann").html
    assert "First." in shown and 'class="nb"' in shown
    answered(course)
    assert "nothing in the cells" in read_answer(course, plan, "ann").html


@pytest.mark.parametrize("text", [None, "{", "[]", '{"cells": 3}'])
def test_a_notebook_that_cannot_be_read_is_told_in_its_place(course, why, text):
    path = course.autograded("ann", "01-many") / "many.ipynb"
    if text is not None:
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    assert "cannot be read" in read_answer(course, why, "ann").html
