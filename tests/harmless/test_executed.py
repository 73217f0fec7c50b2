"""What is written to autograded/ is text and PNG pictures, whoever made it."""

from __future__ import annotations

import json

import nbformat
import pytest
from nbformat.sign import MemorySignatureStore, NotebookNotary
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from course.folder import open_course
from course.grading.grade import grade
from course.harmless.executed import harmless_outputs, make_harmless
from course.intake.submissions import parse_submission
from course.notebook.cells import grade_id
from course.notebook.versions import student_version
from tests.builders import KERNELSPEC, make_course
from tests.pictures import GIF, HTML, JPEG, PNG, SVG
from tests.sums import SUMS

ACTIVE = "<script>alert(1)</script>"


def shown(**data) -> dict:
    """Return what is left of the data of one output."""
    made = {"output_type": "display_data", "data": {"text/plain": "x", **data}, "metadata": {}}
    return harmless_outputs([nbformat.from_dict(made)])[0].data


@pytest.mark.parametrize(
    "mime",
    [
        "text/html",
        "text/markdown",
        "text/latex",
        "text/vnd.mermaid",
        "image/svg+xml",
        "application/javascript",
        "application/json",
        "application/pdf",
        "application/vnd.jupyter.widget-view+json",
        "application/vnd.plotly.v1+json",
        "application/geo+json",
        "text/plain ",
        "image/PNG",
    ],
)
def test_only_text_and_png_are_left_of_an_output(mime):
    assert shown(**{mime: ACTIVE}) == {"text/plain": "x"}


@pytest.mark.parametrize("data", [HTML, SVG, JPEG, GIF, "<script>", "", 5, None, PNG[:24]])
def test_what_claims_to_be_png_and_is_not_is_left_out(data):
    assert shown(**{"image/png": data}) == {"text/plain": "x"}


def test_a_real_png_stays():
    assert shown(**{"image/png": PNG}) == {"text/plain": "x", "image/png": PNG}


def test_what_is_neither_is_no_output():
    made = new_output("display_data", data={"text/html": ACTIVE})
    assert harmless_outputs([made, nbformat.from_dict({"output_type": "new"})]) == []


