"""What section 07 says of few pictures, measured on ten characters as in the profile fast.

Each seed is a collection of its own: other people for the few pictures, and others for the test.
"""

from __future__ import annotations

from functools import cache

from helpers import handwriting, transfer
from helpers.models import backbone

import numpy as np

from course.ledger.declared import claim

from . import plans

COLLECTIONS = "10 collections of ten characters by other people"
ALIKE = "人大夫天太犬木本王玉主牛羊"
OTHERS = "".join(c for c in handwriting.CLASSES if c not in ALIKE)[: len(ALIKE)]


@claim(
    "nearest-in-features",
    "The nearest neighbour is right far more often in the base's features than in pixels, and in "
    "the features of the same network untrained it is hardly better than in pixels.",
    over=COLLECTIONS,
    holds={
        "features less pixels": "> 0.25",
        "features less untrained": "> 0.25",
        "untrained less pixels": "-0.15 to 0.15",
    },
)
def nearest_in_features(seed: int) -> dict[str, float]:
    """Name test pictures by the nearest of ten pictures of each character."""
    import keras

    keras.utils.set_random_seed(seed)
    (images, labels), (test, truth) = plans.few(seed, 10)
    fresh = backbone.build()
    views = {
        "pixels": lambda x: x.reshape(len(x), -1) / np.float32(255),
        "features": lambda x: transfer.features(plans.trained(), x),
        "untrained": lambda x: transfer.features(fresh, x),
    }
    found = {}
    for name, view in views.items():
        known, asked = view(images), view(test)
        nearest = ((known**2).sum(axis=1) - 2 * asked @ known.T).argmin(axis=1)
        found[name] = float(np.mean(labels[nearest] == truth))
    return found | {
        "features less pixels": found["features"] - found["pixels"],
        "features less untrained": found["features"] - found["untrained"],
        "untrained less pixels": found["untrained"] - found["pixels"],
    }


@claim(
    "plans-for-few",
    "A head on features that are computed once is far better than learning from scratch, and so is "
    "fine-tuning; steps a hundred times as long undo it.",
    over=COLLECTIONS,
    holds={
        "features less scratch": "> 0.1",
        "fine-tuned less scratch": "> 0.1",
        "fine-tuned less too fast": "> 0.05",
    },
)
def plans_for_few(seed: int) -> dict[str, float]:
    """Train the plans of the lesson, as long as it does in the profile fast."""
    import keras

    keras.utils.set_random_seed(seed)
    (images, labels), (test, truth) = plans.few(seed, 10)
    scratch = plans.compiled(plans.whole(backbone.build()), transfer.RECIPES["scratch"].rate)
    scratch.fit(images, labels, epochs=15, batch_size=32, verbose=0)
    own = plans.accuracy(scratch, images, labels)
    found = {"scratch": plans.accuracy(scratch, test, truth), "scratch, its own pictures": own}
    plans.settle(scratch, images)
    found["scratch, settled"] = plans.accuracy(scratch, test, truth)
    head = plans.compiled(plans.head(), transfer.RECIPES["features"].rate)
    head.fit(
        transfer.features(plans.trained(), images), labels, epochs=60, batch_size=32, verbose=0
    )
    found["features"] = plans.accuracy(head, transfer.features(plans.trained(), test), truth)
    model, base = plans.frozen()
    model.fit(images, labels, epochs=30, batch_size=32, verbose=0)
    found["frozen"] = plans.accuracy(model, test, truth)
    after_head = model.get_weights()
    for name, factor, epochs in (("fine-tuned", 1, 40), ("too fast", 100, 8)):
        model.set_weights(after_head)
        plans.tune(
            model, base, images, labels, factor * transfer.RECIPES["frozen"].rate / 10, epochs
        )
        found[name] = plans.accuracy(model, test, truth)
    return found | {
        "settling gains": found["scratch, settled"] - found["scratch"],
        "features less scratch": found["features"] - found["scratch"],
        "fine-tuned less scratch": found["fine-tuned"] - found["scratch"],
        "fine-tuned less too fast": found["fine-tuned"] - found["too fast"],
    }


@claim(
    "awake-in-batches",
    "Awake, the base is read less well in mixed batches, far less in batches of one class, and "
    "afterwards it is another network.",
    over=COLLECTIONS,
    holds={"mixed": "> 0", "one class": "> 0.2", "afterwards": "> 0"},
)
def awake_in_batches(seed: int) -> dict[str, float]:
    """Ask a head for test pictures in batches of 20, its base asleep and awake."""
    import keras

    keras.utils.set_random_seed(seed)
    (images, labels), (test, truth) = plans.few(seed, 10)
    head = plans.compiled(plans.head(), transfer.RECIPES["features"].rate)
    head.fit(
        transfer.features(plans.trained(), images), labels, epochs=60, batch_size=32, verbose=0
    )
    awake = keras.models.clone_model(plans.trained())
    awake.set_weights(plans.trained().get_weights())
    for layer in awake.layers:
        layer.trainable = True

    def asked(order: np.ndarray, training: bool) -> float:
        parts = [order[k : k + 20] for k in range(0, len(order), 20)]
        found = np.concatenate([np.array(awake(test[p], training=training)) for p in parts])
        return float(np.mean(head.predict(found, verbose=0).argmax(axis=1) == truth[order]))

    mixed = np.random.default_rng(seed).permutation(len(truth))
    by_class = np.argsort(truth, kind="stable")
    asleep = asked(mixed, False)
    lost = {"mixed": asleep - asked(mixed, True), "one class": asleep - asked(by_class, True)}
    asked(by_class, True)
    return lost | {"afterwards": asleep - asked(mixed, False)}


