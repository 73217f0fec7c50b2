"""Wrong solutions of section 3, each with the words that tell whoever makes it what went wrong."""

import numpy as np

from course.notebook.mistakes import mistake

LOWS = (-1, -100, -128, -255, -256, -999, -1000, -9999, -1e4, -1e5, -1e6, -1e9)

MAXIMUM_FROM_ZERO = (
    "Your maximum is 0 where all numbers are negative: a maximum is always one of the window's own "
    "numbers, so start from one of them."
)
FARTHEST_FROM_ZERO = (
    "You took the number that is farthest from zero. The largest is the one farthest to the right "
    "on the number line, so a small minus beats a big one."
)
TALL_WINDOWS = "Your windows are 3 rows × 2 columns: sizes are told as height × width, rows first."
SUM_NOT_AVERAGE = "This is the sum: an average divides it by the number of pixels in the window."
AVERAGE_NOT_MAXIMUM = "These are the averages: max pooling keeps the largest number of a window."
ROUNDS_UP = (
    "Your answer rounds up (this is ceil where Keras floors): the last window would hang over the "
    "edge, and 'valid' never does that."
)
OWN_CHANNEL = "You took the maximum over the channels too: each channel is pooled on its own."
STRIDE_IS_SIZE = "Your windows move on by their own size: they should move on by `stride`."
STRIDE_IS_ONE = (
    "Your windows move on one pixel at a time: they should move on by `stride`, down and across."
)
ONE_WINDOW_TOO_FEW = (
    "You count one window too few in each direction: the first position counts as well as the "
    "steps that follow it."
)
CUT_DECIMALS = (
    "The digits after the point are lost: integer division or an integer dtype cuts them."
)
MAXIMUM_FROM_NUMBER = (
    "A number that you chose wins, because all values of the window lie below it: only -np.inf is "
    "below every number, and a window's own numbers are safe anyway."
)
ZEROS_WIN = (
    "The zeros of the padding win over negative values: what lies outside the map must never be "
    "the maximum."
)
PADDED_BEFORE = (
    "All missing pixels are added at the top and left: Keras splits them between both sides."
)
PADDED_AFTER = (
    "All missing pixels are added at the bottom and right: Keras splits them between both sides."
)
ODD_BEFORE = "An odd pixel is added at the top or left: Keras adds it at the bottom or right."
CHANGED_NOT_SAME = "You count the values that changed: a picture that has not moved has none."
MOVED_DOWN = "Your picture moves down: to the right is along axis 1, the width."
MOVED_POOLED_MAP = (
    "You move the pooled map, and so by whole windows: move the picture by `shift` pixels first, "
    "then pool it."
)
NOT_POOLED = "You compare the pictures themselves: pool both first."
COUNT_NOT_SHARE = "That is a count: a share is a count divided by how many values there are."
PER_CENT = "That is in per cent: a share runs from 0 to 1."
MOVED_LEFT = "Your picture moves to the left: np.roll moves right by a positive shift."
MIXES_CHANNELS = (
    "All weights are alike, so every output channel mixes all the input channels: each should be "
    "averaged on its own."
)
DIVIDED_BY_SIDE = "You divided by one side of the window: its pixels are height times width."
DIVIDED_BY_CHANNELS = "You divided by the number of channels too: channels are not averaged."
ALWAYS_FOUR = "You divide by 4 whatever the size: count the window's pixels from `size`."
AS_MANY_CHANNELS = (
    "Your kernel has one output channel: pooling gives as many channels as it gets, so the last "
    "two axes are equally long."
)
TWO_WINDOWS_A_SIDE = (
    "Your arrays hold one window: there are two in each direction, so the side is twice `size`."
)
ALWAYS_FOUR_A_SIDE = (
    "Your arrays have the same shape for every `size`: the side is twice `size`, whatever that is."
)
ONE_TO_NINE = "Zeros make it too easy: the task wants whole numbers from 1 to 9."
PLAN_FORM = (
    "Kinds and numbers stand in one row: a plan is a list of tuples ('conv', filters) and "
    "('pool', 2), one for each step."
)
NEGATIVE_LOST = (
    "A negative a is lost: a ReLU passes positive numbers only, so a itself takes two neurons, one "
    "for what is above zero and one for what is below."
)
SUM_OF_BOTH = "That adds both numbers up: add to a only what b has more than a."
BOTH_DIFFERENCES = (
    "That is how far apart the two are: the ReLUs of b − a and of a − b. The maximum is one of the "
    "two numbers, plus what the other one has more."
)
HALF_MISSING = (
    "That is twice the maximum: sum and distance of the two numbers together hold it twice."
)
OTHER_WAY = "That is the minimum: what one number has more is added, not taken away."
SIZE_OF_A = "A negative a counts as if it were positive: what lies below zero has to be taken away."
TRANSPOSED = (
    "Rows and columns are swapped: each of the two rows holds the weights of one input, and each "
    "column is a neuron."
)

STRIDES_LEFT_OUT = (
    "You left the strides out: behind a stride, neighbours in a map lie further apart in the "
    "picture, and a window spans more."
)
OWN_STRIDE_FIRST = (
    "Your window is stretched by its own stride: it is laid on the map before it, so only the "
    "strides of the layers before count."
)
OWN_STRIDE_ONLY = (
    "Each of your windows is stretched by its own stride alone: what counts is the product of the "
    "strides of all layers before it."
)
WINDOWS_MULTIPLIED = (
    "You multiplied the windows: at stride 1 they overlap, and each adds its length less one."
)
WINDOWS_ADDED = (
    "You added whole windows: a window already holds one place of the field, so it adds its length "
    "less one."
)
STRIDES_ADDED = "You added the strides up: distances multiply, since each step is taken on a map."
WRONG_END = (
    "This is the way from the last layer to the first, but you begin with the first: turn the list "
    "round."
)
DISTANCE_ONLY = (
    "This is how far apart two neighbours of the last map lie, not how much one of them sees."
)
ONE_TOO_MANY_EACH = (
    "Each of your windows adds its whole length: it adds its length less one, times the distance."
)
LAST_STRIDE_ONLY = (
    "Your distance is that of one stride: it is the product of the strides of all layers before."
)
BEGINS_AT_ZERO = "You begin with no pixel: before the first layer, one number sees one pixel."
FIRST_LAYER_ONLY = "Only the first layer is counted: is there a `return` inside the loop?"
ADDED_WRONG_DIFFERENCE = (
    "You add to a what a has more than b: add what b has more than a, where it has more."
)

