"""Wrong solutions of section 5, each with the words that tell whoever makes it what went wrong."""

import numpy as np

from course.notebook.mistakes import mistake

COPIED_LABELS = "These are the labels: a reading is the character with the highest probability."
RIGHT_ONES = "These are the ones that were read correctly: the wrong ones were asked for."
FROM_ONE = "You count from 1: the first picture has the number 0."
LABEL_FIRST = "Label and reading are swapped: first what it is, then what it was taken for."
NO_MISTAKE = "That picture was read correctly: the surest answer of all is not the surest mistake."
NOT_SUREST = "That is a mistake, but of another one the network is surer."
LEAST_SURE_OF_ALL = "These are the least sure pictures of all: ask for the label's own share."
BARE_LOGITS = (
    "You compared numbers between pictures that have no common measure: only shares of the own row "
    "do, a softmax along axis 1."
)
LIKELIEST = "The likeliest labels come first: the suspects are at the other end."
SUREST_MISTAKES = "These are the surest mistakes: the least probable label was asked for."
CELL_BY_CELL = "A cell counts its pictures once only: `counts[labels, predicted] += 1` does that."
TRANSPOSED = "Rows and columns are swapped: a row is a label, a column a reading."
SHARES = "These are shares: the number of pictures was asked for."
NO_DIAGONAL = "The diagonal is empty: right answers are counted as well."
ONE_DIRECTION = (
    "You looked at one direction: 大 taken for 太 and 太 taken for 大 are one and the same pair."
)
PAIR_TWICE = "Each pair is there twice, once in either order, or its errors are counted twice."
RIGHT_PAIRS = "A character paired with itself is no confusion: leave the diagonal out."
RAREST = "The rarest pairs come first: the commonest should."
STRICTLY_ABOVE = "An answer exactly at the threshold is accepted, too: at least means ≥."
EVERY_ERROR = "A wrong answer that a person checks does no harm: only accepted errors cost."
RIGHT_COSTS = "You charged for accepted answers that are right: it is the wrong ones that cost."
PRICES_SWAPPED = "The two prices are swapped."
ONE_PICTURE = "That is the mean for one form: the total of all was asked for."
CHECKS_THE_SURE = "You have the sure answers checked, and accept the unsure ones."
EQUAL_BINS = "All bins count alike: weigh each gap by the share of the answers in its bin."
GAPS_CANCEL = (
    "Gaps of opposite sign have cancelled, and what is left is one gap for all answers together: "
    "take the size of each bin's gap before you add them up."
)
BIN_CENTRES = (
    "You compared with the middle of each bin: its answers' own mean confidence may lie elsewhere."
)
LOST_ONE = "Answers with a confidence of exactly 1 are lost: they belong to the last bin."
SQUARED_GAPS = "The gaps are squared: their sizes were asked for."
EMPTY_BINS = "The mean of an empty bin is NaN, and so is a sum with it: skip such a bin."
TIMES_TEMPERATURE = "You multiplied by the temperature: logits are divided by it."
DIVIDED_PROBABILITIES = (
    "You divided the probabilities: when they are made to add up to 1 again, nothing has changed. "
    "Divide the logits, before the softmax."
)
OVER_PICTURES = "Each column adds up to 1: it is the rows, the pictures, that should."
OVERFLOWS = "Large logits overflow: take the largest of its row from each, before exp."
BY_ACCURACY = "Accuracy is the same at every temperature, so it cannot choose: compare the losses."
LARGEST_LOSS = "That is the temperature with the largest loss."
MEAN_PROBABILITY = (
    "You compared mean probabilities. The loss takes the logarithm of each first, so that a sure "
    "mistake weighs much."
)
HIGHEST_PROBABILITY = (
    "You took each picture's highest probability: the loss asks for that of the label, whatever "
    "was read."
)
WALD = (
    "That is the simple interval, share ± z·sqrt(p(1 − p)/n). With few pictures it is too narrow, "
    "and with 7 of 7 it has no width at all."
)
HALF_WIDTH = "These are centre and half width: give the two ends."
NO_Z = "The factor z is missing: one standard deviation covers 68 % only."
NO_ROOT = "The square root is missing."
OUT_OF_HUNDRED = "That is in per cent: shares run from 0 to 1."
NO_SCALE = "The denominator 1 + z²/n divides both, the middle and the half width."
PAPER_BOX = "You boxed the paper: ink is dark, below 128."
LAST_MINUS_FIRST = "One too few: the first row and the last one both belong to the character."
ENDS_NOT_SIZES = "You gave the last row and column: height and width were asked for."
COLUMN_FIRST = "Rows and columns are swapped: top and height belong to the rows."
AT_MOST = "Ink is below 128: a pixel of 128 itself is paper."
PAPER_WEIGHED = "One bug is left: paper is 255 and ink is 0, so here the paper is weighed."
LEANS_LEFT = "One bug is left: rows are counted downwards, so the sign is the wrong way round."
OVER_X = "One bug is left: the lean is x for each step of y, so divide by the spread of y."
TWO_LEFT = "Two of the three bugs are left."
THREE_LEFT = "All three bugs are left: begin with what is weighed."
RADIANS = "The angle is in radians: degrees were asked for."
A_HAIR_BELOW = (
    "A confidence a hair below the threshold is below it: compare the numbers as they are, "
    "without rounding and without np.isclose."
)
BORDERS = (
    "A confidence on a border belongs to one bin alone, the lower one: above its lower end, up to "
    "and including its upper end."
)
NOT_ONE = (
    "A row does not add up to 1 exactly: a small number added to the denominator spoils it, and "
    "so does rounding."
)
ARGMAX_STAYS = (
    "Dividing a row by one positive number keeps its order, so the largest stays the largest."
)
TOP_FIVE_STAYS = "A row keeps its order: the five best are the same five."
CONFIDENCE_MOVES = "A higher temperature flattens every row, so the highest probability falls."
ERROR_MOVES = "Confidence moves and accuracy stays, so the gap between them moves."
RANKING_MOVES = (
    "Within a picture the order stays, but not between pictures: how fast a highest probability "
    "falls depends on all its rivals. Compare one strong rival with many weak ones."
)

