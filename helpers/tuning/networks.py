"""The Poisson network on motor claims, what may be chosen about it, and what a choice is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.loading.claims import Claims

import numpy as np

Settings = Mapping[str, Any]
Space = Callable[[Any], Settings]

EPOCHS, BATCH = 8, 500  # about a second a training on one core
NEURONS = (4, 8, 16, 32, 64, 128, 256)
NEURONS_OF_A_LAYER = (8, 16, 32, 64)
ACTIVATIONS = ("relu", "leaky_relu", "tanh")
RATES = (1e-4, 1e-2)


def flat_space(trial: Any) -> Settings:
    """Suggest settings of a network with one hidden layer.

    Parameters
    ----------
    trial : optuna.trial.Trial
        Or whatever has its ``suggest_categorical`` and ``suggest_float``.

    Returns
    -------
    dict
        "neurons", a tuple of one int; "activation", a str; "learning_rate", a float: the arguments
        of :func:`poisson_network`.
    """
    neurons = trial.suggest_categorical("neurons", list(NEURONS))
    activation = trial.suggest_categorical("activation", list(ACTIVATIONS))
    rate = trial.suggest_float("learning_rate", *RATES, log=True)
    return {"neurons": (neurons,), "activation": activation, "learning_rate": rate}


def conditional_space(trial: Any) -> Settings:
    """Suggest settings of a network with one to three hidden layers.

    The second and third layer's neurons are only asked for where there is such a layer: the space
    is conditional. Parameters and result as in :func:`flat_space`.
    """
    layers = trial.suggest_int("layers", 1, 3)
    neurons = tuple(
        trial.suggest_categorical(f"neurons_{layer + 1}", list(NEURONS_OF_A_LAYER))
        for layer in range(layers)
    )
    activation = trial.suggest_categorical("activation", list(ACTIVATIONS))
    rate = trial.suggest_float("learning_rate", *RATES, log=True)
    return {"neurons": neurons, "activation": activation, "learning_rate": rate}


def poisson_network(
    n_features: int,
    *,
    neurons: Sequence[int] = (32,),
    activation: str = "relu",
    learning_rate: float = 1e-3,
) -> Any:
    """Build and compile the network: features and exposure in, mean number of claims out.

    Parameters
    ----------
    n_features : int
    neurons : sequence of int
        One for each hidden layer; none of them is Poisson regression.
    activation : str
        Of the hidden layers.
    learning_rate : float
        Adam's.

    Returns
    -------
    keras.Model
        Inputs (N, n_features) and (N, 1) years; output (N, 1), positive. The layer "rate" gives
        claims a year. The loss is Poisson's.
    """
    import keras

    features = keras.Input((n_features,), name="features")
    exposure = keras.Input((1,), name="exposure")
    hidden = features
    for number in neurons:
        hidden = keras.layers.Dense(int(number), activation)(hidden)
    rate = keras.layers.Dense(1, "exponential", name="rate")(hidden)
    expected = keras.layers.Multiply(name="claims")([rate, exposure])
    model = keras.Model([features, exposure], expected)
    model.compile(keras.optimizers.Adam(learning_rate), loss="poisson")
    return model


@dataclass(frozen=True, eq=False)
class ClaimsObjective:
    """What Optuna minimises: the validation loss of the network that a trial suggests.

    Made by :func:`claims_objective`, whose parameters are its attributes.
    """

    train: Claims
    validation: Claims
    space: Space = flat_space
    epochs: int = EPOCHS
    batch_size: int = BATCH

    def __call__(self, trial: Any) -> float:
        """Train as the trial suggests, seeded by its number; report each epoch, prune if asked."""
        _, losses = self.fit(self.space(trial), seed=trial.number, trial=trial)
        return losses[-1]

    def fit(
        self, settings: Settings, *, seed: int, epochs: int | None = None, trial: Any = None
    ) -> tuple[Any, list[float]]:
        """Train once.

        Parameters
        ----------
        settings : mapping
            As a space gives them.
        seed : int
            Of the first weights and of the order of the policies.
        epochs : int, optional
            Fewer or more than the objective's own.
        trial : optuna.trial.Trial, optional
            Is told the loss after each epoch, counted from 1, and may stop the training.

        Returns
        -------
        model : keras.Model
        losses : list of float
            Validation loss after each epoch.

        Raises
        ------
        optuna.TrialPruned
            When the trial is to be pruned.
        """
        import keras

        keras.utils.set_random_seed(seed)
        model = poisson_network(self.train.features.shape[1], **settings)
        watch = _watch(self.validation, trial)
        model.fit(
            self.train.inputs,
            self.train.counts,
            epochs=self.epochs if epochs is None else epochs,
            batch_size=self.batch_size,
            callbacks=[watch],
            verbose=0,
        )
        return model, watch.losses


def claims_objective(
    train: Claims,
    validation: Claims,
    *,
    space: Space = flat_space,
    epochs: int = EPOCHS,
    batch_size: int = BATCH,
) -> ClaimsObjective:
    """Return the objective: a function from a trial to a validation loss.

    Parameters
    ----------
    train, validation : Claims
        What it learns from, and what its loss is taken of.
    space : callable
        From a trial to the settings of :func:`poisson_network`.
    epochs, batch_size : int

    Returns
    -------
    ClaimsObjective

    Raises
    ------
    ValueError
        If there is nothing to train.
    """
    if epochs < 1 or batch_size < 1:
        raise ValueError(f"epochs is {epochs} and batch_size {batch_size}: both are at least 1.")
    return ClaimsObjective(train, validation, space, epochs, batch_size)


def _watch(validation: Claims, trial: Any) -> Any:
    """Make the callback that measures the validation loss after each epoch and tells the trial."""
    import keras

    class Watch(keras.callbacks.Callback):
        def __init__(self) -> None:
            super().__init__()
            # One call of the model: Keras's own validation would trace a second function, which
            # costs a third of so short a training.
            self.inputs = [keras.ops.convert_to_tensor(array) for array in validation.inputs]
            self.losses: list[float] = []

        def on_epoch_end(self, epoch, logs=None):
            expected = np.asarray(self.model(self.inputs, training=False))
            # A training that diverged has no loss; Optuna would count the trial as failed.
            expected = np.nan_to_num(expected, nan=1e9, posinf=1e9).ravel().astype(np.float64)
            loss = float(keras.losses.poisson(validation.counts, expected))
            self.losses.append(loss)
            if trial is not None:
                report(trial, epoch + 1, loss)

    return Watch()


def report(trial: Any, epoch: int, loss: float) -> None:
    """Tell a trial its loss after an epoch, counted from 1; stop where it is to be pruned.

    Raises
    ------
    optuna.TrialPruned
    """
    trial.report(loss, epoch)
    if trial.should_prune():
        from optuna import TrialPruned

        raise TrialPruned(f"after epoch {epoch}, at a loss of {loss:.4f}")