# --- roof -------------------------------------------------------------------------------------

mistake(
    "roof",
    words=MAXIMUM_FROM_ZERO,
    code="""
roof_max = [[5, 0], [7, 2]]
roof_average = [[1, -3], [3, 1]]
""",
)

mistake(
    "roof",
    words=FARTHEST_FROM_ZERO,
    code="""
roof_max = [[5, -6], [7, 2]]
roof_average = [[1, -3], [3, 1]]
""",
)

mistake(
    "roof",
    words=TALL_WINDOWS,
    code="""
roof_max = [[7, 2, 1]]
roof_average = [[3, -2, -1]]
""",
)

mistake(
    "roof",
    words=SUM_NOT_AVERAGE,
    code="""
roof_max = [[5, -1], [7, 2]]
roof_average = [[6, -18], [18, 6]]
""",
)

mistake(
    "roof",
    words=AVERAGE_NOT_MAXIMUM,
    code="""
roof_max = [[1, -3], [3, 1]]
roof_average = [[5, -1], [7, 2]]
""",
)

mistake(
    "roof",
    words=DIVIDED_BY_SIDE,
    code="""
roof_max = [[5, -1], [7, 2]]
roof_average = [[2, -6], [6, 2]]
""",
)

mistake(
    "roof",
    words=DIVIDED_BY_SIDE,
    code="""
roof_max = [[5, -1], [7, 2]]
roof_average = [[3, -9], [9, 3]]
""",
)

# --- max-pool ---------------------------------------------------------------------------------


