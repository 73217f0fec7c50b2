"""Tests run inside the student's process where the judge apart cannot serve, and say so."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from course.examining.deciding import CHANGED, SECOND
from course.examining.examine import examine
from course.examining.opening import session_source
from course.examining.placement import Placement, told_by_text
from course.examining.progress import Examination, Limits
from course.examining.rebuild import with_answers
from course.examining.rehearsal import OTHERWISE, rehearse
from tests.builders import code, notebook, region, solution, test_cell

LENIENT = Placement(lenient=True)
QUICK = Limits(answer=5, test=3)


@pytest.fixture(scope="module")
def source():
    """Return a source of warm sessions."""
    with session_source([notebook([code("import math")])]) as found:
        yield found


@pytest.fixture
def graded(source, tmp_path):
    """Return a function from cells and answers to judgements, by test."""

    def grade(cells, answers, placement=LENIENT):
        rebuilt = with_answers(notebook(cells), answers)
        one = lambda: source(tmp_path, {})  # noqa: E731
        outcomes, _ = examine(rebuilt, one, QUICK, placement=placement)
        return {o.exercise.id: o.judgement for o in outcomes}

    return grade


def exercise(test: str, *before, hidden: str = ""):
    """Return the cells of a lesson with one exercise."""
    return [*before, solution("f", region("pass")), test_cell("f-test", test, hidden)]


LIST = code("numbers = [3, 1, 2]\ntotal = lambda: sum(numbers)")


@pytest.mark.parametrize(
    ("answer", "test", "verdict"),
    [
        ("numbers.sort()", "assert numbers == [1, 2, 3]", "passed"),
        ("numbers.reverse()", "assert numbers == [1, 2, 3]", "failed"),
        ("numbers.append(4)", "assert total() == 10", "passed"),
        ("least = min(numbers)", "assert least == 1 and numbers == [3, 1, 2]", "passed"),
        # It sorts what the test asserts to be unchanged: the judge's own list is.
        ("numbers.sort()\nleast = numbers[0]", "assert least == 1 and numbers[0] == 3", "failed"),
        ("del numbers", "assert True or numbers", "passed"),
    ],
)
def test_data_that_an_answer_changes_are_the_students(graded, answer, test, verdict):
    judgement = graded(exercise(test, LIST), {"f": answer})["f-test"]
    assert judgement.verdict == verdict
    assert judgement.inside == (CHANGED if answer != "least = min(numbers)" else "")


@pytest.mark.parametrize(
    ("answer", "test"),
    [
        ("import numpy as np", "assert np.sqrt(4) == 2"),
        ("def f():\n    pass\nf.calls = 2", "assert f.calls == 2"),
        ("class P:\n    x = 3\nf = P()", "assert f.x == 3"),
        ("def f(n):\n    yield from range(n)", "assert list(f(2)) == [0, 1]"),
        (
            "kept = []\ndef f(g):\n    kept.append(g)\n    return lambda: kept[0]()",
            "assert f(lambda: 5)() == 5",
        ),
        (
            "def f():\n    raise type('Own', (ValueError,), {})('no')",
            "try:\n    f()\nexcept ValueError as e:\n    assert type(e).__name__ == 'Own'",
        ),
    ],
)
def test_a_right_answer_that_does_not_cross_passes_inside(graded, answer, test):
    judgement = graded(exercise(test), {"f": answer})["f-test"]
    assert judgement.verdict == "passed", judgement.message
    assert judgement.inside in (SECOND, "")
    if judgement.inside:
        again = graded(exercise(test), {"f": answer}, Placement())["f-test"]
        assert again.verdict != "passed"


def test_a_wrong_answer_fails_both_ways_and_is_told_in_our_checks_words(graded):
    cells = exercise(
        "from helpers import checks\n"
        "checks.function(f).returns((2,), 4, slips=[(0, 'You subtract: the sign is minus.')])"
    )
    judgement = graded(cells, {"f": "def f(x):\n    return 0"})["f-test"]
    assert (judgement.verdict, judgement.inside) == ("failed", "")
    assert "You subtract" in judgement.message


def test_what_passes_apart_never_reaches_the_students_process(source, tmp_path):
    asked = []

    @contextmanager
    def watched():
        with source(tmp_path, {}) as session:
            plain = session.inside
            session.inside = lambda code, timeout: asked.append(code) or plain(code, timeout)
            yield session

    cells = exercise("assert f(1) == 2", hidden="assert f(2) == 3")
    examine(with_answers(notebook(cells), {"f": "f = lambda x: x + 1"}), watched, placement=LENIENT)
    assert asked == []
    examine(with_answers(notebook(cells), {"f": "f = lambda x: 2"}), watched, placement=LENIENT)
    assert "assert f(2) == 3" in "".join(asked)


TWO = [
    solution("f", region("pass")),
    test_cell("f-test", "import math\ncases = [1, 4]\nassert f(1) == 2"),
    solution("g", region("pass")),
    test_cell("g-test", "assert roots == [1, 2]"),
]


@pytest.mark.parametrize("f", ["f = lambda x: x + 1", "f = None", "import os\nos._exit(0)"])
def test_a_later_answer_may_use_what_a_test_above_it_binds(graded, f):
    judged = graded(TWO, {"f": f, "g": "roots = [math.sqrt(c) for c in cases]"})
    assert judged["f-test"].verdict == ("passed" if "lambda" in f else judged["f-test"].verdict)
    assert judged["g-test"].verdict == "passed"


def test_an_endless_test_ends_both_ways_and_the_rest_is_graded(graded):
    judged = graded(TWO, {"f": "def f(x):\n    while True: pass", "g": "roots = [1, 2]"})
    assert {name: j.verdict for name, j in judged.items()} == {
        "f-test": "timeout",
        "g-test": "passed",
    }


@pytest.mark.parametrize(("placement", "times"), [(LENIENT, 2), (Placement(), 1)])
def test_tests_that_run_twice_have_twice_the_time(placement, times):
    state = Examination(notebook(TWO), {}, frozenset(), Limits(whole=100), placement)
    assert state.whole == times * 100 and state.whole - 50 < state.time_left <= state.whole


def test_a_course_that_forbids_it_judges_nothing_inside(graded):
    cells = exercise("import inspect\nassert inspect.getsource(f)")
    placement = told_by_text(notebook(cells), "forbid")
    judgement = graded(cells, {"f": "def f(): pass"}, placement)["f-test"]
    assert (judgement.verdict, judgement.points) == ("error", 0)
    assert "it reads source text" in judgement.message


@pytest.fixture
def rehearsed(source, tmp_path):
    """Return a function from cells to where their tests are judged."""
    return lambda cells: rehearse(notebook(cells), lambda: source(tmp_path, {}), QUICK)


def test_a_rehearsal_finds_what_the_text_does_not_show(rehearsed):
    body = region("import functools\nf = functools.partial(int, base=2)\nf.note = 3")
    cells = [solution("f", body), test_cell("f-test", "assert f.note == 3 and f('11') == 3")]
    assert rehearsed(cells).inside == {"f-test": OTHERWISE}


def test_a_rehearsal_leaves_apart_what_can_be_judged_there(rehearsed):
    cells = [solution("f", region("f = lambda x: x + 1")), test_cell("f-test", "assert f(1) == 2")]
    found = rehearsed(cells)
    assert (found.inside, found.unsolved, found.given) == ({}, {}, frozenset())


def test_where_our_own_solution_fails_nobody_gets_a_zero_for_it(rehearsed, graded):
    cells = [
        solution("f", region("import no_such_module\nf = lambda: 1")),
        test_cell("f-test", "assert f() == 1"),
        solution("g", region("g = 2")),
        test_cell("g-test", "assert g == 2"),
    ]
    placement = rehearsed(cells)
    assert list(placement.unsolved) == ["f-test"]
    judged = graded(cells, {"f": "import no_such_module", "g": "g = 3"}, placement)
    assert judged["f-test"].verdict == "error"
    assert "ModuleNotFoundError" in judged["f-test"].message
    assert judged["g-test"].verdict == "failed"
    other = graded(cells, {"f": "f = lambda: 1", "g": "g = 2"}, placement)
    assert other["f-test"].verdict == other["g-test"].verdict == "passed"


def test_a_student_version_that_passes_earns_what_stock_gives_it(rehearsed, graded):
    cells = [
        solution("f", "x = 1\n" + region("x = 2")),
        test_cell("f-test", "assert x in (1, 2)"),
    ]
    placement = rehearsed(cells)
    assert placement.given == {"f-test"}
    stub = "x = 1\n# YOUR CODE HERE\nraise NotImplementedError()"
    assert graded(cells, {"f": stub}, placement)["f-test"].points == 1


def test_a_name_of_the_students_that_is_missing_runs_no_lesson_twice(source, tmp_path):
    opened = []

    @contextmanager
    def counted():
        opened.append(1)
        with source(tmp_path, {}) as session:
            yield session

    cells = exercise("assert f(1) == 2", code("left_out = print"))
    rebuilt = with_answers(notebook(cells), {"f": "f = nowhere"})
    examine(rebuilt, counted)
    assert len(opened) == 1


READS = "with open('out.txt') as file:\n    assert file.read() == '42'"
WRITES = "with open('out.txt', 'w') as file:\n    file.write({!r})"


@pytest.mark.parametrize(
    ("before", "solution_", "answer", "verdict"),
    [
        ("42", WRITES.format("42"), WRITES.format("42"), "passed"),
        ("42", WRITES.format("42"), "x = 1", "failed"),  # the right file stands beside the source
        ("42", WRITES.format("42"), WRITES.format("41"), "failed"),
        ("42", "x = 1", "x = 2", "passed"),  # the solution only reads it
        (
            "4",
            "text = open('out.txt').read()\nopen('out.txt', 'w').write(text + '2');",
            "x = 1",
            "failed",
        ),
    ],
)
def test_a_file_that_the_solution_writes_is_not_there_before(
    source, tmp_path, before, solution_, answer, verdict
):
    @contextmanager
    def fresh():
        folder = tmp_path / f"session-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        (folder / "out.txt").write_text(before)
        with source(folder, {}) as session:
            yield session

    cells = [solution("f", region(solution_)), test_cell("f-test", READS)]
    placement = rehearse(notebook(cells), fresh, QUICK)
    assert placement.written == ({"out.txt"} if "'w'" in solution_ and before == "42" else set())
    rebuilt = with_answers(notebook(cells), {"f": answer})
    ((outcome,), _) = examine(rebuilt, fresh, QUICK, placement=placement)
    assert outcome.judgement.verdict == verdict