@claim(
    "head-start",
    "With 5 and 10 pictures of each of ten characters, fine-tuning is ahead of the same layers "
    "from scratch, augmented for as long; with 20 there is no lead left.",
    over="10 collections by other people, in trainings of half the lesson's length",
    holds={
        "at 5": "> 0",
        "at 10": "> 0",
        "at 20": "-0.05 to 0.05",
        "at 5 less at 20": "> 0",
    },
)
def head_start(seed: int) -> dict[str, float]:
    """Compare fine-tuning with its control."""
    import keras

    found = {}
    for per_class in (5, 10, 20):
        keras.utils.set_random_seed(seed)
        (images, labels), (test, truth) = plans.few(seed, per_class)
        times = 10 / per_class  # with more pictures fewer epochs, so as many batches
        model, base = plans.frozen()
        model.fit(images, labels, epochs=round(15 * times), batch_size=32, verbose=0)
        rate = transfer.RECIPES["frozen"].rate / 10
        plans.tune(model, base, images, labels, rate, round(20 * times))
        control = plans.whole(backbone.build(), augmented=True)
        epochs = round(35 * times)
        plans.compiled(control, plans.falling(2e-3, len(images), epochs))
        control.fit(images, labels, epochs=epochs, batch_size=32, verbose=0)
        tuned, plain = (plans.accuracy(m, test, truth) for m in (model, control))
        found |= {f"fine-tuned at {per_class}": tuned, f"control at {per_class}": plain}
        found[f"at {per_class}"] = tuned - plain
    return found | {"at 5 less at 20": found["at 5"] - found["at 20"]}


@claim(
    "plans-in-order",
    "With ten pictures of each of 26 characters every plan is ahead of the one before it: scratch, "
    "augmented, frozen, fine-tuned; features computed once are ahead of the frozen base.",
    over="10 collections of 26 characters by other people; plans with a base train half as long",
    holds={
        "augmented less scratch": "> 0",
        "frozen less augmented": "> 0",
        "fine-tuned less frozen": "> 0",
        "features less frozen": "> 0",
    },
)
def plans_in_order(seed: int) -> dict[str, float]:
    """Train the five plans by their recipes, and compare each with the next."""
    found = {name: float(shares.mean()) for name, shares in _plans_of_26(seed).items()}
    pairs = [
        ("augmented", "scratch"),
        ("frozen", "augmented"),
        ("fine-tuned", "frozen"),
        ("features", "frozen"),
    ]
    return found | {f"{a} less {b}": found[a] - found[b] for a, b in pairs}


@claim(
    "look-alikes-gain",
    "From frozen to fine-tuned, characters that have look-alikes gain more than the others, in "
    "points and in the share of their errors.",
    over="10 collections of 26 characters by other people; plans with a base train half as long",
    holds={"points": "> 0", "share of errors": "> 0"},
)
def look_alikes_gain(seed: int) -> dict[str, float]:
    """Compare what fine-tuning gains among look-alikes and among all others."""
    shares = _plans_of_26(seed)
    frozen, tuned = (1 - shares[plan] for plan in ("frozen", "fine-tuned"))
    first = len(ALIKE)
    a, b = float(frozen[:first].mean()), float(tuned[:first].mean())
    c, d = float(frozen[first:].mean()), float(tuned[first:].mean())
    return {"points": (a - b) - (c - d), "share of errors": d / c - b / a}


@cache
def _plans_of_26(seed: int) -> dict[str, np.ndarray]:
    """Train all plans on ten pictures of each of 26; return the share of each that is right."""
    import keras

    chosen = [handwriting.CLASSES.index(character) for character in ALIKE + OTHERS]
    labels, asked = (np.repeat(np.arange(len(chosen)), n) for n in (10, 40))
    images, test = (
        handwriting.pictures(np.take(chosen, rows), seed=700 + seed, writers=writers)
        for rows, writers in ((labels, "train"), (asked, "test"))
    )
    found = {}
    for strategy in transfer.STRATEGIES:
        keras.utils.set_random_seed(seed)
        pictures = images, test
        if strategy == "features":
            pictures = tuple(transfer.features(plans.trained(), batch) for batch in pictures)
            model = transfer.feature_head(n_classes=len(chosen))
        elif strategy == "frozen":
            model = _frozen(len(chosen))
        elif strategy == "fine-tuned":
            model = transfer.unfreeze(model)  # goes on from the frozen one
        else:
            model = transfer.scratch_model(len(chosen), augmented=strategy == "augmented")
        epochs = transfer.epochs(strategy) // (1 if strategy in ("scratch", "augmented") else 2)
        rate = plans.falling(transfer.recipe(strategy).rate, len(images), epochs)
        model.optimizer.learning_rate = rate
        model.fit(pictures[0], labels, epochs=epochs, batch_size=32, verbose=0)
        right = model.predict(pictures[1], verbose=0).argmax(axis=1) == asked
        found[strategy] = right.reshape(len(chosen), -1).mean(axis=1)
    return found


def _frozen(n_classes: int):
    """Put a copy of the trained base, frozen, between augmentation and a head for the classes."""
    import keras

    base = keras.models.clone_model(plans.trained())
    base.set_weights(plans.trained().get_weights())
    base.trainable = False
    inputs = keras.Input(backbone.SHAPE)
    x = base(transfer.augmentation()(inputs), training=False)
    for layer in transfer.head(n_classes):
        x = layer(x)
    return transfer.compiled(keras.Model(inputs, x), transfer.RECIPES["frozen"].rate)