mistake(
    "read-answers",
    words=COPIED_LABELS,
    code="""
    readings = "大犬人火大"
    wrong_ones = [1, 3, 4]
    surest_mistake = "火 not 人 (93 %)"
    """,
)
mistake(
    "read-answers",
    words=RIGHT_ONES,
    code="""
    readings = "大大人人人"
    wrong_ones = [0, 2]
    surest_mistake = "火 not 人 (93 %)"
    """,
)
mistake(
    "read-answers",
    words=FROM_ONE,
    code="""
    readings = "大大人人人"
    wrong_ones = [2, 4, 5]
    surest_mistake = "火 not 人 (93 %)"
    """,
)
mistake(
    "read-answers",
    words=LABEL_FIRST,
    code="""
    readings = "大大人人人"
    wrong_ones = [1, 3, 4]
    surest_mistake = "人 not 火 (93 %)"
    """,
)
mistake(
    "read-answers",
    words=NO_MISTAKE,
    code="""
    readings = "大大人人人"
    wrong_ones = [1, 3, 4]
    surest_mistake = "人 not 人 (97 %)"
    """,
)
mistake(
    "read-answers",
    words=NOT_SUREST,
    code="""
    readings = "大大人人人"
    wrong_ones = [1, 3, 4]
    surest_mistake = "犬 not 大 (62 %)"
    """,
)
mistake(
    "read-answers",
    words="Write label, reading and per cent as in the gallery above.",
    code="""
    readings = "大大人人人"
    wrong_ones = [1, 3, 4]
    surest_mistake = "火, 人, 93"
    """,
)


