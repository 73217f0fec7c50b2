"""Train a model once: the same model, data and settings are not trained a second time."""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from helpers.loading import cache_folder

import numpy as np

VERSION = 1  # of what is stored: raise it when `fit_once` itself trains in another way
FOLDER_VARIABLE = "VISION_COURSE_MODELS"
Data = tuple[np.ndarray, np.ndarray]
Say = Callable[[str], None]


def models_folder() -> Path:
    """Return where trained models are kept.

    The variable ``VISION_COURSE_MODELS`` names it; otherwise it lies beside the pictures that
    :func:`helpers.loading.cache_folder` keeps. It may be deleted at any time: what is missing is
    trained again.
    """
    if named := os.environ.get(FOLDER_VARIABLE):
        return Path(named)
    return cache_folder().with_name("models")


def fit_once(
    model: Any,
    train: Data,
    validation: Data,
    *,
    epochs: int,
    batch_size: int = 128,
    callbacks: Sequence[Any] = (),
    seed: int = 2026,
    folder: Path | None = None,
    say: Say | None = None,
) -> dict[str, list[float]]:
    """Train a compiled model, or take what an earlier training of just this model gave.

    Parameters
    ----------
    model : keras.Model
        Compiled and built. Its weights are changed in place.
    train, validation : tuple of numpy.ndarray
        Images (N, H, W, C) and labels (N,).
    epochs, batch_size : int
    callbacks : sequence of keras.callbacks.Callback
        Their class and numbers are part of what "the same" means.
    seed : int
        Of the shuffling and of dropout.
    folder : pathlib.Path, optional
        Where trainings are kept; `models_folder()` by default.
    say : callable, optional
        Told a line of progress, again and again; by default the line is shown in place.

    Returns
    -------
    dict of list of float
        Keras's history: one value an epoch under each of "loss", "accuracy", "val_loss", …

    Raises
    ------
    ValueError
        If the model is not compiled or not built, or a batch of pictures has no labels.
    """
    _check(model, {"train": train, "validation": validation})
    say = say or Line()
    settings = {"epochs": epochs, "batch_size": batch_size, "seed": seed}
    settings["callbacks"] = [_about(callback) for callback in callbacks]
    key = fingerprint(model, (train, validation), settings)
    stem = Path(folder or models_folder()) / key
    if (history := _stored(model, stem)) is not None:
        count = len(history["loss"])
        say(f"trained before, and nothing has changed: {count} epochs")
        return history
    history = _fit(model, train, validation, settings, callbacks, say)
    _store(model, history, stem)
    return history


def fingerprint(model: Any, data: Sequence[Data], settings: dict[str, Any]) -> str:
    """Return 16 letters that change with the model, its weights, the data or the settings.

    Names of layers play no part: Keras counts them up as a notebook goes on.
    """
    import keras

    digest = hashlib.blake2b(digest_size=8)
    compiled = model.get_compile_config() or {}
    about = [VERSION, keras.__version__, _nameless(model.get_config()), _nameless(compiled)]
    digest.update(json.dumps([*about, settings], sort_keys=True, default=str).encode())
    arrays = [*model.get_weights(), *(array for pair in data for array in pair)]
    for array in arrays:
        array = np.ascontiguousarray(array)
        digest.update(f"{array.shape}{array.dtype}".encode())
        digest.update(array.data if array.size else b"")
    return digest.hexdigest()


class Line:
    """A line that is written over by the next one: in a notebook in place, elsewhere on stdout."""

    def __init__(self) -> None:
        self._shown: Any = None

    def __call__(self, text: str) -> None:
        """Show `text` in place of what was shown."""
        try:
            from IPython import get_ipython
            from IPython.display import display
        except ImportError:
            print(text, flush=True)
            return
        if get_ipython() is None:
            print(text, flush=True)
        elif self._shown is None:
            self._shown = display({"text/plain": text}, raw=True, display_id=True)
        else:
            self._shown.update({"text/plain": text}, raw=True)


