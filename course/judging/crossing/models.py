"""Keras layers and models of built-in layers: a configuration and the weights.

What has code of its own (a Lambda, a layer that somebody wrote) is refused on both sides, and so
is what reads files; see `configurations`. While Keras builds a layer from what somebody told, each
weight and each tensor is measured before it is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np

from course.judging.crossing.configurations import check, check_shape
from course.judging.crossing.faults import Malformed
from course.judging.crossing.guests import Guest
from course.judging.crossing.opaque import opaque

SLACK = 1_000  # numbers beside the weights that are told


@cache
def _keras() -> Any:
    import keras

    return keras


def prepare() -> None:
    """Import Keras; nothing is built, which would start threads that no fork has."""
    _keras()


def pack(x: Any) -> Guest | None:
    """Return a layer or model as a guest, and None for anything else of Keras's."""
    keras = _keras()
    if not isinstance(x, keras.layers.Layer):
        from course.judging.crossing import tensors

        return tensors.pack(x)
    try:
        config = _plain(keras.saving.serialize_keras_object(x))
        weights = [np.array(w) for w in x.get_weights()]
        check(config)
    except Malformed as reason:
        return Guest("layer", refused=f"with {reason}")
    except Exception as error:  # a layer of the student's may raise what it likes
        return Guest("layer", refused=f"its configuration raises {type(error).__name__}")
    return Guest("layer", (config, weights))


def unpack(kind: str, content: Any) -> Any:
    """Return a layer or model with its weights."""
    config, weights = content
    check(config)
    if type(weights) is not list or any(type(w) is not np.ndarray for w in weights):
        raise Malformed("the weights of a layer")
    if any(w.dtype.kind not in "biuf" for w in weights):
        raise Malformed("the weights of a layer")
    keras = _keras()
    try:
        told = _frozen(config)  # before Keras takes the configuration to pieces
        with _measured(sum(w.size for w in weights)):
            layer = keras.saving.deserialize_keras_object(config, safe_mode=True)
            if weights or layer.built:
                layer.set_weights(weights)
            _freeze(layer, told)
    except Malformed as reason:
        return opaque(config["class_name"], 0, f"with {reason}")
    except Exception as error:  # Keras raises errors of many kinds
        return opaque(config["class_name"], 0, f"Keras cannot rebuild it: {type(error).__name__}")
    return layer


def _frozen(config: dict[str, Any]) -> dict[str, Any] | None:
    """Return of a model's configuration whether it is frozen, and the same of models in it."""
    own = config["config"]
    if type(own.get("layers")) is not list:
        return None
    within = {part["config"]["name"]: _frozen(part) for part in own["layers"]}
    return {"frozen": own.get("trainable") is False, "within": within}


def _freeze(layer: Any, told: dict[str, Any] | None) -> None:
    """Give models the flag ``trainable`` that they had; their layers have theirs already.

    Keras forgets it: a frozen model would count as free, and to set it free would do nothing.
    """
    if told is None:
        return
    for part in getattr(layer, "layers", ()):
        _freeze(part, told["within"].get(part.name))
    if told["frozen"]:
        layer._trainable = False  # the property would freeze what is in it


@contextmanager
def _measured(told: int) -> Iterator[None]:
    """Let layers make no more weights than are told, and no tensor that is too large.

    Weights begin as zeros: those that are told take their place.
    """
    layer, operation = _keras().layers.Layer, _keras().Operation
    make, left = layer.add_weight, told + SLACK

    def add_weight(self: Any, *args: Any, shape: Any = None, **how: Any) -> Any:
        nonlocal left
        left -= check_shape(shape or (), self.name)
        if args or left < 0:
            raise Malformed("other weights than its configuration has")
        return make(self, shape=shape, **{**how, "initializer": "zeros"})

    def measured(call: Any) -> Any:
        def measured_call(self: Any, *args: Any, **kwargs: Any) -> Any:
            made = call(self, *args, **kwargs)
            for tensor in _keras().tree.flatten(made):
                check_shape(getattr(tensor, "shape", ()), self.name)
            return made

        return measured_call

    calls = {kind: kind.__call__ for kind in (layer, operation)}
    layer.add_weight = add_weight
    for kind, call in calls.items():
        kind.__call__ = measured(call)
    try:
        yield
    finally:
        layer.add_weight = make
        for kind, call in calls.items():
            kind.__call__ = call


def _plain(config: Any) -> Any:
    """Return a configuration without how the model is trained, and with lists for tuples."""
    if isinstance(config, dict):
        left_out = {"compile_config", "shared_object_id"}
        return {str(k): _plain(v) for k, v in config.items() if k not in left_out}
    if isinstance(config, list | tuple):
        return [_plain(part) for part in config]
    return config
