"""Wrong solutions of section 9, each with the words that tell whoever makes it what went wrong."""

import numpy as np

from course.notebook.mistakes import mistake

WEAKEST_FIRST = "You begin with the weakest: the strongest picture comes first."
BY_MEAN = (
    "You sort by the mean of each map: a filter that answers at one place only has a low mean. "
    "Take the largest value."
)
VALUES = "These are the largest values: return the indices of their pictures."
EVERYTHING = "These are all pictures: return as many as `count` says."
BY_SIZE = "You look at the size without the sign: below 0 the filter is not excited."
DOWNHILL = "You go against the slope: that makes the answer smaller. Here something is to grow."
NOT_DIVIDED = (
    "The slope is not divided: then a filter with steep slopes takes long steps. Divide by the "
    "mean absolute value."
)
NOT_HELD = "Values leave 0 to 255: no picture has them. Hold them within."
BY_LARGEST = "You divide by the largest slope: the mean absolute value was asked for."
BY_PLAIN_MEAN = (
    "You divide by the mean of the slopes with their signs: they cancel each other. Take the mean "
    "of their absolute values."
)
BY_ZERO = "Where the slope is 0 everywhere you divide by 0: leave the picture as it is."
ALL_COVERED = (
    "Squares stay where they were: each picture has one square only. Cover a new copy at each "
    "place."
)
ONE_SHORT = "The last place is missing: a square that ends at the edge fits. Add 1 in the range."
DOWN_FIRST = "You go down first: the square moves to the right, and then down."
WINDOW_STEPS = "The square moves by its own side: it moves by `stride`."
OVER_EDGE = "Some squares hang over the edge: leave out those that do not fit whole."
ONLY_SQUARE = "Only the squares are there: the rest of each picture stays as it is."
NOT_CUT = "Values below 0 stand in it: cut them off, they speak against the class."
CUT_FIRST = "You cut off before you add up: what speaks against the class must count in the sum."
PLACE_BY_PLACE = (
    "You multiply maps and slopes place by place: Grad-CAM takes one weight for each map, the mean "
    "of its slopes."
)
SUMMED = "You add up the slopes: the weight of a map is their mean."
NO_WEIGHTS = "The slopes play no part: a bright map may be one that does not matter for the class."
MEAN_OF_MAPS = "You take the mean over the maps: add them up."
DARKEST_FIRST = "You begin with the darkest pixels: the brightest ones hold most in fewest."
NEGATIVES = "What is below 0 is taken off the mass: it counts as 0."
COUNTED = "That is a number of pixels: divide by how many there are."
ONE_FEWER = "One pixel is missing: those that you count hold less than was asked for."
ABSOLUTE = "You take the size without the sign: what is below 0 speaks against the class, it is 0."
ONLY_LIGHTER = (
    "You see only where a class is lighter than the others: a stamp is darker. Take the difference "
    "without its sign."
)
ONLY_DARKER = (
    "You see only where a class is darker than the others: a cue may be lighter. Take the "
    "difference without its sign."
)
PLACE_IN_ROW = "That is the place of the class in the row of classes: return its label."
SWAPPED = "Row and column are exchanged."
DARKEST_PIXEL = "You look for what is dark: ink of all classes is. Compare a class with all others."
AGAINST_STEP = "The step goes against the slope: that makes the loss smaller, as training does."
SLOPE_ITSELF = (
    "You step by the slope itself: then flat pixels hardly move. Only its sign counts, and every "
    "pixel moves by `size`."
)
NOT_HELD_STEP = "Values leave 0 to 255: no picture has them. Hold them within."
ZERO_MOVES = "Pixels with a slope of 0 move: their sign is 0, and they stay."
STEP_ONLY = "That is the step alone: add it to the pictures."


@mistake("strongest", words=WEAKEST_FIRST)
def strongest(maps, count):
    return [int(i) for i in np.argsort(maps.max(axis=(1, 2)), kind="stable")[:count]]


@mistake("strongest", words=BY_MEAN)
def strongest(maps, count):
    return [int(i) for i in np.argsort(-maps.mean(axis=(1, 2)), kind="stable")[:count]]


