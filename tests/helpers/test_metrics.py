"""Metrics: what they count, and what they refuse."""

from helpers import metrics

import numpy as np
import pytest
from scipy.special import softmax

RANDOM = np.random.default_rng(0)
LOGITS = RANDOM.normal(size=(400, 6)) * 3
LABELS = (LOGITS + RANDOM.gumbel(size=LOGITS.shape) * 2).argmax(axis=1)  # T = 2 is the truth


def test_bins_hold_their_upper_end_and_one_belongs_to_the_last():
    found = metrics.reliability(np.arange(1, 11) / 10, np.ones(10, bool))
    assert found.counts.tolist() == [1] * 10


def test_the_calibration_error_weighs_each_gap_by_its_answers():
    confidence, right = np.array([0.4, 0.9, 1.0]), np.array([False, True, False])
    assert metrics.calibration_error(confidence, right) == pytest.approx((0.4 + 0.1 + 1.0) / 3)


def test_an_empty_bin_has_no_accuracy_and_does_not_count():
    found = metrics.reliability([0.95, 0.95], [True, False])
    assert np.isnan(found.accuracy[:9]).all()
    assert found.error == pytest.approx(0.45)


def test_logits_are_refused_as_confidence():
    with pytest.raises(ValueError, match=r"confidence runs from 0\.5 to 7: give probabilities"):
        metrics.reliability([0.5, 7], [True, True])


def test_the_fitted_temperature_makes_the_loss_smallest():
    def loss(t):
        return -np.log(softmax(LOGITS / t, axis=1)[np.arange(400), LABELS]).mean()

    best = metrics.fit_temperature(LOGITS, LABELS)
    assert best == pytest.approx(2, rel=0.25)
    assert loss(best) < min(loss(0.9 * best), loss(1.1 * best))


def test_a_fitted_temperature_lowers_the_calibration_error_and_keeps_every_answer():
    before = softmax(LOGITS, axis=1)
    after = softmax(LOGITS / metrics.fit_temperature(LOGITS, LABELS), axis=1)
    right = before.argmax(axis=1) == LABELS
    assert (before.argmax(axis=1) == after.argmax(axis=1)).all()
    errors = [metrics.calibration_error(p.max(axis=1), right) for p in (before, after)]
    assert errors[1] < errors[0] / 2


def test_the_surest_answers_come_first_in_the_coverage_curve():
    coverage, accuracy = metrics.coverage_curve([0.2, 0.9, 0.6], [False, True, True])
    assert coverage.tolist() == pytest.approx([1 / 3, 2 / 3, 1])
    assert accuracy.tolist() == pytest.approx([1, 1, 2 / 3])
