"""Tuning: search spaces, the claims network, exact rebuilds, tables, and silence."""

import logging
import warnings

from helpers import loading, tuning

import keras
import numpy as np
import optuna
import pytest
from optuna.trial import FixedTrial

POLICIES = loading.motor_claims(500)
TRAIN, VALIDATION, _ = POLICIES.split()
FLAT = {"neurons": 16, "activation": "tanh", "learning_rate": 3e-3}
DEEP = {"layers": 2, "neurons_1": 8, "neurons_2": 32, "activation": "relu", "learning_rate": 1e-3}


def objective(**settings):
    return tuning.claims_objective(TRAIN, VALIDATION, epochs=3, batch_size=100, **settings)


def study(**settings):
    tuning.quiet()
    sampler = optuna.samplers.TPESampler(seed=123, n_startup_trials=5)
    settings = {"sampler": sampler, "pruner": optuna.pruners.NopPruner()} | settings
    return optuna.create_study(**settings)


@pytest.fixture(scope="module")
def searched():
    """Return a finished study of three trials, and its objective."""
    found, goal = study(), objective()
    return tuning.finish(found, goal, 3, say=lambda text: None), goal


# --- spaces and network


def test_the_flat_space_gives_settings_of_one_hidden_layer():
    expected = {"neurons": (16,), "activation": "tanh", "learning_rate": 3e-3}
    assert tuning.flat_space(FixedTrial(FLAT)) == expected


def test_the_conditional_space_asks_for_the_neurons_of_layers_that_there_are():
    trial = FixedTrial(DEEP)
    assert tuning.conditional_space(trial)["neurons"] == (8, 32)
    assert set(trial.distributions) == set(DEEP)


def test_learning_rates_are_suggested_over_orders_of_magnitude():
    trial = FixedTrial(FLAT)
    tuning.flat_space(trial)
    told = trial.distributions["learning_rate"]
    assert told.log and (told.low, told.high) == (1e-4, 1e-2)


@pytest.mark.parametrize(("neurons", "parameters"), [((), 13), ((16,), 225), ((8, 32), 425)])
def test_the_network_has_the_asked_layers(neurons, parameters):
    model = tuning.poisson_network(12, neurons=neurons)
    assert model.count_params() == parameters
    assert model.output_shape == (None, 1) and model.loss == "poisson"


def test_half_a_year_is_half_the_claims():
    model = tuning.poisson_network(12)
    features = POLICIES.features[:4]
    year, half = (model([features, np.full((4, 1), t, np.float32)]).numpy() for t in (1.0, 0.5))
    assert (year > 0).all()
    np.testing.assert_allclose(half, year / 2, rtol=1e-6)


# --- objective


def test_a_trial_is_worth_the_validation_loss_of_its_last_epoch(searched):
    found, goal = searched
    trial = found.trials[0]
    assert sorted(trial.intermediate_values) == [1, 2, 3]
    model, losses = tuning.rebuild(trial, goal)
    assert trial.value == losses[-1]
    expected = model.predict(VALIDATION.inputs, verbose=0)[:, 0]
    loss = float(keras.losses.poisson(VALIDATION.counts, expected))
    assert loss == pytest.approx(losses[-1], abs=1e-6)


def test_the_winner_is_rebuilt_to_the_last_digits(searched):
    found, goal = searched
    _, losses = tuning.rebuild(found.best_trial, goal)
    assert losses[-1] == pytest.approx(found.best_value, abs=1e-6)


def test_a_pruned_trial_is_rebuilt_as_far_as_it_came():
    class Impatient(optuna.pruners.BasePruner):
        def prune(self, study, trial):
            return trial.last_step == 2

    found, goal = study(pruner=Impatient()), objective()
    tuning.finish(found, goal, 1, say=lambda text: None)
    (trial,) = found.trials
    assert trial.state.name == "PRUNED" and trial.last_step == 2
    _, losses = tuning.rebuild(trial, goal)
    assert losses == list(trial.intermediate_values.values())
    assert tuning.saved_epochs(found, goal.epochs) == (2, 3)


def test_other_seeds_give_other_losses(searched):
    found, goal = searched
    best = found.best_trial
    losses = tuning.over_seeds(best, goal, [best.number, 71])
    assert losses.shape == (2,)
    assert losses[0] == pytest.approx(best.value, abs=1e-6) and losses[0] != losses[1]


