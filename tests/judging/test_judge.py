"""Tests run where no student's code does; what a student's process says is data."""

from __future__ import annotations

import os
import signal

import pytest

from course.examining.examine import examine
from course.examining.progress import Limits
from course.examining.rebuild import with_answers
from course.notebook.provenance import write_script
from tests.builders import code, notebook, solution, test_cell

from .conftest import IMPORTS

EQUAL = "checks.function(f).returns((3,), 6)"
STUB = "f = None\n### BEGIN SOLUTION\nf = 1\n### END SOLUTION"


def test_a_right_function_passes(verdict):
    assert verdict("def f(x):\n    return 2 * x", EQUAL, EQUAL)[0] == "passed"


@pytest.mark.parametrize(
    "lie",
    [
        "class L:\n    __eq__ = lambda s, o: True\n    __bool__ = lambda s: True",
        "class L(float):\n    __eq__ = lambda s, o: True\n    __ne__ = lambda s, o: False",
        "class L(int):\n    __eq__ = lambda s, o: True",
        "class L(str):\n    __eq__ = lambda s, o: True",
        "import numpy as np\nclass L(np.ndarray):\n    __eq__ = lambda s, o: np.array(True)\n"
        "    __new__ = lambda c: np.zeros(()).view(c)",
        "import numpy as np\nclass L:\n    __array__ = lambda s, *a, **k: np.array(6)\n"
        "    __len__ = lambda s: 6\n    __float__ = lambda s: 6.0\n    __index__ = lambda s: 6",
    ],
)
@pytest.mark.parametrize(
    "test",
    [EQUAL, "assert f(3) == 6", "assert not f(3) != 6", "assert f(3)", "assert len(f(3)) == 6"],
)
def test_an_object_that_lies_earns_nothing(verdict, lie, test):
    lie += "" if "__new__" in lie else "\n    __init__ = lambda s, *a: None"
    assert verdict(f"{lie}\ndef f(x):\n    return L()", test)[0] == "failed"


@pytest.mark.parametrize(
    "patch",
    [
        "np.isclose = np.allclose = np.array_equal = lambda *a, **k: True",
        "import builtins; builtins.all = builtins.any = builtins.bool = lambda *a: True",
        "checks.function = checks.value = lambda *a, **k: __import__('unittest.mock').mock.Mock()",
        "import helpers.checks.comparison as c; c.difference = lambda *a, **k: None",
        "import course.judging.verdict, course.processes.shell as s; "
        "s.run = lambda *a: {'status': 'ok', 'outputs': []}",
        "import IPython; IPython.get_ipython().run_cell = lambda *a, **k: None",
        "import sys; sys.settrace(lambda *a: None); sys.exit = lambda *a: None",
        "AssertionError = None; __builtins__['AssertionError'] = None",
        "import os; os.environ['COURSE_CHECK_SEED'] = '1'",
    ],
)
def test_what_a_student_patches_makes_no_difference(verdict, patch):
    imports = "import numpy as np\nfrom helpers import checks"
    answer = f"{imports}\ntry:\n    {patch}\nexcept TypeError:\n    pass\n"
    assert verdict(f"{answer}def f(x):\n    return 7", EQUAL)[0] in ("failed", "killed")


def test_a_name_of_ours_that_a_student_binds_anew_stays_ours(verdict):
    answer = "np = checks = expected = None\ndef f(x):\n    return 5"
    test = "checks.function(f).returns((3,), expected)"
    assert verdict(answer, test, "", code("expected = 6"))[0] == "failed"


def test_a_name_of_ours_that_depends_on_an_answer_is_the_students(sessions, tmp_path):
    cells = [
        IMPORTS,
        code("base = 10"),
        solution("f", STUB),
        code("def g():\n    return f + base", id="ours"),
        test_cell("f-test", "assert g() == 15 and base == 10"),
    ]
    nb = notebook(cells)
    assert write_script(nb).dependent == {"ours"}
    rebuilt = with_answers(nb, {"f": "f = 5"})
    outcomes, _ = examine(rebuilt, lambda: sessions(tmp_path, {}))
    assert outcomes[0].judgement.verdict == "passed"


