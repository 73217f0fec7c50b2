"""Wrong solutions of section 05, each with the words that its diagnosis must contain."""

import numpy as np

from course.notebook.mistakes import mistake

mistake(
    "read-answers",
    says="these are the labels",
    code="""
    readings = "大犬人火大"
    wrong_ones = [1, 3, 4]
    surest_mistake = "火 not 人 (93 %)"
    """,
)
mistake(
    "read-answers",
    says="read correctly: the wrong ones",
    code="""
    readings = "大大人人人"
    wrong_ones = [0, 2]
    surest_mistake = "火 not 人 (93 %)"
    """,
)
mistake(
    "read-answers",
    says="you count from 1",
    code="""
    readings = "大大人人人"
    wrong_ones = [2, 4, 5]
    surest_mistake = "火 not 人 (93 %)"
    """,
)
mistake(
    "read-answers",
    says="label and reading are swapped",
    code="""
    readings = "大大人人人"
    wrong_ones = [1, 3, 4]
    surest_mistake = "人 not 火 (93 %)"
    """,
)
mistake(
    "read-answers",
    says="not the surest mistake",
    code="""
    readings = "大大人人人"
    wrong_ones = [1, 3, 4]
    surest_mistake = "人 not 人 (97 %)"
    """,
)
mistake(
    "read-answers",
    says="of another one the network is surer",
    code="""
    readings = "大大人人人"
    wrong_ones = [1, 3, 4]
    surest_mistake = "犬 not 大 (62 %)"
    """,
)
mistake(
    "read-answers",
    says="as in the gallery above",
    code="""
    readings = "大大人人人"
    wrong_ones = [1, 3, 4]
    surest_mistake = "火, 人, 93"
    """,
)


@mistake("suspects", says="the least sure pictures of all")
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return np.argsort(shares.max(axis=1))[:count]


@mistake("suspects", says="you compared logits between pictures")
def suspects(logits, labels, count):
    return np.argsort(logits[np.arange(len(labels)), labels])[:count]


@mistake("suspects", says="the suspects are at the other end")
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return np.argsort(-shares[np.arange(len(labels)), labels])[:count]


@mistake("suspects", says="these are the surest mistakes")
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    wrong = np.flatnonzero(shares.argmax(axis=1) != labels)
    return wrong[np.argsort(-shares[wrong].max(axis=1))][:count]


@mistake("confusion", says="a cell counts its pictures once only")
def confusions(labels, predicted, classes):
    table = np.zeros((classes, classes), int)
    table[labels, predicted] += 1
    return table


@mistake("confusion", says="a row is a label, a column a reading")
def confusions(labels, predicted, classes):
    table = np.zeros((classes, classes), int)
    np.add.at(table, (predicted, labels), 1)
    return table


@mistake("confusion", says="the number of pictures was asked for")
def confusions(labels, predicted, classes):
    table = np.zeros((classes, classes))
    np.add.at(table, (labels, predicted), 1)
    return table / table.sum(axis=1, keepdims=True)


@mistake("confusion", says="right answers are counted as well")
def confusions(labels, predicted, classes):
    table = np.zeros((classes, classes), int)
    for label, reading in zip(labels, predicted):
        if label != reading:
            table[label, reading] += 1
    return table


@mistake("confusion", says="the table's size is `classes`")
def confusions(labels, predicted, classes):
    table = np.zeros((max(labels) + 1, max(labels) + 1), int)
    np.add.at(table, (labels, predicted), 1)
    return table


