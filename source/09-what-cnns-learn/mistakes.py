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
LATER_FIRST = (
    "Of equal pictures you take the later one first: the one with the smaller number is first."
)
STRONGEST_LAST = "These are the right pictures, the strongest last: it comes first."
BY_NUMBER = (
    "These are the right pictures, in the order of their numbers: the strongest comes first."
)
SAME_TWICE = (
    "Where pictures are equal you name one of them twice: each has a number of its own, so do not "
    "look a picture up by its value."
)
EQUALS_LOST = "Of equal pictures a single one is left: each of them counts."
FROM_ZERO = "Your search for the largest value begins at 0: a map may lie below 0 everywhere."
DIGITS_CUT = (
    "You cut the largest values to whole numbers: pictures become equal that differ behind the "
    "point."
)
ROW_MEANS = "You take the mean of each row or column first: one value, the largest of all, counts."
ONE_LINE = "You look at one row or column of each map only: the largest value may stand anywhere."
ABOVE_ZERO = "You add up what is above 0: it is the largest value that counts."
ONE_PLACE = "You look at one place of each map only: the largest value may stand anywhere."
TAKEN_BY_ZERO = (
    "You mark a picture that is taken by a number of your own: among pictures that lie lower it "
    "wins again. Mark it by minus infinity, or take it out."
)
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
BY_LENGTH = (
    "You divide by the length of the slope, or the root of its mean square: the mean absolute "
    "value was asked for."
)
SIGN_ONLY = "You take the sign of the slope alone: where it is steep, the picture moves further."
CANCELLED = (
    "You leave the picture as it is where the slopes cancel to a mean of 0: that is asked for only "
    "where each of them is 0."
)
ONE_ZERO = (
    "You leave the picture as it is as soon as one slope is 0: that is asked for only where all of "
    "them are."
)
SMALL_ADDED = (
    "You add a small number to what you divide by, or take what is smaller for 0: slopes may be "
    "smaller still, and they hardly step, or not at all. Ask whether it is 0."
)
OWN_MEANS = (
    "Each channel, row or column is divided by a mean of its own: the whole slope has one, or the "
    "direction changes."
)
STRETCHED = "You stretch the result to 0 to 255: only what lies outside is held, the rest stays."
NO_PICTURE = (
    "Where the slope is 0 everywhere you return something else: the picture stays as it is."
)
UNIT_RANGE = "You hold the values within 0 to 1: here they go from 0 to 255."
ALL_COVERED = (
    "Squares stay where they were: each picture has one square only. Cover a new copy at each "
    "place."
)
ONE_SHORT = "The last place is missing: a square that ends at the edge fits. Add 1 in the range."
DOWN_FIRST = "You go down first: the square moves to the right, and then down."
WINDOW_STEPS = "The square moves by its own side: it moves by `stride`."
OVER_EDGE = "Some squares hang over the edge: leave out those that do not fit whole."
ONLY_SQUARE = "Only the squares are there: the rest of each picture stays as it is."
BY_ONE = "The square moves by one pixel at a time: it moves by `stride`, to the right and down."
SQUARE_PICTURE = "You take the picture for a square: it has as many columns as its width says."
INVERTED = "All but the square is covered: it is the square that gets the value."
FIRST_CHANNEL = "A single channel is covered: the square covers all of them."
BYTES = "The pixels become whole numbers from 0 to 255: keep the picture's own dtype."
NONE_AT_END = (
    "Some places are missing: divide what is left beside the square by the stride, and add 1."
)
WRONG_LINES = (
    "The square moves to the right as often as it fits down, and down as often as it fits across: "
    "height and width are exchanged, or a running number is cut into rows by the wrong one of them."
)
TOO_MANY = (
    "There are places too many: the square moves by `stride`, to the right and down, and a strip "
    "that stays free at the edge has no place of its own."
)
IN_ROWS = "The pictures stand in a grid: lay them all along one axis, (M, H, W, C)."
GREY = "The channels are lost: all that is not covered stays as it is, in each channel."
NOT_CUT = "Values below 0 stand in it: cut them off, they speak against the class."
CUT_FIRST = (
    "What speaks against the class is left out before you add up, place by place or with the whole "
    "map: it must count in the sum. Cut off what is below 0 only then."
)
PLACE_BY_PLACE = (
    "You multiply maps and slopes place by place: Grad-CAM takes one weight for each map, the mean "
    "of its slopes."
)
SUMMED = "You add up the slopes: the weight of a map is their mean."
NO_WEIGHTS = "The slopes play no part: a bright map may be one that does not matter for the class."
MEAN_OF_MAPS = "You take the mean over the maps: add them up."
POSITIVE_SLOPES = "You cut the slopes off before you take their mean: all of them count in it."
BY_TOP = "You divide by the largest value: the map is wanted as it is."
SIZES_OF_SLOPES = (
    "You take the slopes without their signs: a map that speaks against the class has a weight "
    "below 0."
)
SIZE_OF_SUM = (
    "You take the size of the sum: what is below 0 speaks against the class, and becomes 0."
)
TWO_MAPS = "You count on a fixed number of maps: a layer may have any."
SQUARE_MAP = "You take the map for a square: its height and width may differ."
HELD_AT_255 = (
    "You hold the values at 255, too: this is no picture, and only what is below 0 is cut."
)
EXCHANGED = "Maps and slopes are exchanged: the slopes give the weights, the maps are added up."
OWN_WEIGHTS = "Each row or column has weights of its own: a map has one, the mean over all places."
SHARES = "You make shares of the weights: they stay as they are."
DARKEST_FIRST = "You begin with the darkest pixels: the brightest ones hold most in fewest."
NEGATIVES = "What is below 0 is taken off the mass: it counts as 0."
COUNTED = "That is a number of pixels: divide by how many there are."
ONE_FEWER = "One pixel is missing: those that you count hold less than was asked for."
ABSOLUTE = "You take the size without the sign: what is below 0 speaks against the class, it is 0."
MORE_THAN = "You wait for more than the share: pixels that hold just as much are enough."
OF_THE_BRIGHT = "You divide by the pixels above 0: the share is one of all pixels."
BY_BRIGHTNESS = (
    "You count pixels that are brighter than a part of the brightest: what counts is how much they "
    "hold together."
)
NOTHING_THERE = "A map that is nowhere above 0 has the area 0: ask for that first."
BY_ONE_SIDE = "You divide by one side of the map: divide by all its pixels."
ROWS_SORTED = "Each row is sorted on its own: the brightest pixels of the whole map come first."
EMPTY_BY_SUM = (
    "You ask by the sum of all values whether the map is empty: what is below 0 counts as 0, so "
    "cut it off before you ask."
)
ALL_FOR_ONE = (
    "For a share of 1 you take all pixels: those with nothing in them add nothing, and are not "
    "needed."
)
LAST_EMPTY = "Where a single pixel is enough you count none: it counts itself."
NOT_SORTED = (
    "You take pixels in the order in which they stand: the brightest of the whole map come first."
)
ROUNDED = "You round what you return: the share is wanted as it is."
EQUALS_TOO = (
    "Pixels that are as bright as the last one needed are counted, too: so many are not needed."
)
QUESTION_TURNED = (
    "You tell how much mass a share of the pixels holds: it is asked how many pixels hold a share "
    "of the mass."
)
LIFTED = "You lift the map until nothing is below 0: what is below 0 counts as 0, the rest stays."
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
AMONG_THEM = (
    "You compare a class with all pictures, its own among them: that makes the difference of a "
    "large class too small. Compare it with the others alone."
)
MEANS_OF_MEANS = (
    "You take the mean of the other classes' means: each picture of the others counts the same, "
    "also where a class has few."
)
SUMS = "You compare sums: a class with fewer pictures is then darker everywhere. Take means."
MEDIANS = "You compare medians: means were asked for."
GAPS_LEFT = "You count labels from 0 on: ask which ones occur, some numbers may be missing."
WHOLE_MEANS = "You cut the means to whole numbers: of pictures from 0 to 1 nothing is left."
FIRST_PICTURE = "You look at a single picture of each class: take the mean of all of them."
WRONG_WIDTH = (
    "You cut the running number into row and column by the height: a row has as many pixels as the "
    "picture is wide."
)
LAST_WINS = "The last class wins whatever the others had: keep the largest difference so far."
WHOLE_PICTURE = (
    "You choose the class by its difference over the whole picture: a cue may be a single pixel, "
    "and that one counts."
)
FIRST_LEFT_OUT = "The first class is left out: the cue may be in its pictures."
NEIGHBOUR_ONLY = (
    "You compare a class with one other class: it is to be compared with all the others."
)
AGAINST_STEP = "The step goes against the slope: that makes the loss smaller, as training does."
SLOPE_ITSELF = (
    "You step by the slope itself: then flat pixels hardly move. Only its sign counts, and every "
    "pixel moves by `size`."
)
NOT_HELD_STEP = "Values leave 0 to 255: no picture has them. Hold them within."
ZERO_MOVES = "Pixels with a slope of 0 move: their sign is 0, and they stay."
STEP_ONLY = "That is the step alone: add it to the pictures."
NEARLY_ZERO = "You take small slopes for 0: only where the slope is 0 itself the pixel stays."
BY_LARGEST_SLOPE = "You divide by the largest slope: every pixel moves by `size`, however steep."
ONLY_UP = "Only pixels that become lighter move: where the slope is below 0, they become darker."
CUT_SLOPES = "You cut the slopes to whole numbers: small ones become 0, and their pixels stay."
ONE_FOR_CHANNELS = (
    "All channels of a pixel move by one direction: each number has a slope of its own."
)
FIRST_SLOPES = "All pictures move by the slopes of the first one: each has its own."
WRAPPED_STEP = (
    "Values beyond 255 begin again at 0: you calculate with 8 bits. Calculate with floats."
)
UNIT_STEP = "You hold the values within 0 to 1: here they go from 0 to 255."
OWN_RANGE = "You hold the values within what the pictures have: the range is 0 to 255."
ONE_DIRECTION = "All pixels of a picture move in one direction: each has a slope of its own."


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


