"""Copies, added cells and stripped ids: each cell runs where and as it did for the student."""

from __future__ import annotations

import nbformat
import pytest

from course.examining.rebuild import ADDED, rebuild
from course.intake.submissions import parse_submission
from course.notebook.cells import grade_id, tags
from course.notebook.regions import in_stock_form
from course.notebook.versions import student_version
from tests.builders import (
    code,
    function,
    markdown,
    notebook,
    region,
    solution,
    task_cell,
    test_cell,
    written_answer,
)

RIGHT = "def f(x):\n    return x + 1"
CELLS = [
    markdown("# Course"),
    code("n = 1", id="lecture"),
    function("f", "f(x)", "return x + 1"),
    test_cell("f-test", "assert f(1) == 2", "assert f(2) == 3"),
    solution("g", region("g = 2")),
    test_cell("g-test", "assert g == 2"),
    markdown("Say why.", id="why-task"),
    written_answer("why", "Because."),
    markdown("", id="room"),
    markdown("# Next\n\nA long text\nof ours.", id="next"),
    solution("h", region("h = 3")),
    solution("k", region("k = 4")),
    test_cell("k-test", "assert (h, k) == (3, 4)"),
    task_cell("task", "Draw."),
    code("", id="paper"),
]


@pytest.fixture
def source():
    from traitlets.config import Config

    return in_stock_form(notebook(CELLS), Config())


@pytest.fixture
def theirs(source):
    """Return the notebook as it was released."""
    return student_version(source)


def at(nb, name):
    return next(i for i, c in enumerate(nb.cells) if name in (grade_id(c), c.id))


def put(nb, name, text, *, behind=False, kind="code"):
    """Put a copy of a cell with another text beside it."""
    new = nbformat.from_dict(nb.cells[at(nb, name)])
    new.id, new.source, new.cell_type = f"copy-{len(nb.cells)}", text, kind
    nb.cells.insert(at(nb, name) + behind, new)


def taken(source, nb):
    return rebuild(source, parse_submission(nbformat.writes(nb).encode()))


def between(rebuilt, first, last):
    cells = rebuilt.nb.cells
    names = [grade_id(c) or c.id for c in cells]
    return [(ADDED in tags(c), c.source) for c in cells[names.index(first) + 1 : names.index(last)]]


@pytest.mark.parametrize(
    "broken", ["def f(x:\n    return", "raise ValueError", "def f(x):\n    ..."]
)
def test_a_copy_beside_the_answer_is_a_cell_of_its_own(source, theirs, broken):
    theirs.cells[at(theirs, "f")].source = RIGHT
    put(theirs, "f", broken)
    rebuilt = taken(source, theirs)
    assert between(rebuilt, "lecture", "f-test") == [(True, broken), (False, RIGHT)]
    assert rebuilt.answered == {"f"}


def test_of_two_copies_the_last_before_the_test_is_the_answer(source, theirs):
    theirs.cells[at(theirs, "f")].source = RIGHT
    put(theirs, "f", "def f(x", behind=True)
    assert between(taken(source, theirs), "lecture", "f-test") == [
        (True, RIGHT),
        (False, "def f(x"),
    ]


def test_a_copy_behind_the_test_runs_behind_it(source, theirs):
    theirs.cells[at(theirs, "f")].source = "def f(x): return 0"
    put(theirs, "f", RIGHT, behind=True)
    copy = theirs.cells.pop(at(theirs, "f") + 1)
    theirs.cells.insert(at(theirs, "g"), copy)
    rebuilt = taken(source, theirs)
    assert between(rebuilt, "lecture", "f-test") == [(False, "def f(x): return 0")]
    assert between(rebuilt, "f-test", "g") == [(True, RIGHT)]


