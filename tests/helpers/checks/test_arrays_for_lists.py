"""A value may be written as an array or as the list of its rows: the mistake is the same."""

from helpers import checks
from helpers.checks import pooling
from helpers.checks.likeness import alike, digest
from helpers.checks.seen import Seen

import numpy as np
import pytest

ROWS = [[1, 0.5], [0, 1]]


def test_an_array_will_do_for_a_list():
    checks.value(rows=np.array(ROWS)).equals(ROWS)
    with pytest.raises(checks.CheckFailed, match="that is not right"):
        checks.value(rows=np.array(ROWS) + 1).equals(ROWS)


def test_a_tuple_that_is_asked_for_is_no_array():
    with pytest.raises(checks.CheckFailed, match="it should be a tuple"):
        checks.value(shape=np.array([1, 2])).equals((1, 2))


@pytest.mark.parametrize("form", [tuple, np.array, np.float32])
def test_a_value_is_the_same_in_each_form(form):
    assert alike(form(ROWS), ROWS, typed=False, of_value=True)
    assert not alike(form(ROWS), [[1, 0.5], [0, 2]], typed=False, of_value=True)
    seen = [[Seen("w", None, rows)] for rows in (form(ROWS), ROWS)]
    assert digest(seen[0], "property") == digest(seen[1], "property")


def test_where_the_type_is_wrong_it_counts():
    assert not alike(np.array(ROWS), ROWS, typed=True, of_value=True)
    seen = [[Seen("w", None, rows)] for rows in (np.array(ROWS), ROWS)]
    assert digest(seen[0], "type") != digest(seen[1], "type")


def test_one_array_is_no_pair():
    def one(size):
        return np.ones((2 * size, 2 * size))

    with pytest.raises(checks.CheckFailed, match="two arrays"):
        checks.function(one).all_hold(pooling.BREAKS, [(2,)])