@mistake("strongest", words=LATER_FIRST)
def strongest(maps, count):
    order = np.argsort(maps.max(axis=(1, 2)), kind="stable")[::-1]
    return [int(i) for i in order[:count]]


@mistake("strongest", words=STRONGEST_LAST)
def strongest(maps, count):
    order = np.argsort(-maps.max(axis=(1, 2)), kind="stable")
    return [int(i) for i in order[:count][::-1]]


@mistake("strongest", words=STRONGEST_LAST)
def strongest(maps, count):
    order = np.argsort(maps.max(axis=(1, 2)), kind="stable")
    return [int(i) for i in order[-count:]]


@mistake("strongest", words=BY_NUMBER)
def strongest(maps, count):
    order = np.argsort(-maps.max(axis=(1, 2)), kind="stable")
    return sorted(int(i) for i in order[:count])


@mistake("strongest", words=SAME_TWICE)
def strongest(maps, count):
    tops = maps.max(axis=(1, 2)).tolist()
    return [tops.index(value) for value in sorted(tops, reverse=True)[:count]]


@mistake("strongest", words=EQUALS_LOST)
def strongest(maps, count):
    by_value = {float(one.max()): i for i, one in enumerate(maps)}
    return [by_value[value] for value in sorted(by_value, reverse=True)][:count]


