"""The known mistake is told that gives all that the test has seen, and no other."""

from helpers import checks
from helpers.checks.seen import Seen

import pytest

from course.examining.examine import examine
from course.examining.progress import Limits
from course.examining.rebuild import with_answers
from course.judging.known import Failed, Known
from course.notebook.mistakes import Mistake
from tests.builders import code, notebook, solution, test_cell

from .conftest import IMPORTS, QUICK

STUB = "f = None\n### BEGIN SOLUTION\n{}\n### END SOLUTION"
TWICE = STUB.format("f = lambda x: 2 * x")
VISIBLE = "check = checks.function(f)\ncheck.returns((2,), 4)\ncheck.returns((3,), 6)"
HIDDEN = "check.agrees_with(lambda x: 2 * x, [(0.5,), (10,)])"
SQUARE = "That is the square: twice is another thing."
SUM = "You added 2."
ROUNDED = "The half is lost."


def mistake(words: str, source: str, exercise: str = "f") -> Mistake:
    return Mistake(exercise, words, source, 1, words)


KNOWN = [
    mistake(SUM, "def f(x):\n    return x + 2"),
    mistake(SQUARE, "def f(x):\n    return x**2"),
    mistake(ROUNDED, "def f(x):\n    return 2 * int(x)"),
]


@pytest.fixture
def told(sessions, tmp_path):
    """Return a function from an answer, known mistakes and a lesson to what the student reads."""

    def told(answer: str, known=KNOWN, cells=None, limits: Limits = QUICK, **more: str) -> str:
        cells = cells or [IMPORTS, solution("f", TWICE), test_cell("f-test", VISIBLE, HIDDEN)]
        rebuilt = with_answers(notebook(cells), {"f": answer} | more)
        outcomes, _ = examine(
            rebuilt, lambda: sessions(tmp_path, {}), limits, check_seed=5, mistakes=known
        )
        return outcomes[-1].judgement.message

    return told


def test_an_answer_that_gives_what_a_mistake_gives_is_told_its_words(told):
    message = told("def f(x):\n    return x * x")
    assert message == f"f(3) is 9; it should be 6.\n{SQUARE}"


def test_where_only_hidden_inputs_tell_the_words_are_all_that_is_told(told):
    assert told("import math\ndef f(x):\n    return 2 * math.floor(x)") == ROUNDED


def test_one_number_that_collides_is_no_mistake(told):
    # At 3 it gives the square, 9; but at 2 no square gives what was seen there.
    answer = "def f(x):\n    return {2: 4, 3: 9}.get(x, 7)"
    assert told(answer, [mistake(SUM, "def f(x):\n    return 9")]) == "f(3) is 9; it should be 6."


def test_a_collision_counts_for_all_that_was_seen_before_it(told):
    wrong_at_first = "def f(x):\n    return 3 * x if x == 3 else 0"
    assert told("def f(x):\n    return x * x", [mistake(SUM, wrong_at_first)]).endswith("be 6.")


def test_a_mistake_that_raises_is_told_to_whoever_raises_the_same(told):
    known = [mistake("It has no length.", "def f(x):\n    return 2 * len(x)")]
    assert told("def f(x):\n    return len(x) + len(x)", known).endswith("\nIt has no length.")
    assert "length" not in told("def f(x):\n    raise ValueError", known)


def test_the_type_counts_where_the_type_is_wrong(told):
    typed = VISIBLE.replace("4)", "4, dtype=int)").replace("6)", "6, dtype=int)")
    cells = [IMPORTS, solution("f", TWICE), test_cell("f-test", typed, HIDDEN)]
    known = [mistake("A float.", "def f(x):\n    return 2.0 * x")]
    assert told("def f(x):\n    return x / 0.5", known, cells).endswith("\nA float.")
    other = told("def f(x):\n    return np.float32(2 * x)", known, cells)
    assert "float32" in other and "A float." not in other


def test_last_bits_make_no_difference(told):
    known = [mistake("A third.", "def f(x):\n    return x / 3")]
    assert told("def f(x):\n    return x * (1 / 3 + 1e-13)", known).endswith("\nA third.")