@mistake("strongest", words=VALUES)
def strongest(maps, count):
    return [float(v) for v in -np.sort(-maps.max(axis=(1, 2)))[:count]]


@mistake("strongest", words=EVERYTHING)
def strongest(maps, count):
    return [int(i) for i in np.argsort(-maps.max(axis=(1, 2)), kind="stable")]


@mistake("strongest", words=BY_SIZE)
def strongest(maps, count):
    tops = np.abs(maps).max(axis=(1, 2))
    return [int(i) for i in np.argsort(-tops, kind="stable")[:count]]


@mistake("climb", words=DOWNHILL)
def climb_step(image, slope, rate):
    size = np.abs(slope).mean()
    return np.clip(image - rate * slope / size, 0, 255) if size else image


@mistake("climb", words=NOT_DIVIDED)
def climb_step(image, slope, rate):
    return np.clip(image + rate * slope, 0, 255)


@mistake("climb", words=NOT_HELD)
def climb_step(image, slope, rate):
    size = np.abs(slope).mean()
    return image + rate * slope / size if size else image


@mistake("climb", words=BY_LARGEST)
def climb_step(image, slope, rate):
    size = np.abs(slope).max()
    return np.clip(image + rate * slope / size, 0, 255) if size else image


@mistake("climb", words=BY_PLAIN_MEAN)
def climb_step(image, slope, rate):
    size = slope.mean()
    return np.clip(image + rate * slope / size, 0, 255) if size else image


@mistake("climb", words=BY_ZERO)
def climb_step(image, slope, rate):
    with np.errstate(invalid="ignore"):
        return np.clip(image + rate * slope / np.abs(slope).mean(), 0, 255)


@mistake("occluded", words=ALL_COVERED)
def occluded(image, window, stride, fill):
    found, covered = [], image.copy()
    for top in range(0, image.shape[0] - window + 1, stride):
        for left in range(0, image.shape[1] - window + 1, stride):
            covered[top : top + window, left : left + window] = fill
            found.append(covered.copy())
    return np.array(found)


@mistake("occluded", words=ONE_SHORT)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, max(image.shape[0] - window, 1), stride):
        for left in range(0, max(image.shape[1] - window, 1), stride):
            covered = image.copy()
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=DOWN_FIRST)
def occluded(image, window, stride, fill):
    found = []
    for left in range(0, image.shape[1] - window + 1, stride):
        for top in range(0, image.shape[0] - window + 1, stride):
            covered = image.copy()
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=WINDOW_STEPS)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[0] - window + 1, window):
        for left in range(0, image.shape[1] - window + 1, window):
            covered = image.copy()
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=OVER_EDGE)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[0], stride):
        for left in range(0, image.shape[1], stride):
            covered = image.copy()
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=ONLY_SQUARE)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[0] - window + 1, stride):
        for left in range(0, image.shape[1] - window + 1, stride):
            covered = np.zeros_like(image)
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("cam-map", words=NOT_CUT)
def class_map(maps, slopes):
    return (maps * slopes.mean(axis=(0, 1))).sum(axis=-1)


@mistake("cam-map", words=CUT_FIRST)
def class_map(maps, slopes):
    return np.maximum(maps * slopes.mean(axis=(0, 1)), 0).sum(axis=-1)


@mistake("cam-map", words=PLACE_BY_PLACE)
def class_map(maps, slopes):
    return np.maximum((maps * slopes).sum(axis=-1), 0)


@mistake("cam-map", words=SUMMED)
def class_map(maps, slopes):
    return np.maximum((maps * slopes.sum(axis=(0, 1))).sum(axis=-1), 0)


@mistake("cam-map", words=NO_WEIGHTS)
def class_map(maps, slopes):
    return np.maximum(maps.sum(axis=-1), 0)


@mistake("cam-map", words=MEAN_OF_MAPS)
def class_map(maps, slopes):
    return np.maximum((maps * slopes.mean(axis=(0, 1))).mean(axis=-1), 0)