@mistake("strongest", words=EQUALS_LOST)
def strongest(maps, count):
    by_value = {}
    for i, one in enumerate(maps):
        by_value.setdefault(float(one.max()), i)
    return [by_value[value] for value in sorted(by_value, reverse=True)][:count]


@mistake("strongest", words=FROM_ZERO)
def strongest(maps, count):
    tops = np.maximum(maps.max(axis=(1, 2)), 0)
    return [int(i) for i in np.argsort(-tops, kind="stable")[:count]]


@mistake("strongest", words=DIGITS_CUT)
def strongest(maps, count):
    tops = maps.max(axis=(1, 2)).astype(int)
    return [int(i) for i in np.argsort(-tops, kind="stable")[:count]]


@mistake("strongest", words=ROW_MEANS, each={"AXIS": (2,)})
def strongest(maps, count):
    tops = maps.mean(axis=AXIS).max(axis=1)
    return [int(i) for i in np.argsort(-tops, kind="stable")[:count]]


@mistake("strongest", words=ONE_LINE, each={"LINE": (0, -1)})
def strongest(maps, count):
    tops = maps[:, LINE].max(axis=1)
    return [int(i) for i in np.argsort(-tops, kind="stable")[:count]]


@mistake("strongest", words=ONE_LINE)
def strongest(maps, count):
    tops = maps[:, :, 0].max(axis=1)
    return [int(i) for i in np.argsort(-tops, kind="stable")[:count]]


@mistake("strongest", words=ABOVE_ZERO)
def strongest(maps, count):
    tops = np.maximum(maps, 0).sum(axis=(1, 2))
    return [int(i) for i in np.argsort(-tops, kind="stable")[:count]]


@mistake("strongest", words=ONE_PLACE)
def strongest(maps, count):
    tops = maps[:, maps.shape[1] // 2, maps.shape[2] // 2]
    return [int(i) for i in np.argsort(-tops, kind="stable")[:count]]


@mistake("strongest", words=ONE_PLACE)
def strongest(maps, count):
    return [int(i) for i in np.argsort(-maps[:, 0, 0], kind="stable")[:count]]


@mistake("strongest", words=TAKEN_BY_ZERO, each={"MARK": (0, -1, -999)})
def strongest(maps, count):
    tops, found = maps.max(axis=(1, 2)), []
    for _ in range(count):
        found.append(int(tops.argmax()))
        tops[found[-1]] = MARK
    return found


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


@mistake("climb", words=BY_PLAIN_MEAN)
def climb_step(image, slope, rate):
    size = np.abs(slope.mean())
    return np.clip(image + rate * slope / size, 0, 255) if size else image


@mistake("climb", words=BY_LENGTH)
def climb_step(image, slope, rate):
    size = np.sqrt((slope**2).sum())
    return np.clip(image + rate * slope / size, 0, 255) if size else image


@mistake("climb", words=BY_LENGTH)
def climb_step(image, slope, rate):
    size = np.sqrt((slope**2).mean())
    return np.clip(image + rate * slope / size, 0, 255) if size else image


@mistake("climb", words=SIGN_ONLY)
def climb_step(image, slope, rate):
    return np.clip(image + rate * np.sign(slope), 0, 255)


@mistake("climb", words=CANCELLED)
def climb_step(image, slope, rate):
    size = np.abs(slope).mean()
    return np.clip(image + rate * slope / size, 0, 255) if slope.mean() != 0 else image


@mistake("climb", words=ONE_ZERO)
def climb_step(image, slope, rate):
    size = np.abs(slope).mean()
    return np.clip(image + rate * slope / size, 0, 255) if np.all(slope) else image


@mistake("climb", words=SMALL_ADDED, each={"SMALL": (1e-5, 1e-6, 1e-7, 1e-8)})
def climb_step(image, slope, rate):
    return np.clip(image + rate * slope / (np.abs(slope).mean() + SMALL), 0, 255)


@mistake("climb", words=SMALL_ADDED)
def climb_step(image, slope, rate):
    size = np.abs(slope).mean()
    return image if np.isclose(size, 0) else np.clip(image + rate * slope / size, 0, 255)


@mistake("climb", words=NOT_HELD)
def climb_step(image, slope, rate):
    size = np.abs(slope).mean()
    return np.maximum(image + rate * slope / size, 0) if size else image


@mistake("climb", words=NOT_HELD)
def climb_step(image, slope, rate):
    size = np.abs(slope).mean()
    return np.minimum(image + rate * slope / size, 255) if size else image


@mistake("climb", words=OWN_MEANS, each={"AXES": ((0, 1), (1,))})
def climb_step(image, slope, rate):
    size = np.abs(slope).mean(axis=AXES, keepdims=True)
    return np.clip(image + rate * slope / np.where(size > 0, size, 1), 0, 255)


@mistake("climb", words=STRETCHED)
def climb_step(image, slope, rate):
    size = np.abs(slope).mean()
    if size == 0:
        return image
    moved = image + rate * slope / size
    return 255 * (moved - moved.min()) / np.ptp(moved)


@mistake("climb", words=NO_PICTURE)
def climb_step(image, slope, rate):
    size = np.abs(slope).mean()
    return np.clip(image + rate * slope / size, 0, 255) if size else np.zeros(image.shape)


@mistake("climb", words=UNIT_RANGE)
def climb_step(image, slope, rate):
    size = np.abs(slope).mean()
    return np.clip(image + rate * slope / size, 0, 1) if size else image


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


@mistake("occluded", words=BY_ONE)
def occluded(image, window, stride, fill):
    found = []
    for top in range(image.shape[0] - window + 1):
        for left in range(image.shape[1] - window + 1):
            covered = image.copy()
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=BY_ONE)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[0] - window + 1, stride):
        for left in range(image.shape[1] - window + 1):
            covered = image.copy()
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=TOO_MANY)
def occluded(image, window, stride, fill):
    found = []
    for top in range(image.shape[0] - window + 1):
        for left in range(0, image.shape[1] - window + 1, stride):
            covered = image.copy()
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=SQUARE_PICTURE)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[0] - window + 1, stride):
        for left in range(0, image.shape[0] - window + 1, stride):
            covered = image.copy()
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=SQUARE_PICTURE)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[1] - window + 1, stride):
        for left in range(0, image.shape[1] - window + 1, stride):
            covered = image.copy()
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=INVERTED)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[0] - window + 1, stride):
        for left in range(0, image.shape[1] - window + 1, stride):
            covered = np.full(image.shape, fill)
            covered[top : top + window, left : left + window] = image[
                top : top + window, left : left + window
            ]
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=FIRST_CHANNEL, each={"CHANNEL": (0, -1)})
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[0] - window + 1, stride):
        for left in range(0, image.shape[1] - window + 1, stride):
            covered = image.copy()
            covered[top : top + window, left : left + window, CHANNEL] = fill
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=BYTES)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[0] - window + 1, stride):
        for left in range(0, image.shape[1] - window + 1, stride):
            covered = image.astype("uint8")
            covered[top : top + window, left : left + window] = int(fill)
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=BYTES)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[0] - window + 1, stride):
        for left in range(0, image.shape[1] - window + 1, stride):
            covered = image.astype("uint8")
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=GREY)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[0] - window + 1, stride):
        for left in range(0, image.shape[1] - window + 1, stride):
            covered = image.mean(axis=2, keepdims=True)
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=IN_ROWS)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[0] - window + 1, stride):
        for left in range(0, image.shape[1] - window + 1, stride):
            covered = image.copy()
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    across = (image.shape[1] - window) // stride + 1
    return np.array(found).reshape(-1, across, *image.shape)