def _fit(model, train, validation, settings, callbacks, say) -> dict[str, list[float]]:
    import keras

    class Progress(keras.callbacks.Callback):
        """Tells how far the training is, at most twice a second."""

        def on_train_begin(self, logs=None):
            self.began = self.told = time.monotonic()
            self.done = "epoch 1"

        def on_train_batch_end(self, batch, logs=None):
            now = time.monotonic()
            if now - self.told > 0.5:
                self.told = now
                say(f"{self.done} · batch {batch + 1} of {self.params['steps']}")

        def on_epoch_end(self, epoch, logs=None):
            logs = logs or {}
            numbers = [f"{words} {logs[name]:.3f}" for name, words in TOLD.items() if name in logs]
            seconds = f"{time.monotonic() - self.began:.0f} s"
            of = f"epoch {epoch + 1} of {self.params['epochs']}"
            self.done = " · ".join([of, *numbers, seconds])
            say(self.done)

    keras.utils.set_random_seed(settings["seed"])
    found = model.fit(
        *train,
        validation_data=validation,
        epochs=settings["epochs"],
        batch_size=settings["batch_size"],
        callbacks=[*callbacks, Progress()],
        verbose=0,
    )
    return {name: [float(x) for x in values] for name, values in found.history.items()}


TOLD = {
    "loss": "loss",
    "accuracy": "accuracy",
    "val_accuracy": "validation accuracy",
}


def _stored(model: Any, stem: Path) -> dict[str, list[float]] | None:
    """Load weights and history of an earlier training; None where there is none, or no whole one.

    The history is written last, so where it is, the weights are.
    """
    weights, history = stem.with_suffix(".keras"), stem.with_suffix(".json")
    if not history.is_file() or not weights.is_file():
        return None
    import keras

    try:
        found = json.loads(history.read_text(encoding="utf-8"))
        # Into the caller's model, so that its optimiser and its name for it stay.
        model.set_weights(keras.models.load_model(weights, compile=False).get_weights())
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a file that was cut off or is of another version is trained again
    return found


def _store(model: Any, history: dict[str, list[float]], stem: Path) -> None:
    """Write weights and history; each appears under its name when it is whole, or not at all."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    made = stem.with_name(f"{stem.name}.{os.getpid()}.keras")
    model.save(made)
    made.replace(stem.with_suffix(".keras"))
    made = stem.with_name(f"{stem.name}.{os.getpid()}.json")
    made.write_text(json.dumps(history), encoding="utf-8")
    made.replace(stem.with_suffix(".json"))


def _check(model: Any, data: dict[str, Data]) -> None:
    if not getattr(model, "compiled", False):
        raise ValueError("The model is not compiled: call model.compile(...) first.")
    if not model.built:
        raise ValueError("The model has no weights yet: let it begin with keras.Input(...).")
    for name, (images, labels) in data.items():
        if len(images) != len(labels):
            raise ValueError(
                f"{name} has {len(images)} images and {len(labels)} labels: give one for each."
            )


def _about(callback: Any) -> list[Any]:
    """Name a callback and what it was made with, not what a training has left in it."""
    given = inspect.signature(type(callback).__init__).parameters
    plain = (bool, int, float, str)
    settings = {n: v for n, v in vars(callback).items() if n in given and isinstance(v, plain)}
    return [type(callback).__name__, settings]


def _nameless(config: Any, names: dict[str, int] | None = None) -> Any:
    """Return a configuration without the names that Keras gives; layers are numbered instead."""
    if names is None:
        names = {}
        _number(config, names)
    if isinstance(config, dict):
        dropped = ("name", "shared_object_id")
        return {k: _nameless(v, names) for k, v in config.items() if k not in dropped}
    if isinstance(config, list | tuple):
        return [_nameless(part, names) for part in config]
    return names.get(config, config) if isinstance(config, str) else config


def _number(config: Any, names: dict[str, int]) -> None:
    """Give each layer's name a number, in the order in which they come."""
    if isinstance(config, dict):
        if isinstance(name := config.get("name"), str):
            names.setdefault(name, len(names))
        for part in config.values():
            _number(part, names)
    elif isinstance(config, list | tuple):
        for part in config:
            _number(part, names)