@mistake("max-pool", words=MAXIMUM_FROM_ZERO)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.zeros((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        for u, v in np.ndindex(size, size):
            output[i, j] = np.maximum(output[i, j], image[i * stride + u, j * stride + v])
    return output


@mistake("max-pool", words=OWN_CHANNEL)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        output[i, j] = image[i * stride : i * stride + size, j * stride : j * stride + size].max()
    return output


@mistake("max-pool", words=STRIDE_IS_SIZE)
def max_pool(image, size, stride):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    blocks = image[: rows * size, : columns * size]
    return blocks.reshape(rows, size, columns, size, -1).max(axis=(1, 3))


@mistake("max-pool", words=STRIDE_IS_ONE)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        output[i, j] = image[i : i + size, j : j + size].max(axis=(0, 1))
    return output


@mistake("max-pool", words=ROUNDS_UP)
def max_pool(image, size, stride):
    rows, columns = (-(-(side - size) // stride) + 1 for side in image.shape[:2])
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[i, j] = image[top : top + size, left : left + size].max(axis=(0, 1))
    return output


@mistake("max-pool", words=ONE_WINDOW_TOO_FEW)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride, (image.shape[1] - size) // stride
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[i, j] = image[top : top + size, left : left + size].max(axis=(0, 1))
    return output


# --- same-pool --------------------------------------------------------------------------------


@mistake("same-pool", words=ZEROS_WIN)
def max_pool_same(image, size):
    height, width = image.shape
    down, across = -height % size, -width % size
    padded = np.pad(image, ((down, 0), (across, 0)))
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", words=PADDED_BEFORE)
def max_pool_same(image, size):
    height, width = image.shape
    down, across = -height % size, -width % size
    padded = np.pad(image, ((down, 0), (across, 0)), constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", words=ZEROS_WIN)
def max_pool_same(image, size):
    height, width = image.shape
    down, across = -height % size, -width % size
    top, left = down // 2, across // 2
    padded = np.pad(image, ((top, down - top), (left, across - left)))
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", words=PADDED_AFTER)
def max_pool_same(image, size):
    height, width = image.shape
    down, across = -height % size, -width % size
    padded = np.pad(image, ((0, down), (0, across)), constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", words=ODD_BEFORE)
def max_pool_same(image, size):
    height, width = image.shape
    down, across = -height % size, -width % size
    bottom, right = down // 2, across // 2
    sides = ((down - bottom, bottom), (across - right, right))
    padded = np.pad(image, sides, constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


# --- stability --------------------------------------------------------------------------------


@mistake("stability", words=CHANGED_NOT_SAME)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    return float(np.mean(pooled(image) != pooled(np.roll(image, shift, axis=1))))


@mistake("stability", words="np.roll returns a new array: the old one stays as it was.")
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    moved = image.copy()
    np.roll(moved, shift, axis=1)
    return float(np.mean(pooled(image) == pooled(moved)))


@mistake("stability", words=MOVED_DOWN)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    return float(np.mean(pooled(image) == pooled(np.roll(image, shift, axis=0))))


@mistake("stability", words=MOVED_POOLED_MAP)
def stability(image, size, shift):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    pooled = image.reshape(rows, size, columns, size).max(axis=(1, 3))
    return float(np.mean(pooled == np.roll(pooled, shift, axis=1)))


@mistake("stability", words=NOT_POOLED)
def stability(image, size, shift):
    return float(np.mean(image == np.roll(image, shift, axis=1)))


@mistake("stability", words=PER_CENT)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    return 100 * float(np.mean(pooled(image) == pooled(np.roll(image, shift, axis=1))))


@mistake("stability", words=COUNT_NOT_SHARE)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    return int(np.sum(pooled(image) == pooled(np.roll(image, shift, axis=1))))


@mistake("stability", words=MOVED_LEFT)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    return float(np.mean(pooled(image) == pooled(np.roll(image, -shift, axis=1))))


# --- average-kernel ---------------------------------------------------------------------------


@mistake("average-kernel", words=MIXES_CHANNELS)
def average_kernel(size, channels):
    return np.full((size, size, channels, channels), 1 / size**2)


@mistake("average-kernel", words=SUM_NOT_AVERAGE)
def average_kernel(size, channels):
    kernel = np.zeros((size, size, channels, channels))
    for channel in range(channels):
        kernel[:, :, channel, channel] = 1
    return kernel


@mistake("average-kernel", words=DIVIDED_BY_SIDE)
def average_kernel(size, channels):
    kernel = np.zeros((size, size, channels, channels))
    for channel in range(channels):
        kernel[:, :, channel, channel] = 1 / size
    return kernel


@mistake("average-kernel", words=AS_MANY_CHANNELS)
def average_kernel(size, channels):
    return np.full((size, size, channels, 1), 1 / size**2)


@mistake("average-kernel", words=DIVIDED_BY_CHANNELS)
def average_kernel(size, channels):
    kernel = np.zeros((size, size, channels, channels))
    for channel in range(channels):
        kernel[:, :, channel, channel] = 1 / (size**2 * channels)
    return kernel


@mistake("average-kernel", words=ALWAYS_FOUR)
def average_kernel(size, channels):
    kernel = np.zeros((size, size, channels, channels))
    for channel in range(channels):
        kernel[:, :, channel, channel] = 0.25
    return kernel


# --- break ------------------------------------------------------------------------------------


@mistake("break", says="they never share a place")
def break_the_sum(size):
    block = np.arange(size * size).reshape(size, size) % 9 + 1
    x = np.tile(block, (2, 2))
    return x, x.copy()


@mistake("break", says="they never share a place")
def break_the_sum(size):
    x = np.full((2 * size, 2 * size), 3)
    y = np.ones((2 * size, 2 * size), int)
    y[::size, ::size] = 9
    return x, y


@mistake("break", says="they never share a place")
def break_the_sum(size):
    x, y = np.ones((2, 2 * size, 2 * size), int)
    x[0, 0], y[1, 1] = 9, 9  # one window of the four
    return x, y


@mistake("break", words=ONE_TO_NINE)
def break_the_sum(size):
    x, y = np.zeros((2, 2 * size, 2 * size), int)
    x[::size, ::size] = 9
    y[1::size, 1::size] = 9
    return x, y


@mistake("break", words=TWO_WINDOWS_A_SIDE)
def break_the_sum(size):
    x, y = np.ones((2, size, size), int)
    x[0, 0], y[-1, -1] = 9, 9
    return x, y


@mistake("break", words=ALWAYS_FOUR_A_SIDE)
def break_the_sum(size):
    x, y = np.ones((2, 4, 4), int)
    x[::2, ::2], y[1::2, 1::2] = 9, 9
    return x, y


# --- design -----------------------------------------------------------------------------------

mistake(
    "design",
    says="they sit in the late convolutions",
    code="""
plan = [("conv", 16), ("pool", 2), ("conv", 32), ("pool", 2),
        ("conv", 64), ("pool", 2), ("conv", 64), ("pool", 2)]
""",
)

mistake(
    "design",
    says="the first ones are the largest",
    code="""
plan = [("conv", 32), ("pool", 2), ("conv", 32), ("pool", 2),
        ("conv", 32), ("pool", 2), ("conv", 64), ("pool", 2)]
""",
)

mistake(
    "design",
    says="another pool halves both sides",
    code="""
plan = [("conv", 16), ("pool", 2), ("conv", 32), ("pool", 2),
        ("conv", 32), ("pool", 2), ("conv", 64)]
""",
)

mistake(
    "design",
    says="a convolution sets them",
    code="""
plan = [("conv", 16), ("pool", 2), ("conv", 32), ("pool", 2),
        ("conv", 32), ("pool", 2), ("conv", 32), ("pool", 2)]
""",
)

mistake(
    "design",
    says="Your filters fall on the way",
    code="""
plan = [("conv", 16), ("pool", 2), ("conv", 32), ("pool", 2),
        ("conv", 16), ("pool", 2), ("conv", 64), ("pool", 2)]
""",
)

mistake(
    "design",
    words=PLAN_FORM,
    code="""
plan = ["conv", 16, "pool", 2, "conv", 32, "pool", 2, "conv", 32, "pool", 2, "conv", 64]
""",
)


@mistake("max-pool", words=CUT_DECIMALS)
def max_pool(image, size, stride):
    rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    output = np.zeros((rows, columns, image.shape[2]), int)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[i, j] = image[top : top + size, left : left + size].max(axis=(0, 1))
    return output


@mistake("max-pool", words=MAXIMUM_FROM_NUMBER, each={"LOW": LOWS})
def max_pool(image, size, stride):
    rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    output = np.full((rows, columns, image.shape[2]), float(LOW))
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        largest = image[top : top + size, left : left + size].max(axis=(0, 1))
        output[i, j] = np.maximum(output[i, j], largest)
    return output


@mistake("same-pool", words=MAXIMUM_FROM_NUMBER, each={"LOW": LOWS})
def max_pool_same(image, size):
    height, width = image.shape
    down, across = -height % size, -width % size
    top, left = down // 2, across // 2
    padded = np.pad(image, ((top, down - top), (left, across - left)), constant_values=LOW)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


mistake(
    "design",
    says="what does not fit through them is lost",
    code="plan = [('conv', 1), ('pool', 2)] * 4 + [('conv', 64)]",
)
mistake(
    "design",
    says="let each pool follow a convolution",
    code="""
    plan = [("pool", 2)] * 4 + [("conv", 16), ("conv", 16), ("conv", 16), ("conv", 64)]
    """,
)

# --- relu-maximum -----------------------------------------------------------------------------

mistake(
    "relu-maximum",
    words=NEGATIVE_LOST,
    code="hidden_weights, output_weights = [[1, -1], [0, 1]], [1, 1]",
)
mistake(
    "relu-maximum",
    words=SUM_OF_BOTH,
    code="hidden_weights, output_weights = [[1, 0], [0, 1]], [1, 1]",
)
mistake(
    "relu-maximum",
    words=SUM_OF_BOTH,
    code="hidden_weights, output_weights = [[1, -1, 0, 0], [0, 0, 1, -1]], [1, -1, 1, -1]",
)
mistake(
    "relu-maximum",
    words=BOTH_DIFFERENCES,
    code="hidden_weights, output_weights = [[1, -1], [-1, 1]], [1, 1]",
)
mistake(
    "relu-maximum",
    words=HALF_MISSING,
    code="hidden_weights, output_weights = [[1, -1, 1, -1], [1, -1, -1, 1]], [1, -1, 1, 1]",
)
mistake(
    "relu-maximum",
    words=OTHER_WAY,
    code="hidden_weights, output_weights = [[1, -1, 1], [0, 0, -1]], [1, -1, -1]",
)
mistake(
    "relu-maximum",
    words=TRANSPOSED,
    code="hidden_weights, output_weights = [[1, 0], [-1, 0], [-1, 1]], [1, -1, 1]",
)

mistake(
    "relu-maximum",
    words=SIZE_OF_A,
    code="hidden_weights, output_weights = [[1, -1, -1], [0, 0, 1]], [1, 1, 1]",
)

# --- receptive-field --------------------------------------------------------------------------


@mistake("receptive-field", words=STRIDES_LEFT_OUT)
def receptive_field(steps):
    return 1 + sum(window - 1 for window, _ in steps)


@mistake("receptive-field", words=OWN_STRIDE_FIRST)
def receptive_field(steps):
    field, distance = 1, 1
    for window, stride in steps:
        distance *= stride
        field += (window - 1) * distance
    return field


@mistake("receptive-field", words=OWN_STRIDE_ONLY)
def receptive_field(steps):
    return 1 + sum((window - 1) * stride for window, stride in steps)


@mistake("receptive-field", words=WINDOWS_MULTIPLIED)
def receptive_field(steps):
    field = 1
    for window, _ in steps:
        field *= window
    return field


@mistake("receptive-field", words=WINDOWS_ADDED)
def receptive_field(steps):
    return sum(window for window, _ in steps)


@mistake("receptive-field", words=ONE_TOO_MANY_EACH)
def receptive_field(steps):
    field, distance = 0, 1
    for window, stride in steps:
        field += window * distance
        distance *= stride
    return field


@mistake("receptive-field", words=STRIDES_ADDED)
def receptive_field(steps):
    field, distance = 1, 1
    for window, stride in steps:
        field += (window - 1) * distance
        distance += stride - 1
    return field


@mistake("receptive-field", words=WRONG_END)
def receptive_field(steps):
    side = 1
    for window, stride in steps:
        side = (side - 1) * stride + window
    return side


@mistake("receptive-field", words=DISTANCE_ONLY)
def receptive_field(steps):
    distance = 1
    for _, stride in steps:
        distance *= stride
    return distance


@mistake("receptive-field", words=LAST_STRIDE_ONLY)
def receptive_field(steps):
    field, distance = 1, 1
    for window, stride in steps:
        field += (window - 1) * distance
        distance = stride
    return field


@mistake("receptive-field", words=ONE_TOO_MANY_EACH)
def receptive_field(steps):
    field, distance = 1, 1
    for window, stride in steps:
        field += window * distance
        distance *= stride
    return field


@mistake("receptive-field", words=BEGINS_AT_ZERO)
def receptive_field(steps):
    field, distance = 0, 1
    for window, stride in steps:
        field += (window - 1) * distance
        distance *= stride
    return field


@mistake("receptive-field", words=FIRST_LAYER_ONLY)
def receptive_field(steps):
    return steps[0][0]


# --- more of each -----------------------------------------------------------------------------

mistake(
    "roof",
    words="Your windows are 2 × 2: two rows and three columns belong to each.",
    code="""
roof_max = [[5, 2, -1], [7, 2, 1]]
roof_average = [[1, -1.75, -2.25], [6, -0.75, 0.75]]
""",
)
mistake(
    "roof",
    words="Rows and columns are swapped: windows that lie side by side stand in one row.",
    code="""
roof_max = [[5, 7], [-1, 2]]
roof_average = [[1, 3], [-3, 1]]
""",
)
mistake(
    "roof",
    words="All numbers stand in one row: windows that lie below each other need rows of their own.",
    code="""
roof_max = [5, -1, 7, 2]
roof_average = [1, -3, 3, 1]
""",
)
mistake(
    "roof",
    words="A minus sign is lost: the average of negative numbers is negative.",
    code="""
roof_max = [[5, -1], [7, 2]]
roof_average = [[1, 3], [3, 1]]
""",
)


@mistake(
    "max-pool",
    words="The last windows hang over the edge: with 'valid' a window counts only as a whole.",
)
def max_pool(image, size, stride):
    rows, columns = image.shape[0] // stride, image.shape[1] // stride
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[i, j] = image[top : top + size, left : left + size].max(axis=(0, 1))
    return output


@mistake(
    "max-pool",
    words="Your windows are as large as the stride: `size` says how large they are.",
)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[i, j] = image[top : top + stride, left : left + stride].max(axis=(0, 1))
    return output


@mistake(
    "max-pool",
    words="Your container has no negative numbers: give it the dtype of the picture.",
)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, image.shape[2]), np.uint8)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        window = image[top : top + size, left : left + size]
        output[i, j] = window.max(axis=(0, 1)).astype(np.int64).astype(np.uint8)
    return output


@mistake("max-pool", words=AVERAGE_NOT_MAXIMUM)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, image.shape[2]))
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[i, j] = image[top : top + size, left : left + size].mean(axis=(0, 1))
    return output


@mistake(
    "max-pool",
    words="You took the picture for a square: its height and its width are two numbers.",
)
def max_pool(image, size, stride):
    side = (image.shape[0] - size) // stride + 1
    output = np.empty((side, side, image.shape[2]), image.dtype)
    for i, j in np.ndindex(side, side):
        top, left = i * stride, j * stride
        output[i, j] = image[top : top + size, left : left + size].max(axis=(0, 1))
    return output


@mistake(
    "max-pool",
    words="You look at the first column of each window only: its maximum is over both axes.",
)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        output[i, j] = image[i * stride : i * stride + size, j * stride].max(axis=0)
    return output


@mistake("same-pool", words='You drop the border: with "same" every pixel counts in some window.')
def max_pool_same(image, size):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    whole = image[: rows * size, : columns * size]
    return whole.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake(
    "same-pool",
    words="The missing rows and the missing columns are swapped: the height decides the rows.",
)
def max_pool_same(image, size):
    height, width = image.shape
    down, across = -width % size, -height % size
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, constant_values=-np.inf)
    output = np.empty((-(-height // size), -(-width // size)))
    for i, j in np.ndindex(*output.shape):
        output[i, j] = padded[i * size : (i + 1) * size, j * size : (j + 1) * size].max()
    return output


@mistake(
    "same-pool",
    words="You fill up with nan, and a maximum over nan is nan: -np.inf is below every number.",
)
def max_pool_same(image, size):
    height, width = image.shape
    down, across = -height % size, -width % size
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, constant_values=np.nan)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake(
    "stability",
    words=(
        "Your picture is rolled as one long line, so that pixels change rows: np.roll wants to be "
        "told the axis."
    ),
)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    return float(np.mean(pooled(image) == pooled(np.roll(image, shift))))


@mistake(
    "stability",
    words="Zeros enter on the left: what leaves on the right should come back there.",
)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    moved = np.zeros_like(image)
    moved[:, shift:] = image[:, : image.shape[1] - shift]
    return float(np.mean(pooled(image) == pooled(moved)))


@mistake("stability", words="You pool averages: the share of the same maxima is asked for.")
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).mean(axis=(1, 3))

    return float(np.mean(pooled(image) == pooled(np.roll(image, shift, axis=1))))


@mistake("average-kernel", words=MIXES_CHANNELS)
def average_kernel(size, channels):
    return np.full((size, size, channels, channels), 1 / (size**2 * channels))


@mistake(
    "average-kernel",
    words="The channels come first in your kernel: in Keras's layout they are the last two axes.",
)
def average_kernel(size, channels):
    kernel = np.zeros((channels, channels, size, size))
    for channel in range(channels):
        kernel[channel, channel] = 1 / size**2
    return kernel


@mistake(
    "average-kernel",
    words="Your diagonal lies in the window: it belongs to the two axes of the channels.",
)
def average_kernel(size, channels):
    kernel = np.zeros((size, size, channels, channels))
    for place in range(size):
        kernel[place, place] = 1 / size**2
    return kernel


mistake(
    "relu-maximum",
    words=ADDED_WRONG_DIFFERENCE,
    code="hidden_weights, output_weights = [[1, -1, 1], [0, 0, -1]], [1, -1, 1]",
)
mistake(
    "relu-maximum",
    words="That is half the distance of the two numbers: half of their sum is missing.",
    code="hidden_weights, output_weights = [[1, -1], [-1, 1]], [0.5, 0.5]",
)

mistake(
    "roof",
    words="You divided by 4: count the pixels of a window of 2 rows × 3 columns.",
    code="""
roof_max = [[5, -1], [7, 2]]
roof_average = [[1.5, -4.5], [4.5, 1.5]]
""",
)
mistake(
    "roof",
    words="You left the minus signs out before you averaged: cold places pull an average down.",
    code="""
roof_max = [[5, -1], [7, 2]]
roof_average = [[10 / 6, 3], [5, 1]]
""",
)
mistake(
    "roof",
    words="Your zeros do not count: a 0 is a number of the window like any other.",
    code="""
roof_max = [[5, -1], [7, 2]]
roof_average = [[1.5, -3], [3.6, 1.2]]
""",
)
mistake(
    "roof",
    words="That is the median: an average adds all numbers up and divides by how many they are.",
    code="""
roof_max = [[5, -1], [7, 2]]
roof_average = [[0.5, -2.5], [5, 1]]
""",
)
mistake(
    "roof",
    words="That is the middle between smallest and largest: for an average all numbers count.",
    code="""
roof_max = [[5, -1], [7, 2]]
roof_average = [[1.5, -3.5], [0.5, 1]]
""",
)
mistake(
    "roof",
    words="These are the smallest numbers: max pooling keeps the largest of a window.",
    code="""
roof_max = [[-2, -6], [-6, 0]]
roof_average = [[1, -3], [3, 1]]
""",
)


@mistake("max-pool", words=STRIDE_IS_SIZE)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    padded = np.pad(image, ((0, rows * size), (0, columns * size), (0, 0)), mode="edge")
    blocks = padded[: rows * size, : columns * size]
    return blocks.reshape(rows, size, columns, size, -1).max(axis=(1, 3))


@mistake(
    "max-pool",
    words="You divide the places by the stride and round down: the first place counts in any case.",
)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size + 1) // stride, (image.shape[1] - size + 1) // stride
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[i, j] = image[top : top + size, left : left + size].max(axis=(0, 1))
    return output


@mistake(
    "max-pool",
    words="Your last window is missing: range stops before its end by itself, so a window may "
    "begin at H − size, too.",
)
def max_pool(image, size, stride):
    tops = range(0, max(image.shape[0] - size, 1), stride)
    lefts = range(0, max(image.shape[1] - size, 1), stride)
    windows = [[image[r : r + size, c : c + size] for c in lefts] for r in tops]
    return np.array(windows).max(axis=(2, 3))


@mistake(
    "max-pool",
    words="Only the first channel comes out: each has a map of its own.",
)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, 1), image.dtype)
    for i, j in np.ndindex(rows, columns):
        output[i, j] = image[i * stride :, j * stride :, 0][:size, :size].max()
    return output


