"""Wrong solutions of section 4, each with the words that tell whoever makes it what went wrong."""

import numpy as np

from course.notebook.mistakes import mistake

FLIPPED = "A flipped character is another one, or none: the label would be wrong."
CHANGES_MUCH = (
    "Some change is too large to keep the label right. Mind that RandomRotation's factor is a "
    "share of a full turn, and the others' are shares of the picture's size."
)
PAINTED = "What comes in from outside is ink here: the gap must be filled with paper."
REFLECTED = (
    "Where the picture is moved away, its own ink comes in as in a mirror, which is the default: "
    'fill the gap with paper, fill_mode="constant" and the value that paper has.'
)
SOFTMAX_LEFT = (
    "The last layer still has a softmax: logits are its inputs, so the last layer has no "
    "activation."
)
NARROW = "A convolution of so few filters lets hardly anything through: give each some more."
ONE_NORMALISED = "There are fewer BatchNormalization layers than convolutions: each needs its own."
NORMALISED_LATE = (
    "The BatchNormalization layers stand together: each belongs beside a convolution of its own."
)
NO_CHANGE = "A factor of 0 changes nothing: that is no augmentation."
TOO_LARGE = (
    "It has too many parameters: most of them sit in the first dense layer. Pool once more before "
    "it, or average over the places."
)
DROPS_ANSWERS = "Behind the last layer a dropout drops answers: it belongs before the last layer."
LEAKS = (
    "You drew pictures, and nearly everybody has written on both sides then. Draw people, with all "
    "that they wrote."
)
SHARE_OF_PICTURES = "The share is one of the people, not of the pictures."
FIRST_PEOPLE = (
    "You took the first people in the order of their numbers: draw them at random, by the seed."
)
PEOPLE_NOT_ROWS = (
    "These are the numbers of people: the row numbers of their pictures are asked for."
)
SWAPPED_PARTS = "The two parts are swapped: training comes first."
ROUNDED_UP = "The number of people is rounded up: int() rounds down."
NUMBERED_ALL = "People have any numbers: not every number up to the largest has written something."


@mistake(
    "labels-of", words="The classes stand in the order in which they come: Keras sorts their names."
)
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    ordered = tuple(dict.fromkeys(names))
    return ordered, [ordered.index(name) for name in names]


@mistake("labels-of", words="You count labels from 1: they begin at 0.")
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    ordered = tuple(sorted(set(names)))
    return ordered, [ordered.index(name) + 1 for name in names]


@mistake("labels-of", words="You took the split for the class: it is the folder below it.")
def labels_of(paths):
    names = [path.split("/")[0] for path in paths]
    ordered = tuple(sorted(set(names)))
    return ordered, [ordered.index(name) for name in names]


@mistake("labels-of", words="The labels must stay in the order of the paths.")
def labels_of(paths):
    names = sorted(path.split("/")[1] for path in paths)
    ordered = tuple(sorted(set(names)))
    return ordered, [ordered.index(name) for name in names]


@mistake("labels-of", words="A class is named twice: each stands there once.")
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    ordered = tuple(sorted(names))
    return ordered, [ordered.index(name) for name in names]


@mistake(
    "labels-of",
    words="You sorted as a dictionary does, a before B: Python and Keras sort by code point.",
)
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    ordered = tuple(sorted(set(names), key=str.lower))
    return ordered, [ordered.index(name) for name in names]


mistake(
    "full-shapes",
    words="Set aside is a fifth, rounded up: one more, so one less is left.",
    code="""
    train_shape = (25_765, 80, 60, 1)
    validation_shape = (6_441, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 202
    """,
)
mistake(
    "full-shapes",
    words="A fifth of these pictures is set aside for validation.",
    code="""
    train_shape = (32_206, 80, 60, 1)
    validation_shape = (6_442, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 252
    """,
)
mistake(
    "full-shapes",
    words="Rows and columns are swapped: the height comes first, then the width.",
    code="""
    train_shape = (25_764, 60, 80, 1)
    validation_shape = (6_442, 60, 80, 1)
    test_shape = (7_684, 60, 80, 1)
    steps = 202
    """,
)
mistake(
    "full-shapes",
    words="The channel axis is missing: a grey picture still has one channel.",
    code="""
    train_shape = (25_764, 80, 60)
    validation_shape = (6_442, 80, 60)
    test_shape = (7_684, 80, 60)
    steps = 202
    """,
)
mistake(
    "full-shapes",
    words="Nothing is set aside of the test set.",
    code="""
    train_shape = (25_764, 80, 60, 1)
    validation_shape = (6_442, 80, 60, 1)
    test_shape = (6_147, 80, 60, 1)
    steps = 202
    """,
)
mistake(
    "full-shapes",
    words="The last, smaller batch is missing: its pictures are used, too.",
    code="""
    train_shape = (25_764, 80, 60, 1)
    validation_shape = (6_442, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 201
    """,
)

