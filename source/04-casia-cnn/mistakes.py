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
BY_PLACE = "A class does not begin at the same place of every text: go by the slashes."
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


@mistake(
    "labels-of",
    words="You took the first character of the folder's name: the class is the whole name.",
)
def labels_of(paths):
    names = [path.split("/")[1][0] for path in paths]
    ordered = tuple(sorted(set(names)))
    return ordered, [ordered.index(name) for name in names]


@mistake(
    "labels-of",
    words=BY_PLACE,
    each={"PLACE": (5, 6)},
)
def labels_of(paths):
    names = [path[PLACE : path.rindex("/")] for path in paths]
    ordered = tuple(sorted(set(names)))
    return ordered, [ordered.index(name) for name in names]


@mistake(
    "labels-of", words="There is one label for each class: each path has one, in its own place."
)
def labels_of(paths):
    ordered = tuple(sorted({path.split("/")[1] for path in paths}))
    return ordered, list(range(len(ordered)))


@mistake(
    "labels-of",
    words="These are one-hot rows: a label is one whole number, the place of the class.",
)
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    ordered = tuple(sorted(set(names)))
    return ordered, [[int(name == one) for one in ordered] for name in names]


@mistake(
    "labels-of",
    words=(
        "You put short names before long ones: texts are compared character by character, whatever "
        "their lengths are."
    ),
)
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    ordered = tuple(sorted(set(names), key=lambda name: (len(name), name)))
    return ordered, [ordered.index(name) for name in names]


@mistake("labels-of", words="The classes stand from the last to the first: turn their order round.")
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    ordered = tuple(sorted(set(names), reverse=True))
    return ordered, [ordered.index(name) for name in names]


@mistake("labels-of", words="You took the file for the class: it is the folder above it.")
def labels_of(paths):
    names = [path.split("/")[2] for path in paths]
    ordered = tuple(sorted(set(names)))
    return ordered, [ordered.index(name) for name in names]


@mistake(
    "labels-of", words="These are the names of the classes: a label is the place of one, a number."
)
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    return tuple(sorted(set(names))), names


mistake(
    "full-shapes",
    words="You set a fifth of *Train* and *Test* together aside: the fifth is one of *Train*.",
    code="""
    train_shape = (24_228, 80, 60, 1)
    validation_shape = (7_978, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 190
    """,
)
mistake(
    "full-shapes",
    words="Training and validation are swapped: the fifth is for validation.",
    code="""
    train_shape = (6_442, 80, 60, 1)
    validation_shape = (25_764, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 51
    """,
)
mistake(
    "full-shapes",
    words="Set aside is a fifth of *Train*: you took a fifth of *Test*.",
    code="""
    train_shape = (30_669, 80, 60, 1)
    validation_shape = (1_537, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 240
    """,
)
mistake(
    "full-shapes",
    words="Set aside is a fifth of *Train*: you took a fifth of *Test*.",
    code="""
    train_shape = (25_764, 80, 60, 1)
    validation_shape = (1_537, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 202
    """,
)
mistake(
    "full-shapes",
    words="Set aside is a fifth, 20 %: you took another share.",
    code="""
    train_shape = (28_985, 80, 60, 1)
    validation_shape = (3_221, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 227
    """,
)
mistake(
    "full-shapes",
    words="Batches are made of training pictures: you counted those of *Test*.",
    code="""
    train_shape = (25_764, 80, 60, 1)
    validation_shape = (6_442, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 61
    """,
)
mistake(
    "full-shapes",
    words="Batches are made of training pictures: you counted those for validation.",
    code="""
    train_shape = (25_764, 80, 60, 1)
    validation_shape = (6_442, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 51
    """,
)
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


OVERFLOWS = (
    "The exponential of a large logit is inf: take off each row's largest logit before exp, which "
    "does not change the loss."
)
UNDERFLOWS = (
    "A class that is very improbable has the probability 0 in floats, and its logarithm is not "
    "finite: do not go through the probability. Work out the logarithm of the quotient by hand, as "
    "a difference."
)
CAPPED = (
    "You keep the probability away from 0, and so put a cap on the loss: a mistake that is surer "
    "than that costs too little. Do not go through the probability: work out the logarithm of the "
    "quotient by hand, as a difference."
)
CUT_LOGITS = "You cut large logits off at a limit: then the loss is that of other logits."


