"""Wrong solutions of section 10, each with the words that tell whoever makes it what went wrong."""

import numpy as np

from course.notebook.mistakes import mistake

NEGATIVE_SIDES = (
    "Boxes that are apart on both axes share something in your answer: two negative sides give a "
    "positive area. Cut each side off at 0 before you multiply."
)
BOTH_COUNTED_TWICE = (
    "Your union counts twice what both boxes cover: take the intersection off once."
)
INTERSECTION_ONLY = "This is the area of the intersection: it is still to be divided by the union."
OF_THE_SMALLER = (
    "You divide by the smaller of the two areas: a small box inside a large one is not equal to "
    "it. Divide by the union."
)
OF_THE_LARGER = "You divide by the larger of the two areas: divide by what at least one box covers."
OF_ONE_BOX = (
    "You divide by the area of one of the boxes: divide by what at least one of them covers."
)
PIXELS_PLUS_ONE = (
    "You add 1 to each side: here right and bottom are edges, not the last pixel, so a side is "
    "right less left."
)
CORNER_AND_SIZE = (
    "You take the last two numbers for width and height: they are the right and the bottom edge."
)
PAIRS_IN_ORDER = (
    "You compare the first with the first, the second with the second: every box of the one array "
    "is to meet every box of the other."
)
OTHERS_IN_ROWS = "Rows and columns are swapped: row i is for boxes[i], column j for others[j]."
FRAME_NOT_UNION = (
    "You divide by the smallest box around both: that holds corners that neither box covers."
)
ROWS_ACROSS = "Your axes are mixed up: left and right belong together, and so do top and bottom."
ONE_SIDE_HELD = (
    "You cut one side of what two boxes share off at 0, and not the other: boxes may be apart in "
    "either direction."
)
TWICE_THE_COMMON = (
    "This is twice the intersection by the sum of both areas (Dice): divide by the union."
)
NOTHING_BY_NOTHING = (
    "Two empty boxes have a union of 0, and you divide by it: their IoU is 0, so ask for that case."
)
EMPTY_ARE_EQUAL = "Two empty boxes are equal in your answer: the IoU of an empty box is 0 with any."
HELD_AT_ONE = (
    "You hold a union that is below 1 at 1: edges may be floats, and areas small. Only a union of "
    "0 needs help."
)
EDGES_CUT = "You cut the edges to whole numbers: they may be floats."
WHOLE_RESULTS = (
    "Your results are whole numbers: an IoU lies between 0 and 1, so use an array of floats."
)
NO_BOXES = (
    "Without boxes your answer fails: N or M may be 0, and the result then has no row, or no "
    "column."
)

# --- iou --------------------------------------------------------------------------------------


@mistake("iou", words=NEGATIVE_SIDES)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(high - low, axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    union = areas[0][:, np.newaxis] + areas[1] - common
    return common / np.where(union == 0, 1, union)


@mistake("iou", words=NEGATIVE_SIDES)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.maximum(np.prod(high - low, axis=2), 0)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    union = areas[0][:, np.newaxis] + areas[1] - common
    return common / np.where(union == 0, 1, union)


@mistake("iou", words=BOTH_COUNTED_TWICE)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    union = areas[0][:, np.newaxis] + areas[1]
    return common / np.where(union == 0, 1, union)


@mistake("iou", words=INTERSECTION_ONLY)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    return np.prod(np.maximum(high - low, 0.0), axis=2)


@mistake("iou", words=OF_THE_SMALLER)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    return common / np.maximum(np.minimum(areas[0][:, np.newaxis], areas[1]), 1)


@mistake("iou", words=OF_THE_LARGER)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    return common / np.maximum(np.maximum(areas[0][:, np.newaxis], areas[1]), 1)


@mistake("iou", words=OF_ONE_BOX)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    area = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    return common / np.maximum(area[:, np.newaxis], 1)


@mistake("iou", words=OF_ONE_BOX)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    return common / np.maximum(np.prod(others[:, 2:] - others[:, :2], axis=1), 1)


@mistake("iou", words=PIXELS_PLUS_ONE)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low + 1, 0), axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2] + 1, axis=1) for edges in (boxes, others)]
    return common / (areas[0][:, np.newaxis] + areas[1] - common)


@mistake("iou", words=CORNER_AND_SIZE)
def iou(boxes, others):
    ends = [edges[:, :2] + edges[:, 2:] for edges in (boxes, others)]
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(ends[0][:, np.newaxis], ends[1])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(edges[:, 2:], axis=1) for edges in (boxes, others)]
    union = areas[0][:, np.newaxis] + areas[1] - common
    return common / np.where(union > 0, union, 1)


