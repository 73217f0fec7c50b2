"""What comes after a hidden call may tell its inputs: it is told only where no such call was."""

from __future__ import annotations

import pytest

from course.examining.examine import examine
from course.examining.progress import Limits
from course.examining.rebuild import rebuild, with_answers
from course.harmless import shown
from course.intake.submissions import SubmittedCell, SubmittedNotebook
from course.judging.telling import LATE
from tests.builders import code, notebook, solution, test_cell

from .conftest import IMPORTS

NOTES = "seen = []\ndef f(x):\n    seen.append(x)\n    return 2 * x"
STUB = "{0} = None\n### BEGIN SOLUTION\n{0} = 1\n### END SOLUTION"
INPUT = "987654321"
CELLS = [
    IMPORTS,
    solution("f", STUB.format("f")),
    test_cell(
        "f-test",
        "checks.function(f).returns((1,), 2)",
        f"checks.function(f).returns(({INPUT},), 2 * {INPUT})",
    ),
    solution("g", STUB.format("g")),
    test_cell("g-test", "checks.function(g).returns((3,), 'three')", "assert g(4) == 'four'"),
]


@pytest.fixture
def examined(sessions, tmp_path):
    """Return a function from the second answer to its message and what is shown."""

    def run(g: str) -> tuple[str, str]:
        rebuilt = with_answers(notebook(CELLS), {"f": NOTES, "g": g})
        outcomes, nb = examine(rebuilt, lambda: sessions(tmp_path, {}))
        assert outcomes[0].judgement.verdict == "passed"
        cell = next(c for c in nb.cells if c.id == "g")
        run.kept = str(cell.outputs) + str(nb.cells[-1].outputs)
        return outcomes[1].judgement.message, "\n".join(o.text for o in shown.outputs(cell))

    return run


RIGHT = "def g(x):\n    return {3: 'three', 4: 'four'}[x]"


def test_what_a_later_cell_prints_of_it_is_the_instructors_alone(examined):
    message, page = examined(f"print('noted', seen)\n{RIGHT}")
    assert message == ""
    assert page == "noted [1]\n" or page == "noted []\n"
    assert INPUT in examined.kept


def test_an_exceptions_text_is_that_of_the_second_run(examined):
    message, page = examined("raise ValueError(f'noted {seen}')")
    assert message.startswith("Your cell raises ValueError: noted [")
    assert INPUT not in message + page and INPUT in examined.kept


@pytest.mark.parametrize(
    "g",
    [
        "raise type(f'E{seen[-1]}', (Exception,), {})('text')",
        "raise ValueError(seen[1])",
        f"if {INPUT} in seen:\n    raise KeyError(seen)",
        "class Silent(Exception):\n    def __str__(self):\n        return str(seen)\nraise Silent",
    ],
)
def test_where_it_raises_something_else_then_its_text_is_left_out(examined, g):
    message, page = examined(g)
    assert message.startswith("Your cell raises ")
    assert INPUT not in message + page and INPUT in examined.kept


def test_what_a_later_function_returns_to_a_visible_test_is_told_of_the_second_run(examined):
    message, _ = examined("def g(x):\n    return str(seen)")
    assert message == "g(3) is '[]'; it should be 'three'." or "'[1]'" in message
    assert INPUT not in message


def test_where_a_visible_test_fails_otherwise_then_no_value_is_told(examined):
    answer = f"def g(x):\n    return str(seen) if {INPUT} in seen else None"
    assert examined(answer)[0] == LATE


def test_who_is_honest_loses_nothing(examined):
    message, page = examined(
        "print('a')\nimport matplotlib.pyplot as plt\ndef g(x):\n    return x\ng(2)"
    )
    assert message == "g(3) is an int; it should be a string."
    assert page == "a\n\n2"
    assert (
        examined("print('b')\n1 / 0")[0] == "Your cell raises ZeroDivisionError: division by zero"
    )
    assert examined("def g(x):\n    return missing")[0].startswith(
        "g(3) raises NameError: name 'missing' is not defined"
    )


@pytest.mark.parametrize("limits", [Limits(answer=5, test=5, whole=1), None])
def test_what_cannot_be_run_again_is_left_out(sessions, tmp_path, limits):
    opened = []

    def once():
        opened.append(1)
        if len(opened) > 1:
            raise RuntimeError("no second session")
        return sessions(tmp_path, {})

    slow = "import time; time.sleep(1.2)\n" if limits else ""
    rebuilt = with_answers(notebook(CELLS), {"f": NOTES, "g": f"{slow}print(seen)\ng = seen"})
    outcomes, nb = examine(rebuilt, once, limits)
    cell = next(c for c in nb.cells if c.id == "g")
    assert [o.text for o in shown.outputs(cell)] == [shown.WITHHELD]
    told = outcomes[1].judgement.message
    assert told.startswith("The notebook was stopped after 1 s" if limits else LATE)


def test_where_no_hidden_test_came_before_nothing_is_run_twice(sessions, tmp_path):
    opened = []

    def open_session():
        opened.append(1)
        return sessions(tmp_path, {})

    cells = [IMPORTS, solution("f", STUB.format("f")), test_cell("f-test", "assert f", "assert f")]
    cells += [code("late = 1"), solution("g", STUB.format("g")), test_cell("g-test", "assert g")]
    rebuilt = with_answers(notebook(cells), {"f": "print('early')\nf = 1", "g": "g = 1"})
    examine(rebuilt, open_session)
    assert len(opened) == 1


def test_where_a_session_ended_tells_nothing_of_a_hidden_input(sessions, tmp_path):
    way = (
        f"ran_{{n}} = True\nif {INPUT} in globals().get('seen', ()) and seen[-1] % 4 == {{n}}:\n"
        "    import os\n    os._exit(0)"
    )
    spy = f"print([n for n in range(4) if f'ran_{{n}}' not in globals()])\n{RIGHT}"
    given = [SubmittedCell("code", NOTES, None, "f"), SubmittedCell("code", "", None, "f-test")]
    given += [SubmittedCell("code", way.format(n=n), None, None) for n in range(4)]
    given += [SubmittedCell("code", spy, None, "g")]
    rebuilt = rebuild(notebook(CELLS), SubmittedNotebook(tuple(given), ""))
    outcomes, nb = examine(rebuilt, lambda: sessions(tmp_path, {}))
    assert [o.judgement.verdict for o in outcomes] == ["passed", "passed"]
    cell = next(c for c in nb.cells if c.id == "g")
    assert cell.outputs[0].text == f"[{int(INPUT) % 4}]\n"
    assert [o.text for o in shown.outputs(cell)] == ["[]\n"]