def test_a_value_is_told_by_its_value(told):
    stub = STUB.format("f = (2, 3)")
    cells = [
        IMPORTS,
        solution("f", stub),
        test_cell(
            "f-test",
            "checks.value(f=f).holds('it is a pair', lambda v: len(v) == 2)",
            "checks.value(f=f).equals((2, 3))",
        ),
    ]
    known = [mistake("Turned round.", "f = (3, 2)"), mistake("Three of them.", "f = (1, 2, 3)")]
    assert told("f = (3, 2)", known, cells) == "Turned round."
    assert told("f = [1, 2, 3]", known, cells).endswith("\nThree of them.")
    assert "Turned" not in told("f = (3, 1)", known, cells)


def test_a_mistake_finds_the_lessons_names_and_the_solutions_above(told):
    cells = [
        IMPORTS,
        code("factor = 3\ndef lesson(x):\n    return factor * x"),
        solution("g", "def g(x):\n    ### BEGIN SOLUTION\n    return x + 1\n    ### END SOLUTION"),
        test_cell("g-test", "checks.function(g).returns((1,), 2)"),
        solution("f", TWICE),
        test_cell("f-test", VISIBLE, HIDDEN),
    ]
    known = [mistake("Three times.", "def f(x):\n    return lesson(g(x) - 1)")]
    assert told("def f(x):\n    return 3 * x", known, cells).endswith("\nThree times.")


def test_a_mistake_that_hangs_holds_nobody_up(told):
    known = [mistake("Never.", "def f(x):\n    while True:\n        pass"), *KNOWN]
    message = told("def f(x):\n    return x * x", known, limits=Limits(answer=20, test=20))
    assert message == "f(3) is 9; it should be 6."


def test_a_mistake_leaves_the_lessons_data_and_the_generators_as_they_were(told):
    cells = [
        IMPORTS,
        code("data = np.zeros(3)"),
        solution("f", TWICE),
        test_cell("f-test", f"assert (data == 0).all()\n{VISIBLE}", HIDDEN),
        solution("h", STUB.replace("f =", "h =").format("h = 1")),
        test_cell("h-test", "assert (data == 0).all() and np.random.random() == number"),
    ]
    cells.insert(1, code("number = np.random.RandomState(2026).random_sample()"))
    spoils = "def f(x):\n    data[:] = np.random.random()\n    return x * x"
    assert told("def f(x):\n    return x * x", [mistake("x", spoils)], cells, h="h = 1") == ""


def test_a_mistake_that_begins_otherwise_is_not_run_again():
    runs = []
    space = {"checks": checks, "ran": lambda: runs.append(1)}
    code = "ran()\ndef f(x):\n    return 2 * x"
    known = Known({"f-test": [{"before": (), "code": code, "words": SUM}]})
    test = "check = checks.function(f)\ncheck.returns((2,), 4)\ncheck.returns((3,), 9)"

    def told(*outcomes: float, seed: str | None = "1") -> tuple[int | None, int]:
        seen = tuple(Seen("f", (x,), y) for x, y in zip((2, 3), outcomes, strict=False))
        failed = Failed((test,), seen, "values")
        return known.explain("f-test", failed, space, 9, seed=seed), len(runs)

    assert [told(5), told(7)] == [(None, 1), (None, 1)]
    # Begun in the same way it is run again, and found only where it ends in the same way, too.
    assert [told(4, 6), told(4, 7), told(4)] == [(0, 2), (None, 2), (None, 2)]
    assert told(4, 6) == (0, 3)
    assert [told(5, seed="2"), told(5, seed=None)] == [(None, 4), (None, 5)]


def test_who_raises_where_a_mistake_gives_an_array_is_judged_like_the_one_before(told):
    known = [mistake(SUM, "def f(x):\n    return np.arange(4)"), *KNOWN[1:]]
    message = "f(2) raises IndexError: list index out of range"
    for _ in range(3):  # what a mistake gives first is remembered from the second on
        assert message in told("def f(x):\n    return [][x]", known)
