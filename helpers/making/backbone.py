"""Train the backbone on pseudo-characters, and print how good it is.

    python -m helpers.making.backbone [--profile full|fast] [--out DIR | --store]

The profile "full" takes about 3 minutes on two quiet cores. Each epoch draws its own pictures, so
none is seen twice; people of another group, who wrote none of them, write for validation. With
--store or --out the weights are kept, halved to float16, with the history.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path
from typing import NamedTuple

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"  # as in helpers.making.reference, and for its reason
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from helpers.ground.draws import keys
from helpers.handwriting.pseudo import SEED, pseudo_characters, pseudo_pictures
from helpers.models.backbone.model import FEATURES, SHAPE, build
from helpers.models.backbone.store import FOLDER, LOG, load
from helpers.models.weights import save
from helpers.transfer import augmentation

import keras
import numpy as np
from keras import layers

BATCH = 128


class Recipe(NamedTuple):
    """One way to train.

    ``classes``: pseudo-characters; ``per_class``: pictures of each in an epoch; ``rate``: the
    learning rate that the cosine begins with; ``seed``: of the weights.
    """

    classes: int
    per_class: int
    epochs: int
    rate: float
    seed: int


PROFILES = {
    "full": Recipe(400, 48, 4, 3e-3, 7),
    # To see that the script works, in some seconds.
    "fast": Recipe(20, 8, 1, 3e-3, 7),
}
VALIDATION = 4
"""Pictures of each pseudo-character for validation."""


class Fresh(keras.utils.PyDataset):
    """Batches of pictures that are drawn when they are asked for, other ones in each epoch."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self.recipe, self.epoch = recipe, 0
        self.pictures = recipe.classes * recipe.per_class
        self.characters = pseudo_characters(recipe.classes)

    def __len__(self) -> int:
        """Count the batches of an epoch."""
        return -(-self.pictures // BATCH)

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """Draw one batch."""
        order = np.argsort(keys(SEED, self.epoch, np.arange(self.pictures)), kind="stable")
        chosen = order[index * BATCH : (index + 1) * BATCH]
        labels = chosen % self.recipe.classes
        numbers = self.epoch * self.pictures + chosen
        return pseudo_pictures(labels, characters=self.characters, numbers=numbers), labels

    def on_epoch_end(self) -> None:
        """Turn to the next epoch's pictures."""
        self.epoch += 1


def fit(recipe: Recipe) -> tuple[keras.Model, dict[str, list[float]]]:
    """Train a backbone under a head that is thrown away; return it and the history."""
    keras.utils.set_random_seed(recipe.seed)
    batches = Fresh(recipe)
    base = build()
    # Varied as pictures will be where the backbone is used: features that have never seen a shifted
    # picture lose 19 points of accuracy by a shift.
    parts = [keras.Input(SHAPE), augmentation(), base, layers.Dense(recipe.classes)]
    model = keras.Sequential(parts)
    schedule = keras.optimizers.schedules.CosineDecay(recipe.rate, len(batches) * recipe.epochs)
    model.compile(
        optimizer=keras.optimizers.Adam(schedule),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    labels = np.repeat(np.arange(recipe.classes), VALIDATION)
    images = pseudo_pictures(labels, characters=batches.characters, writers="test")
    history = model.fit(
        batches,
        epochs=recipe.epochs,
        validation_data=(images, labels),
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=tell)],
        verbose=0,
    ).history
    return base, history


def tell(epoch: int, logs: dict[str, float]) -> None:
    """Print one epoch."""
    print(
        f"epoch {epoch + 1}: loss {logs['loss']:.3f}, accuracy {logs['accuracy']:.3f}, "
        f"by other people {logs['val_accuracy']:.3f}",
        flush=True,
    )


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, train, print, store."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.making.backbone", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--profile", choices=PROFILES, default="full")
    parser.add_argument("--out", type=Path, help="keep weights and log in this folder")
    parser.add_argument("--store", action="store_true", help="keep them as the course's own")
    options = parser.parse_args(arguments)
    folder = FOLDER if options.store else options.out
    recipe = PROFILES[options.profile]

    print(f"{recipe.classes} pseudo-characters, {recipe.per_class} new pictures of each an epoch")
    began = time.perf_counter(), time.process_time()
    base, history = fit(recipe)
    seconds = [time.perf_counter() - began[0], time.process_time() - began[1]]
    print(f"trained for {seconds[0] / 60:.1f} minutes, {seconds[1] / 60:.1f} of processor time")
    if folder is None:
        return
    save(base, folder)
    load(folder)  # what was written can be read
    text = {
        **recipe._asdict(),
        "characters_seed": SEED,
        "pictures": recipe.classes * recipe.per_class,
        "validation_pictures": recipe.classes * VALIDATION,
        "features": FEATURES,
        "parameters": base.count_params(),
        "validation_accuracy": round(history["val_accuracy"][-1], 4),
        "minutes": [round(s / 60, 1) for s in seconds],
        "keras": keras.__version__,
        "history": {name: [round(x, 4) for x in values] for name, values in history.items()},
    }
    (folder / LOG).write_text(json.dumps(text, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