mistake(
    "full-shapes",
    words="A grey picture has one channel, not three.",
    code="""
    train_shape = (25_764, 80, 60, 3)
    validation_shape = (6_442, 80, 60, 3)
    test_shape = (7_684, 80, 60, 3)
    steps = 202
    """,
)
mistake(
    "full-shapes",
    words="You rounded down: the task says up.",
    code="""
    train_shape = (25_764, 80, 60, 1)
    validation_shape = (6_441, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 202
    """,
)
mistake(
    "full-shapes",
    words="The validation pictures are not trained on.",
    code="""
    train_shape = (25_764, 80, 60, 1)
    validation_shape = (6_442, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 252
    """,
)


@mistake(
    "count-parameters",
    words="You lost the border of the map, but this convolution pads.",
)
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            lost = rest[0] - 1
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            counts.append(0)
            height, width = height // n, width // n
        else:
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


@mistake(
    "count-parameters",
    words="There is a bias for each filter or unit, not one for all.",
)
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append(rest[0] ** 2 * channels * n + 1)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            counts.append(0)
            height, width = height // n, width // n
        else:
            counts.append(height * width * channels * n + 1)
            height, width, channels = 1, 1, n
    return counts


@mistake("count-parameters", words="The channels after a convolution are its filters.")
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
            height, width = height - lost, width - lost
        elif kind == "pool":
            counts.append(0)
            height, width = height // n, width // n
        else:
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


@mistake("count-parameters", words="The biases are missing.")
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append(rest[0] ** 2 * channels * n)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            counts.append(0)
            height, width = height // n, width // n
        else:
            counts.append(height * width * channels * n)
            height, width, channels = 1, 1, n
    return counts


@mistake("count-parameters", words="The input's channels are missing.")
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 + 1) * n)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            counts.append(0)
            height, width = height // n, width // n
        else:
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


@mistake("count-parameters", words="A pool shrinks the map: after it there is less to read.")
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            counts.append(0)
        else:
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


@mistake(
    "count-parameters", words="A dense layer reads every place of the map, not only the channels."
)
def count_parameters(shape, plan):
    channels, counts = shape[2], []
    for kind, n, *rest in plan:
        kernel = rest[0] if kind == "conv" else 1
        counts.append(0 if kind == "pool" else (kernel**2 * channels + 1) * n)
        channels = channels if kind == "pool" else n
    return counts


@mistake("count-parameters", words="A pool rounds down.")
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            counts.append(0)
            height, width = -(-height // n), -(-width // n)
        else:
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


@mistake("count-parameters", words="'valid' drops the border.")
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            channels = n
        elif kind == "pool":
            counts.append(0)
            height, width = height // n, width // n
        else:
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


@mistake(
    "count-parameters", words="The second dense layer reads the first one's units, not the map."
)
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            counts.append(0)
            height, width = height // n, width // n
        else:
            counts.append((height * width * channels + 1) * n)
    return counts


@mistake("cross-entropy", words="This is the sum: divide it by the number of pictures.")
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.log(np.exp(shifted).sum(axis=1))
    return float(np.sum(totals - shifted[np.arange(len(labels)), labels]))


@mistake(
    "cross-entropy", words="The sign is the wrong way round: check which term is taken from which."
)
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(shifted[np.arange(len(labels)), labels] - totals))


