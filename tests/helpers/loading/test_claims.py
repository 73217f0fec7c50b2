"""Motor claims: what the simulation states is what it draws, and nothing predicts better."""

from helpers import loading
from helpers.loading.simulation import KINDS, REGIONS, true_rates

import keras
import numpy as np
import pytest
from sklearn.linear_model import PoissonRegressor

CLAIMS = loading.motor_claims(20_000)
TYPICAL = {
    "age": 45, "power": 80, "vehicle_age": 10, "mileage": 12, "kind": 0, "region": 0,
}  # fmt: skip
FIRST_COUNTS = [0, 0, 0, 1, 0, 0]
FIRST_RATES = [
    0.46910739792518,
    0.32924819764878,
    0.17349256810049,
    0.15617443567036,
    0.19490036091691,
    0.27761740058402,
]


def test_policies_have_features_exposure_counts_and_true_rates():
    few = loading.motor_claims(300)
    assert few.features.shape == (300, 12) and few.features.dtype == np.float32
    assert few.exposure.dtype == np.float32 and few.counts.dtype == np.int64
    assert few.rates.dtype == np.float64 and len(few.names) == 12 and len(few) == 300
    assert few.exposure.min() > 0 and few.exposure.max() == 1
    assert few.rates.min() > 0 and few.counts.min() == 0
    assert {"age", "power", "vehicle age", "mileage", "kind", "region"} == set(few.columns)


def test_a_policy_depends_on_the_seed_and_its_number_alone():
    few, many = loading.motor_claims(50, seed=9), loading.motor_claims(400, seed=9)
    for name in ("features", "exposure", "counts", "rates"):
        np.testing.assert_array_equal(getattr(few, name), getattr(many, name)[:50])
    other = loading.motor_claims(50, seed=10)
    assert not np.array_equal(few.features, other.features)


def test_the_first_policies_are_those_of_every_machine():
    few = loading.motor_claims(6, seed=1)
    assert few.counts.tolist() == FIRST_COUNTS
    np.testing.assert_allclose(few.rates, FIRST_RATES, rtol=1e-12)


def test_features_are_standardised_and_one_hot():
    numbers, kinds, regions = np.split(CLAIMS.features, [4, 8], axis=1)
    np.testing.assert_allclose(numbers.mean(axis=0), 0, atol=0.05)
    np.testing.assert_allclose(numbers.std(axis=0), 1, atol=0.06)
    for block, shares in ((kinds, KINDS), (regions, REGIONS)):
        assert set(np.unique(block)) == {0, 1} and (block.sum(axis=1) == 1).all()
        np.testing.assert_allclose(block.mean(axis=0), list(shares.values()), atol=0.015)


def test_counts_have_the_mean_and_the_spread_of_poisson_numbers():
    standard = (CLAIMS.counts - CLAIMS.expected) / np.sqrt(CLAIMS.expected)
    assert abs(standard.mean()) < 4 / np.sqrt(len(CLAIMS))
    assert abs(standard.var() - 1) < 0.06
    # Not only on the whole: also where many claims are expected, and where few are.
    for part in np.array_split(np.argsort(CLAIMS.expected), 5):
        error = 4 * np.sqrt(CLAIMS.expected[part].sum())
        assert abs(CLAIMS.counts[part].sum() - CLAIMS.expected[part].sum()) < error


def test_the_young_and_the_old_have_more_claims_than_those_between():
    young, middle, old = true_rates(**TYPICAL | {"age": np.array([18, 45, 88])})
    assert young > 2 * middle and old > 2 * middle
    ages = true_rates(**TYPICAL | {"age": np.arange(18, 89)})
    assert 30 < 18 + ages.argmin() <= 65


@pytest.mark.parametrize(
    ("name", "high", "where"),
    [
        ("power", 200, {"age": 18}),
        ("kind", 3, {"region": 2}),
        ("vehicle_age", 18, {"region": 3}),
    ],
)
def test_effects_interact(name, high, where):
    def times(**given):
        return true_rates(**TYPICAL | given | {name: high}) / true_rates(**TYPICAL | given)

    assert times(**where) > 1.4 * times()


def loss(expected) -> float:
    return float(keras.losses.poisson(CLAIMS.counts, expected))


def test_the_excess_is_that_of_keras_loss_over_all_that_might_happen():
    expected = CLAIMS.expected * np.random.default_rng(1).uniform(0.5, 2, len(CLAIMS))
    might_happen, policies = CLAIMS.expected, CLAIMS.excess(expected)
    one, other = (float(keras.losses.poisson(might_happen, e)) for e in (expected, might_happen))
    assert policies == pytest.approx(one - other, abs=1e-6)


def test_no_other_prediction_is_expected_to_lose_less_than_the_truth():
    assert CLAIMS.excess(CLAIMS.expected) == 0
    rng = np.random.default_rng(0)
    for factor in (0.7, 0.98, 1.02, 1.5, rng.uniform(0.8, 1.25, len(CLAIMS))):
        assert CLAIMS.excess(CLAIMS.expected * factor) > 0
        assert loss(CLAIMS.expected * factor) > loss(CLAIMS.expected)


def test_linear_poisson_regression_is_better_than_the_mean_and_far_from_the_truth():
    train, validation, _ = CLAIMS.split()
    model = PoissonRegressor(alpha=1e-4, max_iter=500)
    model.fit(train.features, train.counts / train.exposure, sample_weight=train.exposure)
    linear = validation.excess(model.predict(validation.features) * validation.exposure)
    mean = validation.excess(train.counts.sum() / train.exposure.sum() * validation.exposure)
    assert 0.02 < linear < 0.6 * mean


def test_parts_hold_every_policy_once_and_in_order():
    parts = loading.motor_claims(100).split()
    assert [len(part) for part in parts] == [60, 20, 20]
    whole = np.concatenate([part.columns["age"] for part in parts])
    np.testing.assert_array_equal(whole, CLAIMS.columns["age"][:100])


def test_policies_can_be_chosen_by_a_condition():
    young = CLAIMS[CLAIMS.columns["age"] < 25]
    assert 0 < len(young) < len(CLAIMS) and young.columns["age"].max() < 25
    assert young.features.shape == (len(young), 12) and len(young.inputs[1]) == len(young)


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="n is 0: simulate at least 1"):
        loading.motor_claims(0)
    with pytest.raises(ValueError, match="leave a part empty"):
        CLAIMS.split(0.9, 0.1)
    with pytest.raises(ValueError, match="3 policies and 2 predictions"):
        CLAIMS[:3].excess([0.1, 0.2])
    with pytest.raises(ValueError, match="does the model end in an exponential"):
        CLAIMS[:1].excess([-0.1])
