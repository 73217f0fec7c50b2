"""Slips that are a kind of dtype, and lists of arrays in a message."""

from helpers import checks
from helpers.checks.words import show

import numpy as np
import pytest


def test_a_wrong_kind_of_dtype_draws_its_own_words():
    check = checks.function(lambda image: image / 2)
    with pytest.raises(checks.CheckFailed, match="came back as floats") as failure:
        check.returns(
            (np.uint8([4]),),
            np.uint8([2]),
            dtype=np.uint8,
            slips=[(np.signedinteger, "wide"), (np.floating, "It came back as floats.")],
        )
    assert failure.value.layer == "dtype"


def test_a_kind_that_the_answer_should_have_explains_nothing():
    check = checks.function(lambda image: image + 0.5)
    with pytest.raises(checks.CheckFailed) as failure:
        check.returns((np.ones(3),), np.ones(3), slips=[(np.floating, "It came back as floats.")])
    assert failure.value.diagnosis is None


def test_a_list_of_arrays_is_shown_by_shapes():
    pictures = [np.zeros((5, 4, 3), np.uint8), np.arange(3)]
    assert show(pictures) == "[an array of shape (5, 4, 3), dtype uint8, [0, 1, 2]]"