@mistake("cross-entropy", words="Each picture has a softmax of its own: axis 1.")
def cross_entropy(logits, labels):
    shifted = logits - logits.max()
    totals = np.log(np.exp(shifted).sum())
    return float(np.mean(totals - shifted[np.arange(len(labels)), labels]))


@mistake("cross-entropy", words="Take the right class, not the most probable one.")
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(shifted).sum(axis=1))))


@mistake("cross-entropy", words="The logarithm is the natural one, np.log.")
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.log2(np.exp(shifted).sum(axis=1))
    return float(np.mean(totals - shifted[np.arange(len(labels)), labels] / np.log(2)))


@mistake(
    "cross-entropy",
    words=(
        "Large logits break it (inf, nan or a cap): take off each row's largest logit before exp."
    ),
)
def cross_entropy(logits, labels):
    with np.errstate(all="ignore"):
        probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        return float(-np.mean(np.log(probabilities[np.arange(len(labels)), labels])))


@mistake(
    "cross-entropy",
    words=(
        "Large logits break it (inf, nan or a cap): take off each row's largest logit before exp."
    ),
    each={"CAP": (1e-7, 1e-8, 1e-10, 1e-12, 1e-15, 1e-300, 5e-324)},
)
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    probabilities = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    own = np.clip(probabilities[np.arange(len(labels)), labels], CAP, 1)
    return float(-np.mean(np.log(own)))


@mistake("cross-entropy", words="Divide by the number of pictures, not of all logits.")
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.log(np.exp(shifted).sum(axis=1))
    return float(np.sum(totals - shifted[np.arange(len(labels)), labels]) / logits.size)


@mistake("cross-entropy", words="The logarithm is missing.")
def cross_entropy(logits, labels):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    return float(-probabilities[np.arange(len(labels)), labels].mean())


@mistake("cross-entropy", words="The logarithm is missing.")
def cross_entropy(logits, labels):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    return float(1 - probabilities[np.arange(len(labels)), labels].mean())


@mistake("cross-entropy", words="Take the right class only, not the mean over all classes.")
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(np.mean(totals - shifted))


@mistake("early-stopping", words="It does not stop: count the epochs since the last new best.")
def early_stopping(accuracies, patience):
    return len(accuracies), int(np.argmax(accuracies)) + 1


@mistake("early-stopping", words="It stops an epoch too late.")
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best]:
            best = epoch
        if epoch - best > patience:
            break
    return epoch + 1, best + 1


@mistake(
    "early-stopping",
    words="Epochs without a new best count only in a row: a new best sets the count to 0.",
)
def early_stopping(accuracies, patience):
    best, misses = 0, 0
    for epoch, accuracy in enumerate(accuracies):
        if epoch == 0 or accuracy > accuracies[best]:
            best = epoch
        else:
            misses += 1
        if misses >= patience:
            break
    return epoch + 1, best + 1


