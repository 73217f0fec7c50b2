"""The claims network in plain NumPy: for hundreds of trainings, of which Keras starts one a second.

So small a network is trained before Keras has traced its graph. Layers, first weights, Adam, loss
and recipe are Keras's; only the random numbers are others, so that losses agree as those of two
seeds do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from helpers.loading.claims import Claims

import numpy as np

from .networks import BATCH, EPOCHS, ClaimsObjective, Settings, Space, flat_space, report

SLOPE = 0.2  # of Keras's leaky_relu below zero
BETAS, EPSILON = (0.9, 0.999), 1e-7  # Keras's Adam
LARGEST = 20.0  # of the exponent, half a billion claims a year: what diverges stays a number


@dataclass
class PlainNetwork:
    """A Poisson network: kernels and biases in turn, and what Adam remembers of them.

    Attributes
    ----------
    weights : list of numpy.ndarray
        float32: kernel (in, out) and bias (out,) of each layer, as Keras's ``get_weights`` orders
        them.
    activation : str
        Of the hidden layers: "relu", "leaky_relu" or "tanh".
    learning_rate : float
    """

    weights: list[np.ndarray]
    activation: str = "relu"
    learning_rate: float = 1e-3
    steps: int = 0
    moments: list[tuple[np.ndarray, np.ndarray]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.activation not in ("relu", "leaky_relu", "tanh"):
            raise ValueError(
                f"activation {self.activation!r} is unknown: use 'relu', 'leaky_relu' or 'tanh'."
            )
        self.moments = self.moments or [(np.zeros_like(w), np.zeros_like(w)) for w in self.weights]

    def predict(self, inputs: list[np.ndarray], verbose: int = 0) -> np.ndarray:
        """Return mean counts (N, 1) for features (N, F) and exposure (N, 1)."""
        return self._forward(*inputs)[-1]

    def step(self, features: np.ndarray, exposure: np.ndarray, counts: np.ndarray) -> None:
        """Take one step of Adam on a batch: features (B, F), exposure (B, 1), counts (B,)."""
        *layers, expected = self._forward(features, exposure)
        # Of the mean Poisson loss, with respect to what the exponential takes.
        slope = (expected - counts[:, np.newaxis].astype(np.float32)) / np.float32(len(counts))
        gradients: list[np.ndarray] = []
        for layer in reversed(range(len(layers))):
            gradients[:0] = [layers[layer].T @ slope, slope.sum(axis=0)]
            if layer:
                slope = (slope @ self.weights[2 * layer].T) * self._slope(layers[layer])
        self._adam(gradients)

    def _forward(self, features: np.ndarray, exposure: np.ndarray) -> list[np.ndarray]:
        """Return what goes into each layer, and at the end the mean counts."""
        layers = [features]
        for kernel, bias in zip(self.weights[:-2:2], self.weights[1:-2:2], strict=True):
            layers.append(self._activate(layers[-1] @ kernel + bias))
        exponent = layers[-1] @ self.weights[-2] + self.weights[-1]
        return [*layers, np.exp(np.minimum(exponent, np.float32(LARGEST))) * exposure]

    def _activate(self, x: np.ndarray) -> np.ndarray:
        if self.activation == "tanh":
            return np.tanh(x)
        return np.maximum(x, x * np.float32(SLOPE if self.activation == "leaky_relu" else 0))

    def _slope(self, y: np.ndarray) -> np.ndarray:
        """Return the derivative of the activation where its value is `y`."""
        if self.activation == "tanh":
            return 1 - y * y
        below = np.float32(SLOPE if self.activation == "leaky_relu" else 0)
        return np.where(y > 0, np.float32(1), below)

    def _adam(self, gradients: list[np.ndarray]) -> None:
        self.steps += 1
        first, second = BETAS
        rate = self.learning_rate * np.sqrt(1 - second**self.steps) / (1 - first**self.steps)
        for weight, gradient, (mean, square) in zip(
            self.weights, gradients, self.moments, strict=True
        ):
            mean += (gradient - mean) * np.float32(1 - first)
            square += (gradient * gradient - square) * np.float32(1 - second)
            weight -= np.float32(rate) * mean / (np.sqrt(square) + np.float32(EPSILON))


class PlainObjective(ClaimsObjective):
    """As :class:`ClaimsObjective`, with :class:`PlainNetwork` in the place of Keras's model."""

    def fit(
        self, settings: Settings, *, seed: int, epochs: int | None = None, trial: Any = None
    ) -> tuple[PlainNetwork, list[float]]:
        """Train once; parameters and result as in :meth:`ClaimsObjective.fit`."""
        import keras

        rng = np.random.default_rng(seed)
        network = new_network(self.train.features.shape[1], rng, **settings)
        losses: list[float] = []
        for epoch in range(1, (self.epochs if epochs is None else epochs) + 1):
            # What diverges is a bad loss, and no warning at each step.
            with np.errstate(over="ignore", invalid="ignore"):
                self._run(network, rng.permutation(len(self.train)))
                expected = network.predict(self.validation.inputs)
            expected = np.nan_to_num(expected, nan=1e9).ravel().astype(np.float64)
            losses.append(float(keras.losses.poisson(self.validation.counts, expected)))
            if trial is not None:
                report(trial, epoch, losses[-1])
        return network, losses

    def _run(self, network: PlainNetwork, order: np.ndarray) -> None:
        """Take all policies once, batch by batch, in the given order."""
        features, exposure = self.train.inputs
        for start in range(0, len(order), self.batch_size):
            batch = order[start : start + self.batch_size]
            network.step(features[batch], exposure[batch], self.train.counts[batch])


def plain_objective(
    train: Claims,
    validation: Claims,
    *,
    space: Space = flat_space,
    epochs: int = EPOCHS,
    batch_size: int = BATCH,
) -> PlainObjective:
    """Return the objective of :func:`claims_objective`, trained in NumPy; the same parameters."""
    return PlainObjective(train, validation, space, epochs, batch_size)


def new_network(
    n_features: int,
    rng: np.random.Generator,
    *,
    neurons: tuple[int, ...] = (32,),
    activation: str = "relu",
    learning_rate: float = 1e-3,
) -> PlainNetwork:
    """Draw the first weights as Keras does: Glorot's uniform numbers, and biases of zero."""
    sides = [n_features, *neurons, 1]
    weights: list[np.ndarray] = []
    for before, after in pairwise(sides):
        limit = np.sqrt(6 / (before + after))
        weights.append(rng.uniform(-limit, limit, (before, after)).astype(np.float32))
        weights.append(np.zeros(after, np.float32))
    return PlainNetwork(weights, activation, learning_rate)
