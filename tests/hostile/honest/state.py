"""Honest answers that lean on other cells, or stand beside ones with bad luck."""

from __future__ import annotations

from tests.hostile.case import Case
from tests.hostile.making import added_code, answers, cell_of, edited, right


def _before(name: str, text: str):
    def change(nb) -> None:
        nb.cells.insert(nb.cells.index(cell_of(nb, name)), added_code(text))

    return change


CASES = [
    right("lecture-state", "a name from the lecture", shape="shape = (base, base + 1)\n"),
    right(
        "lecture-changed",
        "a name of the lecture is changed",
        shape="""
        base += 1
        shape = (base - 1, base)
        """,
    ),
    right("earlier-answer", "an earlier answer is used", shape="shape = (add(1, 1), add(1, 2))\n"),
    Case(
        "added-state",
        "a name from an added cell",
        edited(_before("shape", "two = 2"), shape="shape = (two, 3)\n"),
    ),
    Case(
        "added-import",
        "an import in an added cell",
        edited(_before("add", "import math"), add="def add(a, b):\n    return math.floor(a + b)\n"),
    ),
    right(
        "counter",
        "a global counter",
        add="""
        count = 0

        def add(a, b):
            global count
            count += 1
            return a + b
        """,
        shape="shape = (2, 3) if count else None\n",
    ),
    right(
        "shadows-builtins",
        "names of built-in functions are used",
        add="""
        sum = list = max = 3
        $ADD
        """,
    ),
    right(
        "shadows-ours",
        "a name that our tests use is used",
        add="""
        check = draw = mark = 3
        $ADD
        """,
    ),
    right(
        "own-reload",
        "all names deleted before the answer",
        shape="""
        del base
        shape = (2, 3)
        """,
    ),
    Case("raises-above", "a cell further up raises", edited(_before("shape", "1 / 0"))),
    Case("syntax-above", "an added cell does not parse", edited(_before("shape", "for in :"))),
    right(
        "raises-after",
        "the answer is there before its cell raises",
        add="""
        $ADD

        1 / 0
        """,
    ),
    Case(
        "raises-before",
        "an answer that raises takes the next with it no further",
        answers(
            add="""
            1 / 0
            $ADD
            """
        ),
        {"add": "failed"},
    ),
    Case(
        "one-dies",
        "one answer ends the process",
        answers(
            shape="""
            import os
            os._exit(1)
            """
        ),
        {"shape": "killed"},
    ),
    Case(
        "one-unanswered",
        "one exercise is left",
        answers(
            shape="""
            shape = None
            # YOUR CODE HERE
            raise NotImplementedError
            """
        ),
        {"shape": "unanswered"},
    ),
    Case(
        "one-misspelt",
        "one answer has another name",
        answers(add="def ad(a, b):\n    return a + b\n"),
        {"add": "failed"},
    ),
]
