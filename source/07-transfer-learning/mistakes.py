"""Wrong solutions of section 07, each with the words that its diagnosis must contain."""

from itertools import pairwise

import keras
import numpy as np
from keras import layers

from course.notebook.mistakes import mistake

mistake(
    "sizes",
    says="compare the bases",
    code="""
    heaviest_base = "VGG16"
    vgg_megabytes = 59
    head_parameters = 112_695
    """,
)
mistake(
    "sizes",
    says="That counts the top as well",
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 553
    head_parameters = 112_695
    """,
)
mistake(
    "sizes",
    says="A float32 takes 4 bytes",
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 15
    head_parameters = 112_695
    """,
)
mistake(
    "sizes",
    says="Each class has a bias, too",
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 59
    head_parameters = 112_640
    """,
)


@mistake("preprocess", says="Scaled to 0 to 1")
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(255)
    return values[..., ::-1] - np.array([103.939, 116.779, 123.68], "float32")


@mistake("preprocess", says="take 1 off after the division")
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(127.5)
    return values[..., ::-1] - np.array([103.939, 116.779, 123.68], "float32")


@mistake("preprocess", says="these weights want blue first")
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(127.5) - 1
    return values - np.array([103.939, 116.779, 123.68], "float32")


@mistake("preprocess", says="The means went to the wrong channels")
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(127.5) - 1
    return values[..., ::-1] - np.array([123.68, 116.779, 103.939], "float32")


@mistake("preprocess", says="writes into the array that it was given")
def preprocess(images, convention):
    values = images.astype("float32", copy=False)
    if convention == "-1 to 1":
        values /= np.float32(127.5)
        values -= 1
        return values
    return values[..., ::-1] - np.array([103.939, 116.779, 123.68], "float32")


@mistake("guesses", says="the most probable come first")
def guesses(probabilities, names, top):
    return [[(names[k], float(row[k])) for k in np.argsort(row)[:top]] for row in probabilities]


@mistake("guesses", says="not the most probable one first")
def guesses(probabilities, names, top):
    return [[(names[k], float(row[k])) for k in np.argsort(row)[-top:]] for row in probabilities]


@mistake("guesses", says="each picture has guesses of its own")
def guesses(probabilities, names, top):
    best = np.argsort(-probabilities.max(axis=0))[:top]
    return [[(names[k], float(row[k])) for k in best] for row in probabilities]


@mistake("guesses", says="look their names up")
def guesses(probabilities, names, top):
    return [[(int(k), float(row[k])) for k in np.argsort(-row)[:top]] for row in probabilities]


mistake(
    "passes",
    says="Computed once means once for each picture",
    code="""
    once_passes = 110_000
    frozen_passes = 16_500
    seconds_saved = 31.9
    again = {"augmentation", "fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    says="each passes the base again",
    code="""
    once_passes = 550
    frozen_passes = 550
    seconds_saved = 0
    again = {"augmentation", "fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    says="These are milliseconds",
    code="""
    once_passes = 550
    frozen_passes = 16_500
    seconds_saved = 31_900
    again = {"augmentation", "fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    says="its answers stay the same",
    code="""
    once_passes = 550
    frozen_passes = 16_500
    seconds_saved = 31.9
    again = {"more epochs", "augmentation", "fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    says="the stored features are not theirs",
    code="""
    once_passes = 550
    frozen_passes = 16_500
    seconds_saved = 31.9
    again = {"fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    says="its old answers are those of another network",
    code="""
    once_passes = 550
    frozen_passes = 16_500
    seconds_saved = 31.9
    again = {"augmentation", "another base"}
    """,
)


@mistake("mend", says="computed and then forgotten")
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    turned = layers.RandomRotation(0.03, **paper)(inputs)
    layers.RandomTranslation(0.08, 0.08, **paper)(turned)
    return keras.Model(inputs, layers.Dense(n_classes)(base(inputs, training=False)))


@mistake("mend", says="The base still learns")
def build_frozen(base, n_classes):
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    return keras.Model(inputs, layers.Dense(n_classes)(base(x, training=False)))


@mistake("mend", says="The head still ends in a softmax")
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    x = base(x, training=False)
    return keras.Model(inputs, layers.Dense(n_classes, activation="softmax")(x))


@mistake("mend", says="Nothing learns any more")
def build_frozen(base, n_classes):
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    model = keras.Model(inputs, layers.Dense(n_classes)(base(x, training=False)))
    model.trainable = False
    return model


@mistake("mend", says="use it itself, no new or cloned one")
def build_frozen(base, n_classes):
    fresh = keras.models.clone_model(base)
    fresh.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    return keras.Model(inputs, layers.Dense(n_classes)(fresh(x, training=False)))


@mistake("mend", says="Augmentation paints on a blank sheet")
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    ink = {"fill_mode": "constant", "fill_value": 0.0}
    x = layers.RandomRotation(0.03, **ink)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **ink)(x)
    return keras.Model(inputs, layers.Dense(n_classes)(base(x, training=False)))


mistake(
    "suits",
    says="A character in a mirror",
    code="""
    mirror = {"characters", "cells", "roofs"}
    any_turn = {"cells", "roofs"}
    small_turn = {"characters", "cells", "signs", "roofs"}
    """,
)
mistake(
    "suits",
    says="Turn left becomes turn right",
    code="""
    mirror = {"cells", "signs", "roofs"}
    any_turn = {"cells", "roofs"}
    small_turn = {"characters", "cells", "signs", "roofs"}
    """,
)
mistake(
    "suits",
    says="another one or none",
    code="""
    mirror = {"cells", "roofs"}
    any_turn = {"cells", "roofs", "signs"}
    small_turn = {"characters", "cells", "signs", "roofs"}
    """,
)
mistake(
    "suits",
    says="Ten degrees change no label",
    code="""
    mirror = {"cells", "roofs"}
    any_turn = {"cells", "roofs"}
    small_turn = {"cells", "roofs"}
    """,
)
mistake(
    "suits",
    says="neither an up nor a left",
    code="""
    mirror = {"cells"}
    any_turn = {"cells", "roofs"}
    small_turn = {"characters", "cells", "signs", "roofs"}
    """,
)


@mistake("norm", says="use the moving mean and variance")
def batch_norm(x, mean, variance, training):
    now_mean, now_variance = x.mean(axis=0), x.var(axis=0)
    normalised = (x - now_mean) / np.sqrt(now_variance + 0.001)
    if not training:
        return normalised, mean, variance
    return normalised, 0.99 * mean + 0.01 * now_mean, 0.99 * variance + 0.01 * now_variance


@mistake("norm", says="the batch's own mean and variance are used")
def batch_norm(x, mean, variance, training):
    normalised = (x - mean) / np.sqrt(variance + 0.001)
    if not training:
        return normalised, mean, variance
    followed = 0.99 * mean + 0.01 * x.mean(axis=0), 0.99 * variance + 0.01 * x.var(axis=0)
    return normalised, *followed


@mistake("norm", says="stay as they are")
def batch_norm(x, mean, variance, training):
    now = x.mean(axis=0), x.var(axis=0)
    used = now if training else (mean, variance)
    normalised = (x - used[0]) / np.sqrt(used[1] + 0.001)
    return normalised, 0.99 * mean + 0.01 * now[0], 0.99 * variance + 0.01 * now[1]


@mistake("norm", says="take a small step towards the batch's")
def batch_norm(x, mean, variance, training):
    used = (x.mean(axis=0), x.var(axis=0)) if training else (mean, variance)
    return (x - used[0]) / np.sqrt(used[1] + 0.001), mean, variance


@mistake("norm", says="Momentum is what stays of the old value")
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    now = x.mean(axis=0), x.var(axis=0)
    normalised = (x - now[0]) / np.sqrt(now[1] + 0.001)
    return normalised, 0.01 * mean + 0.99 * now[0], 0.01 * variance + 0.99 * now[1]


@mistake("norm", says="You divided by N − 1")
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    now = x.mean(axis=0), x.var(axis=0, ddof=1)
    normalised = (x - now[0]) / np.sqrt(now[1] + 0.001)
    return normalised, 0.99 * mean + 0.01 * now[0], 0.99 * variance + 0.01 * now[1]


@mistake("norm", says="each column has its own")
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    normalised = (x - x.mean()) / np.sqrt(x.var() + 0.001)
    return normalised, 0.99 * mean + 0.01 * x.mean(), 0.99 * variance + 0.01 * x.var()


@mistake("norm", says="The small number under the root is missing")
def batch_norm(x, mean, variance, training):
    used = (x.mean(axis=0), x.var(axis=0)) if training else (mean, variance)
    normalised = (x - used[0]) / np.sqrt(used[1])
    if not training:
        return normalised, mean, variance
    return normalised, 0.99 * mean + 0.01 * used[0], 0.99 * variance + 0.01 * used[1]


@mistake("learning", says="stays frozen, even among the last layers")
def learning(rows, last):
    return sum(count for _, count in rows[len(rows) - last :])


@mistake("learning", says="the whole list")
def learning(rows, last):
    return sum(count for kind, count in rows[-last:] if kind != "BatchNormalization")


@mistake("learning", says="You set the first layers free")
def learning(rows, last):
    return sum(count for kind, count in rows[:last] if kind != "BatchNormalization")


@mistake("steps", says="each step starts from the one before")
def steps(runs):
    found = []
    for run in runs[1:]:
        gain = float(np.mean(run) - np.mean(runs[0]))
        spread = max(np.std(r, ddof=1) for r in (runs[0], run))
        found.append((gain, bool(gain > spread)))
    return found


@mistake("steps", says="not the smaller one")
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        found.append((gain, bool(gain > min(np.std(r, ddof=1) for r in (before, after)))))
    return found


@mistake("steps", says="np.std needs ddof=1")
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        found.append((gain, bool(gain > max(np.std(before), np.std(after)))))
    return found


@mistake("steps", says="the best seed minus the worst")
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        found.append((gain, bool(gain > max(max(r) - min(r) for r in (before, after)))))
    return found


@mistake("steps", says="you gave points")
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        spread = max(np.std(r, ddof=1) for r in (before, after))
        found.append((100 * gain, bool(gain > spread)))
    return found


@mistake("steps", says="it may be luck")
def steps(runs):
    gains = [float(np.mean(after) - np.mean(before)) for before, after in pairwise(runs)]
    return [(gain, gain > 0) for gain in gains]


@mistake("split", says="shuffle first")
def three_parts(n, seed):
    order = np.arange(n)
    aside = n * 15 // 100 + n * 10 // 100
    return order[aside:], order[: n * 15 // 100], order[n * 15 // 100 : aside]


@mistake("split", says="training, validation, test")
def three_parts(n, seed):
    order = np.random.default_rng(seed).permutation(n)
    validation, test = n * 15 // 100, n * 10 // 100
    return order[:test], order[test : test + validation], order[test + validation :]


@mistake("split", says="must not have been trained on")
def three_parts(n, seed):
    rng = np.random.default_rng(seed)
    validation, test = n * 15 // 100, n * 10 // 100
    parts = n - validation - test, validation, test
    return tuple(rng.permutation(n)[:size] for size in parts)


@mistake("split", says="Round the sizes of validation and test down")
def three_parts(n, seed):
    order = np.random.default_rng(seed).permutation(n)
    train, validation = n * 75 // 100, n * 15 // 100
    return order[:train], order[train : train + validation], order[train + validation :]


@mistake("split", says="gives other parts each time")
def three_parts(n, seed):
    order = np.random.default_rng().permutation(n)
    aside = n * 15 // 100 + n * 10 // 100
    return order[aside:], order[: n * 15 // 100], order[n * 15 // 100 : aside]


@mistake("split", says="the seed is not used")
def three_parts(n, seed):
    order = np.random.default_rng(0).permutation(n)
    aside = n * 15 // 100 + n * 10 // 100
    return order[aside:], order[: n * 15 // 100], order[n * 15 // 100 : aside]


@mistake("split", says="shuffle first")
def three_parts(n, seed):
    order = np.arange(n)  # a few strays, the rest as it stands
    validation, test = n * 15 // 100, n * 10 // 100
    for place in (0, validation + 1 + seed % 5):
        order[[place, n - 1 - place]] = order[[n - 1 - place, place]]
    aside = validation + test
    return order[aside:], order[:validation], order[validation:aside]


@mistake("mend", says="computed and then forgotten")
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.0, **paper)(inputs)  # turns by nothing
    x = layers.RandomTranslation(0.0, 0.0, **paper)(x)
    return keras.Model(inputs, layers.Dense(n_classes)(base(x, training=False)))


@mistake("mend", says="lets nothing pass")
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    features = layers.Rescaling(0.0)(base(x, training=False))
    return keras.Model(inputs, layers.Dense(n_classes)(features))


@mistake("mend", says="The base is told training=True")
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    return keras.Model(inputs, layers.Dense(n_classes)(base(x, training=True)))


@mistake("steps", says="You compared the best seeds")
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(max(after) - max(before))
        spread = max(np.std(r, ddof=1) for r in (before, after))
        found.append((gain, bool(gain > spread)))
    return found


@mistake("mend", says="Something else happens to the picture")
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    x = layers.Rescaling(1 / 255)(x)
    x = base(x, training=False)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", says="A flipped character")
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomFlip("horizontal")(inputs)
    x = layers.RandomRotation(0.03, **paper)(x)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    x = base(x, training=False)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", says="The head is not given what the base makes")
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    x = layers.Rescaling(2.0)(base(x, training=False))
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", says="mirrors ink")
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = layers.RandomRotation(0.03)(inputs)
    x = layers.RandomTranslation(0.08, 0.08)(x)  # both fill by "reflect"
    x = base(x, training=False)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("steps", says="keep its sign")
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        spread = max(np.std(run, ddof=1) for run in (before, after))
        found.append((gain, bool(abs(gain) > spread)))
    return found


@mistake("steps", says="only equals the spread")
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        spread = max(np.std(run, ddof=1) for run in (before, after))
        found.append((gain, bool(gain >= spread)))
    return found


@mistake("split", says="Round the sizes of validation and test down")
def three_parts(n, seed):
    order = np.random.default_rng(seed).permutation(n)
    validation, test = round(0.15 * n), round(0.1 * n)
    aside = validation + test
    return order[aside:], order[:validation], order[validation:aside]