def test_a_training_that_diverges_is_a_bad_trial_and_no_error():
    goal = objective(space=lambda trial: {"neurons": (64, 64), "learning_rate": 1e9})
    loss = goal(FixedTrial({}))
    assert np.isfinite(loss) and loss > 1


def test_nothing_to_train_is_refused():
    with pytest.raises(ValueError, match="epochs is 0 and batch_size 500"):
        tuning.claims_objective(TRAIN, VALIDATION, epochs=0)


# --- studies


def test_finishing_goes_on_from_where_a_study_is():
    found = study()
    found.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=4)
    said = []
    tuning.finish(found, lambda trial: trial.suggest_float("x", 0, 1), 6, say=said.append)
    assert len(found.trials) == 6 and len(said) == 2
    assert said[-1].startswith("trial 6 of 6 · 0.") and "best 0." in said[-1]
    tuning.finish(found, lambda trial: 1 / 0, 6)  # nothing is left to do


def test_errors_of_the_objective_are_not_hidden():
    with pytest.raises(ZeroDivisionError):
        tuning.finish(study(), lambda trial: 1 / 0, 2, say=lambda text: None)


def test_the_best_so_far_passes_over_what_was_pruned():
    found = tuning.best_so_far([[3.0, np.nan, 2.0, 5.0], [1.0, 2.0, 0.5, np.nan]])
    np.testing.assert_array_equal(found, [[3, 3, 2, 2], [1, 1, 0.5, 0.5]])


# --- tables


def test_a_table_lists_trials_and_leaves_out_what_was_not_asked():
    found = study()
    for params in ({"layers": 1, "neurons_1": 8}, {"layers": 2, "neurons_1": 8, "neurons_2": 64}):
        found.enqueue_trial(params | {"activation": "relu", "learning_rate": 1e-3})
    found.optimize(lambda trial: -len(tuning.conditional_space(trial)["neurons"]), n_trials=2)
    shown = tuning.table(found)
    assert shown.head[:4] == ("trial", "value", "layers", "neurons 1")
    column = shown.head.index("neurons 2")
    assert [row[column] for row in shown.rows] == ["–", "64"]
    best = tuning.table(found, best=1)
    assert [row[0] for row in best.rows] == ["1"]
    assert len(str(shown).splitlines()) == 3 and shown._repr_html_().count("<tr>") == 3


# --- silence


def test_a_quiet_study_writes_nothing(capfd):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tuning.quiet()
        # The callback is experimental, and says so unless told not to.
        optuna.storages.RetryHeartbeatStaleTrialCallback()
        optuna.create_study().optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=2)
    assert capfd.readouterr() == ("", "")


def test_a_quiet_study_still_warns_of_failures():
    tuning.quiet()
    heard = []
    listener = logging.Handler()
    listener.emit = lambda record: heard.append(record.getMessage())
    logger = logging.getLogger("optuna")
    logger.addHandler(listener)
    try:
        with pytest.raises(ZeroDivisionError):
            optuna.create_study().optimize(lambda trial: 1 / 0, n_trials=1)
    finally:
        logger.removeHandler(listener)
    assert any("Trial 0 failed" in message for message in heard)


def test_quietly_holds_back_what_is_printed_unless_it_fails(capsys):
    with tuning.quietly():
        print("Trial 1 Complete")
    assert capsys.readouterr().out == ""
    with pytest.raises(RuntimeError), tuning.quietly():
        print("before it failed")
        raise RuntimeError
    assert "before it failed" in capsys.readouterr().out


def test_quietly_lets_kerastuner_search_without_tensorboard():
    import keras_tuner

    with tuning.quietly():
        assert keras_tuner.Tuner._configure_tensorboard_dir(None, [], None) is None


def test_the_course_keeps_a_measurement_of_both_ways_to_search():
    kept = tuning.recorded()
    assert kept["random"].shape == kept["TPE"].shape == (5, 30)
    medians = {side: np.median(kept[side].min(axis=1)) for side in ("random", "TPE")}
    assert kept["best_loss"] < medians["TPE"] <= medians["random"]
    assert kept["rebuilt"] <= 1e-6


def test_the_measurement_was_made_with_the_claims_of_today():
    kept = tuning.recorded()
    _, validation, _ = loading.motor_claims(int(kept["policies"])).split()
    best_loss = float(keras.losses.poisson(validation.counts, validation.expected))
    assert best_loss == pytest.approx(kept["best_loss"], abs=1e-9)
    assert (kept["epochs"], kept["batch_size"]) == (tuning.EPOCHS, tuning.BATCH)