mistake(
    "read-answers",
    words="That is the least sure of the mistakes.",
    code="""
    readings = "大大人人人"
    wrong_ones = [1, 3, 4]
    surest_mistake = "大 not 人 (30 %)"
    """,
)


@mistake("suspects", words=LEAST_SURE_OF_ALL)
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return np.argsort(shares.max(axis=1))[:count]


@mistake("suspects", words=BARE_LOGITS)
def suspects(logits, labels, count):
    return np.argsort(logits[np.arange(len(labels)), labels])[:count]


@mistake("suspects", words=LIKELIEST)
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return np.argsort(-shares[np.arange(len(labels)), labels])[:count]


@mistake("suspects", words=SUREST_MISTAKES)
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    wrong = np.flatnonzero(shares.argmax(axis=1) != labels)
    return wrong[np.argsort(-shares[wrong].max(axis=1))][:count]


@mistake("confusion", words=CELL_BY_CELL)
def confusions(labels, predicted, classes):
    table = np.zeros((classes, classes), int)
    table[labels, predicted] += 1
    return table


@mistake("confusion", words=TRANSPOSED)
def confusions(labels, predicted, classes):
    table = np.zeros((classes, classes), int)
    np.add.at(table, (predicted, labels), 1)
    return table


@mistake("confusion", words=SHARES)
def confusions(labels, predicted, classes):
    table = np.zeros((classes, classes))
    np.add.at(table, (labels, predicted), 1)
    return table / table.sum(axis=1, keepdims=True)


@mistake("confusion", words=NO_DIAGONAL)
def confusions(labels, predicted, classes):
    table = np.zeros((classes, classes), int)
    for label, reading in zip(labels, predicted):
        if label != reading:
            table[label, reading] += 1
    return table


@mistake("confusion", words="The table's size is `classes`, whatever occurs.")
def confusions(labels, predicted, classes):
    table = np.zeros((max(labels) + 1, max(labels) + 1), int)
    np.add.at(table, (labels, predicted), 1)
    return table


