"""The search on the character CNN: its space, its network, its objective."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from helpers.tuning.networks import report

import numpy as np

if TYPE_CHECKING:  # both take seconds to import
    import keras
    import optuna

EPOCHS = 6
PER_CLASS = {"train": 40, "validation": 20}
SHAPE, CLASSES = (80, 60, 1), 55
Data = tuple[np.ndarray, np.ndarray]


def character_space(trial: optuna.trial.BaseTrial) -> dict[str, Any]:
    """Draw the hyperparameters of :func:`character_cnn`.

    The dense layer is optional, so its neurons are asked for only where there is one.

    Returns
    -------
    dict
        ``filters``, ``kernel_size``, ``neurons`` (0 for no dense layer), ``dropout`` and
        ``learning_rate``.
    """
    settings = {
        "filters": trial.suggest_categorical("filters", [8, 16, 32]),
        "kernel_size": trial.suggest_categorical("kernel_size", [3, 5]),
        "dropout": trial.suggest_float("dropout", 0.0, 0.5),
        "learning_rate": trial.suggest_float("learning_rate", 1e-4, 1e-2, log=True),
    }
    dense = trial.suggest_categorical("dense", [False, True])
    settings["neurons"] = trial.suggest_int("neurons", 32, 256, log=True) if dense else 0
    return settings


def character_cnn(
    filters: int, kernel_size: int, neurons: int, dropout: float, learning_rate: float
) -> keras.Model:
    """Build a network like that of section 04, with other sizes; compiled, gives 55 logits.

    It is made for quick trials: it halves the pictures first, and ink is 1, paper 0, with which few
    steps go further.

    Parameters
    ----------
    filters : int
        Of the first convolution; the second has twice, the third four times as many.
    kernel_size : int
        Side of all kernels.
    neurons : int
        Of the dense layer before the last one; 0 for none.
    dropout : float
        Rate before the dense layers.
    learning_rate : float
        Of Adam.
    """
    import keras
    from keras import layers

    parts = [keras.Input(SHAPE), layers.Rescaling(-1 / 255, 1), layers.AveragePooling2D(2)]
    for factor, pool in ((1, 2), (2, 2), (4, 2)):
        parts += [
            layers.Conv2D(factor * filters, kernel_size, padding="same", activation="relu"),
            layers.MaxPooling2D(pool),
        ]
    parts += [layers.Flatten(), layers.Dropout(dropout)]
    if neurons:
        parts.append(layers.Dense(neurons, activation="relu"))
    model = keras.Sequential([*parts, layers.Dense(CLASSES)])
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model


def character_objective(
    train: Data, validation: Data, epochs: int = EPOCHS
) -> Callable[[optuna.Trial], float]:
    """Return an objective: it trains with the trial's number as seed, and can be pruned.

    Parameters
    ----------
    train, validation : tuple of numpy.ndarray
        Images (N, 80, 60, 1) and labels (N,).
    epochs : int

    Returns
    -------
    callable
        From a trial to the validation loss after the last epoch. The validation accuracy is noted
        as the trial's user attribute ``"accuracy"``.
    """
    import keras

    class Report(keras.callbacks.Callback):
        """Reports each epoch's validation loss, and gives up where the pruner says so."""

        def __init__(self, trial: optuna.Trial) -> None:
            super().__init__()
            self.trial = trial

        def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
            self.trial.set_user_attr("accuracy", round(float(logs["val_accuracy"]), 4))
            report(self.trial, epoch + 1, float(logs["val_loss"]))

    def objective(trial: optuna.Trial) -> float:
        keras.utils.set_random_seed(trial.number)
        model = character_cnn(**character_space(trial))
        trial.set_user_attr("parameters", model.count_params())
        history = model.fit(
            *train,
            validation_data=validation,
            batch_size=64,
            epochs=epochs,
            callbacks=[Report(trial)],
            verbose=0,
        ).history
        return float(history["val_loss"][-1])

    return objective
