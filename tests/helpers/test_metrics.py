"""Metrics: what they count, that they agree with scikit-learn and SciPy, and what they refuse."""

from helpers import metrics

import numpy as np
import pytest
from scipy import stats
from scipy.special import softmax
from sklearn.metrics import confusion_matrix as sklearn_confusion
from sklearn.metrics import top_k_accuracy_score

RANDOM = np.random.default_rng(0)
LOGITS = RANDOM.normal(size=(400, 6)) * 3
LABELS = (LOGITS + RANDOM.gumbel(size=LOGITS.shape) * 2).argmax(axis=1)  # T = 2 is the truth


def test_softmax_agrees_with_scipy_and_survives_large_logits():
    np.testing.assert_allclose(metrics.softmax(LOGITS, 2), softmax(LOGITS / 2, axis=1))
    assert metrics.softmax([[0, 5000.0], [-5000, 0]]).tolist() == [[0, 1], [0, 1]]


def test_a_temperature_of_zero_is_refused():
    with pytest.raises(ValueError, match="temperature is 0: it must be above 0"):
        metrics.softmax(LOGITS, 0)


def test_top_k_counts_labels_among_the_best():
    for k in (1, 2, 5):
        expected = top_k_accuracy_score(LABELS, LOGITS, k=k, labels=range(6))
        assert metrics.top_k_accuracy(LOGITS, LABELS, k) == pytest.approx(expected)


def test_ties_are_broken_by_the_order_of_classes():
    assert metrics.top_k_accuracy(np.zeros((2, 4)), [0, 3], 2) == 0.5


def test_the_confusion_matrix_has_a_row_for_each_label():
    predicted = LOGITS.argmax(axis=1)
    counts = metrics.confusion_matrix(LABELS, predicted, 8)
    expected = sklearn_confusion(LABELS, predicted, labels=range(8))
    assert (counts == expected).all()
    assert metrics.confusion_matrix([0, 0], [1, 1], 2).tolist() == [[0, 2], [0, 0]]


@pytest.mark.parametrize(
    ("labels", "predicted", "words"),
    [
        ([0, 1], [0], r"labels has shape \(2,\), predicted \(1,\)"),
        ([0, 3], [0, 0], "labels holds 0 to 3: with 3 classes"),
        ([0, 1], [-1, 0], "predicted holds -1 to 0"),
    ],
)
def test_confusions_that_cannot_be_counted_are_named(labels, predicted, words):
    with pytest.raises(ValueError, match=words):
        metrics.confusion_matrix(labels, predicted, 3)


def test_pairs_add_up_both_directions_and_leave_the_diagonal_out():
    counts = [[9, 1, 0], [4, 9, 2], [0, 2, 9]]
    assert metrics.confused_pairs(np.array(counts)) == [(0, 1, 5), (1, 2, 4)]
    assert metrics.confused_pairs(np.diag([3, 4])) == []


def test_bins_hold_their_upper_end_and_one_belongs_to_the_last():
    found = metrics.reliability(np.arange(1, 11) / 10, np.ones(10, bool), bins=10)
    assert found.counts.tolist() == [1] * 10


def test_the_calibration_error_weighs_each_gap_by_its_answers():
    confidence, right = np.array([0.4, 0.9, 1.0]), np.array([False, True, False])
    assert metrics.calibration_error(confidence, right, 2) == pytest.approx(0.4 / 3 + 0.9 / 3)


def test_an_empty_bin_has_no_accuracy_and_does_not_count():
    found = metrics.reliability([0.95, 0.95], [True, False], bins=4)
    assert np.isnan(found.accuracy[:3]).all()
    assert found.error == pytest.approx(0.45)


def test_logits_are_refused_as_confidence():
    with pytest.raises(ValueError, match=r"confidence runs from 0\.5 to 7: give probabilities"):
        metrics.reliability([0.5, 7], [True, True])


def test_the_loss_is_that_of_keras_and_the_fitted_temperature_makes_it_smallest():
    own = softmax(LOGITS / 1.3, axis=1)[np.arange(400), LABELS]
    assert metrics.log_loss(LOGITS, LABELS, 1.3) == pytest.approx(-np.log(own).mean())
    best = metrics.fit_temperature(LOGITS, LABELS)
    assert best == pytest.approx(2, rel=0.25)
    others = [metrics.log_loss(LOGITS, LABELS, t) for t in (0.9 * best, 1.1 * best)]
    assert metrics.log_loss(LOGITS, LABELS, best) < min(others)


def test_a_fitted_temperature_lowers_the_calibration_error_and_keeps_every_answer():
    before = metrics.softmax(LOGITS)
    after = metrics.softmax(LOGITS, metrics.fit_temperature(LOGITS, LABELS))
    right = before.argmax(axis=1) == LABELS
    assert (before.argmax(axis=1) == after.argmax(axis=1)).all()
    errors = [metrics.calibration_error(p.max(axis=1), right) for p in (before, after)]
    assert errors[1] < errors[0] / 2


def test_the_least_probable_labels_come_first():
    logits = np.array([[5.0, 5.1], [0, 3], [9, 0]])
    assert metrics.least_probable(logits, [0, 0, 0], 2).tolist() == [1, 0]


@pytest.mark.parametrize(("right", "total"), [(0, 7), (4, 7), (7, 7), (294, 385)])
def test_intervals_are_wilsons(right, total):
    expected = stats.binomtest(right, total).proportion_ci(method="wilson")
    assert metrics.binomial_interval(right, total) == pytest.approx(
        (expected.low, expected.high), abs=1e-9
    )


def test_more_right_than_there_are_is_refused():
    with pytest.raises(ValueError, match="is no share"):
        metrics.binomial_interval([1, 8], 7)


def test_the_surest_answers_come_first_in_the_coverage_curve():
    coverage, accuracy = metrics.coverage_curve([0.2, 0.9, 0.6], [False, True, True])
    assert coverage.tolist() == pytest.approx([1 / 3, 2 / 3, 1])
    assert accuracy.tolist() == pytest.approx([1, 1, 2 / 3])


def test_accepted_errors_and_checks_cost_and_accepted_right_answers_do_not():
    confidence, right = [0.95, 0.9, 0.9, 0.3], [True, True, False, False]
    assert metrics.reading_cost(confidence, right, 0.9) == pytest.approx((10 + 1) / 4)
    assert metrics.reading_cost(confidence, right, 0.9, error=4, check=2) == pytest.approx(1.5)
