"""Wrong solutions of section 5, each with the words that tell whoever makes it what went wrong."""

import numpy as np

from course.notebook.mistakes import mistake

LEAST_SURE_OF_ALL = "These are the least sure pictures of all: ask for the label's own share."
BARE_LOGITS = (
    "You compared numbers between pictures that have no common measure: only shares of the own row "
    "do, a softmax along axis 1."
)
LIKELIEST = "The likeliest labels come first: the suspects are at the other end."
SUREST_MISTAKES = "These are the surest mistakes: the least probable label was asked for."
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
BY_ACCURACY = "Accuracy is the same at every temperature, so it cannot choose: compare the losses."
LARGEST_LOSS = "That is the temperature with the largest loss."
MEAN_PROBABILITY = (
    "You compared mean probabilities. The loss takes the logarithm of each first, so that a sure "
    "mistake weighs much."
)
SMALLEST_WINS = (
    "The smallest candidate wins in your answer, whatever the pictures are. The loss asks for the "
    "label's probability, not for the highest one, and it is the logits that are divided, before "
    "the softmax."
)
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


@mistake("best-temperature", words=BY_ACCURACY)
def best_temperature(logits, labels, candidates):
    accuracies = []
    for temperature in candidates:
        accuracies.append((softmax(logits / temperature, axis=1).argmax(axis=1) == labels).mean())
    return candidates[int(np.argmax(accuracies))]


@mistake("best-temperature", words=LARGEST_LOSS)
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        own = softmax(logits / temperature, axis=1)[np.arange(len(labels)), labels]
        losses.append(-np.log(own).mean())
    return candidates[int(np.argmax(losses))]


@mistake("best-temperature", words=MEAN_PROBABILITY)
def best_temperature(logits, labels, candidates):
    means = []
    for temperature in candidates:
        means.append(softmax(logits / temperature, axis=1)[np.arange(len(labels)), labels].mean())
    return candidates[int(np.argmax(means))]


@mistake("best-temperature", words=SMALLEST_WINS)
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        losses.append(-np.log(softmax(logits / temperature, axis=1).max(axis=1)).mean())
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


@mistake("best-temperature", words="That is the place of the best candidate: return what is there.")
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        own = softmax(logits / temperature, axis=1)[np.arange(len(labels)), labels]
        losses.append(-np.log(own).mean())
    return int(np.argmin(losses))


@mistake("best-temperature", words="That is the smallest loss: return the temperature that has it.")
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        own = softmax(logits / temperature, axis=1)[np.arange(len(labels)), labels]
        losses.append(-np.log(own).mean())
    return float(min(losses))


@mistake(
    "slant",
    words="Grey counts in part: weigh each pixel by how dark it is, and not by yes or no.",
    each={"LEVEL": (1, 50, 64, 100, 128, 200, 220, 250, 255)},
)
def slant(image):
    weight = (image < LEVEL) / (image < LEVEL).sum()
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


NOT_THE_NEW_ONE = "The new picture counts, too: k is found from n + 1, not from n."
K_ROUNDED_DOWN = (
    "k is rounded down: then a few more sets lack the label than promised. The brackets round up."
)
BETWEEN_TWO = (
    "You took a quantile that lies between two of the numbers: the bar is one of them, number k "
    "from the top."
)
ABOVE_THE_BAR = "A class whose probability equals the bar is in the set, too: at least means ≥."
SUREST_LISTED = (
    "You listed the highest probability of each picture: the list holds that of the label, "
    "whatever the network read."
)
ALL_LISTED = "You listed all probabilities of all pictures: it is one of each, that of its label."
FROM_BELOW = (
    "You counted from the smallest number upwards: most of the labels must lie at or above the "
    "bar, so number k is counted from the largest one down."
)
ONE_TOO_LOW = "The bar is one place too low: number k stands at index k − 1."
MISS_AS_BAR = (
    "You compared with the promise itself, as if the probabilities were honest: the bar is found "
    "by counting in the list."
)
ADDED_UP = (
    "You added probabilities up until they reach the promise, as if they were honest: the bar is "
    "found by counting in the list."
)
SHORT_LIST = (
    "Where k exceeds n, the list is too short for the promise, and every set holds all classes: "
    "you took the last number of the list."
)
NEVER_EMPTY = (
    "You put the most probable class into every set: a set may be empty, and says then that "
    "nothing reaches the bar."
)


@mistake("conformal", words=NOT_THE_NEW_ONE)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int(np.ceil(len(own) * (1 - miss)))
    return new >= own[k - 1]


@mistake("conformal", words=K_ROUNDED_DOWN)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int((len(own) + 1) * (1 - miss))
    bar = own[k - 1] if k <= len(own) else 0
    return new >= bar


