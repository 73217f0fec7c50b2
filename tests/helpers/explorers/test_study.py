"""The study explorer: a search, trial by trial."""

import math
from dataclasses import replace

from helpers import explorers, tuning
from helpers.explorers.study import LOSS, TRIAL, study_explorer

import numpy as np
import optuna
import pytest

FLOOR = 0.57


def loss(trial):
    """Pretend to train for two epochs."""
    settings = tuning.conditional_space(trial)
    away = math.log10(settings["learning_rate"] / 0.004)
    value = FLOOR + 0.01 + 0.02 * away**2 + 0.004 * len(settings["neurons"])
    trial.report(value + 0.02, 1)
    if trial.should_prune():
        raise optuna.TrialPruned
    return value


def searched(objective=loss, trials=20):
    tuning.quiet()
    pruner = optuna.pruners.MedianPruner(n_startup_trials=4)
    sampler = optuna.samplers.TPESampler(seed=123, n_startup_trials=5)
    study = optuna.create_study(study_name="claims", sampler=sampler, pruner=pruner)
    study.optimize(objective, n_trials=trials)
    return study


STUDY = searched()


@pytest.fixture(scope="module")
def explorer():
    return study_explorer(STUDY, best_loss=FLOOR)


def said(figure) -> str:
    return "\n".join(text.get_text() for text in figure.texts)


def dots(figure) -> int:
    """Count the trials in the space."""
    return sum(len(group.get_offsets()) for group in figure.axes[0].collections)


def test_every_state_draws_a_readable_picture(explorer, sweep):
    swept = sweep(explorer)
    assert swept.empty == []
    assert swept.unreadable == {}


def test_drawing_is_a_pure_function_of_the_state(explorer, sweep):
    swept = sweep(explorer)
    np.testing.assert_array_equal(swept.again, swept.first)


def test_it_starts_with_the_whole_study_over_the_learning_rate(explorer):
    assert explorer.start.trials == 20 and explorer.start.across == "learning_rate"
    best = STUDY.best_trial
    assert f"best of 20: {best.value:.4f} (trial {best.number})" in said(
        explorer.draw(explorer.start)
    )


def test_only_the_trials_so_far_are_shown(explorer):
    for count in (1, 7, 20):
        figure = explorer.draw(explorer.changed(trials=count))
        assert dots(figure) == count
        latest = STUDY.trials[count - 1]
        came = "pruned" if latest.state.name == "PRUNED" else f"{latest.value:.4f}"
        assert said(figure).startswith(f"trial {latest.number}: {came}")


def test_pruned_trials_can_be_hidden(explorer):
    complete = sum(trial.state.name == "COMPLETE" for trial in STUDY.trials)
    assert 0 < complete < 20
    assert dots(explorer.draw(explorer.changed(pruned=False))) == complete


def test_axes_stay_where_they_are_while_the_slider_moves(explorer):
    limits = set()
    for count in (2, 20):
        axes = explorer.draw(explorer.changed(trials=count)).axes
        limits.add(tuple(panel.get_xlim() + panel.get_ylim() for panel in axes))
    assert len(limits) == 1


def test_the_last_trials_tell_where_the_search_looks(explorer):
    last = [trial.params["learning_rate"] for trial in STUDY.trials[-8:]]
    words = f"learning rate from {min(last):.2g} to {max(last):.2g}"
    assert words in said(explorer.draw(explorer.start))


def test_the_trial_and_the_loss_are_axes_too(explorer):
    state = replace(explorer.start, across=TRIAL, up=LOSS)
    axes = explorer.draw(state).axes[0]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("trial", "validation loss")


def test_a_study_of_one_hyperparameter_and_one_trial_can_be_explored(sweep):
    study = searched(lambda trial: trial.suggest_float("x", 0, 1), 1)
    explorer = study_explorer(study)
    assert explorer.start.up == LOSS
    assert sweep(explorer).unreadable == {}


def test_the_function_shows_a_widget_with_a_static_picture():
    widget = explorers.explore_study(STUDY, best_loss=FLOOR, trials=9)
    assert widget.message == "" and widget.state.trials == 9
    assert "image/png" in widget._repr_mimebundle_()[0]
    widget.controls["trials"].value = 12
    assert widget.state.trials == 12 and widget.message == ""


def test_what_cannot_be_explored_is_refused(explorer):
    with pytest.raises(ValueError, match="no finished trial"):
        study_explorer(optuna.create_study())
    with pytest.raises(ValueError, match="has no hyperparameters"):
        study_explorer(searched(lambda trial: 1.0, 2))
    with pytest.raises(ValueError, match="across is 'dropout', which Choice"):
        explorer.show(across="dropout")
