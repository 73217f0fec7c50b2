"""Fields of forms: grey, with a margin and grain, and the same for the same seed."""

from helpers import handwriting
from helpers.handwriting.fields import GRAIN, LIGHTEST, MARGIN

import numpy as np

LABELS = np.arange(40) % 10


def test_a_field_has_a_margin_of_paper_with_grain():
    found = handwriting.fields(LABELS, seed=1)
    assert found.shape == (40, 48, 40, 1) and found.dtype == np.float32
    edge = found[:, :MARGIN]
    assert abs(edge.mean() - LIGHTEST) < 1.5
    assert 0.7 * GRAIN < edge.std() < GRAIN
    assert found.min() >= 0 and found.max() <= 255
    assert found[:, MARGIN:-MARGIN, MARGIN:-MARGIN].min(axis=(1, 2, 3)).max() < 150


def test_another_seed_is_another_collection():
    one, again, other = (handwriting.fields(LABELS, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert np.abs(one - other).mean() > 5
    strangers = handwriting.fields(LABELS, seed=1, writers="test")
    assert np.abs(one - strangers).mean() > 5