@mistake("conformal", words=BETWEEN_TWO)
def conformal_sets(known, labels, new, miss):
    own = known[np.arange(len(labels)), labels]
    return new >= np.quantile(own, miss)


@mistake("conformal", words=ABOVE_THE_BAR)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int(np.ceil((len(own) + 1) * (1 - miss)))
    return new > (own[k - 1] if k <= len(own) else -1)


@mistake("conformal", words=SUREST_LISTED)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known.max(axis=1))[::-1]
    k = int(np.ceil((len(own) + 1) * (1 - miss)))
    return new >= (own[k - 1] if k <= len(own) else 0)


@mistake("conformal", words=ALL_LISTED)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known.ravel())[::-1]
    k = int(np.ceil((len(own) + 1) * (1 - miss)))
    return new >= (own[k - 1] if k <= len(own) else 0)


@mistake("conformal", words=FROM_BELOW)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])
    k = int(np.ceil((len(own) + 1) * (1 - miss)))
    return new >= (own[k - 1] if k <= len(own) else 0)


@mistake("conformal", words=ONE_TOO_LOW)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int(np.ceil((len(own) + 1) * (1 - miss)))
    return new >= (own[k] if k < len(own) else 0)


@mistake("conformal", words=MISS_AS_BAR)
def conformal_sets(known, labels, new, miss):
    return new >= 1 - miss


@mistake("conformal", words=MISS_AS_BAR)
def conformal_sets(known, labels, new, miss):
    return new >= miss


@mistake("conformal", words=ADDED_UP)
def conformal_sets(known, labels, new, miss):
    order = np.argsort(-new, axis=1)
    ranked = np.take_along_axis(new, order, axis=1)
    before = np.cumsum(ranked, axis=1) - ranked
    sets = np.zeros(new.shape, bool)
    np.put_along_axis(sets, order, before < 1 - miss, axis=1)
    return sets


@mistake("conformal", words=SHORT_LIST)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int(np.ceil((len(own) + 1) * (1 - miss)))
    return new >= own[min(k, len(own)) - 1]


@mistake("conformal", words=NEVER_EMPTY)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int(np.ceil((len(own) + 1) * (1 - miss)))
    bar = own[k - 1] if k <= len(own) else 0
    return (new >= bar) | (new == new.max(axis=1, keepdims=True))


@mistake(
    "suspects", words="You took the end of the list: the smallest values stand at its beginning."
)
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return np.argsort(shares[np.arange(len(labels)), labels])[-count:]


@mistake(
    "suspects", words="These are the right pictures in the wrong order: the lowest comes first."
)
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return np.argsort(shares[np.arange(len(labels)), labels])[:count][::-1]


RIVALS = (
    "You compared the label with its strongest rival alone: its probability depends on all the "
    "classes of the row."
)


@mistake("suspects", words=RIVALS)
def suspects(logits, labels, count):
    rows = np.arange(len(labels))
    others = logits.astype(float)
    others[rows, labels] = -np.inf
    return np.argsort(logits[rows, labels] - others.max(axis=1))[:count]


@mistake("suspects", words=RIVALS)
def suspects(logits, labels, count):
    return np.argsort(logits[np.arange(len(labels)), labels] - logits.max(axis=1))[:count]


@mistake(
    "suspects",
    words=(
        "To take the mean of its row off makes no logit comparable: what counts is a share of the "
        "row, a softmax."
    ),
)
def suspects(logits, labels, count):
    centred = logits - logits.mean(axis=1, keepdims=True)
    return np.argsort(centred[np.arange(len(labels)), labels])[:count]


@mistake(
    "suspects",
    words=(
        "The exponential of a large logit is inf: take off each row's largest logit before exp, or "
        "call SciPy's softmax, which does."
    ),
)
def suspects(logits, labels, count):
    with np.errstate(all="ignore"):
        powers = np.exp(logits)
        shares = powers / powers.sum(axis=1, keepdims=True)
        return np.argsort(shares[np.arange(len(labels)), labels])[:count]


@mistake(
    "suspects",
    words="These are ranks, the place that each picture would have: one np.argsort is enough.",
)
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return np.argsort(np.argsort(shares[np.arange(len(labels)), labels]))[:count]


@mistake(
    "suspects",
    words="You looked at misread pictures only: a label that was read may be improbable, too.",
)
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    wrong = np.flatnonzero(shares.argmax(axis=1) != labels)
    return wrong[np.argsort(shares[wrong, labels[wrong]])[:count]]


@mistake(
    "suspects",
    words=(
        "You divided the logits by their sum: they may be negative, and a softmax is made of "
        "exponentials."
    ),
)
def suspects(logits, labels, count):
    shares = logits / logits.sum(axis=1, keepdims=True)
    return np.argsort(shares[np.arange(len(labels)), labels])[:count]