@mistake("pairs", says="you looked at one direction")
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            found.append((characters[i], characters[j], int(counts[i, j])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake("pairs", says="each pair is there twice")
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(len(counts)):
            if i != j:
                found.append((characters[i], characters[j], int(counts[i, j] + counts[j, i])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake("pairs", says="leave the diagonal out")
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i, len(counts)):
            found.append((characters[i], characters[j], int(counts[i, j] + counts[j, i])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake("pairs", says="the rarest pairs come first")
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            found.append((characters[i], characters[j], int(counts[i, j] + counts[j, i])))
    return sorted(found, key=lambda pair: pair[2])[:most]


@mistake("price", says="at least means")
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence > threshold
    return error_cost * (accepted & ~right).sum() + check_cost * (~accepted).sum()


@mistake("price", says="only accepted errors cost")
def price(confidence, right, threshold, error_cost, check_cost):
    return error_cost * (~right).sum() + check_cost * (confidence < threshold).sum()


@mistake("price", says="it is the wrong ones that cost")
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    return error_cost * (accepted & right).sum() + check_cost * (~accepted).sum()


@mistake("price", says="the two prices are swapped")
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    return check_cost * (accepted & ~right).sum() + error_cost * (~accepted).sum()


@mistake("price", says="the total of all was asked for")
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    return np.mean(error_cost * (accepted & ~right) + check_cost * ~accepted)


@mistake("price", says="you have the sure answers checked")
def price(confidence, right, threshold, error_cost, check_cost):
    checked = confidence >= threshold
    return error_cost * (~checked & ~right).sum() + check_cost * checked.sum()


@mistake("calibration-error", says="all bins count alike")
def calibration_error(confidence, right, bins):
    gaps = []
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            gaps.append(abs(right[inside].mean() - confidence[inside].mean()))
    return np.mean(gaps)


@mistake("calibration-error", says="opposite sign have cancelled")
def calibration_error(confidence, right, bins):
    error = 0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * (confidence[inside].mean() - right[inside].mean())
    return error


@mistake("calibration-error", says="one gap for all answers together")
def calibration_error(confidence, right, bins):
    return abs(right.mean() - confidence.mean())


@mistake("calibration-error", says="the middle of each bin")
def calibration_error(confidence, right, bins):
    error = 0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - (b + 0.5) / bins)
    return error


@mistake("calibration-error", says="exactly 1 are lost")
def calibration_error(confidence, right, bins):
    error = 0
    for b in range(bins):
        inside = (confidence >= b / bins) & (confidence < (b + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


@mistake("calibration-error", says="the gaps are squared")
def calibration_error(confidence, right, bins):
    error = 0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * (right[inside].mean() - confidence[inside].mean()) ** 2
    return error


@mistake("calibration-error", says="skip such a bin")
def calibration_error(confidence, right, bins):
    error = 0
    with np.errstate(all="ignore"):
        for b in range(bins):
            inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
            gap = abs(np.divide(right[inside].sum() - confidence[inside].sum(), inside.sum()))
            error += inside.mean() * gap
    return error


@mistake("tempered", says="you multiplied by the temperature")
def tempered(logits, temperature):
    scaled = logits * temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@mistake("tempered", says="you divided the probabilities")
def tempered(logits, temperature):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True) / temperature
    return shares / shares.sum(axis=1, keepdims=True)


@mistake("tempered", says="it is the rows")
def tempered(logits, temperature):
    powers = np.exp(logits / temperature - np.max(logits / temperature))
    return powers / powers.sum(axis=0)


@mistake("tempered", says="large logits overflow")
def tempered(logits, temperature):
    with np.errstate(all="ignore"):
        powers = np.exp(logits / temperature)
        return powers / powers.sum(axis=1, keepdims=True)


@mistake("best-temperature", says="so it cannot choose")
def best_temperature(logits, labels, candidates):
    accuracies = []
    for temperature in candidates:
        accuracies.append((tempered(logits, temperature).argmax(axis=1) == labels).mean())
    return candidates[int(np.argmax(accuracies))]


@mistake("best-temperature", says="with the largest loss")
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        own = tempered(logits, temperature)[np.arange(len(labels)), labels]
        losses.append(-np.log(own).mean())
    return candidates[int(np.argmax(losses))]


@mistake("best-temperature", says="you compared mean probabilities")
def best_temperature(logits, labels, candidates):
    means = []
    for temperature in candidates:
        means.append(tempered(logits, temperature)[np.arange(len(labels)), labels].mean())
    return candidates[int(np.argmax(means))]


@mistake("best-temperature", says="the loss asks for that of the label")
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        losses.append(-np.log(tempered(logits, temperature).max(axis=1)).mean())
    return candidates[int(np.argmin(losses))]


mistake(
    "what-changes",
    says="the largest stays the largest",
    code="""
    changes = {"accuracy": True, "top-5 accuracy": True, "mean confidence": True,
               "calibration error": True, "which 100 pictures are the surest": True}
    """,
)
mistake(
    "what-changes",
    says="the five best are the same five",
    code="""
    changes = {"accuracy": False, "top-5 accuracy": True, "mean confidence": True,
               "calibration error": True, "which 100 pictures are the surest": True}
    """,
)
mistake(
    "what-changes",
    says="flattens every row",
    code="""
    changes = {"accuracy": False, "top-5 accuracy": False, "mean confidence": False,
               "calibration error": True, "which 100 pictures are the surest": True}
    """,
)
mistake(
    "what-changes",
    says="the gap between them moves",
    code="""
    changes = {"accuracy": False, "top-5 accuracy": False, "mean confidence": True,
               "calibration error": False, "which 100 pictures are the surest": True}
    """,
)
mistake(
    "what-changes",
    says="but not between pictures",
    code="""
    changes = {"accuracy": False, "top-5 accuracy": False, "mean confidence": True,
               "calibration error": True, "which 100 pictures are the surest": False}
    """,
)
mistake(
    "what-changes",
    says="copy the keys",
    code="""
    changes = {"accuracy": False, "top 5": False, "confidence": True, "ECE": True}
    """,
)


@mistake("interval", says="has no width at all")
def interval(right, total):
    share = right / total
    half = 1.96 * np.sqrt(share * (1 - share) / total)
    return share - half, share + half


@mistake("interval", says="give the two ends")
def interval(right, total):
    z, share = 1.96, right / total
    middle = share + z**2 / (2 * total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    scale = 1 + z**2 / total
    return middle / scale, half / scale


@mistake("interval", says="the factor z is missing")
def interval(right, total):
    z, share = 1, right / total
    middle = share + z**2 / (2 * total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    scale = 1 + z**2 / total
    return (middle - half) / scale, (middle + half) / scale


@mistake("interval", says="the square root is missing")
def interval(right, total):
    z, share = 1.96, right / total
    middle = share + z**2 / (2 * total)
    half = z * (share * (1 - share) / total + z**2 / (4 * total**2))
    scale = 1 + z**2 / total
    return (middle - half) / scale, (middle + half) / scale


@mistake("interval", says="in per cent")
def interval(right, total):
    z, share = 1.96, right / total
    middle = share + z**2 / (2 * total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    scale = 1 + z**2 / total
    return 100 * (middle - half) / scale, 100 * (middle + half) / scale


@mistake("interval", says="divides both")
def interval(right, total):
    z, share = 1.96, right / total
    middle = share + z**2 / (2 * total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    return middle - half, middle + half


@mistake("ink-box", says="you boxed the paper")
def ink_box(image):
    rows = np.flatnonzero((image >= 128).any(axis=1))
    columns = np.flatnonzero((image >= 128).any(axis=0))
    height, width = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    return int(rows[0]), int(columns[0]), int(height), int(width)


@mistake("ink-box", says="the first row and the last one both belong")
def ink_box(image):
    rows = np.flatnonzero((image < 128).any(axis=1))
    columns = np.flatnonzero((image < 128).any(axis=0))
    height, width = rows[-1] - rows[0], columns[-1] - columns[0]
    return int(rows[0]), int(columns[0]), int(height), int(width)


@mistake("ink-box", says="height and width were asked for")
def ink_box(image):
    rows = np.flatnonzero((image < 128).any(axis=1))
    columns = np.flatnonzero((image < 128).any(axis=0))
    return int(rows[0]), int(columns[0]), int(rows[-1]), int(columns[-1])


@mistake("ink-box", says="rows and columns are swapped")
def ink_box(image):
    rows = np.flatnonzero((image < 128).any(axis=0))
    columns = np.flatnonzero((image < 128).any(axis=1))
    height, width = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    return int(rows[0]), int(columns[0]), int(height), int(width)


@mistake("ink-box", says="128 itself is paper")
def ink_box(image):
    rows = np.flatnonzero((image <= 128).any(axis=1))
    columns = np.flatnonzero((image <= 128).any(axis=0))
    height, width = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    return int(rows[0]), int(columns[0]), int(height), int(width)


@mistake("slant", says="here the paper is weighed")
def slant(image):
    weight = image / image.sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan(-(weight * x * y).sum() / (weight * y**2).sum())))


@mistake("slant", says="rows are counted downwards")
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan((weight * x * y).sum() / (weight * y**2).sum())))


@mistake("slant", says="divide by the spread of y")
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan(-(weight * x * y).sum() / (weight * x**2).sum())))


@mistake("slant", says="two of the three bugs are left")
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan((weight * x * y).sum() / (weight * x**2).sum())))


@mistake("slant", says="all three bugs are left")
def slant(image):
    weight = image / image.sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan((weight * x * y).sum() / (weight * x**2).sum())))


