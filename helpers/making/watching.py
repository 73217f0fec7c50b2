"""Train the reference network again and note on the way what its lessons show of a training."""

from __future__ import annotations

import json
from pathlib import Path

from helpers import handwriting
from helpers.models.reference.watched import LONG, TWELVE, twelve_pictures

import numpy as np
from scipy.special import softmax

from .recipes import Recipe

EPOCHS = 80  # long enough that a patience of 15 is used up
BEST = 5
SEED = 1  # the stored network's


class Watcher:
    """Notes after each epoch, and before the first one, what a model takes twelve pictures for."""

    def __init__(self) -> None:
        self.pictures = twelve_pictures()
        self.guesses: list[list[list[tuple[str, float]]]] = []

    def look(self, model) -> None:
        """Note the five most probable characters of each picture, with three decimals."""
        shares = softmax(model.predict_on_batch(self.pictures.astype("float32")), axis=1)
        best = np.argsort(-shares, axis=1, kind="stable")[:, :BEST]
        self.guesses.append([
            [(handwriting.CLASSES[k], round(float(row[k]), 3)) for k in order]
            for row, order in zip(shares, best, strict=True)
        ])  # fmt: skip

    def callback(self):
        """Make the callback that looks when Keras's ``fit`` begins, and after each epoch."""
        import keras

        watcher = self

        class Look(keras.callbacks.Callback):
            def on_train_begin(self, logs=None):
                watcher.look(self.model)

            def on_epoch_end(self, epoch, logs=None):
                watcher.look(self.model)

        return Look()


def train_long(fit, recipe: Recipe, data: dict, folder: Path, epochs: int = EPOCHS) -> Path:
    """Train the network by its own recipe, for more epochs; keep the history."""
    longer = recipe._replace(epochs=epochs)
    _, history, _ = fit("cnn", longer, SEED, data)
    rounded = {name: [round(float(x), 5) for x in values] for name, values in history.items()}
    return _write(folder / LONG, longer, {"history": rounded})


def watch_twelve(fit, recipe: Recipe, data: dict, folder: Path) -> Path:
    """Train the network by its own recipe; keep what it takes twelve pictures for."""
    watcher = Watcher()
    fit("cnn", recipe, SEED, data, callbacks=[watcher.callback()])
    return _write(folder / TWELVE, recipe, {"guesses": watcher.guesses})


def _write(file: Path, recipe: Recipe, found: dict) -> Path:
    import keras

    about = {"recipe": recipe._asdict(), "seed": SEED, "keras": keras.__version__}
    file.parent.mkdir(parents=True, exist_ok=True)
    # A line for each epoch or curve: a change is seen in a comparison, and the file stays small.
    parts = [f'"{name}": {json.dumps(value)}' for name, value in about.items()]
    for name, value in found.items():
        lines = (
            [f'"{key}": {json.dumps(one)}' for key, one in value.items()]
            if isinstance(value, dict)
            else [json.dumps(one, ensure_ascii=False) for one in value]
        )
        opened, closed = "{}" if isinstance(value, dict) else "[]"
        parts.append(f'"{name}": {opened}\n' + ",\n".join(lines) + f"\n{closed}")
    file.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
    return file
