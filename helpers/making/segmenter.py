"""Train the U-Net on printed forms, and print how good it is.

    python -m helpers.making.segmenter [--profile full|fast] [--seeds N] [--out DIR | --store]

The profile "full" takes about 5 minutes of processor time for each seed. Every seed has first
weights and an order of its own, and forms by other people. It is measured on forms by strangers.
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

from helpers.handwriting import Page, forms
from helpers.models import segmenter
from helpers.models.segmenter.model import FOLDER, LOG
from helpers.models.weights import save

import keras
import numpy as np

BATCH = 16
MANY = (3, 7)
"""Characters on a form."""

GAP = -4
"""Characters may overlap by so many pixels."""


class Recipe(NamedTuple):
    """One way to train: forms, passes over them, the first learning rate; forms to measure."""

    forms: int
    epochs: int
    rate: float
    measured: int


PROFILES = {
    "full": Recipe(3_000, 8, 4e-3, 200),
    # To see that the script works, in some seconds.
    "fast": Recipe(32, 1, 4e-3, 4),
}


def arrays(pages: list[Page]) -> tuple[np.ndarray, np.ndarray]:
    """Return pictures (N, H, W, 1) and, as 0 and 1, where somebody wrote (N, H, W, 1)."""
    written = np.stack([page.mask > 0 for page in pages])
    return np.stack([page.image for page in pages]), written[..., None].astype(np.float32)


def fit(recipe: Recipe, seed: int) -> tuple[keras.Model, list[float]]:
    """Train one U-Net; return it and its loss in each epoch."""
    keras.utils.set_random_seed(seed)
    images, written = arrays(forms(recipe.forms, seed=seed, many=MANY, gap=GAP))
    model = segmenter.build()
    steps = -(-recipe.forms // BATCH) * recipe.epochs
    model.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(recipe.rate, steps)),
        keras.losses.BinaryCrossentropy(from_logits=True),
    )
    tell = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: print(
            f"  epoch {epoch + 1}: {logs['loss']:.4f}", flush=True
        )
    )
    history = model.fit(
        images, written, batch_size=BATCH, epochs=recipe.epochs, callbacks=[tell], verbose=0
    ).history
    return model, [round(loss, 5) for loss in history["loss"]]


def examine(model: keras.Model, recipe: Recipe) -> dict[str, float]:
    """Measure a U-Net on forms by strangers, beside the best threshold for just these forms."""
    images, written = arrays(forms(recipe.measured, seed=0, writers="test", many=MANY, gap=GAP))
    truth = written > 0
    said = model.predict(images, batch_size=BATCH, verbose=0) > 0
    answers = {"iou": [said], "threshold": [images < level for level in range(60, 255, 5)]}
    shares = {k: [(a & truth).sum() / (a | truth).sum() for a in v] for k, v in answers.items()}
    return {name: round(float(max(found)), 4) for name, found in shares.items()}


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, train, print, store."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.making.segmenter", description=__doc__.partition("\n")[0]
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
            model = segmenter.load(folder)
        runs.append({"seed": seed, **examine(model, recipe), "minutes": minutes, "loss": losses})
        print(
            {name: runs[-1][name] for name in ("seed", "iou", "threshold", "minutes")}, flush=True
        )
        if folder:  # after each seed: a run that is stopped keeps what it has
            text = {**recipe._asdict(), "many": MANY, "gap": GAP, "runs": runs}
            text |= {"parameters": model.count_params(), "keras": keras.__version__}
            (folder / LOG).write_text(json.dumps(text, indent=1) + "\n", "utf-8")
    values = [run["iou"] for run in runs]
    print(f"IoU: {mean(values):.3f} ({min(values):.3f}-{max(values):.3f})")


if __name__ == "__main__":
    main()
