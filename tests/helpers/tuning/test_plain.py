"""The claims network in plain NumPy: step by step what Keras does."""

from helpers import loading, tuning
from helpers.tuning.plain import PlainNetwork, new_network

import keras
import numpy as np
import optuna
import pytest
from optuna.trial import FixedTrial

POLICIES = loading.motor_claims(1000)
TRAIN, VALIDATION, _ = POLICIES.split()
FLAT = {"neurons": 16, "activation": "tanh", "learning_rate": 3e-3}


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh"])
def test_steps_and_predictions_are_those_of_keras(activation):
    settings = {"neurons": (16, 8), "activation": activation, "learning_rate": 1e-2}
    network = new_network(12, np.random.default_rng(4), **settings)
    model = tuning.poisson_network(12, **settings)
    model.set_weights(network.weights)
    features, exposure = TRAIN.inputs
    for start in range(0, 600, 100):
        batch = slice(start, start + 100)
        model.train_on_batch([features[batch], exposure[batch]], TRAIN.counts[batch])
        network.step(features[batch], exposure[batch], TRAIN.counts[batch])
    for ours, theirs in zip(network.weights, model.get_weights(), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=2e-4)
    expected = model(VALIDATION.inputs, training=False).numpy()
    np.testing.assert_allclose(network.predict(VALIDATION.inputs), expected, rtol=2e-3)


def test_first_weights_are_drawn_as_keras_draws_them():
    ours = new_network(12, np.random.default_rng(0), neurons=(64, 32)).weights
    theirs = tuning.poisson_network(12, neurons=(64, 32)).get_weights()
    assert [w.shape for w in ours] == [w.shape for w in theirs]
    assert all(w.dtype == np.float32 for w in ours)
    for one, other in zip(ours[::2], theirs[::2], strict=True):
        assert np.abs(one).max() == pytest.approx(np.abs(other).max(), rel=0.25)
    assert not any(bias.any() for bias in ours[1::2])


def test_training_learns_and_is_repeated_exactly():
    goal = tuning.plain_objective(TRAIN, VALIDATION, epochs=20, batch_size=50)
    _, losses = goal.fit(tuning.flat_space(FixedTrial(FLAT)), seed=3)
    mean = TRAIN.counts.sum() / TRAIN.exposure.sum() * VALIDATION.exposure
    assert losses[-1] < float(keras.losses.poisson(VALIDATION.counts, mean)) < losses[0]
    study = optuna.create_study(pruner=optuna.pruners.NopPruner())
    tuning.quiet()
    tuning.finish(study, goal, 3, say=lambda text: None)
    network, again = tuning.rebuild(study.best_trial, goal)
    assert again[-1] == study.best_value and isinstance(network, PlainNetwork)
    assert list(study.best_trial.intermediate_values.values()) == again


def test_a_training_that_diverges_is_a_bad_trial_and_no_error():
    goal = tuning.plain_objective(
        TRAIN, VALIDATION, space=lambda trial: {"neurons": (64,), "learning_rate": 1e6}, epochs=2
    )
    assert np.isfinite(goal(FixedTrial({})))


def test_an_unknown_activation_is_refused():
    with pytest.raises(ValueError, match="activation 'gelu' is unknown: use 'relu'"):
        new_network(12, np.random.default_rng(0), activation="gelu")
