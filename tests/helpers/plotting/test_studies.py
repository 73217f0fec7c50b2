"""Figures of studies: what they show, refuse, and how they read."""

import math

from helpers import plotting, tuning
from helpers.plotting.parameters import parameter_axis, parameter_names
from helpers.plotting.studies import value_limits

import numpy as np
import optuna
import pytest
from matplotlib import pyplot, rcParams
from matplotlib.text import Text

EPOCHS = 6
FLOOR = 0.57


def loss(trial, epochs=EPOCHS):
    """Pretend to train: the best learning rate is 0.004, one hidden layer is enough."""
    settings = tuning.conditional_space(trial)
    away = math.log10(settings["learning_rate"] / 0.004)
    final = FLOOR + 0.01 + 0.02 * away**2 + 0.004 * len(settings["neurons"])
    for epoch in range(1, epochs + 1):
        value = final + 0.1 * math.exp(-epoch * settings["learning_rate"] * 300)
        trial.report(value, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return value


def searched(objective=loss, trials=30, pruner=None):
    tuning.quiet()
    study = optuna.create_study(
        study_name="claims",
        sampler=optuna.samplers.TPESampler(seed=123, n_startup_trials=5),
        pruner=pruner or optuna.pruners.NopPruner(),
    )
    study.optimize(objective, n_trials=trials)
    return study


PLAIN = searched()
PRUNED = searched(pruner=optuna.pruners.MedianPruner(n_startup_trials=4))
FLAT = searched(lambda trial: 1 + abs(math.log(tuning.flat_space(trial)["learning_rate"] / 3e-3)))
RANDOM = np.random.default_rng(0)

FIGURES = {
    "study": lambda: plotting.show_study(PLAIN, best_loss=FLOOR, title="TPE"),
    "study with pruning": lambda: plotting.show_study(PRUNED, best_loss=FLOOR),
    "study without floor": lambda: plotting.show_study(FLAT),
    "study of one trial": lambda: plotting.show_study(searched(trials=1)),
    "studies": lambda: plotting.show_studies(
        {"random": 0.6 + RANDOM.random((5, 30)) / 9, "TPE": 0.59 + RANDOM.random((5, 30)) / 9},
        best_loss=FLOOR,
        title="Two ways to search",
    ),
    "space": lambda: plotting.show_space(FLAT, title="Where it looked"),
    "conditional space": lambda: plotting.show_space(PRUNED, y="neurons_2"),
    "slices": lambda: plotting.show_slices(FLAT, title="One for each"),
    "six slices": lambda: plotting.show_slices(PLAIN),
    "parallel": lambda: plotting.show_parallel(PLAIN, title="Every trial is a line"),
    "pruning": lambda: plotting.show_pruning(PRUNED, title="Median pruning"),
    "grid and random": plotting.show_grid_and_random,
    "larger grid": lambda: plotting.show_grid_and_random(25),
}
OPTUNAS = {
    "optimization_history": {},
    "param_importances": {},
    "slice": {"params": ["learning_rate", "activation"]},
    "contour": {"params": ["learning_rate", "neurons_1"]},
    "parallel_coordinate": {"params": ["learning_rate", "neurons_1", "layers"]},
    "intermediate_values": {},
    "edf": {},
    "rank": {"params": ["learning_rate", "neurons_1"]},
    "timeline": {},
}


def texts(figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


@pytest.mark.parametrize("name", FIGURES)
def test_no_text_is_cut_off_or_covered(name, look):
    pixels, faults = look(FIGURES[name]())
    assert faults == []
    assert pixels.std() > 5


# --- one study


def test_the_best_so_far_never_rises_and_ends_at_the_best_value():
    axes = plotting.show_study(PRUNED, best_loss=FLOOR).axes[0]
    step = next(line for line in axes.lines if line.get_label() == "best so far")
    heights = step.get_ydata()
    assert (np.diff(heights[np.isfinite(heights)]) <= 0).all()
    assert heights[-1] == PRUNED.best_value


def test_every_finished_trial_is_drawn_once():
    axes = plotting.show_study(PRUNED).axes[0]
    marks = [line for line in axes.lines if line.get_marker() in ("o", "X", "^")]
    numbers = np.concatenate([line.get_xdata() for line in marks])
    assert sorted(numbers) == [trial.number for trial in PRUNED.trials]


def test_a_failure_does_not_press_the_other_trials_flat():
    low, high = value_limits(np.array([0.58, 0.581, 0.583, 0.59, 900.0]), 0.575)
    assert low < 0.575 and 0.59 < high < 0.7


def test_the_floor_lies_inside_the_axes():
    axes = plotting.show_study(PLAIN, best_loss=0.2).axes[0]
    assert axes.get_ylim()[0] < 0.2


def test_a_study_without_trials_is_refused():
    empty = optuna.create_study(study_name="new")
    for show in (plotting.show_study, plotting.show_space, plotting.show_pruning):
        with pytest.raises(ValueError, match=r"study 'new' has no finished trial: call study.opt"):
            show(empty)


# --- several


def test_a_line_is_the_median_over_the_seeds_of_the_best_so_far():
    losses = np.array([[3.0, 1.0, 2.0], [2.0, 2.5, 0.5], [4.0, 3.0, np.nan]])
    axes = plotting.show_studies({"random": losses}).axes[0]
    assert axes.lines[0].get_ydata().tolist() == [3, 2, 1]


def test_no_losses_are_refused():
    with pytest.raises(ValueError, match="losses is empty"):
        plotting.show_studies({})


# --- spaces


def test_trials_stand_at_their_learning_rates():
    (axes, _) = plotting.show_space(FLAT).axes
    assert axes.get_xscale() == "log"
    drawn = sorted(x for dots in axes.collections for x in dots.get_offsets()[:, 0])
    np.testing.assert_allclose(drawn, sorted(t.params["learning_rate"] for t in FLAT.trials))


def test_trials_with_the_same_choice_stand_near_its_place():
    axis = parameter_axis(FLAT.trials, "neurons")
    places = axis.places(FLAT.trials)
    chosen = [axis.choices.index(trial.params["neurons"]) for trial in FLAT.trials]
    assert (np.round(places) == chosen).all() and len(set(places)) > len(set(chosen))


def test_a_trial_that_lacks_a_conditional_parameter_has_a_place_of_its_own():
    axis = parameter_axis(PLAIN.trials, "neurons_3")
    lacking = [trial for trial in PLAIN.trials if trial.params["layers"] < 3]
    assert (axis.places(lacking, jitter=False) == -1).all()
    assert axis.ticks()[1][0] == "none"


def test_parameters_come_in_the_order_of_the_objective():
    names = ("layers", "neurons_1", "neurons_2", "neurons_3", "activation", "learning_rate")
    assert parameter_names(PLAIN.trials) == names


def test_an_unknown_parameter_is_refused():
    with pytest.raises(ValueError, match="No trial has a parameter 'dropout': choose from neurons"):
        plotting.show_space(FLAT, x="dropout")


# --- pruning


def test_the_epochs_that_were_trained_are_counted():
    trained, of = tuning.saved_epochs(PRUNED, EPOCHS)
    assert trained < of == 30 * EPOCHS
    assert f"{trained} of {of} epochs trained" in texts(plotting.show_pruning(PRUNED))


def test_a_study_that_reports_nothing_has_no_curves():
    with pytest.raises(ValueError, match=r"no reported losses: call trial.report\(loss, epoch\)"):
        plotting.show_pruning(FLAT)


# --- grid and random


@pytest.mark.parametrize("points", [4, 9, 16])
def test_random_points_try_more_values_than_a_grid(points):
    words = texts(plotting.show_grid_and_random(points))
    side = round(points**0.5)
    assert f"grid: {side} different values in {points} trials" in words
    assert f"random: {points} different values in {points} trials" in words


def test_points_that_form_no_grid_are_refused():
    with pytest.raises(ValueError, match="points is 10: give 4, 9, 16 or 25"):
        plotting.show_grid_and_random(10)


# --- Optuna's own


@pytest.mark.parametrize("name", OPTUNAS)
def test_optunas_plots_are_silent_and_leave_no_trace(name, look, capfd):
    before = rcParams.copy()
    figure = plotting.show_optuna(name, PRUNED, **OPTUNAS[name])
    pixels, _ = look(figure)
    assert pixels.std() > 5
    assert capfd.readouterr() == ("", "")
    assert pyplot.get_fignums() == [] and rcParams == before


def test_an_unknown_plot_is_refused():
    with pytest.raises(ValueError, match=r"Optuna has no plot 'history': choose from contour, edf"):
        plotting.show_optuna("history", PLAIN)


def test_optunas_slice_plot_of_a_single_hyperparameter_is_drawn():
    study = searched(lambda trial: trial.suggest_float("x", 0, 1) ** 2, trials=4)
    figure = plotting.show_optuna("slice", study)
    figure.canvas.draw()
    assert figure.axes[0].get_xlabel() == "x"


def test_no_grid_lies_over_the_lines_of_parallel_coordinates():
    figure = plotting.show_optuna("parallel_coordinate", PLAIN, params=["layers", "learning_rate"])
    lines = [line for axes in figure.axes for line in axes.get_xgridlines() + axes.get_ygridlines()]
    assert not any(line.get_visible() for line in lines)
