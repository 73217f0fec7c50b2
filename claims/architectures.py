"""What section 08 says of depth and of augmentation, measured on ten characters in small pictures.

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
FEW, LONG = 20, 80  # pictures of each character, and epochs, where augmentation is measured
RARE, USUAL = 4, 40
GAINS = (
    ("mixed", "as they are"),
    ("mixed and moved", "moved"),
    ("mixed and moved", "mixed"),
    ("mixed and moved", "as they are"),
)


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


@claim(
    "white-noise",
    "White noise on the training pictures does not help a small network to read strangers: weak "
    "noise gains nothing, strong noise costs accuracy. Small turns, shifts and zooms gain some.",
    over="10 collections of ten characters by other people, 20 pictures of each",
    holds={
        "noise 0.1 less none, test": "< 0.01",
        "noise 0.3 less none, test": "< 0",
        "moved less none, test": "> 0",
    },
    seeds=10,
)
def white_noise(seed: int) -> dict[str, float]:
    """Train one small network on the same pictures, with each kind of change at random."""
    import keras
    from keras import layers

    train, test = drawn(seed, FEW, "train"), drawn(seed, 60, "test")
    kinds = {
        "none": lambda: [],
        "noise 0.1": lambda: [layers.GaussianNoise(0.1)],
        "noise 0.3": lambda: [layers.GaussianNoise(0.3)],
        "moved": moves,
    }
    found = {}
    for name, changes in kinds.items():
        keras.utils.set_random_seed(seed)
        model = small(changes(), LONG * -(-FEW * len(TEN) // BATCH))
        model.fit(*train, epochs=LONG, batch_size=BATCH, verbose=0)
        for part, data in (("training", train), ("test", test)):
            found[f"{name}, {part}"] = model.evaluate(*data, batch_size=200, verbose=0)[1]
        keras.backend.clear_session()
    for name in kinds:
        if name != "none":
            found[f"{name} less none, test"] = found[f"{name}, test"] - found["none, test"]
    return found


@claim(
    "rare-characters",
    "Where five of ten characters have 4 pictures each and the others 40, more of the rare ones "
    "are read when all are drawn equally often and each copy is turned, shifted and zoomed a "
    "little than when only the one or only the other is done.",
    over="10 collections of ten characters by other people",
    holds={
        "mixed and moved less mixed, rare": "> 0",
        "mixed and moved less moved, rare": "> 0",
    },
    seeds=10,
)
def rare_characters(seed: int) -> dict[str, float]:
    """Train one small network, with the same number of pictures drawn in four ways."""
    import keras

    rng = np.random.default_rng(seed)
    images, labels = drawn(seed, USUAL, "train")
    rare = rng.permutation(len(TEN))[:5]
    place = np.tile(np.arange(USUAL), len(TEN))
    kept = ~np.isin(labels, rare) | (place < RARE)
    images, labels = images[kept], labels[kept]
    test = drawn(seed, 60, "test")
    alike = np.ones(len(labels)) / len(labels)
    equal = 1 / np.bincount(labels)[labels] / len(TEN)
    arms = {
        "as they are": (alike, lambda: []),
        "moved": (alike, moves),
        "mixed": (equal, lambda: []),
        "mixed and moved": (equal, moves),
    }
    steps, found = 300, {}
    for name, (shares, changes) in arms.items():
        keras.utils.set_random_seed(seed)
        model = small(changes(), steps)
        order = rng.choice(len(labels), steps * BATCH, p=shares)
        model.fit(images[order], labels[order], batch_size=BATCH, shuffle=False, verbose=0)
        right = model.predict(test[0], batch_size=200, verbose=0).argmax(axis=1) == test[1]
        few = np.isin(test[1], rare)
        found |= {f"{name}, rare": right[few].mean(), f"{name}, others": right[~few].mean()}
        keras.backend.clear_session()
    for part in ("rare", "others"):
        for one, other in GAINS:
            gain = found[f"{one}, {part}"] - found[f"{other}, {part}"]
            found[f"{one} less {other}, {part}"] = gain
    return {key: float(value) for key, value in found.items()}


def moves() -> list:
    """Return layers that turn, shift and zoom a picture a little, with paper in what comes free."""
    from keras import layers

    paper = {"fill_mode": "constant", "fill_value": 0.0}
    return [
        layers.RandomRotation(0.03, **paper),
        layers.RandomTranslation(0.08, 0.08, **paper),
        layers.RandomZoom(0.1, **paper),
    ]


def small(changes: list, steps: int):
    """Build two convolutions with pools, a dense layer and a head.

    There is no batch normalisation: the means that it keeps would be those of changed pictures.
    """
    import keras
    from keras import layers

    def same(filters):
        return layers.Conv2D(filters, 3, padding="same", activation="relu")

    stack = [same(16), layers.MaxPooling2D(), same(32), layers.MaxPooling2D(), layers.Flatten()]
    head = [layers.Dense(64, activation="relu"), layers.Dense(len(TEN))]
    model = keras.Sequential([keras.Input((*SIZE, 1)), *changes, *stack, *head])
    model.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(2e-3, steps)),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