@mistake("cross-entropy", words=OVERFLOWS)
def cross_entropy(logits, labels):
    with np.errstate(all="ignore"):
        probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        return float(-np.mean(np.log(probabilities[np.arange(len(labels)), labels])))


@mistake("cross-entropy", words=OVERFLOWS)
def cross_entropy(logits, labels):
    with np.errstate(all="ignore"):
        own = logits[np.arange(len(labels)), labels]
        return float(np.mean(np.log(np.exp(logits).sum(axis=1)) - own))


@mistake("cross-entropy", words=OVERFLOWS)
def cross_entropy(logits, labels):
    with np.errstate(all="ignore"):
        shifted = logits - logits.min(axis=1, keepdims=True)
        totals = np.log(np.exp(shifted).sum(axis=1))
        return float(np.mean(totals - shifted[np.arange(len(labels)), labels]))


@mistake("cross-entropy", words=UNDERFLOWS)
def cross_entropy(logits, labels):
    with np.errstate(all="ignore"):
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        probabilities = powers / powers.sum(axis=1, keepdims=True)
        return float(-np.mean(np.log(probabilities[np.arange(len(labels)), labels])))


@mistake(
    "cross-entropy",
    words=CUT_LOGITS,
    each={"LIMIT": (20, 30, 50, 80, 100, 200, 300, 500, 600, 700, 709)},
)
def cross_entropy(logits, labels):
    cut = np.clip(logits, -LIMIT, LIMIT)
    totals = np.log(np.exp(cut).sum(axis=1))
    return float(np.mean(totals - cut[np.arange(len(labels)), labels]))


@mistake("cross-entropy", words="Each picture has a softmax of its own: axis 1.")
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=0, keepdims=True)
    totals = np.log(np.exp(shifted).sum(axis=0, keepdims=True))
    return float(np.mean((totals - shifted)[np.arange(len(labels)), labels]))


@mistake(
    "cross-entropy",
    words=(
        "You take the largest logit off in one of the two terms only: take it off in both, or put "
        "it back."
    ),
)
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(totals - logits[np.arange(len(labels)), labels]))


@mistake(
    "cross-entropy",
    words=(
        "This is the logarithm of the mean probability: take the logarithm for each picture first, "
        "then the mean."
    ),
)
def cross_entropy(logits, labels):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    return float(-np.log(probabilities[np.arange(len(labels)), labels].mean()))


@mistake(
    "cross-entropy",
    words="Every picture is asked for the labels of all: take one logit of each row, its own.",
)
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(np.mean((totals - shifted)[:, labels]))


@mistake("cross-entropy", words="The exponential is missing: a softmax is made of powers of e.")
def cross_entropy(logits, labels):
    with np.errstate(all="ignore"):
        shares = logits / logits.sum(axis=1, keepdims=True)
        return float(-np.mean(np.log(shares[np.arange(len(labels)), labels])))


@mistake(
    "cross-entropy",
    words=CAPPED,
    each={"CAP": (1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-300, 5e-324)},
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


BORDER_BY_3 = (
    "You lose two rows and two columns whatever the kernel is: its size stands in the plan."
)
BIAS_BY_FILTER = "A filter has one bias, not one for each channel that it reads."


@mistake(
    "count-parameters", words="The convolutions have no bias in your count: each filter has one."
)
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
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


@mistake(
    "count-parameters", words="The dense layers have no bias in your count: each unit has one."
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
            counts.append(height * width * channels * n)
            height, width, channels = 1, 1, n
    return counts


@mistake(
    "count-parameters",
    words=(
        "Twice half of the kernel is lost in your count: that is one too many where the kernel is "
        "even."
    ),
)
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            lost = rest[0] // 2 * 2 if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            counts.append(0)
            height, width = height // n, width // n
        else:
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


@mistake("count-parameters", words=BORDER_BY_3)
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            lost = 2 if rest[1] == "valid" else 0
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
    words=(
        "Each convolution reads the picture in your count: a later one reads the maps before it, "
        "as many channels as there were filters."
    ),
)
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * shape[2] + 1) * n)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
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
    words="A plan need not begin with a convolution: what its first step reads is the picture.",
)
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
            height, width, channels, filters = height - lost, width - lost, n, n
            values = height * width * channels
        elif kind == "pool":
            counts.append(0)
            height, width = height // n, width // n
            values = height * width * filters
        else:
            counts.append((values + 1) * n)
            values = n
    return counts


