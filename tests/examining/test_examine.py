"""Cells are run in order, exercises judged; what kills a session costs its exercise only."""

from __future__ import annotations

import ast

import pytest

from course.examining.conclusion import LEANS, STILL_NONE, STILL_RAISES
from course.examining.examine import examine
from course.examining.progress import Limits
from course.examining.rebuild import rebuild, with_answers
from course.intake.submissions import SubmittedCell, SubmittedNotebook
from course.judging.verdict import split_test
from tests.builders import code, notebook, region, solution, test_cell
from tests.sums import ADD, RIGHT, SHAPE, SLIP, TWICE

QUICK = Limits(answer=2, test=2)


@pytest.fixture
def verdicts(sums, open_session):
    """Return a function from answers to verdict and message, by exercise."""

    def run(answers, limits=QUICK):
        outcomes, _ = examine(with_answers(sums, answers), open_session, limits)
        return {o.exercise.name: (o.judgement.verdict, o.judgement.message) for o in outcomes}

    return run


def test_right_answers_pass_and_the_written_one_waits_for_a_person(verdicts):
    found = verdicts({**RIGHT, "why": "So."})
    assert [v for v, _ in found.values()] == ["passed", "passed", "passed", "manual"]


def test_no_answer_is_parsed_or_kept_in_the_graders_own_process(verdicts, monkeypatch):
    parsed, parse = [], ast.parse
    monkeypatch.setattr(
        ast, "parse", lambda text, *a, **k: parsed.append(text) or parse(text, *a, **k)
    )
    mine = {name: f"{text}\n# by a student" for name, text in RIGHT.items()}
    dead = mine | {"twice": "import os\nos._exit(0)  # by a student"}
    for answers in (mine, dead):  # of the second the others are judged when it goes on
        verdicts(answers)
    assert not [text for text in parsed if "by a student" in text]


def test_nothing_answered_is_unanswered_everywhere(verdicts):
    assert {v for v, _ in verdicts({}).values()} == {"unanswered"}


def test_points_are_the_exercises_points(sums, open_session):
    outcomes, _ = examine(with_answers(sums, RIGHT), open_session)
    assert [o.judgement.points for o in outcomes] == [2, 1, 1, 0]


def test_an_answer_that_is_none_is_not_told_of_a_raise(verdicts):
    assert verdicts({"shape": "shape = None"})["shape"] == ("unanswered", STILL_NONE)
    left = f"{ADD}\n    raise NotImplementedError".replace("    return a + b\n", "")
    assert verdicts({"add": left})["add"] == ("unanswered", STILL_RAISES)


@pytest.mark.parametrize("answers", [{}, {"add": SLIP.code}], ids=["unanswered", "wrong"])
def test_an_answer_that_leans_on_one_that_does_not_hold_is_told_so(verdicts, answers):
    found = verdicts({**answers, "twice": TWICE})["twice"]
    assert found[1].endswith(LEANS.format("Exercise 1.1 · Add")), found
    right = verdicts({"add": ADD, "twice": "def twice(x):\n    return add(x, 1)"})["twice"]
    assert "leans" not in right[1]


def test_of_a_value_no_inputs_are_spoken_of(sessions, tmp_path):
    cells = [
        code("from helpers import checks"),
        solution("v", "v = None\n" + region("v = (2, 3)")),
        test_cell("v-test", "check = checks.value(v=v)", "check.equals((2, 3))"),
    ]
    for answer, words in [("v = (2, 4)", "is not right"), ("v = 5", "type"), ("v = (2,)", "parts")]:
        rebuilt = with_answers(notebook(cells), {"v": answer})
        (outcome,), _ = examine(rebuilt, lambda: sessions(tmp_path, {}))
        assert words in outcome.judgement.message and "inputs" not in outcome.judgement.message


def test_a_wrong_answer_to_the_visible_test_is_told_with_its_numbers(verdicts):
    verdict, message = verdicts({"add": SLIP.code})["add"]
    assert verdict == "failed"
    assert "add(2, 2) is 0; it should be 4" in message
    assert "You subtract" in message


def test_of_a_hidden_test_only_the_named_mistake_is_told(verdicts):
    verdict, message = verdicts({"add": "def add(a, b):\n    return a * b"})["add"]
    assert verdict == "failed"
    assert message == "You multiply."


def test_a_hidden_test_without_a_named_mistake_tells_no_value(verdicts):
    verdict, message = verdicts({"add": "def add(a, b):\n    return 4"})["add"]
    assert verdict == "failed"
    assert "other inputs" in message and "8" not in message


def test_stderr_and_printing_cost_nothing(verdicts):
    noisy = f"import sys\nprint('x')\nprint('y', file=sys.stderr)\n{ADD}"
    assert verdicts({"add": noisy})["add"][0] == "passed"


def test_an_answer_that_raises_says_so_and_the_others_go_on(verdicts):
    found = verdicts({"add": "1 / 0", "shape": SHAPE})
    assert found["add"][0] == "failed"
    assert "ZeroDivisionError" in found["add"][1]
    assert found["shape"][0] == "passed"


def test_an_answer_that_does_not_parse_says_so(verdicts):
    verdict, message = verdicts({"add": "def add(a, b)\n    return a"})["add"]
    assert verdict == "failed" and "SyntaxError" in message


