"""What section 06 says of searches, measured on simulated portfolios.

Each seed is a portfolio of its own, with training, validation and test set, and other random
numbers for sampler and network. The networks are those of ``helpers.tuning.plain``.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from helpers import loading, tuning

import numpy as np

from course.ledger.declared import claim

PORTFOLIOS = "12 simulated portfolios"
TRIALS = 30


class Searched(NamedTuple):
    """What a search came to: losses of its trials, the winner's gaps to the true rates."""

    losses: np.ndarray
    promised: float
    true: float


@claim(
    "first-guess",
    "16 neurons and a learning rate of 3e-4 end worse than one rate for all.",
    over=PORTFOLIOS,
    holds={"covered": "< 0"},
    seeds=12,
)
def first_guess(seed: int) -> dict[str, float]:
    """Measure how much of the way from one rate for all to the true rates the guess covers."""
    train, validation, _ = _portfolio(seed)
    settings = {"neurons": (16,), "activation": "relu", "learning_rate": 3e-4}
    _, losses = tuning.plain_objective(train, validation).fit(settings, seed=seed)
    return {"covered": _covered(train, validation, losses[-1])}


@claim(
    "ten-at-random",
    "The best of ten random trials covers most of the way from one rate for all to the true rates.",
    over=PORTFOLIOS,
    holds={"covered": "0.6 to 1"},
    seeds=12,
)
def ten_at_random(seed: int) -> dict[str, float]:
    """Search ten settings at random."""
    import optuna

    tuning.quiet()
    train, validation, _ = _portfolio(seed)
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=seed))
    study.optimize(tuning.plain_objective(train, validation), n_trials=10)
    return {"covered": _covered(train, validation, study.best_value)}


@claim(
    "tpe-winner",
    "After thirty trials the winner of TPE is truly better than that of random search more often "
    "than not.",
    over=PORTFOLIOS,
    holds={"TPE better": "> 0.5"},
    seeds=12,
    interval={"TPE better": "wilson"},
)
def tpe_winner(seed: int) -> dict[str, float]:
    """Compare the winners by what they lose to the true rates in expectation."""
    random, tpe = _searched("random", seed), _searched("TPE", seed)
    return {
        "random": random.true,
        "TPE": tpe.true,
        "random less TPE": random.true - tpe.true,
        "TPE better": float(tpe.true < random.true),
    }


@claim(
    "tpe-later-trials",
    "A typical trial after the 15th is better with TPE than at random.",
    over=PORTFOLIOS,
    holds={"random less TPE": "> 0"},
    seeds=12,
)
def tpe_later_trials(seed: int) -> dict[str, float]:
    """Compare the medians of the later half of the trials."""
    random, tpe = (float(np.median(_searched(s, seed).losses[15:])) for s in ("random", "TPE"))
    return {"random less TPE": random - tpe}


@claim(
    "winners-curse",
    "The gap by which a search chose its winner is smaller than the winner's true gap.",
    over=PORTFOLIOS,
    holds={"true less promised": "> 0"},
    seeds=12,
)
def winners_curse(seed: int) -> dict[str, float]:
    """Compare the gap on the validation set with that which is to be expected, for TPE."""
    found = _searched("TPE", seed)
    return {
        "promised": found.promised,
        "true": found.true,
        "true less promised": found.true - found.promised,
    }


@claim(
    "hard-seeds",
    "The losses of two settings of different size that are trained with the same seeds hardly go "
    "together.",
    over="10 simulated portfolios",
    holds={"correlation": "-0.3 to 0.3"},
)
def hard_seeds(seed: int) -> dict[str, float]:
    """Correlate the losses of two settings over twelve seeds."""
    train, validation, _ = _portfolio(seed)
    goal = tuning.plain_objective(train, validation)
    losses = [
        [
            goal.fit({"neurons": (n,), "activation": "relu", "learning_rate": 4e-3}, seed=s)[1][-1]
            for s in range(12)
        ]
        for n in (32, 64)
    ]
    return {"correlation": float(np.corrcoef(losses)[0, 1])}


@claim(
    "pruning-saves",
    "A median pruner saves epochs of ten random trials, and their winner mostly survives.",
    over=PORTFOLIOS,
    holds={"saved": "> 0.2", "winner survives": "> 0.5"},
    seeds=12,
    interval={"winner survives": "wilson"},
)
def pruning_saves(seed: int) -> dict[str, float]:
    """Search ten settings at random, with the pruner of the lesson and without."""
    import optuna

    tuning.quiet()
    train, validation, _ = _portfolio(seed)
    goal = tuning.plain_objective(train, validation)
    pruners = (
        optuna.pruners.NopPruner(),
        optuna.pruners.MedianPruner(n_startup_trials=3, n_warmup_steps=2),
    )
    studies = []
    for pruner in pruners:
        sampler = optuna.samplers.RandomSampler(seed=seed)
        studies.append(optuna.create_study(sampler=sampler, pruner=pruner))
        studies[-1].optimize(goal, n_trials=10)
    trained, whole = tuning.saved_epochs(studies[1], tuning.EPOCHS)
    same = studies[0].best_trial.number == studies[1].best_trial.number
    return {"saved": 1 - trained / whole, "winner survives": float(same)}


@cache
def _portfolio(seed: int):
    """Simulate a portfolio, and split it."""
    return loading.motor_claims(seed=seed).split()


@cache
def _searched(side: str, seed: int) -> Searched:
    """Search the conditional space of a portfolio; tell what the winner loses to the truth."""
    import optuna

    tuning.quiet()
    train, validation, test = _portfolio(seed)
    goal = tuning.plain_objective(train, validation, space=tuning.conditional_space)
    samplers = {
        "random": lambda: optuna.samplers.RandomSampler(seed=seed),
        "TPE": lambda: optuna.samplers.TPESampler(seed=seed, n_startup_trials=5),
    }
    study = optuna.create_study(sampler=samplers[side](), pruner=optuna.pruners.NopPruner())
    study.optimize(goal, n_trials=TRIALS)
    winner, _ = tuning.rebuild(study.best_trial, goal)
    return Searched(
        np.array([trial.value for trial in study.trials]),
        study.best_value - _loss(validation, validation.expected),
        float(test.excess(winner.predict(test.inputs))),
    )


def _covered(train, validation, loss: float) -> float:
    rate = train.counts.sum() / train.exposure.sum()
    constant = _loss(validation, rate * validation.exposure)
    return (constant - loss) / (constant - _loss(validation, validation.expected))


def _loss(policies, expected: np.ndarray) -> float:
    """Return the mean Poisson loss of expected counts, as Keras has it."""
    expected = np.asarray(expected, np.float64)
    return float(np.mean(expected - policies.counts * np.log(expected + 1e-7)))
