"""Several calls of a student's function in one message: each is as if it were made alone."""

from __future__ import annotations

import time

from helpers.checks import CheckFailed, function

import numpy as np
import pytest

from course.judging.crossing import Over, Peer, Refused
from course.judging.crossing import cases as crossing

COUNTING = "calls = []\ndef told():\n    return calls\n"
DOUBLE = f"{COUNTING}def f(x):\n    calls.append(x)\n    return 2 * x"
CASES = [(n,) for n in range(20)]


def double(x):
    return 2 * x


def asked(peer: Peer) -> list:
    """Return what the student's function was called with, in order."""
    return peer.fetch(["told"])["told"]()


def test_some_cases_go_in_one_message_each_way(student):
    peer = student(DOUBLE)
    f = peer.fetch(["f"])["f"]
    before = peer.questions
    function(f).agrees_with(double, CASES)
    assert peer.questions - before == 2  # and one more, which asks for a case again
    assert asked(peer) == [*range(20), 19]


def test_a_case_that_comes_twice_is_asked_for_once(student):
    peer = student(DOUBLE)
    check = function(peer.fetch(["f"])["f"])
    check.returns((3,), 6).agrees_with(double, [(1,), (3,), (2,), (1,)])
    assert asked(peer) == [3, 1, 2, 1]


def test_what_takes_long_goes_case_by_case_and_none_is_lost(student):
    peer = student(DOUBLE.replace("    return", "    import time; time.sleep(0.003)\n    return"))
    f = peer.fetch(["f"])["f"]
    before = peer.questions
    function(f).agrees_with(double, CASES)
    assert peer.questions - before > len(CASES) / 3
    assert asked(peer) == [*range(20), 19]


def test_large_results_come_a_few_at_a_time(student):
    peer = student("import numpy as np\ndef f(x):\n    return np.full((300, 300), x)")
    f = peer.fetch(["f"])["f"]
    before = peer.questions
    function(f).agrees_with(lambda x: np.full((300, 300), x), CASES)
    assert peer.questions - before == len(CASES) + 1


@pytest.mark.parametrize("at", [0, 1, 7, 19])
def test_the_first_case_that_does_not_hold_is_told_and_no_other(student, at):
    f = student(f"def f(x):\n    return 2 * x + (x >= {at})").fetch(["f"])["f"]
    with pytest.raises(CheckFailed, match=rf"f\({at}\) is {2 * at + 1}; it should be {2 * at}"):
        function(f).agrees_with(double, CASES)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("raise ValueError('no')", r"f\(7\) raises ValueError: no"),
        ("return None", r"f\(7\) returns None"),
        ("return iter([x])", r"The result of f\(7\) is"),
        ("return [[[[0] * 10**6] * 3]]", "Refused|raises"),
        ("x = 1 / 0", r"f\(7\) raises ZeroDivisionError"),
    ],
)
def test_what_goes_wrong_in_the_middle_is_told_of_its_own_case(student, line, found):
    body = f"    calls.append(x)\n    if x == 7:\n        {line}\n    return 2 * x"
    peer = student(f"{COUNTING}def f(x):\n{body}")
    f = peer.fetch(["f"])["f"]
    with pytest.raises(CheckFailed, match=found):
        function(f).agrees_with(double, CASES)
    assert asked(peer)[:8] == list(range(8))


def test_the_stub_in_the_middle_is_no_answer(student):
    f = student("def f(x):\n    if x > 3:\n        raise NotImplementedError\n    return 2 * x")
    with pytest.raises(NotImplementedError):
        function(f.fetch(["f"])["f"]).agrees_with(double, CASES)


def test_an_input_that_is_changed_is_found_at_its_case(student):
    body = "def f(a):\n    out = 2 * a\n    if a[0] == 3:\n        a += 1\n    return out"
    f = student(body).fetch(["f"])["f"]
    cases = [(np.array([n, 1.0]),) for n in range(9)]
    with pytest.raises(CheckFailed, match="changes its input"):
        function(f).agrees_with(lambda a: 2 * a, cases)
    assert [case[0].tolist() for case in cases] == [[n, 1] for n in range(9)]
    function(f).agrees_with(lambda a: 2 * a, cases[:3])


def test_one_array_that_comes_twice_in_a_case_is_one_array_there_as_before(student):
    body = "def f(a, b):\n    return float(a.sum() + b.sum())"
    f = student(body).fetch(["f"])["f"]
    whole = np.ones(3)
    function(f).agrees_with(lambda a, b: 6.0, [(whole, whole), (whole, 1 * whole)])


def test_what_cannot_be_called_so_is_told_at_its_case(student):
    peer = student(DOUBLE)
    with pytest.raises(CheckFailed, match="cannot be called with 2 arguments"):
        function(peer.fetch(["f"])["f"]).agrees_with(
            lambda *x: 2 * x[0], [(1,), (2,), (3, 4), (5,)]
        )
    assert asked(peer) == [1, 2]


