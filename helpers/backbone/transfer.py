"""Measure what the backbone is worth where pictures are few, and print one table.

    python -m helpers.backbone.transfer [--per-class 5 10 20] [--seeds 3] [--out DIR | --store]

DOC
"""

from __future__ import annotations

import argparse
import json
import math
import os
import time
from itertools import pairwise
from pathlib import Path
from statistics import mean

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"  # as in helpers.reference.train, and for its reason
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from helpers.handwriting import CLASSES, dataset
from helpers.transfer import (
    RECIPES,
    STRATEGIES,
    epochs,
    feature_head,
    features,
    few,
    frozen_model,
    scratch_model,
    unfreeze,
)

import keras
import numpy as np

from .store import FOLDER, TRANSFER, load

POOL = 100
"""Pictures of each character that the few are chosen from, another choice for each seed."""

TEST = 40
"""Pictures of each character, by people who wrote none of the others, that all are tested on."""

SETS = ("test", "careless")
Data = dict[str, tuple[np.ndarray, np.ndarray]]


def run(per_class: int, seed: int, data: Data) -> dict[str, dict]:
    """Train with all strategies on the same few pictures: how good each is, and what it cost."""
    images, labels = few(*data["train"], per_class, seed)
    keras.utils.set_random_seed(seed)
    found = {}
    for strategy in ("scratch", "augmented"):
        model = scratch_model(augmented=strategy == "augmented")
        found[strategy] = learn(model, strategy, images, labels, data)

    base = load()
    computed = {name: (features(base, data[name][0]), data[name][1]) for name in SETS}
    few_features = features(base, images)
    found["features"] = learn(feature_head(), "features", few_features, labels, computed)

    model = frozen_model(base)
    found["frozen"] = learn(model, "frozen", images, labels, data)
    found["fine-tuned"] = learn(unfreeze(model), "fine-tuned", images, labels, data)
    return found


def learn(
    model: keras.Model, strategy: str, inputs: np.ndarray, labels: np.ndarray, data: Data
) -> dict:
    """Train one model by its recipe and test it."""
    per_class, began = len(labels) // len(CLASSES), time.perf_counter()
    model.fit(
        inputs,
        labels,
        epochs=epochs(strategy, per_class),
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
        "by_class": of_each / np.bincount(data["test"][1], minlength=len(CLASSES)),
        "seconds": round(seconds, 1),
        "trained_parameters": sum(math.prod(w.shape) for w in model.trainable_weights),
    }


def gather(runs: dict[int, list[dict]], seeds: list[int], test_pictures: int) -> dict:
    """Put runs together as :func:`helpers.backbone.measured` gives them."""

    def of(what: str) -> dict[str, list[list]]:
        return {s: [[run[s][what] for run in rows] for rows in runs.values()] for s in STRATEGIES}

    last = [*runs.values()][-1][-1]
    return {
        "per_class": list(runs),
        "seeds": seeds,
        "strategies": list(STRATEGIES),
        "test_pictures": test_pictures,
        "accuracy": of("test"),
        "careless": of("careless"),
        "by_class": {
            s: [np.mean(rows, axis=0).round(3).tolist() for rows in of("by_class")[s]]
            for s in STRATEGIES
        },
        "seconds": of("seconds"),
        "trained_parameters": {s: last[s]["trained_parameters"] for s in STRATEGIES},
        "recipes": {s: recipe._asdict() for s, recipe in RECIPES.items()},
    }


def report(found: dict) -> None:
    """Print the table, and each step from a strategy to the next beside the spread."""
    print(f"\naccuracy on {found['test_pictures']:,} pictures by strangers, mean (least-most) over")
    print(f"{len(found['seeds'])} seeds, by pictures a class; seconds of training")
    print(" " * 11 + "".join(f"{n:>22}" for n in found["per_class"]))
    for strategy in found["strategies"]:
        rows, cost = found["accuracy"][strategy], found["seconds"][strategy]
        cells = [
            f"{mean(row):.3f} ({min(row):.3f}-{max(row):.3f})" + f"{mean(seconds):4.0f}"
            for row, seconds in zip(rows, cost, strict=True)
        ]
        print(f"{strategy:>10} " + "".join(f"{cell:>22}" for cell in cells))
    for index, per_class in enumerate(found["per_class"]):
        print(
            f"\n{per_class} pictures a class, in points: each step, and the wider of both spreads"
        )
        for before, after, step, spread in steps(found, index):
            print(f"{before:>10} to {after:<10} {100 * step:5.1f} {100 * spread:5.1f}")


def steps(found: dict, index: int) -> list[tuple[str, str, float, float]]:
    """Compare neighbouring strategies at one number of pictures a class.

    Returns
    -------
    list of tuple
        From which strategy to which, the gain of the mean, and the spread, which is the greater
        one of both strategies' greatest less least accuracy over the seeds.
    """
    compared = []
    chain = [s for s in found["strategies"] if s != "features"]  # frozen stands for both
    for before, after in pairwise(chain):
        pair = [found["accuracy"][s][index] for s in (before, after)]
        spread = max(max(row) - min(row) for row in pair)
        compared.append((before, after, mean(pair[1]) - mean(pair[0]), spread))
    return compared


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, train, print, store."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.backbone.transfer", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--per-class", type=int, nargs="+", default=[5, 10, 20])
    parser.add_argument("--seeds", type=int, default=3, help="how often each is trained")
    parser.add_argument("--test", type=int, default=TEST, help="test pictures of each character")
    parser.add_argument("--out", type=Path, help="keep the results in this folder")
    parser.add_argument("--store", action="store_true", help="keep them as the course's own")
    options = parser.parse_args(arguments)
    folder = FOLDER if options.store else options.out

    data = {"train": dataset("train", POOL), "test": dataset("test", options.test)}
    data["careless"] = dataset("careless")
    runs: dict[int, list[dict]] = {per_class: [] for per_class in sorted(options.per_class)}
    for seed in range(1, options.seeds + 1):
        for per_class, rows in runs.items():
            rows.append(run(per_class, seed, data))
            told = ", ".join(f"{s} {found['test']:.3f}" for s, found in rows[-1].items())
            print(f"seed {seed}, {per_class} pictures a class: {told}", flush=True)
    found = gather(runs, list(range(1, options.seeds + 1)), len(data["test"][1]))
    report(found)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(found, ensure_ascii=False)
        (folder / TRANSFER).write_text(text.replace("}, ", "},\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
