"""Wrong solutions of section 04, each with the words that its diagnosis must contain."""

import numpy as np

from course.notebook.mistakes import mistake


@mistake("labels-of", says="in which they come")
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    ordered = tuple(dict.fromkeys(names))
    return ordered, [ordered.index(name) for name in names]


@mistake("labels-of", says="begin at 0")
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    ordered = tuple(sorted(set(names)))
    return ordered, [ordered.index(name) + 1 for name in names]


@mistake("labels-of", says="took the split for the class")
def labels_of(paths):
    names = [path.split("/")[0] for path in paths]
    ordered = tuple(sorted(set(names)))
    return ordered, [ordered.index(name) for name in names]


@mistake("labels-of", says="in the order of the paths")
def labels_of(paths):
    names = sorted(path.split("/")[1] for path in paths)
    ordered = tuple(sorted(set(names)))
    return ordered, [ordered.index(name) for name in names]


@mistake("labels-of", says="each stands there once")
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    ordered = tuple(sorted(names))
    return ordered, [ordered.index(name) for name in names]


@mistake("labels-of", says="as a dictionary does")
def labels_of(paths):
    names = [path.split("/")[1] for path in paths]
    ordered = tuple(sorted(set(names), key=str.lower))
    return ordered, [ordered.index(name) for name in names]


mistake(
    "full-shapes",
    says="rounded up",
    code="""
    train_shape = (25_765, 80, 60, 1)
    validation_shape = (6_441, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 202
    """,
)
mistake(
    "full-shapes",
    says="a fifth of these pictures is set aside",
    code="""
    train_shape = (32_206, 80, 60, 1)
    validation_shape = (6_442, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 252
    """,
)
mistake(
    "full-shapes",
    says="rows and columns are swapped",
    code="""
    train_shape = (25_764, 60, 80, 1)
    validation_shape = (6_442, 60, 80, 1)
    test_shape = (7_684, 60, 80, 1)
    steps = 202
    """,
)
mistake(
    "full-shapes",
    says="channel axis is missing",
    code="""
    train_shape = (25_764, 80, 60)
    validation_shape = (6_442, 80, 60)
    test_shape = (7_684, 80, 60)
    steps = 202
    """,
)
mistake(
    "full-shapes",
    says="nothing is set aside of the test set",
    code="""
    train_shape = (25_764, 80, 60, 1)
    validation_shape = (6_442, 80, 60, 1)
    test_shape = (6_147, 80, 60, 1)
    steps = 202
    """,
)
mistake(
    "full-shapes",
    says="smaller batch is missing",
    code="""
    train_shape = (25_764, 80, 60, 1)
    validation_shape = (6_442, 80, 60, 1)
    test_shape = (7_684, 80, 60, 1)
    steps = 201
    """,
)

mistake(
    "digit-network",
    says="takes 'valid'",
    code="""
    digit_shapes = [(28, 28, 32), (14, 14, 32), (14, 14, 64), (7, 7, 64), (7, 7, 128)]
    digit_parameters = [320, 18_496, 73_856, 62_730]
    """,
)
mistake(
    "digit-network",
    says="half a window is no window",
    code="""
    digit_shapes = [(26, 26, 32), (13, 13, 32), (11, 11, 64), (6, 6, 64), (4, 4, 128)]
    digit_parameters = [320, 18_496, 73_856, 20_490]
    """,
)
mistake(
    "digit-network",
    says="biases are missing",
    code="""
    digit_shapes = [(26, 26, 32), (13, 13, 32), (11, 11, 64), (5, 5, 64), (3, 3, 128)]
    digit_parameters = [288, 18_432, 73_728, 11_520]
    """,
)
mistake(
    "digit-network",
    says="through all input channels",
    code="""
    digit_shapes = [(26, 26, 32), (13, 13, 32), (11, 11, 64), (5, 5, 64), (3, 3, 128)]
    digit_parameters = [320, 640, 1_280, 11_530]
    """,
)
mistake(
    "digit-network",
    says="every place of the map",
    code="""
    digit_shapes = [(26, 26, 32), (13, 13, 32), (11, 11, 64), (5, 5, 64), (3, 3, 128)]
    digit_parameters = [320, 18_496, 73_856, 1_290]
    """,
)