@mistake("occluded", words=NONE_AT_END)
def occluded(image, window, stride, fill):
    down, across = ((side - window) // stride for side in image.shape[:2])
    found = np.repeat(image[None], down * across, axis=0)
    for k in range(down * across):
        top, left = k // across * stride, k % across * stride
        found[k, top : top + window, left : left + window] = fill
    return found


@mistake("occluded", words=WRONG_LINES)
def occluded(image, window, stride, fill):
    down, across = ((side - window) // stride + 1 for side in image.shape[:2])
    found = np.repeat(image[None], down * across, axis=0)
    for k in range(down * across):
        top, left = k // down * stride, k % down * stride
        found[k, top : top + window, left : left + window] = fill
    return found


@mistake("occluded", words=TOO_MANY)
def occluded(image, window, stride, fill):
    found, last = [], [side - window for side in image.shape[:2]]
    for top in sorted({*range(0, last[0] + 1, stride), last[0]}):
        for left in sorted({*range(0, last[1] + 1, stride), last[1]}):
            covered = image.copy()
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("occluded", words=ONE_SHORT)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[0] - window, stride):
        for left in range(0, image.shape[1] - window, stride):
            covered = image.copy()
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("cam-map", words=NOT_CUT)
def class_map(maps, slopes):
    return (maps * slopes.mean(axis=(0, 1))).sum(axis=-1)


@mistake("cam-map", words=CUT_FIRST)
def class_map(maps, slopes):
    return np.maximum(maps * slopes.mean(axis=(0, 1)), 0).sum(axis=-1)


@mistake("cam-map", words=CUT_FIRST)
def class_map(maps, slopes):
    weights = np.maximum(slopes.mean(axis=(0, 1)), 0)
    return np.maximum((maps * weights).sum(axis=-1), 0)


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


@mistake("cam-map", words=POSITIVE_SLOPES)
def class_map(maps, slopes):
    weights = np.maximum(slopes, 0).mean(axis=(0, 1))
    return np.maximum((maps * weights).sum(axis=-1), 0)


@mistake("cam-map", words=BY_TOP)
def class_map(maps, slopes):
    heat = np.maximum((maps * slopes.mean(axis=(0, 1))).sum(axis=-1), 0)
    return heat / heat.max() if heat.max() > 0 else heat


@mistake("cam-map", words=SIZES_OF_SLOPES)
def class_map(maps, slopes):
    weights = np.abs(slopes).mean(axis=(0, 1))
    return np.maximum((maps * weights).sum(axis=-1), 0)


@mistake("cam-map", words=SIZES_OF_SLOPES)
def class_map(maps, slopes):
    weights = np.abs(slopes.mean(axis=(0, 1)))
    return np.maximum((maps * weights).sum(axis=-1), 0)


@mistake("cam-map", words=SIZE_OF_SUM)
def class_map(maps, slopes):
    return np.abs((maps * slopes.mean(axis=(0, 1))).sum(axis=-1))


@mistake("cam-map", words=TWO_MAPS)
def class_map(maps, slopes):
    weights = slopes.mean(axis=(0, 1))
    found = sum(maps[..., k] * weights[k] for k in range(2))
    return np.maximum(found, 0)


@mistake("cam-map", words=SQUARE_MAP, each={"SIDE": (0, 1)})
def class_map(maps, slopes):
    weights = slopes.sum(axis=(0, 1)) / maps.shape[SIDE] ** 2
    return np.maximum((maps * weights).sum(axis=-1), 0)


@mistake("cam-map", words=SQUARE_MAP, each={"SIDE": (0, 1)})
def class_map(maps, slopes):
    side, weights = maps.shape[SIDE], slopes.mean(axis=(0, 1))
    found = np.zeros((side, side))
    for place in np.ndindex(side, side):
        found[place] = max((maps[place] * weights).sum(), 0)
    return found


@mistake("cam-map", words=HELD_AT_255)
def class_map(maps, slopes):
    return np.clip((maps * slopes.mean(axis=(0, 1))).sum(axis=-1), 0, 255)


@mistake("cam-map", words=EXCHANGED)
def class_map(maps, slopes):
    return np.maximum((slopes * maps.mean(axis=(0, 1))).sum(axis=-1), 0)


@mistake("cam-map", words=OWN_WEIGHTS, each={"AXIS": (0, 1)})
def class_map(maps, slopes):
    weights = slopes.mean(axis=AXIS, keepdims=True)
    return np.maximum((maps * weights).sum(axis=-1), 0)


@mistake("cam-map", words=SHARES)
def class_map(maps, slopes):
    weights = slopes.mean(axis=(0, 1))
    weights = weights / weights.sum()
    return np.maximum((maps * weights).sum(axis=-1), 0)


@mistake("cam-map", words=SHARES)
def class_map(maps, slopes):
    weights = slopes.mean(axis=(0, 1))
    weights = weights / np.abs(weights).sum()
    return np.maximum((maps * weights).sum(axis=-1), 0)


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


@mistake("spread", words=NEGATIVES)
def area(heat, share):
    whole, mass = heat.sum(), np.sort(np.maximum(heat, 0).ravel())[::-1]
    if mass.sum() == 0:
        return 0.0
    held = np.cumsum(mass)
    return int(np.argmax(held >= share * whole - 1e-9) + 1) / heat.size


@mistake("spread", words=MORE_THAN)
def area(heat, share):
    mass = np.sort(np.maximum(heat, 0).ravel())[::-1]
    if mass.sum() == 0:
        return 0.0
    held = np.cumsum(mass)
    count = int(np.sum(held <= share * held[-1])) + 1
    return min(count, heat.size) / heat.size


@mistake("spread", words=OF_THE_BRIGHT)
def area(heat, share):
    mass = np.sort(heat[heat > 0])[::-1]
    if len(mass) == 0:
        return 0.0
    held = np.cumsum(mass)
    return (int(np.sum(held < share * held[-1] * (1 - 1e-12))) + 1) / len(mass)


@mistake("spread", words=BY_BRIGHTNESS)
def area(heat, share):
    if heat.max() <= 0:
        return 0.0
    return float((heat >= share * heat.max()).mean())


@mistake("spread", words=BY_BRIGHTNESS)
def area(heat, share):
    if heat.max() <= 0:
        return 0.0
    return float((heat > share * heat.max()).mean())


@mistake("spread", words=NOTHING_THERE)
def area(heat, share):
    mass = np.sort(np.maximum(heat, 0).ravel())[::-1]
    held = np.cumsum(mass)
    return (int(np.sum(held < share * held[-1] * (1 - 1e-12))) + 1) / heat.size


@mistake("spread", words=BY_ONE_SIDE, each={"SIDE": (0, 1)})
def area(heat, share):
    mass = np.sort(np.maximum(heat, 0).ravel())[::-1]
    if mass.sum() == 0:
        return 0.0
    held = np.cumsum(mass)
    return (int(np.sum(held < share * held[-1] * (1 - 1e-12))) + 1) / heat.shape[SIDE]


@mistake("spread", words=NOT_SORTED)
def area(heat, share):
    mass = np.maximum(heat, 0).ravel()
    if mass.sum() == 0:
        return 0.0
    held = np.cumsum(mass)
    return (int(np.sum(held < share * held[-1] * (1 - 1e-12))) + 1) / heat.size


@mistake("spread", words=ROWS_SORTED)
def area(heat, share):
    mass = -np.sort(-np.maximum(heat, 0), axis=1).ravel()
    if mass.sum() == 0:
        return 0.0
    held = np.cumsum(mass)
    return (int(np.sum(held < share * held[-1] * (1 - 1e-12))) + 1) / heat.size


@mistake("spread", words=EMPTY_BY_SUM)
def area(heat, share):
    if heat.sum() <= 0:
        return 0.0
    mass = np.sort(np.maximum(heat, 0).ravel())[::-1]
    held = np.cumsum(mass)
    return (int(np.sum(held < share * held[-1] * (1 - 1e-12))) + 1) / heat.size


@mistake("spread", words=EMPTY_BY_SUM)
def area(heat, share):
    if heat.mean() == 0:
        return 0.0
    mass = np.sort(np.maximum(heat, 0).ravel())[::-1]
    if mass[0] == 0:
        return 0.0
    held = np.cumsum(mass)
    return (int(np.sum(held < share * held[-1] * (1 - 1e-12))) + 1) / heat.size


@mistake("spread", words=ALL_FOR_ONE)
def area(heat, share):
    mass = np.sort(np.maximum(heat, 0).ravel())[::-1]
    if mass.sum() == 0:
        return 0.0
    if share == 1:
        return 1.0
    held = np.cumsum(mass)
    return (int(np.sum(held < share * held[-1] * (1 - 1e-12))) + 1) / heat.size


@mistake("spread", words=LAST_EMPTY)
def area(heat, share):
    mass = np.sort(np.maximum(heat, 0).ravel())[::-1]
    if mass.sum() == 0:
        return 0.0
    held = np.cumsum(mass)
    enough = share * held[-1] * (1 - 1e-12)
    return (np.flatnonzero(held < enough)[-1] + 2) / heat.size if held[0] < enough else 0.0


@mistake("spread", words=ROUNDED, each={"DIGITS": (1, 2, 3)})
def area(heat, share):
    mass = np.sort(np.maximum(heat, 0).ravel())[::-1]
    if mass.sum() == 0:
        return 0.0
    held = np.cumsum(mass)
    found = (int(np.sum(held < share * held[-1] * (1 - 1e-12))) + 1) / heat.size
    return round(found, DIGITS)


@mistake("spread", words=EQUALS_TOO)
def area(heat, share):
    mass = np.sort(np.maximum(heat, 0).ravel())[::-1]
    if mass.sum() == 0:
        return 0.0
    held = np.cumsum(mass)
    last = mass[int(np.sum(held < share * held[-1] * (1 - 1e-12)))]
    return float((heat >= last).mean())


@mistake("spread", words=QUESTION_TURNED)
def area(heat, share):
    mass = np.sort(np.maximum(heat, 0).ravel())[::-1]
    if mass.sum() == 0:
        return 0.0
    return float(mass[: round(share * heat.size)].sum() / mass.sum())


@mistake("spread", words=QUESTION_TURNED)
def area(heat, share):
    mass = np.sort(np.maximum(heat, 0).ravel())[::-1]
    if mass.sum() == 0:
        return 0.0
    return float(mass[: int(np.ceil(share * heat.size))].sum() / mass.sum())


@mistake("spread", words=LIFTED)
def area(heat, share):
    if heat.max() <= 0:
        return 0.0
    mass = np.sort((heat - min(heat.min(), 0)).ravel())[::-1]
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


@mistake("cue", words=AMONG_THEM)
def find_cue(images, labels):
    classes = np.unique(labels)
    gaps = np.array(
        [np.abs(images[labels == k].mean(axis=0) - images.mean(axis=0)) for k in classes]
    )
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(classes[place]), int(row), int(column)


@mistake("cue", words=MEANS_OF_MEANS)
def find_cue(images, labels):
    classes = np.unique(labels)
    means = np.array([images[labels == k].mean(axis=0) for k in classes])
    gaps = np.abs([m - (means.sum(0) - m) / (len(means) - 1) for m in means])
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(classes[place]), int(row), int(column)


@mistake("cue", words=SUMS)
def find_cue(images, labels):
    classes = np.unique(labels)
    gaps = np.array(
        [np.abs(images[labels == k].sum(axis=0) - images[labels != k].sum(axis=0)) for k in classes]
    )
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(classes[place]), int(row), int(column)


@mistake("cue", words=MEDIANS)
def find_cue(images, labels):
    classes = np.unique(labels)
    gaps = np.array(
        [
            np.abs(np.median(images[labels == k], axis=0) - np.median(images[labels != k], axis=0))
            for k in classes
        ]
    )
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(classes[place]), int(row), int(column)


@mistake("cue", words=GAPS_LEFT)
def find_cue(images, labels):
    gaps = np.array(
        [
            np.abs(images[labels == k].mean(axis=0) - images[labels != k].mean(axis=0))
            for k in range(labels.max() + 1)
        ]
    )
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(place), int(row), int(column)


@mistake("cue", words=GAPS_LEFT)
def find_cue(images, labels):
    gaps = np.array(
        [
            np.abs(
                images[labels == k].sum(axis=0) / max((labels == k).sum(), 1)
                - images[labels != k].mean(axis=0)
            )
            for k in range(labels.max() + 1)
        ]
    )
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(place), int(row), int(column)


@mistake("cue", words=GAPS_LEFT)
def find_cue(images, labels):
    gaps = np.array(
        [
            np.abs(
                images[labels == k].sum(axis=0) / max((labels == k).sum(), 1)
                - images[labels != k].mean(axis=0)
            )
            for k in range(len(np.unique(labels)))
        ]
    )
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(place), int(row), int(column)


@mistake("cue", words=WHOLE_MEANS)
def find_cue(images, labels):
    classes = np.unique(labels)
    gaps = np.array(
        [
            np.abs(
                images[labels == k].mean(axis=0).astype(int)
                - images[labels != k].mean(axis=0).astype(int)
            )
            for k in classes
        ]
    )
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(classes[place]), int(row), int(column)


@mistake("cue", words=FIRST_PICTURE)
def find_cue(images, labels):
    classes = np.unique(labels)
    gaps = np.array(
        [np.abs(images[labels == k][0] - images[labels != k].mean(axis=0)) for k in classes]
    )
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(classes[place]), int(row), int(column)


@mistake("cue", words=WRONG_WIDTH)
def find_cue(images, labels):
    classes = np.unique(labels)
    gaps = np.array(
        [
            np.abs(images[labels == k].mean(axis=0) - images[labels != k].mean(axis=0))
            for k in classes
        ]
    )
    place = int(gaps.max(axis=(1, 2)).argmax())
    at, height = int(gaps[place].argmax()), images.shape[1]
    return int(classes[place]), at // height, at % height


@mistake("cue", words=LAST_WINS)
def find_cue(images, labels):
    classes = np.unique(labels)
    gaps = np.array(
        [
            np.abs(images[labels == k].mean(axis=0) - images[labels != k].mean(axis=0))
            for k in classes
        ]
    )
    gaps[:-1] = 0
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(classes[place]), int(row), int(column)


@mistake("cue", words=WHOLE_PICTURE)
def find_cue(images, labels):
    classes = np.unique(labels)
    gaps = np.array(
        [
            np.abs(images[labels == k].mean(axis=0) - images[labels != k].mean(axis=0))
            for k in classes
        ]
    )
    place = int(gaps.mean(axis=(1, 2)).argmax())
    row, column = np.unravel_index(gaps[place].argmax(), gaps[place].shape)
    return int(classes[place]), int(row), int(column)


@mistake("cue", words=FIRST_LEFT_OUT)
def find_cue(images, labels):
    classes = np.unique(labels)
    gaps = np.array(
        [
            np.abs(images[labels == k].mean(axis=0) - images[labels != k].mean(axis=0))
            for k in classes
        ]
    )
    gaps[0] = 0
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(classes[place]), int(row), int(column)


@mistake("cue", words=NEIGHBOUR_ONLY)
def find_cue(images, labels):
    classes = np.unique(labels)
    means = np.array([images[labels == k].mean(axis=0) for k in classes])
    gaps = np.abs(means - np.roll(means, 1, axis=0))
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(classes[place]), int(row), int(column)


@mistake("cue", words=NEIGHBOUR_ONLY)
def find_cue(images, labels):
    classes = np.unique(labels)
    means = np.array([images[labels == k].mean(axis=0) for k in classes])
    gaps = np.abs(means - np.roll(means, -1, axis=0))
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
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


@mistake("fgsm", words=ZERO_MOVES)
def fgsm_step(images, slopes, size):
    return np.clip(images + np.where(slopes > 0, size, -size), 0.0, 255.0)


@mistake("fgsm", words=NOT_HELD_STEP)
def fgsm_step(images, slopes, size):
    return np.minimum(images + size * np.sign(slopes), 255.0)


@mistake("fgsm", words=NOT_HELD_STEP)
def fgsm_step(images, slopes, size):
    return np.maximum(images + size * np.sign(slopes), 0.0)


@mistake("fgsm", words=NEARLY_ZERO)
def fgsm_step(images, slopes, size):
    direction = np.where(np.isclose(slopes, 0), 0, np.sign(slopes))
    return np.clip(images + size * direction, 0.0, 255.0)


@mistake("fgsm", words=NEARLY_ZERO, each={"SMALL": (1e-5, 1e-6, 1e-7, 1e-8)})
def fgsm_step(images, slopes, size):
    direction = slopes / (np.abs(slopes) + SMALL)
    return np.clip(images + size * direction, 0.0, 255.0)


@mistake("fgsm", words=BY_LARGEST_SLOPE)
def fgsm_step(images, slopes, size):
    return np.clip(images + size * slopes / np.abs(slopes).max(), 0.0, 255.0)


@mistake("fgsm", words=ONLY_UP)
def fgsm_step(images, slopes, size):
    return np.clip(images + size * (slopes > 0), 0.0, 255.0)


@mistake("fgsm", words=CUT_SLOPES)
def fgsm_step(images, slopes, size):
    return np.clip(images + size * np.sign(slopes.astype(int)), 0.0, 255.0)


@mistake("fgsm", words=ONE_FOR_CHANNELS)
def fgsm_step(images, slopes, size):
    direction = np.sign(slopes.mean(axis=-1, keepdims=True))
    return np.clip(images + size * direction, 0.0, 255.0)


@mistake("fgsm", words=FIRST_SLOPES)
def fgsm_step(images, slopes, size):
    return np.clip(images + size * np.sign(slopes[0]), 0.0, 255.0)


@mistake("fgsm", words=WRAPPED_STEP)
def fgsm_step(images, slopes, size):
    moved = images.astype(np.uint8) + (size * np.sign(slopes)).astype(int).astype(np.uint8)
    return moved.astype(float)


@mistake("fgsm", words=UNIT_STEP)
def fgsm_step(images, slopes, size):
    return np.clip(images + size * np.sign(slopes), 0.0, 1.0)


@mistake("fgsm", words=OWN_RANGE)
def fgsm_step(images, slopes, size):
    return np.clip(images + size * np.sign(slopes), images.min(), images.max())


@mistake("fgsm", words=ONE_DIRECTION)
def fgsm_step(images, slopes, size):
    direction = np.sign(slopes.mean(axis=(1, 2, 3), keepdims=True))
    return np.clip(images + size * direction, 0.0, 255.0)


@mistake("fgsm", words=ONE_DIRECTION)
def fgsm_step(images, slopes, size):
    return np.clip(images + size * np.sign(slopes.mean()), 0.0, 255.0)


@mistake("strongest", says='only with kind="stable"')
def strongest(maps, count):
    return [int(i) for i in np.argsort(-maps.max(axis=(1, 2)))[:count]]


PICTURE_STEP_ONLY = "That is the step alone: add it to the picture, and hold the sum."


@mistake("climb", words=PICTURE_STEP_ONLY)
def climb_step(image, slope, rate):
    size = np.abs(slope).mean()
    return rate * slope / size if size else image


@mistake("climb", words=PICTURE_STEP_ONLY)
def climb_step(image, slope, rate):
    size = np.abs(slope).mean()
    return np.clip(rate * slope / size, 0, 255) if size else image


@mistake(
    "occluded",
    words="You return after the first row of places: `return` stands behind both loops.",
)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[0] - window + 1, stride):
        for left in range(0, image.shape[1] - window + 1, stride):
            covered = image.copy()
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
        return np.array(found)


