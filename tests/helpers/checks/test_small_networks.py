"""Of a network that computes a maximum only what comes out counts, and its shapes."""

from helpers import checks
from helpers.checks import pooling
from helpers.checks.likeness import digest
from helpers.checks.seen import Log, noted_in

import numpy as np
import pytest

A, B = np.array([2, 7, -3]), np.array([7, 2, -1])


def seen_of(hidden, output):
    log = Log()
    with noted_in(log), pytest.raises(checks.CheckFailed) as caught:
        pooling.network(hidden, output).returns((A, B), np.array([7, 7, -1]))
    return digest(log.entries, caught.value.layer)


def test_networks_that_compute_the_same_are_the_same_mistake():
    minimum = seen_of([[1, -1, 1], [0, 0, -1]], [1, -1, -1])
    half = np.array([[0.5, -0.5, 0.5, -0.5], [0.5, -0.5, -0.5, 0.5]])
    assert minimum == seen_of(half, np.array([1, -1, -1, -1]))
    assert minimum != seen_of([[1, -1], [0, 0]], [1, -1])


def test_a_right_one_passes():
    pooling.network([[1, -1, -1], [0, 0, 1]], (1, -1, 1)).returns((A, B), np.array([7, 7, -1]))


@pytest.mark.parametrize(
    ("hidden", "output", "part"),
    [
        ([[1, 0], [-1, 0], [-1, 1]], [1, -1, 1], "two rows"),
        ([1, 2], [1, 1], "two rows"),
        ([[1] * 9, [0] * 9], [1] * 9, "two rows"),
        ([[1, 2], [1]], [1, 1], "two rows"),
        ([[1, -1], [0, 1]], [[1], [1]], "a weight for each neuron"),
        ([[1, -1], [0, 1]], [1, 1, 1], "a weight for each neuron"),
    ],
)
def test_a_wrong_shape_is_named(hidden, output, part):
    with pytest.raises(checks.CheckFailed, match=part):
        pooling.network(hidden, output)


@pytest.mark.parametrize("weights", [(None, [1]), ([[1], [1]], None)])
def test_weights_that_are_not_there_are_no_answer(weights):
    with pytest.raises(NotImplementedError):
        pooling.network(*weights)
