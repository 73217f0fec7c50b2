"""Of a lesson only that is run at grading which a graded cell can notice."""

from __future__ import annotations

import ast

import pytest

from course.notebook.dependencies import names_in, needed
from tests.builders import code

GRADED = ["def answer(x):\n    return helper(x)", "assert answer(1) == limit"]


def kept(*lecture: str) -> list[str]:
    """Return which of some lecture cells are run before the graded ones."""
    cells = [code(text) for text in (*lecture, *GRADED)]
    graded = [len(lecture), len(lecture) + 1]
    run = needed(cells, graded)
    assert set(graded) <= run
    return [text for i, text in enumerate(lecture) if i in run]


@pytest.mark.parametrize(
    "cell",
    [
        "import numpy as np",
        "from helpers import setup",
        "def helper(x):\n    return x",
        "limit = 1",
        "limit: int = 1",
        "for limit in range(2):\n    pass",
        "first, (limit, *rest) = 1, (2, 3)",
        "if (limit := 3):\n    pass",
        "with open('f') as limit:\n    pass",
        "%matplotlib inline",
        "class helper:\n    pass",
    ],
)
def test_a_cell_that_makes_a_name_that_is_read_is_run(cell):
    assert kept(cell) == [cell]


@pytest.mark.parametrize(
    "cell",
    ["other = 1", "print(other)", "plotting.show_images([1])", "assert other == 1", "other", "1"],
)
def test_a_cell_that_nothing_graded_notices_is_not_run(cell):
    assert kept("other = 0", cell) == []


def test_what_a_needed_cell_reads_is_needed_too():
    chain = ("base = 1", "limit = base + 1", "unused = base + 2")
    assert kept(*chain)[:2] == ["base = 1", "limit = base + 1"]


@pytest.mark.parametrize("cell", ["limit.append(1)", "limit[0] = 1", "limit.x = 1", "f(limit)"])
def test_a_cell_that_may_change_an_object_that_is_read_is_run(cell):
    assert kept("limit = []", cell) == ["limit = []", cell]


@pytest.mark.parametrize(
    "cell",
    ["np.random.seed(1)", "setup('fast')", "keras.config.x = 1", "np.random.default_rng().x()"],
)
def test_a_call_that_may_change_a_library_is_run(cell):
    imports = "import numpy as np, keras\nfrom helpers import setup"
    assert kept(imports, cell) == [imports, cell]


def test_a_change_of_an_object_that_nothing_reads_is_left_out():
    assert kept("layer = make()", "layer.build(3)") == []


def test_an_answer_that_can_reach_every_name_has_everything_run():
    cells = [code("hidden = 1"), code("def answer():\n    return globals()['hidden']")]
    assert needed(cells, [1]) == {0, 1}


def test_a_name_that_a_graded_cell_makes_for_itself_is_not_needed():
    cells = [code("check = 1"), code("check = 2\nassert check"), code("total = 0\ntotal += 1")]
    assert needed(cells, [1, 2]) == {1, 2}


def test_a_name_that_is_only_made_sometimes_is_needed():
    cells = [code("check = 1"), code("if False:\n    check = 2\nassert check")]
    assert needed(cells, [1]) == {0, 1}


def test_a_name_that_is_added_to_is_needed():
    assert needed([code("total = 0"), code("total += 1")], [1]) == {0, 1}


def test_a_functions_own_names_are_its_own():
    cells = [code("image = 1"), code("def answer(image):\n    size = 1\n    return image + size")]
    assert needed(cells, [1]) == {1}


# Each but the first is no statement on lines of its own.
ODD = {
    "plain": "a = b\nc = d",
    "decorated": "@a\n@b(c)\ndef f(x):\n    global g\n    g = h",
    "beside": "a = b; c = d\ne = f",
    "ends beside": "if a: b = c; d = e\nf = g",
    "semicolon": "a = b;\nc = d;",
    "continued": "a = b; \\\n c = d",
    "continued before": "\\\na = b",
    "long text": 'a = """\nb = c\n"""; d = e',
    "carriage return": "a = b\r\nc = d\r",
    "form feed": "a = b\n\f\nc = d",
    "other line ends": "a = '\x85'\nb = c\nd = '\u2028'\ne = f",
    "says how it is written": "# coding: latin-1\na = b",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_a_statement_says_the_same_on_its_own_lines_and_written_anew(text):
    def known(code):
        names = names_in.__wrapped__(code)
        return names.bound, names.read, names.settled, names.called, names.touched, names.known

    assert known(text) == known(ast.unparse(ast.parse(text))) and names_in(text).known


@pytest.mark.parametrize("later", ["a = b", "b = a", "import a", "a += b", "f(a)\ng = a", "if ("])
@pytest.mark.parametrize("first", ["a = c", "import b", "if c:\n    a = d", "a.b = c", "if ("])
def test_names_of_two_texts_are_those_of_both_together(first, later):
    both = names_in(first).then(names_in(later))
    if both.known:
        assert both == names_in(f"{first}\n{later}")
    assert both.known == names_in(f"{first}\n{later}").known