@mistake("pairs", words=ONE_DIRECTION)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            found.append((characters[i], characters[j], int(counts[i, j])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake("pairs", words=PAIR_TWICE)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(len(counts)):
            if i != j:
                found.append((characters[i], characters[j], int(counts[i, j] + counts[j, i])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake("pairs", words=RIGHT_PAIRS)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i, len(counts)):
            found.append((characters[i], characters[j], int(counts[i, j] + counts[j, i])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake("pairs", words=RAREST)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            found.append((characters[i], characters[j], int(counts[i, j] + counts[j, i])))
    return sorted(found, key=lambda pair: pair[2])[:most]


@mistake("price", words=STRICTLY_ABOVE)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence > threshold
    return error_cost * (accepted & ~right).sum() + check_cost * (~accepted).sum()


@mistake("price", words=EVERY_ERROR)
def price(confidence, right, threshold, error_cost, check_cost):
    return error_cost * (~right).sum() + check_cost * (confidence < threshold).sum()


@mistake("price", words=RIGHT_COSTS)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    return error_cost * (accepted & right).sum() + check_cost * (~accepted).sum()


@mistake("price", words=PRICES_SWAPPED)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    return check_cost * (accepted & ~right).sum() + error_cost * (~accepted).sum()


@mistake("price", words=ONE_PICTURE)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    return np.mean(error_cost * (accepted & ~right) + check_cost * ~accepted)


@mistake("price", words=CHECKS_THE_SURE)
def price(confidence, right, threshold, error_cost, check_cost):
    checked = confidence >= threshold
    return error_cost * (~checked & ~right).sum() + check_cost * checked.sum()


@mistake("calibration-error", words=EQUAL_BINS)
def calibration_error(confidence, right, bins):
    gaps = []
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            gaps.append(abs(right[inside].mean() - confidence[inside].mean()))
    return np.mean(gaps)


@mistake("calibration-error", words=GAPS_CANCEL)
def calibration_error(confidence, right, bins):
    error = 0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * (confidence[inside].mean() - right[inside].mean())
    return error


@mistake("calibration-error", words=GAPS_CANCEL)
def calibration_error(confidence, right, bins):
    return abs(right.mean() - confidence.mean())


@mistake("calibration-error", words=BIN_CENTRES)
def calibration_error(confidence, right, bins):
    error = 0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - (b + 0.5) / bins)
    return error


@mistake("calibration-error", words=LOST_ONE)
def calibration_error(confidence, right, bins):
    error = 0
    for b in range(bins):
        inside = (confidence >= b / bins) & (confidence < (b + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


@mistake("calibration-error", words=SQUARED_GAPS)
def calibration_error(confidence, right, bins):
    error = 0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * (right[inside].mean() - confidence[inside].mean()) ** 2
    return error


@mistake("calibration-error", words=EMPTY_BINS)
def calibration_error(confidence, right, bins):
    error = 0
    with np.errstate(all="ignore"):
        for b in range(bins):
            inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
            gap = abs(np.divide(right[inside].sum() - confidence[inside].sum(), inside.sum()))
            error += inside.mean() * gap
    return error


@mistake("tempered", words=TIMES_TEMPERATURE)
def tempered(logits, temperature):
    scaled = logits * temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@mistake("tempered", words=DIVIDED_PROBABILITIES)
def tempered(logits, temperature):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True) / temperature
    return shares / shares.sum(axis=1, keepdims=True)


@mistake("tempered", words=OVER_PICTURES)
def tempered(logits, temperature):
    powers = np.exp(logits / temperature - np.max(logits / temperature))
    return powers / powers.sum(axis=0)


@mistake("tempered", words=OVERFLOWS)
def tempered(logits, temperature):
    with np.errstate(all="ignore"):
        powers = np.exp(logits / temperature)
        return powers / powers.sum(axis=1, keepdims=True)


@mistake("best-temperature", words=BY_ACCURACY)
def best_temperature(logits, labels, candidates):
    accuracies = []
    for temperature in candidates:
        accuracies.append((tempered(logits, temperature).argmax(axis=1) == labels).mean())
    return candidates[int(np.argmax(accuracies))]


@mistake("best-temperature", words=LARGEST_LOSS)
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        own = tempered(logits, temperature)[np.arange(len(labels)), labels]
        losses.append(-np.log(own).mean())
    return candidates[int(np.argmax(losses))]


@mistake("best-temperature", words=MEAN_PROBABILITY)
def best_temperature(logits, labels, candidates):
    means = []
    for temperature in candidates:
        means.append(tempered(logits, temperature)[np.arange(len(labels)), labels].mean())
    return candidates[int(np.argmax(means))]


@mistake("best-temperature", words=HIGHEST_PROBABILITY)
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        losses.append(-np.log(tempered(logits, temperature).max(axis=1)).mean())
    return candidates[int(np.argmin(losses))]


mistake(
    "what-changes",
    words=ARGMAX_STAYS,
    code="""
    changes = {"accuracy": True, "top-5 accuracy": True, "mean confidence": True,
               "calibration error": True, "which 100 pictures are the surest": True}
    """,
)
mistake(
    "what-changes",
    words=TOP_FIVE_STAYS,
    code="""
    changes = {"accuracy": False, "top-5 accuracy": True, "mean confidence": True,
               "calibration error": True, "which 100 pictures are the surest": True}
    """,
)
mistake(
    "what-changes",
    words=CONFIDENCE_MOVES,
    code="""
    changes = {"accuracy": False, "top-5 accuracy": False, "mean confidence": False,
               "calibration error": True, "which 100 pictures are the surest": True}
    """,
)
mistake(
    "what-changes",
    words=ERROR_MOVES,
    code="""
    changes = {"accuracy": False, "top-5 accuracy": False, "mean confidence": True,
               "calibration error": False, "which 100 pictures are the surest": True}
    """,
)
mistake(
    "what-changes",
    words=RANKING_MOVES,
    code="""
    changes = {"accuracy": False, "top-5 accuracy": False, "mean confidence": True,
               "calibration error": True, "which 100 pictures are the surest": False}
    """,
)
mistake(
    "what-changes",
    says="the five keys",
    code="""
    changes = {"accuracy": False, "top 5": False, "confidence": True, "ECE": True}
    """,
)


@mistake("interval", words=WALD)
def interval(right, total):
    share = right / total
    half = 1.96 * np.sqrt(share * (1 - share) / total)
    return share - half, share + half


@mistake("interval", words=HALF_WIDTH)
def interval(right, total):
    z, share = 1.96, right / total
    middle = share + z**2 / (2 * total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    scale = 1 + z**2 / total
    return middle / scale, half / scale


@mistake("interval", words=NO_Z)
def interval(right, total):
    z, share = 1, right / total
    middle = share + z**2 / (2 * total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    scale = 1 + z**2 / total
    return (middle - half) / scale, (middle + half) / scale


@mistake("interval", words=NO_ROOT)
def interval(right, total):
    z, share = 1.96, right / total
    middle = share + z**2 / (2 * total)
    half = z * (share * (1 - share) / total + z**2 / (4 * total**2))
    scale = 1 + z**2 / total
    return (middle - half) / scale, (middle + half) / scale


@mistake("interval", words=OUT_OF_HUNDRED)
def interval(right, total):
    z, share = 1.96, right / total
    middle = share + z**2 / (2 * total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    scale = 1 + z**2 / total
    return 100 * (middle - half) / scale, 100 * (middle + half) / scale


@mistake("interval", words=NO_SCALE)
def interval(right, total):
    z, share = 1.96, right / total
    middle = share + z**2 / (2 * total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    return middle - half, middle + half


@mistake("ink-box", words=PAPER_BOX)
def ink_box(image):
    rows = np.flatnonzero((image >= 128).any(axis=1))
    columns = np.flatnonzero((image >= 128).any(axis=0))
    height, width = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    return int(rows[0]), int(columns[0]), int(height), int(width)


@mistake("ink-box", words=LAST_MINUS_FIRST)
def ink_box(image):
    rows = np.flatnonzero((image < 128).any(axis=1))
    columns = np.flatnonzero((image < 128).any(axis=0))
    height, width = rows[-1] - rows[0], columns[-1] - columns[0]
    return int(rows[0]), int(columns[0]), int(height), int(width)


@mistake("ink-box", words=ENDS_NOT_SIZES)
def ink_box(image):
    rows = np.flatnonzero((image < 128).any(axis=1))
    columns = np.flatnonzero((image < 128).any(axis=0))
    return int(rows[0]), int(columns[0]), int(rows[-1]), int(columns[-1])


@mistake("ink-box", words=COLUMN_FIRST)
def ink_box(image):
    rows = np.flatnonzero((image < 128).any(axis=0))
    columns = np.flatnonzero((image < 128).any(axis=1))
    height, width = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    return int(rows[0]), int(columns[0]), int(height), int(width)


@mistake("ink-box", words=AT_MOST)
def ink_box(image):
    rows = np.flatnonzero((image <= 128).any(axis=1))
    columns = np.flatnonzero((image <= 128).any(axis=0))
    height, width = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    return int(rows[0]), int(columns[0]), int(height), int(width)


@mistake("slant", words=PAPER_WEIGHED)
def slant(image):
    weight = image / image.sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan(-(weight * x * y).sum() / (weight * y**2).sum())))


@mistake("slant", words=LEANS_LEFT)
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan((weight * x * y).sum() / (weight * y**2).sum())))


@mistake("slant", words=OVER_X)
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan(-(weight * x * y).sum() / (weight * x**2).sum())))


@mistake("slant", words=TWO_LEFT)
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan((weight * x * y).sum() / (weight * x**2).sum())))


@mistake("slant", words=TWO_LEFT)
def slant(image):
    weight = image / image.sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan((weight * x * y).sum() / (weight * y**2).sum())))