@mistake(
    "count-parameters", words="You took the map for a square: count its height and its width apart."
)
def count_parameters(shape, plan):
    (side, _, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            side, channels = side - (rest[0] - 1 if rest[1] == "valid" else 0), n
        elif kind == "pool":
            counts.append(0)
            side = side // n
        else:
            counts.append((side * side * channels + 1) * n)
            side, channels = 1, n
    return counts


@mistake("count-parameters", words=BIAS_BY_FILTER)
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 + 1) * channels * n)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
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
    words="Every pool moves on by 2 in your count: it moves on by its own size.",
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
            height, width = (height - n) // 2 + 1, (width - n) // 2 + 1
        else:
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


@mistake(
    "count-parameters",
    words="A kernel is a square: it has its side times its side of weights for each channel.",
)
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] * channels + 1) * n)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            counts.append(0)
            height, width = height // n, width // n
        else:
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


@mistake(
    "count-parameters", words="You lost the border on one side only: rows and columns have two."
)
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    for kind, n, *rest in plan:
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            lost = rest[0] // 2 if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            counts.append(0)
            height, width = height // n, width // n
        else:
            counts.append((height * width * channels + 1) * n)
            height, width, channels = 1, 1, n
    return counts


@mistake(
    "early-stopping",
    words=(
        "Where the list ends before training stops, you keep the last epoch's weights: there, too, "
        "it is the best epoch's."
    ),
)
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best]:
            best = epoch
        if epoch - best >= patience:
            return epoch + 1, best + 1
    return len(accuracies), len(accuracies)


@mistake(
    "early-stopping", words="The epoch after which training stops has been trained, too: count it."
)
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best]:
            best = epoch
        if epoch - best >= patience:
            return epoch, best + 1
    return len(accuracies), best + 1


@mistake(
    "early-stopping",
    words="An epoch that only equals the best has brought no new best: it counts as waiting, too.",
)
def early_stopping(accuracies, patience):
    best, waited = 0, 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best]:
            best, waited = epoch, 0
        elif accuracy < accuracies[best]:
            waited += 1
        if waited == patience:
            break
    return epoch + 1, best + 1