@mistake("slant", says="in radians")
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.arctan(-(weight * x * y).sum() / (weight * y**2).sum()))


@mistake("confusion", says="begin with a table of ints")
def confusions(labels, predicted, classes):
    table = np.zeros((classes, classes))
    for label, reading in zip(labels, predicted, strict=True):
        table[label, reading] += 1
    return table


@mistake("confusion", says="wrapped around")
def confusions(labels, predicted, classes):
    table = np.zeros((classes, classes), np.uint8)
    np.add.at(table, (labels, predicted), 1)
    return table


@mistake("confusion", says="keeps its row and its column")
def confusions(labels, predicted, classes):
    met = confusion_matrix(labels, predicted)
    return np.pad(met, (0, classes - len(met)))


@mistake("price", says="a hair below")
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = (confidence > threshold) | np.isclose(confidence, threshold)
    return error_cost * (accepted & ~right).sum() + check_cost * (~accepted).sum()


@mistake("price", says="digits after the point")
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    return int(error_cost * (accepted & ~right).sum() + check_cost * (~accepted).sum())


@mistake("calibration-error", says="on a border")
def calibration_error(confidence, right, bins):
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs((right - confidence)[place == b].sum()) for b in range(bins)]
    return sum(gaps) / len(right)


@mistake("tempered", says="does not add up to 1")
def tempered(logits, temperature):
    scaled = logits / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return powers / (powers.sum(axis=1, keepdims=True) + 1e-5)


@mistake("tempered", says="so does rounding")
def tempered(logits, temperature):
    scaled = logits / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.round(powers / powers.sum(axis=1, keepdims=True), 6)


@mistake("tempered", says="nan comes of 0 / 0")
def tempered(logits, temperature):
    scaled = logits / temperature
    powers = np.exp(scaled - scaled.max())  # the largest of all rows
    return powers / powers.sum(axis=1, keepdims=True)
