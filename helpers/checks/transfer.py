"""What is asked of a network that is built on a pretrained one; random cases of its section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from helpers.checks.networks import NetworkCheck, Trait, explained
from helpers.checks.traits import AUGMENTING, acts, ends_linear
from helpers.checks.units import drops_nothing

import numpy as np

ONE_LAYER = "The head has more layers than it should: it is a single dense layer on the features."
HEAD_SLEEPS = "The head does not learn: it is new, and knows nothing yet."
TENTH_BLOCK = (
    'A name that begins with "block1" may be that of block10: the underscore belongs to what it '
    "begins with."
)
NORM_FREE = "A BatchNormalization learns: it stays frozen, even in the block that is unfrozen."
OTHER_BLOCK = "Another block learns than the one that was asked for: use the argument."
MORE_BLOCKS = "Other layers of the base learn, too: only this one block was to be unfrozen."
PART_FROZEN = (
    "Something of the block stays frozen: all its layers learn, of whatever kind and however many "
    "they are, but for the BatchNormalization."
)

# --- what is asked of a network


def only_head_learns(check: NetworkCheck) -> bool:
    """Tell whether the last layer's weights are all that is trained."""
    return set(map(id, check.model.trainable_weights)) == set(map(id, check.layers[-1].weights))


def one_dense_head(check: NetworkCheck, wanted: list[np.ndarray]) -> bool:
    """Tell whether one dense layer stands in the model beside those of a base of these weights."""
    of_base = sum(weight.ndim == 2 for weight in wanted)
    return len(check.of("Dense")) == of_base + 1


def head_learns(check: NetworkCheck) -> bool:
    """Tell whether the last layer's weights are trained."""
    return set(map(id, check.layers[-1].weights)) <= set(map(id, check.model.trainable_weights))


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
    weights, *bias = [np.asarray(w) for w in check.layers[-1].get_weights()]
    features = np.asarray(base(pictures, training=False))
    if features.shape[-1] != len(weights):
        return False
    wanted = features @ weights + sum(bias)
    size = np.abs(features) @ np.abs(weights)  # a bias is the student's, who may choose a large one
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


def _told_awake(config: dict[str, Any], *, all_of_it: bool = False) -> Iterator[str]:
    """Yield the kinds of the layers that are always called as in training.

    What is told to a model within the model is told to `all_of_it`.
    """
    for layer in config.get("layers", ()):
        nodes = layer.get("inbound_nodes", ())
        awake = all_of_it or any(node["kwargs"].get("training") for node in nodes)
        if "layers" in layer["config"]:
            yield from _told_awake(layer["config"], all_of_it=awake)
        elif awake and layer["class_name"] != "InputLayer":
            yield layer["class_name"]


def learning(check: NetworkCheck) -> int:
    """Return how many numbers learn."""
    return sum(int(np.prod(weight.shape)) for weight in check.model.trainable_weights)


def learners(check: NetworkCheck) -> set[str]:
    """Return the names of the layers that learn anything."""
    free = set(map(id, check.model.trainable_weights))
    return {layer.name for layer in check.layers if any(id(w) in free for w in layer.weights)}


def frees(block: str) -> Trait:
    """Return the question whether of the base the layers of a block learn, and nothing else."""

    def why(check: NetworkCheck) -> str:
        kinds = {layer.name: type(layer).__name__ for layer in check.layers}
        wanted, found = _of_block(check, block), learners(check)
        more = found - wanted
        if "BatchNormalization" in (kinds[name] for name in more):
            return NORM_FREE
        if more and all(name.startswith(block) for name in more):
            return TENTH_BLOCK
        if more:
            return MORE_BLOCKS if wanted <= found else OTHER_BLOCK
        return PART_FROZEN

    @explained(why)
    def only_block_learns(check: NetworkCheck) -> bool:
        return learners(check) == _of_block(check, block)

    return only_block_learns


def _of_block(check: NetworkCheck, block: str) -> set[str]:
    """Return the names of what is to learn: the block's layers with weights, and the head."""
    *base, head = check.layers
    own = {layer.name for layer in base if layer.name.startswith(f"{block}_") and layer.weights}
    asleep = {layer.name for layer in base if type(layer).__name__ == "BatchNormalization"}
    return own - asleep | {head.name}


