"""What a reference gave is remembered where it gives the same for whoever is judged."""

from __future__ import annotations

import random
import sys
from types import CodeType

import numpy as np
import pytest

from course.judging.references import References
from tests.builders import code

CASE = (np.array([1.0, 2.0]), 3)
PLAIN = "reference = lambda a, k: np.sum(a) * k"


class Judge:
    """Judges submissions by a part of a test that binds `reference`."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.crossed = 0
        self.space = {"np": np, "random": random, "__name__": "__main__", "answer": self.remote}
        self.references = References(self.space)

    def remote(self, *_):
        """Stand for a function of the student's."""
        self.crossed += 1
        return 1.0

    def asks(self, seed: str = "1", case: tuple = CASE, **theirs) -> bool:
        """Judge a submission; tell whether the reference was run."""
        self.space.update(theirs)
        exec(compile(self.part, "part", "exec"), self.space)
        self.references.begin([self.part], {"answer", *theirs}, seed, lambda: self.crossed)
        ran: list[CodeType] = []
        sys.setprofile(lambda frame, event, _: event == "call" and ran.append(frame.f_code))
        try:
            self.result = self.references(self.space["reference"], case)
        finally:
            sys.setprofile(None)
        return any(code.co_filename == "part" for code in ran)


def asked(part: str, **theirs) -> list[bool]:
    """Tell of five submissions whether the reference was run for each."""
    judge = Judge(part)
    return [judge.asks(**theirs) for _ in range(5)]


REMEMBERED = [True, True, False, False, False]


def test_it_is_run_for_two_submissions_and_for_no_other():
    judge = Judge(PLAIN)
    assert [judge.asks() for _ in range(5)] == REMEMBERED
    assert judge.result == 9.0


@pytest.mark.parametrize(
    "part",
    [
        "size = 4\ndef reference(a, k):\n    return a * size",
        "table = np.arange(3)\ndef reference(a, k):\n    return {'sum': [table.sum(), k]}",
        "def half(x):\n    return x / 2\ndef reference(a, k):\n    return half(a)",
        "def reference(a, k):\n    inner = lambda x: x + k\n    return inner(a)",
        "check = [answer]\ndef reference(a, k):\n    return a[::-1]",
    ],
)
def test_what_reads_only_what_is_ours_is_remembered(part):
    assert asked(part) == REMEMBERED


@pytest.mark.parametrize(
    "part",
    [
        "reference = lambda a, k: answer(a)",
        "reference = lambda a, k: kept * k",
        "mine = kept + 1\nreference = lambda a, k: mine * k",
        "def other(a):\n    return kept * a\nreference = lambda a, k: other(a)",
        "def other(a):\n    return later * a\nreference = lambda a, k: other(a)\nlater = kept",
        "table = [1]\ntable.append(kept)\nreference = lambda a, k: table[0] * k",
        "table = [1]\ntable[0] = kept\nreference = lambda a, k: table[0] * k",
        "table = np.ones(1)\nnp.copyto(table, kept)\nreference = lambda a, k: table[0] * k",
        "def reference(a, k, more=kept):\n    return more * k",
        "def made(more):\n    return lambda a, k: more * k\nreference = made(kept)",
        "class Own:\n    def __call__(self, a, k):\n        return kept * k\nreference = Own()",
        "class Own:\n    x = 1\nreference = lambda a, k: Own.x * k",
        "from functools import partial\nreference = partial(lambda more, a, k: more * k, kept)",
        "reference = lambda a, k: eval('kept') * k",
        "reference = answer",
        "if kept > 3:\n    reference = lambda a, k: 1.0\nelse:\n    reference = lambda a, k: 2.0",
        "reference = np.maximum if kept > 3 else np.minimum",
    ],
)
def test_what_may_read_what_a_student_gave_is_run_for_each(part):
    judge = Judge(part)
    for number in (2.0, 2.0, 2.0, 5.0):
        judge.asks(kept=number)
        plain = judge.space["reference"](*CASE)
        assert np.array_equal(judge.result, plain)


@pytest.mark.parametrize(
    "part",
    [
        "reference = lambda a, k: random.random() * 0 + k",
        "reference = lambda a, k: np.random.normal() * 0 + k",
        "chance = np.random.default_rng(1)\nreference = lambda a, k: chance.normal() * 0 + k",
        "count = [0]\ndef reference(a, k):\n    count.append(k)\n    return k",
        "def reference(a, k):\n    global count\n    count = k\n    return k",
        "def reference(a, k):\n    print('seen')\n    return k",
        "reference = lambda a, k: object()",
        "def reference(a, k):\n    return iter([k])",
    ],
)
def test_what_does_more_than_to_return_is_run_for_each(part, monkeypatch):
    from course.processes.capture import Stream

    monkeypatch.setattr(sys, "stdout", Stream("stdout"))
    assert all(asked(part))


def test_other_arguments_another_seed_or_another_result_are_another_thing():
    judge = Judge(PLAIN)
    assert [judge.asks() for _ in range(3)] == [True, True, False]
    assert judge.asks(case=(np.array([1.0, 2.5]), 3)) and judge.result == 10.5
    assert judge.asks() and judge.result == 9.0
    assert judge.asks() and not judge.asks()
    assert judge.asks(seed="2")
    judge = Judge("number = len(sys.argv)\nreference = lambda a, k: sys.argv * 1")
    judge.space["sys"] = other = type(sys)("sys")
    for other.argv in (["1"], ["2"], ["3"]):
        assert judge.asks() and judge.result == other.argv


