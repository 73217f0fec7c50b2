"""A model that did not come to the judge is no model without shapes."""

from helpers.checks import networks
from helpers.checks.failure import CheckFailed

import pytest

from course.judging.crossing.opaque import opaque


def test_a_model_that_stayed_away_is_told_to_have_code_of_its_own():
    with pytest.raises(CheckFailed, match="not a Keras model of Keras's own layers") as caught:
        networks.built(lambda: opaque("Functional", 0, "with code of its own"))
    assert caught.value.diagnosis == networks.OWN_CODE
