"""What a network can have or lack: questions to a `NetworkCheck`, and the words when it fails.

The words say what was done, why it is wrong, what the rule is; they hold no expected value.
"""

from __future__ import annotations

from typing import Any

from helpers.checks.networks import NetworkCheck

import numpy as np

NO_RELU = (
    "Convolutions without an activation in between are one convolution (section 2): give each "
    'activation="relu".'
)
NO_RESCALING = "Pixels from 0 to 255 reach the first convolution: scale them by 1/255 before it."
AUGMENTING = ("RandomRotation", "RandomTranslation", "RandomZoom")
# What may stand between a convolution and its activation.
BETWEEN = ("BatchNormalization", "Dropout", "SpatialDropout2D", "MaxPooling2D", "AveragePooling2D")
MOST_TURN, MOST_CHANGE = 20 / 360, 0.2


def rescales(check: NetworkCheck) -> bool:
    """Tell whether pixels from 0 to 255 are scaled to 0 to 1 before the first convolution."""
    for layer in check.layers:
        kind_of = type(layer).__name__
        if kind_of == "Rescaling":
            ends = {float(layer.offset), float(255 * layer.scale + layer.offset)}
            return sorted(round(end, 2) for end in ends) == [0, 1]  # or from 1 to 0: ink is 1
        if kind_of in ("Conv2D", "Dense"):
            return False
    return False


def relu_everywhere(check: NetworkCheck) -> bool:
    """Tell whether each convolution has a ReLU, its own or before the next layer with weights."""
    waiting = False
    for row in check.rows:
        if waiting and row.activation == "relu" and row.kind in ("ReLU", "Activation"):
            waiting = False
        elif waiting and row.kind not in BETWEEN:
            return False
        elif row.kind == "Conv2D":
            waiting = row.activation != "relu"
    return not waiting


def wide_enough(check: NetworkCheck) -> bool:
    """Tell whether each convolution has 8 filters or more."""
    return all(row.shape[-1] >= 8 for row in check.of("Conv2D"))


def ends_linear(check: NetworkCheck) -> bool:
    """Tell whether the last layer has no activation."""
    last = check.rows[-1]
    return last.kind == "Dense" and last.activation == "linear"


def augments(check: NetworkCheck) -> bool:
    """Tell whether two kinds of augmentation or more stand before the first convolution."""
    found = set()
    for layer in check.layers:
        if type(layer).__name__ == "Conv2D":
            break
        if acts(layer):
            found.add(type(layer).__name__)
    return len(found) >= 2


def acts(layer: Any) -> bool:
    """Tell whether a layer is an augmentation that changes anything: a factor of 0 does not."""
    config = layer.get_config()
    factors = [config.get(f"{name}factor") for name in ("", "height_", "width_")]
    return type(layer).__name__ in AUGMENTING and max(map(_largest, factors)) > 0


def changes_little(check: NetworkCheck) -> bool:
    """Tell whether no augmentation turns, moves or zooms by more than it may."""
    for layer in check.layers:
        config, kind_of = layer.get_config(), type(layer).__name__
        if kind_of == "RandomRotation" and not _largest(config["factor"]) <= MOST_TURN + 1e-6:
            return False
        if kind_of in ("RandomTranslation", "RandomZoom"):
            factors = (config["height_factor"], config["width_factor"])
            if not all(_largest(factor) <= MOST_CHANGE + 1e-6 for factor in factors):
                return False
    return True


def _largest(factor: Any) -> float:
    return float(np.max(np.abs(factor))) if factor is not None else 0.0


def normalises(check: NetworkCheck) -> bool:
    """Tell whether each convolution has a batch normalisation of its own, beside it."""
    between = [0]  # how many there are before the first convolution, and after each
    for kind_of in check.kinds():
        if kind_of == "Conv2D":
            between.append(0)
        between[-1] += kind_of == "BatchNormalization"
    for number in range(1, len(between)):
        if between[number - 1]:  # left over by the one before
            between[number - 1] -= 1
        elif between[number]:
            between[number] -= 1
        else:
            return False
    return True


def drops_out(check: NetworkCheck) -> bool:
    """Tell whether a dropout stands between the last convolution and the last layer."""
    kinds = check.kinds()
    after = len(kinds) - kinds[::-1].index("Conv2D") if "Conv2D" in kinds else 0
    rates = [layer.rate for layer in check.layers[after:-1] if type(layer).__name__ == "Dropout"]
    return any(0.2 <= rate <= 0.6 for rate in rates)


def fills_with_one_colour(check: NetworkCheck) -> bool:
    """Tell whether what augmentation brings in is one colour, and no mirror image of the ink."""
    modes = [layer.get_config()["fill_mode"] for layer in check.layers if acts(layer)]
    return not set(modes) - {"constant"}


def keeps_paper(check: NetworkCheck) -> bool:
    """Tell whether a blank sheet stays blank: its border is where another colour would show."""
    sheets = np.full((8, *check.model.input_shape[1:]), 255, "float32")
    x = sheets
    for layer in check.layers:
        kind_of = type(layer).__name__
        if kind_of not in (*AUGMENTING, "Rescaling"):
            break
        before = float(np.array(x).mean())
        x = np.array(layer(x, training=True) if kind_of in AUGMENTING else layer(x))
        if kind_of in AUGMENTING and not np.abs(x - before).max() <= 0.01 * max(before, 1e-9):
            return False
    return True
