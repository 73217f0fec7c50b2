"""What goes wrong with pretrained networks.

The words are those of *slips* (see `helpers.checks.slips`): what was done, why it is wrong, what
the rule is. Beside them stands what is asked of a network. What a slip computes stands in the tests
alone: a student can call all that is here, and from many a wrong answer the right one is a short
step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpers.checks.networks import NetworkCheck
from helpers.checks.traits import AUGMENTING, acts

import numpy as np

HEAD_IS_FREE = "The base does not care what the head learns afterwards: its answers stay the same."
PICTURES_CHANGE = "Augmented pictures are new pictures, so the stored features are not theirs."
BASE_CHANGES = "When the base changes, its old answers are those of another network."

NOT_WIRED = (
    "The augmentation is computed and then forgotten: Keras keeps only layers that lie between "
    "the input and the output. What the base is given must be the augmented picture."
)
BYPASSED = (
    "Other pictures, or pictures that are turned, get the same answer: something stands between "
    "picture, base and head that lets nothing pass."
)
MORE_ON_THE_WAY = (
    "Something else happens to the picture on its way to the base: it takes pixels from 0 to 255 "
    "as they are, and here only turning and moving was meant."
)
FEATURES_CHANGED = (
    "The head is not given what the base makes of the picture: something changes it before the "
    "base, or its features behind it."
)
NOT_FROZEN = "The base still learns: freeze it before the model is compiled, trainable = False."
AWAKE_BASE = (
    "The base is told training=True: asked as model(images), it behaves as in training, and its "
    "dropout and its batch normalisation, once it is free, are awake. The old base is to sleep: "
    "training=False."
)
HEAD_FROZEN = "Nothing learns any more: the head has to."
SOFTMAX_LEFT = "The head still ends in a softmax: logits have no activation."
FRESH_BASE = (
    "The base in the model has other weights than the one that you were given: use it itself, no "
    "new or cloned one."
)

MIRRORED_CHARACTER = "A character in a mirror is no character any more."
MIRRORED_SIGN = "Turn left becomes turn right: the label would be wrong."
TURNED_ROUND = (
    "Turned round, it is another one or none: 由 becomes 甲, and an arrow to the left points to "
    "the right."
)
LITTLE_IS_HARMLESS = "Ten degrees change no label: cameras and hands are never quite straight."
NO_UP = "Cells and roofs from above have neither an up nor a left: turning changes no label."

SHARED = "A picture is in two parts: what is tested must not have been trained on."
LOST = "Some pictures are in no part."
PARTS_SIZES = "Round the sizes of validation and test down; all others are for training."
PARTS_ARRAYS = "Return a tuple of three arrays of row numbers: training, validation and test."
PARTS_ORDER = "The order is training, validation, test."
NOT_SHUFFLED = (
    "The parts are slices of the pictures as they stand. A folder is read class by class, so whole "
    "classes would be missing from training: shuffle first."
)
OTHER_EACH_TIME = "The same seed gives other parts each time: make the generator from the seed."
SEED_IGNORED = "Another seed gives the same parts: the seed is not used."


# --- what is asked of a network


def only_head_learns(check: NetworkCheck) -> bool:
    """Tell whether the last layer's weights are all that is trained."""
    return set(map(id, check.model.trainable_weights)) == set(map(id, check.layers[-1].weights))


def something_learns(check: NetworkCheck) -> bool:
    """Tell whether any weight is trained."""
    return bool(check.model.trainable_weights)


def holds_base(check: NetworkCheck, wanted: list[np.ndarray]) -> bool:
    """Tell whether all weights of a base are in the model, as they were before it was built."""
    found = [np.asarray(w) for layer in check.layers[:-1] for w in layer.get_weights()]
    return all(any(w.shape == f.shape and np.array_equal(w, f) for f in found) for w in wanted)


def turns_and_moves(check: NetworkCheck) -> bool:
    """Tell whether a random rotation and a translation lie on the way to the base."""
    found = {type(layer).__name__ for layer in _before_base(check) if acts(layer)}
    return {"RandomRotation", "RandomTranslation"} <= found


def nothing_else_happens(check: NetworkCheck) -> bool:
    """Tell whether augmentation alone lies on the way to the base."""
    return all(type(layer).__name__ in AUGMENTING for layer in _before_base(check))


def passes_features_on(check: NetworkCheck, base: Any) -> bool:
    """Tell whether the last layer, a dense one, is given what `base` makes of a picture."""
    pictures = np.random.default_rng(0).uniform(0, 255, (2, *check.model.input_shape[1:]))
    weights, bias = [np.asarray(w) for w in check.layers[-1].get_weights()]
    features = np.asarray(base(pictures, training=False))
    if features.shape[-1] != len(weights):
        return False
    wanted = features @ weights + bias
    size = np.abs(features) @ np.abs(weights) + np.abs(bias)
    return bool((np.abs(check.answers(pictures) - wanted) <= 1e-4 * size).all())


def _before_base(check: NetworkCheck) -> list[Any]:
    kinds = check.kinds()
    place = next((k for k, kind in enumerate(kinds) if "Conv" in kind or kind == "Dense"), 0)
    return check.layers[:place]


def answers_by_picture(check: NetworkCheck) -> bool:
    """Tell whether two pictures get two answers, and each another one in training."""
    pictures = np.random.default_rng(0).uniform(0, 255, (2, *check.model.input_shape[1:]))
    calm, awake = check.answers(pictures), check.answers(pictures, training=True)
    return not np.allclose(*calm) and not np.allclose(calm, awake)


def may_sleep(check: NetworkCheck) -> bool:
    """Tell whether no layer but augmentation was told training=True when the model was built.

    `fit` and `predict` overrule what was said then, so their answers tell nothing of it; where the
    model itself is called, as in ``model(images)``, it counts.
    """
    return set(_told_awake(check.model.get_config())) <= set(AUGMENTING)


def _told_awake(config: dict[str, Any]) -> Iterator[str]:
    """Yield the kinds of the layers that are always called as in training."""
    for layer in config.get("layers", ()):
        if any(node["kwargs"].get("training") for node in layer.get("inbound_nodes", ())):
            yield layer["class_name"]
        yield from _told_awake(layer["config"])


# --- random cases


def draw_pixels(rng: np.random.Generator) -> tuple[np.ndarray, str]:
    """Draw pictures of either dtype, and a convention."""
    shape = (*map(int, rng.integers(1, 5, 3)), 3)
    pixels = rng.uniform(0, 255, shape).astype(rng.choice(["uint8", "float32"]))
    return pixels, str(rng.choice(["-1 to 1", "BGR minus mean"]))


def draw_batch(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, bool]:
    """Draw a batch of three channels, moving mean and variance, and whether it is training."""
    x = rng.normal(0, rng.uniform(0.1, 3), (int(rng.integers(2, 9)), 3))
    return x, rng.normal(size=3), rng.uniform(0.5, 2, 3), bool(rng.integers(2))
