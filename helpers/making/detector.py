"""Train the detector on pages of characters, and print how good it is.

    python -m helpers.making.detector [--profile full|fast] [--seeds N] [--out DIR | --store]

The profile "full" takes about 7 minutes of processor time for each seed. Every seed has first
weights and an order of its own, and pages by other people. It is measured on pages by strangers.
With --store or --out the weights of the first seed are kept, halved to float16; what is printed
of them is measured after that rounding.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path
from statistics import mean
from typing import NamedTuple

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"  # as in helpers.making.reference, and for its reason
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from helpers.detection import curve, follow, mean_average_precision, switches
from helpers.handwriting import Film, film, pages
from helpers.models import detector
from helpers.models.detector.store import FOLDER, LOG
from helpers.models.weights import save

import keras
import numpy as np

BATCH = 32
MANY = (3, 7)
"""Characters on a page."""

LEAST = 0.02
"""Boxes below this score are not measured: precision is wanted at low thresholds, too."""

FILMS = 20
SPEED = 2.0
"""Pixels a frame: films in which each character moves by a twentieth of its height."""


class Recipe(NamedTuple):
    """One way to train: pages, passes over them, the highest learning rate; pages to measure."""

    pages: int
    epochs: int
    rate: float
    measured: int


PROFILES = {
    "full": Recipe(10_000, 10, 2e-3, 500),
    # To see that the script works, in some seconds.
    "fast": Recipe(64, 1, 2e-3, 8),
}


def fit(recipe: Recipe, seed: int) -> tuple[keras.Model, list[float]]:
    """Train one detector; return it and its loss in each epoch."""
    keras.utils.set_random_seed(seed)
    written = pages(recipe.pages, seed=seed, many=MANY)
    images, wanted = np.stack([page.image for page in written]), detector.targets(written)
    model = detector.build()
    steps = -(-recipe.pages // BATCH) * recipe.epochs
    warm = min(500, steps // 4)
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0, steps - warm, warmup_target=recipe.rate, warmup_steps=warm
    )
    model.compile(keras.optimizers.Adam(schedule), detector.loss)
    tell = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: print(
            f"  epoch {epoch + 1}: {logs['loss']:.2f}", flush=True
        )
    )
    history = model.fit(
        images, wanted, batch_size=BATCH, epochs=recipe.epochs, callbacks=[tell], verbose=0
    ).history
    return model, [round(loss, 3) for loss in history["loss"]]


def examine(model: keras.Model, recipe: Recipe) -> dict[str, float]:
    """Measure a detector on pages by strangers, and on films."""
    shown = pages(recipe.measured, seed=0, writers="test", many=MANY)
    found = detector.find(model, np.stack([page.image for page in shown]), score=LEAST)
    films = [film(number, seed=0, speed=SPEED) for number in range(FILMS)]
    return {
        "map": round(mean_average_precision(shown, found), 4),
        "localisation": round(curve(shown, found).average, 4),
        "switches": round(mean(lost(model, one) for one in films), 3),
    }


def lost(model: keras.Model, one: Film) -> int:
    """Count the switches of identity in a film."""
    frames = detector.find(model, one.images, overlap=0.4)
    return switches(one, frames, follow(frames))


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, train, print, store."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.making.detector", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--profile", choices=PROFILES, default="full")
    parser.add_argument("--seeds", type=int, default=3, help="how often it is trained")
    parser.add_argument("--out", type=Path, help="keep weights and log in this folder")
    parser.add_argument("--store", action="store_true", help="keep them as the course's own")
    options = parser.parse_args(arguments)
    folder = FOLDER if options.store else options.out
    recipe = PROFILES[options.profile]

    runs: list[dict] = []
    for seed in range(1, options.seeds + 1):
        began = time.perf_counter(), time.process_time()
        model, losses = fit(recipe, seed)
        minutes = [round((time.perf_counter() - began[0]) / 60, 1)]
        minutes.append(round((time.process_time() - began[1]) / 60, 1))
        if folder and seed == 1:
            save(model, folder)
            model = detector.load(folder)
        runs.append({"seed": seed, **examine(model, recipe), "minutes": minutes, "loss": losses})
        told = ("seed", "map", "localisation", "switches", "minutes")
        print({name: runs[-1][name] for name in told}, flush=True)
        if folder:  # after each seed: a run that is stopped keeps what it has
            text = {**recipe._asdict(), "many": MANY, "films": FILMS, "speed": SPEED, "runs": runs}
            text |= {"parameters": model.count_params(), "keras": keras.__version__}
            (folder / LOG).write_text(json.dumps(text, indent=1) + "\n", "utf-8")
    for name in ("map", "localisation", "switches"):
        values = [run[name] for run in runs]
        print(f"{name:>12}: {mean(values):.3f} ({min(values):.3f}-{max(values):.3f})")


if __name__ == "__main__":
    main()