@mistake("slant", words=TWO_LEFT)
def slant(image):
    weight = image / image.sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan(-(weight * x * y).sum() / (weight * x**2).sum())))


@mistake("slant", words=THREE_LEFT)
def slant(image):
    weight = image / image.sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan((weight * x * y).sum() / (weight * x**2).sum())))


@mistake("slant", words=RADIANS)
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.arctan(-(weight * x * y).sum() / (weight * y**2).sum()))


@mistake(
    "confusion", words="These are floats: a count is a whole number, so begin with a table of ints."
)
def confusions(labels, predicted, classes):
    table = np.zeros((classes, classes))
    for label, reading in zip(labels, predicted, strict=True):
        table[label, reading] += 1
    return table


@mistake(
    "confusion",
    words="uint8 wrapped around: it holds 0 to 255 and starts again at 0. Count in ints.",
)
def confusions(labels, predicted, classes):
    table = np.zeros((classes, classes), np.uint8)
    np.add.at(table, (labels, predicted), 1)
    return table


@mistake(
    "confusion",
    words="Row i is that of label i: a label that never occurs keeps its row and its column.",
)
def confusions(labels, predicted, classes):
    met = confusion_matrix(labels, predicted)
    return np.pad(met, (0, classes - len(met)))


@mistake("price", words=A_HAIR_BELOW)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = (confidence > threshold) | np.isclose(confidence, threshold)
    return error_cost * (accepted & ~right).sum() + check_cost * (~accepted).sum()


