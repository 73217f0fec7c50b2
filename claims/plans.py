"""Plans for few pictures, on ten characters as in the profile fast of section 07."""

from __future__ import annotations

from functools import cache

from helpers import handwriting, transfer
from helpers.models import backbone

import numpy as np

TEN = "人大犬天太夫口因木本"


@cache
def trained():
    """Load the backbone, frozen."""
    base = backbone.load()
    base.trainable = False
    return base


def few(seed: int, per_class: int):
    """Draw so many pictures of each of the ten, and 20 of each by others for the test."""
    classes = [handwriting.CLASSES.index(c) for c in TEN]

    def drawn(each: int, writers: str) -> tuple[np.ndarray, np.ndarray]:
        labels = np.repeat(np.arange(len(TEN)), each)
        images = handwriting.pictures(np.take(classes, labels), seed=700 + seed, writers=writers)
        return images, labels

    return drawn(per_class, "train"), drawn(20, "test")


def whole(base, augmented: bool = False):
    """Put a base that learns under a fresh head."""
    import keras

    vary = [transfer.augmentation()] if augmented else []
    logits = keras.layers.Dense(len(TEN))
    return keras.Sequential([keras.Input(backbone.SHAPE), *vary, base, logits])


def head():
    """Build a head on features."""
    import keras

    layers = [keras.layers.Dropout(transfer.DROPOUT), keras.layers.Dense(len(TEN))]
    return keras.Sequential([keras.Input((backbone.FEATURES,)), *layers])


def frozen():
    """Put a copy of the trained base, frozen, between augmentation and a fresh head."""
    import keras

    base = keras.models.clone_model(trained())
    base.set_weights(trained().get_weights())
    base.trainable = False
    inputs = keras.Input(backbone.SHAPE)
    x = base(transfer.augmentation()(inputs), training=False)
    x = keras.layers.Dense(len(TEN))(keras.layers.Dropout(transfer.DROPOUT)(x))
    return compiled(keras.Model(inputs, x), transfer.RECIPES["frozen"].rate), base


def tune(model, base, images, labels, rate: float, epochs: int) -> None:
    """Set the base's last layers free, batch normalisation excepted, and train on."""
    import keras

    base.trainable = True
    for place, layer in enumerate(base.layers):
        late = place >= len(base.layers) - transfer.LAST
        layer.trainable = late and not isinstance(layer, keras.layers.BatchNormalization)
    compiled(model, falling(rate, len(images), epochs))
    model.fit(images, labels, epochs=epochs, batch_size=32, verbose=0)


def settle(model, images: np.ndarray) -> None:
    """Pass pictures through in training mode: moving statistics follow, no weight is trained."""
    order = np.random.default_rng(0)
    for _ in range(20):
        mixed = order.permutation(len(images))
        for k in range(0, len(images), 32):
            model(images[mixed[k : k + 32]], training=True)


def falling(rate: float, pictures: int, epochs: int):
    """Return a learning rate that falls to 0 along a cosine, until the last batch."""
    import keras

    return keras.optimizers.schedules.CosineDecay(rate, epochs * -(-pictures // 32))


def compiled(model, rate):
    """Compile a model that gives logits, and return it."""
    import keras

    model.compile(
        keras.optimizers.Adam(rate),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model


def accuracy(model, inputs: np.ndarray, labels: np.ndarray) -> float:
    """Return the share of inputs whose largest logit is that of the label."""
    return float(np.mean(model.predict(inputs, verbose=0).argmax(axis=1) == labels))
