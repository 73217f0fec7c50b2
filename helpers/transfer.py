"""Learn from few pictures: from scratch, with augmentation, or from what a backbone has learned.

Five strategies for the same few pictures, each a few lines of Keras. ``python
benchmarks/transfer.py`` compares them; section 07 shows their lines.

All models take images (N, H, W, C) from 0 to 255 and give logits (N, classes). They come compiled
with Adam at the rate of their recipe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from helpers.models import backbone, reference

import numpy as np

if TYPE_CHECKING:  # Keras takes seconds to import
    import keras


class Recipe(NamedTuple):
    """How a strategy trains on 10 pictures a class: epochs, learning rate, pictures in a batch."""

    epochs: int
    rate: float
    batch_size: int = 32


RECIPES = {
    "scratch": Recipe(20, 2e-3),
    "augmented": Recipe(50, 2e-3),
    "features": Recipe(100, 1e-2),
    "frozen": Recipe(30, 1e-2),
    "fine-tuned": Recipe(60, 2e-3),
}
"""The strategies from the plainest on; "fine-tuned" goes on from "frozen"."""

STRATEGIES = tuple(RECIPES)

CONTROLS = {"same layers": Recipe(20, 2e-3), "same layers, augmented": Recipe(90, 2e-3)}
"""The backbone's own layers with fresh weights, augmented for as long as the frozen and the
fine-tuned one together: they tell a head start from a better network."""

DROPOUT = 0.2
LAST = 31
"""Layers at the end of the backbone that fine-tuning unfreezes: the blocks, not the stem."""


def recipe(strategy: str) -> Recipe:
    """Return the recipe of a strategy or a control."""
    return (RECIPES | CONTROLS)[strategy]


def epochs(strategy: str, per_class: int = 10) -> int:
    """Return how many epochs a strategy trains: with more pictures fewer, so as many batches."""
    return max(1, round(recipe(strategy).epochs * 10 / per_class))


def schedule(strategy: str, per_class: int = 10, n_classes: int = 55):
    """Return the learning rate of a recipe as it falls, along a cosine, to 0 at the last batch."""
    import keras

    _, rate, size = recipe(strategy)
    batches = -(-per_class * n_classes // size) * epochs(strategy, per_class)
    return keras.optimizers.schedules.CosineDecay(rate, batches)


def few(
    images: np.ndarray, labels: np.ndarray, per_class: int, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Choose a few pictures of each class.

    Parameters
    ----------
    images, labels
        (N, H, W, C) and integers (N,).
    per_class
        Pictures of each label.
    seed
        Of the choice. With one seed, what is chosen for a smaller number is among what is chosen
        for a larger one.

    Returns
    -------
    tuple of numpy.ndarray
        The images and the labels chosen, shuffled.

    Raises
    ------
    ValueError
        When a class has fewer pictures, or ``per_class`` is below 1.
    """
    labels = np.asarray(labels)
    if len(images) != len(labels):
        raise ValueError(f"there are {len(images)} images and {len(labels)} labels: give as many.")
    classes, counts = np.unique(labels, return_counts=True)
    if per_class < 1 or (len(counts) and counts.min() < per_class):
        raise ValueError(
            f"per_class is {per_class}: give 1 to {counts.min()}, which is how many pictures the "
            f"class {classes[counts.argmin()]} has."
        )
    order = np.random.default_rng(seed).permutation(len(labels))
    chosen = [order[labels[order] == label][:per_class] for label in classes]
    mixed = np.random.default_rng(seed).permutation(np.concatenate(chosen))
    return np.asarray(images)[mixed], labels[mixed]


def augmentation() -> keras.Model:
    """Build the layers that vary a picture in training: turned, moved, and scaled a little.

    No flips: 太 in a mirror is no character. What comes in from outside is paper, so white.
    """
    import keras
    from keras import layers

    paper = {"fill_mode": "constant", "fill_value": 255.0}
    return keras.Sequential(
        [
            layers.RandomRotation(0.02, **paper),
            layers.RandomTranslation(0.05, 0.05, **paper),
            layers.RandomZoom((-0.1, 0.1), (-0.1, 0.1), **paper),
        ],
        name="augmentation",
    )


def head(n_classes: int = 55) -> list[keras.Layer]:
    """Return the layers that make logits of features: dropout and one Dense."""
    from keras import layers

    return [layers.Dropout(DROPOUT), layers.Dense(n_classes, name="logits")]


def scratch_model(
    n_classes: int = 55, augmented: bool = False, same_layers: bool = False
) -> keras.Model:
    """Build a network with fresh weights, to be trained as a whole.

    It is the CNN of section 04, or with ``same_layers`` the backbone's own under a head.
    """
    import keras

    network = [backbone.build()] if same_layers else reference.build("cnn").layers[:-1]
    vary = [augmentation()] if augmented else []
    logits = keras.layers.Dense(n_classes, name="logits")
    model = keras.Sequential([keras.Input(backbone.SHAPE), *vary, *network, logits])
    return compiled(model, RECIPES["augmented" if augmented else "scratch"].rate)


def features(base: keras.Model, images: np.ndarray, batch_size: int = 256) -> np.ndarray:
    """Compute features once: (N, width) float32; a base that gives feature maps is averaged."""
    found = base.predict(images, batch_size=batch_size, verbose=0)
    return found if found.ndim == 2 else found.mean(axis=tuple(range(1, found.ndim - 1)))


def feature_head(width: int = backbone.FEATURES, n_classes: int = 55) -> keras.Model:
    """Build a head alone, that learns from features (N, width)."""
    import keras

    model = keras.Sequential([keras.Input((width,)), *head(n_classes)])
    return compiled(model, RECIPES["features"].rate)


def unfreeze(model: keras.Model, last: int = LAST, rate: float | None = None) -> keras.Model:
    """Set the last layers of the base free, batch normalisation excepted, and compile again.

    Parameters
    ----------
    model
        Augmentation, frozen base and head, as section 07 makes it, the head trained: a fresh head's
        large gradients would undo what the base has learned.
    last
        How many layers at the end of the base learn from now on; 0 freezes all.
    rate
        The learning rate; lower than the head's was, so that the base is changed a little only.

    Returns
    -------
    keras.Model
        The same one. Keras notes which weights learn when it compiles, so without compiling again
        nothing would change.

    Raises
    ------
    ValueError
        When the model has no base, or the base has fewer layers.
    """
    from keras import layers

    base = base_of(model)
    if not 0 <= last <= len(base.layers):
        raise ValueError(f"last is {last}: {base.name} has 0 to {len(base.layers)} to unfreeze.")
    base.trainable = True
    for number, layer in enumerate(base.layers):
        late = number >= len(base.layers) - last
        layer.trainable = late and not isinstance(layer, layers.BatchNormalization)
    return compiled(model, RECIPES["fine-tuned"].rate if rate is None else rate)


def base_of(model: keras.Model) -> keras.Model:
    """Find the base in a model: the model within it that has convolutions."""
    for layer in model.layers:
        if any("conv" in type(part).__name__.lower() for part in getattr(layer, "layers", [])):
            return layer
    raise ValueError(f"{model.name} has no base in it: put a trained model between its layers.")


def compiled(model: keras.Model, rate: float) -> keras.Model:
    """Compile a model that gives logits with Adam at a rate, and return it."""
    import keras

    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