@mistake(
    "max-pool",
    words="You keep one pixel of a window with all its channels: each channel has its own maximum, "
    "and they may lie at different pixels.",
)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        pixels = image[i * stride :, j * stride :][:size, :size].reshape(-1, image.shape[2])
        output[i, j] = pixels[pixels.astype(float).sum(axis=1).argmax()]
    return output


@mistake("max-pool", words=FARTHEST_FROM_ZERO)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        window = image[i * stride :, j * stride :][:size, :size].astype(float)
        low, high = window.min(axis=(0, 1)), window.max(axis=(0, 1))
        output[i, j] = np.where(-low > high, low, high)
    return output


@mistake("max-pool", words="These are the smallest numbers: max pooling keeps the largest.")
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        output[i, j] = image[i * stride :, j * stride :][:size, :size].min(axis=(0, 1))
    return output


@mistake("max-pool", words=STRIDE_IS_ONE, each={"MOVES": ((0, 1), (1, 0))})
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    down, across = (stride if moves else 1 for moves in MOVES)
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        output[i, j] = image[i * down :, j * across :][:size, :size].max(axis=(0, 1))
    return output


ONE_SIDE_DIVIDED = (
    "Your result is too large in one direction: how many windows there are is divided by `stride` "
    "in both."
)


@mistake("max-pool", words=ONE_SIDE_DIVIDED, each={"DIVIDED": ((0, 1), (1, 0))})
def max_pool(image, size, stride):
    steps = [stride if divided else 1 for divided in DIVIDED]
    sides = [(side - size) // step + 1 for side, step in zip(image.shape, steps)]
    output = np.zeros((*sides, image.shape[2]), image.dtype)
    for i, j in np.ndindex(*sides):
        window = image[i * stride :, j * stride :][:size, :size]
        output[i, j] = window.max(axis=(0, 1)) if window.size else 0
    return output


@mistake("max-pool", words=ONE_SIDE_DIVIDED, each={"DIVIDED": ((0, 1), (1, 0))})
def max_pool(image, size, stride):
    steps = [stride if divided else 1 for divided in DIVIDED]
    sides = [(side - size) // step + 1 for side, step in zip(image.shape, steps)]
    output = np.zeros((*sides, image.shape[2]), image.dtype)
    for i, j in np.ndindex(*sides):
        top, left = min(i * stride, len(image) - size), min(j * stride, image.shape[1] - size)
        output[i, j] = image[top : top + size, left : left + size].max(axis=(0, 1))
    return output


@mistake(
    "same-pool",
    words="Where `size` divides a side nothing is missing: you add a whole window there.",
)
def max_pool_same(image, size):
    down, across = (size - side % size for side in image.shape)
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


MADE_OF_THE_MAP = (
    "You fill up with numbers of the map, or worked out from it: they may lie above all that a "
    "window holds, and win. Only -np.inf is below every number."
)


@mistake("same-pool", words=MADE_OF_THE_MAP, each={"MODE": ("reflect", "wrap")})
def max_pool_same(image, size):
    down, across = (-side % size for side in image.shape)
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, mode=MODE)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", words=MADE_OF_THE_MAP)
def max_pool_same(image, size):
    down, across = (-side % size for side in image.shape)
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, constant_values=image.mean())
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", words=MADE_OF_THE_MAP)
def max_pool_same(image, size):
    down, across = (-side % size for side in image.shape)
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, constant_values=-image.max())
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", words=MADE_OF_THE_MAP)
def max_pool_same(image, size):
    down, across = (-side % size for side in image.shape)
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, constant_values=-abs(image.max()))
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", words=MADE_OF_THE_MAP)
def max_pool_same(image, size):
    down, across = (-side % size for side in image.shape)
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, constant_values=image[0, 0])
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


