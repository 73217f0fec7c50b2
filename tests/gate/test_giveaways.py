"""What students can import answers no exercise: callables are tried, and code is compared."""

from __future__ import annotations

import resource
import textwrap

import keras
import numpy as np
import pytest

from course.authoring.leaks import find_twins
from course.gate import Finding, acting, check, probing
from course.gate.probing import near, passing, reachable
from tests.builders import code, function, make_course, notebook, test_cell

SHAPES = "assert describe((3, 4)) == '3 × 4', 'not as people say it'"
HIDDEN = "assert describe((5, None)) == '5 × ?'"
GIVEN_AWAY = ("answer-in-helpers", "step-from-helpers")
SOLUTION = 'return " × ".join("?" if n is None else str(n) for n in shape)'


@pytest.fixture(autouse=True)
def memory_as_before():
    """Undo the limit that `probing` puts on its process, which in a rehearsal ends with it."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)
    probing.bound_memory.cache_clear()


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict[str, Finding]:
    """Check a course of two exercises for what helpers give away; return findings by rule."""
    folder = tmp_path_factory.mktemp("course")
    cells = [
        code("import numpy as np", id="imports"),
        function("describe", "describe(shape)", SOLUTION),
        test_cell("describe-test", SHAPES, HIDDEN),
        function("best", "best(values)", "return -np.minimum.accumulate(values)"),
        test_cell(
            "best-test",
            "assert best(np.array([3.0, 5.0, 1.0])).tolist() == [-3, -3, -1]",
            "assert best(np.array([9.0, 8.0, 8.5, 4.0])).tolist() == [-9, -8, -8, -4]",
        ),
    ]
    # After it another session goes on, which is to know what the first one kept.
    ends = {"01-shapes": 'mistake("best", says="stopped", code="import os; os._exit(3)")\n'}
    course = make_course(folder, {"01-shapes": {"shapes.ipynb": cells}}, mistakes=ends)
    (folder / "course").mkdir(exist_ok=True)
    (folder / "course" / "syllabus.toml").write_text(
        '[[section]]\nname = "01-shapes"\ntitle = "Shapes"\nminutes = 1\npoints = 1\n'
        'question = "Which?"\n'
    )
    (folder / "helpers").mkdir()
    found = [f for f in check(course, course.sections) if f.rule in GIVEN_AWAY]
    assert sorted(f.rule for f in found) == sorted(GIVEN_AWAY)  # each once
    return {f.rule: f for f in found}


def test_a_helper_that_passes_a_test_is_named(found):
    assert found["answer-in-helpers"].cell == "describe-test"
    said = "helpers.models.layers.describe passes its test"
    assert said in found["answer-in-helpers"].message


def test_a_helper_that_is_one_step_from_an_answer_is_named_with_the_step(found):
    """The answer is helpers.tuning.best_so_far with the other sign."""
    assert found["step-from-helpers"].cell == "best-test"
    said = "helpers.tuning.studies.best_so_far passes its test, times -1"
    assert said in found["step-from-helpers"].message


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Return a function: write a package of this text, and get its name."""

    def write(text: str) -> str:
        folder = tmp_path / "aids"
        folder.mkdir()
        (folder / "__init__.py").write_text("")
        (folder / "inner.py").write_text(textwrap.dedent(text))
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.delitem(__import__("sys").modules, "aids", raising=False)
        monkeypatch.delitem(__import__("sys").modules, "aids.inner", raising=False)
        reachable.cache_clear()
        return "aids"

    return write


TEST = ["assert add(1, 2) == 3", "assert add(20, 22) == 42"]
SPACE = {"add": lambda a, b: a + b}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("def plus(a, b): return a + b", "aids.inner.plus"),
        ("def _plus(a, b): return a + b", "aids.inner._plus"),
        ("def plus(a, b, *, sign=1): return a + sign * b", "aids.inner.plus"),
        ("class Sum:\n    def plus(self, b): return self + b", "aids.inner.Sum.plus"),
        (
            "class Sum:\n    @staticmethod\n    def plus(a, b): return a + b",
            "aids.inner.Sum.plus",
        ),
        ("TABLE = ((lambda a, b: a - b, 'no'), (lambda a, b: a + b, ''))", "aids.inner.TABLE[1]"),
        ("TABLE = {'plus': lambda a, b: a + b}", "aids.inner.TABLE['plus']"),
        (
            "import functools, operator\nplus = functools.partial(operator.add)",
            "aids.inner.plus",
        ),
        ("class _Sum:\n    def __call__(self, a, b): return a + b\nplus = _Sum()", "plus"),
    ],
)
def test_all_that_can_be_called_is_tried(package, text, name):
    found = passing(SPACE, "add", ["a", "b"], TEST, package(text))
    assert any(name in label for label in found)


@pytest.mark.parametrize(
    "text",
    [
        "def minus(a, b): return a - b",
        "def seen(a, b): return 3",
        "def endless(a, b):\n    while True: pass",
        "def leave(a, b): raise SystemExit",
        "def large(a, b): return bytearray(2**36)",
        "import numpy as np\nimport operator",
    ],
)
def test_what_does_not_pass_gives_nothing_away(package, text):
    assert passing(SPACE, "add", ["a", "b"], TEST, package(text)) == []


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_a_candidate_finds_nothing_that_another_left(package):
    """The first freezes what it is given and fails; the second is the answer, of what is free."""
    name = package("""
        def a_freezes(model):
            model.trainable = False
            raise ValueError

        def free(model):
            assert model.trainable
            return len(model.trainable_variables)
    """)
    network = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    space = {"count": lambda model: len(model.trainable_variables), "network": network}
    parts = ["assert count(network) == 2"]
    assert passing(space, "count", ["model"], parts, name) == ["aids.inner.free"]


