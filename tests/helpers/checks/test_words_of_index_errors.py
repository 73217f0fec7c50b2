"""An index that is refused need not lie outside: what is told fits the error."""

from helpers import checks

import numpy as np
import pytest


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (lambda x: x[:, :, 0], "more indices than axes"),
        (lambda x: x[1 / 1], "no whole number"),
        (lambda x: x[7], "lies outside"),
        (lambda x: x.tolist()[7], "lies outside"),
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
