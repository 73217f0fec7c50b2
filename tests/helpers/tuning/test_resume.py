"""A study whose process is killed goes on: nothing that was finished is lost or done twice."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from helpers import tuning

import optuna
import pytest

# Trials come to an end until the one that hangs, as a training would that is interrupted.
WORKER = """
import sys, time
from helpers import tuning
import optuna

file, hangs = sys.argv[1], int(sys.argv[2])
tuning.quiet()

def objective(trial):
    x = trial.suggest_float("x", -5, 5)
    trial.report(x * x + 1, 1)
    if trial.number == hangs:
        print("hanging", flush=True)
        time.sleep(600)
    kind = trial.suggest_categorical("kind", ["a", "b"])
    return x * x + (kind == "b")

study = tuning.open_study(file, optuna.samplers.{sampler}, seed=7)
tuning.finish(study, objective, 50, say=lambda text: None)
"""
SAMPLERS = {"random": "RandomSampler", "TPE": "TPESampler"}


def objective(trial):
    x = trial.suggest_float("x", -5, 5)
    return x * x + (trial.suggest_categorical("kind", ["a", "b"]) == "b")


def killed_at(file: Path, number: int, sampler: str = "random") -> None:
    """Run a study in a process of its own and kill it while it is at a trial."""
    code = WORKER.replace("{sampler}", SAMPLERS[sampler])
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(file), str(number)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == "hanging\n"
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def reopened(file: Path, sampler: str = "random") -> optuna.Study:
    tuning.quiet()
    return tuning.open_study(file, getattr(optuna.samplers, SAMPLERS[sampler]), seed=7)


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_a_killed_study_goes_on_and_tries_the_interrupted_trial_again(tmp_path, sampler):
    file = tmp_path / "studies" / "claims.db"
    killed_at(file, 3, sampler)
    study = reopened(file, sampler)
    assert [t.state.name for t in study.trials] == ["COMPLETE"] * 3 + ["FAIL", "WAITING"]

    tuning.finish(study, objective, 8, say=lambda text: None)
    states = [trial.state.name for trial in study.trials]
    assert states == ["COMPLETE"] * 3 + ["FAIL"] + ["COMPLETE"] * 5
    assert len(tuning.finished(study)) == 8
    interrupted, retried = study.trials[3], study.trials[4]
    assert retried.params["x"] == interrupted.params["x"] and "kind" in retried.params
    assert retried.user_attrs == {"retries": 3}
    # A sampler that began with the same seed would have suggested the first settings again.
    ended = [trial.params["x"] for trial in tuning.finished(study)]
    assert len(set(ended)) == 8


def test_a_study_survives_being_killed_again_and_again(tmp_path):
    file = tmp_path / "claims.db"
    for number in (1, 4, 6):
        killed_at(file, number)
    study = tuning.finish(reopened(file), objective, 10, say=lambda text: None)
    states = [trial.state.name for trial in study.trials]
    assert states.count("FAIL") == 3 and states.count("COMPLETE") == 10
    assert len(states) == 13 and len({t.params["x"] for t in tuning.finished(study)}) == 10


def test_a_study_that_is_finished_is_only_read(tmp_path):
    file = tmp_path / "claims.db"
    tuning.quiet()
    tuning.finish(tuning.open_study(file), objective, 4, say=lambda text: None)
    again = tuning.finish(tuning.open_study(file), objective, 4, say=lambda text: None)
    assert len(again.trials) == 4 and again.study_name == "claims"


def test_nothing_is_pruned_unless_it_is_asked_for(tmp_path):
    tuning.quiet()
    assert isinstance(tuning.open_study(tmp_path / "a.db").pruner, optuna.pruners.NopPruner)
    pruner = optuna.pruners.MedianPruner()
    assert tuning.open_study(tmp_path / "b.db", pruner=pruner).pruner is pruner


@pytest.mark.parametrize("name", ["Computer%20Vision", "a?b#c&d", "人 [x]*{y}", "two\nlines"])
def test_a_study_lies_where_it_is_told_to(tmp_path, name):
    tuning.quiet()
    file = tmp_path / name / "search.db"
    tuning.finish(tuning.open_study(file), objective, 2, say=lambda text: None)
    assert [path.name for path in tmp_path.rglob("*")] == [name, "search.db"]
    assert len(tuning.open_study(file).trials) == 2


@pytest.mark.parametrize(("first", "then"), [("minimize", "maximize"), ("maximize", "minimize")])
def test_a_study_of_the_other_direction_is_refused(tmp_path, first, then):
    tuning.quiet()
    file = tmp_path / "search.db"
    tuning.finish(tuning.open_study(file, direction=first), objective, 1, say=lambda text: None)
    with pytest.raises(ValueError, match=f"'search'.*'{first}'.*'{then}'.*another file"):
        tuning.open_study(file, direction=then)
    assert len(tuning.open_study(file, direction=first).trials) == 1


def test_another_range_of_a_hyperparameter_is_refused(tmp_path):
    tuning.quiet()
    study = tuning.open_study(tmp_path / "search.db")
    tuning.finish(study, objective, 2, say=lambda text: None)

    def wider(trial):
        return trial.suggest_float("x", -50, 50) ** 2

    with pytest.raises(ValueError, match=r"'search' chose 'x' from .*5.* asks for .*50"):
        tuning.finish(study, wider, 5, say=lambda text: None)
