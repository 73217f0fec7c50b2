"""All that a check says of a result, it says of one and the same, and of finite numbers only."""

from itertools import count, cycle

from helpers import checks
from helpers.checks import parts, pooling, soundness, traits
from helpers.checks.plain import plain

import numpy as np
import pytest

X, Y = np.ones((4, 4), int), np.ones((4, 4), int)
X[::2, ::2] = Y[1::2, 1::2] = 9
BROKEN = X, Y


def test_a_function_that_counts_its_calls_cannot_have_one_property_in_each():
    right_shapes, right_values, nothing_adds_up = (X + 90, Y), (X[:2], Y[:2]), BROKEN
    calls = cycle([right_shapes, right_values, nothing_adds_up])
    check = checks.function(lambda size: next(calls))
    with pytest.raises(checks.CheckFailed):
        check.all_hold(pooling.BREAKS, [(2,)])


def test_a_split_that_counts_its_calls_is_caught():
    number = count()

    def three_parts(n, seed):
        order = np.random.default_rng(seed).permutation(n)
        aside = n * 15 // 100
        if next(number) % 2:
            return order, order[:aside], order[: n * 10 // 100]
        return np.arange(n)[n * 25 // 100 :], np.arange(aside), np.arange(aside, n * 25 // 100)

    with pytest.raises(checks.CheckFailed):
        checks.function(three_parts).all_hold(parts.RULES, [(400, 1), (401, 2)])


def test_the_same_question_is_asked_once(capsys):
    asked = []
    check = checks.function(lambda x: asked.append(1) or x)
    check.holds("it is itself", lambda f, x: f(x) == x and f(x) == x, [(3,)])
    check.returns((3,), 3)
    assert len(asked) == 1


def test_an_answer_that_depends_on_earlier_calls_is_told():
    seen = []

    def add(x):
        seen.append(x)
        return x + seen.count(x)

    with pytest.raises(checks.CheckFailed, match="called again, gives something else") as failed:
        checks.function(add).agrees_with(lambda x: x + 1, [(1,), (2,)])
    assert "called before" in failed.value.diagnosis


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda x: float("nan"), "is nan"),
        (lambda x: np.array([1.0, np.nan]), "holds nan"),
        (lambda x: (1.0, float("inf")), "is inf"),
        (lambda x: 3 + 0j, "is a complex number"),
        (lambda x: np.zeros((0, 3)), "is empty"),
        (lambda x: [], "is empty"),
        (lambda x: (np.ones(2), np.ones(0)), "or a part of it"),
        (lambda x: np.ma.masked_array([1.0], [True]), "not plain data"),
        (lambda x: (part for part in (1, 2)), "not plain data"),
    ],
)
def test_no_property_is_asked_of_what_is_no_finite_number(answer, words):
    properties = [("it stays below 5", lambda got, x: not np.any(np.real(got) > 5))]
    for ask in (
        lambda check: check.all_hold(properties, [(1,)]),
        lambda check: check.holds("below 5", lambda f, x: not np.any(np.real(f(x)) > 5), [(1,)]),
    ):
        with pytest.raises(checks.CheckFailed, match=words):
            ask(checks.function(answer))


def test_a_value_that_is_nan_has_no_properties():
    with pytest.raises(checks.CheckFailed, match="threshold is nan"):
        checks.value(threshold=float("nan")).holds("small", lambda t: not t > 1)
    with pytest.raises(checks.CheckFailed, match="kernel is inf"):
        checks.value(kernel=[[np.inf]]).holds("large", lambda k: k[0][0] > 1)


def test_a_predicate_that_says_nan_has_not_said_yes():
    assert not soundness.holds(float("nan"))
    with pytest.raises(checks.CheckFailed, match="does not hold"):
        checks.value(share=0.5).holds("positive", lambda s: float("nan"))


@pytest.mark.parametrize("wrong", [3 + 0j, np.complex128(3)])
def test_a_complex_number_is_no_number_that_was_asked_for(wrong):
    with pytest.raises(checks.CheckFailed, match="should be a real number"):
        checks.function(lambda x: wrong).returns((1,), 3.0)
    with pytest.raises(checks.CheckFailed, match="should hold real numbers"):
        checks.function(lambda x: np.array([wrong])).returns((1,), np.array([3.0]))


def test_nan_in_the_place_of_a_number_is_explained():
    with pytest.raises(checks.CheckFailed) as failed:
        checks.function(lambda x: float("nan")).returns((1,), 3.0)
    assert "0 / 0" in failed.value.diagnosis


def test_a_reference_that_gives_nan_is_the_tests_own_fault():
    with pytest.raises(ValueError, match="the reference for"):
        checks.function(lambda x: float("nan")).agrees_with(lambda x: float("nan"), [(1,)])


def test_no_case_is_no_test():
    check = checks.function(lambda x: x)
    for ask in (
        lambda: check.holds("anything", lambda f, x: True, []),
        lambda: check.all_hold([("anything", lambda got, x: True)], []),
    ):
        with pytest.raises(ValueError, match="no case"):
            ask()


def test_a_result_that_is_changed_later_stays_what_it_was():
    shared = np.zeros(2)

    def fill(x):
        shared[:] = x
        return shared

    check = checks.function(fill)
    first = check.call(1)
    check.call(2)
    assert first.tolist() == [1, 1] == check.call(1).tolist()
    view = np.arange(4.0)
    assert not np.shares_memory(plain(view[::2], str), view)


@pytest.mark.parametrize("given", [([1, 2],), (([1, 2], 3),), ({"a": [1, 2]},), ({1, 2},)])
def test_an_input_that_is_changed_is_told(given):
    def spoil(x):
        inner = x[0] if isinstance(x, tuple) else x
        inner = inner["a"] if isinstance(inner, dict) else inner
        inner.clear()
        return 1

    with pytest.raises(checks.CheckFailed, match="changes its input"):
        checks.function(spoil).returns(given, 1)


def test_a_subclass_that_calls_itself_numpys_is_no_plain_data():
    liar = type("float64", (np.float64,), {"__module__": "numpy", "__eq__": lambda *a: True})
    with pytest.raises(checks.CheckFailed, match="not plain data"):
        checks.function(lambda x: liar(5)).returns((1,), 3.0)


class Factor:
    """A layer's configuration with nan in it."""

    def __init__(self, kind):
        self.layers = [type(kind, (), {"get_config": lambda s: dict.fromkeys(KEYS, np.nan)})()]


KEYS = ("factor", "height_factor", "width_factor")


@pytest.mark.parametrize("kind", ["RandomRotation", "RandomTranslation", "RandomZoom"])
def test_a_change_by_nan_is_not_small(kind):
    assert not traits.changes_little(Factor(kind))


@pytest.mark.parametrize(("got", "right"), [(0.0, 0.5), (0, 0.25), (np.zeros(4), np.full(4, 0.5))])
def test_a_zero_is_no_sign_of_lost_digits(got, right):
    with pytest.raises(checks.CheckFailed) as caught:
        checks.function(lambda: got).returns((), right)
    assert caught.value.diagnosis is None


def test_lost_digits_are_told():
    with pytest.raises(checks.CheckFailed, match="digits after the point are lost"):
        checks.function(lambda: np.array([2, 0, 1])).returns((), np.array([2.5, 0.3, 1.75]))


@pytest.mark.parametrize("unit", ["s", "D"])
def test_a_span_of_time_is_no_number(unit):
    check = checks.function(lambda n: np.timedelta64(n, unit))
    with pytest.raises(checks.CheckFailed, match="should be a number"):
        check.returns((3,), 3)