ONE_FOR_BOTH = "You use what one side lacks for both: rows and columns are counted each by itself."


@mistake("same-pool", words=ONE_FOR_BOTH, each={"SIDE": (0, 1)})
def max_pool_same(image, size):
    missing = -image.shape[SIDE] % size
    padded = np.pad(image, (missing // 2, missing - missing // 2), constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    whole = padded[: rows * size, : columns * size]
    return whole.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake(
    "same-pool",
    words="You pad by half a window, whatever the map: only what is missing is added, and half of "
    "that comes first.",
)
def max_pool_same(image, size):
    before, (rows, columns) = (size - 1) // 2, (-(-side // size) for side in image.shape)
    padded = np.pad(image, ((before, 2 * size), (before, 2 * size)), constant_values=-np.inf)
    whole = padded[: rows * size, : columns * size]
    return whole.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake(
    "same-pool",
    words="At most one row comes first in yours: of all that are missing half come first, rounded "
    "down.",
)
def max_pool_same(image, size):
    down, across = (-side % size for side in image.shape)
    top, left = int(down > 1), int(across > 1)
    padded = np.pad(image, ((top, down - top), (left, across - left)), constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", words=CUT_DECIMALS)
def max_pool_same(image, size):
    down, across = (-side % size for side in image.shape)
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3)).astype(int)


@mistake(
    "stability",
    words="You ask whether all values stay: the share of those that do is asked for.",
)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    return float(np.array_equal(pooled(image), pooled(np.roll(image, shift, axis=1))))


@mistake(
    "stability",
    words="You divide by the number of pixels: a share is taken of the pooled values, and they are "
    "fewer.",
)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    same = pooled(image) == pooled(np.roll(image, shift, axis=1))
    return float(same.sum() / image.size)


@mistake(
    "stability",
    words="Your windows have always the same size: `size` says how large they are.",
    each={"SIDE": (2, 3)},
)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // SIDE, picture.shape[1] // SIDE
        return picture.reshape(rows, SIDE, columns, SIDE).max(axis=(1, 3))

    return float(np.mean(pooled(image) == pooled(np.roll(image, shift, axis=1))))


@mistake(
    "stability",
    words="You let small differences pass: the same is exactly the same.",
)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    difference = pooled(image) - pooled(np.roll(image, shift, axis=1))
    return float(np.mean(np.abs(difference) <= 1))


@mistake(
    "stability",
    words="Your windows overlap: they lie side by side, and move on by their own size.",
)
def stability(image, size, shift):
    def pooled(picture):
        windows = np.lib.stride_tricks.sliding_window_view(picture, (size, size))
        return windows.max(axis=(2, 3))

    return float(np.mean(pooled(image) == pooled(np.roll(image, shift, axis=1))))


@mistake("stability", words=MAXIMUM_FROM_ZERO)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return np.maximum(picture.reshape(rows, size, columns, size).max(axis=(1, 3)), 0)

    return float(np.mean(pooled(image) == pooled(np.roll(image, shift, axis=1))))


STRIPS = (
    "You cut the picture into pieces of a long line: a window holds `size` pixels of each of its "
    "`size` rows."
)


@mistake("stability", words=STRIPS)
def stability(image, size, shift):
    def pooled(picture):
        return picture.reshape(-1, size * size).max(axis=1)

    return float(np.mean(pooled(image) == pooled(np.roll(image, shift, axis=1))))


@mistake("stability", words=STRIPS)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, columns, size, size).max(axis=(2, 3))

    return float(np.mean(pooled(image) == pooled(np.roll(image, shift, axis=1))))


