"""What a Keras model is made of, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# What Keras has both as a function and as a layer.
ACTIVATIONS = {"ReLU": "relu", "Softmax": "softmax", "LeakyReLU": "leaky_relu"}


@dataclass(frozen=True)
class LayerRow:
    """One layer of a model.

    Attributes
    ----------
    kind : str
        Name of the layer's class, such as "Conv2D".
    shape : tuple of int or None
        Shape of its output without the batch axis; None stands for a side that is not fixed.
    parameters : int
        Weights and biases, those that are not trained included.
    activation : str
        "linear" where the layer has none.
    """

    kind: str
    shape: tuple[int | None, ...]
    parameters: int
    activation: str = "linear"

    @property
    def values(self) -> int:
        """How many numbers come out for one picture."""
        count = 1
        for side in self.shape:
            count *= side or 1
        return count


def layer_rows(model: Any) -> tuple[LayerRow, ...]:
    """Describe the layers of a model, in order, those of models within it included.

    Parameters
    ----------
    model : keras.Model
        Built, so that shapes are known.

    Raises
    ------
    ValueError
        If the model does not know its input's shape yet.
    """
    return tuple(_row(layer) for layer in flat_layers(model))


def flat_layers(model: Any) -> list[Any]:
    """Return the layers that compute something, in order; a model within counts as its layers."""
    if not getattr(model, "built", False) or not hasattr(model, "input_shape"):
        raise ValueError(
            "The model has no input shape yet: let it begin with keras.Input((height, width, "
            "channels))."
        )
    layers: list[Any] = []
    for layer in model.layers:
        if type(layer).__name__ == "InputLayer":
            continue
        layers += flat_layers(layer) if hasattr(layer, "layers") else [layer]
    return layers


def _row(layer: Any) -> LayerRow:
    kind = type(layer).__name__
    name = activation_of(layer if kind in ACTIVATIONS else getattr(layer, "activation", None))
    return LayerRow(kind, tuple(layer.output.shape[1:]), int(layer.count_params()), name)


def activation_of(given: Any) -> str:
    """Name an activation as Keras's functions are named, be it a function or a layer."""
    if given is None:
        return "linear"
    name = getattr(given, "__name__", "") or type(given).__name__
    if name == "ReLU" and getattr(given, "negative_slope", 0):
        return "leaky_relu"
    return ACTIVATIONS.get(name, name)


def describe(shape: Sequence[int | None]) -> str:
    """Write a shape as people say it: ``80 × 60 × 16``."""
    return " × ".join("?" if side is None else str(side) for side in shape)


def fully_convolutional(model: Any) -> Any:
    """Make of a network with dense layers at its end one that takes pictures of any size.

    Parameters
    ----------
    model : keras.Model
        Layers in a row, with one Flatten and Dense layers behind it; convolutions before it have
        padding "valid".

    Returns
    -------
    keras.Model
        With the same layers up to Flatten, and convolutions with the weights of the dense ones. On
        a picture of the size that `model` was made for it gives the same numbers, at one place.
    """
    import keras

    inputs = keras.Input((None, None, model.input_shape[-1]))
    x, size, pairs = inputs, (1, 1), []
    for layer in model.layers:
        kind = type(layer).__name__
        if kind == "Flatten":
            size = tuple(layer.input.shape[1:3])
        elif kind == "Dense":
            conv = keras.layers.Conv2D(layer.units, size, activation=layer.activation)
            x, size = conv(x), (1, 1)
            pairs.append((conv, layer))
        elif kind != "InputLayer":
            x = layer(x)
    whole = keras.Model(inputs, x)
    for conv, dense in pairs:
        kernel, bias = dense.get_weights()
        conv.set_weights([kernel.reshape(conv.kernel.shape), bias])
    return whole
