"""Measure what the backbone is worth where pictures are few, and print one table.

    python -m helpers.backbone.transfer [--per-class 5 10 20] [--seeds 3] [--out DIR | --store]

DOC
"""

from __future__ import annotations

import argparse
import math
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"  # as in helpers.reference.train, and for its reason
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from helpers.handwriting import CLASSES, dataset
from helpers.transfer import (
    RECIPES,
    epochs,
    feature_head,
    features,
    few,
    frozen_model,
    schedule,
    scratch_model,
    unfreeze,
)

import keras
import numpy as np

from .results import FOLDER, keep, measured, table
from .store import load

POOL = 100
"""Pictures of each character that the few are chosen from, another choice for each seed."""

TEST = 20
"""Pictures of each character, by people who wrote none of the others, that all are tested on."""

MOST = 10_000
SETS = ("test", "careless")
Data = dict[str, tuple[np.ndarray, np.ndarray]]


def run(per_class: int, seed: int, data: Data, most: int = MOST) -> dict[str, dict]:
    """Train with all strategies on the same few pictures: how good each is, and what it cost."""
    images, labels = few(*data["train"], per_class, seed)
    keras.utils.set_random_seed(seed)
    found = {}
    for strategy in ("scratch", "augmented"):
        model = scratch_model(augmented=strategy == "augmented")
        found[strategy] = learn(model, strategy, images, labels, data, most)

    base = load()
    computed = {name: (features(base, data[name][0]), data[name][1]) for name in SETS}
    few_features = features(base, images)
    found["features"] = learn(feature_head(), "features", few_features, labels, computed, most)

    model = frozen_model(base)
    found["frozen"] = learn(model, "frozen", images, labels, data, most)
    found["fine-tuned"] = learn(unfreeze(model), "fine-tuned", images, labels, data, most)
    return found


def learn(
    model: keras.Model, strategy: str, inputs: np.ndarray, labels: np.ndarray, data: Data, most: int
) -> dict:
    """Train one model by its recipe, at most so many epochs, and test it."""
    per_class, began = len(labels) // len(CLASSES), time.perf_counter()
    model.optimizer.learning_rate = schedule(strategy, per_class)
    model.fit(
        inputs,
        labels,
        epochs=min(most, epochs(strategy, per_class)),
        batch_size=RECIPES[strategy].batch_size,
        verbose=0,
    )
    seconds = time.perf_counter() - began
    right = {
        name: model.predict(data[name][0], batch_size=256, verbose=0).argmax(1) == data[name][1]
        for name in SETS
    }
    of_each = np.bincount(data["test"][1], weights=right["test"], minlength=len(CLASSES))
    return {
        **{name: round(float(right[name].mean()), 4) for name in SETS},
        "by_class": (of_each / np.bincount(data["test"][1])).round(3).tolist(),
        "seconds": round(seconds, 1),
        "trained_parameters": sum(math.prod(w.shape) for w in model.trainable_weights),
    }


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, train, print, store."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.backbone.transfer", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--per-class", type=int, nargs="+", default=[5, 10, 20])
    parser.add_argument("--seeds", type=int, default=3, help="how often each is trained")
    parser.add_argument("--test", type=int, default=TEST, help="test pictures of each character")
    parser.add_argument("--epochs", type=int, default=MOST, help="at most so many of each")
    parser.add_argument("--out", type=Path, help="keep the results in this folder")
    parser.add_argument("--store", action="store_true", help="keep them as the course's own")
    options = parser.parse_args(arguments)

    data = {"train": dataset("train", POOL), "test": dataset("test", options.test)}
    data["careless"] = dataset("careless")
    found = {
        "test_pictures": len(data["test"][1]),
        "recipes": {strategy: recipe._asdict() for strategy, recipe in RECIPES.items()},
    }
    with TemporaryDirectory() as unkept:
        folder = (FOLDER if options.store else options.out) or Path(unkept)
        for per_class in options.per_class:
            rows = []
            for seed in range(1, options.seeds + 1):
                rows.append(run(per_class, seed, data, options.epochs))
                told = ", ".join(f"{s} {one['test']:.3f}" for s, one in rows[-1].items())
                print(f"{per_class} a class, seed {seed}: {told}", flush=True)
            keep(folder, {**found, "runs": {str(per_class): rows}})
        print(f"\n{table(measured(folder))}")


if __name__ == "__main__":
    main()