SEARCH = """
import gc, sys
def f(x):
    marker = "".join(["MARK", "ER-of-the-hidden-test"])  # no constant of this function
    found, frame = [], sys._getframe().f_back
    while frame:
        found += [repr(v) for v in list(frame.f_locals.values()) if marker in repr(v)[:100_000]]
        frame = frame.f_back
    for thing in gc.get_objects():
        if type(thing) in (dict, list, tuple) and len(thing) < 10_000:
            parts = thing.values() if type(thing) is dict else thing
            found += [p for p in list(parts) if type(p) is str and marker in p]
    for module in list(sys.modules.values()):
        found += [v for v in list(vars(module).values()) if type(v) is str and marker in v]
    for name in ("environ", "cmdline"):
        found += [name] * (marker.encode() in open(f"/proc/self/{name}", "rb").read())
    return len(found)
"""


def test_nothing_of_a_hidden_test_is_in_the_students_process(verdict):
    hidden = "secret = 'MARKER-of-the-hidden-test'\nassert f(1) == 0, f(1)"
    twice = f"{hidden}\nassert f(secret[:0]) == 0, f(2)"
    assert verdict(SEARCH, "assert f(0) == 0", twice, limits=Limits(test=60)) == ("passed", "")


def test_the_search_does_find_what_is_there(verdict):
    planted = SEARCH + "\nkept = ['MARKER-of-the-hidden-test']"
    assert verdict(planted, "assert f(0) > 0", limits=Limits(test=60))[0] == "passed"


def test_the_seed_of_the_cases_is_the_judges_alone(sessions, tmp_path):
    seed = "import os\ndef f():\n    return os.environ.get('COURSE_CHECK_SEED')"
    test = "assert f() is None\nassert checks.session_seed() == 77"
    rebuilt = with_answers(
        notebook([IMPORTS, solution("f", STUB), test_cell("f-test", test)]), {"f": seed}
    )
    outcomes, _ = examine(rebuilt, lambda: sessions(tmp_path, {}), check_seed=77)
    assert outcomes[0].judgement.verdict == "passed", outcomes[0].judgement


def test_random_cases_differ_from_one_examination_to_the_next(sessions, tmp_path):
    def earned() -> str:
        cells = [
            IMPORTS,
            solution("f", STUB),
            test_cell("f-test", "assert 0, checks.session_seed()"),
        ]
        rebuilt = with_answers(notebook(cells), {"f": "f = 1"})
        (outcome,), _ = examine(rebuilt, lambda: sessions(tmp_path, {}))
        return outcome.judgement.message

    assert earned() != earned()


def test_what_a_test_binds_later_tests_of_the_submission_find_and_others_do_not(sessions, tmp_path):
    cells = [
        IMPORTS,
        solution("f", STUB),
        test_cell("f-test", "grid = f"),
        solution("g", STUB.replace("f", "g")),
        test_cell("g-test", "assert grid == 3 and g == 4"),
    ]
    nb = notebook(cells)
    for answers, wanted in (({"f": "f = 3", "g": "g = 4"}, "passed"), ({"g": "g = 4"}, "failed")):
        outcomes, _ = examine(with_answers(nb, answers), lambda: sessions(tmp_path, {}))
        assert outcomes[1].judgement.verdict == wanted


def test_what_a_student_writes_into_is_whole_again_for_the_next(verdict):
    ours = code("data = np.arange(3)\nlists = {'a': [1, np.zeros(2)]}", id="data")
    test = "assert data.sum() == 3 and lists['a'][1].sum() == 0\nf(data); f(lists)"
    answer = (
        "def f(x):\n    if type(x) is dict:\n        x['a'][1][:] = 9; x.clear()\n"
        "    else:\n        x[:] = 9"
    )
    for _ in range(2):
        assert verdict(answer, test, "", ours)[0] == "passed"


