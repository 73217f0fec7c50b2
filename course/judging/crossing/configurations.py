"""Configurations of Keras layers: which names they may hold, and which numbers.

A configuration may name any class and any module, and Keras would import it; so each name is
looked up in a list of ours first. It may also ask for a window of two billion pixels, which
ends the process in TensorFlow's own code, or for a matrix of a million by a million; so each
number is bounded before anything is built.
"""

from __future__ import annotations

import math
import re
from typing import Any

from course.judging.crossing.faults import Malformed

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
# What stands in a model where a function was called on what a layer gives, or + was written.
OPERATIONS = {
    "keras.src.activations.activations": {"ReLU"},
    "keras.src.ops.nn": {"Relu"},
    "keras.src.ops.numpy": {"Add", "Concatenate", "Maximum", "Mean", "Multiply", "Subtract"},
}
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
    **OPERATIONS,
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

# --- Numbers; a network of a lesson has 20 layers, MobileNetV2 has 155 ---------------------------
MAX_LAYERS = 500
MAX_CALLS = 2_000  # of layers, in the graph of a model
SMALL = 4_096  # windows, strides, factors, groups, axes: whatever has no name below
LARGE = 2**20  # what counts units, words, pixels
_SIZES = (
    "units filters input_dim output_dim shape batch_shape input_shape target_shape height width "
    "build_config "
)
SIZES = frozenset(_SIZES.split())
# Sizes that are multiplied with each other to make a layer's weights.
FACTORS = SIZES | {"num_heads", "key_dim", "value_dim", "depth_multiplier", "n"}
# Numbers that are only computed with: they are finite, and fit into 64 bits.
_FREE = (
    "seed mask_value scale offset value minval maxval min_value max_value mean stddev threshold "
    "negative_slope alpha "
)
FREE = frozenset(_FREE.split())
# Names of layers, which may be all digits.
NAMES = frozenset({"name", "keras_history", "input_layers", "output_layers", "args", "kwargs"})
PRODUCT = 2**26  # of the sizes in one list, or of one layer's: elements of one tensor
DIGITS = re.compile(r"\s*[+-]?[\d_]{4,}\s*")  # Keras takes some texts for numbers


def check(config: Any) -> None:
    """Refuse a configuration of anything but built-in layers and their parts, of usual sizes.

    Raises
    ------
    Malformed
    """
    if type(config) is not dict or config.get("class_name") not in LAYERS | MODELS:
        name = config.get("class_name") if type(config) is dict else config
        raise Malformed(f"code of its own ({str(name)[:80]})")
    left: list[tuple[str, Any]] = [("", config)]  # each with the name under which it stands
    layers = calls = 0
    for _ in range(MAX_NODES):
        if not left:
            return
        name, node = left.pop()
        if type(node) is dict:
            if any(type(key) is not str for key in node):
                raise Malformed("a configuration")
            if node.keys() & {"class_name", "module", "registered_name"}:
                _check_named(node)
                layers += node["class_name"] in LAYERS | MODELS or node.get("module") in OPERATIONS
                calls += node["class_name"] == "__keras_tensor__"
            _check_product(f"a layer with {name or 'sizes'}", _factors(node))
            within = name == "build_config"  # whose own names are many
            left += [(name if within else key, value) for key, value in node.items()]
        elif type(node) in (list, tuple):
            if name not in FREE:
                _check_product(name, [n for n in node if type(n) in (int, float)])
            left += [(name, part) for part in node]
        elif type(node) in (int, float):
            _check_number(name, node)
        elif type(node) is str:
            if name not in NAMES and DIGITS.fullmatch(node):
                raise Malformed(f"a number in letters ({name[:40]})")
        elif node is not None and type(node) is not bool:
            raise Malformed("a configuration")
        if layers > MAX_LAYERS or calls > MAX_CALLS:
            raise Malformed(f"more than {MAX_LAYERS} layers or {MAX_CALLS:,} calls of layers")
    raise Malformed("a configuration of too many parts")


def _check_number(name: str, number: float) -> None:
    most = 2.0**63 if name in FREE else LARGE if name in SIZES else SMALL
    if not abs(number) <= most:  # NaN is no number either
        raise Malformed(f"a number too large for Keras ({name[:40]}={number!s:.20})")


def _check_product(name: str, numbers: list[float]) -> None:
    product = 1.0
    for number in numbers:
        product *= max(1.0, min(abs(number), 2.0**64))
        if product > PRODUCT:
            raise Malformed(f"sizes too large together ({name[:60]})")


def _factors(node: dict) -> list[float]:
    return [n for name, n in node.items() if name in FACTORS and type(n) in (int, float)]


def check_shape(shape: Any, what: str) -> int:
    """Return the number of elements of a shape, whose unknown sizes count once.

    Raises
    ------
    Malformed
        When a tensor of that shape is larger than any that a lesson needs.
    """
    sizes = [n for n in shape if n is not None]
    if any(n > PRODUCT for n in sizes) or math.prod(sizes) > PRODUCT:
        raise Malformed(f"a tensor too large ({what[:60]})")
    return math.prod(sizes)


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
