"""An answer that raises is told what commonly leads to that, and nothing where it is not known."""

import math

from helpers import checks
from helpers.checks.words import show

import keras
import numpy as np
import pytest


def _three_of_two(x):
    height, width, channels = x.shape
    return height * width * channels


def _never_set(x):
    if x.size == 0:
        total = 1
    return total


def _two_into_one_place(x):
    x[0, 0] = [1, 2]
    return x


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (lambda x: x[:, :, 0], "more indices than axes"),
        (lambda x: x[1 / 1], "no whole number"),
        (lambda x: x[7], "lies outside"),
        (lambda x: x.tolist()[7], "lies outside"),
        (lambda x: x if x and x else 1, "want one truth value"),
        (lambda x: x > 0.5 & ~(x < 2), "own brackets"),
        (_three_of_two, "taken apart"),
        (lambda x: math.sqrt(x), "take one number"),
        (lambda x: round(x), "np.round"),
        (lambda x: float(_three_of_two), "without brackets"),
        (lambda x: x.tolist().sort()[0], "change a list and return None"),
        (lambda x: {x.tolist(): 1}, "can be no key"),
        (lambda x: np.zeros((2, 4 / 2)), "plain / gives a float"),
        (lambda x: np.array([[1, 2], [3]]), "differ in length"),
        (lambda x: keras.layers.ReLU(keras.Input((2,))), "layer is made first"),
        (_never_set, "no branch of your `if`"),
        (lambda x: unknown, "not known there"),  # noqa: F821
        (lambda x: keras.layers.AveragePooling2D(), "lacks an argument"),
        (lambda x: _three_of_two(x, 1), "does not take"),
        (lambda x: "float32".itemsize, "makes a dtype of it"),
        (lambda x: x.tolist().shape, "makes an array of them"),
        (lambda x: x + np.ones(3), "do not fit each other"),
        (lambda x: np.stack([x, x[:1]]), "differ in shape"),
        (lambda x: x.reshape(3, 1), "exactly as many numbers"),
        (_two_into_one_place, "put into one place"),
    ],
)
def test_the_words_fit_the_error(function, told):
    with pytest.raises(checks.CheckFailed) as failed:
        checks.function(function).returns((np.eye(2),), 1)
    assert told in failed.value.diagnosis


def test_of_another_index_error_nothing_is_guessed():
    with pytest.raises(checks.CheckFailed) as failed:
        checks.function(lambda x: x[[True, False, True]]).returns((np.eye(2),), 1)
    assert failed.value.diagnosis is None


def _taken_from_its_end(parts):
    return parts.pop()


@pytest.mark.parametrize(
    ("function", "args", "right", "told"),
    [
        (_taken_from_its_end, ([1, 2],), 1, "changes the list"),
        (lambda x: (x, 0.5), (np.eye(2),), np.eye(2), "Several values come back"),
        (lambda x: [x[0], x[1, :1]], (np.eye(2),), np.eye(2), "differ in length"),
        (lambda x: x.tolist(), (np.eye(2),), np.ones(2), "makes an array of it"),
        (lambda x: np.stack([x, x]), (np.eye(2),), (np.eye(2), np.eye(2)), "no tuple"),
    ],
)
def test_the_words_fit_lists_tuples_and_arrays(function, args, right, told):
    with pytest.raises(checks.CheckFailed) as failed:
        checks.function(function).returns(args, right)
    assert told in failed.value.diagnosis


def test_numbers_of_numpy_are_told_as_numbers():
    with pytest.raises(checks.CheckFailed) as failed:
        found = [("a", np.float64(5) / 3), np.int64(2)]
        checks.function(lambda x: found).returns((1,), [("a", 1), 2])
    assert "('a', 1.66667)" in failed.value.finding and "np." not in failed.value.finding


def test_a_list_within_itself_is_written_as_python_does():
    endless = [1]
    endless.append(endless)
    assert show(endless) == "[1, [...]]"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10**5000, "a whole number of 16,610 bits"),
        ([10**5000], "[a whole number of 16,610 bits]"),
        ({10**5000}, "a set"),
        (np.timedelta64(5, "ns"), "5 nanoseconds"),
        ([np.datetime64("2020-01-01", "ns")], "[2020-01-01T00:00:00.000000000]"),
    ],
    ids=["number", "list", "set", "span", "dates"],  # pytest cannot write them either
)
def test_what_python_does_not_write_or_numpy_writes_as_another_number_has_words(value, text):
    assert show(value) == text
    with pytest.raises(checks.CheckFailed):
        checks.function(lambda x: value).returns((1,), 2)


def test_of_a_long_list_no_more_is_written_than_is_read():
    class Part:
        written = 0

        def __repr__(self):
            Part.written += 1
            return "1"

    assert show([[Part()] * 100_000] * 2).endswith("…") and Part.written < 1000