def test_what_stands_between_two_copies_stays_between_them(source, theirs):
    theirs.cells[at(theirs, "f")].source = "def f(x):\n    return helper(x)"
    put(theirs, "f", "first = 1")
    theirs.cells.insert(at(theirs, "f") + 1, code("helper = lambda x: x + first"))
    sources = [text for _, text in between(taken(source, theirs), "lecture", "f-test")]
    assert sources == [
        "first = 1",
        "helper = lambda x: x + first",
        "def f(x):\n    return helper(x)",
    ]


def test_copies_that_are_equal_or_as_released_run_once(source, theirs):
    put(theirs, "f", RIGHT)
    put(theirs, "f", RIGHT)
    assert between(taken(source, theirs), "lecture", "f-test") == [(False, RIGHT)]


def stripped(nb):
    for number, cell in enumerate(nb.cells):
        cell.metadata, cell.id = {}, f"stripped-{number}"


def test_without_ids_two_answers_in_a_row_are_two(source, theirs):
    theirs.cells[at(theirs, "h")].source = "h = 3  # mine"
    theirs.cells[at(theirs, "k")].source = "k = 4  # mine"
    stripped(theirs)
    rebuilt = taken(source, theirs)
    assert between(rebuilt, "next", "k-test") == [
        (False, "h = 3  # mine"),
        (False, "k = 4  # mine"),
    ]
    assert rebuilt.answered == {"h", "k"}


@pytest.mark.parametrize("done", ["g", "h", "k"])
def test_stubs_that_are_alike_are_told_apart_by_where_they_stand(source, theirs, done):
    theirs.cells[at(theirs, done)].source = f"{done} = 9"
    stripped(theirs)
    rebuilt = taken(source, theirs)
    assert rebuilt.answered == {done}
    assert rebuilt.nb.cells[at(rebuilt.nb, done)].source == f"{done} = 9"


def test_a_code_cell_made_markdown_is_code_again(source, theirs):
    cell = theirs.cells[at(theirs, "f")]
    theirs.cells[at(theirs, "f")] = nbformat.v4.new_markdown_cell(
        RIGHT, id=cell.id, metadata=cell.metadata
    )
    rebuilt = taken(source, theirs)
    assert rebuilt.nb.cells[at(rebuilt.nb, "f")].cell_type == "code"
    assert between(rebuilt, "lecture", "f-test") == [(False, RIGHT)]


class TestWrittenAnswers:
    """A written answer in the cell below the one meant is the answer."""

    def answer(self, source, nb):
        rebuilt = taken(source, nb)
        return rebuilt.nb.cells[at(rebuilt.nb, "why")].source, rebuilt.answered

    def test_in_a_cell_that_the_student_added(self, source, theirs):
        theirs.cells.insert(at(theirs, "room"), markdown("Because it is."))
        assert self.answer(source, theirs) == ("Because it is.", {"why"})

    @pytest.mark.parametrize("was", ["", "Double-click here."])
    def test_in_an_empty_cell_of_ours(self, source, theirs, was):
        source.cells[at(source, "room")].source = was
        theirs.cells[at(theirs, "room")].source = "Because it is."
        assert self.answer(source, theirs) == ("Because it is.", {"why"})

    def test_not_in_a_text_of_ours_that_is_of_another_version(self, source, theirs):
        theirs.cells[at(theirs, "next")].source = "# Next\n\nAn older text\nof ours."
        text, answered = self.answer(source, theirs)
        assert "YOUR ANSWER HERE" in text and answered == set()

    def test_not_where_the_answer_stands_in_its_place(self, source, theirs):
        theirs.cells[at(theirs, "why")].source = "So."
        theirs.cells.insert(at(theirs, "room"), markdown("A note."))
        rebuilt = taken(source, theirs)
        assert rebuilt.nb.cells[at(rebuilt.nb, "why")].source == "So."
        assert between(rebuilt, "why", "room") == [(True, "A note.")]

    def test_an_answer_to_a_task_is_kept_where_it_was_written(self, source, theirs):
        theirs.cells[at(theirs, "paper")].source = "print('a drawing')"
        assert taken(source, theirs).nb.cells[-1].source == "print('a drawing')"