def test_a_left_over_stub_line_is_named(verdicts):
    verdict, message = verdicts({"add": f"{ADD}\n\nraise NotImplementedError", "shape": SHAPE})[
        "add"
    ]
    assert verdict == "passed", message  # the function is there: the line below it is not looked at
    verdict, message = verdicts(
        {"add": "def add(a, b):\n    c = a + b\n    raise NotImplementedError"}
    )["add"]
    assert verdict == "unanswered" and "take it out" in message


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("while True:\n    pass", "timeout"),
        (
            "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
            "while True:\n    try:\n        while True: pass\n"
            "    except BaseException:\n        pass",
            "timeout",
        ),
        ("import os\nos._exit(0)", "killed"),
        ("import os\nos.kill(os.getpid(), 9)", "killed"),
        ("import ctypes\nctypes.string_at(0)", "killed"),
    ],
)
def test_what_ends_the_session_costs_its_exercise_only(verdicts, answer, verdict):
    found = verdicts({**RIGHT, "shape": answer})
    assert found["shape"][0] == verdict
    assert found["add"][0] == "passed"
    assert found["twice"][0] == "passed"


def test_an_endless_function_is_stopped_in_its_test(verdicts):
    found = verdicts({**RIGHT, "add": "def add(a, b):\n    while True: pass"})
    assert found["add"][0] == "timeout"
    assert found["shape"][0] == "passed"


def test_many_slow_cells_meet_the_limit_of_the_whole(verdicts):
    slow = {name: f"import time\ntime.sleep(1.2)\n{text}" for name, text in RIGHT.items()}
    found = verdicts(slow, Limits(answer=5, test=5, whole=2))
    assert found["add"][0] == "passed"
    assert found["twice"][0] == "timeout"


def test_input_is_refused_at_once(verdicts):
    assert verdicts({"add": f"name = input('?')\n{ADD}"})["add"][0] == "failed"


def test_a_cell_added_by_the_student_is_run(sums, open_session):
    cells = (
        SubmittedCell("code", TWICE.replace("add(x, x)", "2 * x"), None, "twice"),
        SubmittedCell("code", "def add(a, b):\n    return a + b", None, "add"),
    )
    outcomes, _ = examine(rebuild(sums, SubmittedNotebook(cells, "")), open_session)
    assert [o.judgement.verdict for o in outcomes][:3] == ["passed", "unanswered", "passed"]


def test_a_lesson_that_fails_by_itself_is_the_graders_fault(sums, open_session):
    sums.cells[1].source = "import no_such_module"
    outcomes, _ = examine(with_answers(sums, RIGHT), open_session)
    assert outcomes[0].judgement.verdict == "error"
    assert "no_such_module" in outcomes[0].judgement.message


def test_a_test_cell_is_split_into_what_is_seen_and_what_is_hidden():
    text = "a = 1\n### BEGIN HIDDEN TESTS\nb = 2\n### END HIDDEN TESTS\nc = 3"
    assert list(split_test(text)) == [("a = 1\n", False), ("b = 2\n", True), ("c = 3", False)]
    indented = "if 1:\n    ### BEGIN HIDDEN TESTS\n    b = 2\n    ### END HIDDEN TESTS"
    assert list(split_test(indented)) == [(indented, True)]


ENDS = {
    "1.5": ("partial", 1.5),
    "0": ("failed", 0),
    "7": ("error", 0),
    # No marks: nbgrader gives all points for these.
    "-1": ("passed", 2),
    "float('nan')": ("passed", 2),
    "True": ("passed", 2),
    "__import__('numpy').float64(1)": ("passed", 2),
}


def test_a_number_at_the_end_of_a_test_gives_that_many_points(sums, open_session):
    test = next(c for c in sums.cells if c.id == "add-test")
    for text, expected in ENDS.items():
        test.source = text
        outcomes, _ = examine(with_answers(sums, RIGHT), open_session)
        judgement = outcomes[0].judgement
        assert (judgement.verdict, judgement.points) == expected, text


def test_what_all_cells_show_together_is_bounded(monkeypatch, sums, open_session):
    monkeypatch.setattr("course.examining.progress.EXAMINED_OUTPUTS", 2_000)
    answers = {name: f"{text}\nprint('x' * 900)" for name, text in RIGHT.items()}
    outcomes, nb = examine(with_answers(sums, answers), open_session)
    assert [o.judgement.verdict for o in outcomes][:3] == ["passed"] * 3
    shown = [o.text for c in nb.cells for o in c.get("outputs", []) if "text" in o]
    assert sum(map(len, shown)) < 2_200 and "More was shown" in "".join(shown)


ODD = {
    "sum": "total = " + "+".join(["1"] * 600),
    "hex": "n = 0x" + "f" * 9_000,
    "brackets": "d = " + "[" * 90 + "]" * 90,
    "half": "x = '\\ud800'\nprint(x, f'\\ud800{x}')",
    "long": f"x = [{'1, ' * 100_000}]",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_a_right_answer_in_an_odd_form_is_right(text, verdicts):
    found = verdicts({**RIGHT, "shape": f"{text}\n{RIGHT['shape']}"}, Limits(answer=20))
    assert [v for v, _ in found.values()][:3] == ["passed"] * 3


UNREADABLE = {
    "sum": "x = " + "1+" * 100_000 + "1",
    "global": "def f():\n    x = 1\n    global x",
    "nul": "x\0",
    "parentheses": "(" * 5_000,
    "digits": "x = " + "1" * 9_999,
    "nonlocal": "nonlocal x",
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_what_our_own_code_cannot_read_is_no_fault_of_ours(text, verdicts):
    found = [v for v, _ in verdicts({**RIGHT, "shape": text}, Limits(answer=20)).values()]
    assert found[1] in ("failed", "memory", "killed") and found[0] == found[2] == "passed"


def test_an_error_without_words_and_a_name_that_is_none_are_the_answers_own(verdicts):
    mute = "class E(Exception):\n    def __str__(self):\n        raise E\nraise E"
    found = verdicts({**RIGHT, "shape": mute, "twice": "raise ValueError('\\ud800')"})
    assert [v for v, _ in found.values()][:3] == ["passed", "failed", "failed"]
    "".join(message for _, message in found.values()).encode()