@mistake(
    "average-kernel",
    words="Only one pixel of the window counts: for an average all have the same weight.",
)
def average_kernel(size, channels):
    kernel = np.zeros((size, size, channels, channels))
    kernel[0, 0] = np.eye(channels)
    return kernel


@mistake("average-kernel", words="Only the first channel gets through: each has its own output.")
def average_kernel(size, channels):
    kernel = np.zeros((size, size, channels, channels))
    kernel[:, :, 0, 0] = 1 / size**2
    return kernel


@mistake(
    "average-kernel",
    words="Your channels come out in reverse order: output 0 reads input 0.",
)
def average_kernel(size, channels):
    return np.eye(channels)[::-1] / np.full((size, size, 1, 1), size**2)


@mistake(
    "average-kernel",
    words="That is the layout of a depthwise convolution: an ordinary one has a weight for each "
    "pair of an input and an output channel.",
)
def average_kernel(size, channels):
    return np.full((size, size, 1, channels), 1 / size**2)


@mistake("average-kernel", words=CUT_DECIMALS)
def average_kernel(size, channels):
    kernel = np.zeros((size, size, channels, channels), int)
    for channel in range(channels):
        kernel[:, :, channel, channel] = 1 / size**2
    return kernel


mistake(
    "relu-maximum",
    words="The larger of a, b and 0 comes out: below zero the one number alone is lost in a ReLU.",
    code="hidden_weights, output_weights = [[1, 0], [-1, 1]], [1, 1]",
)
mistake(
    "relu-maximum",
    words="A negative sum is lost: a ReLU passes positive numbers only, so a sum takes two "
    "neurons.",
    code="hidden_weights, output_weights = [[1, 1, -1], [1, -1, 1]], [0.5, 0.5, 0.5]",
)
mistake(
    "relu-maximum",
    words="That is the average of the two numbers: half of their distance is missing.",
    code="hidden_weights, output_weights = [[1, -1], [1, -1]], [0.5, -0.5]",
)
mistake(
    "relu-maximum",
    words="You add to b what b has more than a: it is what a has more that b lacks.",
    code="hidden_weights, output_weights = [[-1, 0, 0], [1, 1, -1]], [1, 1, -1]",
)
mistake(
    "relu-maximum",
    words="You go half the way from a to b: all that b has more is added to a.",
    code="hidden_weights, output_weights = [[-1, 1, -1], [1, 0, 0]], [0.5, 1, -1]",
)
mistake(
    "relu-maximum",
    words="Only a comes out, whatever b is: what b has more than a must be added.",
    code="hidden_weights, output_weights = [[1, -1], [0, 0]], [1, -1]",
)
mistake(
    "relu-maximum",
    words="Only b comes out, whatever a is: what a has more than b must be added.",
    code="hidden_weights, output_weights = [[0, 0], [1, -1]], [1, -1]",
)