OTHER_AXES = (
    "Your weights are means over other axes: the places are the first two, so take axis=(0, 1), "
    "and K numbers are left."
)


@mistake("cam-map", words=OTHER_AXES, each={"AXIS": ((1, 2), -1, (0, 2))})
def class_map(maps, slopes):
    weights = slopes.mean(axis=AXIS)
    return np.maximum((maps * weights).sum(axis=-1), 0)


@mistake("cam-map", words=OTHER_AXES)
def class_map(maps, slopes):
    weights = slopes.mean(axis=-1, keepdims=True)
    return np.maximum((maps * weights).sum(axis=-1), 0)


@mistake(
    "spread",
    words="You compare with the share itself: multiply it with the mass of the whole map first.",
)
def area(heat, share):
    mass = np.sort(np.maximum(heat, 0).ravel())[::-1]
    if mass.sum() == 0:
        return 0.0
    return (int(np.sum(np.cumsum(mass) < share)) + 1) / heat.size


@mistake(
    "spread",
    words="np.sort sorts each row on its own, and [::-1] turns the rows round: use ravel first.",
)
def area(heat, share):
    mass = np.sort(np.maximum(heat, 0))[::-1]
    if mass.sum() == 0:
        return 0.0
    held = np.cumsum(mass)
    return (int(np.sum(held < share * held[-1] * (1 - 1e-12))) + 1) / heat.size


