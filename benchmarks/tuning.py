"""Tune the claims network by random search and by TPE, and rebuild the winners.

    python benchmarks/tuning.py [--trials N] [--seeds N] [--folder DIR] [--store]

Both sides search the same conditional space (one to three hidden layers) for as many trials, from
several seeds, without pruning. The best loss of each study and the medians over the seeds are
printed, and by how much a rebuilt winner's loss differs from its trial's. The trainings are those
of ``helpers.tuning.plain``, a tenth of Keras's time; at the end Keras trains the best winner's
settings, to show that its losses are the same but for the seed, and a rebuild with it as exact.
With --folder the studies are kept there and a run that was killed goes on; --store writes what
``helpers.tuning.recorded`` gives to the lesson. It takes a few minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

# One thread: networks this small wait for a second one longer than it saves.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from helpers import tuning
from helpers.loading import motor_claims
from helpers.tuning.recorded import FILE

import numpy as np
import optuna

SIDES = {
    "random": (optuna.samplers.RandomSampler, {}),
    "TPE": (optuna.samplers.TPESampler, {"n_startup_trials": 5}),
}
FIRST_SEED = 123


def say(text: str) -> None:
    """Show progress on a terminal, in place."""
    if sys.stderr.isatty():
        print(f"\r{text:<78}", end="", file=sys.stderr, flush=True)


def search(side: str, seed: int, trials: int, folder: Path, objective) -> optuna.Study:
    """Run one study, or go on with it."""
    sampler, options = SIDES[side]
    study = tuning.open_study(folder / f"{side}-{seed}.db", sampler, seed=seed, **options)
    words = f"{side}, seed {seed}: "
    return tuning.finish(study, objective, trials, say=lambda text: say(words + text))


def main() -> None:
    """Search, rebuild, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--trials", type=int, default=30)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="keep the studies here, and go on with them")
    parser.add_argument("--store", action="store_true", help="keep the result for the lesson")
    given = parser.parse_args()
    tuning.quiet()
    train, validation, test = motor_claims().split()
    objective = tuning.plain_objective(train, validation, space=tuning.conditional_space)
    floor = loss(validation, validation.expected)
    print(f"{len(train):,} policies to train on; best reachable validation loss {floor:.4f}")
    print(f"{'seed':>5}{'random':>10}{'TPE':>10}{'test: random':>14}{'TPE':>10}{'rebuilt':>10}")

    losses: dict[str, list] = {side: [] for side in SIDES}
    tested: dict[str, list] = {side: [] for side in SIDES}
    differ, winners, began = [], [], time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="benchmark-tuning-") as temporary:
        folder = given.folder or Path(temporary)
        for seed in range(FIRST_SEED, FIRST_SEED + given.seeds):
            for side in SIDES:
                study = search(side, seed, given.trials, folder, objective)
                losses[side].append([trial.value for trial in tuning.finished(study)])
                winner, again = tuning.rebuild(study.best_trial, objective)
                winners.append(study.best_trial)
                differ.append(abs(again[-1] - study.best_value))
                gap = loss(test, winner.predict(test.inputs, verbose=0))
                tested[side].append(gap - loss(test, test.expected))
            say("")
            best = [f"{min(losses[side][-1]):>10.4f}" for side in SIDES]
            out = f"{tested['random'][-1]:>+14.4f}{tested['TPE'][-1]:>+10.4f}"
            print(f"{seed:>5}{''.join(best)}{out}{max(differ[-2:]):>10.0e}", flush=True)

    medians = {side: float(np.median([min(row) for row in losses[side]])) for side in SIDES}
    outs = [f"{np.median(tested[side]):>+{w}.4f}" for side, w in (("random", 14), ("TPE", 10))]
    print(f"{'median':>5}{medians['random']:>9.4f}{medians['TPE']:>10.4f}{''.join(outs)}")
    above = {side: medians[side] - floor for side in SIDES}
    print(f"best of {given.trials}, above the best reachable: "
          f"random {above['random']:.4f}, TPE {above['TPE']:.4f}, "
          f"ratio {above['random'] / above['TPE']:.2f}")  # fmt: skip
    print(f"TPE at least as good as random: {medians['TPE'] <= medians['random']}; "
          f"rebuilt to 1e-6: {max(differ) <= 1e-6}; "
          f"{time.perf_counter() - began:.0f} s")  # fmt: skip
    best = min(winners, key=lambda trial: trial.value)
    agree(best, objective, train, validation)
    if given.store:
        about = {"best_loss": floor, "rebuilt": max(differ), "test": tested}
        setting = {"epochs": tuning.EPOCHS, "batch_size": tuning.BATCH, "policies": 20_000}
        FILE.write_text(json.dumps({**losses, **about, **setting}) + "\n", "utf-8")


def loss(policies, expected) -> float:
    """Return Keras's Poisson loss of expected counts, in float64."""
    import keras

    return float(keras.losses.poisson(policies.counts, np.asarray(expected, np.float64).ravel()))


def agree(trial, objective, train, validation) -> None:
    """Print the losses of a trial's settings in NumPy and in Keras, and whether Keras repeats."""
    by_keras = tuning.claims_objective(train, validation, space=tuning.conditional_space)
    sides = {"NumPy": objective, "Keras": by_keras}
    for name, goal in sides.items():
        found = tuning.over_seeds(trial, goal, range(5))
        print(f"the best winner's settings in {name}, 5 seeds: {found.mean():.4f} "
              f"({found.min():.4f} to {found.max():.4f})")  # fmt: skip
    first, second = (tuning.rebuild(trial, by_keras)[1][-1] for _ in range(2))
    print(f"rebuilt twice by Keras, difference: {abs(first - second):.0e}")


if __name__ == "__main__":
    main()
