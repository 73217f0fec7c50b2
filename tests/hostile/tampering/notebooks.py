"""Submissions whose notebook was changed around the answers."""

from __future__ import annotations

from nbformat import NotebookNode

from tests.hostile.case import Case
from tests.hostile.making import Change, added_code, answers, cell_of, edited

FAILED = {"add": "failed"}


def _test(nb: NotebookNode) -> NotebookNode:
    return cell_of(nb, "add-test")


def _source(name: str, text: str) -> Change:
    return lambda nb: cell_of(nb, name).update(source=text)


def _marks(name: str, **marks) -> Change:
    return lambda nb: cell_of(nb, name).metadata.nbgrader.update(marks)


def _tagged(tag: str) -> Change:
    return lambda nb: _test(nb).metadata.update(tags=[tag])


def _without_test(nb: NotebookNode) -> None:
    nb.cells.remove(_test(nb))


def _twice(nb: NotebookNode) -> None:
    nb.cells.insert(0, NotebookNode(_test(nb) | {"id": "again", "source": "pass"}))


def _to_top(nb: NotebookNode) -> None:
    nb.cells.insert(0, nb.cells.pop(nb.cells.index(_test(nb))))


def _retyped(nb: NotebookNode) -> None:
    test = _test(nb)
    nb.cells[nb.cells.index(test)] = NotebookNode(
        cell_type="markdown", id=test.id, metadata=test.metadata, source=test.source
    )


def _forged_output(nb: NotebookNode) -> None:
    data = {"text/plain": "2"}
    _test(nb).outputs = [
        NotebookNode(output_type="execute_result", data=data, metadata={}, execution_count=1)
    ]


def _answer_twice(nb: NotebookNode) -> None:
    stub = cell_of(nb, "add") | {"id": "stub", "source": "def add(a, b):\n    raise RuntimeError"}
    nb.cells.insert(nb.cells.index(cell_of(nb, "add")), NotebookNode(stub))


def _split(nb: NotebookNode) -> None:
    add = cell_of(nb, "add")
    nb.cells.insert(nb.cells.index(add), added_code("def together(a, b):\n    return a + b"))
    add.source = "def add(a, b):\n    return together(a, b)"


def _elsewhere(nb: NotebookNode) -> None:
    add = cell_of(nb, "add")
    nb.cells.insert(nb.cells.index(add) + 1, added_code(add.source))
    add.source = "def add(a, b):\n    # YOUR CODE HERE\n    raise NotImplementedError"


def _no_metadata(nb: NotebookNode) -> None:
    for cell in nb.cells:
        cell.metadata = {}


def _no_marks_at_all(nb: NotebookNode) -> None:
    _no_metadata(nb)
    for number, cell in enumerate(nb.cells):
        cell.id = f"x{number}"


def _other_kernel(nb: NotebookNode) -> None:
    nb.metadata.kernelspec = {"name": "no-such-kernel", "display_name": "x", "language": "bash"}
    nb.metadata.language_info = {"name": "bash"}


def _edited_lecture(text: str) -> Change:
    def change(nb: NotebookNode) -> None:
        next(cell for cell in nb.cells if cell.id == "imports").source = text

    return change


def _first(text: str) -> Change:
    return lambda nb: nb.cells.insert(0, added_code(text))


def _wrong(name: str, about: str, change: Change) -> Case:
    return Case(name, about, edited(change, add="$WRONG"), FAILED)


def _right(name: str, about: str, change: Change) -> Case:
    return Case(name, about, edited(change))


FAKE_CHECKS = """\
import numpy as np


class Nodding:
    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self


checks = Nodding()
"""
CASES = [
    _wrong("tag-skip", "the test cell is tagged to be skipped", _tagged("skip-execution")),
    _wrong(
        "tag-raises", "the test cell is tagged to be allowed errors", _tagged("raises-exception")
    ),
    _wrong("test-deleted", "the test cell is gone", _without_test),
    _right("test-deleted-right", "the test cell is gone, the answer is right", _without_test),
    _wrong("test-duplicated", "a second test cell of the same name holds nothing", _twice),
    _wrong("test-moved", "the test stands before everything else", _to_top),
    _wrong("test-renamed", "the test has another name", _marks("add-test", grade_id="other")),
    _wrong("test-retyped", "the test is a Markdown cell", _retyped),
    _wrong(
        "test-as-answer",
        "the test calls itself a solution",
        _marks("add-test", grade=False, solution=True, locked=False),
    ),
    _wrong("test-emptied", "the test cell is empty", _source("add-test", "")),
    _wrong("test-a-number", "the test cell holds the points", _source("add-test", "2.0")),
    _wrong("output-forged", "the test cell holds a stored result", _forged_output),
    _wrong(
        "points-none", "a wrong answer, and the test is worth nothing", _marks("add-test", points=0)
    ),
    _right("points-500", "the test claims to be worth 500 points", _marks("add-test", points=500)),
    _right("points-negative", "the test claims to be worth -1", _marks("add-test", points=-1)),
    _right("points-text", "the points are a word", _marks("add-test", points="many")),
    _right(
        "answer-as-grade",
        "the answer claims to be a test of 100 points",
        _marks("add", grade=True, solution=False, points=100),
    ),
    _right("answer-locked", "the answer is locked", _marks("add", locked=True, solution=False)),
    _right("answer-twice", "two answers of one name, the right one last", _answer_twice),
    _right("answer-split", "the answer calls a function from an added cell", _split),
    _right("answer-elsewhere", "the answer stands in an added cell, the stub is left", _elsewhere),
    _right("metadata-stripped", "another editor dropped all metadata", _no_metadata),
    _right("marks-stripped", "metadata and cell ids are gone", _no_marks_at_all),
    _right("schema-future", "metadata of a schema to come", _marks("add", schema_version=99)),
    _right("kernel-changed", "the notebook asks for another kernel", _other_kernel),
    _right("cells-reversed", "the cells stand in reverse order", lambda nb: nb.cells.reverse()),
    _wrong(
        "lecture-edited", "the lecture's imports give another checks", _edited_lecture(FAKE_CHECKS)
    ),
    _wrong("added-checks", "an added first cell gives another checks", _first(FAKE_CHECKS)),
    Case(
        "answer-checks",
        "the answer gives the name checks to something else",
        answers(add=FAKE_CHECKS + "$WRONG"),
        FAILED | {"shape": "passed", "scale": "passed"},
    ),
    Case(
        "answer-is-test",
        "the answer cell holds a test that asks nothing",
        answers(
            add="""
            assert True
            2.0
            """
        ),
        FAILED,
    ),
    Case(
        "delimiters",
        "delimiters of hidden tests and solutions stand in a right answer",
        answers(
            add="""
            ### BEGIN HIDDEN TESTS
            ### END HIDDEN TESTS
            def add(a, b):
                ### BEGIN SOLUTION
                return a + b
                ### END SOLUTION
            """
        ),
    ),
    Case(
        "delimiter-open",
        "a wrong answer opens a hidden region and does not close it",
        answers(
            add="""
            $WRONG
            ### BEGIN HIDDEN TESTS
            """
        ),
        FAILED,
    ),
    Case(
        "magic-skips",
        "a cell magic hands the answer to nobody",
        answers(
            add="""
            %%script true

            $WRONG
            """
        ),
        FAILED,
    ),
    Case(
        "magic-capture",
        "a cell magic around a right answer",
        answers(
            add="""
            %%capture
            def add(a, b):
                return a + b
            """
        ),
    ),
]