@mistake("early-stopping", words="A value that only equals the best is no new best.")
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy >= accuracies[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch + 1, best + 1


@mistake("early-stopping", words="The best epoch is counted from 1, too.")
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch + 1, best


@mistake(
    "early-stopping", words="The weights of the best epoch are kept, not those of the last one."
)
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch + 1, epoch + 1


@mistake("early-stopping", words="It stops an epoch too early.")
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if epoch == 0 or accuracy > accuracies[best]:
            best = epoch
        elif epoch - best >= patience - 1:
            break
    return epoch + 1, best + 1


@mistake("early-stopping", words="Epochs are counted from 1.")
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if epoch == 0 or accuracy > accuracies[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch, best


mistake(
    "build-improved",
    words=FLIPPED,
    code="""
    def build_improved(shape, n_classes):
        white = {"fill_mode": "constant", "fill_value": 255}
        model = keras.Sequential([keras.Input(shape), layers.RandomFlip("horizontal")])
        model.add(layers.RandomRotation(0.03, **white))
        model.add(layers.RandomZoom(0.1, **white))
        model.add(layers.Rescaling(1 / 255))
        for filters in (16, 32, 64, 128):
            model.add(layers.Conv2D(filters, 3, padding="same", use_bias=False))
            model.add(layers.BatchNormalization())
            model.add(layers.ReLU())
            model.add(layers.MaxPooling2D(2))
        model.add(layers.Flatten())
        model.add(layers.Dropout(0.4))
        model.add(layers.Dense(n_classes))
        return model
    """,
)
mistake(
    "build-improved",
    words=CHANGES_MUCH,
    code="""
    def build_improved(shape, n_classes):
        white = {"fill_mode": "constant", "fill_value": 255}
        model = keras.Sequential([keras.Input(shape), layers.RandomRotation(0.2, **white)])
        model.add(layers.RandomZoom(0.1, **white))
        model.add(layers.Rescaling(1 / 255))
        for filters in (16, 32, 64, 128):
            model.add(layers.Conv2D(filters, 3, padding="same", use_bias=False))
            model.add(layers.BatchNormalization())
            model.add(layers.ReLU())
            model.add(layers.MaxPooling2D(2))
        model.add(layers.Flatten())
        model.add(layers.Dropout(0.4))
        model.add(layers.Dense(n_classes))
        return model
    """,
)
mistake(
    "build-improved",
    words=PAINTED,
    code="""
    def build_improved(shape, n_classes):
        black = {"fill_mode": "constant"}
        model = keras.Sequential([keras.Input(shape), layers.RandomRotation(0.03, **black)])
        model.add(layers.RandomTranslation(0.06, 0.06, **black))
        model.add(layers.Rescaling(1 / 255))
        for filters in (16, 32, 64, 128):
            model.add(layers.Conv2D(filters, 3, padding="same", use_bias=False))
            model.add(layers.BatchNormalization())
            model.add(layers.ReLU())
            model.add(layers.MaxPooling2D(2))
        model.add(layers.Flatten())
        model.add(layers.Dropout(0.4))
        model.add(layers.Dense(n_classes))
        return model
    """,
)
mistake(
    "build-improved",
    words=SOFTMAX_LEFT,
    code="""
    def build_improved(shape, n_classes):
        white = {"fill_mode": "constant", "fill_value": 255}
        model = keras.Sequential([keras.Input(shape), layers.RandomRotation(0.03, **white)])
        model.add(layers.RandomZoom(0.1, **white))
        model.add(layers.Rescaling(1 / 255))
        for filters in (16, 32, 64, 128):
            model.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(layers.BatchNormalization())
            model.add(layers.MaxPooling2D(2))
        model.add(layers.Flatten())
        model.add(layers.Dropout(0.4))
        model.add(layers.Dense(n_classes, activation="softmax"))
        return model
    """,
)
mistake(
    "build-improved",
    words=ONE_NORMALISED,
    code="""
    def build_improved(shape, n_classes):
        white = {"fill_mode": "constant", "fill_value": 255}
        model = keras.Sequential([keras.Input(shape), layers.RandomRotation(0.03, **white)])
        model.add(layers.RandomZoom(0.1, **white))
        model.add(layers.Rescaling(1 / 255))
        model.add(layers.BatchNormalization())
        for filters in (16, 32, 64, 128):
            model.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(layers.MaxPooling2D(2))
        model.add(layers.Flatten())
        model.add(layers.Dropout(0.4))
        model.add(layers.Dense(n_classes))
        return model
    """,
)
mistake(
    "build-improved",
    words=DROPS_ANSWERS,
    code="""
    def build_improved(shape, n_classes):
        white = {"fill_mode": "constant", "fill_value": 255}
        model = keras.Sequential([keras.Input(shape), layers.RandomRotation(0.03, **white)])
        model.add(layers.RandomZoom(0.1, **white))
        model.add(layers.Rescaling(1 / 255))
        for filters in (16, 32, 64, 128):
            model.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(layers.BatchNormalization())
            model.add(layers.MaxPooling2D(2))
        model.add(layers.Flatten())
        model.add(layers.Dense(n_classes))
        model.add(layers.Dropout(0.4))
        return model
    """,
)
mistake(
    "build-improved",
    words=TOO_LARGE,
    code="""
    def build_improved(shape, n_classes):
        white = {"fill_mode": "constant", "fill_value": 255}
        model = keras.Sequential([keras.Input(shape), layers.RandomRotation(0.03, **white)])
        model.add(layers.RandomZoom(0.1, **white))
        model.add(layers.Rescaling(1 / 255))
        for filters in (16, 32, 64):
            model.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(layers.BatchNormalization())
        model.add(layers.MaxPooling2D(2))
        model.add(layers.Flatten())
        model.add(layers.Dropout(0.4))
        model.add(layers.Dense(n_classes))
        return model
    """,
)
mistake(
    "build-improved",
    words=NORMALISED_LATE,
    code="""
    def build_improved(shape, n_classes):
        white = {"fill_mode": "constant", "fill_value": 255}
        model = keras.Sequential([keras.Input(shape), layers.RandomRotation(0.03, **white)])
        model.add(layers.RandomZoom(0.1, **white))
        model.add(layers.Rescaling(1 / 255))
        for filters in (16, 32, 64):
            model.add(layers.Conv2D(filters, 3, 2, padding="same", activation="relu"))
        model.add(layers.GlobalAveragePooling2D())
        for _ in range(3):
            model.add(layers.BatchNormalization())
        model.add(layers.Dropout(0.4))
        model.add(layers.Dense(n_classes))
        return model
    """,
)
mistake(
    "build-improved",
    words=NO_CHANGE,
    code="""
    def build_improved(shape, n_classes):
        white = {"fill_mode": "constant", "fill_value": 255}
        model = keras.Sequential([keras.Input(shape), layers.RandomRotation(0.0, **white)])
        model.add(layers.RandomZoom(0.1, **white))
        model.add(layers.Rescaling(1 / 255))
        for filters in (16, 32, 64):
            model.add(layers.Conv2D(filters, 3, 2, padding="same", activation="relu"))
            model.add(layers.BatchNormalization())
        model.add(layers.GlobalAveragePooling2D())
        model.add(layers.Dropout(0.4))
        model.add(layers.Dense(n_classes))
        return model
    """,
)


@mistake("count-parameters", words="Every pool is taken for 2 × 2: its size stands in the plan.")
def count_parameters(shape, plan):
    height, width, channels = shape
    counts = []
    for kind, n, *rest in plan:
        if kind == "conv":
            kernel, padding = rest
            counts.append((kernel * kernel * channels + 1) * n)
            lost = kernel - 1 if padding == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            counts.append(0)
            height, width = height // 2, width // 2
        else:
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


@mistake("early-stopping", words="The first epoch is a new best, whatever its value.")
def early_stopping(accuracies, patience):
    best, kept, waited = 0, 0, 0
    for epoch, accuracy in enumerate(accuracies, 1):
        if accuracy > best:
            best, kept, waited = accuracy, epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return epoch, kept


@mistake("early-stopping", words="A new best is one however little it gains.")
def early_stopping(accuracies, patience):
    best, kept, waited = -1, 0, 0
    for epoch, accuracy in enumerate(accuracies, 1):
        if accuracy > best + 1e-3:
            best, kept, waited = accuracy, epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return epoch, kept


@mistake("build-improved", words=NARROW)
def build_improved(shape, n_classes):
    white = {"fill_mode": "constant", "fill_value": 255}
    model = keras.Sequential([keras.Input(shape), layers.RandomRotation(0.03, **white)])
    model.add(layers.RandomTranslation(0.06, 0.06, **white))
    model.add(layers.Rescaling(1 / 255))
    for _ in range(3):
        model.add(layers.Conv2D(1, 3, 2, padding="same", use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.Flatten())
    model.add(layers.Dropout(0.4))
    model.add(layers.Dense(n_classes))
    return model


@mistake("build-improved", words=REFLECTED)
def build_improved(shape, n_classes):
    model = keras.Sequential([keras.Input(shape), layers.RandomRotation(0.03)])
    model.add(layers.RandomTranslation(0.06, 0.06))  # both fill by "reflect"
    model.add(layers.Rescaling(1 / 255))
    for filters in (16, 32, 64):
        model.add(layers.Conv2D(filters, 3, 2, padding="same", use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.Flatten())
    model.add(layers.Dropout(0.4))
    model.add(layers.Dense(n_classes))
    return model


mistake(
    "full-shapes",
    says="should be a whole number",
    code="""
    train_shape = (25_764, 80, 60, 1)
    validation_shape = (6_442, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 202.0
    """,
)


@mistake("by-writer", words=LEAKS)
def by_writer(wrote, share, seed):
    rows = np.random.default_rng(seed).permutation(len(wrote))
    count = int(share * len(rows))
    return rows[count:], rows[:count]


@mistake("by-writer", words=SHARE_OF_PICTURES)
def by_writer(wrote, share, seed):
    people, count = np.random.default_rng(seed).permutation(np.unique(wrote)), 0
    while np.isin(wrote, people[: count + 1]).sum() <= share * len(wrote):
        count += 1
    aside = np.isin(wrote, people[:count])
    return np.flatnonzero(~aside), np.flatnonzero(aside)


@mistake("by-writer", words=FIRST_PEOPLE)
def by_writer(wrote, share, seed):
    people = np.unique(wrote)
    aside = np.isin(wrote, people[: int(share * len(people))])
    return np.flatnonzero(~aside), np.flatnonzero(aside)


@mistake("by-writer", words=PEOPLE_NOT_ROWS)
def by_writer(wrote, share, seed):
    people = np.random.default_rng(seed).permutation(np.unique(wrote))
    count = int(share * len(people))
    return people[count:], people[:count]


@mistake("by-writer", words=SWAPPED_PARTS)
def by_writer(wrote, share, seed):
    people = np.random.default_rng(seed).permutation(np.unique(wrote))
    aside = np.isin(wrote, people[: int(share * len(people))])
    return np.flatnonzero(aside), np.flatnonzero(~aside)


@mistake("by-writer", words=ROUNDED_UP)
def by_writer(wrote, share, seed):
    people = np.random.default_rng(seed).permutation(np.unique(wrote))
    aside = np.isin(wrote, people[: int(np.ceil(share * len(people)))])
    return np.flatnonzero(~aside), np.flatnonzero(aside)


@mistake("by-writer", words=NUMBERED_ALL)
def by_writer(wrote, share, seed):
    people = np.random.default_rng(seed).permutation(wrote.max() + 1)
    aside = np.isin(wrote, people[: int(share * len(people))])
    return np.flatnonzero(~aside), np.flatnonzero(aside)


@mistake(
    "count-parameters", words="'valid' takes one row and one column fewer than the kernel has."
)
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            lost = rest[0] if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            counts.append(0)
            height, width = height // n, width // n
        else:
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


@mistake("count-parameters", words="A pool has a place in the list, too: it has 0 parameters.")
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            height, width = height // n, width // n
        else:
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


@mistake(
    "count-parameters",
    words="A pool moves on by its own size: height and width are divided by it.",
)
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            counts.append(0)
            height, width = height - n + 1, width - n + 1
        else:
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


ROWS_OWN = (
    "You took the largest of all logits off. A picture whose logits all lie far below has only "
    "zeros left: take each row's own largest off."
)


@mistake("cross-entropy", words=ROWS_OWN)
def cross_entropy(logits, labels):
    with np.errstate(all="ignore"):
        shifted = logits - logits.max()
        totals = np.log(np.exp(shifted).sum(axis=1))
        return float(np.mean(totals - shifted[np.arange(len(labels)), labels]))


@mistake("cross-entropy", words=ROWS_OWN)
def cross_entropy(logits, labels):
    with np.errstate(all="ignore"):
        powers = np.exp(logits - logits.max())
        probabilities = powers / powers.sum(axis=1, keepdims=True)
        return float(-np.mean(np.log(probabilities[np.arange(len(labels)), labels])))


@mistake(
    "early-stopping",
    words="You compared with the epoch before: what counts is the best value of all so far.",
)
def early_stopping(accuracies, patience):
    best, misses = 0, 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best]:
            best = epoch
        if epoch == 0 or accuracy > accuracies[epoch - 1]:
            misses = 0
        else:
            misses += 1
        if misses >= patience:
            break
    return epoch + 1, best + 1


@mistake(
    "early-stopping",
    words="The best epoch is one that was never trained: look only at those before the stop.",
)
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch + 1, int(np.argmax(accuracies)) + 1
