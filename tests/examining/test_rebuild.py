"""Only the text of answers is taken; everything else is our own notebook."""

from __future__ import annotations

import nbformat
import pytest

from course.examining.rebuild import rebuild, stub_notebook, with_answers
from course.intake.submissions import Malformed, SubmittedCell, SubmittedNotebook
from course.notebook.cells import grade_id
from course.notebook.exercises import exercises
from course.notebook.versions import student_version
from tests.sums import ADD, SHAPE


def submitted(nb, keep_ids=True, keep_metadata=True) -> SubmittedNotebook:
    cells = tuple(
        SubmittedCell(
            cell.cell_type,
            cell.source,
            cell.id if keep_ids else None,
            grade_id(cell) if keep_metadata else None,
        )
        for cell in nb.cells
    )
    return SubmittedNotebook(cells, "")


@pytest.fixture
def handed_in(sums):
    """Return a student's notebook with the first exercise answered."""
    nb = student_version(sums)
    cell_of(nb, "add").source = ADD
    return nb


def cell_of(nb, name):
    return next(c for c in nb.cells if grade_id(c) == name)


def test_the_answer_goes_into_our_notebook(sums, handed_in):
    rebuilt = rebuild(sums, submitted(handed_in))
    assert cell_of(rebuilt.nb, "add").source == ADD
    assert rebuilt.answered == {"add"}
    assert [c.id for c in rebuilt.nb.cells] == [c.id for c in sums.cells]


def test_an_unanswered_cell_gets_the_released_stub(sums, handed_in):
    rebuilt = rebuild(sums, submitted(handed_in))
    assert "NotImplementedError" in cell_of(rebuilt.nb, "twice").source
    assert "BEGIN SOLUTION" not in str(rebuilt.nb.cells[4].source)


@pytest.mark.parametrize("change", ["delete", "edit", "duplicate", "move"])
def test_what_is_done_to_a_test_cell_changes_nothing(sums, handed_in, change):
    test = cell_of(handed_in, "add-test")
    place = handed_in.cells.index(test)
    if change == "edit":
        test.source = "pass"
    if change in ("delete", "move"):
        del handed_in.cells[place]
    if change in ("duplicate", "move"):
        handed_in.cells.insert(0, nbformat.from_dict(test))
    rebuilt = rebuild(sums, submitted(handed_in))
    assert cell_of(rebuilt.nb, "add-test").source == cell_of(sums, "add-test").source
    assert [c.id for c in rebuilt.nb.cells] == [c.id for c in sums.cells]


def test_points_and_tags_of_the_submission_are_not_believed(sums, handed_in):
    cell_of(handed_in, "add-test").metadata.nbgrader.points = 500
    cell_of(handed_in, "add-test").metadata.tags = ["skip-execution"]
    rebuilt = rebuild(sums, submitted(handed_in))
    assert cell_of(rebuilt.nb, "add-test").metadata == cell_of(sums, "add-test").metadata


def test_answers_are_found_by_cell_id_where_metadata_is_stripped(sums, handed_in):
    rebuilt = rebuild(sums, submitted(handed_in, keep_metadata=False))
    assert rebuilt.answered == {"add"}


def test_answers_are_found_by_their_neighbours_where_ids_are_stripped_too(sums, handed_in):
    rebuilt = rebuild(sums, submitted(handed_in, keep_ids=False, keep_metadata=False))
    assert cell_of(rebuilt.nb, "add").source == ADD
    assert rebuilt.answered == {"add"}


def test_an_answer_split_over_two_cells_counts(sums, handed_in):
    place = handed_in.cells.index(cell_of(handed_in, "add"))
    handed_in.cells.insert(place, nbformat.v4.new_code_cell("def helper(a, b):\n    return a + b"))
    cell_of(handed_in, "add").source = "def add(a, b):\n    return helper(a, b)"
    rebuilt = rebuild(sums, submitted(handed_in))
    sources = [c.source for c in rebuilt.nb.cells]
    assert sources.index("def helper(a, b):\n    return a + b") < sources.index(
        "def add(a, b):\n    return helper(a, b)"
    )


def test_an_answer_kept_in_a_cell_of_its_own_replaces_the_untouched_stub(sums):
    nb = student_version(sums)
    place = nb.cells.index(cell_of(nb, "add"))
    nb.cells.insert(place, nbformat.v4.new_code_cell(ADD))
    rebuilt = rebuild(sums, submitted(nb))
    assert "add" in rebuilt.answered
    assert cell_of(rebuilt.nb, "add").source == ""
    assert ADD in [c.source for c in rebuilt.nb.cells]


def test_a_duplicated_answer_cell_counts_once_and_the_stub_copy_not(sums, handed_in):
    stub = nbformat.from_dict(cell_of(student_version(sums), "add"))
    handed_in.cells.append(stub)
    handed_in.cells.append(nbformat.from_dict(cell_of(handed_in, "add")))
    rebuilt = rebuild(sums, submitted(handed_in))
    assert cell_of(rebuilt.nb, "add").source == ADD


def test_an_edited_lecture_cell_is_ours_again(sums, handed_in):
    next(c for c in handed_in.cells if c.id == "lecture").source = "total = 11"
    rebuilt = rebuild(sums, submitted(handed_in))
    assert "total = 10" in [c.source for c in rebuilt.nb.cells]
    assert "total = 11" not in [c.source for c in rebuilt.nb.cells]


def test_another_sections_notebook_is_malformed(sums):
    other = SubmittedNotebook((SubmittedCell("code", "x = 'elsewhere'", "z", None),), "")
    with pytest.raises(Malformed, match="No cell of this section"):
        rebuild(sums, other)


def test_nothing_is_answered_in_the_stub_notebook(sums):
    assert stub_notebook(sums).answered == frozenset()


def test_answers_can_be_put_in_by_name(sums):
    rebuilt = with_answers(sums, {"shape": SHAPE})
    assert cell_of(rebuilt.nb, "shape").source == SHAPE
    assert rebuilt.answered == {"shape"}
    with pytest.raises(KeyError, match="nowhere"):
        with_answers(sums, {"nowhere": ""})


def test_a_heading_of_the_students_own_names_no_exercise(sums, handed_in):
    place = handed_in.cells.index(cell_of(handed_in, "add"))
    handed_in.cells.insert(place + 1, nbformat.v4.new_markdown_cell("# Full marks, please"))
    rebuilt = rebuild(sums, submitted(handed_in))
    assert "# Full marks, please" in [cell.source for cell in rebuilt.nb.cells]
    assert [e.title for e in rebuilt.exercises] == [e.title for e in exercises(sums)]


def test_what_becomes_of_a_submission_changes_nothing_of_ours(sums, handed_in):
    before = nbformat.writes(sums)
    for cell in rebuild(sums, submitted(handed_in)).nb.cells:
        cell.source = "changed"
        cell.metadata.tags = ["changed"]
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("stream", text="changed")]
    assert nbformat.writes(sums) == before