@mistake("suspects", words=SUREST_MISTAKES)
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    wrong = shares.argmax(axis=1) != labels
    return np.argsort(-np.where(wrong, shares.max(axis=1), 0))[:count]


@mistake("pairs", words=ONE_DIRECTION)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(len(counts)):
            if i != j:
                found.append((characters[i], characters[j], int(counts[i, j])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake(
    "pairs",
    words="`first` is whoever stands first in `characters`, whichever direction is the commoner.",
)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            a, b = (i, j) if counts[i, j] >= counts[j, i] else (j, i)
            found.append((characters[a], characters[b], int(counts[i, j] + counts[j, i])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake(
    "pairs",
    words="`first` is whoever stands first in `characters`: here the two of each pair are swapped.",
)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            found.append((characters[j], characters[i], int(counts[i, j] + counts[j, i])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake(
    "pairs",
    words="You took the larger of the two directions: both are errors of the pair, so add them.",
)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            found.append((characters[i], characters[j], int(max(counts[i, j], counts[j, i]))))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake(
    "pairs",
    words=(
        "You sorted the two by their code points: `first` is whoever stands first in `characters`."
    ),
)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            first, second = sorted([characters[i], characters[j]])
            found.append((first, second, int(counts[i, j] + counts[j, i])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake("pairs", words="You return all pairs: only the first `most` of them are asked for.")
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            found.append((characters[i], characters[j], int(counts[i, j] + counts[j, i])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)


@mistake(
    "pairs",
    words="You left out pairs that are confused in one direction only: they are pairs as well.",
)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            if counts[i, j] and counts[j, i]:
                found.append((characters[i], characters[j], int(counts[i, j] + counts[j, i])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake("pairs", words="These are shares of the rows: numbers of errors were asked for.")
def confused(counts, characters, most):
    shares, found = counts / counts.sum(axis=1, keepdims=True), []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            found.append((characters[i], characters[j], float(shares[i, j] + shares[j, i])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake(
    "pairs",
    words="You compared characters that stand next to each other: any two of them are a pair.",
)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts) - 1):
        both = int(counts[i, i + 1] + counts[i + 1, i])
        found.append((characters[i], characters[i + 1], both))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake(
    "pairs",
    words=(
        "You took the best partner of each character: one character may be in several of the "
        "commonest pairs."
    ),
)
def confused(counts, characters, most):
    both = counts + counts.T
    np.fill_diagonal(both, -1)
    found = set()
    for i in range(len(counts)):
        a, b = sorted([i, int(both[i].argmax())])
        found.add((characters[a], characters[b], int(both[a, b])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake("price", words=CHECKS_THE_SURE)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence <= threshold
    return error_cost * (accepted & ~right).sum() + check_cost * (~accepted).sum()


@mistake(
    "price",
    words=(
        "Where no answer is accepted, you take a mean of nothing: count the accepted errors, and "
        "then there are 0."
    ),
)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    with np.errstate(all="ignore"):
        wrong = np.divide((accepted & ~right).sum(), accepted.sum()) * accepted.sum()
    return error_cost * wrong + check_cost * (~accepted).sum()


@mistake(
    "price",
    words="Where nothing is checked, you take a mean of nothing: count the checks, there are 0.",
)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    with np.errstate(all="ignore"):
        looks = np.divide((~accepted).sum() * check_cost, (~accepted).sum()) * (~accepted).sum()
    return error_cost * (accepted & ~right).sum() + looks


@mistake("price", words="The checks are missing: each of them costs, too.")
def price(confidence, right, threshold, error_cost, check_cost):
    return error_cost * ((confidence >= threshold) & ~right).sum()


@mistake("price", words="The accepted errors are missing: only the checks are paid.")
def price(confidence, right, threshold, error_cost, check_cost):
    return check_cost * (confidence < threshold).sum()


@mistake(
    "price", words="You pay a check for every picture: only those below the threshold have one."
)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    return error_cost * (accepted & ~right).sum() + check_cost * len(confidence)


@mistake(
    "price", words="You pay for wrong answers that a person checks, and not for accepted ones."
)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    return error_cost * (~accepted & ~right).sum() + check_cost * (~accepted).sum()


@mistake(
    "price",
    words=(
        "These are the errors that the confidences announce: pay for those that there are, as "
        "`right` tells."
    ),
)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    return error_cost * (1 - confidence[accepted]).sum() + check_cost * (~accepted).sum()


@mistake(
    "price",
    words=(
        "You took the number of checks off the number of errors, as if each check found one: look "
        "which wrong answers are accepted."
    ),
)
def price(confidence, right, threshold, error_cost, check_cost):
    checked = (confidence < threshold).sum()
    return error_cost * max(0, (~right).sum() - checked) + check_cost * checked


@mistake(
    "calibration-error", words="That is the largest gap of all bins: their weighted mean was asked."
)
def calibration_error(confidence, right, bins):
    gaps = [0.0]
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            gaps.append(abs(right[inside].mean() - confidence[inside].mean()))
    return max(gaps)


@mistake(
    "calibration-error",
    words=(
        "You took the gap of each single answer: a gap is one of a whole bin, between the share of "
        "right answers in it and its mean confidence."
    ),
)
def calibration_error(confidence, right, bins):
    return abs(right - confidence).mean()


@mistake(
    "calibration-error",
    words="Your bins are one too few: `bins` of them have one border more, both ends included.",
)
def calibration_error(confidence, right, bins):
    borders, error = np.linspace(0, 1, bins), 0.0
    for low, high in zip(borders[:-1], borders[1:], strict=True):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


@mistake(
    "calibration-error",
    words=(
        "A confidence on a border counts in two bins: it belongs to the lower one alone, so a bin "
        "is open at its lower end."
    ),
)
def calibration_error(confidence, right, bins):
    error = 0.0
    for b in range(bins):
        inside = (confidence >= b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


@mistake(
    "calibration-error",
    words="Your bins begin at the lowest confidence that there is: they begin at 0.",
)
def calibration_error(confidence, right, bins):
    borders, error = np.linspace(confidence.min(), 1, bins + 1), 0.0
    place = np.clip(np.searchsorted(borders, confidence) - 1, 0, bins - 1)
    for b in range(bins):
        inside = place == b
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


@mistake(
    "calibration-error",
    words="Your bins hold equally many answers: they have equal widths, from 0 to 1.",
)
def calibration_error(confidence, right, bins):
    error = 0.0
    for part in np.array_split(np.argsort(confidence), bins):
        if len(part):
            gap = abs(right[part].mean() - confidence[part].mean())
            error += len(part) / len(confidence) * gap
    return error


@mistake(
    "calibration-error",
    words="The gaps are squared, and a root is taken of the sum: their sizes were asked for.",
)
def calibration_error(confidence, right, bins):
    error = 0.0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * (right[inside].mean() - confidence[inside].mean()) ** 2
    return float(np.sqrt(error))


@mistake(
    "calibration-error",
    words=(
        "A confidence on a border is put into the upper bin, and one of exactly 1 into a bin of "
        "its own: a bin holds its upper end."
    ),
)
def calibration_error(confidence, right, bins):
    place, error = np.digitize(confidence, np.arange(1, bins + 1) / bins), 0.0
    for b in np.unique(place):
        inside = place == b
        error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


@mistake(
    "calibration-error",
    words="You left out bins with a single answer: only empty ones count nothing.",
)
def calibration_error(confidence, right, bins):
    error = 0.0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.sum() > 1:
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


@mistake(
    "best-temperature",
    words="Each row is a picture of its own: the softmax needs the axis of the classes, 1.",
    each={"AXIS": (None, 0)},
)
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        own = softmax(logits / temperature, axis=AXIS)[np.arange(len(labels)), labels]
        losses.append(-np.log(own).mean())
    return candidates[int(np.argmin(losses))]


@mistake("best-temperature", words="You multiplied by the temperature: logits are divided by it.")
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        own = softmax(logits * temperature, axis=1)[np.arange(len(labels)), labels]
        losses.append(-np.log(own).mean())
    return candidates[int(np.argmin(losses))]


@mistake(
    "best-temperature",
    words=(
        "You worked the losses out in another order than that of `candidates`: the place of the "
        "smallest one belongs to another temperature there."
    ),
)
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in sorted(candidates):
        own = softmax(logits / temperature, axis=1)[np.arange(len(labels)), labels]
        losses.append(-np.log(own).mean())
    return candidates[int(np.argmin(losses))]


@mistake("best-temperature", words=SMALLEST_WINS)
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        own = softmax(logits, axis=1)[np.arange(len(labels)), labels]
        losses.append(-np.log(own / temperature).mean())
    return candidates[int(np.argmin(losses))]


@mistake(
    "best-temperature",
    words="You took the median of the losses: in their mean every picture counts, a very sure "
    "mistake most of all.",
)
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        own = softmax(logits / temperature, axis=1)[np.arange(len(labels)), labels]
        losses.append(np.median(-np.log(own)))
    return candidates[int(np.argmin(losses))]


@mistake(
    "best-temperature",
    words=(
        "You keep the probability away from 0, so a very sure mistake costs too little: take the "
        "logarithm of it as it is."
    ),
    each={"CAP": (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12)},
)
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        own = softmax(logits / temperature, axis=1)[np.arange(len(labels)), labels]
        losses.append(-np.log(np.maximum(own, CAP)).mean())
    return candidates[int(np.argmin(losses))]


@mistake(
    "best-temperature",
    words=(
        "You brought the mean confidence near to the accuracy: the temperature with the smallest "
        "loss was asked for."
    ),
)
def best_temperature(logits, labels, candidates):
    accuracy, gaps = (logits.argmax(axis=1) == labels).mean(), []
    for temperature in candidates:
        gaps.append(abs(softmax(logits / temperature, axis=1).max(axis=1).mean() - accuracy))
    return candidates[int(np.argmin(gaps))]


@mistake(
    "best-temperature", words="You looked at misread pictures only: the loss is one of them all."
)
def best_temperature(logits, labels, candidates):
    wrong, losses = np.flatnonzero(logits.argmax(axis=1) != labels), []
    if not len(wrong):
        return min(candidates)
    for temperature in candidates:
        losses.append(-np.log(softmax(logits / temperature, axis=1)[wrong, labels[wrong]]).mean())
    return candidates[int(np.argmin(losses))]


@mistake(
    "conformal",
    words=(
        "Where k exceeds n, the list is too short for the promise, and every set holds all "
        "classes: yours are empty there."
    ),
)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int(np.ceil((len(own) + 1) * (1 - miss)))
    return new >= (own[k - 1] if k <= len(own) else 2)


@mistake(
    "conformal",
    words=(
        "The promise is turned round: `miss` is the share of sets that may lack the label, so k is "
        "found from the share of those that have it."
    ),
)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int(np.ceil((len(own) + 1) * miss))
    return new >= (own[k - 1] if k <= len(own) else 0)


@mistake(
    "conformal",
    words=(
        "k is one too many where the product is a whole number: such a number stays as it is when "
        "it is rounded up."
    ),
)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int((len(own) + 1) * (1 - miss)) + 1
    return new >= (own[k - 1] if k <= len(own) else 0)


@mistake(
    "conformal",
    words="You listed equal probabilities once: each picture has its place in the list.",
)
def conformal_sets(known, labels, new, miss):
    own = np.unique(known[np.arange(len(labels)), labels])[::-1]
    k = int(np.ceil((len(labels) + 1) * (1 - miss)))
    return new >= (own[min(k, len(own)) - 1] if k <= len(labels) else 0)


@mistake(
    "conformal",
    words="The full sets have a number of classes of your own: it is that of the new pictures.",
)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int(np.ceil((len(own) + 1) * (1 - miss)))
    return new >= own[k - 1] if k <= len(own) else np.ones((len(new), 3), bool)


@mistake(
    "conformal",
    words=(
        "You found a bar for each class from its own pictures: one list of all label probabilities "
        "gives one bar for all."
    ),
)
def conformal_sets(known, labels, new, miss):
    inside = np.ones(new.shape, bool)
    for c in range(new.shape[1]):
        own = np.sort(known[labels == c, c])[::-1]
        k = int(np.ceil((len(own) + 1) * (1 - miss)))
        if k <= len(own):
            inside[:, c] = new[:, c] >= own[k - 1]
    return inside


@mistake(
    "conformal",
    words="Where k equals n, the list is just long enough: the bar is its last number.",
)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int(np.ceil((len(own) + 1) * (1 - miss)))
    return new >= (own[k - 1] if k < len(own) else 0)


@mistake(
    "slant", words="That is the slope in degrees: the angle is its arctangent, and it is missing."
)
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(-(weight * x * y).sum() / (weight * y**2).sum()))


@mistake("slant", words="The sign is lost: writing that leans to the left has a negative slant.")
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(abs(np.degrees(np.arctan((weight * x * y).sum() / (weight * y**2).sum()))))


@mistake(
    "slant",
    words=(
        "You divided by the spreads of x and y both, under a root, which makes a correlation: the "
        "lean is divided by the spread of y."
    ),
)
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    both = np.sqrt((weight * x**2).sum() * (weight * y**2).sum())
    return float(np.degrees(np.arctan(-(weight * x * y).sum() / both)))


@mistake(
    "slant",
    words="The darkness is squared: grey of half the darkness pulls half as much as black.",
)
def slant(image):
    weight = (255.0 - image) ** 2
    weight = weight / weight.sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan(-(weight * x * y).sum() / (weight * y**2).sum())))


@mistake(
    "slant", words="The angle is measured from the horizontal: upright writing has the slant 0."
)
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(90 - np.degrees(np.arctan(-(weight * x * y).sum() / (weight * y**2).sum())))


@mistake(
    "slant",
    words=(
        "That is the direction in which the ink spreads most: the lean is how far x moves on with "
        "each step of y."
    ),
)
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    apart = (weight * y**2).sum() - (weight * x**2).sum()
    return float(np.degrees(0.5 * np.arctan2(-2 * (weight * x * y).sum(), apart)))


@mistake(
    "slant",
    words="You rounded the centre of the ink to a whole pixel: it may lie between two of them.",
)
def slant(image):
    weight = (255.0 - image) / (255.0 - image).sum()
    rows, columns = np.indices(image.shape)
    y = rows - round((weight * rows).sum())
    x = columns - round((weight * columns).sum())
    return float(np.degrees(np.arctan(-(weight * x * y).sum() / (weight * y**2).sum())))


# --- what nobody had named yet ----------------------------------------------------------------


@mistake(
    "suspects",
    words="You took the largest of all logits off. A picture whose logits all lie far below has "
    "only zeros left, and 0 / 0 is no probability: take each row's own largest off.",
)
def suspects(logits, labels, count):
    with np.errstate(all="ignore"):
        powers = np.exp(logits - logits.max())
        shares = powers / powers.sum(axis=1, keepdims=True)
        return np.argsort(shares[np.arange(len(labels)), labels])[:count]


@mistake(
    "price",
    words="Where no answer is accepted you say 0: all pictures are checked then, and each check "
    "costs.",
)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    if not accepted.any():
        return 0
    return error_cost * (accepted & ~right).sum() + check_cost * (~accepted).sum()


@mistake(
    "price",
    words="Where nothing is checked you say 0: accepted errors cost all the same.",
)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    if accepted.all():
        return 0
    return error_cost * (accepted & ~right).sum() + check_cost * (~accepted).sum()


@mistake(
    "calibration-error",
    words="Only bins that are too sure count in yours: one that is too doubtful has a gap, too.",
)
def calibration_error(confidence, right, bins):
    error = 0.0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * max(confidence[inside].mean() - right[inside].mean(), 0)
    return error


@mistake(
    "calibration-error",
    words="Only bins that are too doubtful count in yours: one that is too sure has a gap, too.",
)
def calibration_error(confidence, right, bins):
    error = 0.0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * max(right[inside].mean() - confidence[inside].mean(), 0)
    return error


RIGHT_ONLY = (
    "You looked at pictures that are read correctly only: the loss is one of them all, and it is "
    "the wrong ones that speak against being too sure."
)


@mistake("best-temperature", words=RIGHT_ONLY)
def best_temperature(logits, labels, candidates):
    good = logits.argmax(axis=1) == labels
    z, k = (logits[good], labels[good]) if good.any() else (logits, labels)
    losses = []
    for temperature in candidates:
        losses.append(-np.log(softmax(z / temperature, axis=1)[np.arange(len(k)), k]).mean())
    return candidates[int(np.argmin(losses))]


@mistake("best-temperature", words=RIGHT_ONLY)
def best_temperature(logits, labels, candidates):
    good, losses = logits.argmax(axis=1) == labels, []
    for temperature in candidates:
        own = softmax(logits / temperature, axis=1)[np.arange(len(labels)), labels]
        losses.append(-np.log(own)[good].sum())
    return candidates[int(np.argmin(losses))]


SHAPE_OF_THE_LIST = (
    "Where the list is too short, your sets have a row for each picture of the list: there is one "
    "for each new picture."
)


@mistake("conformal", words=SHAPE_OF_THE_LIST)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int(np.ceil((len(own) + 1) * (1 - miss)))
    return new >= own[k - 1] if k <= len(own) else np.ones(known.shape, bool)


@mistake(
    "suspects",
    words="np.argpartition puts the lowest in front in no order of their own, and knows no place "
    "behind the last: sort them.",
    each={"BEFORE": (0, 1)},
)
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return np.argpartition(shares[np.arange(len(labels)), labels], count - BEFORE)[:count]


@mistake(
    "pairs",
    words="You took the smaller of the two directions: both are errors of the pair, so add them.",
)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            found.append((characters[i], characters[j], int(min(counts[i, j], counts[j, i]))))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake(
    "pairs",
    words="You took the mean of the two directions: both are errors of the pair, so add them.",
)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            both = (counts[i, j] + counts[j, i]) / 2
            found.append((characters[i], characters[j], float(both)))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


# --- what answers showed ----------------------------------------------------------------------

LABELS_OF_ALL = (
    "Every picture is asked for the labels of all: take one probability of each row, its own."
)


@mistake("suspects", words=LABELS_OF_ALL, each={"AXIS": (-1, 0)})
def suspects(logits, labels, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return np.argsort(shares[:, labels], axis=AXIS)[:count]


@mistake(
    "pairs",
    words="You sorted by the characters: sort by the errors, the last part of each tuple.",
    each={"REVERSE": (False, True)},
)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            found.append((characters[i], characters[j], int(counts[i, j] + counts[j, i])))
    return sorted(found, reverse=REVERSE)[:most]


@mistake("pairs", words="You did not sort: the pair with the most errors comes first.")
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            found.append((characters[i], characters[j], int(counts[i, j] + counts[j, i])))
    return found[:most]


@mistake(
    "price",
    words="Your `else` charges a check for accepted right answers, too: they cost nothing.",
)
def price(confidence, right, threshold, error_cost, check_cost):
    cost = 0
    for sure, good in zip(confidence, right, strict=True):
        if sure >= threshold and not good:
            cost += error_cost
        else:
            cost += check_cost
    return cost


@mistake(
    "price",
    words="The prices are written in: use the arguments `error_cost` and `check_cost`.",
    each={"ERROR": (10, 50, 100)},
)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    return ERROR * (accepted & ~right).sum() + 1 * (~accepted).sum()


@mistake(
    "calibration-error",
    words="Bins are counted from 0: yours begin at 1, and the first bin is lost.",
)
def calibration_error(confidence, right, bins):
    error = 0.0
    for b in range(1, bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


@mistake(
    "calibration-error",
    words="`bins` is not used for the borders: a bin is 1 / `bins` wide, and yours has a width of "
    "its own.",
    each={"WIDE": (5, 10, 15, 20)},
)
def calibration_error(confidence, right, bins):
    error = 0.0
    for b in range(bins):
        inside = (confidence > b / WIDE) & (confidence <= (b + 1) / WIDE)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


@mistake("best-temperature", words=LABELS_OF_ALL)
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        losses.append(-np.log(softmax(logits / temperature, axis=1)[:, labels]).mean())
    return candidates[int(np.argmin(losses))]


mistake(
    "what-changes",
    words="0 and 1 are numbers: write False and True.",
    code="""
    changes = {"accuracy": 0, "top-5 accuracy": 0, "mean confidence": 1,
               "calibration error": 1, "which 100 pictures are the surest": 1}
    """,
)
mistake(
    "what-changes",
    says="each value is a bool",
    code="""
    changes = {"accuracy": "no", "top-5 accuracy": "no", "mean confidence": "yes",
               "calibration error": "yes", "which 100 pictures are the surest": "yes"}
    """,
)


@mistake(
    "conformal",
    words="These are numbers: a bool array was asked for, which is what a comparison gives.",
    each={"KIND": ("int", "float")},
)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int(np.ceil((len(own) + 1) * (1 - miss)))
    return (new >= (own[k - 1] if k <= len(own) else 0)).astype(KIND)


@mistake(
    "conformal",
    words="The promise is written in: it is 1 − `miss`, for any `miss`.",
    each={"PROMISE": (0.8, 0.9, 0.95)},
)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int(np.ceil(round((len(own) + 1) * PROMISE, 6)))
    return new >= (own[k - 1] if k <= len(own) else 0)


@mistake(
    "slant",
    words="The weights do not add up to 1: divide them by their sum, or the sums give no centre.",
)
def slant(image):
    weight = 255.0 - image
    rows, columns = np.indices(image.shape)
    y = rows - (weight * rows).sum()
    x = columns - (weight * columns).sum()
    return float(np.degrees(np.arctan(-(weight * x * y).sum() / (weight * y**2).sum())))


# --- what a second teaching assistant tried ---------------------------------------------------


@mistake(
    "suspects",
    words="You sorted the numbers of the pictures: their order is that of the probabilities, the "
    "lowest first.",
)
def suspects(logits, labels, count):
    own = softmax(logits, axis=1)[np.arange(len(labels)), labels]
    return np.sort(np.argsort(own)[:count])


@mistake(
    "suspects",
    words="You looked at misread pictures only, and counted them by themselves: a label that was "
    "read may be improbable, too.",
)
def suspects(logits, labels, count):
    shares = softmax(logits, axis=1)
    wrong = np.flatnonzero(shares.argmax(axis=1) != labels)
    return np.argsort(shares[wrong, labels[wrong]])[:count]


@mistake(
    "suspects",
    words="`[:, labels]` asks every picture for all the labels: `[np.arange(len(labels)), labels]` "
    "takes one of each row, its own.",
)
def suspects(logits, labels, count):
    return np.argsort(softmax(logits, axis=1)[:, labels].mean(axis=1))[:count]


@mistake(
    "pairs",
    words="The right pairs, but the rarest of them comes first: turn their order round.",
)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            found.append((characters[i], characters[j], int(counts[i, j] + counts[j, i])))
    return sorted(found, key=lambda pair: pair[2])[-most:]


@mistake(
    "pairs",
    words="You give shares: the number of errors is asked for.",
)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts)):
        for j in range(i + 1, len(counts)):
            errors = float(counts[i, j] + counts[j, i]) / float(counts.sum())
            found.append((characters[i], characters[j], errors))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake(
    "pairs",
    words="Your loops leave out the last character: range(n) stops before n by itself.",
)
def confused(counts, characters, most):
    found = []
    for i in range(len(counts) - 1):
        for j in range(i + 1, len(counts) - 1):
            found.append((characters[i], characters[j], int(counts[i, j] + counts[j, i])))
    return sorted(found, key=lambda pair: pair[2], reverse=True)[:most]


@mistake(
    "price",
    words="You charge a check for accepted errors, too: nobody checks what is accepted.",
)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    return error_cost * (accepted & ~right).sum() + check_cost * (~accepted | ~right).sum()


@mistake(
    "price",
    words="You take the checks of accepted right answers off again: there were none, and nothing "
    "was saved.",
)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    checks = (~accepted).sum() - (accepted & right).sum()
    return error_cost * (accepted & ~right).sum() + check_cost * checks


@mistake(
    "price",
    words="You charge for every accepted answer: only those that are wrong cost.",
)
def price(confidence, right, threshold, error_cost, check_cost):
    accepted = confidence >= threshold
    return error_cost * accepted.sum() + check_cost * (~accepted).sum()


@mistake(
    "calibration-error",
    words="You compare each bin with the share of right answers in all bins together: it has a "
    "share of its own.",
)
def calibration_error(confidence, right, bins):
    error = 0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right.mean() - confidence[inside].mean())
    return error


@mistake(
    "calibration-error",
    words="Your bins begin at the smallest confidence: they divide the whole way from 0 to 1.",
)
def calibration_error(confidence, right, bins):
    edges, error = np.linspace(confidence.min(), 1, bins + 1), 0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


@mistake(
    "best-temperature",
    words="Only the last picture's loss is left: `=` overwrites those before it, and the mean is "
    "one of all.",
)
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        losses.append(-np.log(softmax(logits[-1] / temperature)[labels[-1]]))
    return candidates[int(np.argmin(losses))]


@mistake(
    "best-temperature",
    words="You divide what was divided before: each candidate divides the logits as they came.",
)
def best_temperature(logits, labels, candidates):
    losses = []
    for temperature in candidates:
        logits = logits / temperature
        own = softmax(logits, axis=1)[np.arange(len(labels)), labels]
        losses.append(-np.log(own).mean())
    return candidates[int(np.argmin(losses))]


@mistake(
    "best-temperature",
    words="You begin with a loss and a temperature of your own: the smallest loss may lie above "
    "it, and only candidates count.",
)
def best_temperature(logits, labels, candidates):
    least, best = 1, 1.0
    for temperature in candidates:
        own = softmax(logits / temperature, axis=1)[np.arange(len(labels)), labels]
        loss = -np.log(own).mean()
        if loss < least:
            least, best = loss, temperature
    return best


@mistake(
    "conformal",
    words="k may be n + 1: the list has no such place. It is too short for the promise then, and "
    "every set holds all classes.",
)
def conformal_sets(known, labels, new, miss):
    own = np.sort(known[np.arange(len(labels)), labels])[::-1]
    k = int(np.ceil((len(own) + 1) * (1 - miss)))
    return new >= own[k - 1]


@mistake("conformal", words=ALL_LISTED)
def conformal_sets(known, labels, new, miss):
    every = np.sort(known.ravel())[::-1]
    k = int(np.ceil((len(labels) + 1) * (1 - miss)))
    return np.ones(new.shape, bool) if k > len(every) else new >= every[k - 1]


@mistake(
    "slant",
    words="Your weights do not add up to 1, so that the middle is none: divide by their sum.",
)
def slant(image):
    weight = (255.0 - image) / 255
    rows, columns = np.indices(image.shape)
    y, x = rows - (weight * rows).sum(), columns - (weight * columns).sum()
    return float(np.degrees(np.arctan(-(weight * x * y).sum() / (weight * y**2).sum())))


@mistake(
    "slant",
    words="1 less a share of the paper is no share of the ink: take the ink, 255 less the picture, "
    "and divide by its sum.",
)
def slant(image):
    weight = 1 - image / image.sum()
    rows, columns = np.indices(image.shape)
    y, x = rows - (weight * rows).sum(), columns - (weight * columns).sum()
    return float(np.degrees(np.arctan(-(weight * x * y).sum() / (weight * y**2).sum())))


@mistake(
    "slant",
    words="You measure from the corner of the picture: take the middle of the ink off rows and "
    "columns first.",
)
def slant(image):
    weight = 255.0 - image
    rows, columns = np.indices(image.shape)
    lean = -(weight * columns * rows).sum() / (weight * rows**2).sum()
    return float(np.degrees(np.arctan(lean)))


@mistake(
    "slant",
    words="You join the first row of ink to the last one: all the ink between them counts as well.",
)
def slant(image):
    inked = np.flatnonzero((image < 255).any(axis=1))
    top, bottom = (np.flatnonzero(image[row] < 255).mean() for row in (inked[0], inked[-1]))
    return float(np.degrees(np.arctan((top - bottom) / (inked[-1] - inked[0]))))
