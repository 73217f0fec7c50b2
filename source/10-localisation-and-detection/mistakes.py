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


# --- as-convolution ---------------------------------------------------------------------------

CHANNELS_FIRST = (
    "You read the rows as if channels came first: Flatten goes through a map row by row, and at "
    "each place through all channels."
)
UNITS_FIRST = "Your kernel has its filters first: in Keras's layout they are the last axis."
SWAPPED_SIDES = "Height and width are swapped: the height is the first axis of a kernel."
COLUMN_BY_COLUMN = (
    "You filled the kernel with the first axis running fastest: Flatten has the last axis fastest."
)
FLIPPED = "You flipped the kernel: layers do cross-correlation, so the weights stay as they are."
AS_IT_WAS = "The kernel still has two axes: that of a convolution has four."


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


@mistake("as-convolution", words=SWAPPED_SIDES)
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


# --- suppress ---------------------------------------------------------------------------------

ORDER_OF_BOXES = "Your numbers are in the order of the boxes: the surest box comes first."
LEAST_SURE_FIRST = "You begin with the least sure box: the surest one decides."
NO_THRESHOLD = "Boxes below the least score are still there: drop them first."
DROPPED_DROP = (
    "A box that was dropped itself drops others in your answer: only a box that is kept drops any."
)
AT_THE_SCORE = "You drop a box whose score is just the least one: only those below it are dropped."
AT_THE_OVERLAP = (
    "You drop a box that shares just as much as is allowed: only those that share more are dropped."
)
WRONG_WAY = "You keep those that share much with a surer one: these are the ones to drop."
ONLY_THE_BEST = "You keep a single box: with the surest of those that are left, it goes on."
PLACES_NOT_NUMBERS = (
    "These are places in the sorted list: the numbers of the boxes, as they were given, are asked "
    "for."
)
SCORES_RETURNED = "These are the scores of the boxes that are kept: their numbers are asked for."
NEIGHBOURS_ONLY = (
    "You compare a box only with the last one that was kept: compare it with all of them."
)


@mistake("suppress", words=ORDER_OF_BOXES)
def suppress(scores, shared, least, most):
    kept = []
    for k in np.argsort(-scores):
        if scores[k] >= least and all(shared[k, j] <= most for j in kept):
            kept.append(int(k))
    return sorted(kept)


@mistake("suppress", words=LEAST_SURE_FIRST)
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


@mistake("suppress", words=ONLY_THE_BEST)
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