def test_a_probe_in_which_the_solution_fails_says_so(package):
    with pytest.raises(ValueError, match="does not pass where the helpers are tried"):
        passing({"add": lambda a, b: 0}, "add", ["a", "b"], TEST, package(""))


def squares(x, by):
    return [float(value) ** 2 * by for value in x]


SQUARES = {"squares": squares, "right": squares, "np": np}
ASKED = ["for k in range(9):\n    given = [1.0 * k, k + 0.5, 3.0], 2.0 + k\n"
         "    got = squares(*given)\n"
         "    assert type(got) is list and np.allclose(got, right(*given))"]  # fmt: skip
HEAD = "import numpy as np\nfrom dataclasses import dataclass\n"


def steps_to_squares(module: str) -> list[tuple[str, str]]:
    acting.SPENT.clear()
    probing._counted.cache_clear()
    return near(SQUARES, "squares", ["x", "by"], ASKED, module)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("def f(x, by): return 100 * np.square(x) * by", "times 0.01"),
        ("def f(x, by): return -np.square(x) * by", "times -1"),
        ("def f(x, by): return 1 - np.square(x) * by", "times -1 plus 1"),
        ("def f(x, by): return np.square(x) * by - 1", "plus 1"),
        ("def f(x, by): return np.array(x) * np.sqrt(by)", "its square"),
        ("def f(x, by): return (np.square(x) * by)[::-1]", "reversed along axis 0"),
        ("def f(x, by): return [v * v * by for v in x][::-1]", "reversed"),
        ("def f(x, by): return np.square(x) * by, 7", "its part 0"),
        ("def f(x, by): return 7, 8, 9, 10, 11, 12, 13, np.square(x) * by", "its last part"),
        ("def f(x, by): return {'y': np.square(x) * by}", "its 'y'"),
        ("def f(by, x): return np.square(x) * by", "given (1, 0)"),
        ("def f(x, by, power): return np.array(x) ** power * by", "and 2"),
        ("def f(x, by): return np.square(x)[:, None] * by", None),
        ("_TABLE = ((lambda x, by: -np.square(x) * by, 'no'),)", "times -1"),
        ("@dataclass\nclass F:\n    x: list\n    by: float\n    z: int\n"
         "    def value(self): return np.square(self.x) * self.by", "its value"),
        ("@dataclass\nclass F:\n    y: object\n"
         "def f(x, by): return F(np.square(x) * by)", "its y"),
        ("def f(x, by): return np.square(x) * by if by < 9 else 0 * np.array(x)", None),
        ("def f(x, by): return x", None),
        ("def f(x, by): open('left', 'w').write('over'); return -np.square(x) * by", None),
        ("def f(x, by):\n    while True: pass", None),
    ],
)  # fmt: skip
def test_what_is_one_step_from_an_answer_is_named_with_the_step(package, text, step):
    found = steps_to_squares(package(HEAD + text))
    assert bool(found) == (step is not None), found
    assert step is None or any(step in said for _, said in found)


def test_a_step_from_the_input_itself_gives_nothing_away(package):
    space = {"twice": lambda x: 2 * x, "right": lambda x: 2 * x}
    parts = ["for k in range(9):\n    assert twice(k) == right(k)"]
    module = package("def f(x): return x\ndef g(x): return 4 * x")
    assert near(space, "twice", ["x"], parts, module) == []


BODY = "total = 0.0\nfor value in values:\n    total += value * weights[value] ** 2\nreturn total"


def likeness(tmp_path, text: str) -> list[str]:
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "sums.py").write_text(text)
    cells = [
        function("spread", "spread(values, weights)", BODY),
        test_cell(
            "spread-test",
            "assert spread([1], {1: 2}) == 4",
            "right = lambda v, w: sum(x * w[x] ** 2 for x in v if x > 0 and w[x] != 0)\n"
            "assert spread([1], {1: 3}) == right([1], {1: 3})",
        ),
    ]
    return [str(x) for x in find_twins(tmp_path / "helpers", [notebook(cells)])]


def test_a_solution_under_other_names_is_found(tmp_path):
    text = '''
def _aid(p: list, q: dict) -> float:
    """Do something."""
    out = 0.0
    for each in p:
        out += each * q[each] ** 2
    return out
'''
    (leak,) = likeness(tmp_path, text)
    assert leak == "helpers/sums.py line 2: _aid: it is spread of 'spread'"


def test_a_reference_of_a_hidden_test_is_found(tmp_path):
    text = "def r(a, b):\n    return sum(k * b[k] ** 2 for k in a if k > 0 and b[k] != 0)\n"
    (leak,) = likeness(tmp_path, text)
    assert "a lambda of 'spread-test'" in leak


def test_another_computation_is_no_leak(tmp_path):
    text = BODY.replace("** 2", "** 3").replace("\n", "\n    ")
    assert likeness(tmp_path, f"def f(values, weights):\n    {text}\n") == []
