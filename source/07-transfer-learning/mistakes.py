"""Wrong solutions of section 7, each with the words that tell whoever makes it what went wrong."""

from itertools import pairwise

import keras
import numpy as np
from keras import layers

from course.notebook.mistakes import mistake

LARGEST_WHOLE = "That is the largest as a whole, and most of it is the top: compare the bases."
WITH_TOP = "That counts the top as well: without it VGG16 is a tenth of its size."
BYTES_EACH = "A float32 takes 4 bytes."
NO_HEAD_BIAS = "Each class has a bias, too."
SCALED_TO_ONE = "Scaled to 0 to 1: this convention goes from −1 to 1."
NOT_CENTRED = "The range is 0 to 2: take 1 off after the division."
NOT_REVERSED = "The channels still stand as red, green, blue; these weights want blue first."
RGB_MEAN = (
    "The means went to the wrong channels: 103.939 belongs to blue, which comes first once the "
    "channels are reversed."
)
ONCE_A_PICTURE = "Computed once means once for each picture, however many epochs follow."
ANOTHER_EPOCH = "With augmentation each epoch shows other pictures: each passes the base again."
ALWAYS_BATCH = (
    "Outside of training there is no batch to speak of: use the moving mean and variance."
)
ALWAYS_MOVING = "In training the batch's own mean and variance are used, not the moving ones."
MOVED_ASLEEP = "Outside of training the moving mean and variance stay as they are."
NOT_MOVED = "In training the moving mean and variance take a small step towards the batch's."
MOMENTUM_REVERSED = "Momentum is what stays of the old value; the rest comes from the batch."
BESSEL = "You divided by N − 1: Keras takes the mean of the squares, with N."
WHOLE_MEAN = "One mean for everything: each column has its own."
NO_EPSILON = "The small number under the root is missing, or it is not 0.001."
FROM_FIRST = "You compared with the first strategy: each step starts from the one before."
TOO_EASY = "A gain must beat the larger of the two spreads, not the smaller one."
NOT_LESS_ONE = "You divided by N: np.std needs ddof=1 to divide by N − 1."
RANGE = "That is the best seed minus the worst: the spread is the standard deviation."
IN_POINTS = "The gain is a share, such as 0.1; you gave points."
ANY_GAIN = "Any gain counts as clear here: it may be luck. Compare it with the spread."
BEST_SEEDS = "You compared the best seeds: the gain is a difference of means."
LOSS_IS_NO_GAIN = "A step down is no gain, however large it is: keep its sign."
TIED = "A gain that only equals the spread is not greater than it."
HEAD_IS_FREE = "The base does not care what the head learns afterwards: its answers stay the same."
PICTURES_CHANGE = "Augmented pictures are new pictures, so the stored features are not theirs."
BASE_CHANGES = "When the base changes, its old answers are those of another network."
NOT_WIRED = (
    "The picture reaches the base as it is: nothing between input and base turns or moves it, for "
    "Keras forgets what is computed and not handed on. Give the base the augmented picture."
)
ONE_OF_TWO = (
    "Only one of the two changes reaches the base: hand the picture on, from the first one to the "
    "second, and from the second to the base."
)
TURNED_BY_NOTHING = "A factor of 0 changes nothing: the picture is neither turned nor moved."
BYPASSED = (
    "Other pictures, or pictures that are turned, get the same answer: something stands between "
    "picture, base and head that lets nothing pass."
)
MORE_ON_THE_WAY = (
    "Something else happens to the picture on its way to the base: it takes pixels from 0 to 255 "
    "as they are, and here only turning and moving was meant."
)
FEATURES_CHANGED = (
    "The head is not given what the base makes of the picture: something changes its features on "
    "their way to the head."
)
NOT_FROZEN = "The base still learns: freeze it before the model is compiled, trainable = False."
AWAKE_BASE = (
    "The base is told training=True: asked as model(images), it behaves as in training, and its "
    "dropout and its batch normalisation, once it is free, are awake. The old base is to sleep: "
    "training=False."
)
HEAD_FROZEN = "Nothing learns any more: the head has to."
SOFTMAX_LEFT = "The head still ends in a softmax: logits have no activation."
FRESH_BASE = (
    "The base in the model has other weights than the one that you were given: use it itself, no "
    "new or cloned one."
)
FLIPPED = "A flipped character is another one, or none: the label would be wrong."
PAINTED = "What comes in from outside is ink here: the gap must be filled with paper, 255."
REFLECTED = (
    "Where the picture is moved away, its own ink comes in as in a mirror, which is the default: "
    'fill the gap with paper, fill_mode="constant" and the value that paper has.'
)
ALL_FREE = (
    "The whole base learns: only one of its blocks was to be unfrozen. What is set for the base is "
    "set for all its layers, so set it before them."
)
NORM_FREE = "A BatchNormalization learns: it stays frozen, even in the block that is unfrozen."
STILL_FROZEN = "Nothing of the base learns: its block was to be unfrozen."
ALL_BUT = "All other blocks learn, and this one does not: it is the wrong way round."
NEW_BASE = "The base in the model is a new one, with other weights: use the given one itself."
AWAKE = "The base is told training=True: the old base is to sleep, training=False."
PROBABILITIES = "The head ends in a softmax: logits have no activation."