def test_who_gives_something_else_the_second_time_is_found(student):
    body = "seen = []\ndef f(x):\n    seen.append(x)\n    return 2 * x + (seen.count(x) > 1)"
    f = student(body).fetch(["f"])["f"]
    with pytest.raises(CheckFailed, match="called again, gives something else"):
        function(f).agrees_with(double, CASES)


def test_properties_are_asked_of_the_same_calls(student):
    peer = student(DOUBLE)
    f = peer.fetch(["f"])["f"]
    before = peer.questions
    function(f).all_hold([("it is even", lambda got, x: got % 2 == 0)], CASES)
    assert peer.questions - before == 1 and asked(peer) == list(range(20))


def test_cases_that_are_drawn_as_they_are_asked_for_are_asked_for_one_by_one(student):
    peer = student(DOUBLE)
    f = peer.fetch(["f"])["f"]
    function(f).agrees_with(double, ((f(n),) for n in range(3)))
    assert asked(peer) == [0, 0, 1, 2, 2, 4, 4]


def test_what_calls_back_is_called_alone(student):
    peer = student("def f(g):\n    return g(3)")
    f = peer.fetch(["f"])["f"]
    function(f).agrees_with(lambda g: g(3), [(double,), (lambda x: x,)])


def test_an_endless_case_is_too_late(student):
    peer = student("def f(x):\n    while x == 7:\n        pass\n    return 2 * x", seconds=3)
    f = peer.fetch(["f"])["f"]
    with pytest.raises(Over, match="timeout"):
        function(f).agrees_with(double, CASES)


def test_a_process_that_ends_in_a_case_is_gone(student):
    peer = student("import os\ndef f(x):\n    return os._exit(0) if x == 7 else 2 * x")
    f = peer.fetch(["f"])["f"]
    with pytest.raises(Over, match="killed"):
        function(f).agrees_with(double, CASES)


def test_an_argument_that_does_not_cross_is_told_where_its_case_is_asked_alone(student):
    f = student("def f(x):\n    return 1").fetch(["f"])["f"]
    deep: list = []
    for _ in range(60):
        deep = [deep]
    assert f.call_ahead([(1,), (2,), (deep,), (3,)]) == [(1, None), (1, None)]
    assert f.call_ahead([(deep,), (3,)]) == []
    with pytest.raises(Refused):
        f(deep)


LARGE = {
    "arrays": ("np.sum(x)", [(np.full(200_000, float(k)),) for k in range(50)]),
    "lists": ("len(x)", [([k] * 50_000,) for k in range(50)]),
}


@pytest.mark.parametrize(("gives", "cases"), LARGE.values(), ids=LARGE)
def test_cases_that_together_are_too_large_cost_nobody_anything(student, gives, cases):
    """Each of them crosses alone: all of them are more than a message may hold."""
    peer = student(f"import numpy as np\ndef f(x):\n    return {gives}")
    peer.deadline = time.monotonic() + 200
    f = peer.fetch(["f"])["f"]
    function(f).agrees_with(eval(f"lambda x: {gives}"), cases)


def test_a_result_that_fits_alone_is_asked_for_alone(student):
    most = crossing.MAX_BYTES // 8 - 13  # as many numbers as just fit
    f = student("import numpy as np\ndef f(n):\n    return np.zeros(n)").fetch(["f"])["f"]
    assert len(f(most)) == most
    assert len(f.call_ahead([(3,), (most,)])) == 1
    function(f).agrees_with(np.zeros, [(3,), (most,), (4,)])


def test_the_judge_takes_no_such_message_of_a_students(student):
    body = "def f(g):\n    peer = g.port\n    return peer.call_ahead(g.handle, [(1,), (2,)])\n"
    with pytest.raises(Over, match="killed"):
        student(body).fetch(["f"])["f"](double)


def test_a_function_within_a_function_may_be_asked_so_as_well(student):
    peer = student("def make():\n    return lambda x: 2 * x")
    made = peer.fetch(["make"])["make"]()
    assert [got for got, _ in made.call_ahead(CASES)] == [2 * n for n in range(20)]
    began = time.monotonic()
    assert len(made.call_ahead([(n,) for n in range(500)])) <= crossing.MANY_CASES
    assert time.monotonic() - began < 20


def test_where_few_cases_are_answered_together_few_are_asked_for_the_next_time():
    """What is large or slow would else be copied 64 times for each answer."""
    asked = []

    class OneAtATime:
        def __call__(self, x):
            return 2 * x

        def call_ahead(self, cases):
            asked.append(len(cases))
            return [(2 * cases[0][0], None)]

    function(OneAtATime()).agrees_with(double, [(n,) for n in range(100)])
    assert asked[0] == 64 and set(asked[1:]) == {2}