@pytest.mark.parametrize(
    ("first", "then"),
    [("mode = 2", "mode = 5"), ("mode = [2]", "mode = [5]"), ("mode = 'a'", "mode = 'ab'")],
)
def test_other_data_of_the_lessons_are_another_thing(first, then):
    judge = Judge("reference = lambda a, k: [mode, k]")
    exec(first, judge.space)
    assert [judge.asks() for _ in range(3)] == [True, True, False]
    exec(then, judge.space)  # as a lesson's function does that was given a student's
    assert judge.asks() and judge.result == [judge.space["mode"], 3]


def test_another_function_of_the_same_name_is_another_thing():
    judge = Judge("reference = lambda a, k: helper(k)")
    exec("def helper(k): return 2 * k", judge.space)
    assert [judge.asks() for _ in range(3)] == [True, True, False]
    exec("def helper(k): return 5 * k", judge.space)
    assert judge.asks() and judge.result == 15


def test_whoever_gets_a_result_may_change_it():
    judge = Judge("reference = lambda a, k: a * k")
    for _ in range(4):
        judge.asks()
        assert judge.result.tolist() == [3.0, 6.0]
        judge.result[:] = 0


def test_what_is_remembered_does_not_grow_for_ever(monkeypatch):
    monkeypatch.setattr("course.judging.references.MOST", 10_000)
    judge = Judge("reference = lambda a, k: np.zeros(500)")
    for seed in range(40):
        judge.asks(seed=str(seed))
    assert len(judge.references._known) < 6


@pytest.fixture
def of_a_batch(monkeypatch):
    """Have all submissions of a test judged with one seed, as those of a batch are."""
    monkeypatch.setattr("course.examining.examine.secrets.randbelow", lambda most: 5)


GROWING = """
def f(x):
    return 2 * x
total = {number}
"""


def test_the_verdict_of_each_submission_is_its_own(verdict, of_a_batch):
    test = "checks.function(f).agrees_with(lambda x: 2 * x, [(1,), (2.5,)])"
    leaning = "checks.function(f).agrees_with(lambda x: 2 * x + total - 7, [(1,), (2.5,)])"
    right, wrong = "def f(x):\n    return 2 * x", "def f(x):\n    return 3 * x"
    for answer in (right, right, wrong, right, wrong):
        assert verdict(answer, "", test)[0] == ("passed" if answer == right else "failed")
    for number in (7, 7, 7, 8, 7):
        found = verdict(GROWING.format(number=number), "", leaning)[0]
        assert found == ("passed" if number == 7 else "failed")


WRITES = "def f(x):\n    r = x * 2\n    x[...] = 0\n    return r"
HOLDS = {
    "an object": "class Box:\n    pass\nbox = Box()\nbox.x = np.arange(4.0)",
    "a named tuple": (
        "from collections import namedtuple\nbox = namedtuple('Box', 'x')(np.arange(4.0))"
    ),
    "a function": "def ask(f):\n    return f(photo)\nphoto = np.arange(4.0)",
}


@pytest.mark.parametrize("lesson", HOLDS.values(), ids=HOLDS)
def test_what_an_answer_wrote_into_the_lessons_data_no_other_submission_finds(verdict, lesson):
    lesson = code(f"import numpy as np\n{lesson}")
    given = "ask(f)" if "ask" in lesson.source else "f(box.x)"
    test = f"assert {given}.tolist() == [0, 2, 4, 6]"
    for answer in (WRITES, "def f(x):\n    return x * 2") * 2:
        assert verdict(answer, test, "", lesson)[0] == "passed"


def test_what_a_reference_read_of_it_is_remembered_for_nobody(verdict, of_a_batch):
    lesson = code("import numpy as np\nphoto = np.arange(1.0, 5.0)")
    seen = "rows = [(photo, 2.0)]\nassert np.shape(f(*rows[0])) == (4,)"
    hidden = (
        "def wanted(x, k):\n    return photo * k\n"
        "given = np.arange(1.0, 5.0)\n"
        "checks.function(f).agrees_with(wanted, [(given, 2.0), (given, 3.0)])"
    )
    once = "done = []\ndef f(x, k):\n    if not done:\n        done.append(1)\n        x[:] = 0\n"
    for _ in range(2):
        verdict(f"{once}    return x * 0", seen, hidden, lesson)
    assert verdict("def f(x, k):\n    return x * 0", seen, hidden, lesson)[0] == "failed"
    assert verdict("def f(x, k):\n    return x * k", seen, hidden, lesson)[0] == "passed"


KEEPS = {
    "a list": "seen = []\ndef keep(x):\n    seen.append(x)\n    return len(seen)",
    "a dict": "seen = {}\ndef keep(x):\n    seen[len(seen)] = x\n    return len(seen)",
    "an array": "seen = np.zeros(3)\ndef keep(x):\n    seen[0] += 1\n    return int(seen[0])",
}


@pytest.mark.parametrize("lesson", KEEPS.values(), ids=KEEPS)
def test_what_a_function_of_the_lessons_keeps_no_other_submission_finds(verdict, lesson):
    lesson = code(f"import numpy as np\n{lesson}")
    for _ in range(3):
        assert verdict("f = lambda x: x", "assert keep(f(2)) == 1", "", lesson)[0] == "passed"