@mistake(
    "early-stopping",
    words="You waited for a lower value, as for a loss: of accuracies the highest is best.",
)
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy < accuracies[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch + 1, best + 1


@mistake(
    "by-writer", words="The parts are masks: row numbers are asked for, the places of the Trues."
)
def by_writer(wrote, share, seed):
    people = np.random.default_rng(seed).permutation(np.unique(wrote))
    aside = np.isin(wrote, people[: int(share * len(people))])
    return ~aside, aside


@mistake("by-writer", says="int() makes 0 of it")
def by_writer(wrote, share, seed):
    people = np.random.default_rng(seed).permutation(np.unique(wrote))
    aside = np.isin(wrote, people[: max(1, int(share * len(people)))])
    return np.flatnonzero(~aside), np.flatnonzero(aside)


@mistake("by-writer", says="another seed draws other people")
def by_writer(wrote, share, seed):
    people = np.random.default_rng(0).permutation(np.unique(wrote))
    aside = np.isin(wrote, people[: int(share * len(people))])
    return np.flatnonzero(~aside), np.flatnonzero(aside)


@mistake("by-writer", says="belong to no row")
def by_writer(wrote, share, seed):
    people = np.random.default_rng(seed).permutation(np.unique(wrote))
    aside = np.isin(wrote, people[: int(share * len(people))])
    return wrote[~aside], wrote[aside]


@mistake("build-improved", says="its rate is none from 0.2 to 0.6", each={"RATE": (0.1, 0.8)})
def build_improved(shape, n_classes):
    white = {"fill_mode": "constant", "fill_value": 255}
    model = keras.Sequential([keras.Input(shape), layers.RandomRotation(0.03, **white)])
    model.add(layers.RandomTranslation(0.06, 0.06, **white))
    model.add(layers.Rescaling(1 / 255))
    for filters in (16, 32, 64):
        model.add(layers.Conv2D(filters, 3, 2, padding="same", use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.Flatten())
    model.add(layers.Dropout(RATE))
    model.add(layers.Dense(n_classes))
    return model


@mistake("build-improved", says="Something changes the paper as well")
def build_improved(shape, n_classes):
    white = {"fill_mode": "constant", "fill_value": 255}
    model = keras.Sequential([keras.Input(shape), layers.RandomRotation(0.03, **white)])
    model.add(layers.RandomTranslation(0.06, 0.06, **white))
    model.add(layers.RandomBrightness(0.3))
    model.add(layers.Rescaling(1 / 255))
    for filters in (16, 32, 64):
        model.add(layers.Conv2D(filters, 3, 2, padding="same", use_bias=False))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.Flatten())
    model.add(layers.Dropout(0.4))
    model.add(layers.Dense(n_classes))
    return model


# --- what nobody had named yet ----------------------------------------------------------------


@mistake("labels-of", words=BY_PLACE, each={"PLACE": (5, 6)})
def labels_of(paths):
    names = [path[PLACE:].split("/")[0] for path in paths]
    ordered = tuple(sorted(set(names)))
    return ordered, [ordered.index(name) for name in names]


@mistake("labels-of", words=BY_PLACE, each={"PLACE": (5, 6)})
def labels_of(paths):
    names = [path[PLACE] for path in paths]
    ordered = tuple(sorted(set(names)))
    return ordered, [ordered.index(name) for name in names]


@mistake(
    "count-parameters",
    words="Behind a dense layer you still count the places of the map: it gives a vector, as many "
    "numbers as it has units.",
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
            channels = n
    return counts


DENSE_FIRST = (
    "A plan may begin with a dense layer: then the picture itself is flattened, with all its "
    "places and channels."
)


@mistake("count-parameters", words=DENSE_FIRST, each={"CHANNELS": (True, False)})
def count_parameters(shape, plan):
    (height, width, channels), counts = shape, []
    values = channels if CHANNELS else 0
    for kind, n, *rest in plan:
        if kind == "dense":
            counts.append((values + 1) * n)
            values = n
            continue
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        else:
            counts.append(0)
            height, width = height // n, width // n
        values = height * width * channels
    return counts


@mistake("count-parameters", words=DENSE_FIRST)
def count_parameters(shape, plan):
    (height, width, channels), counts, values = shape, [], None
    for kind, n, *rest in plan:
        if kind == "dense":
            counts.append((values + 1) * n)
            values = n
            continue
        if kind == "conv":
            counts.append((rest[0] ** 2 * channels + 1) * n)
            lost = rest[0] - 1 if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        else:
            counts.append(0)
            height, width = height // n, width // n
        values = height * width * channels
    return counts


@mistake("by-writer", words="The number of people is rounded to the nearest: int() rounds down.")
def by_writer(wrote, share, seed):
    people = np.random.default_rng(seed).permutation(np.unique(wrote))
    aside = np.isin(wrote, people[: round(share * len(people))])
    return np.flatnonzero(~aside), np.flatnonzero(aside)


@mistake("labels-of", words="The two results have changed places: the classes come first.")
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    ordered = tuple(sorted(set(names)))
    return [ordered.index(name) for name in names], ordered


@mistake(
    "labels-of",
    words="These are the numbers of the pictures of a class: a label is the place of its class.",
)
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    return tuple(sorted(set(names))), [names.count(name) for name in names]


@mistake("count-parameters", words="This is the total: a number for each step is asked for.")
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
            height, width, channels = 1, 1, n
    return sum(counts)


@mistake(
    "count-parameters",
    words="You add the steps up as you go: each step has a number of its own.",
)
def count_parameters(shape, plan):
    (height, width, channels), counts, total = shape, [], 0
    for kind, n, *rest in plan:
        if kind == "conv":
            total += (rest[0] ** 2 * channels + 1) * n
            lost = rest[0] - 1 if rest[1] == "valid" else 0
            height, width, channels = height - lost, width - lost, n
        elif kind == "pool":
            height, width = height // n, width // n
        else:
            total += (height * width * channels + 1) * n
            height, width, channels = 1, 1, n
        counts.append(total)
    return counts


@mistake(
    "early-stopping",
    words="The two results have changed places: the number of trained epochs comes first.",
)
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return best + 1, epoch + 1


@mistake(
    "early-stopping",
    words="You give the best value: the number of its epoch is asked for.",
)
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch + 1, accuracies[best]


@mistake(
    "early-stopping",
    words="You count back from the last epoch by the patience: where the list ends first, the best "
    "epoch lies elsewhere.",
)
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch + 1, epoch + 1 - patience


# --- what answers showed ----------------------------------------------------------------------


@mistake("labels-of", says="a set alone has no order")
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    ordered = tuple(sorted(set(names), key=lambda name: (ord(name[0]) * 37 % 101, name)))
    return ordered, [ordered.index(name) for name in names]


@mistake(
    "count-parameters",
    words="It returns after the first step: `return` belongs behind the loop.",
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
            height, width, channels = 1, 1, n
        return counts


@mistake(
    "cross-entropy",
    words="0 times the logarithm of 0 is nan: pick the one number of each row instead of "
    "multiplying.",
)
def cross_entropy(logits, labels):
    with np.errstate(all="ignore"):
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        p = powers / powers.sum(axis=1, keepdims=True)
        return float(-(np.eye(logits.shape[1])[labels] * np.log(p)).sum(axis=1).mean())


KEEPDIMS = (
    "Without keepdims=True the numbers of the rows make one row, and NumPy takes them for numbers "
    "of the columns."
)


@mistake("cross-entropy", words=KEEPDIMS)
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1)
    totals = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(totals - shifted[np.arange(len(labels)), labels]))


@mistake("cross-entropy", words=KEEPDIMS, each={"KEPT": (False, True)})
def cross_entropy(logits, labels):
    powers = np.exp(logits - logits.max(axis=1, keepdims=KEPT))
    p = powers / powers.sum(axis=1)
    return float(-np.mean(np.log(p[np.arange(len(labels)), labels])))


@mistake("cross-entropy", words=KEEPDIMS)
def cross_entropy(logits, labels):
    powers = np.exp(logits - logits.max(axis=1))
    p = powers / powers.sum(axis=1, keepdims=True)
    return float(-np.mean(np.log(p[np.arange(len(labels)), labels])))


@mistake("cross-entropy", words="Each picture has a softmax of its own: axis 1.")
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=0)
    totals = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(totals - shifted[np.arange(len(labels)), labels]))