mistake(
    "sizes",
    words=LARGEST_WHOLE,
    code="""
    heaviest_base = "VGG16"
    vgg_megabytes = 59
    head_parameters = 112_695
    """,
)
mistake(
    "sizes",
    words=WITH_TOP,
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 553
    head_parameters = 112_695
    """,
)
mistake(
    "sizes",
    words=BYTES_EACH,
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 15
    head_parameters = 112_695
    """,
)
mistake(
    "sizes",
    words=NO_HEAD_BIAS,
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 59
    head_parameters = 112_640
    """,
)


mistake(
    "sizes",
    words=BYTES_EACH,
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 118
    head_parameters = 112695
    """,
)
mistake(
    "sizes",
    words="A megabyte is a million bytes here; you divided by 1,048,576.",
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 56
    head_parameters = 112695
    """,
)
mistake(
    "sizes",
    words=NO_HEAD_BIAS,
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 59
    head_parameters = 112641
    """,
)
mistake(
    "sizes",
    words="There is a bias for each class, not for each feature.",
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 59
    head_parameters = 114688
    """,
)


@mistake("preprocess", words=SCALED_TO_ONE)
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(255)
    return values[..., ::-1] - np.array([103.939, 116.779, 123.68], "float32")


@mistake("preprocess", words=NOT_CENTRED)
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(127.5)
    return values[..., ::-1] - np.array([103.939, 116.779, 123.68], "float32")


@mistake("preprocess", words=NOT_REVERSED)
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(127.5) - 1
    return values - np.array([103.939, 116.779, 123.68], "float32")


@mistake("preprocess", words=RGB_MEAN)
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


@mistake("preprocess", words=NOT_REVERSED)
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(127.5) - 1
    return values - np.array([123.68, 116.779, 103.939], "float32")


@mistake("preprocess", words="The channels are reversed, but the means are not taken off.")
def preprocess(images, convention):
    values = images.astype("float32")
    return values / np.float32(127.5) - 1 if convention == "-1 to 1" else values[..., ::-1]


@mistake(
    "preprocess",
    words="Scaled as well: this convention takes the means off and leaves the size alone.",
)
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(127.5) - 1
    means = np.array([103.939, 116.779, 123.68], "float32")
    return (values[..., ::-1] - means) / np.float32(127.5)


mistake(
    "passes",
    words=ONCE_A_PICTURE,
    code="""
    once_passes = 1
    frozen_passes = 16500
    seconds_saved = 31.9
    again = {"augmentation", "fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    words=ANOTHER_EPOCH,
    code="""
    once_passes = 550
    frozen_passes = 30
    seconds_saved = 31.9
    again = {"augmentation", "fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    words="The features plan needs some passes, too: take them off.",
    code="""
    once_passes = 550
    frozen_passes = 16500
    seconds_saved = 33.0
    again = {"augmentation", "fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    words=ONCE_A_PICTURE,
    code="""
    once_passes = 110_000
    frozen_passes = 16_500
    seconds_saved = 31.9
    again = {"augmentation", "fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    words=ANOTHER_EPOCH,
    code="""
    once_passes = 550
    frozen_passes = 550
    seconds_saved = 0
    again = {"augmentation", "fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    words="These are milliseconds: seconds were asked for.",
    code="""
    once_passes = 550
    frozen_passes = 16_500
    seconds_saved = 31_900
    again = {"augmentation", "fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    words=HEAD_IS_FREE,
    code="""
    once_passes = 550
    frozen_passes = 16_500
    seconds_saved = 31.9
    again = {"more epochs", "augmentation", "fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    words=PICTURES_CHANGE,
    code="""
    once_passes = 550
    frozen_passes = 16_500
    seconds_saved = 31.9
    again = {"fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    words=BASE_CHANGES,
    code="""
    once_passes = 550
    frozen_passes = 16_500
    seconds_saved = 31.9
    again = {"augmentation", "another base"}
    """,
)


@mistake("mend", words=NOT_WIRED)
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    turned = layers.RandomRotation(0.03, **paper)(inputs)
    layers.RandomTranslation(0.08, 0.08, **paper)(turned)
    return keras.Model(inputs, layers.Dense(n_classes)(base(inputs, training=False)))


@mistake("mend", words=NOT_FROZEN)
def build_frozen(base, n_classes):
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    return keras.Model(inputs, layers.Dense(n_classes)(base(x, training=False)))


@mistake("mend", words=SOFTMAX_LEFT)
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    x = base(x, training=False)
    return keras.Model(inputs, layers.Dense(n_classes, activation="softmax")(x))


@mistake("mend", words=HEAD_FROZEN)
def build_frozen(base, n_classes):
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    model = keras.Model(inputs, layers.Dense(n_classes)(base(x, training=False)))
    model.trainable = False
    return model


@mistake("mend", words=FRESH_BASE)
def build_frozen(base, n_classes):
    fresh = keras.models.clone_model(base)
    fresh.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    return keras.Model(inputs, layers.Dense(n_classes)(fresh(x, training=False)))


@mistake("mend", words=PAINTED)
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    ink = {"fill_mode": "constant", "fill_value": 0.0}
    x = layers.RandomRotation(0.03, **ink)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **ink)(x)
    return keras.Model(inputs, layers.Dense(n_classes)(base(x, training=False)))


@mistake("norm", words=ALWAYS_BATCH)
def batch_norm(x, mean, variance, training):
    now_mean, now_variance = x.mean(axis=0), x.var(axis=0)
    normalised = (x - now_mean) / np.sqrt(now_variance + 0.001)
    if not training:
        return normalised, mean, variance
    return normalised, 0.99 * mean + 0.01 * now_mean, 0.99 * variance + 0.01 * now_variance


@mistake("norm", words=ALWAYS_BATCH)
def batch_norm(x, mean, variance, training):
    now_mean, now_variance = x.mean(axis=0), x.var(axis=0)
    normalised = (x - now_mean) / np.sqrt(now_variance + 0.001)
    return normalised, 0.99 * mean + 0.01 * now_mean, 0.99 * variance + 0.01 * now_variance


@mistake("norm", words="You divided by the variance: its root is the spread.")
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / (variance + 0.001), mean, variance
    now_mean, now_variance = x.mean(axis=0), x.var(axis=0)
    normalised = (x - now_mean) / (now_variance + 0.001)
    return normalised, 0.99 * mean + 0.01 * now_mean, 0.99 * variance + 0.01 * now_variance


@mistake("norm", words=ALWAYS_MOVING)
def batch_norm(x, mean, variance, training):
    normalised = (x - mean) / np.sqrt(variance + 0.001)
    if not training:
        return normalised, mean, variance
    followed = 0.99 * mean + 0.01 * x.mean(axis=0), 0.99 * variance + 0.01 * x.var(axis=0)
    return normalised, *followed


@mistake("norm", words=MOVED_ASLEEP)
def batch_norm(x, mean, variance, training):
    now = x.mean(axis=0), x.var(axis=0)
    used = now if training else (mean, variance)
    normalised = (x - used[0]) / np.sqrt(used[1] + 0.001)
    return normalised, 0.99 * mean + 0.01 * now[0], 0.99 * variance + 0.01 * now[1]


@mistake("norm", words=NOT_MOVED)
def batch_norm(x, mean, variance, training):
    used = (x.mean(axis=0), x.var(axis=0)) if training else (mean, variance)
    return (x - used[0]) / np.sqrt(used[1] + 0.001), mean, variance


@mistake("norm", words=MOMENTUM_REVERSED)
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    now = x.mean(axis=0), x.var(axis=0)
    normalised = (x - now[0]) / np.sqrt(now[1] + 0.001)
    return normalised, 0.01 * mean + 0.99 * now[0], 0.01 * variance + 0.99 * now[1]


@mistake("norm", words=BESSEL)
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    now = x.mean(axis=0), x.var(axis=0, ddof=1)
    normalised = (x - now[0]) / np.sqrt(now[1] + 0.001)
    return normalised, 0.99 * mean + 0.01 * now[0], 0.99 * variance + 0.01 * now[1]


@mistake("norm", words=WHOLE_MEAN)
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    normalised = (x - x.mean()) / np.sqrt(x.var() + 0.001)
    return normalised, 0.99 * mean + 0.01 * x.mean(), 0.99 * variance + 0.01 * x.var()


@mistake("norm", words=NO_EPSILON)
def batch_norm(x, mean, variance, training):
    used = (x.mean(axis=0), x.var(axis=0)) if training else (mean, variance)
    normalised = (x - used[0]) / np.sqrt(used[1])
    if not training:
        return normalised, mean, variance
    return normalised, 0.99 * mean + 0.01 * used[0], 0.99 * variance + 0.01 * used[1]


@mistake("steps", words=FROM_FIRST)
def steps(runs):
    found = []
    for run in runs[1:]:
        gain = float(np.mean(run) - np.mean(runs[0]))
        spread = max(np.std(r, ddof=1) for r in (runs[0], run))
        found.append((gain, bool(gain > spread)))
    return found


@mistake("steps", words=TOO_EASY)
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        found.append((gain, bool(gain > min(np.std(r, ddof=1) for r in (before, after)))))
    return found


@mistake("steps", words=NOT_LESS_ONE)
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        found.append((gain, bool(gain > max(np.std(before), np.std(after)))))
    return found


@mistake("steps", words=RANGE)
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        found.append((gain, bool(gain > max(max(r) - min(r) for r in (before, after)))))
    return found


@mistake("steps", words=IN_POINTS)
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        spread = max(np.std(r, ddof=1) for r in (before, after))
        found.append((100 * gain, bool(gain > spread)))
    return found


@mistake("steps", words=ANY_GAIN)
def steps(runs):
    gains = [float(np.mean(after) - np.mean(before)) for before, after in pairwise(runs)]
    return [(gain, gain > 0) for gain in gains]


@mistake("mend", words=TURNED_BY_NOTHING)
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.0, **paper)(inputs)  # turns by nothing
    x = layers.RandomTranslation(0.0, 0.0, **paper)(x)
    return keras.Model(inputs, layers.Dense(n_classes)(base(x, training=False)))


@mistake("mend", words=BYPASSED)
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    features = layers.Rescaling(0.0)(base(x, training=False))
    return keras.Model(inputs, layers.Dense(n_classes)(features))


@mistake("mend", words=AWAKE_BASE)
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    return keras.Model(inputs, layers.Dense(n_classes)(base(x, training=True)))


@mistake("steps", words=BEST_SEEDS)
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(max(after) - max(before))
        spread = max(np.std(r, ddof=1) for r in (before, after))
        found.append((gain, bool(gain > spread)))
    return found


@mistake("mend", words=MORE_ON_THE_WAY)
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    x = layers.Rescaling(1 / 255)(x)
    x = base(x, training=False)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=FLIPPED)
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomFlip("horizontal")(inputs)
    x = layers.RandomRotation(0.03, **paper)(x)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    x = base(x, training=False)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=FEATURES_CHANGED)
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    x = layers.Rescaling(2.0)(base(x, training=False))
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=REFLECTED)
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = layers.RandomRotation(0.03)(inputs)
    x = layers.RandomTranslation(0.08, 0.08)(x)  # both fill by "reflect"
    x = base(x, training=False)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("steps", words=LOSS_IS_NO_GAIN)
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        spread = max(np.std(run, ddof=1) for run in (before, after))
        found.append((gain, bool(abs(gain) > spread)))
    return found


@mistake("steps", words=TIED)
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        spread = max(np.std(run, ddof=1) for run in (before, after))
        found.append((gain, bool(gain >= spread)))
    return found


@mistake("mend", words=NOT_WIRED, each={"LAST": (None, "softmax")})
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = base(inputs, training=False)
    return keras.Model(inputs, layers.Dense(n_classes, activation=LAST)(x))


@mistake("mend", words=ONE_OF_TWO)
def build_frozen(base, n_classes):
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    turned = layers.RandomRotation(0.03, **paper)(inputs)
    x = base(turned, training=False)
    return keras.Model(inputs, layers.Dense(n_classes, activation="softmax")(x))


@mistake("mend", words=NOT_FROZEN)
def build_frozen(base, n_classes):
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    x = base(x, training=False)
    return keras.Model(inputs, layers.Dense(n_classes, activation="softmax")(x))


@mistake("set-one-free", words=ALL_FREE)
def set_free(base, block, n_classes):
    base.trainable = True
    inputs = keras.Input(base.input_shape[1:])
    return keras.Model(inputs, layers.Dense(n_classes)(base(inputs, training=False)))


@mistake("set-one-free", words=ALL_FREE)
def set_free(base, block, n_classes):
    base.trainable = True
    for layer in base.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    return keras.Model(inputs, layers.Dense(n_classes)(base(inputs, training=False)))


@mistake("set-one-free", words=NORM_FREE)
def set_free(base, block, n_classes):
    base.trainable = True
    for layer in base.layers:
        layer.trainable = layer.name.startswith(f"{block}_")
    inputs = keras.Input(base.input_shape[1:])
    return keras.Model(inputs, layers.Dense(n_classes)(base(inputs, training=False)))


@mistake("set-one-free", words=STILL_FROZEN)
def set_free(base, block, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    return keras.Model(inputs, layers.Dense(n_classes)(base(inputs, training=False)))


@mistake("set-one-free", says="the underscore belongs to what it begins with")
def set_free(base, block, n_classes):
    base.trainable = True
    for layer in base.layers:
        own = layer.name.startswith(block)
        layer.trainable = own and not isinstance(layer, layers.BatchNormalization)
    inputs = keras.Input(base.input_shape[1:])
    return keras.Model(inputs, layers.Dense(n_classes)(base(inputs, training=False)))


@mistake("set-one-free", words=ALL_BUT)
def set_free(base, block, n_classes):
    base.trainable = True
    for layer in base.layers:
        other = not layer.name.startswith(f"{block}_")
        layer.trainable = other and not isinstance(layer, layers.BatchNormalization)
    inputs = keras.Input(base.input_shape[1:])
    return keras.Model(inputs, layers.Dense(n_classes)(base(inputs, training=False)))


@mistake("set-one-free", words=NEW_BASE)
def set_free(base, block, n_classes):
    base = keras.models.clone_model(base)
    base.trainable = True
    for layer in base.layers:
        own = layer.name.startswith(f"{block}_")
        layer.trainable = own and not isinstance(layer, layers.BatchNormalization)
    inputs = keras.Input(base.input_shape[1:])
    return keras.Model(inputs, layers.Dense(n_classes)(base(inputs, training=False)))


@mistake("set-one-free", words=AWAKE)
def set_free(base, block, n_classes):
    base.trainable = True
    for layer in base.layers:
        own = layer.name.startswith(f"{block}_")
        layer.trainable = own and not isinstance(layer, layers.BatchNormalization)
    inputs = keras.Input(base.input_shape[1:])
    return keras.Model(inputs, layers.Dense(n_classes)(base(inputs, training=True)))


@mistake("set-one-free", words=PROBABILITIES)
def set_free(base, block, n_classes):
    base.trainable = True
    for layer in base.layers:
        own = layer.name.startswith(f"{block}_")
        layer.trainable = own and not isinstance(layer, layers.BatchNormalization)
    inputs = keras.Input(base.input_shape[1:])
    x = base(inputs, training=False)
    return keras.Model(inputs, layers.Dense(n_classes, activation="softmax")(x))


mistake(
    "sizes",
    words="32 bits are 4 bytes: a byte has 8 bits.",
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 471
    head_parameters = 112_695
    """,
)


@mistake(
    "preprocess", words="You reversed the columns of the picture: the channels are the last axis."
)
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(127.5) - 1
    return values[:, :, ::-1] - np.array([103.939, 116.779, 123.68], "float32")


@mistake(
    "norm",
    words=(
        "You normalised with the moving mean and variance after their step: in training it is "
        "the batch's own that are used."
    ),
)
def batch_norm(x, mean, variance, training):
    if training:
        mean = 0.99 * mean + 0.01 * x.mean(axis=0)
        variance = 0.99 * variance + 0.01 * x.var(axis=0)
    return (x - mean) / np.sqrt(variance + 0.001), mean, variance


@mistake(
    "norm",
    words="Three things are asked for: the normalised batch, the moving mean and the variance.",
)
def batch_norm(x, mean, variance, training):
    used = (x.mean(axis=0), x.var(axis=0)) if training else (mean, variance)
    return (x - used[0]) / np.sqrt(used[1] + 0.001)


@mistake("norm", words="The 0.001 stands under the root: add it to the variance, not to its root.")
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / (np.sqrt(variance) + 0.001), mean, variance
    now = x.mean(axis=0), x.var(axis=0)
    normalised = (x - now[0]) / (np.sqrt(now[1]) + 0.001)
    return normalised, 0.99 * mean + 0.01 * now[0], 0.99 * variance + 0.01 * now[1]


@mistake("steps", words="The sign is turned: take the mean of the one before off.")
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(before) - np.mean(after))
        spread = max(np.std(run, ddof=1) for run in (before, after))
        found.append((gain, bool(gain > spread)))
    return found


@mistake("steps", words="You added the two spreads up: a gain must beat the larger one of them.")
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        spread = np.std(before, ddof=1) + np.std(after, ddof=1)
        found.append((gain, bool(gain > spread)))
    return found


@mistake(
    "steps",
    words="You took the spread of one strategy only: a gain must beat the larger one of both.",
    each={"WHICH": (0, 1)},
)
def steps(runs):
    found = []
    for pair in pairwise(runs):
        gain = float(np.mean(pair[1]) - np.mean(pair[0]))
        found.append((gain, bool(gain > np.std(pair[WHICH], ddof=1))))
    return found


mistake(
    "sizes",
    words="You cut the digits off: rounded to a whole number it is one more.",
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 58
    head_parameters = 112_695
    """,
)
mistake(
    "sizes",
    words="It is not rounded: the megabytes are to be a whole number.",
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 58.858752
    head_parameters = 112_695
    """,
)
mistake(
    "sizes",
    words="Another base is heavier: compare all of them in the last column.",
    code="""
    heaviest_base = "Xception"
    vgg_megabytes = 59
    head_parameters = 112_695
    """,
)
mistake(
    "sizes",
    words="Another base is heavier: compare all of them in the last column.",
    code="""
    heaviest_base = "MobileNetV2"
    vgg_megabytes = 59
    head_parameters = 112_695
    """,
)
mistake(
    "sizes",
    words="You added features and classes: each class has a weight for each feature.",
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 59
    head_parameters = 2_103
    """,
)
mistake(
    "sizes",
    words="You counted the base as well: the head alone was asked for.",
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 59
    head_parameters = 20_974_175
    """,
)
mistake(
    "sizes",
    words="The base averages over the places: a picture has one number for each feature.",
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 59
    head_parameters = 5_519_415
    """,
)
mistake(
    "sizes",
    words="Those are ImageNet's 1,000 classes: the new head has 55.",
    code="""
    heaviest_base = "ResNet50"
    vgg_megabytes = 59
    head_parameters = 2_049_000
    """,
)
mistake(
    "passes",
    words="The sign is turned: the features plan saves time.",
    code="""
    once_passes = 550
    frozen_passes = 16_500
    seconds_saved = -31.9
    again = {"augmentation", "fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    words="The frozen plan trains for its own number of epochs, not for that of the features plan.",
    code="""
    once_passes = 550
    frozen_passes = 110_000
    seconds_saved = 218.9
    again = {"augmentation", "fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    words="Each picture passes the base once in an epoch: nothing goes back through a frozen base.",
    code="""
    once_passes = 550
    frozen_passes = 33_000
    seconds_saved = 64.9
    again = {"augmentation", "fine-tuning", "another base"}
    """,
)
mistake(
    "passes",
    words="The frozen plan has no stored features: its first epoch takes passes, too.",
    code="""
    once_passes = 550
    frozen_passes = 15_950
    seconds_saved = 30.8
    again = {"augmentation", "fine-tuning", "another base"}
    """,
)


PIXELS_OWN = (
    "You went by the values that occur in these pictures: what becomes −1 and 1 is always 0 and "
    "255."
)


@mistake("preprocess", words=PIXELS_OWN)
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / values.max() * 2 - 1
    return values[..., ::-1] - np.array([103.939, 116.779, 123.68], "float32")


@mistake("preprocess", words=PIXELS_OWN)
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        with np.errstate(all="ignore"):
            return (values - values.min()) / (values.max() - values.min()) * 2 - 1
    return values[..., ::-1] - np.array([103.939, 116.779, 123.68], "float32")


@mistake(
    "preprocess",
    words="One channel is there twice: when it was written over the other, that one was lost.",
)
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(127.5) - 1
    values[..., 0] = values[..., 2]
    return values - np.array([103.939, 116.779, 123.68], "float32")


@mistake(
    "preprocess",
    words="One channel is there twice: when it was written over the other, that one was lost.",
)
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(127.5) - 1
    values[..., 2] = values[..., 0]
    return values - np.array([103.939, 116.779, 123.68], "float32")


@mistake("preprocess", words="Pictures of any dtype come: what is returned is always float32.")
def preprocess(images, convention):
    values = images.astype("float32") if images.dtype == "uint8" else images.copy()
    if convention == "-1 to 1":
        return values / 127.5 - 1
    return values[..., ::-1] - np.array([103.939, 116.779, 123.68], values.dtype)


@mistake("preprocess", words="Only the first picture comes back: a batch may hold many.")
def preprocess(images, convention):
    values = images[:1].astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(127.5) - 1
    return values[..., ::-1] - np.array([103.939, 116.779, 123.68], "float32")


@mistake("preprocess", words="You cut negative values off: they belong to this convention.")
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(127.5) - 1
    return np.maximum(values[..., ::-1] - np.array([103.939, 116.779, 123.68], "float32"), 0)


@mistake(
    "preprocess",
    words="You took the means of these pictures: those of ImageNet are meant, three fixed numbers.",
)
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(127.5) - 1
    return values[..., ::-1] - values[..., ::-1].mean(axis=(0, 1, 2))


@mistake(
    "preprocess",
    words="The channels are moved on by one place: red and blue change places, and green stays.",
    each={"BY": (1, -1)},
)
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values / np.float32(127.5) - 1
    return np.roll(values, BY, axis=-1) - np.array([103.939, 116.779, 123.68], "float32")


@mistake(
    "preprocess",
    words="Your middle and width are near, but not it: half of 255 is no whole number.",
    each={"MIDDLE": (127, 128)},
)
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return (values - MIDDLE) / np.float32(128)
    return values[..., ::-1] - np.array([103.939, 116.779, 123.68], "float32")


@mistake(
    "norm",
    words="The statistics are those of the rows: each column has its own, over the batch.",
)
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    own, spread = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    followed = 0.99 * mean + 0.01 * own.mean(), 0.99 * variance + 0.01 * spread.mean()
    return (x - own) / np.sqrt(spread + 0.001), *followed


@mistake(
    "norm",
    words="The moving ones become those of this batch: they take a small step towards them only.",
)
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    own, spread = x.mean(axis=0), x.var(axis=0)
    return (x - own) / np.sqrt(spread + 0.001), own, spread


@mistake("norm", words="The moving variance follows a standard deviation: it follows the variance.")
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    own, spread = x.mean(axis=0), x.var(axis=0)
    followed = 0.99 * mean + 0.01 * own, 0.99 * variance + 0.01 * np.sqrt(spread)
    return (x - own) / np.sqrt(spread + 0.001), *followed


@mistake(
    "norm",
    words="The step of the moving ones has another size: compare the two shares with the task.",
    each={"STAYS": (0.9, 0.95, 0.999, 0.5)},
)
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    own, spread = x.mean(axis=0), x.var(axis=0)
    followed = STAYS * mean + (1 - STAYS) * own, STAYS * variance + (1 - STAYS) * spread
    return (x - own) / np.sqrt(spread + 0.001), *followed


@mistake(
    "norm",
    words="The batch's variance is measured from its own mean: you took the moving one.",
)
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    own, spread = x.mean(axis=0), ((x - mean) ** 2).mean(axis=0)
    followed = 0.99 * mean + 0.01 * own, 0.99 * variance + 0.01 * spread
    return (x - own) / np.sqrt(spread + 0.001), *followed


@mistake(
    "norm",
    words="The moving variance follows that of the normalised batch: take it before, from `x`.",
)
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    own, spread = x.mean(axis=0), x.var(axis=0)
    normalised = (x - own) / np.sqrt(spread + 0.001)
    followed = 0.99 * mean + 0.01 * own, 0.99 * variance + 0.01 * normalised.var(axis=0)
    return normalised, *followed


@mistake("norm", words="A batch of one picture is a batch, too: in training its own numbers count.")
def batch_norm(x, mean, variance, training):
    if not training or len(x) < 2:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    own, spread = x.mean(axis=0), x.var(axis=0)
    followed = 0.99 * mean + 0.01 * own, 0.99 * variance + 0.01 * spread
    return (x - own) / np.sqrt(spread + 0.001), *followed


@mistake("mend", says="a single dense layer on the features")
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    x = layers.Dense(64, activation="relu")(base(x, training=False))
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", says="only the head learns")
def build_frozen(base, n_classes):
    for layer in base.layers[:-1]:
        layer.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    return keras.Model(inputs, layers.Dense(n_classes)(base(x, training=False)))


@mistake("mend", says="is a size of your own written somewhere")
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input((80, 60, 1))
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    return keras.Model(inputs, layers.Dense(n_classes)(base(x, training=False)))


@mistake("set-one-free", says="is a size of your own written somewhere")
def set_free(base, block, n_classes):
    base.trainable = True
    for layer in base.layers:
        own = layer.name.startswith(f"{block}_")
        layer.trainable = own and not isinstance(layer, layers.BatchNormalization)
    inputs = keras.Input((16, 12, 1))
    return keras.Model(inputs, layers.Dense(n_classes)(base(inputs, training=False)))


@mistake("set-one-free", says="The head does not learn")
def set_free(base, block, n_classes):
    base.trainable = True
    for layer in base.layers:
        own = layer.name.startswith(f"{block}_")
        layer.trainable = own and not isinstance(layer, layers.BatchNormalization)
    inputs = keras.Input(base.input_shape[1:])
    x = base(inputs, training=False)
    return keras.Model(inputs, layers.Dense(n_classes, trainable=False)(x))


@mistake("set-one-free", says="a single dense layer on the features")
def set_free(base, block, n_classes):
    base.trainable = True
    for layer in base.layers:
        own = layer.name.startswith(f"{block}_")
        layer.trainable = own and not isinstance(layer, layers.BatchNormalization)
    inputs = keras.Input(base.input_shape[1:])
    x = layers.Dense(32, activation="relu")(base(inputs, training=False))
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("set-one-free", says="Another block learns than the one that was asked for")
def set_free(base, block, n_classes):
    base.trainable = True
    for layer in base.layers:
        own = layer.name.startswith("block2_")
        layer.trainable = own and not isinstance(layer, layers.BatchNormalization)
    inputs = keras.Input(base.input_shape[1:])
    return keras.Model(inputs, layers.Dense(n_classes)(base(inputs, training=False)))


@mistake("set-one-free", says="Other layers of the base learn, too")
def set_free(base, block, n_classes):
    base.trainable, free = True, False
    for layer in base.layers:
        free = free or layer.name.startswith(f"{block}_")
        layer.trainable = free and not isinstance(layer, layers.BatchNormalization)
    inputs = keras.Input(base.input_shape[1:])
    return keras.Model(inputs, layers.Dense(n_classes)(base(inputs, training=False)))


@mistake("set-one-free", says="Something of the block stays frozen")
def set_free(base, block, n_classes):
    base.trainable = True
    for layer in base.layers:
        own = layer.name.startswith(f"{block}_")
        layer.trainable = own and isinstance(layer, layers.Conv2D)
    inputs = keras.Input(base.input_shape[1:])
    return keras.Model(inputs, layers.Dense(n_classes)(base(inputs, training=False)))


@mistake(
    "steps",
    words="You went seed by seed: what one strategy has more of is lost, so compare their means.",
)
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = np.mean([b - a for a, b in zip(before, after, strict=False)])
        spread = max(np.std(run, ddof=1) for run in (before, after))
        found.append((float(gain), bool(gain > spread)))
    return found


@mistake("steps", words="You compared medians: the gain is a difference of means.")
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = np.median(after) - np.median(before)
        spread = max(np.std(run, ddof=1) for run in (before, after))
        found.append((float(gain), bool(gain > spread)))
    return found


@mistake("steps", words="The first strategy has no step: nothing stands before it.")
def steps(runs):
    found = [(0.0, False)]
    for before, after in pairwise(runs):
        gain = np.mean(after) - np.mean(before)
        spread = max(np.std(run, ddof=1) for run in (before, after))
        found.append((float(gain), bool(gain > spread)))
    return found


@mistake(
    "steps",
    words="You divided by the root of N, which makes a standard error: the spread is one of seeds.",
)
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = np.mean(after) - np.mean(before)
        spread = max(np.std(run, ddof=1) / np.sqrt(len(run)) for run in (before, after))
        found.append((float(gain), bool(gain > spread)))
    return found


@mistake(
    "steps",
    words="You took one spread of both strategies together: each has its own, the larger counts.",
)
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = np.mean(after) - np.mean(before)
        found.append((float(gain), bool(gain > np.std([*before, *after], ddof=1))))
    return found


@mistake(
    "steps",
    words="You compared with the best strategy so far: each step starts from the one before.",
)
def steps(runs):
    found, best = [], runs[0]
    for after in runs[1:]:
        gain = np.mean(after) - np.mean(best)
        spread = max(np.std(run, ddof=1) for run in (best, after))
        found.append((float(gain), bool(gain > spread)))
        best = after if gain > 0 else best
    return found


@mistake("steps", words="You set a loss to 0: a gain may be below it.")
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = max(0.0, np.mean(after) - np.mean(before))
        spread = max(np.std(run, ddof=1) for run in (before, after))
        found.append((float(gain), bool(gain > spread)))
    return found


@mistake("steps", words="You took the strategies two by two: each but the first has a step.")
def steps(runs):
    found = []
    for before, after in zip(runs[::2], runs[1::2], strict=False):
        gain = np.mean(after) - np.mean(before)
        spread = max(np.std(run, ddof=1) for run in (before, after))
        found.append((float(gain), bool(gain > spread)))
    return found


@mistake(
    "steps", words="You demand twice the spread: a gain must be greater than the spread itself."
)
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = np.mean(after) - np.mean(before)
        spread = max(np.std(run, ddof=1) for run in (before, after))
        found.append((float(gain), bool(gain > 2 * spread)))
    return found


@mistake(
    "steps", words="You sorted the strategies: they stay in the order in which they are given."
)
def steps(runs):
    found = []
    for before, after in pairwise(sorted(runs, key=np.mean)):
        gain = np.mean(after) - np.mean(before)
        spread = max(np.std(run, ddof=1) for run in (before, after))
        found.append((float(gain), bool(gain > spread)))
    return found


@mistake(
    "steps",
    words="You made one spread of the two, a mean of them or a root: the larger one counts.",
    each={"HOW": ("mean", "pooled", "added")},
)
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        one, other = (np.std(run, ddof=1) for run in (before, after))
        squares = one**2 + other**2
        spread = {"mean": (one + other) / 2, "pooled": (squares / 2) ** 0.5, "added": squares**0.5}
        found.append((gain, bool(gain > spread[HOW])))
    return found


@mistake("mend", words=ONE_OF_TWO, each={"LAST": (None, "softmax")})
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(inputs)
    x = base(x, training=False)
    return keras.Model(inputs, layers.Dense(n_classes, activation=LAST)(x))


OTHER_FACTORS = "Other factors are in it: they stay 0.03, and 0.08 in height and in width."


@mistake("mend", words=OTHER_FACTORS, each={"TURN": (0.01, 0.1)})
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(TURN, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    x = base(x, training=False)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=OTHER_FACTORS, each={"MOVE": ((0.2, 0.01), (0.08, 0.03))})
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(*MOVE, **paper)(x)
    x = base(x, training=False)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


mistake(
    "passes",
    says="curly brackets",
    code="""
    once_passes = 550
    frozen_passes = 16_500
    seconds_saved = 31.9
    again = ["augmentation", "fine-tuning", "another base"]
    """,
)
mistake(
    "passes",
    says="letter for letter",
    code="""
    once_passes = 550
    frozen_passes = 16_500
    seconds_saved = 31.9
    again = {"augmentation", "fine tuning", "another base"}
    """,
)


@mistake("preprocess", words="You took the pixels for 0 to 1: they go to 255, so divide by 127.5.")
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == "-1 to 1":
        return values * 2 - 1
    return values[..., ::-1] - np.array([103.939, 116.779, 123.68], "float32")


@mistake("norm", words=NO_EPSILON, each={"SMALL": (1e-5, 1e-7, 0.01)})
def batch_norm(x, mean, variance, training):
    used = (x.mean(axis=0), x.var(axis=0)) if training else (mean, variance)
    normalised = (x - used[0]) / np.sqrt(used[1] + SMALL)
    if not training:
        return normalised, mean, variance
    return normalised, 0.99 * mean + 0.01 * used[0], 0.99 * variance + 0.01 * used[1]


@mistake(
    "norm",
    words="Only the mean is divided: the difference comes first, so put x − mean in brackets.",
)
def batch_norm(x, mean, variance, training):
    used = (x.mean(axis=0), x.var(axis=0)) if training else (mean, variance)
    normalised = x - used[0] / np.sqrt(used[1] + 0.001)
    if not training:
        return normalised, mean, variance
    return normalised, 0.99 * mean + 0.01 * used[0], 0.99 * variance + 0.01 * used[1]


@mistake(
    "norm",
    words="You took the batch's standard deviation for its variance: np.var gives the variance.",
)
def batch_norm(x, mean, variance, training):
    used = (x.mean(axis=0), x.std(axis=0)) if training else (mean, variance)
    normalised = (x - used[0]) / np.sqrt(used[1] + 0.001)
    if not training:
        return normalised, mean, variance
    return normalised, 0.99 * mean + 0.01 * used[0], 0.99 * variance + 0.01 * used[1]


@mistake("steps", words="You give the size of the step without its sign: a loss is below 0.")
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(abs(np.mean(after) - np.mean(before)))
        spread = max(np.std(run, ddof=1) for run in (before, after))
        found.append((gain, bool(gain > spread)))
    return found


@mistake(
    "preprocess",
    words=(
        "With one of the two conventions nothing is returned: is a `return` missing there, or is "
        "the convention spelt otherwise than in the task?"
    ),
    each={"SPELT": (("-1 to 1", "BGR"), ("-1..1", "BGR minus mean"))},
)
def preprocess(images, convention):
    values = images.astype("float32")
    if convention == SPELT[0]:
        return values / np.float32(127.5) - 1
    if convention == SPELT[1]:
        return values[..., ::-1] - np.array([103.939, 116.779, 123.68], "float32")


mistake(
    "passes",
    says="curly brackets",
    code="""
    once_passes = 550
    frozen_passes = 16_500
    seconds_saved = 31.9
    again = {"augmentation": True, "fine-tuning": True, "another base": True}
    """,
)


@mistake("mend", says="Something is dropped out in training")
def build_frozen(base, n_classes):
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    x = layers.RandomRotation(0.03, **paper)(inputs)
    x = layers.RandomTranslation(0.08, 0.08, **paper)(x)
    x = layers.Dropout(0.5)(base(x, training=False))
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("set-one-free", words=ALL_FREE)
def set_free(base, block, n_classes):
    base.trainable = True
    return keras.Model(base.input, layers.Dense(n_classes)(base.output))


@mistake(
    "norm",
    words=(
        "The moving variance follows the batch's variance with the 0.001 in it: that is added only "
        "under the root."
    ),
)
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    own, spread = x.mean(axis=0), x.var(axis=0) + 0.001
    followed = 0.99 * mean + 0.01 * own, 0.99 * variance + 0.01 * spread
    return (x - own) / np.sqrt(spread), *followed


@mistake(
    "norm",
    words="The statistics are those of the rows: each column has its own, over the batch.",
)
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    own, spread = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    followed = 0.99 * mean + 0.01 * own, 0.99 * variance + 0.01 * spread
    return (x - own) / np.sqrt(spread + 0.001), *followed


@mistake(
    "norm",
    words=(
        "The new moving mean and variance have an axis of length 1 in front: they keep their shape "
        "(C,), so take the statistics without keepdims."
    ),
)
def batch_norm(x, mean, variance, training):
    if not training:
        return (x - mean) / np.sqrt(variance + 0.001), mean, variance
    own, spread = x.mean(axis=0, keepdims=True), x.var(axis=0, keepdims=True)
    followed = 0.99 * mean + 0.01 * own, 0.99 * variance + 0.01 * spread
    return (x - own) / np.sqrt(spread + 0.001), *followed


@mistake("norm", words="The order is another one: the normalised batch comes first.")
def batch_norm(x, mean, variance, training):
    used = (x.mean(axis=0), x.var(axis=0)) if training else (mean, variance)
    normalised = (x - used[0]) / np.sqrt(used[1] + 0.001)
    if training:
        mean, variance = 0.99 * mean + 0.01 * used[0], 0.99 * variance + 0.01 * used[1]
    return mean, variance, normalised


@mistake("steps", words="The last step is missing: each strategy but the first has one.")
def steps(runs):
    found = []
    for k in range(1, len(runs) - 1):
        gain = np.mean(runs[k]) - np.mean(runs[k - 1])
        spread = max(np.std(run, ddof=1) for run in runs[k - 1 : k + 1])
        found.append((float(gain), bool(gain > spread)))
    return found


@mistake("steps", words="You round the gain: nobody asked for that.", each={"DIGITS": (1, 2, 3)})
def steps(runs):
    found = []
    for before, after in pairwise(runs):
        gain = float(np.mean(after) - np.mean(before))
        spread = max(np.std(run, ddof=1) for run in (before, after))
        found.append((round(gain, DIGITS), bool(gain > spread)))
    return found


@mistake("set-one-free", says="Something is dropped out in training")
def set_free(base, block, n_classes):
    base.trainable = True
    for layer in base.layers:
        own = layer.name.startswith(f"{block}_")
        layer.trainable = own and not isinstance(layer, layers.BatchNormalization)
    inputs = keras.Input(base.input_shape[1:])
    x = layers.Dropout(0.5)(base(inputs, training=False))
    return keras.Model(inputs, layers.Dense(n_classes)(x))
