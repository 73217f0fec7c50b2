"""A check that holds does no work for messages, and asks an answer only what it needs."""

import inspect

from helpers import checks
from helpers.checks import comparison

import numpy as np
import pytest


class Unwritable:
    """An argument that cannot be written out."""

    def __repr__(self):
        raise AssertionError("an argument was written out")


class Remote:
    """A callable that is no plain function, as a judge may hold one."""

    __name__ = "double"

    def __init__(self):
        self.asked = 0

    @property
    def __signature__(self):
        self.asked += 1
        return inspect.Signature([inspect.Parameter("x", inspect.Parameter.POSITIONAL_OR_KEYWORD)])

    def __call__(self, x):
        return 2 * x


def test_no_case_that_holds_is_written_out():
    check = checks.function(lambda thing, n: [n, 2 * n])
    check.agrees_with(lambda thing, n: [n, 2 * n], [(Unwritable(), n) for n in range(3)])


def test_a_property_that_holds_is_not_written_out():
    checks.function(lambda thing: 1).holds("it is 1", lambda f, x: f(x) == 1, [(Unwritable(),)])


def test_a_part_that_is_no_plain_data_is_named_with_its_call():
    check = checks.function(lambda n: {"sizes": [n, object()]})
    with pytest.raises(checks.CheckFailed) as failure:
        check.call(3)
    assert failure.value.finding == (
        "a part of The result of <lambda>(3)['sizes'] is an object, which is not plain data."
    )


def test_the_signature_is_asked_for_once():
    answer = Remote()
    checks.function(answer).agrees_with(lambda x: x + x, [(n,) for n in range(5)]).returns((4,), 8)
    assert answer.asked == 1


def test_each_number_of_arguments_is_tried():
    check = checks.function(Remote())
    check.returns((1,), 2)
    with pytest.raises(checks.CheckFailed, match=r"double\(x\) cannot be called with 2 arguments"):
        check.call(1, 2)


def test_floats_that_are_equal_need_no_tolerance(monkeypatch):
    monkeypatch.setattr(comparison.np, "isclose", None)
    floats = np.array([0.1, np.inf, -0.0])
    assert comparison.difference(floats.copy(), floats) is None
    assert comparison.difference(0.5, 0.5) is None


@pytest.mark.parametrize(
    ("got", "expected", "agree"),
    [
        ([1.00001, 2.0], [1.0, 2.0], True),
        ([1.01, 2.0], [1.0, 2.0], False),
        ([np.nan, 2.0], [np.nan, 2.0], True),
        ([np.nan, 2.0], [1.0, 2.0], False),
        ([np.inf, 2.0], [-np.inf, 2.0], False),
    ],
)
def test_floats_agree_within_the_tolerance(got, expected, agree):
    assert (comparison.difference(np.array(got), np.array(expected)) is None) == agree