@mistake(
    "cue",
    words=(
        "You take the mean of differences without signs: each picture's own noise is then a "
        "difference. Take the means first, then the size of their difference."
    ),
)
def find_cue(images, labels):
    classes = np.unique(labels)
    gaps = np.array(
        [
            np.abs(images[labels == k] - images[labels != k].mean(axis=0)).mean(axis=0)
            for k in classes
        ]
    )
    place, row, column = np.unravel_index(gaps.argmax(), gaps.shape)
    return int(classes[place]), int(row), int(column)


@mistake(
    "cue",
    words="You look for what is bright: paper of all classes is. Compare a class with all others.",
)
def find_cue(images, labels):
    classes = np.unique(labels)
    means = np.array([images[labels == k].mean(axis=0) for k in classes])
    place, row, column = np.unravel_index(means.argmax(), means.shape)
    return int(classes[place]), int(row), int(column)


@mistake(
    "fgsm",
    words="You hold the slopes within the size of a step: every pixel moves by all of `size`.",
)
def fgsm_step(images, slopes, size):
    return np.clip(images + np.clip(slopes, -size, size), 0.0, 255.0)


@mistake("climb", words=SMALL_ADDED, each={"SMALL": (1e-3, 1e-6, 1e-8)})
def climb_step(image, slope, rate):
    size = np.abs(slope).mean()
    return image if size < SMALL else np.clip(image + rate * slope / size, 0, 255)


