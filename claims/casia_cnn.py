"""What section 04 says of the networks that read characters."""

from __future__ import annotations

from helpers import handwriting

import numpy as np

from course.ledger.declared import claim

from .answers import answers, ask, collection

STRANGERS = "12 collections by other people"


@claim(
    "network-against-baseline",
    "The convolutional network makes fewer than a third of the mistakes of logistic regression.",
    over=STRANGERS,
    holds={"share of its errors": "< 0.3333"},
    seeds=12,
    profile="full",
)
def network_against_baseline(seed: int) -> dict[str, float]:
    """Compare the errors of both reference models."""
    wrong = {name: 1 - answers(name, "test", seed).accuracy for name in ("cnn", "logistic")}
    return {
        "CNN": 1 - wrong["cnn"],
        "logistic": 1 - wrong["logistic"],
        "share of its errors": wrong["cnn"] / wrong["logistic"],
    }


@claim(
    "best-five",
    "Most pictures that the network reads wrongly have the label among its best five.",
    over=STRANGERS,
    holds={"among five": "> 0.85"},
    seeds=12,
    profile="full",
)
def best_five(seed: int) -> dict[str, float]:
    """Count the labels among the five largest logits of wrong answers."""
    found = answers("cnn", "test", seed)
    wrong, labels = found.logits[~found.right], found.labels[~found.right]
    return {
        "among five": float((np.argsort(-wrong, axis=1)[:, :5] == labels[:, None]).any(1).mean())
    }


@claim(
    "plain-strangers",
    "Strangers who are as various as the training writers cost next to nothing.",
    over=STRANGERS,
    holds={"cost": "-0.015 to 0.015"},
    seeds=12,
    profile="full",
)
def plain_strangers(seed: int) -> dict[str, float]:
    """Compare new pictures by the training writers with pictures by other people."""
    same, others = (answers("cnn", kind, seed).accuracy for kind in ("same people", "strangers"))
    return {"same people": same, "strangers": others, "cost": same - others}


@claim(
    "various-strangers",
    "Strangers whose habits lie 1.25 times as far apart are read less well than plain ones.",
    over=STRANGERS,
    holds={"cost": "> 0.02"},
    seeds=12,
    profile="full",
)
def various_strangers(seed: int) -> dict[str, float]:
    """Compare two kinds of strangers."""
    plain, various = (answers("cnn", kind, seed).accuracy for kind in ("strangers", "test"))
    return {"strangers": plain, "various": various, "cost": plain - various}


@claim(
    "test-below-validation",
    "For both models the test is worse than the validation.",
    over=STRANGERS,
    holds={"CNN": "> 0", "logistic": "> 0"},
    seeds=12,
    profile="full",
)
def test_below_validation(seed: int) -> dict[str, float]:
    """Compare new pictures by the training writers with those of the test's kind."""
    found = {}
    for name, network in (("CNN", "cnn"), ("logistic", "logistic")):
        same, test = (answers(network, kind, seed).accuracy for kind in ("same people", "test"))
        found[name] = same - test
    return found


@claim(
    "changed-pictures",
    "The trained network reads pictures that are moved by 4 pixels, turned by 8 or 90 degrees, "
    "mirrored or put upside down less well than as they are.",
    over="12 collections of 275 pictures by other people",
    holds={"moved": "> 0", "turned by 8": "> 0", "turned by 90": "> 0.3", "mirrored": "> 0.3",
           "upside down": "> 0.3"},
    seeds=12,
    profile="full",
)  # fmt: skip
def changed_pictures(seed: int) -> dict[str, float]:
    """Measure what each change costs the reference network."""
    from scipy import ndimage

    images, labels = (array[::4] for array in collection("test", seed))
    turn = {"axes": (1, 2), "reshape": False, "order": 1, "cval": 255}
    ways = {
        "moved": lambda x: ndimage.shift(x, (0, 4, 4, 0), order=1, cval=255),
        "turned by 8": lambda x: ndimage.rotate(x, 8, **turn),
        "turned by 90": lambda x: ndimage.rotate(x, 90, **turn),
        "mirrored": lambda x: x[:, :, ::-1],
        "upside down": lambda x: x[:, ::-1],
    }
    plain = ask("cnn", images, labels).accuracy
    return {name: plain - ask("cnn", way(images), labels).accuracy for name, way in ways.items()}


@claim(
    "improved-network",
    "The improved network makes fewer than half of the mistakes, with strangers and with the "
    "careless writer.",
    over="12 collections by other people, and 12 by the careless writer",
    holds={"errors left, test": "< 0.5", "errors left, careless": "< 0.5"},
    seeds=12,
    profile="full",
)
def improved_network(seed: int) -> dict[str, float]:
    """Compare the errors of both networks."""
    found = {}
    for kind in ("test", "careless"):
        plain, improved = (1 - answers(name, kind, seed).accuracy for name in ("cnn", "improved"))
        found |= {
            f"CNN, {kind}": 1 - plain,
            f"improved, {kind}": 1 - improved,
            f"errors left, {kind}": improved / plain,
        }
    return found


@claim(
    "forgotten-from-logits",
    "A network that ends in logits hardly learns when the loss takes them for probabilities.",
    over="10 trainings on 1,100 pictures of half the size, for 8 epochs",
    holds={"forgotten": "< 0.2", "lost": "> 0.1"},
)
def forgotten_from_logits(seed: int) -> dict[str, float]:
    """Train the network twice on few small pictures, with ``from_logits`` and without."""
    told, forgotten = (_accuracy_after(seed, from_logits) for from_logits in (True, False))
    return {"told": told, "forgotten": forgotten, "lost": told - forgotten}


def _accuracy_after(seed: int, from_logits: bool) -> float:
    """Train for eight epochs; return the accuracy on as many pictures by other people."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(seed)
    labels = np.repeat(np.arange(len(handwriting.CLASSES)), 20)
    train, test = (
        handwriting.pictures(labels, seed=100 * seed + k, writers="train", size=(40, 30))
        for k in (1, 2)
    )
    model = keras.Sequential([
        keras.Input((40, 30, 1)), layers.Rescaling(1 / 255),
        layers.Conv2D(16, 3, padding="same", activation="relu"), layers.MaxPooling2D(2),
        layers.Conv2D(32, 3, padding="same", activation="relu"), layers.MaxPooling2D(2),
        layers.Conv2D(64, 3, padding="same", activation="relu"), layers.MaxPooling2D(2),
        layers.Flatten(), layers.Dense(64, activation="relu"), layers.Dense(55),
    ])  # fmt: skip
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits)
    model.compile(keras.optimizers.Adam(2e-3), loss)
    model.fit(train, labels, batch_size=32, epochs=8, verbose=0)
    return float(np.mean(model.predict(test, verbose=0).argmax(axis=1) == labels))
