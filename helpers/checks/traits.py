"""What a network can have or lack: questions to a `NetworkCheck`, and the words when it fails.

The words say what was done, why it is wrong, what the rule is; they hold no expected value.
"""

from __future__ import annotations

from typing import Any

from helpers.checks.networks import NetworkCheck, explained

import numpy as np

NO_RESCALING = "Pixels from 0 to 255 reach the first convolution: scale them by 1/255 before it."
OTHER_RANGE = (
    "The pixels are scaled, but not to the range from 0 to 1: there 0 becomes 0, and 255 becomes 1."
)
CHANGES_MUCH = (
    "Some change is too large to keep the label right. Mind that RandomRotation's factor is a "
    "share of a full turn, and the others' are shares of the picture's size."
)
SOFTMAX_LEFT = (
    "The last layer still has an activation: logits are its inputs, so the last layer has none."
)
DROPS_ANSWERS = "Behind the last layer a dropout drops answers: it belongs before the last layer."
NOT_DENSE = "The logits come from a dense layer, and nothing stands behind it."
MIRROR_IMAGE = (
    "Where the picture is moved away, its own ink comes in as in a mirror, which is the default: "
    'fill the gap with paper, fill_mode="constant" and the value that paper has.'
)
NOT_PAPER = (
    "What comes in from outside is no paper: its value is fill_value, and that is 0, black ink, "
    "where nothing is said."
)
SCALED_FIRST = (
    "The pixels are scaled before the augmentation. There paper is 1, and what comes in from "
    "outside must have the value that paper has at that place: augment first, then scale."
)
OTHER_RATE = (
    "A dropout stands there, but its rate is none from 0.2 to 0.6: lower ones hardly change "
    "anything, higher ones leave too little to learn from."
)
PAPER_CHANGED = (
    "Something changes the paper as well, by brightness for instance, so that a blank sheet does "
    "not stay blank: leave the colour of the paper as it is."
)
AUGMENTING = ("RandomRotation", "RandomTranslation", "RandomZoom")
# What may stand between a convolution and its activation.
BETWEEN = ("BatchNormalization", "Dropout", "SpatialDropout2D", "MaxPooling2D", "AveragePooling2D")
MOST_TURN, MOST_CHANGE = 20 / 360, 0.2


def _why_unscaled(check: NetworkCheck) -> str:
    kinds = [type(layer).__name__ for layer in check.layers]
    first = next((k for k, kind in enumerate(kinds) if kind in ("Conv2D", "Dense")), len(kinds))
    return OTHER_RANGE if "Rescaling" in kinds[:first] else NO_RESCALING


@explained(_why_unscaled)
def rescales(check: NetworkCheck) -> bool:
    """Tell whether pixels from 0 to 255 are scaled to 0 to 1 before the first convolution."""
    ends = [0.0, 255.0]
    for layer in check.layers:
        kind_of = type(layer).__name__
        if kind_of == "Rescaling":
            ends = [float(end * layer.scale + layer.offset) for end in ends]
        if kind_of in ("Conv2D", "Dense"):
            break
    return sorted(round(end, 2) for end in ends) == [0, 1]  # or from 1 to 0: ink is 1


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


def _why_no_logits(check: NetworkCheck) -> str:
    last = check.rows[-1]
    if last.kind == "Dropout":
        return DROPS_ANSWERS
    active = last.kind in ("Activation", "Softmax", "ReLU") or last.activation != "linear"
    return SOFTMAX_LEFT if active else NOT_DENSE


@explained(_why_no_logits)
def ends_linear(check: NetworkCheck) -> bool:
    """Tell whether the last layer has no activation."""
    pairs = [(row.kind, row.activation) for row in check.rows]
    acting = [pair for pair in pairs if pair != ("Activation", "linear")]
    return acting[-1:] == [("Dense", "linear")]


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


@explained(CHANGES_MUCH)
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


def _rates(check: NetworkCheck) -> list[float]:
    """Return the rates of the dropouts between the last convolution and the last layer."""
    kinds = check.kinds()
    after = len(kinds) - kinds[::-1].index("Conv2D") if "Conv2D" in kinds else 0
    return [layer.rate for layer in check.layers[after:-1] if type(layer).__name__ == "Dropout"]


@explained(lambda check: OTHER_RATE if _rates(check) else None)
def drops_out(check: NetworkCheck) -> bool:
    """Tell whether a dropout of 0.2 to 0.6 stands between the last convolution and layer."""
    return any(0.2 <= rate <= 0.6 for rate in _rates(check))


@explained(MIRROR_IMAGE)
def fills_with_one_colour(check: NetworkCheck) -> bool:
    """Tell whether what augmentation brings in is one colour, and no mirror image of the ink."""
    modes = [layer.get_config()["fill_mode"] for layer in check.layers if acts(layer)]
    return not set(modes) - {"constant"}


def _why_no_paper(check: NetworkCheck) -> str:
    if type(_paper_lost_at(check)).__name__ not in AUGMENTING:
        return PAPER_CHANGED
    kinds = [type(layer).__name__ for layer in check.layers]
    changes = [k for k, kind in enumerate(kinds) if kind in AUGMENTING]
    scaled = "Rescaling" in kinds and kinds.index("Rescaling") < max(changes, default=0)
    return SCALED_FIRST if scaled else NOT_PAPER


@explained(_why_no_paper)
def keeps_paper(check: NetworkCheck) -> bool:
    """Tell whether a blank sheet stays blank: its border is where another colour would show."""
    return _paper_lost_at(check) is None


def _paper_lost_at(check: NetworkCheck) -> Any:
    """Return the first layer of chance that changes a blank sheet, or None.

    They are 16, so that a change of brightness, which makes some of them lighter only, is seen;
    and small, for the test is run often.
    """
    x = np.full((16, *np.minimum(check.model.input_shape[1:], 32)), 255, "float32")
    for layer in check.layers:
        kind_of = type(layer).__name__
        changes = kind_of.startswith("Random") or hasattr(layer, "get_random_transformation")
        changes = changes or "Noise" in kind_of
        if kind_of in ("Conv2D", "Dense"):
            break
        if not changes and kind_of != "Rescaling":
            continue
        before = float(np.array(x).mean())
        x = np.array(layer(x, training=True) if changes else layer(x))
        if changes and not np.abs(x - before).max() <= 0.01 * max(before, 1e-9):
            return layer
    return None