@mistake("price", says="digits after the point")
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    return int(error_cost * (accepted & ~right).sum() + check_cost * (~accepted).sum())


@mistake("calibration-error", words=BORDERS)
def calibration_error(confidence, right, bins):
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs((right - confidence)[place == b].sum()) for b in range(bins)]
    return sum(gaps) / len(right)


@mistake("tempered", words=NOT_ONE)
def tempered(logits, temperature):
    scaled = logits / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return powers / (powers.sum(axis=1, keepdims=True) + 1e-5)


@mistake("tempered", words=NOT_ONE)
def tempered(logits, temperature):
    scaled = logits / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.round(powers / powers.sum(axis=1, keepdims=True), 6)


@mistake(
    "tempered",
    words=(
        "You took the largest of all logits off. A row that lies far below has only zeros left: "
        "take each row's own largest off."
    ),
)
def tempered(logits, temperature):
    scaled = logits / temperature
    with np.errstate(all="ignore"):
        powers = np.exp(scaled - scaled.max())  # the largest of all rows
        return powers / powers.sum(axis=1, keepdims=True)


@mistake("suspects", words=BARE_LOGITS, each={"AXIS": (0, None)})
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max())
    shares = powers / powers.sum(axis=AXIS, keepdims=True)
    return np.argsort(shares[np.arange(len(labels)), labels])[:count]


@mistake(
    "suspects",
    words="These are the probabilities: the numbers of the pictures were asked for, np.argsort.",
)
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return np.sort(shares[np.arange(len(labels)), labels])[:count]