@mistake("iou", words=PAIRS_IN_ORDER)
def iou(boxes, others):
    count = min(len(boxes), len(others))
    boxes, others = boxes[:count], others[:count]
    low = np.maximum(boxes[:, :2], others[:, :2])
    high = np.minimum(boxes[:, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=1)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    union = areas[0] + areas[1] - common
    return common / np.where(union > 0, union, 1)


@mistake("iou", words=OTHERS_IN_ROWS)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    union = areas[0][:, np.newaxis] + areas[1] - common
    return (common / np.where(union > 0, union, 1)).T


@mistake("iou", words=FRAME_NOT_UNION)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    first = np.minimum(boxes[:, np.newaxis, :2], others[:, :2])
    last = np.maximum(boxes[:, np.newaxis, 2:], others[:, 2:])
    frame = np.prod(last - first, axis=2)
    return common / np.where(frame > 0, frame, 1)


@mistake("iou", words=ROWS_ACROSS)
def iou(boxes, others):
    a, b = (edges[:, [0, 2, 1, 3]] for edges in (boxes, others))
    low = np.maximum(a[:, np.newaxis, :2], b[:, :2])
    high = np.minimum(a[:, np.newaxis, 2:], b[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.abs(np.prod(edges[:, 2:] - edges[:, :2], axis=1)) for edges in (a, b)]
    union = areas[0][:, np.newaxis] + areas[1] - common
    return common / np.where(union > 0, union, 1)


@mistake("iou", words=NEGATIVE_SIDES)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(high - low, axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    union = areas[0][:, np.newaxis] + areas[1] - common
    return common / np.where(union > 0, union, 1)


@mistake("iou", words=ONE_SIDE_HELD, each={"SIDE": (0, 1)})
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = (high - low)[..., SIDE] * np.maximum(high - low, 0)[..., 1 - SIDE]
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    union = areas[0][:, np.newaxis] + areas[1] - common
    return common / np.where(union > 0, union, 1)


@mistake("iou", words=TWICE_THE_COMMON)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    whole = areas[0][:, np.newaxis] + areas[1]
    return 2 * common / np.where(whole > 0, whole, 1)


@mistake("iou", words=PAIRS_IN_ORDER)
def iou(boxes, others):
    found = np.zeros((len(boxes), len(others)))
    for k, (a, b) in enumerate(zip(boxes, others, strict=False)):
        wide = max(0, min(a[2], b[2]) - max(a[0], b[0]))
        high = max(0, min(a[3], b[3]) - max(a[1], b[1]))
        sizes = [(c[2] - c[0]) * (c[3] - c[1]) for c in (a, b)]
        found[k, k] = wide * high / max(sum(sizes) - wide * high, 1)
    return found


@mistake("iou", words=NOTHING_BY_NOTHING)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    with np.errstate(invalid="ignore"):
        return common / (areas[0][:, np.newaxis] + areas[1] - common)


@mistake("iou", words=EMPTY_ARE_EQUAL)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    union = areas[0][:, np.newaxis] + areas[1] - common
    return np.where(union > 0, common / np.where(union > 0, union, 1), 1.0)


@mistake("iou", words=HELD_AT_ONE)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    return common / np.maximum(areas[0][:, np.newaxis] + areas[1] - common, 1)


@mistake("iou", words=EDGES_CUT)
def iou(boxes, others):
    boxes, others = boxes.astype(int), others.astype(int)
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    union = areas[0][:, np.newaxis] + areas[1] - common
    return common / np.where(union > 0, union, 1)


@mistake("iou", words=EDGES_CUT)
def iou(boxes, others):
    boxes, others = np.round(boxes), np.round(others)
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    union = areas[0][:, np.newaxis] + areas[1] - common
    return common / np.where(union > 0, union, 1)


@mistake("iou", words=WHOLE_RESULTS)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    union = areas[0][:, np.newaxis] + areas[1] - common
    return (common / np.where(union > 0, union, 1)).astype(int)


@mistake("iou", words=NO_BOXES)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    union = areas[0][:, np.newaxis] + areas[1] - common
    return np.stack(list(common / np.where(union > 0, union, 1)))


@mistake("iou", words=NO_BOXES)
def iou(boxes, others):
    low = np.maximum(boxes[:, np.newaxis, :2], others[:, :2])
    high = np.minimum(boxes[:, np.newaxis, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    union = areas[0][:, np.newaxis] + areas[1] - common
    return np.stack(list((common / np.where(union > 0, union, 1)).T), axis=1)


# --- as-convolution ---------------------------------------------------------------------------

CHANNELS_FIRST = (
    "You read the rows as if channels came first: Flatten goes through a map row by row, and at "
    "each place through all channels."
)
UNITS_FIRST = "Your kernel has its filters first: in Keras's layout they are the last axis."
SWAPPED_SIDES = "Height and width are swapped: the height is the first axis of a kernel."
READ_DOWN = (
    "You read the map column by column: Flatten goes through it row by row, so places side by side "
    "follow each other."
)
COLUMN_BY_COLUMN = (
    "You filled the kernel with the first axis running fastest: Flatten has the last axis fastest."
)
FLIPPED = "You flipped the kernel: layers do cross-correlation, so the weights stay as they are."
AS_IT_WAS = "The kernel still has two axes: that of a convolution has four."
UNITS_BEFORE_CHANNELS = (
    "You read units before channels: in a row of the kernel the units lie side by side, so they "
    "are the last axis, and the fastest."
)
LAST_IS_ONE = (
    "Your last axis has length 1: it holds the units. Channels are what is left of the rows, once "
    "height and width are taken out."
)
OTHER_COUNT = (
    "Your four sizes do not multiply to the number of weights: channels are what is left of the "
    "rows, once height and width are taken out."
)
SQUARE_FILTER = "You take the map for a square: a kernel's second side is the width."
STEPS_BY_HEIGHT = (
    "You count the places of a map's row by its height: a row has as many as the map is wide."
)
CHANNELS_TURNED = (
    "The channels of each place stand in reverse order: keep them as Flatten reads them."
)
SMALL_STAYS = "With a height and a width of 1 your kernel keeps two axes: sides of 1 are axes, too."


@mistake("as-convolution", words=CHANNELS_FIRST)
def as_convolution(kernel, height, width):
    return kernel.reshape(-1, height, width, kernel.shape[1]).transpose(1, 2, 0, 3)


@mistake("as-convolution", words=CHANNELS_FIRST)
def as_convolution(kernel, height, width):
    return kernel.reshape(-1, height, width, kernel.shape[1])


@mistake("as-convolution", words=UNITS_FIRST)
def as_convolution(kernel, height, width):
    return kernel.T.reshape(kernel.shape[1], height, width, -1)


@mistake("as-convolution", words=SWAPPED_SIDES)
def as_convolution(kernel, height, width):
    return kernel.reshape(width, height, -1, kernel.shape[1])


@mistake("as-convolution", words=READ_DOWN)
def as_convolution(kernel, height, width):
    return kernel.reshape(width, height, -1, kernel.shape[1]).transpose(1, 0, 2, 3)


@mistake("as-convolution", words=COLUMN_BY_COLUMN)
def as_convolution(kernel, height, width):
    return kernel.reshape((height, width, -1, kernel.shape[1]), order="F")


@mistake("as-convolution", words=FLIPPED)
def as_convolution(kernel, height, width):
    return kernel.reshape(height, width, -1, kernel.shape[1])[::-1, ::-1]


@mistake("as-convolution", words=AS_IT_WAS)
def as_convolution(kernel, height, width):
    return kernel


@mistake("as-convolution", words=UNITS_BEFORE_CHANNELS)
def as_convolution(kernel, height, width):
    return kernel.reshape(height, width, kernel.shape[1], -1)


@mistake("as-convolution", words=UNITS_BEFORE_CHANNELS)
def as_convolution(kernel, height, width):
    return kernel.reshape(height, width, kernel.shape[1], -1).transpose(0, 1, 3, 2)


@mistake("as-convolution", words=UNITS_BEFORE_CHANNELS)
def as_convolution(kernel, height, width):
    return kernel.reshape(kernel.shape[1], height, width, -1).transpose(1, 2, 3, 0)


@mistake("as-convolution", words=UNITS_FIRST)
def as_convolution(kernel, height, width):
    return kernel.reshape(height, width, -1, kernel.shape[1]).transpose(3, 2, 0, 1)


@mistake("as-convolution", words=UNITS_FIRST)
def as_convolution(kernel, height, width):
    return kernel.reshape(height, width, -1, kernel.shape[1]).transpose(3, 0, 1, 2)


@mistake("as-convolution", words=LAST_IS_ONE)
def as_convolution(kernel, height, width):
    return kernel.reshape(height, width, -1, 1)


@mistake("as-convolution", words=OTHER_COUNT)
def as_convolution(kernel, height, width):
    return kernel.reshape(height, width, len(kernel) // height, -1)


@mistake("as-convolution", words=OTHER_COUNT)
def as_convolution(kernel, height, width):
    return kernel.reshape(height, width, 2, kernel.shape[1])


@mistake("as-convolution", words=SQUARE_FILTER)
def as_convolution(kernel, height, width):
    return kernel.reshape(height, height, -1, kernel.shape[1])


@mistake("as-convolution", words=STEPS_BY_HEIGHT)
def as_convolution(kernel, height, width):
    channels = len(kernel) // (height * width)
    found = np.zeros((height, width, channels, kernel.shape[1]))
    for row, column in np.ndindex(height, width):
        start = (row * height + column) * channels
        found[row, column] = kernel[start : start + channels]
    return found


@mistake("as-convolution", words=CHANNELS_TURNED)
def as_convolution(kernel, height, width):
    return kernel.reshape(height, width, -1, kernel.shape[1])[:, :, ::-1]


@mistake("as-convolution", words=SMALL_STAYS)
def as_convolution(kernel, height, width):
    if height == width == 1:
        return kernel
    return kernel.reshape(height, width, -1, kernel.shape[1])


@mistake("as-convolution", words=STEPS_BY_HEIGHT)
def as_convolution(kernel, height, width):
    channels = len(kernel) // (height * width)
    found = np.zeros((height, width, channels, kernel.shape[1]))
    for row, column, channel in np.ndindex(height, width, channels):
        found[row, column, channel] = kernel[(row * height + column) * channels + channel]
    return found


# --- suppress ---------------------------------------------------------------------------------

ORDER_OF_BOXES = "Your numbers are in the order of the boxes: the surest box comes first."
LESS_SURE_STAYS = (
    "Of two boxes that share much the less sure one stays in your answer: begin with the surest, "
    "it decides."
)
NO_THRESHOLD = "Boxes below the least score are still there: drop them first."
DROPPED_DROP = (
    "A box that was dropped itself drops others in your answer: only a box that is kept drops any."
)
AT_THE_SCORE = "You drop a box whose score is just the least one: only those below it are dropped."
AT_THE_OVERLAP = (
    "You drop a box that shares just as much as is allowed: only those that share more are dropped."
)
WRONG_WAY = "You keep those that share much with a surer one: these are the ones to drop."
ENDS_EARLY = (
    "You stop too early: with the surest of the boxes that are left it goes on, whatever was "
    "dropped before."
)
PLACES_NOT_NUMBERS = (
    "These are places in the sorted list: the numbers of the boxes, as they were given, are asked "
    "for."
)
SCORES_RETURNED = "These are the scores of the boxes that are kept: their numbers are asked for."
NEIGHBOURS_ONLY = (
    "You compare a box only with the last one that was kept: compare it with all of them."
)
NEXT_IN_LIST = (
    "You compare a box only with the one before it in the list, kept or not: compare it with all "
    "that were kept."
)
SUREST_ONLY = "You compare a box only with the surest of all: compare it with all that were kept."
APART_FROM_ONE = (
    "A box stays in your answer if it is apart from one of those kept: it is to be apart from all."
)
SORTED_LATE = (
    "You walk through the boxes as they were given, and sort what is left: the surest decides, so "
    "sort first."
)
WITH_ITSELF = (
    "Nothing is kept: either you compare each box with itself, too, which it covers (leave that "
    "pair out), or you ask with any(…), which is False where nothing is kept yet (ask with all)."
)
SUMMED_SHARES = "You add up what a box shares with those kept: each pair counts by itself."
NUMBERS_OF_SURE = (
    "Your numbers count only the boxes that are sure enough: the numbers among all boxes are asked "
    "for."
)
TABLE_OF_SURE = (
    "You look into `shared` by numbers that count only the boxes that are sure enough: its rows "
    "belong to all boxes."
)


MARKED_BY_ZERO = (
    "You mark a box that is used up by a score of 0: where the least score is 0, it comes again."
)
ZERO_IS_ENOUGH = (
    "You take a score of 0 for that of a box that is used up: where the least score is 0, such a "
    "box is kept."
)
DROPS_ITSELF = (
    "You count on a box to drop itself, since it shares all with itself: where as much is allowed, "
    "it stays, and comes again."
)


@mistake("suppress", words=ORDER_OF_BOXES)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(-scores):
        if scores[k] >= least and all(shared[k, j] <= most for j in kept):
            kept.append(int(k))
    return sorted(kept)


@mistake("suppress", words=LESS_SURE_STAYS)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(scores):
        if scores[k] >= least and all(shared[k, j] <= most for j in kept):
            kept.append(int(k))
    return kept


@mistake("suppress", words=ORDER_OF_BOXES)
def suppress(scores, shared, least, most):
    kept = []
    for k in range(len(scores)):
        if scores[k] >= least and all(shared[k, j] <= most for j in kept):
            kept.append(k)
    return kept


@mistake("suppress", words=NO_THRESHOLD)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(-scores):
        if all(shared[k, j] <= most for j in kept):
            kept.append(int(k))
    return kept


@mistake("suppress", words=DROPPED_DROP)
def suppress(scores, shared, least, most):
    order = [int(k) for k in np.argsort(-scores) if scores[k] >= least]
    return [k for n, k in enumerate(order) if all(shared[k, j] <= most for j in order[:n])]


@mistake("suppress", words=AT_THE_SCORE)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(-scores):
        if scores[k] > least and all(shared[k, j] <= most for j in kept):
            kept.append(int(k))
    return kept


@mistake("suppress", words=AT_THE_OVERLAP)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(-scores):
        if scores[k] >= least and all(shared[k, j] < most for j in kept):
            kept.append(int(k))
    return kept


@mistake("suppress", words=WRONG_WAY)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(-scores):
        if scores[k] >= least and all(shared[k, j] > most for j in kept):
            kept.append(int(k))
    return kept


@mistake("suppress", words=ENDS_EARLY)
def suppress(scores, shared, least, most):
    return [int(scores.argmax())] if scores.max() >= least else []


@mistake("suppress", words=PLACES_NOT_NUMBERS)
def suppress(scores, shared, least, most):
    order, kept = np.argsort(-scores), []
    for n, k in enumerate(order):
        if scores[k] >= least and all(shared[k, order[j]] <= most for j in kept):
            kept.append(n)
    return kept


@mistake("suppress", words=SCORES_RETURNED)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(-scores):
        if scores[k] >= least and all(shared[k, j] <= most for j in kept):
            kept.append(int(k))
    return [float(scores[k]) for k in kept]


@mistake("suppress", words=NEIGHBOURS_ONLY)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(-scores):
        if scores[k] >= least and (not kept or shared[k, kept[-1]] <= most):
            kept.append(int(k))
    return kept


@mistake("suppress", words=LESS_SURE_STAYS)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(scores):
        if scores[k] >= least and all(shared[k, j] <= most for j in kept):
            kept.append(int(k))
    return kept[::-1]


@mistake("suppress", words=NEXT_IN_LIST)
def suppress(scores, shared, least, most):
    order = [int(k) for k in np.argsort(-scores) if scores[k] >= least]
    return [k for n, k in enumerate(order) if n == 0 or shared[k, order[n - 1]] <= most]


@mistake("suppress", words=SUREST_ONLY)
def suppress(scores, shared, least, most):
    order = [int(k) for k in np.argsort(-scores) if scores[k] >= least]
    return [k for n, k in enumerate(order) if n == 0 or shared[k, order[0]] <= most]


@mistake("suppress", words=APART_FROM_ONE)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(-scores):
        if scores[k] >= least and (not kept or any(shared[k, j] <= most for j in kept)):
            kept.append(int(k))
    return kept


@mistake("suppress", words=ENDS_EARLY)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(-scores):
        if scores[k] < least or any(shared[k, j] > most for j in kept):
            break
        kept.append(int(k))
    return kept


@mistake("suppress", words=LESS_SURE_STAYS)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(-scores):
        if scores[k] >= least:
            kept = [j for j in kept if shared[k, j] <= most] + [int(k)]
    return kept


@mistake("suppress", words=SORTED_LATE)
def suppress(scores, shared, least, most):
    kept = []
    for k in range(len(scores)):
        if scores[k] >= least and all(shared[k, j] <= most for j in kept):
            kept.append(int(k))
    return sorted(kept, key=lambda k: -scores[k])


@mistake("suppress", words=WITH_ITSELF)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(-scores):
        if scores[k] >= least and all(part <= most for part in shared[k]):
            kept.append(int(k))
    return kept


@mistake("suppress", words=SUMMED_SHARES)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(-scores):
        if scores[k] >= least and sum(shared[k, j] for j in kept) <= most:
            kept.append(int(k))
    return kept


@mistake("suppress", words=NUMBERS_OF_SURE)
def suppress(scores, shared, least, most):
    sure = scores >= least
    scores, shared = scores[sure], shared[np.ix_(sure, sure)]
    kept = []
    for k in np.argsort(-scores):
        if scores[k] >= least and all(shared[k, j] <= most for j in kept):
            kept.append(int(k))
    return kept


@mistake("suppress", words=TABLE_OF_SURE)
def suppress(scores, shared, least, most):
    sure, kept = np.flatnonzero(scores >= least), []
    for k in np.argsort(-scores[sure]):
        if all(shared[k, j] <= most for j in kept):
            kept.append(int(k))
    return [int(sure[k]) for k in kept]


@mistake("suppress", words=MARKED_BY_ZERO)
def suppress(scores, shared, least, most):
    left, kept = scores.copy(), []
    for _ in range(len(scores)):
        k = int(left.argmax())
        if left[k] < least:
            break
        kept.append(k)
        left[shared[k] > most] = 0
        left[k] = 0
    return kept


@mistake("suppress", words=ZERO_IS_ENOUGH)
def suppress(scores, shared, least, most):
    left, kept = np.where(scores >= least, scores, 0.0), []
    while left.max() > 0:
        k = int(left.argmax())
        kept.append(k)
        left[shared[k] > most] = 0
        left[k] = 0
    return kept


@mistake("suppress", words=DROPS_ITSELF)
def suppress(scores, shared, least, most):
    alive, kept = scores >= least, []
    for _ in range(len(scores)):
        if not alive.any():
            break
        k = int(np.where(alive, scores, -1).argmax())
        kept.append(k)
        alive = alive & (shared[k] <= most)
    return kept


# --- responsible ------------------------------------------------------------------------------

COLUMN_FIRST = "Row and column are swapped: y tells the row, and it comes first."
ONE_BOX = "You count one box for each cell: there are two."
NAMES_FOR_EACH_BOX = (
    "You count the names once for each box: each cell has them once, for both boxes."
)
ONE_CELL = "These are the numbers of one cell: there are 7 × 7."
CORNER_DECIDES = "You went by the upper left corner: the cell with the centre is responsible."
COUNTED_FROM_ONE = "You count cells from 1: the first row and the first column are 0."
NO_ROOTS = "Width and height are still shares: their square roots are wanted."
SHARES_OF_PICTURE = "Your x and y are shares of the picture: they are to be shares of the cell."
IN_CELLS = "Your width and height are in cells: they are shares of the picture."
Y_FIRST = "x and y are exchanged: x, across, comes first."
HEIGHT_FIRST = "Width and height are exchanged: the width comes first."
ROUNDED_CELL = (
    "You rounded to the nearest cell: the whole part tells the cell, so cut off what is behind the "
    "point."
)
PLACE_OF_CORNER = (
    "Your x and y belong to the upper left corner: it is the centre's place that counts."
)
ROOTS_OF_PIXELS = "You took the roots of pixels: divide by the picture's size before."
ALL_ROOTS = "You took the root of x and y, too: only width and height are roots."
PIXELS_IN_CELL = "Your x and y are pixels: divide by the size of a cell."
SQUARES = "You squared width and height: take the square root."
EDGES_FOR_SIZES = (
    "You took the right and the bottom edge for width and height: take left and top off."
)
TOO_ROUND = "Your numbers are rounded too much: give four decimals."
FROM_MIDDLE = (
    "Your x and y count from the middle of the cell: they count from its upper left corner."
)
SIZES_IN_PIXELS = "Your width and height are pixels: they are roots of shares of the picture."

mistake(
    "responsible",
    words=COLUMN_FIRST,
    code="""
answer_numbers = 1470
cell = (3, 4)
wanted = (0.25, 0.875, 0.7071, 0.5)
""",
)
mistake(
    "responsible",
    words=ONE_BOX,
    code="""
answer_numbers = 1225
cell = (4, 3)
wanted = (0.25, 0.875, 0.7071, 0.5)
""",
)
mistake(
    "responsible",
    words=NAMES_FOR_EACH_BOX,
    code="""
answer_numbers = 2450
cell = (4, 3)
wanted = (0.25, 0.875, 0.7071, 0.5)
""",
)
mistake(
    "responsible",
    words=ONE_CELL,
    code="""
answer_numbers = 30
cell = (4, 3)
wanted = (0.25, 0.875, 0.7071, 0.5)
""",
)
mistake(
    "responsible",
    words=CORNER_DECIDES,
    code="""
answer_numbers = 1470
cell = (4, 1)
wanted = (0.5, 0.0, 0.7071, 0.5)
""",
)
mistake(
    "responsible",
    words=COUNTED_FROM_ONE,
    code="""
answer_numbers = 1470
cell = (5, 4)
wanted = (0.25, 0.875, 0.7071, 0.5)
""",
)
mistake(
    "responsible",
    words=NO_ROOTS,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (0.25, 0.875, 0.5, 0.25)
""",
)
mistake(
    "responsible",
    words=SHARES_OF_PICTURE,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (208 / 448, 312 / 448, 0.7071, 0.5)
""",
)
mistake(
    "responsible",
    words=IN_CELLS,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (0.25, 0.875, 3.5**0.5, 1.75**0.5)
""",
)
mistake(
    "responsible",
    words=Y_FIRST,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (0.875, 0.25, 0.7071, 0.5)
""",
)
mistake(
    "responsible",
    words=HEIGHT_FIRST,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (0.25, 0.875, 0.5, 0.7071)
""",
)
mistake(
    "responsible",
    words=ROUNDED_CELL,
    code="""
answer_numbers = 1470
cell = (5, 3)
wanted = (0.25, 0.875, 0.7071, 0.5)
""",
)
mistake(
    "responsible",
    words=PLACE_OF_CORNER,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (0.5, 0.0, 0.7071, 0.5)
""",
)
mistake(
    "responsible",
    words=ROOTS_OF_PIXELS,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (0.25, 0.875, 224**0.5, 112**0.5)
""",
)
mistake(
    "responsible",
    words=ALL_ROOTS,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (0.5, 0.875**0.5, 0.7071, 0.5)
""",
)
mistake(
    "responsible",
    words=PIXELS_IN_CELL,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (16, 56, 0.7071, 0.5)
""",
)
mistake(
    "responsible",
    words=SQUARES,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (0.25, 0.875, 0.25, 0.0625)
""",
)
mistake(
    "responsible",
    words=EDGES_FOR_SIZES,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (0.25, 0.875, (320 / 448) ** 0.5, (368 / 448) ** 0.5)
""",
)
mistake(
    "responsible",
    words=TOO_ROUND,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (0.2, 0.9, 0.7, 0.5)
""",
)
mistake(
    "responsible",
    words=TOO_ROUND,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (0.25, 0.88, 0.71, 0.5)
""",
)
mistake(
    "responsible",
    words=TOO_ROUND,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (0.3, 0.9, 0.7, 0.5)
""",
)
mistake(
    "responsible",
    words=FROM_MIDDLE,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (-0.25, 0.375, 0.7071, 0.5)
""",
)
mistake(
    "responsible",
    words=SIZES_IN_PIXELS,
    code="""
answer_numbers = 1470
cell = (4, 3)
wanted = (0.25, 0.875, 224, 112)
""",
)

# --- decode -----------------------------------------------------------------------------------

ROOTS_LEFT = "Width and height are still roots: square them before they become pixels."
CELL_LEFT_OUT = "Your centres leave the cell out: x and y count from the corner of their own cell."
ROW_ACROSS = "Row and column are swapped: the column tells where a cell begins across."
CORNER_NOT_CENTRE = "You put the box's corner where its centre is: half of it lies on each side."
WHOLE_EACH_SIDE = (
    "Your boxes are twice as large: from the centre it is half the width to each side."
)
SIZE_IN_CELLS = "You take width and height for shares of the cell: they are shares of the page."
SIDES_SWAPPED = (
    "Width and height are shares of the wrong sides: the width is one of the page's width, columns "
    "times side."
)
ABOVE_LEAST = "You leave out a cell that is just as sure as the least: it counts, too."
CENTRE_AND_SIZE = "These are centre, width and height: left, top, right and bottom are asked for."
ALL_CELLS = "All cells have a box in your answer: only those that are sure enough count."
SHARES_NOT_PIXELS = "Your edges are shares of the page: pixels are asked for."
COLUMN_AFTER_COLUMN = "You go through the grid column by column: it is asked for row by row."
SQUARE_PAGE = (
    "You take the page for a square: its width is columns times side, its height rows times side."
)
SUREST_CELL_FIRST = (
    "The boxes stand in the order of their objectness: they are asked for row by row."
)
CUT_AT_PAGE = "You cut boxes off at the edge of the page: give them as the cell says."
PLACE_ON_PAGE = (
    "You take x and y for shares of the page: they are shares of the cell, from its corner."
)
PLACE_IN_PIXELS = (
    "You add x and y as pixels: they are shares of the cell, so they grow with `side`."
)
ANY_ABOVE_ZERO = "`least` plays no part: cells that are less sure have no box."
OWN_LEAST = "A least objectness is written into it: use the one that is given."
ONE_FOR_ROW = "You keep one cell of each row: all cells that are sure enough have a box."
MIDDLE_OF_CELL = "You put each box in the middle of its cell: x and y tell where its centre is."
EDGE_ORDER = "Your edges stand in another order: left, top, right, bottom."
FROM_BELOW = "You count rows from below: row 0 is at the top of the page."
WHOLE_PIXELS = "You round the edges to whole pixels: give them as they come out."


@mistake("decode", words=ROOTS_LEFT)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w * columns * side / 2, h * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=CELL_LEFT_OUT)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = x * side, y * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=ROW_ACROSS)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (row + x) * side, (column + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=CORNER_NOT_CENTRE)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    return np.stack([x, y, x + w**2 * columns * side, y + h**2 * rows * side], axis=1)


@mistake("decode", words=WHOLE_EACH_SIDE)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side, h**2 * rows * side
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=SIZE_IN_CELLS)
def decode(grid, side, least):
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * side / 2, h**2 * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=SIDES_SWAPPED)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * rows * side / 2, h**2 * columns * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=ABOVE_LEAST)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] > least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=CENTRE_AND_SIZE)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    return np.stack([x, y, w**2 * columns * side, h**2 * rows * side], axis=1)


@mistake("decode", words=ALL_CELLS)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = (place.ravel() for place in np.indices((rows, columns)))
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=SHARES_NOT_PIXELS)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) / columns, (row + y) / rows
    return np.stack([x - w**2 / 2, y - h**2 / 2, x + w**2 / 2, y + h**2 / 2], axis=1)


@mistake("decode", words=COLUMN_AFTER_COLUMN)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    column, row = np.nonzero(grid[..., 0].T >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=SQUARE_PAGE)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * columns * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=SQUARE_PAGE)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * rows * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=SUREST_CELL_FIRST)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    order = np.argsort(-grid[row, column, 0], kind="stable")
    row, column = row[order], column[order]
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=CUT_AT_PAGE)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.clip(
        np.stack([x - w, y - h, x + w, y + h], axis=1),
        0,
        np.array([columns, rows, columns, rows]) * side,
    )


@mistake("decode", words=PLACE_ON_PAGE)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = x * columns * side, y * rows * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=PLACE_IN_PIXELS)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = column * side + x, row * side + y
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=ANY_ABOVE_ZERO)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] > 0)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=OWN_LEAST)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= 0.5)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=ONE_FOR_ROW)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(
        (grid[..., 0] >= least) & (grid[..., 0] == grid[..., 0].max(axis=1, keepdims=True))
    )
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=MIDDLE_OF_CELL)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + 0.5) * side, (row + 0.5) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=EDGE_ORDER)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, x + w, y - h, y + h], axis=1)


@mistake("decode", words=EDGE_ORDER)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([y - h, x - w, y + h, x + w], axis=1)


@mistake("decode", words=FROM_BELOW)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (rows - 1 - row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=FROM_BELOW)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (rows - row - y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("decode", words=WHOLE_PIXELS)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.round(np.stack([x - w, y - h, x + w, y + h], axis=1))


@mistake("decode", words=WHOLE_PIXELS)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1).astype(int)


# --- average-precision ------------------------------------------------------------------------

PRECISION_ONLY = (
    "This is the precision at the end of the list: note it at each hit, and divide by the things."
)
RECALL_ONLY = "This is the recall: each hit adds 1 in your sum, and should add the precision there."
BY_HITS = (
    "You divide by the number of hits: a thing that is never found counts, too. Divide by all "
    "things."
)
ALL_PLACES = "You add the precision at every place: only hits add anything."
FROM_ZERO = "Your places begin at 0: the first box is at place 1."
BY_BOXES = "You divide by the number of boxes: divide by the number of things."
REVERSED_LIST = "You begin at the least sure box: the list has the surest first."
HITS_BEFORE = "You count the hits before the place: the hit at the place itself counts, too."
NOT_DIVIDED = "This is the sum: it is still to be divided by the number of things."
RECALL_AT_HITS = "You add the recall at each hit: it is the precision there that counts."
SMOOTHED = (
    "You take at each hit the largest precision from there on: that is a smoothed variant. Take "
    "the precision at the place itself."
)
BY_FEWER = (
    "You divide by the number of boxes where there are fewer of them than things: a thing that no "
    "box found counts, too."
)
NO_BOXES = (
    "An empty list becomes an array of floats, and it has no last place: where there are no boxes, "
    "the result is 0."
)
MEAN_OF_NOTHING = "Where nothing is hit you take the mean of nothing: the sum is 0 then."
FIRST_BOXES = "You look at as many boxes as there are things: the whole list counts."
IN_A_ROW = "A box that is wrong sets your count back to 0: all hits up to the place count."
ROUNDED = "You round what you return: give the number as it comes out."
STOPS_AT_MISS = (
    "You stop too early: a box that is wrong ends nothing, for later hits count, too, and `return` "
    "stands behind the loop, not in it."
)
TRAPEZES = "You take the area by trapezes: each hit adds the precision at its own place."
PRODUCT = (
    "You multiply precision and recall at the end of the list: note the precision at each hit."
)
PLACE_LOOKED_UP = (
    "You look up where a hit stands by its value, and find the first hit each time: count the "
    "places as you go."
)


@mistake("average-precision", words=PRECISION_ONLY)
def average_precision(hits, things):
    return sum(hits) / max(len(hits), 1)


@mistake("average-precision", words=RECALL_ONLY)
def average_precision(hits, things):
    return sum(hits) / things


@mistake("average-precision", words=BY_HITS)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        if hit:
            right += 1
            total += right / place
    return total / max(right, 1)


@mistake("average-precision", words=ALL_PLACES)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        right += hit
        total += right / place
    return total / things


@mistake("average-precision", words=ALL_PLACES)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        right += hit
        total += right / place
    return total / max(len(hits), 1)


@mistake("average-precision", words=FROM_ZERO)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits):
        if hit:
            right += 1
            total += right / max(place, 1)
    return total / things


@mistake("average-precision", words=BY_BOXES)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        if hit:
            right += 1
            total += right / place
    return total / max(len(hits), 1)


@mistake("average-precision", words=REVERSED_LIST)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits[::-1], start=1):
        if hit:
            right += 1
            total += right / place
    return total / things


@mistake("average-precision", words=HITS_BEFORE)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        if hit:
            total += right / place
            right += 1
    return total / things


@mistake("average-precision", words=NOT_DIVIDED)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        if hit:
            right += 1
            total += right / place
    return total


@mistake("average-precision", words=RECALL_AT_HITS)
def average_precision(hits, things):
    found = sum(hits)
    return found * (found + 1) / 2 / things / things


@mistake("average-precision", words=SMOOTHED)
def average_precision(hits, things):
    right, found = 0, []
    for place, hit in enumerate(hits, start=1):
        if hit:
            right += 1
            found.append(right / place)
    return sum(max(found[k:]) for k in range(len(found))) / things


@mistake("average-precision", words=BY_FEWER)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        if hit:
            right += 1
            total += right / place
    return total / min(things, len(hits)) if hits else 0.0


@mistake("average-precision", words=MEAN_OF_NOTHING)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        if hit:
            right += 1
            total += right / place
    return total / right * (right / things) if right else float("nan")


@mistake("average-precision", words=FIRST_BOXES)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits[:things], start=1):
        if hit:
            right += 1
            total += right / place
    return total / things


@mistake("average-precision", words=IN_A_ROW)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        if hit:
            right += 1
            total += right / place
        else:
            right = 0
    return total / things


@mistake("average-precision", words=ROUNDED, each={"DIGITS": (1, 2, 3)})
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        if hit:
            right += 1
            total += right / place
    return round(total / things, DIGITS)


@mistake("average-precision", words=STOPS_AT_MISS)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        if hit:
            right += 1
            total += right / place
        else:
            break
    return total / things


@mistake("average-precision", words=TRAPEZES)
def average_precision(hits, things):
    right, points = 0, [(0.0, 1.0)]
    for place, hit in enumerate(hits, start=1):
        right += hit
        points.append((right / things, right / place))
    pairs = zip(points, points[1:], strict=False)
    return float(sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairs))


@mistake("average-precision", words=PRODUCT)
def average_precision(hits, things):
    return sum(hits) / max(len(hits), 1) * sum(hits) / things


@mistake("average-precision", words=PLACE_LOOKED_UP)
def average_precision(hits, things):
    right, total = 0, 0.0
    for hit in hits:
        if hit:
            right += 1
            total += right / (hits.index(hit) + right)
    return total / things


@mistake("average-precision", words=NO_BOXES)
def average_precision(hits, things):
    hits = np.array(hits)
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits].sum() / things)


@mistake("average-precision", words=NO_BOXES)
def average_precision(hits, things):
    places = np.arange(1, len(hits) + 1)
    precision = np.cumsum(hits) / places
    last = precision[-1] * 0.0
    return float((precision * hits).sum() / things + last)


# --- match ------------------------------------------------------------------------------------

STILL_TWICE = "Two boxes get the same track: once it is given, a track is no longer free."
FIRST_COME = (
    "Each box takes its best free track in the order of the boxes: the pair with the largest IoU "
    "comes first, wherever it is."
)
TRACKS_CHOOSE = (
    "Each track takes its best free box in the order of the tracks: the pair with the largest IoU "
    "comes first, wherever it is."
)
BOX_FOR_TRACK = "This tells for each track its box: for each box its track is asked for."
NO_LEAST = "Pairs below the least IoU are joined, too: such a box begins a new track."
STRICTLY_MORE = "A pair with just the least IoU is not joined: at least `least` is demanded."
ZERO_FOR_NEW = "A new track is marked by 0: that is the first track. It should be −1."
SMALLEST_FIRST = "You join the smallest IoU first: the list is to be sorted the other way round."
ONLY_BEST_PAIRS = (
    "A box whose best track is taken gives up: it may still have the next best one that is free."
)
STOPS_AT_TAKEN = (
    "You stop at the first pair of which one is taken: pass over it, pairs further down may still "
    "be free."
)
LARGEST_SUM = (
    "You make the sum of all as large as possible: here the pair with the largest IoU comes first, "
    "whatever is left for the others."
)
BOX_AGAIN = "A box that has a track gets another one, with a smaller IoU: a box is taken as well."
NEW_NUMBER = "A new track gets a number in your answer: it is marked by −1."
FIRST_TRACK_FREE = (
    "A box with track 0 counts as free, or as new: 0 is a number of a track like others."
)
SMALLER_TABLE = (
    "You take rows and columns out of the table, and then use the numbers of what is left: tracks "
    "and boxes keep their own."
)
OWN_LEAST_IOU = "A least IoU is written into it: use the one that is given."
NONE_WITHOUT_TRACKS = (
    "Without tracks you leave the boxes out of the result: each has its number there, and all of "
    "them begin new tracks."
)
LARGEST_OF_NOTHING = (
    "You ask for the largest of nothing where there are no tracks or no boxes: look first whether "
    "there are any."
)
NO_FIRST_ROW = (
    "You count the boxes in the first row: without tracks there is no such row, but the "
    "shape tells."
)


@mistake("match", words=STILL_TWICE)
def match(shared, least):
    tracks = []
    for j in range(shared.shape[1]):
        best = int(shared[:, j].argmax()) if len(shared) else -1
        tracks.append(best if best >= 0 and shared[best, j] >= least else -1)
    return tracks


@mistake("match", words=FIRST_COME)
def match(shared, least):
    tracks, left = [], shared.copy()
    for j in range(shared.shape[1]):
        best = int(left[:, j].argmax()) if len(left) else -1
        if best >= 0 and left[best, j] >= least:
            tracks.append(best)
            left[best] = -1
        else:
            tracks.append(-1)
    return tracks


@mistake("match", words=TRACKS_CHOOSE)
def match(shared, least):
    tracks, left = [-1] * shared.shape[1], shared.copy()
    for i in range(len(left)):
        j = int(left[i].argmax())
        if left[i, j] >= least:
            tracks[j] = i
            left[:, j] = -1
    return tracks


@mistake("match", words=BOX_FOR_TRACK)
def match(shared, least):
    left, found = shared.copy(), [-1] * len(shared)
    while left.size and left.max() >= least:
        i, j = np.unravel_index(left.argmax(), left.shape)
        found[i] = int(j)
        left[i], left[:, j] = -1, -1
    return found


@mistake("match", words=NO_LEAST)
def match(shared, least):
    left, found = shared.copy(), [-1] * shared.shape[1]
    while left.size and left.max() >= 0:
        i, j = np.unravel_index(left.argmax(), left.shape)
        found[j] = int(i)
        left[i], left[:, j] = -1, -1
    return found


@mistake("match", words=STRICTLY_MORE)
def match(shared, least):
    left, found = shared.copy(), [-1] * shared.shape[1]
    while left.size and left.max() > least:
        i, j = np.unravel_index(left.argmax(), left.shape)
        found[j] = int(i)
        left[i], left[:, j] = -1, -1
    return found


@mistake("match", words=ZERO_FOR_NEW)
def match(shared, least):
    left, found = shared.copy(), [0] * shared.shape[1]
    while left.size and left.max() >= least:
        i, j = np.unravel_index(left.argmax(), left.shape)
        found[j] = int(i)
        left[i], left[:, j] = -1, -1
    return found


@mistake("match", words=SMALLEST_FIRST)
def match(shared, least):
    count, boxes = shared.shape
    pairs = [(shared[i, j], i, j) for i in range(count) for j in range(boxes)]
    tracks, taken = [-1] * boxes, set()
    for value, i, j in sorted(pairs):
        if value >= least and i not in taken and tracks[j] == -1:
            tracks[j] = i
            taken.add(i)
    return tracks


@mistake("match", words=ONLY_BEST_PAIRS)
def match(shared, least):
    tracks = [-1] * shared.shape[1]
    for i in range(len(shared)):
        wanting = [j for j in range(shared.shape[1]) if shared[:, j].argmax() == i]
        if wanting:
            j = max(wanting, key=lambda j: shared[i, j])
            if shared[i, j] >= least:
                tracks[j] = i
    return tracks


@mistake("match", words=STOPS_AT_TAKEN)
def match(shared, least):
    count, boxes = shared.shape
    pairs = [(shared[i, j], i, j) for i in range(count) for j in range(boxes)]
    tracks, taken = [-1] * boxes, set()
    for value, i, j in sorted(pairs, reverse=True):
        if value >= least and i not in taken and tracks[j] == -1:
            tracks[j] = i
            taken.add(i)
        else:
            break
    return tracks


@mistake("match", words=LARGEST_SUM)
def match(shared, least):
    from scipy.optimize import linear_sum_assignment

    tracks = [-1] * shared.shape[1]
    for i, j in zip(*linear_sum_assignment(shared, maximize=True), strict=True):
        if shared[i, j] >= least:
            tracks[j] = int(i)
    return tracks


@mistake("match", words=BOX_AGAIN)
def match(shared, least):
    count, boxes = shared.shape
    pairs = [(shared[i, j], i, j) for i in range(count) for j in range(boxes)]
    tracks, taken = [-1] * boxes, set()
    for value, i, j in sorted(pairs, reverse=True):
        if value >= least and i not in taken:
            tracks[j] = i
            taken.add(i)
    return tracks


@mistake("match", words=NEW_NUMBER)
def match(shared, least):
    count, boxes = shared.shape
    pairs = [(shared[i, j], i, j) for i in range(count) for j in range(boxes)]
    tracks, taken = [-1] * boxes, set()
    for value, i, j in sorted(pairs, reverse=True):
        if value >= least and i not in taken and tracks[j] == -1:
            tracks[j] = i
            taken.add(i)
    return [count + tracks[:j].count(-1) if i == -1 else i for j, i in enumerate(tracks)]


@mistake("match", words=FIRST_TRACK_FREE)
def match(shared, least):
    count, boxes = shared.shape
    pairs = [(shared[i, j], i, j) for i in range(count) for j in range(boxes)]
    tracks, taken = [0] * boxes, set()
    for value, i, j in sorted(pairs, reverse=True):
        if value >= least and i not in taken and not tracks[j]:
            tracks[j] = i + 1
            taken.add(i)
    return [i - 1 if i > 1 else -1 for i in tracks]


@mistake("match", words=SMALLER_TABLE)
def match(shared, least):
    left, found = shared.copy(), [-1] * shared.shape[1]
    while left.size and left.max() >= least:
        i, j = np.unravel_index(left.argmax(), left.shape)
        found[j] = int(i)
        left = np.delete(np.delete(left, i, axis=0), j, axis=1)
    return found


@mistake("match", words=OWN_LEAST_IOU, each={"LEAST": (0.3,)})
def match(shared, least):
    count, boxes = shared.shape
    pairs = [(shared[i, j], i, j) for i in range(count) for j in range(boxes)]
    tracks, taken = [-1] * boxes, set()
    for value, i, j in sorted(pairs, reverse=True):
        if value >= LEAST and i not in taken and tracks[j] == -1:
            tracks[j] = i
            taken.add(i)
    return tracks


@mistake("match", words=LARGEST_OF_NOTHING)
def match(shared, least):
    left, found = shared.copy(), [-1] * shared.shape[1]
    while left.max() >= least:
        i, j = np.unravel_index(left.argmax(), left.shape)
        found[j] = int(i)
        left[i], left[:, j] = -1, -1
    return found


@mistake("match", words=NO_FIRST_ROW)
def match(shared, least):
    left, found = shared.copy(), [-1] * len(shared[0])
    while left.max() >= least:
        i, j = np.unravel_index(left.argmax(), left.shape)
        found[j] = int(i)
        left[i], left[:, j] = -1, -1
    return found


@mistake("match", words=NONE_WITHOUT_TRACKS)
def match(shared, least):
    left, found = shared.copy(), [-1] * shared.shape[1]
    if left.size == 0:
        return []
    while left.max() >= least:
        i, j = np.unravel_index(left.argmax(), left.shape)
        found[j] = int(i)
        left[i], left[:, j] = -1, -1
    return found


@mistake("match", words=NONE_WITHOUT_TRACKS)
def match(shared, least):
    left, found = shared.copy(), [-1] * shared.shape[1]
    if len(left) == 0:
        return None
    while left.size and left.max() >= least:
        i, j = np.unravel_index(left.argmax(), left.shape)
        found[j] = int(i)
        left[i], left[:, j] = -1, -1
    return found


# --- mask-ious --------------------------------------------------------------------------------

PAPER_COUNTS = "Paper has a row or a column in your answer: 0 is no thing, and numbers begin at 1."
MASK_UNION = (
    "You divide by the pixels of both, one after the other: those that both have are counted twice."
)
MASK_COMMON = "These are counts of common pixels: divide each by the pixels that at least one has."
OF_TRUTH = "You divide by the pixels of the true thing: divide by those that at least one has."
OF_ANSWER = "You divide by the pixels of the answer's thing: divide by those that at least one has."
SAME_NUMBERS = (
    "You compare only things of the same number: the numbers of the two masks have nothing to do "
    "with each other."
)
MASKS_SWAPPED = "Rows and columns are swapped: a row belongs to a thing of `truth`."
SEMANTIC = "You compare ink with ink: which thing a pixel belongs to plays no part."
DICE = "This is twice the common pixels by the sum of both (Dice): IoU divides by the union."
SAME_COUNT = (
    "You count on as many things in the one mask as in the other: each has a number of its own, K "
    "and L."
)
LAST_LEFT_OUT = "The last thing is left out: its number is the largest one in the mask."
BOXES_FOR_MASKS = "You compare the boxes around the things: it is their pixels that count."
ALL_PIXELS = "You divide by all pixels of the picture: divide by those that at least one has."
ALL_INK = "You divide by the ink of all things: divide by the pixels of the two that you compare."
BEST_ONLY = "You keep the best answer of each thing and set the rest to 0: all pairs are asked for."
PAPER_LEFT_OUT = (
    "Pixels that are paper in the other mask do not count in your union: a thing has them all the "
    "same."
)
FIRST_FOR_PAPER = "You take the smallest number for paper: a mask may have no paper at all."
TWO_IN_ONE = (
    "You put two numbers into one, with room for ten each: with more things pairs fall together."
)
WHOLE_SHARES = (
    "Your results are whole numbers: an IoU lies between 0 and 1, so use an array of floats."
)


@mistake("mask-ious", words=PAPER_COUNTS)
def mask_ious(truth, answer):
    found = np.zeros((truth.max() + 1, answer.max() + 1))
    for i, j in np.ndindex(*found.shape):
        one, other = truth == i, answer == j
        found[i, j] = (one & other).sum() / max((one | other).sum(), 1)
    return found


@mistake("mask-ious", words=PAPER_COUNTS)
def mask_ious(truth, answer):
    found = np.zeros((truth.max(), answer.max()))
    for i, j in np.ndindex(*found.shape):
        one, other = truth == i, answer == j
        found[i, j] = (one & other).sum() / max((one | other).sum(), 1)
    return found


@mistake("mask-ious", words=MASK_UNION)
def mask_ious(truth, answer):
    found = np.zeros((truth.max(), answer.max()))
    for i, j in np.ndindex(*found.shape):
        one, other = truth == i + 1, answer == j + 1
        found[i, j] = (one & other).sum() / (one.sum() + other.sum())
    return found


@mistake("mask-ious", words=MASK_COMMON)
def mask_ious(truth, answer):
    found = np.zeros((truth.max(), answer.max()))
    for i, j in np.ndindex(*found.shape):
        found[i, j] = ((truth == i + 1) & (answer == j + 1)).sum()
    return found


@mistake("mask-ious", words=OF_TRUTH)
def mask_ious(truth, answer):
    found = np.zeros((truth.max(), answer.max()))
    for i, j in np.ndindex(*found.shape):
        one, other = truth == i + 1, answer == j + 1
        found[i, j] = (one & other).sum() / one.sum()
    return found


@mistake("mask-ious", words=OF_ANSWER)
def mask_ious(truth, answer):
    found = np.zeros((truth.max(), answer.max()))
    for i, j in np.ndindex(*found.shape):
        one, other = truth == i + 1, answer == j + 1
        found[i, j] = (one & other).sum() / other.sum()
    return found


@mistake("mask-ious", words=SAME_NUMBERS)
def mask_ious(truth, answer):
    found = np.zeros((truth.max(), answer.max()))
    for i in range(min(found.shape)):
        one, other = truth == i + 1, answer == i + 1
        found[i, i] = (one & other).sum() / (one | other).sum()
    return found


@mistake("mask-ious", words=MASKS_SWAPPED)
def mask_ious(truth, answer):
    found = np.zeros((answer.max(), truth.max()))
    for i, j in np.ndindex(*found.shape):
        one, other = answer == i + 1, truth == j + 1
        found[i, j] = (one & other).sum() / (one | other).sum()
    return found


@mistake("mask-ious", words=SEMANTIC)
def mask_ious(truth, answer):
    found = np.zeros((truth.max(), answer.max()))
    found[:] = ((truth > 0) & (answer > 0)).sum() / ((truth > 0) | (answer > 0)).sum()
    return found


@mistake("mask-ious", words=DICE)
def mask_ious(truth, answer):
    found = np.zeros((truth.max(), answer.max()))
    for i, j in np.ndindex(*found.shape):
        one, other = truth == i + 1, answer == j + 1
        found[i, j] = 2 * (one & other).sum() / (one.sum() + other.sum())
    return found


@mistake("mask-ious", words=SAME_COUNT)
def mask_ious(truth, answer):
    found = np.zeros((truth.max(), truth.max()))
    for i, j in np.ndindex(*found.shape):
        one, other = truth == i + 1, answer == j + 1
        found[i, j] = (one & other).sum() / max((one | other).sum(), 1)
    return found


@mistake("mask-ious", words=SAME_COUNT)
def mask_ious(truth, answer):
    found = np.zeros((answer.max(), answer.max()))
    for i, j in np.ndindex(*found.shape):
        one, other = truth == i + 1, answer == j + 1
        found[i, j] = (one & other).sum() / max((one | other).sum(), 1)
    return found


@mistake("mask-ious", words=LAST_LEFT_OUT)
def mask_ious(truth, answer):
    found = np.zeros((truth.max(), answer.max()))
    for i, j in np.ndindex(*found.shape):
        one, other = truth == i + 1, answer == j + 1
        found[i, j] = (one & other).sum() / (one | other).sum()
    found[-1], found[:, -1] = 0, 0
    return found


@mistake("mask-ious", words=LAST_LEFT_OUT)
def mask_ious(truth, answer):
    found = np.zeros((truth.max() - 1, answer.max() - 1))
    for i, j in np.ndindex(*found.shape):
        one, other = truth == i + 1, answer == j + 1
        found[i, j] = (one & other).sum() / (one | other).sum()
    return found


@mistake("mask-ious", words=BOXES_FOR_MASKS)
def mask_ious(truth, answer):
    def filled(mask):
        rows, columns = np.nonzero(mask)
        box = np.zeros(mask.shape, bool)
        box[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1] = True
        return box

    found = np.zeros((truth.max(), answer.max()))
    for i, j in np.ndindex(*found.shape):
        one, other = filled(truth == i + 1), filled(answer == j + 1)
        found[i, j] = (one & other).sum() / (one | other).sum()
    return found


@mistake("mask-ious", words=ALL_PIXELS)
def mask_ious(truth, answer):
    found = np.zeros((truth.max(), answer.max()))
    for i, j in np.ndindex(*found.shape):
        one, other = truth == i + 1, answer == j + 1
        found[i, j] = (one & other).sum() / truth.size
    return found


@mistake("mask-ious", words=ALL_INK)
def mask_ious(truth, answer):
    found = np.zeros((truth.max(), answer.max()))
    for i, j in np.ndindex(*found.shape):
        one, other = truth == i + 1, answer == j + 1
        found[i, j] = (one & other).sum() / ((truth > 0) | (answer > 0)).sum()
    return found


@mistake("mask-ious", words=BEST_ONLY)
def mask_ious(truth, answer):
    found = np.zeros((truth.max(), answer.max()))
    for i, j in np.ndindex(*found.shape):
        one, other = truth == i + 1, answer == j + 1
        found[i, j] = (one & other).sum() / (one | other).sum()
    best = np.arange(found.shape[1]) == found.argmax(axis=1)[:, None]
    return np.where(best, found, 0.0)


@mistake("mask-ious", words=PAPER_LEFT_OUT)
def mask_ious(truth, answer):
    both = (truth > 0) & (answer > 0)
    found = np.zeros((truth.max(), answer.max()))
    for i, j in np.ndindex(*found.shape):
        one, other = (truth == i + 1) & both, (answer == j + 1) & both
        found[i, j] = (one & other).sum() / max((one | other).sum(), 1)
    return found


@mistake("mask-ious", words=FIRST_FOR_PAPER)
def mask_ious(truth, answer):
    own, found_in = np.unique(truth)[1:], np.unique(answer)[1:]
    found = np.zeros((len(own), len(found_in)))
    for i, j in np.ndindex(*found.shape):
        one, other = truth == own[i], answer == found_in[j]
        found[i, j] = (one & other).sum() / (one | other).sum()
    return found


@mistake("mask-ious", words=TWO_IN_ONE)
def mask_ious(truth, answer):
    found, pairs = np.zeros((truth.max(), answer.max())), 10 * truth.astype(int) + answer
    for i, j in np.ndindex(*found.shape):
        common = (pairs == 10 * (i + 1) + j + 1).sum()
        found[i, j] = common / ((truth == i + 1).sum() + (answer == j + 1).sum() - common)
    return found


@mistake("mask-ious", words=WHOLE_SHARES)
def mask_ious(truth, answer):
    found = np.zeros((truth.max(), answer.max()), int)
    for i, j in np.ndindex(*found.shape):
        one, other = truth == i + 1, answer == j + 1
        found[i, j] = (one & other).sum() / (one | other).sum()
    return found


# --- more answers that people give ------------------------------------------------------------


@mistake("iou", words=PAIRS_IN_ORDER)
def iou(boxes, others):
    low = np.maximum(boxes[:, :2], others[:, :2])
    high = np.minimum(boxes[:, 2:], others[:, 2:])
    common = np.prod(np.maximum(high - low, 0), axis=1)
    areas = [np.prod(edges[:, 2:] - edges[:, :2], axis=1) for edges in (boxes, others)]
    union = areas[0] + areas[1] - common
    return common / np.where(union > 0, union, 1)


@mistake("as-convolution", words=OTHER_COUNT)
def as_convolution(kernel, height, width):
    return kernel.reshape(height, width, 3, kernel.shape[1])


@mistake(
    "as-convolution",
    words="The axis of the filters is missing: the units of the dense layer are the last axis.",
)
def as_convolution(kernel, height, width):
    return kernel.reshape(height, width, -1)


@mistake("suppress", words=WITH_ITSELF)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(-scores):
        if scores[k] >= least and any(shared[k, j] <= most for j in kept):
            kept.append(int(k))
    return kept


REMOVED_IN_LOOP = (
    "You remove boxes from the list that your loop walks through: it then skips the one behind "
    "each. Walk through a copy, or make a new list of those that are kept."
)


@mistake("suppress", words=REMOVED_IN_LOOP)
def suppress(scores, shared, least, most):
    order = [int(k) for k in np.argsort(-scores) if scores[k] >= least]
    for k in order:
        for j in order:
            if scores[j] < scores[k] and shared[k, j] > most:
                order.remove(j)
    return order


@mistake("suppress", words=REMOVED_IN_LOOP)
def suppress(scores, shared, least, most):
    order = [int(k) for k in np.argsort(-scores) if scores[k] >= least]
    for k in order:
        if any(shared[k, j] > most for j in order if scores[j] > scores[k]):
            order.remove(k)
    return order


@mistake(
    "decode",
    words="You take the root once more: what has been made by a root is undone by a square.",
)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = np.sqrt(w) * columns * side / 2, np.sqrt(h) * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake("average-precision", words=STOPS_AT_MISS)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        if hit:
            right += 1
            total += right / place
        return total / things
    return 0.0


@mistake(
    "average-precision",
    words="You return at the first hit: later hits count, too, so `return` stands behind the loop.",
)
def average_precision(hits, things):
    right, total = 0, 0.0
    for place, hit in enumerate(hits, start=1):
        if hit:
            right += 1
            total += right / place
            return total / things
    return 0.0


@mistake(
    "average-precision",
    words="You add once, behind the loop: add the precision at each hit, inside of it.",
)
def average_precision(hits, things):
    right, total, place = 0, 0.0, 1
    for place, hit in enumerate(hits, start=1):
        if hit:
            right += 1
    total += right / place
    return total / things


@mistake("decode", words=CUT_AT_PAGE, each={"ENDS": ("low", "high")})
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    found = np.stack([x - w, y - h, x + w, y + h], axis=1)
    if ENDS == "low":
        return np.maximum(found, 0)
    return np.minimum(found, np.array([columns, rows, columns, rows]) * side)


@mistake(
    "decode",
    words="You halve width and height by //, which rounds down: edges may lie between pixels.",
)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    row, column = np.nonzero(grid[..., 0] >= least)
    x, y, w, h = grid[row, column, 1:].T
    x, y = (column + x) * side, (row + y) * side
    w, h = w**2 * columns * side // 2, h**2 * rows * side // 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


@mistake(
    "decode",
    words="You look at the first row of cells only: is the `return` inside the loop?",
)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    column = np.nonzero(grid[0, :, 0] >= least)[0]
    x, y, w, h = grid[0, column, 1:].T
    x, y = (column + x) * side, y * side
    w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
    return np.stack([x - w, y - h, x + w, y + h], axis=1)


NO_COLUMNS = (
    "Where no cell is sure enough, np.array([]) has no columns: the result still has four, so give "
    "it the shape (0, 4)."
)


@mistake("decode", words=NO_COLUMNS)
def decode(grid, side, least):
    rows, columns = grid.shape[:2]
    found = []
    for row, column in np.argwhere(grid[..., 0] >= least):
        x, y, w, h = grid[row, column, 1:]
        x, y = (column + x) * side, (row + y) * side
        w, h = w**2 * columns * side / 2, h**2 * rows * side / 2
        found.append([x - w, y - h, x + w, y + h])
    return np.array(found)


@mistake(
    "as-convolution",
    says="changes its input",
)
def as_convolution(kernel, height, width):
    channels = len(kernel) // (height * width)
    kernel.resize((height, width, channels, kernel.shape[1]), refcheck=False)
    return kernel
