"""What section 08 says of depth, measured on ten characters in small pictures.

Each seed is a collection of its own: other people, other first weights.
"""

from __future__ import annotations

from helpers import handwriting

import numpy as np

from course.ledger.declared import claim

TEN = "人大犬天太夫口因木本"
DEPTHS = (2, 8, 20)  # units of two convolutions each
SIZE = (24, 18)
EPOCHS, BATCH, EACH = 15, 50, 60


@claim(
    "depth",
    "Of plain networks the one with 20 units of two convolutions has learned its own training "
    "pictures less well than the one with 2, after as many steps; with shortcuts it has learned "
    "them better than without.",
    over="10 collections of ten characters by other people, in trainings of 15 epochs",
    holds={
        "plain 20 less plain 2, training loss": "> 0",
        "plain less residual at 20, training loss": "> 0",
        "residual less plain at 20, test": "> 0",
    },
)
def depth(seed: int) -> dict[str, float]:
    """Train plain and residual networks at three depths, and ask for both losses."""
    import keras

    train, test = drawn(seed, EACH, "train"), drawn(seed, 20, "test")
    found = {}
    for units in DEPTHS:
        for name in ("plain", "residual"):
            keras.utils.set_random_seed(seed)
            model = network(units, shortcuts=name == "residual")
            model.fit(*train, epochs=EPOCHS, batch_size=BATCH, verbose=0)
            for part, data in (("training", train), ("test", test)):
                loss, accuracy = model.evaluate(*data, batch_size=200, verbose=0)
                found |= {
                    f"{name} {units}, {part} loss": loss,
                    f"{name} {units}, {part}": accuracy,
                }
            keras.backend.clear_session()
    loss = {key.removesuffix(", training loss"): found[key] for key in found if "training l" in key}
    return found | {
        "plain 20 less plain 2, training loss": loss["plain 20"] - loss["plain 2"],
        "residual 20 less residual 2, training loss": loss["residual 20"] - loss["residual 2"],
        "plain less residual at 20, training loss": loss["plain 20"] - loss["residual 20"],
        "residual less plain at 20, test": found["residual 20, test"] - found["plain 20, test"],
    }


def drawn(seed: int, each: int, writers: str) -> tuple[np.ndarray, np.ndarray]:
    """Draw so many pictures of each of the ten characters, with values from 0 to 1."""
    labels = np.repeat(np.arange(len(TEN)), each)
    classes = np.take([handwriting.CLASSES.index(c) for c in TEN], labels)
    images = handwriting.pictures(classes, seed=800 + seed, writers=writers, size=SIZE)
    return 1 - images / np.float32(255), labels


def network(units: int, *, shortcuts: bool):
    """Build a stem, units of two convolutions with batch normalisation, average and head."""
    import keras
    from keras import layers

    def convolved(x):
        x = layers.Conv2D(16, 3, padding="same", use_bias=False, kernel_initializer="he_normal")(x)
        return layers.BatchNormalization(momentum=0.9)(x)

    inputs = keras.Input((*SIZE, 1))
    x = layers.MaxPooling2D()(layers.ReLU()(convolved(inputs)))
    for _ in range(units):
        f = convolved(layers.ReLU()(convolved(x)))
        x = layers.ReLU()(f + x if shortcuts else f)
    logits = layers.Dense(len(TEN))(layers.GlobalAveragePooling2D()(x))
    model = keras.Model(inputs, logits)
    steps = EPOCHS * -(-EACH * len(TEN) // BATCH)
    # The rate falls to 0, so that what batch normalisation remembers fits the last weights.
    model.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(3e-3, steps)),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
