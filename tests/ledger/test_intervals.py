"""Figures, their intervals, and where an interval must lie."""

import numpy as np
import pytest
from scipy import stats

from course.ledger.intervals import Condition, figure

VALUES = [0.1, 0.4, 0.35, 0.2, 0.3, 0.25, 0.15, 0.45, 0.3, 0.2]


def test_the_t_interval_is_scipys():
    low, high = stats.t.interval(0.95, 9, np.mean(VALUES), stats.sem(VALUES))
    found = figure(VALUES)
    assert (found.mean, found.low, found.high) == pytest.approx((np.mean(VALUES), low, high))


def test_wilsons_interval_is_scipys():
    low, high = stats.binomtest(10, 12).proportion_ci(method="wilson")
    found = figure([1.0] * 10 + [0.0] * 2, "wilson")
    assert (found.low, found.high) == pytest.approx((low, high))
    assert str(found) == "10 of 12"


def test_the_bootstrap_gives_the_same_each_time_and_lies_near_the_t_interval():
    first, second, student = (
        figure(VALUES, "bootstrap"),
        figure(VALUES, "bootstrap"),
        figure(VALUES),
    )
    assert first == second
    assert (first.low, first.high) == pytest.approx((student.low, student.high), abs=0.03)


@pytest.mark.parametrize(
    ("values", "method"),
    [([0.1], "t"), ([], "t"), ([0.1, float("nan")], "t"), ([0.2, 1.0], "wilson")],
)
def test_values_without_a_mean_are_refused(values, method):
    with pytest.raises(ValueError, match="values"):
        figure(values, method)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("> 0.1", True),
        ("> 0.25", False),  # the mean does, its interval does not
        ("< 0.4", True),
        ("< 0.3", False),
        ("0.1 to 0.4", True),
        ("-0.1 to 0.3", False),
        ("−1 to 1", True),
    ],
)
def test_a_condition_holds_where_the_whole_interval_lies_within(text, holds):
    assert Condition.of(text).holds(figure(VALUES)) is holds


@pytest.mark.parametrize("text", ["", "about 0", ">= 0", "1 to 0", "0.1", "> a"])
def test_what_is_no_condition_is_refused(text):
    with pytest.raises(ValueError, match="is no condition"):
        Condition.of(text)