@mistake("count-parameters", says="the biases are missing")
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


@mistake("count-parameters", says="the input's channels are missing")
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


@mistake("count-parameters", says="a pool shrinks the map")
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


@mistake("count-parameters", says="reads every place of the map")
def count_parameters(shape, plan):
    channels, counts = shape[2], []
    for kind, n, *rest in plan:
        kernel = rest[0] if kind == "conv" else 1
        counts.append(0 if kind == "pool" else (kernel**2 * channels + 1) * n)
        channels = channels if kind == "pool" else n
    return counts


@mistake("count-parameters", says="a pool rounds down")
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


@mistake("count-parameters", says="'valid' drops the border")
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


@mistake("count-parameters", says="not the map")
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


mistake("malaria", says="25 × 25", code='paddings = {("same", "same")}')
mistake("malaria", says="one column too small", code='paddings = {("valid", "valid")}')
mistake("malaria", says="another one fits as well", code='paddings = {("same", "valid")}')
mistake("malaria", says="in braces", code='paddings = ("same", "valid")')
mistake(
    "malaria",
    says="25 × 25",
    code="paddings = {(a, b) for a in ('same', 'valid') for b in ('same', 'valid')}",
)


@mistake("build-pets", says="takes 'valid'")
def build_pets(shape):
    model = keras.Sequential([keras.Input(shape), layers.Rescaling(1 / 255)])
    for filters in (32, 64, 128, 256):
        model.add(layers.Conv2D(filters, 3, activation="relu", padding="same"))
        model.add(layers.MaxPooling2D(2))
    model.add(layers.Conv2D(256, 3, activation="relu", padding="same"))
    model.add(layers.Flatten())
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


@mistake("build-pets", says="a pool too many")
def build_pets(shape):
    model = keras.Sequential([keras.Input(shape), layers.Rescaling(1 / 255)])
    for filters in (32, 64, 128, 256, 256):
        model.add(layers.Conv2D(filters, 3, activation="relu"))
        model.add(layers.MaxPooling2D(2))
    model.add(layers.Flatten())
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


@mistake("build-pets", says="begin with keras.Input")
def build_pets(shape):
    model = keras.Sequential([layers.Rescaling(1 / 255)])
    for filters in (32, 64, 128, 256):
        model.add(layers.Conv2D(filters, 3, activation="relu"))
        model.add(layers.MaxPooling2D(2))
    model.add(layers.Conv2D(256, 3, activation="relu"))
    model.add(layers.Flatten())
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


@mistake("build-pets", says="scale them by 1/255")
def build_pets(shape):
    model = keras.Sequential([keras.Input(shape)])
    for filters in (32, 64, 128, 256):
        model.add(layers.Conv2D(filters, 3, activation="relu"))
        model.add(layers.MaxPooling2D(2))
    model.add(layers.Conv2D(256, 3, activation="relu"))
    model.add(layers.Flatten())
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


@mistake("build-pets", says="are one convolution")
def build_pets(shape):
    model = keras.Sequential([keras.Input(shape), layers.Rescaling(1 / 255)])
    for filters in (32, 64, 128, 256):
        model.add(layers.Conv2D(filters, 3))
        model.add(layers.MaxPooling2D(2))
    model.add(layers.Conv2D(256, 3))
    model.add(layers.Flatten())
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