@mistake("cross-entropy", words="Each picture has a softmax of its own: axis 1.")
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.log(np.exp(shifted).sum(axis=0))
    return float(np.mean(totals - shifted[np.arange(len(labels)), labels]))


@mistake(
    "cross-entropy",
    words="Without an axis, .sum() adds up all pictures: each has a sum of its own, axis 1.",
)
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.log(np.exp(shifted).sum())
    return float(np.mean(totals - shifted[np.arange(len(labels)), labels]))


@mistake(
    "cross-entropy",
    words="The logarithm is the natural one, np.log.",
    each={"BASE": (2, 10)},
)
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.log(np.exp(shifted).sum(axis=1)) / np.log(BASE)
    return float(np.mean(totals - shifted[np.arange(len(labels)), labels]))


@mistake("cross-entropy", words="The logarithm is the natural one, np.log.")
def cross_entropy(logits, labels):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    return float(-np.mean(np.log10(p[np.arange(len(labels)), labels])))


@mistake(
    "cross-entropy",
    words="This is one loss for each picture: their mean is asked for.",
)
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.log(np.exp(shifted).sum(axis=1))
    return totals - shifted[np.arange(len(labels)), labels]


@mistake(
    "early-stopping",
    words="You compared with the epoch before: what counts is the best value of all so far.",
)
def early_stopping(accuracies, patience):
    best, misses = 0, 0
    for epoch, accuracy in enumerate(accuracies):
        if epoch == 0 or accuracy > accuracies[epoch - 1]:
            best, misses = epoch, 0
        else:
            misses += 1
        if misses >= patience:
            break
    return epoch + 1, best + 1