@mistake(
    "receptive-field",
    words="The first stride is missing: it counts for all windows that follow.",
)
def receptive_field(steps):
    field, distance = steps[0][0], 1
    for window, stride in steps[1:]:
        field += (window - 1) * distance
        distance *= stride
    return field


@mistake(
    "receptive-field",
    words="You take every stride for 2: the plan says how long each is.",
)
def receptive_field(steps):
    field, distance = 1, 1
    for window, stride in steps:
        field += (window - 1) * distance
        distance *= 2 if stride > 1 else 1
    return field


@mistake("receptive-field", words="That is the area, side times side: one side is asked for.")
def receptive_field(steps):
    field, distance = 1, 1
    for window, stride in steps:
        field += (window - 1) * distance
        distance *= stride
    return field * field


@mistake(
    "receptive-field",
    words="You count the same number to both sides of a middle: an even window has no middle.",
)
def receptive_field(steps):
    radius, distance = 0, 1
    for window, stride in steps:
        radius += window // 2 * distance
        distance *= stride
    return 2 * radius + 1


@mistake(
    "receptive-field",
    words="Your distance grows by the window: how far apart neighbours lie depends on the strides "
    "alone.",
)
def receptive_field(steps):
    field, distance = 1, 1
    for window, stride in steps:
        field += (window - 1) * distance
        distance *= window if stride > 1 else 1
    return field


@mistake(
    "receptive-field",
    words="You count a step too many: n neighbours lie n − 1 steps apart, and the last of them "
    "adds a window, no whole step.",
)
def receptive_field(steps):
    field = 1
    for window, stride in reversed(steps):
        field = field * stride + window - 1
    return field


@mistake(
    "receptive-field",
    words="A pool whose window is as long as its stride moves neighbours apart as well: its stride "
    "counts like any other.",
)
def receptive_field(steps):
    field, distance = 1, 1
    for window, stride in steps:
        field += (window - 1) * distance
        distance *= stride if window != stride else 1
    return field


@mistake(
    "receptive-field",
    words="Your distance is the largest stride so far: it is the product of all of them.",
)
def receptive_field(steps):
    field, distance = 1, 1
    for window, stride in steps:
        field += (window - 1) * distance
        distance = max(distance, stride)
    return field


@mistake(
    "max-pool",
    words="The last windows hang over the edge: with 'valid' a window counts only as a whole.",
)
def max_pool(image, size, stride):
    tops, lefts = (range(0, side, stride) for side in image.shape[:2])
    places = [[image[r : r + size, c : c + size] for c in lefts] for r in tops]
    return np.array([[window.max(axis=(0, 1)) for window in row] for row in places])


@mistake("same-pool", words=AVERAGE_NOT_MAXIMUM)
def max_pool_same(image, size):
    down, across = (-side % size for side in image.shape)
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, constant_values=np.nan)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return np.nanmean(padded.reshape(rows, size, columns, size), axis=(1, 3))


@mistake("stability", words="Your picture moves down as well: to the right is along axis 1 alone.")
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    moved = np.roll(image, (shift, shift), axis=(0, 1))
    return float(np.mean(pooled(image) == pooled(moved)))


# --- what nobody had named yet ----------------------------------------------------------------


@mistake(
    "same-pool",
    words="A window that is larger than one side need not cover the other: each side has its own "
    "number of windows.",
    each={"LESS": (0, 1)},
)
def max_pool_same(image, size):
    if size > min(image.shape) - LESS:
        return np.array([[image.max()]])
    down, across = (-side % size for side in image.shape)
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake(
    "same-pool",
    words="You shorten a window that is longer than a side: it keeps its size, and what it lacks "
    "is filled up.",
)
def max_pool_same(image, size):
    size = min(size, *image.shape)
    down, across = (-side % size for side in image.shape)
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake(
    "receptive-field",
    words="You count the pixels that are read: those that lie between the first and the last of "
    "them belong to the field as well.",
)
def receptive_field(steps):
    pixels = {0}
    for window, stride in reversed(steps):
        pixels = {place * stride + step for place in pixels for step in range(window)}
    return len(pixels)


@mistake(
    "receptive-field",
    words="A stride counts in yours for its window at most: one that leaves pixels out moves "
    "neighbours apart by its whole length all the same.",
)
def receptive_field(steps):
    field, distance = 1, 1
    for window, stride in steps:
        field += (window - 1) * distance
        distance *= min(stride, window)
    return field


OUTPUT_SWAPPED = (
    "Rows and columns of your result are swapped: windows that lie side by side stand in one row."
)


@mistake("max-pool", words=OUTPUT_SWAPPED)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((columns, rows, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[j, i] = image[top : top + size, left : left + size].max(axis=(0, 1))
    return output


@mistake(
    "max-pool",
    words="The axis of the channels is lost: the result has one, even of length 1.",
)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns), image.dtype)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[i, j] = image[top : top + size, left : left + size].max()
    return output


@mistake("stability", words=MOVED_POOLED_MAP)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    return float(np.mean(pooled(image) == pooled(np.roll(image, shift * size, axis=1))))