def test_the_judge_goes_on_after_students_who_hang_die_or_talk_nonsense(verdict):
    for body in ("while True: pass", "import os; os._exit(1)", "raise SystemExit", "return [" * 60):
        if body.endswith("["):
            body = "x = []\n    x.append(x)\n    return x"
        quick = Limits(answer=5, test=1)
        found = verdict(f"def f(x):\n    {body}", EQUAL, limits=quick)[0]
        assert found in ("timeout", "killed", "failed")
        assert verdict("def f(x):\n    return 2 * x", EQUAL)[0] == "passed"


def test_a_judge_that_a_value_keeps_busy_is_replaced(verdict):
    busy = "n = f(1)\nwhile n: pass"
    assert verdict("def f(x):\n    return 1", busy, limits=Limits(test=1))[0] == "timeout"
    assert verdict("def f(x):\n    return 0", busy)[0] == "passed"


def exercise(name: str, test: str) -> list:
    return [solution(name, STUB.replace("f =", f"{name} =")), test_cell(f"{name}-test", test)]


def test_a_judge_that_ends_in_a_test_is_that_tests_verdict_and_the_others_go_on(sessions, tmp_path):
    deadly = "if f == 9:\n    import os\n    os._exit(1)\nassert f == 9"
    cells = [IMPORTS, *exercise("f", deadly), *exercise("g", "assert g == 4")]
    rebuilt = with_answers(notebook(cells), {"f": "f = 9", "g": "g = 4"})
    outcomes, _ = examine(rebuilt, lambda: sessions(tmp_path, {}))
    assert [o.judgement.verdict for o in outcomes] == ["killed", "passed"]


def test_who_ends_every_judge_is_stopped_after_some(sessions, tmp_path):
    deadly = "if NAME == 9:\n    import os\n    os._exit(1)"
    cells = [IMPORTS]
    for n in range(5):
        cells += exercise(f"x{n}", deadly.replace("NAME", f"x{n}"))
    rebuilt = with_answers(notebook(cells), {f"x{n}": f"x{n} = 9" for n in range(5)})
    opened = []

    def open_session():
        opened.append(1)
        return sessions(tmp_path, {})

    outcomes, _ = examine(rebuilt, open_session, Limits(restarts=2))
    assert [o.judgement.verdict for o in outcomes] == ["killed"] * 5
    assert "so often" in outcomes[-1].judgement.message and len(opened) == 3


def test_a_judge_that_ended_while_it_was_idle_is_replaced(sessions, tmp_path, verdict):
    for _ in range(2):
        assert verdict("def f(x):\n    return 2 * x", EQUAL)[0] == "passed"
        for judge in sessions.nursery.judges._idle:
            os.kill(judge._pid, signal.SIGKILL)


def test_partial_credit_is_what_the_test_ends_in_and_never_what_a_student_shows(sessions, tmp_path):
    def points(answer: str, test: str) -> float:
        cells = [IMPORTS, solution("f", STUB), test_cell("f-test", test, points=2)]
        rebuilt = with_answers(notebook(cells), {"f": answer})
        outcomes, _ = examine(rebuilt, lambda: sessions(tmp_path, {}))
        return outcomes[0].judgement.points

    assert points("f = 3", "1.5 if f == 3 else 0") == 1.5
    shown = "class L:\n    __repr__ = lambda s: '2'\n"
    assert points(f"{shown}f = L()\n2", "f\nassert f is None") == 0
    assert points(f"{shown}f = L()", "0 * (f == 1)") == 0


def test_a_test_that_is_told_nothing_of_a_name_misses_it_as_in_a_notebook(verdict):
    assert verdict("g = 1", "assert f == 1") == ("failed", "NameError: name 'f' is not defined")