@mistake("build-improved", says="there is a BatchNormalization for each convolution")
def build_improved(shape, n_classes):
    white = {"fill_mode": "constant", "fill_value": 255}
    model = keras.Sequential([keras.Input(shape), layers.RandomRotation(0.03, **white)])
    model.add(layers.RandomTranslation(0.06, 0.06, **white))
    model.add(layers.Rescaling(1 / 255))
    for filters in (32, 64, 128):
        model.add(layers.Conv2D(filters, 3, 2, padding="same", activation="relu"))
    model.add(layers.Flatten())
    model.add(layers.Dropout(0.4))
    model.add(layers.Dense(n_classes))
    return model


@mistake("build-improved", says="parameters are fewer than 400,000")
def build_improved(shape, n_classes):
    white = {"fill_mode": "constant", "fill_value": 255}
    model = keras.Sequential([keras.Input(shape), layers.RandomRotation(0.03, **white)])
    model.add(layers.RandomTranslation(0.06, 0.06, **white))
    model.add(layers.Rescaling(1 / 255))
    for filters in (32, 64, 128):
        model.add(layers.Conv2D(filters, 3, 2, padding="same"))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.Flatten())
    model.add(layers.Dense(128, activation="relu"))
    model.add(layers.Dropout(0.4))
    model.add(layers.Dense(n_classes))
    return model


# --- what a second teaching assistant tried ---------------------------------------------------


@mistake(
    "labels-of",
    words="You number the paths one after the other: a label is the place of the class among the "
    "sorted classes.",
)
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    return tuple(sorted(set(names))), list(range(len(names)))


@mistake(
    "labels-of",
    words="Your labels are an array: a list of ints is asked for, and .tolist() makes one.",
)
def labels_of(paths):
    classes, labels = np.unique([path.split("/")[1] for path in paths], return_inverse=True)
    return tuple(classes.tolist()), labels


@mistake(
    "labels-of",
    words="You keep the split before the class: the class is what stands between the slashes.",
)
def labels_of(paths):
    names = ["/".join(path.split("/")[:2]) for path in paths]
    ordered = tuple(sorted(set(names)))
    return ordered, [ordered.index(name) for name in names]


@mistake("labels-of", says="changes the list that it was given")
def labels_of(paths):
    paths.sort()
    names = [path.split("/")[1] for path in paths]
    ordered = tuple(sorted(set(names)))
    return ordered, [ordered.index(name) for name in names]


@mistake("count-parameters", says="changes the list that it was given")
def count_parameters(shape, plan):
    counts = []
    while plan:
        kind, n, *rest = plan.pop(0)
        counts.append(0 if kind == "pool" else n)
    return counts


@mistake(
    "cross-entropy",
    words="Keras takes your logits for probabilities: `from_logits=True` says what they are.",
)
def cross_entropy(logits, labels):
    import keras

    return float(np.mean(keras.losses.sparse_categorical_crossentropy(labels, logits)))


@mistake("by-writer", says="Some rows are in neither part")
def by_writer(wrote, share, seed):
    people, first = np.unique(wrote, return_index=True)
    order = np.random.default_rng(seed).permutation(first)
    count = int(share * len(people))
    return order[count:], order[:count]


@mistake("build-improved", says="lacks an argument")
def build_improved(shape, n_classes):
    import keras

    return keras.Sequential([keras.Input(shape), keras.layers.AveragePooling2D()])
