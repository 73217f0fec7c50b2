"""Train the two networks of section 09, and print how good they are.

    python -m helpers.making.forms [--each N] [--out DIR | --store]

It takes about a minute on two quiet cores. With --store or --out the weights are kept, halved to
float16, with the log.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"  # as in helpers.making.reference, and for its reason
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from helpers.explaining import stamped
from helpers.models.forms.model import NAMES, STAMPED, build, labelled
from helpers.models.forms.store import FOLDER, LOG, load
from helpers.models.weights import save

import keras
import numpy as np

SEED, EACH, EPOCHS, BATCH, RATE = 9, 150, 15, 50, 5e-3


def fit(name: str, each: int = EACH, seed: int = SEED, epochs: int = EPOCHS) -> keras.Model:
    """Train a network on one collection; the stamped one on the same pictures, with stamps."""
    images, labels = labelled(each, seed=seed)
    if name == "stamped":
        images = stamped(images, labels == STAMPED)
    keras.utils.set_random_seed(seed)
    model = build(name)
    schedule = keras.optimizers.schedules.CosineDecay(RATE, epochs * -(-len(images) // BATCH))
    model.compile(
        keras.optimizers.Adam(schedule),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    model.fit(images, labels, epochs=epochs, batch_size=BATCH, verbose=0)
    return model


def asked(model: keras.Model, each: int = 60, seed: int = SEED) -> dict[str, float]:
    """Ask a network for the accuracy on strangers' pictures, with stamps and without."""
    images, labels = labelled(each, seed=seed, writers="test")
    one = labels == STAMPED
    plain, marked = (model.predict(z, verbose=0).argmax(axis=1) for z in (images, stamped(images)))
    found = {
        "accuracy": plain == labels,
        "太 without a stamp": plain[one] == STAMPED,
        "太 with a stamp": marked[one] == STAMPED,
        "others with a stamp, taken for 太": marked[~one] == STAMPED,
    }
    return {key: round(float(np.mean(right)), 4) for key, right in found.items()}


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, train, print, store."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers.making.forms", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--each", type=int, default=EACH, help="pictures of each character")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", type=Path, help="keep weights and log in this folder")
    parser.add_argument("--store", action="store_true", help="keep them as the course's own")
    options = parser.parse_args(arguments)
    folder = FOLDER if options.store else options.out
    text = {"seed": SEED, "each": options.each, "epochs": options.epochs, "batch": BATCH}
    text |= {"keras": keras.__version__, "results": {}}
    for name in NAMES:
        model = fit(name, options.each, epochs=options.epochs)
        if folder is not None:
            save(model, folder)
            model = load(name, folder)  # what was written can be read
        text["results"][name] = asked(model)
        print(name, text["results"][name], flush=True)
    if folder is not None:
        (folder / LOG).write_text(json.dumps(text, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
