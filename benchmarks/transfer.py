"""Measure what the backbone is worth where pictures are few, and print one table.

    python benchmarks/transfer.py [--per-class N ...] [--strategies S ...] [--store]

For each seed other few pictures of each of the 55 characters are chosen, the same for all
strategies. "scratch" and "augmented" train the CNN of section 04 from fresh weights until it knows
its pictures by heart, or as long as the cosine of its learning rate lasts. "features" trains a head
on features computed once, "frozen" the same head behind augmentation and backbone, and "fine-tuned"
goes on from there with all but the stem set free. `helpers.transfer.RECIPES` has their numbers; 5
pictures a class get as many batches as 10, so twice the epochs.

The backbone's own layers are a better network than that CNN. So with 10 pictures a class they are
trained from fresh weights, too: `helpers.transfer.CONTROLS`.
"""

from __future__ import annotations

import argparse
import math
import os
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"  # as in helpers.making.reference, and for its reason
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from helpers.handwriting import CLASSES, dataset
from helpers.making.strategies import keep, table
from helpers.models.backbone.results import FOLDER, measured
from helpers.models.backbone.store import load
from helpers.transfer import (
    CONTROLS,
    RECIPES,
    STRATEGIES,
    augmentation,
    compiled,
    epochs,
    feature_head,
    features,
    few,
    head,
    recipe,
    schedule,
    scratch_model,
    unfreeze,
)

import keras
import numpy as np
from keras import layers

POOL = 100
"""Pictures of each character that the few are chosen from, another choice for each seed."""

CONTROLLED = 10
"""Pictures a class at which the controls are trained."""

TEST = 40
"""Pictures of each character, by people who wrote none of the others, that all are tested on."""

MOST = 10_000
SETS = ("test", "careless")
Data = dict[str, tuple[np.ndarray, np.ndarray]]


def frozen_model(base: keras.Model, n_classes: int = 55) -> keras.Model:
    """Put a trained base between augmentation and a fresh head; only the head learns.

    Write ``training=False`` where a base is called, as Keras's guide does. What in fact keeps batch
    normalisation to the means and variances that it learned from many pictures is that its layers
    are frozen, here with the base and in :func:`helpers.transfer.unfreeze` on their own.
    """
    base.trainable = False
    images = keras.Input(base.input_shape[1:])
    x = base(augmentation()(images), training=False)
    if len(x.shape) > 2:
        x = layers.GlobalAveragePooling2D()(x)
    for layer in head(n_classes):
        x = layer(x)
    return compiled(keras.Model(images, x), RECIPES["frozen"].rate)


def run(
    per_class: int, seed: int, data: Data, strategies: Sequence[str] = STRATEGIES, most: int = MOST
) -> dict[str, dict]:
    """Train by strategies on the same few pictures: how good each is, and what it cost."""
    few_images, labels = few(*data["train"], per_class, seed)
    base, found = load(), {}
    for strategy in strategies:
        keras.utils.set_random_seed(seed)  # each alone gives what it gives among the others
        images, tests = few_images, data
        if strategy == "features":
            images = features(base, few_images)
            tests = {name: (features(base, data[name][0]), data[name][1]) for name in SETS}
            model = feature_head()
        elif strategy == "fine-tuned":
            model = unfreeze(model)
        elif strategy == "frozen":
            model = frozen_model(base)
        else:
            model = scratch_model(
                augmented=strategy.endswith("augmented"), same_layers=strategy in CONTROLS
            )
        found[strategy] = learn(model, strategy, images, labels, tests, most)
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
        batch_size=recipe(strategy).batch_size,
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
        prog="python benchmarks/transfer.py", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--per-class", type=int, nargs="+", default=[5, 10, 20])
    parser.add_argument("--seeds", type=int, default=3, help="how often each is trained")
    parser.add_argument(
        "--strategies",
        nargs="+",
        choices=[*STRATEGIES, *CONTROLS],
        default=[*STRATEGIES, *CONTROLS],
    )
    parser.add_argument("--test", type=int, default=TEST, help="test pictures of each character")
    parser.add_argument("--epochs", type=int, default=MOST, help="at most so many of each")
    parser.add_argument("--out", type=Path, help="keep the results in this folder")
    parser.add_argument("--store", action="store_true", help="keep them as the course's own")
    options = parser.parse_args(arguments)
    chosen = [s for s in STRATEGIES if s in options.strategies]
    controls = [s for s in CONTROLS if s in options.strategies]
    if "fine-tuned" in chosen and "frozen" not in chosen:
        parser.error("fine-tuned goes on from frozen: name both")

    data = {"train": dataset("train", POOL), "test": dataset("test", options.test)}
    data["careless"] = dataset("careless")
    found = {
        "test_pictures": len(data["test"][1]),
        "recipes": {strategy: recipe(strategy)._asdict() for strategy in chosen},
        "controls": {strategy: recipe(strategy)._asdict() for strategy in controls},
    }
    with TemporaryDirectory() as unkept:
        folder = (FOLDER if options.store else options.out) or Path(unkept)
        for per_class in options.per_class:
            rows, all_chosen = [], chosen + controls * (per_class == CONTROLLED)
            for seed in range(1, options.seeds + 1):
                rows.append(run(per_class, seed, data, all_chosen, options.epochs))
                told = ", ".join(f"{s} {one['test']:.3f}" for s, one in rows[-1].items())
                print(f"{per_class} a class, seed {seed}: {told}", flush=True)
            keep(folder, {**found, "runs": {str(per_class): rows}})
        print(f"\n{table(measured(folder))}")


if __name__ == "__main__":
    main()