@mistake(
    "stability",
    words="You leave the columns out that come back on the left: their values count like all "
    "others.",
)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    same = pooled(image) == pooled(np.roll(image, shift, axis=1))
    entered = -(-shift // size)
    return float(np.mean(same[:, entered:] if entered < same.shape[1] else same))


# --- what real answers showed -----------------------------------------------------------------


ONE_AXIS_ONLY = (
    "Your maximum is over one axis of the window: rows and columns are two, so take it over both, "
    "`axis=(0, 1)`."
)


@mistake("max-pool", words=ONE_AXIS_ONLY, each={"AXIS": (0, 1)})
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[i, j] = image[top : top + size, left : left + size].max(axis=AXIS)
    return output


@mistake("max-pool", words=ONE_AXIS_ONLY, each={"AXIS": (0, 1)})
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    windows = [
        [image[i * stride :, j * stride :][:size, :size].max(axis=AXIS) for j in range(columns)]
        for i in range(rows)
    ]
    return np.array(windows)


NO_LAST_WINDOW = (
    "Your last window is missing: range stops before its end by itself, so a window may begin at "
    "H − size, too."
)


@mistake("max-pool", words=NO_LAST_WINDOW)
def max_pool(image, size, stride):
    tops = range(0, image.shape[0] - size, stride)
    lefts = range(0, image.shape[1] - size, stride)
    windows = [[image[r : r + size, c : c + size].max(axis=(0, 1)) for c in lefts] for r in tops]
    return np.array(windows)


@mistake("max-pool", words=NO_LAST_WINDOW)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.zeros((rows, columns, image.shape[2]), image.dtype)
    for top in range(0, image.shape[0] - size, stride):
        for left in range(0, image.shape[1] - size, stride):
            largest = image[top : top + size, left : left + size].max(axis=(0, 1))
            output[top // stride, left // stride] = largest
    return output


REMAINDER_FOR_MISSING = (
    "`height % size` is what is left over: what is missing to a whole window is `-height % size`."
)


@mistake("same-pool", words=REMAINDER_FOR_MISSING)
def max_pool_same(image, size):
    down, across = (side % size for side in image.shape)
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", words=REMAINDER_FOR_MISSING)
def max_pool_same(image, size):
    down, across = (side % size for side in image.shape)
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    whole = padded[: rows * size, : columns * size]
    return whole.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake(
    "average-kernel",
    words="You divide by twice the side: a window has side times side pixels, `size**2`.",
)
def average_kernel(size, channels):
    return np.eye(channels) / np.full((size, size, 1, 1), 2 * size)


@mistake("receptive-field", words=STRIDES_ADDED)
def receptive_field(steps):
    field, distance = 1, 1
    for window, stride in steps:
        field += (window - 1) * distance
        distance += stride
    return field


# --- what a second teaching assistant tried ---------------------------------------------------


@mistake("max-pool", says="taken apart")
def max_pool(image, size, stride):
    height, width = image.shape
    tops, lefts = range(0, height - size + 1, stride), range(0, width - size + 1, stride)
    return np.array([[image[t : t + size, x : x + size].max() for x in lefts] for t in tops])


@mistake("max-pool", says="put into one place")
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[i, j] = image[top : top + size, left : left + size].max(axis=(0, 1))
    return output


@mistake(
    "max-pool",
    words="An index lies outside of your output: a loop over pixels counts further than there are "
    "places. The window that begins at pixel i belongs to place i // stride.",
)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i in range(0, image.shape[0] - size + 1, stride):
        for j in range(0, image.shape[1] - size + 1, stride):
            output[i, j] = image[i : i + size, j : j + size].max(axis=(0, 1))
    return output


@mistake(
    "max-pool",
    words="`squeeze` takes away every axis of length 1: rows, columns and channels stay, also "
    "where there is one of them.",
)
def max_pool(image, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size), axis=(0, 1))
    return np.squeeze(windows[::stride, ::stride].max(axis=(3, 4)))


@mistake(
    "max-pool",
    words="You keep one pixel of a window with all its channels: each channel has its own maximum, "
    "and they may lie at different pixels.",
)
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        window = image[i * stride : i * stride + size, j * stride : j * stride + size]
        output[i, j] = max(window.reshape(-1, image.shape[2]).tolist())
    return output


@mistake(
    "same-pool",
    words="The missing rows and the missing columns are swapped: the height decides the rows.",
)
def max_pool_same(image, size):
    down, across = -image.shape[1] % size, -image.shape[0] % size
    sides = ((down // 2, down - down // 2), (across // 2, across - across // 2))
    padded = np.pad(image, sides, constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", says="reshape wants exactly as many numbers")
def max_pool_same(image, size):
    down, across = -image.shape[0] % size // 2, -image.shape[1] % size // 2
    padded = np.pad(image, ((down, down), (across, across)), constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake(
    "stability",
    words="You ask whether a value is found anywhere in the other map: compare place by place, "
    "with ==.",
)
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    return float(np.isin(pooled(image), pooled(np.roll(image, shift, axis=1))).mean())


NO_CHANNEL_AXES = (
    "The axes of the channels are missing: Keras's layout is (kh, kw, C_in, C_out), also for one "
    "channel."
)


@mistake("average-kernel", words=NO_CHANNEL_AXES)
def average_kernel(size, channels):
    return np.full((size, size), 1 / size**2)


@mistake("average-kernel", words=NO_CHANNEL_AXES)
def average_kernel(size, channels):
    return np.full((size, size, channels), 1 / size**2)


@mistake(
    "average-kernel",
    words="Your kernel picks one pixel of the window: in an average all of them have the same "
    "weight.",
)
def average_kernel(size, channels):
    kernel = np.zeros((size, size, channels, channels))
    kernel[size // 2, size // 2] = np.eye(channels)
    return kernel


@mistake(
    "average-kernel",
    words="Your weights are rounded: their sum is no longer 1, and what comes out is no average.",
    each={"DIGITS": (2, 3)},
)
def average_kernel(size, channels):
    return np.round(np.tile(np.eye(channels) / size**2, (size, size, 1, 1)), DIGITS)


@mistake(
    "receptive-field",
    words="Window and stride have changed places: in each tuple the window comes first.",
)
def receptive_field(steps):
    field, distance = 1, 1
    for stride, window in steps:
        field += (window - 1) * distance
        distance *= stride
    return field


@mistake(
    "receptive-field",
    words="You leave out the windows of layers with a stride: a pool has a window as well, and it "
    "adds its length less one.",
)
def receptive_field(steps):
    field, distance = 1, 1
    for window, stride in steps:
        if stride == 1:
            field += (window - 1) * distance
        distance *= stride
    return field


@mistake(
    "receptive-field",
    words="Where a stride is longer than its window you count the whole stride: the field ends "
    "with the last window, and what lies behind it is read by nobody.",
)
def receptive_field(steps):
    field = 1
    for window, stride in reversed(steps):
        field = (field - 1) * stride + max(window, stride)
    return field


mistake(
    "design",
    says="Nothing is left of the map",
    code='plan = [step for f in (8,) * 7 + (64,) for step in (("conv", f), ("pool", 2))]',
)
