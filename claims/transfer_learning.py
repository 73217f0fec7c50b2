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
    "plans-for-55",
    "On all 55 characters, with ten pictures of each, every plan is ahead of the one before it: "
    "scratch, augmented, frozen, fine-tuned; features computed once are ahead of the frozen base.",
    over="10 collections of all characters by other people",
    holds={
        "augmented less scratch": "> 0",
        "frozen less augmented": "> 0",
        "fine-tuned less frozen": "> 0",
        "features less frozen": "> 0",
    },
    unmeasured="ten seeds of five plans take some four hours; benchmarks/transfer.py has run three",
)
def plans_for_55(seed: int) -> dict[str, float]:
    """Train the five plans on all characters, by their recipes, and compare each with the next."""
    found = {name: _of_55(name, seed)[0] for name in transfer.STRATEGIES}
    pairs = [
        ("augmented", "scratch"),
        ("frozen", "augmented"),
        ("fine-tuned", "frozen"),
        ("features", "frozen"),
    ]
    return found | {f"{a} less {b}": found[a] - found[b] for a, b in pairs}


@claim(
    "look-alikes-gain",
    "From frozen to fine-tuned, characters that have look-alikes gain more, in points and in the "
    "share of their errors.",
    over="10 collections of all characters by other people",
    holds={"points": "> 0", "share of errors": "> 0"},
    unmeasured="as plans-for-55",
)
def look_alikes_gain(seed: int) -> dict[str, float]:
    """Compare what fine-tuning gains among look-alikes and among all others."""
    frozen, tuned = (1 - _of_55(name, seed)[1] for name in ("frozen", "fine-tuned"))
    alike = np.isin(list(handwriting.CLASSES), list("人大夫天太犬木本王玉主牛羊"))
    before, after = ([wrong[w].mean() for w in (alike, ~alike)] for wrong in (frozen, tuned))
    return {
        "points": float((before[0] - after[0]) - (before[1] - after[1])),
        "share of errors": float(after[1] / before[1] - after[0] / before[0]),
    }


@cache
def _of_55(strategy: str, seed: int) -> tuple[float, np.ndarray]:
    """Train a plan on ten pictures of each of the 55: accuracy, and accuracy of each character."""
    import keras

    keras.utils.set_random_seed(seed)
    labels, asked = (np.repeat(np.arange(len(handwriting.CLASSES)), n) for n in (10, 40))
    images = handwriting.pictures(labels, seed=700 + seed, writers="train")
    test = handwriting.pictures(asked, seed=700 + seed, writers="test")
    if strategy == "features":
        images, test = (transfer.features(plans.trained(), batch) for batch in (images, test))
        model = transfer.feature_head()
    elif strategy in ("frozen", "fine-tuned"):
        base = keras.models.clone_model(plans.trained())
        base.set_weights(plans.trained().get_weights())
        base.trainable = False
        layers = [keras.Input(backbone.SHAPE), transfer.augmentation(), base, *transfer.head()]
        model = transfer.compiled(keras.Sequential(layers), transfer.RECIPES["frozen"].rate)
    else:
        model = transfer.scratch_model(augmented=strategy == "augmented")
    steps = ["frozen", "fine-tuned"] if strategy == "fine-tuned" else [strategy]
    for step in steps:
        if step == "fine-tuned":
            model = transfer.unfreeze(model)
        model.optimizer.learning_rate = transfer.schedule(step)
        model.fit(images, labels, epochs=transfer.epochs(step), batch_size=32, verbose=0)
    right = model.predict(test, verbose=0).argmax(axis=1) == asked
    return float(right.mean()), right.reshape(-1, 40).mean(axis=1)