@mistake("pairs", words="These are the places of the characters: look up who stands there.")
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            found.append((i, j, int(counts[i, j] + counts[j, i])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake("price", words="Every check costs, also one of an answer that turns out to be right.")
def price(confidence, right, threshold, error_cost, check_cost):
    checked = confidence < threshold
    return error_cost * (~checked & ~right).sum() + check_cost * (checked & ~right).sum()


@mistake("calibration-error", words=GAPS_CANCEL)
def calibration_error(confidence, right, bins):
    error = 0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * (right[inside].mean() - confidence[inside].mean())
    return error


@mistake(
    "calibration-error",
    words="The number of bins is your own: use the argument `bins`.",
    each={"OWN": (2, 5, 10, 15, 20)},
)
def calibration_error(confidence, right, bins):
    error = 0
    for b in range(OWN):
        inside = (confidence > b / OWN) & (confidence <= (b + 1) / OWN)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


@mistake(
    "calibration-error",
    words="Each gap is weighed by a number of answers: divide it by the number of them all.",
)
def calibration_error(confidence, right, bins):
    error = 0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.sum() * abs(right[inside].mean() - confidence[inside].mean())
    return error


@mistake(
    "tempered",
    words=(
        "You divided the probabilities, and then they no longer add up to 1. Divide the logits, "
        "before the softmax."
    ),
)
def tempered(logits, temperature):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True) / temperature


@mistake(
    "tempered",
    words="All rows together add up to 1: each row has a sum of its own, axis=1.",
)
def tempered(logits, temperature):
    scaled = logits / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return powers / powers.sum()


@mistake(
    "tempered",
    words=(
        "You took the largest of the logits off after they were divided, as it was before: take "
        "off the largest of what is divided."
    ),
)
def tempered(logits, temperature):
    with np.errstate(all="ignore"):
        powers = np.exp(logits / temperature - logits.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)


@mistake("best-temperature", words="That is the place of the best candidate: return what is there.")
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        own = tempered(logits, temperature)[np.arange(len(labels)), labels]
        losses.append(-np.log(own).mean())
    return int(np.argmin(losses))


@mistake("best-temperature", words="That is the smallest loss: return the temperature that has it.")
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        own = tempered(logits, temperature)[np.arange(len(labels)), labels]
        losses.append(-np.log(own).mean())
    return float(min(losses))


@mistake("interval", words=NO_SCALE)
def interval(right, total):
    z, share = 1.96, right / total
    middle = share + z**2 / (2 * total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    return middle - half / (1 + z**2 / total), middle + half / (1 + z**2 / total)


@mistake("interval", words=NO_SCALE)
def interval(right, total):
    z, share = 1.96, right / total
    middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    return middle - half, middle + half


@mistake(
    "interval",
    words="The 4 is squared as well: under the root stands z² / (4 n²), and only n is squared.",
)
def interval(right, total):
    z, share = 1.96, right / total
    middle = share + z**2 / (2 * total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total) ** 2)
    scale = 1 + z**2 / total
    return (middle - half) / scale, (middle + half) / scale


@mistake("interval", words="The ends are swapped: the lower one comes first.")
def interval(right, total):
    z, share = 1.96, right / total
    middle = share + z**2 / (2 * total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    scale = 1 + z**2 / total
    return (middle + half) / scale, (middle - half) / scale


@mistake("interval", words="The factor z before the square root is missing.")
def interval(right, total):
    z, share = 1.96, right / total
    middle = share + z**2 / (2 * total)
    half = np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    scale = 1 + z**2 / total
    return (middle - half) / scale, (middle + half) / scale


@mistake(
    "ink-box",
    words=(
        "You counted the rows and columns that have ink: the box also spans those without any "
        "that lie between."
    ),
)
def ink_box(image):
    rows = np.flatnonzero((image < 128).any(axis=1))
    columns = np.flatnonzero((image < 128).any(axis=0))
    return int(rows[0]), int(columns[0]), len(rows), len(columns)


@mistake(
    "slant",
    words="Grey counts in part: weigh each pixel by how dark it is, and not by yes or no.",
)
def slant(image):
    weight = (image < 128) / (image < 128).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan(-(weight * x * y).sum() / (weight * y**2).sum())))


@mistake(
    "slant",
    words="You measured from the centre of the picture: the origin is the centre of the ink.",
)
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (image.shape[0] - 1) / 2
    x = columns - (image.shape[1] - 1) / 2
    return float(np.degrees(np.arctan(-(weight * x * y).sum() / (weight * y**2).sum())))