@mistake("spread", words=DARKEST_FIRST)
def area(heat, share):
    mass = np.sort(np.maximum(heat, 0).ravel())
    if mass.sum() == 0:
        return 0.0
    held = np.cumsum(mass)
    return (int(np.sum(held < share * held[-1] * (1 - 1e-12))) + 1) / heat.size


@mistake("spread", words=NEGATIVES)
def area(heat, share):
    mass = np.sort(heat.ravel())[::-1]
    if mass.max() <= 0:
        return 0.0
    held = np.cumsum(mass)
    return int(np.argmax(held >= share * held[-1] * (1 - 1e-12)) + 1) / heat.size


@mistake("spread", words=COUNTED)
def area(heat, share):
    mass = np.sort(np.maximum(heat, 0).ravel())[::-1]
    if mass.sum() == 0:
        return 0.0
    held = np.cumsum(mass)
    return float(np.sum(held < share * held[-1] * (1 - 1e-12))) + 1


@mistake("spread", words=ONE_FEWER)
def area(heat, share):
    mass = np.sort(np.maximum(heat, 0).ravel())[::-1]
    if mass.sum() == 0:
        return 0.0
    held = np.cumsum(mass)
    return int(np.sum(held < share * held[-1] * (1 - 1e-12))) / heat.size


@mistake("spread", words=ABSOLUTE)
def area(heat, share):
    mass = np.sort(np.abs(heat).ravel())[::-1]
    if mass.sum() == 0:
        return 0.0
    held = np.cumsum(mass)
    return (int(np.sum(held < share * held[-1] * (1 - 1e-12))) + 1) / heat.size


@mistake("cue", words=ONLY_LIGHTER)
def find_cue(images, labels):
    classes = np.unique(labels)
    gaps = np.array(
        [images[labels == k].mean(axis=0) - images[labels != k].mean(axis=0) for k in classes]
    )
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(classes[place]), int(row), int(column)


@mistake("cue", words=ONLY_DARKER)
def find_cue(images, labels):
    classes = np.unique(labels)
    gaps = np.array(
        [images[labels != k].mean(axis=0) - images[labels == k].mean(axis=0) for k in classes]
    )
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(classes[place]), int(row), int(column)


@mistake("cue", words=PLACE_IN_ROW)
def find_cue(images, labels):
    gaps = np.array(
        [
            np.abs(images[labels == k].mean(axis=0) - images[labels != k].mean(axis=0))
            for k in np.unique(labels)
        ]
    )
    return tuple(int(i) for i in np.unravel_index(gaps.argmax(), gaps.shape))


@mistake("cue", words=SWAPPED)
def find_cue(images, labels):
    classes = np.unique(labels)
    gaps = np.array(
        [
            np.abs(images[labels == k].mean(axis=0) - images[labels != k].mean(axis=0))
            for k in classes
        ]
    )
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(classes[place]), int(column), int(row)


@mistake("cue", words=DARKEST_PIXEL)
def find_cue(images, labels):
    classes = np.unique(labels)
    means = np.array([images[labels == k].mean(axis=0) for k in classes])
    place, row, column = np.unravel_index(means.argmin(), means.shape)
    return int(classes[place]), int(row), int(column)


@mistake("fgsm", words=AGAINST_STEP)
def fgsm_step(images, slopes, size):
    return np.clip(images - size * np.sign(slopes), 0.0, 255.0)


@mistake("fgsm", words=SLOPE_ITSELF)
def fgsm_step(images, slopes, size):
    return np.clip(images + size * slopes, 0.0, 255.0)


@mistake("fgsm", words=NOT_HELD_STEP)
def fgsm_step(images, slopes, size):
    return images + size * np.sign(slopes)


@mistake("fgsm", words=ZERO_MOVES)
def fgsm_step(images, slopes, size):
    return np.clip(images + np.where(slopes >= 0, size, -size), 0.0, 255.0)


@mistake("fgsm", words=STEP_ONLY)
def fgsm_step(images, slopes, size):
    return size * np.sign(slopes)
