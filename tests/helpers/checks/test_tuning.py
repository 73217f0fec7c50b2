"""What is said of wrong searches is right: rules agree with Optuna, slips are told apart."""

from __future__ import annotations

from helpers.checks import CheckFailed, tuning
from helpers.checks.likeness import digest
from helpers.checks.pruning import watches
from helpers.checks.seen import Log, noted_in
from helpers.checks.studies import Trial
from helpers.checks.workshop import rebuilds, trains
from helpers.tuning import flat_space

import numpy as np
import optuna
import pytest

TRIAL = {"number": 7, "params": {"neurons": 40}}


@pytest.fixture(autouse=True)
def _quiet():
    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    yield
    optuna.logging.set_verbosity(before)


def rule(losses, others):
    return min(losses) > np.median(others[:, len(losses) - 1])


@pytest.mark.parametrize("seed", range(5))
def test_the_median_rule_is_optunas(seed):
    rng = np.random.default_rng(seed)
    others = rng.integers(1, 12, (5, 6)) / 10
    study = optuna.create_study(pruner=optuna.pruners.MedianPruner(5, 0))
    for row in others:
        values = dict(enumerate(row, 1))
        study.add_trial(optuna.create_trial(value=row[-1], intermediate_values=values))
    for losses in rng.integers(1, 12, (40, 4)) / 10:
        trial = study.ask()
        for epoch, loss in enumerate(losses, 1):
            trial.report(loss, epoch)
            assert trial.should_prune() == rule(losses[:epoch], others)


