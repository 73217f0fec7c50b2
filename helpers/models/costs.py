"""What a Keras model costs for one picture: parameters, multiplications, the size of its maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .layers import flat_layers


@dataclass(frozen=True)
class Cost:
    """What one layer costs for one picture.

    Attributes
    ----------
    name : str
        The layer's name.
    kind : str
        Name of its class.
    shape : tuple of int
        Of its output, without the batch axis.
    parameters : int
        All weights, those that are not trained included.
    multiplications : int
        Of weights by inputs; 0 for layers without a kernel. What normalises is not counted: it can
        be folded into the convolution before it.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    parameters: int
    multiplications: int


def costs(model: Any) -> list[Cost]:
    """Return what each layer of a built model costs, in order.

    Raises
    ------
    ValueError
        If the model does not know its input's shape, or leaves a side of it open.
    """
    if None in tuple(getattr(model, "input_shape", ()))[1:]:
        raise ValueError(
            f"The model takes pictures of {tuple(model.input_shape[1:])}: give keras.Input a "
            "height and a width, or nobody can say what a picture costs."
        )
    return [_cost(layer) for layer in flat_layers(model)]


def multiplications(model: Any) -> int:
    """Return how many multiplications a model needs for one picture."""
    return sum(cost.multiplications for cost in costs(model))


def _cost(layer: Any) -> Cost:
    shape = tuple(layer.output.shape[1:])
    made = type(layer).__name__
    return Cost(layer.name, made, shape, int(layer.count_params()), _multiplied(layer, made, shape))


def _multiplied(layer: Any, kind: str, shape: tuple[int, ...]) -> int:
    """Count: each kernel is used once at each place of the map that it makes."""
    kernels = [w for w in layer.weights if w.name.endswith("kernel")]
    if kind == "Dense":
        return int(np.prod(shape[:-1], dtype=int)) * int(np.prod(kernels[0].shape))
    places = int(np.prod(shape[:2], dtype=int)) if len(shape) == 3 else 1
    return places * sum(int(np.prod(kernel.shape)) for kernel in kernels)
