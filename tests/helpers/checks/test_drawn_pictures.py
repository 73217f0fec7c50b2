"""The pairs of pictures that the test of section 1 draws are what their kinds say."""

from helpers import loading
from helpers.checks import drawn

import numpy as np
import pytest


@pytest.fixture(scope="module")
def photographs():
    return loading.photographs()


def agreement(a, b):
    return np.corrcoef(a.mean(axis=-1).ravel(), b.mean(axis=-1).ravel())[0, 1]


@pytest.mark.parametrize("kind", ["noise", "0", "40", "-40", "misty", *drawn.OTHER_PICTURES])
def test_only_a_picture_that_was_altered_agrees_with_the_first(photographs, kind):
    for seed in range(6):
        a, b = drawn.two_pictures(np.random.default_rng(seed), kind, photographs)
        assert a.shape == b.shape and a.dtype == b.dtype == np.uint8
        assert all(200 <= side <= 700 for side in a.shape[:2])
        if kind in drawn.OTHER_PICTURES:
            assert agreement(a, b) < 0.7
        else:
            assert agreement(a, b) > 0.97
            assert np.abs(a.astype(int) - b).max() <= 40
        assert (a.std() < 12) == (kind in ("fog", "misty"))