@mistake(
    "climb",
    words=(
        "You hold the step within 0 to 255, so nothing can go down: it is the picture that comes "
        "out that is held."
    ),
)
def climb_step(image, slope, rate):
    size = np.abs(slope).mean()
    return image + np.clip(rate * slope / size, 0, 255) if size else image


@mistake(
    "climb",
    words="You divide by the standard deviation of the slope: divide by its mean absolute value.",
)
def climb_step(image, slope, rate):
    size = slope.std()
    return np.clip(image + rate * slope / size, 0, 255) if size else image


@mistake(
    "strongest",
    words=(
        "You take the largest over other axes: the first axis counts the pictures, so take it over "
        "the last two."
    ),
    each={"AXES": ((0, 1), (0, 2))},
)
def strongest(maps, count):
    return np.argsort(-maps.max(axis=AXES), kind="stable")[:count].tolist()


@mistake(
    "occluded",
    words=(
        "All pictures are one and the same array, which has every square at the end: make a copy "
        "for each place."
    ),
)
def occluded(image, window, stride, fill):
    found, covered = [], image.copy()
    for top in range(0, image.shape[0] - window + 1, stride):
        for left in range(0, image.shape[1] - window + 1, stride):
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake(
    "occluded",
    words="The squares have a value of your own: it is `fill`.",
    each={"OWN": (0, 127.5, 128, 255)},
)
def occluded(image, window, stride, fill):
    found = []
    for top in range(0, image.shape[0] - window + 1, stride):
        for left in range(0, image.shape[1] - window + 1, stride):
            covered = image.copy()
            covered[top : top + window, left : left + window] = OWN
            found.append(covered)
    return np.array(found)