@mistake("build-pets", says="one unit is always 1")
def build_pets(shape):
    model = keras.Sequential([keras.Input(shape), layers.Rescaling(1 / 255)])
    for filters in (32, 64, 128, 256):
        model.add(layers.Conv2D(filters, 3, activation="relu"))
        model.add(layers.MaxPooling2D(2))
    model.add(layers.Conv2D(256, 3, activation="relu"))
    model.add(layers.Flatten())
    model.add(layers.Dense(1, activation="softmax"))
    return model


@mistake("build-pets", says="needs a sigmoid")
def build_pets(shape):
    model = keras.Sequential([keras.Input(shape), layers.Rescaling(1 / 255)])
    for filters in (32, 64, 128, 256):
        model.add(layers.Conv2D(filters, 3, activation="relu"))
        model.add(layers.MaxPooling2D(2))
    model.add(layers.Conv2D(256, 3, activation="relu"))
    model.add(layers.Flatten())
    model.add(layers.Dense(1))
    return model


@mistake("cross-entropy", says="this is the sum")
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.log(np.exp(shifted).sum(axis=1))
    return float(np.sum(totals - shifted[np.arange(len(labels)), labels]))


@mistake("cross-entropy", says="the sign is the wrong way round")
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(shifted[np.arange(len(labels)), labels] - totals))


@mistake("cross-entropy", says="a softmax of its own")
def cross_entropy(logits, labels):
    shifted = logits - logits.max()
    totals = np.log(np.exp(shifted).sum())
    return float(np.mean(totals - shifted[np.arange(len(labels)), labels]))


@mistake("cross-entropy", says="not the most probable one")
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(shifted).sum(axis=1))))


@mistake("cross-entropy", says="np.log")
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.log2(np.exp(shifted).sum(axis=1))
    return float(np.mean(totals - shifted[np.arange(len(labels)), labels] / np.log(2)))


@mistake("cross-entropy", says="large logits break it")
def cross_entropy(logits, labels):
    with np.errstate(all="ignore"):
        probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        return float(-np.mean(np.log(probabilities[np.arange(len(labels)), labels])))


@mistake("cross-entropy", says="large logits break it")
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    probabilities = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
    own = np.clip(probabilities[np.arange(len(labels)), labels], 1e-7, 1)
    return float(-np.mean(np.log(own)))


@mistake("early-stopping", says="it does not stop")
def early_stopping(accuracies, patience):
    return len(accuracies), int(np.argmax(accuracies)) + 1


@mistake("early-stopping", says="an epoch too late")
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best]:
            best = epoch
        if epoch - best > patience:
            break
    return epoch + 1, best + 1


@mistake("early-stopping", says="only in a row")
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


