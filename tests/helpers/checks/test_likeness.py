"""Two runs of one wrong answer are alike and have one digest; two wrong answers do not."""

from helpers.checks.known import NUDGES
from helpers.checks.likeness import Undigested, alike, digest
from helpers.checks.seen import Odd, Raised, Seen

import numpy as np
import pytest

ARRAY = np.array([[0.1, 2.5], [np.nan, -7.0]])
LARGE = np.random.default_rng(1).normal(size=(30, 40))

SAME = [
    (1.0, 1),
    (np.float32(0.1), 0.1),
    (np.str_("a"), "a"),
    ((1, 2), [1, 2]),
    (ARRAY, ARRAY * (1 + 1e-13)),
    (LARGE, LARGE.astype("float32")),
    (0.1 + 0.2, 0.3),
    (np.array([3.0, 4.0]), np.array([3, 4])),
    ({"a": 1.0}, {"a": 1}),
    (Raised("ValueError"), Raised("ValueError")),
    (10**30, 10**30),
    (np.uint8(7), 7),
    (2.9999999999, 3),
    (201_600.0, 201_600),
    (np.float64(3.84e12), 3_840_000_000_000),
    (np.zeros((0, 3)), np.zeros((0, 3), int)),
]
OTHER = [
    (1, 2),
    (0.1, 0.1002),
    (0.7071, 1.4142),
    (ARRAY, 2 * ARRAY),
    (LARGE, LARGE / 4),
    ("a", "b"),
    ((1, 2), (2, 1)),
    (ARRAY, ARRAY.T),
    (ARRAY, ARRAY[0]),
    (LARGE, LARGE[::-1]),
    (LARGE, LARGE[:, ::-1]),
    (None, 0),
    (Raised("ValueError"), Raised("TypeError")),
    (Raised("list"), Odd("list")),
    ("1", 1),
    ({"a": 1}, {"b": 1}),
    (10**30, 10**30 + 1),
    (255, 256),
]


def digests(outcome, layer="values"):
    return {digest([Seen("f", (1,), outcome)], layer, nudge) for nudge in NUDGES}


@pytest.mark.parametrize("a, b", SAME)
def test_what_is_the_same_answer_is_alike(a, b):
    assert alike(a, b, typed=False) and alike(b, a, typed=False)
    assert digest([Seen("f", (1,), a)], "values") in digests(b)


@pytest.mark.parametrize("a, b", OTHER)
def test_what_is_another_answer_is_not(a, b):
    assert not alike(a, b, typed=False)
    assert not digests(a) & digests(b)


@pytest.mark.parametrize(
    "a, b",
    [(1, 1.0), (np.float32(2), np.float64(2)), ((1,), [1]), (np.int64(1), np.array(1)), (True, 1)],
)
def test_where_the_type_is_wrong_it_counts(a, b):
    assert not alike(a, b, typed=True)
    assert not digests(a, "dtype") & digests(b, "dtype")


def test_whole_numbers_of_any_width_are_one_type():
    a, b = np.array([1, 2], "int16"), np.array([1, 2])
    assert alike(a, b, typed=True) and digests(a, "dtype") == digests(b, "dtype")


def test_last_bits_on_the_edge_of_a_cell_are_found_on_its_other_side():
    rng = np.random.default_rng(7)
    for exact in rng.normal(size=(300, 9)):
        other = (exact * (1 + 1e-7 * rng.uniform(-1, 1, 9))).astype("float32")
        assert digest([Seen("f", (1,), exact)], "values") in digests(other)


@pytest.mark.parametrize("part", ["layer", "name", "args", "order"])
def test_the_digest_holds_all_that_was_seen(part):
    first = [Seen("f", (1,), 5), Seen("f", (2,), 7)]
    other = {
        "layer": (first, "shape"),
        "name": ([Seen("g", (1,), 5), Seen("f", (2,), 7)], "values"),
        "args": ([Seen("f", (3,), 5), Seen("f", (2,), 7)], "values"),
        "order": (first[::-1], "values"),
    }[part]
    assert digest(first, "values") != digest(*other)


def test_what_is_no_plain_data_has_no_digest():
    for odd in (len, object(), np.array([None])):
        with pytest.raises(Undigested):
            digest([Seen("f", (odd,), 1)], "values")


@pytest.mark.parametrize("odd", [Raised("IndexError"), Odd("generator")])
@pytest.mark.parametrize("typed", [False, True])
def test_an_array_is_nothing_that_was_raised(odd, typed):
    for pair in ((np.arange(4), odd), (odd, np.arange(4)), (Raised("E"), Odd("E"))):
        assert alike(*pair, typed=typed) is False
    assert alike(odd, odd, typed=typed) is True