MEDIAN_SLIPS = (
    lambda v, o: bool(v[-1] > np.median(o[:, len(v) - 1])),
    lambda v, o: bool(min(v) > o[:, len(v) - 1].mean()),
    lambda v, o: bool(min(v) > np.median(o[:, -1])),
    lambda v, o: bool(min(v) > np.median(o[:, len(v)])),
    lambda v, o: bool(min(v) > o[:, len(v) - 1].min()),
    lambda v, o: bool(min(v) >= np.median(o[:, len(v) - 1])),
    lambda v, o: bool(min(v) > np.median(o[:, : len(v)].min(axis=1))),
    lambda v, o: bool(min(v) > sorted(o[:, len(v) - 1])[len(o) // 2]),
    lambda v, o: bool(min(v) > np.median(o)),
    lambda v, o: bool(min(v) > np.median(o[len(v) - 1])),
    lambda v, o: all(loss > np.median(o[:, e]) for e, loss in enumerate(v)),
)


def test_each_case_of_the_median_rule_shows_one_more_slip_at_most_and_all_are_shown():
    cases = tuning.median_cases()
    assert [answer for _, answer in cases] == [rule(*given) for given, _ in cases]
    hidden = list(MEDIAN_SLIPS)
    for given, answer in cases:
        wrong = [slip for slip in hidden if slip(*given) != answer]
        assert len(wrong) <= 1
        hidden = [slip for slip in hidden if slip not in wrong]
    assert not hidden


HISTORY = {"loss": [0.9, 0.3], "val_loss": [0.8, 0.6, 0.7]}


def test_an_objective_that_trains_once_passes(capsys):
    trains(lambda trial, train: train(flat_space(trial))["val_loss"][-1], HISTORY, Trial(seed=1))
    assert "called once" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("objective", "layer", "demanded"),
    [
        (lambda trial, train: 0.7, "property", "`train` is called"),
        (lambda trial, train: train(train(flat_space(trial))) and 0.7, "property", "called once"),
        (lambda trial, train: train({})["val_loss"][-1], "property", "the trial answered"),
        (lambda trial, train: train(flat_space(trial))["loss"][-1], "values", "validation loss"),
        (lambda trial, train: train(flat_space(trial))["val_loss"], "values", "validation loss"),
    ],
)
def test_what_an_objective_must_do_is_told(objective, layer, demanded):
    with pytest.raises(CheckFailed) as caught:
        trains(objective, HISTORY, Trial(seed=1))
    assert (caught.value.layer, demanded in caught.value.demands) == (layer, True)


def good(trial, set_seed, make, fit):
    set_seed(trial["number"])
    loss = fit(make(trial["params"]))
    if abs(loss - trial["value"]) > 1e-6:
        raise ValueError("another network")
    return loss


@pytest.mark.parametrize("off", [0.0, 5e-7, -5e-7, 3e-6, -0.1])
def test_who_rebuilds_in_the_right_order_gets_the_trials_loss(off, capsys):
    rebuilds(good, TRIAL, off=off)
    assert capsys.readouterr().out.startswith("✓")


def test_seeds_that_are_set_twice_are_named():
    def twice(trial, set_seed, make, fit):
        set_seed(trial["number"])
        model = make(trial["params"])
        set_seed(trial["number"])
        return fit(model)

    with pytest.raises(CheckFailed) as caught:
        rebuilds(twice, TRIAL)
    assert "seed(7), make(" in str(caught.value) and "each of these once" in caught.value.demands


def test_params_that_were_changed_are_named():
    def changed(trial, set_seed, make, fit):
        set_seed(trial["number"])
        return fit(make({"neurons": 41}))

    with pytest.raises(CheckFailed) as caught:
        rebuilds(changed, TRIAL)
    assert "41" in str(caught.value)


@pytest.mark.parametrize("check", [rebuilds, watches])
def test_a_stub_stays_unanswered(check):
    def stub(*_):
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        check(stub, TRIAL if check is rebuilds else [0.5])


def test_a_training_that_goes_on_after_the_stop_is_named():
    def stubborn(trial, epochs, run_epoch):
        for epoch in range(1, epochs + 1):
            trial.report(run_epoch(), epoch)
            stop = trial.should_prune()
        if stop:
            raise optuna.TrialPruned

    with pytest.raises(CheckFailed) as caught:
        watches(stubborn, [0.9, 0.8, 0.7], stop=2)
    assert "it trained 3 " in str(caught.value) and "told to stop" in caught.value.demands


def test_another_error_while_training_is_told():
    def broken(trial, epochs, run_epoch):
        return {}["loss"]

    with pytest.raises(CheckFailed, match="KeyError"):
        watches(broken, [0.9])


def until_told(error):
    """Return an answer that reports, asks, and raises this."""

    def watched(trial, epochs, run_epoch):
        for epoch in range(1, epochs + 1):
            trial.report(loss := run_epoch(), epoch)
            if trial.should_prune():
                raise error
        return loss

    return watched


def test_an_exception_of_the_same_name_is_another():
    with pytest.raises(CheckFailed, match="TrialPruned of its own") as caught:
        watches(until_told(type("TrialPruned", (Exception,), {})), [0.9, 0.8], stop=1)
    assert "raises optuna.TrialPruned" in caught.value.demands


def test_an_exception_that_optuna_takes_for_its_own_is_right():
    watches(until_told(type("Enough", (optuna.TrialPruned,), {})), [0.9, 0.8], stop=1)


@pytest.mark.parametrize(
    ("check", "answers"),
    [
        (rebuilds, [lambda t, s, m, f: f(m(t["params"])), lambda t, s, m, f: s(0) or f(m({}))]),
        (watches, [lambda t, n, run: run(), lambda t, n, run: t.report(run(), 1)]),
    ],
    ids=["rebuilds", "watches"],
)
def test_what_was_done_is_noted(check, answers):
    digests = set()
    for answer in answers:
        notes = Log()
        with noted_in(notes), pytest.raises(CheckFailed):
            check(answer, TRIAL if check is rebuilds else [0.5, 0.4])
        digests.add(digest(notes.entries, "property"))
    assert len(digests) == 2


def test_to_ask_twice_after_a_report_is_to_ask():
    def careful(trial, epochs, run_epoch):
        for epoch in range(1, epochs + 1):
            loss = run_epoch()
            trial.report(loss, epoch)
            if trial.should_prune():
                print("stopped") if trial.should_prune() else None
                raise optuna.TrialPruned
        return loss

    watches(careful, [0.9, 0.8, 0.7])
    watches(careful, [0.9, 0.8, 0.7], stop=2)


def test_who_trains_with_the_trial_itself_is_told_where_its_settings_are():
    with pytest.raises(CheckFailed) as caught:
        trains(lambda trial, train: train(trial)["val_loss"][-1], HISTORY, Trial(seed=1))
    assert "tuning.flat_space(trial)" in caught.value.diagnosis


def test_an_error_that_is_returned_is_told():
    def quiet(trial, set_seed, make, fit):
        set_seed(trial["number"])
        loss = fit(make(trial["params"]))
        return ValueError() if abs(loss - trial["value"]) > 1e-6 else loss

    with pytest.raises(CheckFailed) as caught:
        rebuilds(quiet, {"number": 3, "params": {}}, off=0.5)
    assert "raise it" in caught.value.diagnosis