def test_the_metadata_of_an_output_is_left_out():
    size = {"image/png": {"width": "1 onerror=alert(1)"}, "text/html": {"isolated": True}}
    made = new_output("display_data", data={"image/png": PNG}, metadata=size)
    assert harmless_outputs([made])[0].metadata == {}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\x1b[31mred\x1b[0m", "\x1b[31mred\x1b[0m"),
        ("\x1b]8;;http://127.0.0.1:9\x07link\x1b]8;;\x07", "8;;http://127.0.0.1:9link8;;"),
        ("a\x1b[2Jb\x1b[1;1Hc", "abc"),
        ("\u202eevil\u202c \u200bx\x00", "evil x"),
        ("10%\r20%\n\tx", "10%\r20%\n\tx"),
        ("Ḍílba 王 नेहा 😀", "Ḍílba 王 नेहा 😀"),
    ],
)
def test_of_a_terminals_sequences_only_colours_stay(text, left):
    (output,) = harmless_outputs([new_output("stream", text=text)])
    assert output.text == left


def test_an_output_of_another_form_is_made_one():
    odd = [
        {"output_type": "stream", "name": ACTIVE, "text": ["a", "b"]},
        {"output_type": "error", "ename": 5, "traceback": "line"},
        {"output_type": "execute_result", "data": {"text/plain": 5}, "execution_count": ACTIVE},
        {"output_type": "display_data", "data": ACTIVE},
        {"output_type": "display_data"},
        {},
    ]
    cell = new_code_cell("", outputs=harmless_outputs(map(nbformat.from_dict, odd)))
    nbformat.validate(new_notebook(cells=[cell]))
    assert len(cell.outputs) == 3 and ACTIVE not in json.dumps(cell)


def test_metadata_attachments_and_raw_cells_hold_nothing_active():
    cells = [
        new_raw_cell(ACTIVE, metadata={"raw_mimetype": "text/html", "format": "text/html"}),
        new_markdown_cell(ACTIVE, metadata={"tags": ["a", ACTIVE], "x": ACTIVE}),
        new_code_cell("1", metadata={"nbgrader": {"grade_id": f'"{ACTIVE}'}, "jupyter": {}}),
    ]
    cells[1].attachments = {"a.svg": {"image/svg+xml": SVG}}
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": ACTIVE}}
    nb = new_notebook(cells=cells, metadata={"widgets": widgets, "kernelspec": KERNELSPEC})
    made = make_harmless(nb, ())
    assert "<script" not in json.dumps(made) and SVG not in json.dumps(made)
    assert made.metadata == {"kernelspec": KERNELSPEC}
    assert made.cells[1].metadata == {"tags": ["a"]}


def test_our_own_markdown_stays_as_it_is():
    ours = "<details><summary>Hint</summary>[x](https://example.org)</details>"
    nb = new_notebook(cells=[new_markdown_cell(ours), new_markdown_cell(f"{ours} {ACTIVE}")])
    first, second = make_harmless(nb, {ours}).cells
    assert first.source == ours and "<details" not in second.source


def hand_in(course, student: str, change) -> None:
    nb = student_version(nbformat.from_dict({"cells": SUMS, "metadata": {}}))
    nb = nbformat.from_dict({"cells": nb.cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    change(nb)
    folder = course.submitted(student, "01-sums")
    folder.mkdir(parents=True)
    (folder / "sums.ipynb").write_text(json.dumps(nb), encoding="utf-8")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Return what is written of a submission that carries all that a notebook can."""
    course = make_course(tmp_path_factory.mktemp("course"), {"01-sums": {"sums": SUMS}})

    def change(nb) -> None:
        why = next(cell for cell in nb.cells if grade_id(cell) == "why")
        why.source = f"{ACTIVE} [x](javascript:alert(1)) ![mine](attachment:a.png)"
        why.attachments = {"a.png": {"image/png": PNG}, "b.svg": {"image/svg+xml": SVG}}
        shape = next(cell for cell in nb.cells if grade_id(cell) == "shape")
        shape.source = f"shape = (2, 3)\nfrom IPython.display import HTML\nHTML({ACTIVE!r})"
        shape.outputs = [new_output("display_data", data={"text/html": "stored"})]
        nb.cells.append(new_markdown_cell(ACTIVE, attachments={"a": {"text/html": HTML}}))
        nb.cells.append(new_raw_cell(ACTIVE, metadata={"raw_mimetype": "text/html"}))
        nb.metadata.widgets = {"state": ACTIVE}

    hand_in(course, "eve", change)
    grade(course, course.sections, sandbox=False)
    return course, course.autograded("eve", "01-sums") / "sums.ipynb"


def test_what_is_graded_is_written_without_anything_active(written):
    nb = nbformat.read(written[1], as_version=4)
    nbformat.validate(nb)
    texts = [cell.source for cell in nb.cells if cell.cell_type != "code"]
    assert not [text for text in texts if "<script" in text or "](javascript" in text]
    mimes = {m for cell in nb.cells for o in cell.get("outputs", []) for m in o.get("data", {})}
    assert mimes <= {"text/plain", "image/png"} and "widgets" not in nb.metadata
    (why,) = [cell for cell in nb.cells if grade_id(cell) == "why"]
    assert why.attachments == {"picture-1.png": {"image/png": PNG}}
    assert [cell for cell in nb.cells if cell.get("attachments")] == [why]


def test_an_answers_code_stays_as_it_is(written):
    nb = nbformat.read(written[1], as_version=4)
    (shape,) = [cell for cell in nb.cells if grade_id(cell) == "shape"]
    assert f"HTML({ACTIVE!r})" in shape.source


def test_nobody_signs_what_is_written(written):
    nb = nbformat.read(written[1], as_version=4)
    notary = NotebookNotary(store_factory=MemorySignatureStore)
    assert not notary.check_signature(nb)
    assert not [cell for cell in nb.cells if cell.metadata.get("trusted")]


def test_another_picture_under_a_mark_is_another_answer(written):
    """A person's mark is flagged where only the picture of an answer has changed."""
    course = open_course(written[0].root)

    def with_picture(data: str):
        def change(nb) -> None:
            why = next(cell for cell in nb.cells if grade_id(cell) == "why")
            why.source = "![](attachment:a)"
            why.attachments = {"a": {"image/png": data}}

        return change

    for student, data in (("one", PNG), ("two", JPEG)):
        hand_in(course, student, with_picture(data))
    done = grade(course, course.sections, students=["one", "two"], sandbox=False)
    answers = [row.answer for one in done for row in one.attempt.rows if row.exercise == "why"]
    assert len(set(answers)) == 2


@pytest.mark.parametrize("attached", [None, 5, [], "x", {"a": 5}, {"a": {"b": {"c": []}}}])
def test_attachments_of_any_form_are_read(attached):
    cell = {"cell_type": "markdown", "source": "![](attachment:a)", "attachments": attached}
    found = parse_submission(json.dumps({"cells": [cell]}).encode())
    assert isinstance(found.cells[0].attachments, dict)