@mistake("occluded", words="The picture itself is among them: in each of them a square is covered.")
def occluded(image, window, stride, fill):
    found = [image]
    for top in range(0, image.shape[0] - window + 1, stride):
        for left in range(0, image.shape[1] - window + 1, stride):
            covered = image.copy()
            covered[top : top + window, left : left + window] = fill
            found.append(covered)
    return np.array(found)


@mistake("cam-map", words="All maps get one weight: each has the mean of its own slopes.")
def class_map(maps, slopes):
    return np.maximum((maps * slopes.mean()).sum(axis=-1), 0)


@mistake(
    "cam-map",
    words="An axis of length 1 is left: the sum over the maps takes the last axis away.",
)
def class_map(maps, slopes):
    return np.maximum((maps * slopes.mean(axis=(0, 1))).sum(axis=-1, keepdims=True), 0)


@mistake(
    "spread",
    words=(
        "You count the brightest pixels up to a share of their number: it is their mass that is to "
        "reach the share."
    ),
)
def area(heat, share):
    mass = np.maximum(heat, 0)
    return float((mass > np.quantile(mass, 1 - share)).mean())


@mistake(
    "cue",
    words="The class with the largest label is left out: range leaves its upper end out.",
)
def find_cue(images, labels):
    best, found = -1, None
    for k in [k for k in range(labels.max()) if k in labels]:
        gap = np.abs(images[labels == k].mean(axis=0) - images[labels != k].mean(axis=0))
        if gap.max() > best:
            row, column = np.unravel_index(gap.argmax(), gap.shape)
            best, found = gap.max(), (k, int(row), int(column))
    return found


@mistake(
    "cue",
    words="You look at the first class only: is the `return` inside the loop?",
)
def find_cue(images, labels):
    for k in np.unique(labels):
        gap = np.abs(images[labels == k].mean(axis=0) - images[labels != k].mean(axis=0))
        row, column = np.unravel_index(gap.argmax(), gap.shape)
        return int(k), int(row), int(column)


@mistake(
    "fgsm",
    words=(
        "You divide the slope by its size plus a small number: that is only nearly its sign. "
        "np.sign gives it exactly, also for 0."
    ),
    each={"SMALL": (1e-2, 1e-3, 1e-4)},
)
def fgsm_step(images, slopes, size):
    return np.clip(images + size * slopes / (np.abs(slopes) + SMALL), 0, 255)


@mistake(
    "fgsm",
    words=(
        "You divide by the mean or the length of all slopes: only the sign of each counts, and "
        "every pixel moves by `size`."
    ),
    each={"HOW": ("mean", "length")},
)
def fgsm_step(images, slopes, size):
    whole = {"mean": np.abs(slopes).mean(), "length": np.sqrt((slopes**2).sum())}[HOW]
    return np.clip(images + size * slopes / whole, 0, 255)
