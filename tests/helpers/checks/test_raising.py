"""An answer that raises is told what commonly leads to that, and nothing where it is not known."""

import math

from helpers import checks

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