def test_a_picture_is_told(verdict):
    answer = (
        "import matplotlib.pyplot as plt\nf, ax = plt.subplots()\n"
        "ax.plot([1, 2], [3, 4], label='a')\nax.set_title('Loss')"
    )
    test = (
        "(axes,) = f.axes\nassert axes.get_title() == 'Loss'\n"
        "assert axes.lines[0].get_ydata().tolist() == [3, 4]\n"
        "assert axes.lines[0].get_label() == 'a'"
    )
    assert verdict(answer, test) == ("passed", "")


def test_in_a_session_of_its_own_nursery_verdicts_are_the_same(tmp_path):
    from course.examining.opening import session_source

    nb = notebook([IMPORTS, solution("f", STUB), test_cell("f-test", EQUAL)])
    with session_source([nb], cold=True) as source:
        rebuilt = with_answers(nb, {"f": "def f(x):\n    return 2 * x"})
        outcomes, _ = examine(rebuilt, lambda: source(tmp_path, {}))
    assert outcomes[0].judgement.verdict == "passed"


@pytest.mark.parametrize(
    "answer",
    [
        "f = []\nfor _ in range(60):\n    f = [f]",
        "f = [1 << (8 * 2**17)]",
        "import numpy as np\nf = np.broadcast_to(np.int8(1), (2**20, 2**20))",
    ],
)
def test_a_value_that_does_not_cross_fails_its_test_and_leaves_the_judge_alive(verdict, answer):
    found, message = verdict(answer, "assert f == 1")
    assert found == "failed" and "does not cross" in message


@pytest.mark.parametrize("value", ["1", "2", "-1", "float('nan')"])
def test_a_number_before_the_end_of_a_test_is_no_partial_credit(sessions, tmp_path, value):
    cells = [
        IMPORTS,
        solution("f", STUB),
        test_cell("f-test", "assert f(1) == 2\nf(2)", "assert f(3) == 6", points=2),
    ]
    for answer, verdict, points in (
        (f"def f(x):\n    return 2 if x == 1 else {value}", "failed", 0),
        (f"def f(x):\n    return {value} if x == 2 else 2 * x", "passed", 2),
    ):
        rebuilt = with_answers(notebook(cells), {"f": answer})
        outcomes, _ = examine(rebuilt, lambda: sessions(tmp_path, {}))
        found = outcomes[0].judgement
        assert (found.verdict, found.points) == (verdict, points)


@pytest.mark.parametrize("test", ["list(map(f, [1, 2]))", "dict(zip([1], map(f, [1])))"])
@pytest.mark.parametrize("error", ["StopIteration", "type('E', (StopIteration,), {})"])
def test_an_exception_that_ends_iterations_is_an_error_in_the_judge(verdict, test, error):
    assert verdict(f"def f(x):\n    raise {error}(x)", test)[0] == "failed"


def test_what_a_failed_test_held_is_gone_before_the_next_submission(sessions, tmp_path):
    free = (
        "import sys\n"
        "assert not hasattr(sys, 'last_value')\n"
        "size = int(open('/proc/self/statm').read().split()[1]) * 4096\n"
        "assert size < limit and g == 1"
    )
    limit = "limit = int(open('/proc/self/statm').read().split()[1]) * 4096 + (300 << 20)"
    nb = notebook(
        [
            IMPORTS,
            code(limit, id="limit"),
            solution("f", STUB),
            test_cell("f-test", "held = [f(n) for n in range(20)]\nassert not held"),
            solution("g", STUB.replace("f", "g")),
            test_cell("g-test", free),
        ]
    )
    large = "import numpy as np\ndef f(x):\n    return np.ones(4 << 20)"
    for answers, k, verdict in (({"f": large}, 0, "failed"), ({"g": "g = 1"}, 1, "passed")):
        outcomes, _ = examine(with_answers(nb, answers), lambda: sessions(tmp_path, {}))
        assert outcomes[k].judgement.verdict == verdict, outcomes[k].judgement.message
