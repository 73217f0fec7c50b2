"""What is asked of a network that is built on a pretrained one; random cases of its section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpers.checks.networks import NetworkCheck
from helpers.checks.traits import AUGMENTING, acts, ends_linear

import numpy as np

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


def learning(check: NetworkCheck) -> int:
    """Return how many numbers learn."""
    return sum(int(np.prod(weight.shape)) for weight in check.model.trainable_weights)


def learners(check: NetworkCheck) -> set[str]:
    """Return the names of the layers that learn anything."""
    free = set(map(id, check.model.trainable_weights))
    return {layer.name for layer in check.layers if any(id(w) in free for w in layer.weights)}


def base_of_blocks(blocks: int, filters: int = 4) -> Any:
    """Return a small frozen base: a stem, then blocks that are called block1, block2 and so on."""
    import keras
    from keras import layers

    base = keras.Sequential([keras.Input((16, 12, 1))], name="base")
    for number in range(blocks + 1):
        name = f"block{number}" if number else "stem"
        base.add(layers.Conv2D(filters, 3, padding="same", name=f"{name}_conv"))
        base.add(layers.BatchNormalization(name=f"{name}_norm"))
        base.add(layers.ReLU(name=f"{name}_relu"))
    base.add(layers.GlobalAveragePooling2D(name="average"))
    base.trainable = False
    return base


def small_base(shape: tuple[int, int, int], filters: int) -> tuple[Any, list[np.ndarray]]:
    """Return a base of one convolution with batch normalisation, and its weights."""
    import keras
    from keras import layers

    stack = [layers.Conv2D(filters, 3), layers.BatchNormalization(), layers.ReLU()]
    base = keras.Sequential(
        [keras.Input(shape), *stack, layers.GlobalAveragePooling2D()], name="little_base"
    )
    return base, base.get_weights()


def is_frozen_plan(check: NetworkCheck, wanted: list[np.ndarray]) -> None:
    """Demand the plan of a frozen base behind augmentation; `wanted` are the base's weights."""
    check.has("the given base itself is in it", lambda c: holds_base(c, wanted))
    check.has("the picture is turned and moved on its way", turns_and_moves)
    check.has("nothing is flipped", lambda c: not c.of("RandomFlip"))
    check.has("nothing else happens to it", nothing_else_happens)
    check.has("something learns", something_learns)
    check.has("only the head learns", only_head_learns)
    check.has("the base is asleep: nobody tells it training=True", may_sleep)
    check.has("it gives logits", ends_linear)


# --- what is asked of a comparison

RUNS_RISING = [
    [middle - side, middle, middle + side]
    for middle, side in (
        (0.1, 0.02), (0.102, 0.02), (0.12, 0.02), (0.13, 0.005), (0.14, 0.02), (0.17, 0.02),
        (0.18, 0.005), (0.21, 0.02), (0.5, 0.0),
    )
]  # fmt: skip
STEPS_RISING = [
    (0.002, False), (0.018, False), (0.01, False), (0.01, False), (0.03, True), (0.01, False),
    (0.03, True), (0.29, True),
]  # fmt: skip

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
