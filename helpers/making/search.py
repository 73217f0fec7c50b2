"""Run the search on the character CNN, and keep what it found.

    python -m helpers.making.search [--trials N] [--out FILE]

It takes a few minutes on two cores; the file is written anew after each trial.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from helpers.handwriting import dataset
from helpers.tuning.searches.characters import EPOCHS, PER_CLASS, character_objective
from helpers.tuning.searches.store import FOLDER, write


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, search, print, store."""
    import keras
    import optuna

    parser = argparse.ArgumentParser(
        prog="python -m helpers.making.search", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--out", type=Path, default=FOLDER / "characters.json")
    options = parser.parse_args(arguments)
    optuna.logging.set_verbosity(optuna.logging.WARNING)

    pictures = [dataset(split, count) for split, count in PER_CLASS.items()]
    study = optuna.create_study(
        sampler=optuna.samplers.TPESampler(seed=123, n_startup_trials=5),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=5, n_warmup_steps=2),
    )
    study.set_user_attr("epochs", EPOCHS)
    study.set_user_attr("pictures", {s: c * 55 for s, c in PER_CLASS.items()})
    study.set_user_attr("keras", keras.__version__)
    study.set_user_attr("optuna", optuna.__version__)

    def tell(study: optuna.Study, trial: optuna.trial.FrozenTrial) -> None:
        write(study, options.out)
        print(
            f"trial {trial.number}: {trial.state.name.lower()}, loss {trial.value:.4f}, accuracy "
            f"{trial.user_attrs['accuracy']:.3f}, {trial.duration.total_seconds():.0f} s",
            flush=True,
        )

    study.optimize(character_objective(*pictures), n_trials=options.trials, callbacks=[tell])


if __name__ == "__main__":
    main()
