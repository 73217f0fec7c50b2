"""Keras layers and models of built-in layers: a configuration and the weights.

A configuration may name any class and any module, and Keras would import it; so each name is
looked up in a list of ours first, on both sides. What has code of its own (a Lambda, a layer
that somebody wrote) is refused, and so is what reads files.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from course.crossing.faults import Malformed
from course.crossing.guests import Guest
from course.crossing.opaque import opaque

_LAYERS = (
    "Activation ActivityRegularization Add AdditiveAttention AlphaDropout Attention Average "
    "AveragePooling1D AveragePooling2D AveragePooling3D BatchNormalization CenterCrop Concatenate "
    "Conv1D Conv1DTranspose Conv2D Conv2DTranspose Conv3D Conv3DTranspose Cropping1D Cropping2D "
    "Cropping3D Dense DepthwiseConv1D DepthwiseConv2D Dot Dropout ELU Embedding Flatten "
    "GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D "
    "GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D "
    "GroupNormalization Identity InputLayer LayerNormalization LeakyReLU Masking MaxPooling1D "
    "MaxPooling2D MaxPooling3D Maximum Minimum MultiHeadAttention Multiply PReLU Permute "
    "RandomBrightness RandomContrast RandomCrop RandomFlip RandomRotation RandomTranslation "
    "RandomZoom ReLU RepeatVector Rescaling Reshape Resizing SeparableConv1D SeparableConv2D "
    "Softmax SpatialDropout1D SpatialDropout2D SpatialDropout3D Subtract UnitNormalization "
    "UpSampling1D UpSampling2D UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D "
)
LAYERS = frozenset(_LAYERS.split())
MODELS = frozenset({"Sequential", "Functional"})
# Where classes may come from; parts of layers hold numbers and no code.
PLACES = {
    "keras": {"DTypePolicy", *MODELS},
    "keras.layers": LAYERS,
    "keras.models": MODELS,
    "keras.src.models.functional": {"Functional"},
    "keras.initializers": {
        "Constant", "GlorotNormal", "GlorotUniform", "HeNormal", "HeUniform", "Identity",
        "LecunNormal", "LecunUniform", "Ones", "OrthogonalInitializer", "Orthogonal",
        "RandomNormal", "RandomUniform", "TruncatedNormal", "VarianceScaling", "Zeros",
    },
    "keras.regularizers": {"L1", "L2", "L1L2"},
    "keras.constraints": {"MaxNorm", "MinMaxNorm", "NonNeg", "UnitNorm"},
}  # fmt: skip
_FUNCTIONS = (
    "elu exponential gelu hard_sigmoid leaky_relu linear log_softmax mish relu relu6 selu sigmoid "
    "silu softmax softplus softsign swish tanh "
)
FUNCTIONS = frozenset(_FUNCTIONS.split())
MAX_NODES = 100_000
# What a configuration may hold beside the layer itself.
OUTER = {
    "module", "class_name", "config", "registered_name", "build_config", "name", "inbound_nodes",
}  # fmt: skip


def pack(x: Any) -> Guest | None:
    """Return a layer or model as a guest, and None for anything else of Keras's."""
    import keras

    if not isinstance(x, keras.layers.Layer):
        from course.crossing import tensors

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
    import keras

    try:
        layer = keras.saving.deserialize_keras_object(config, safe_mode=True)
        if weights or layer.built:
            layer.set_weights(weights)
    except Exception as error:  # Keras raises errors of many kinds
        return opaque(config["class_name"], 0, f"Keras cannot rebuild it: {type(error).__name__}")
    return layer


def check(config: Any) -> None:
    """Refuse a configuration that names anything but built-in layers and their parts.

    Raises
    ------
    Malformed
    """
    if type(config) is not dict or config.get("class_name") not in LAYERS | MODELS:
        name = config.get("class_name") if type(config) is dict else config
        raise Malformed(f"code of its own ({str(name)[:80]})")
    left = [config]
    for _ in range(MAX_NODES):
        if not left:
            return
        node = left.pop()
        if type(node) is dict:
            if any(type(key) is not str for key in node):
                raise Malformed("a configuration")
            if node.keys() & {"class_name", "module", "registered_name"}:
                _check_named(node)
            left += node.values()
        elif type(node) in (list, tuple):
            left += node
        elif node is not None and type(node) not in (bool, int, float, str):
            raise Malformed("a configuration")
    raise Malformed("a configuration of too many parts")


def _check_named(node: dict) -> None:
    name, module = node.get("class_name"), node.get("module")
    if name == "__keras_tensor__" and node.keys() == {"class_name", "config"}:
        return
    if type(name) is not str or type(module) is not str or not node.keys() <= OUTER:
        raise Malformed("a configuration")
    if name == "function" and node.get("config") in FUNCTIONS:
        known = module in ("builtins", "keras.activations") and node.get("registered_name") in (
            "function", node.get("config"),
        )  # fmt: skip
    else:
        registered = node.get("registered_name")
        known = name in PLACES.get(module, ()) and (registered is None or registered == name)
    if not known:
        raise Malformed(f"code of its own ({module[:80]}.{name[:80]})")


def _plain(config: Any) -> Any:
    """Return a configuration without how the model is trained, and with lists for tuples."""
    if isinstance(config, dict):
        left_out = {"compile_config", "shared_object_id"}
        return {str(k): _plain(v) for k, v in config.items() if k not in left_out}
    if isinstance(config, list | tuple):
        return [_plain(part) for part in config]
    return config
