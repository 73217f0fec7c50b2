"""The search on the character CNN: its space, its network, and the study that is kept."""

from __future__ import annotations

from helpers.checks.studies import Trial
from helpers.tuning import searches
from helpers.tuning.searches.store import read, write

import numpy as np
import optuna
import pytest

SETTINGS = {"filters": 8, "kernel_size": 3, "neurons": 32, "dropout": 0.1, "learning_rate": 1e-3}


@pytest.fixture(autouse=True)
def _quiet():
    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    yield
    optuna.logging.set_verbosity(before)


def test_neurons_are_asked_for_only_where_there_is_a_dense_layer():
    with_it, without = Trial({"dense": True}), Trial({"dense": False})
    assert searches.character_space(with_it)["neurons"] == with_it.params["neurons"]
    assert searches.character_space(without)["neurons"] == 0
    assert "neurons" not in without.params


@pytest.mark.parametrize("neurons", [0, 32])
def test_the_network_gives_55_logits(neurons):
    model = searches.character_cnn(**SETTINGS | {"neurons": neurons})
    assert model.output_shape == (None, 55)
    assert model.count_params() > 0 and model.compiled


def test_the_objective_reports_each_epoch_and_notes_the_accuracy():
    rng = np.random.default_rng(0)
    data = rng.integers(0, 256, (6, 80, 60, 1), np.uint8), rng.integers(0, 55, 6)
    study = optuna.create_study()
    study.enqueue_trial({"filters": 8, "kernel_size": 3, "dense": False})
    study.optimize(searches.character_objective(data, data, epochs=2), n_trials=1)
    trial = study.trials[0]
    assert list(trial.intermediate_values) == [1, 2]
    assert trial.value == trial.intermediate_values[2]
    assert 0 <= trial.user_attrs["accuracy"] <= 1


def test_a_study_is_read_as_it_was_written(tmp_path):
    study = optuna.create_study()
    study.set_user_attr("epochs", 2)

    def objective(trial):
        trial.set_user_attr("accuracy", 0.5)
        x = trial.suggest_float("x", 1e-3, 1, log=True)
        trial.report(x, 1)
        if trial.number == 1:
            raise optuna.TrialPruned
        return x + trial.suggest_categorical("kind", [0, 1])

    study.optimize(objective, n_trials=3)
    write(study, tmp_path / "study.json")
    found = read(tmp_path / "study.json")
    assert [t.state for t in found.trials] == [t.state for t in study.trials]
    assert found.user_attrs == {"epochs": 2}
    for a, b in zip(found.trials, study.trials, strict=True):
        assert a.distributions == b.distributions and a.user_attrs == b.user_attrs
        assert a.value == pytest.approx(b.value, abs=1e-5)
        assert a.params == pytest.approx(b.params, rel=1e-4)


def test_the_recorded_study_can_be_gone_on_with():
    study = searches.recorded("characters")
    assert study.best_value == min(t.value for t in study.trials if t.state.name == "COMPLETE")
    assert {t.state.name for t in study.trials} == {"COMPLETE", "PRUNED"}
    assert {"filters", "kernel_size", "dropout", "learning_rate", "dense"} <= set(study.best_params)
    study.sampler = optuna.samplers.RandomSampler(seed=1)
    searches.character_space(study.ask())


def test_a_study_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match="study 'roofs' is unknown: use one of 'characters'"):
        searches.recorded("roofs")