def base_of_blocks(
    blocks: Iterable[int],
    filters: int = 4,
    shape: tuple[int, int, int] = (16, 12, 1),
    *,
    deep: bool = False,
) -> Any:
    """Return a small frozen base: a stem, then blocks of these numbers, "block1" and so on.

    A deep one has a convolution more in each, of another kind.
    """
    import keras
    from keras import layers

    inputs = x = keras.Input(shape)
    for number in (0, *blocks):
        name = f"block{number}" if number else "stem"
        x = layers.Conv2D(filters, 3, padding="same", name=f"{name}_conv")(x)
        x = layers.BatchNormalization(name=f"{name}_norm")(x)
        if deep:
            x = layers.DepthwiseConv2D(3, padding="same", name=f"{name}_depth")(x)
        x = layers.ReLU(name=f"{name}_relu")(x)
    base = keras.Model(inputs, layers.GlobalAveragePooling2D(name="average")(x), name="base")
    base.trainable = False
    return base


def small_base(
    shape: tuple[int, int, int], filters: int, *, dense: bool = False
) -> tuple[Any, list[np.ndarray]]:
    """Return a base of one convolution with batch normalisation, and its weights.

    It ends in a mean over the places, or in a `dense` layer behind that.
    """
    import keras
    from keras import layers

    inputs = keras.Input(shape)
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3)(inputs))
    x = layers.GlobalAveragePooling2D()(layers.ReLU()(x))
    x = layers.Dense(filters)(x) if dense else x
    base = keras.Model(inputs, x, name="little_base")  # a Sequential has no `input` of its own
    return base, base.get_weights()


def is_frozen_plan(check: NetworkCheck, wanted: list[np.ndarray]) -> None:
    """Demand the plan of a frozen base behind augmentation; `wanted` are the base's weights."""
    check.has("the given base itself is in it", lambda c: holds_base(c, wanted))
    check.has("the picture is turned and moved on its way", turns_and_moves)
    check.has("nothing is flipped", lambda c: not c.of("RandomFlip"))
    check.has("nothing else happens to it", nothing_else_happens)
    check.has("the head is one dense layer", lambda c: one_dense_head(c, wanted), ONE_LAYER)
    check.has("nothing is dropped out", drops_nothing)
    check.has("something learns", something_learns)
    check.has("only the head learns", only_head_learns)
    check.has("the base is asleep: nobody tells it training=True", may_sleep)
    check.has("it gives logits", ends_linear)


# --- what is asked of a comparison

RUNS_RISING = [
    [round(middle - side, 3), middle, round(middle + side, 3)]
    for middle, side in (
        (0.086, 0.02), (0.1, 0.02), (0.102, 0.02), (0.12, 0.02), (0.13, 0.005),
        (0.14, 0.02), (0.17, 0.02), (0.18, 0.005), (0.21, 0.02), (0.5, 0.0),
    )
] + [[0.53, 0.57]]  # fmt: skip
STEPS_RISING = [
    (0.014, False), (0.002, False), (0.018, False), (0.01, False), (0.01, False),
    (0.03, True), (0.01, False), (0.03, True), (0.29, True), (0.05, True),
]  # fmt: skip

# --- random cases


def draw_pixels(rng: np.random.Generator) -> tuple[np.ndarray, str]:
    """Draw pictures of any dtype, and a convention."""
    shape = (*map(int, rng.integers(1, 5, 3)), 3)
    pixels = rng.uniform(0, 255, shape).astype(rng.choice(["uint8", "float32", "float64", "int64"]))
    return pixels, str(rng.choice(["-1 to 1", "BGR minus mean"]))


def draw_batch(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, bool]:
    """Draw a batch of three channels, moving mean and variance, and whether it is training."""
    x = rng.normal(0, rng.uniform(0.1, 3), (int(rng.integers(1, 9)), 3))
    return x, rng.normal(size=3), rng.uniform(0.5, 2, 3), bool(rng.integers(2))