@mistake("early-stopping", says="only equals the best")
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy >= accuracies[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch + 1, best + 1


@mistake("early-stopping", says="counted from 1, too")
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch + 1, best


@mistake("early-stopping", says="not those of the last one")
def early_stopping(accuracies, patience):
    best = 0
    for epoch, accuracy in enumerate(accuracies):
        if accuracy > accuracies[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch + 1, epoch + 1


@mistake("best-guesses", says="two bugs are left")
def best_guesses(logits, classes, k):
    probabilities = np.exp(logits) / np.exp(logits).sum()
    order = np.argsort(probabilities, axis=1)[:, :k]
    return [
        [(classes[i], float(row[i])) for i in best]
        for row, best in zip(probabilities, order, strict=True)
    ]


@mistake("best-guesses", says="own classes: axis 1")
def best_guesses(logits, classes, k):
    probabilities = np.exp(logits) / np.exp(logits).sum()
    order = np.argsort(-probabilities, axis=1)[:, :k]
    return [
        [(classes[i], float(row[i])) for i in best]
        for row, best in zip(probabilities, order, strict=True)
    ]


@mistake("best-guesses", says="argsort sorts upwards")
def best_guesses(logits, classes, k):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    order = np.argsort(probabilities, axis=1)[:, :k]
    return [
        [(classes[i], float(row[i])) for i in best]
        for row, best in zip(probabilities, order, strict=True)
    ]


@mistake("best-guesses", says="most probable one comes first")
def best_guesses(logits, classes, k):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    order = np.argsort(probabilities, axis=1)[:, -k:]
    return [
        [(classes[i], float(row[i])) for i in best]
        for row, best in zip(probabilities, order, strict=True)
    ]


@mistake("best-guesses", says="large logits overflow")
def best_guesses(logits, classes, k):
    with np.errstate(all="ignore"):
        probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    order = np.argsort(-probabilities, axis=1)[:, :k]
    return [
        [(classes[i], float(row[i])) for i in best]
        for row, best in zip(probabilities, order, strict=True)
    ]


@mistake("best-guesses", says="the logits still")
def best_guesses(logits, classes, k):
    order = np.argsort(-logits, axis=1)[:, :k]
    return [
        [(classes[i], float(row[i])) for i in best] for row, best in zip(logits, order, strict=True)
    ]


@mistake("top-k", says="that is a count")
def top_k_accuracy(logits, labels, k):
    best = np.argsort(-logits, axis=1)[:, :k]
    return int(np.sum(best == labels[:, np.newaxis]))


@mistake("top-k", says="the smallest logits")
def top_k_accuracy(logits, labels, k):
    best = np.argsort(logits, axis=1)[:, :k]
    return float(np.mean(np.any(best == labels[:, np.newaxis], axis=1)))


@mistake("top-k", says="any of the k best will do")
def top_k_accuracy(logits, labels, k):
    return float(np.mean(np.argmax(logits, axis=1) == labels))


@mistake("top-k", says="in per cent")
def top_k_accuracy(logits, labels, k):
    best = np.argsort(-logits, axis=1)[:, :k]
    return float(100 * np.mean(np.any(best == labels[:, np.newaxis], axis=1)))


@mistake("top-k", says="one guess too many")
def top_k_accuracy(logits, labels, k):
    best = np.argsort(-logits, axis=1)[:, : k + 1]
    return float(np.mean(np.any(best == labels[:, np.newaxis], axis=1)))


mistake(
    "build-improved",
    says="flipped character",
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
    says="share of a full turn",
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
    says="paints on a blank sheet",
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
    says="still has a softmax",
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
    says="fewer BatchNormalization layers",
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
    says="no activation",
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
    says="too many parameters",
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
    says="do not stand beside them",
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
    says="Use two of RandomRotation",
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


@mistake("count-parameters", says="its size stands in the plan")
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


@mistake("build-pets", says="a max pool after each")
def build_pets(shape):
    model = keras.Sequential([keras.Input(shape), layers.Rescaling(1 / 255)])
    for filters in (32, 64, 128, 256):
        model.add(layers.Conv2D(filters, 3, activation="relu"))
        model.add(layers.AveragePooling2D(2))
    model.add(layers.Conv2D(256, 3, activation="relu"))
    model.add(layers.Flatten())
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


@mistake("early-stopping", says="The first epoch is a new best")
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


@mistake("early-stopping", says="however little it gains")
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


@mistake("best-guesses", says="nan comes of 0 / 0")
def best_guesses(logits, classes, k):
    powers = np.exp(logits - logits.max())  # the largest of all pictures
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    order = np.argsort(-probabilities, axis=1)[:, :k]
    return [
        [(classes[i], float(row[i])) for i in best]
        for row, best in zip(probabilities, order, strict=True)
    ]


@mistake("best-guesses", says="take each picture's largest off")
def best_guesses(logits, classes, k):
    powers = np.exp(np.clip(logits, -700, 700))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    order = np.argsort(-probabilities, axis=1)[:, :k]
    return [
        [(classes[i], float(row[i])) for i in best]
        for row, best in zip(probabilities, order, strict=True)
    ]


@mistake("build-improved", says="lets hardly anything through")
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


@mistake("build-improved", says="mirrors ink")
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
