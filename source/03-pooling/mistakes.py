"""Wrong solutions of section 3, each with the words that tell whoever makes it what went wrong."""

import numpy as np

from course.notebook.mistakes import mistake

LOWS = (-100, -128, -255, -256, -999, -1000, -9999, -1e4, -1e5, -1e6, -1e9)

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
KEPT_SIZE = "That convolution keeps the size, as padding 'same' does: the default is 'valid'."
STRIDE_OF_CONVOLUTION = (
    "Your pooling windows move one pixel at a time. That is the default of Conv2D; the stride of a "
    "pooling layer is its window's size unless you say otherwise."
)
POOLED_CHANNELS = (
    "You pooled the channels as well: each channel is pooled on its own, so there are as many "
    "after the layer as before."
)
CHANNELS_OF_PICTURE = (
    "You kept the channels of the picture: a convolution gives as many channels as it has filters."
)
OWN_CHANNEL = "You took the maximum over the channels too: each channel is pooled on its own."
STRIDE_IS_SIZE = "Your windows move on by their own size: they should move on by `stride`."
STRIDE_IS_ONE = "Your windows move on one pixel at a time: they should move on by `stride`."
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
MOVED_POOLED_MAP = "You move the pooled map: move the picture first, then pool it."
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
AVERAGED_PICTURES = "You averaged over the pictures of the batch too: each has a row of its own."
AVERAGED_CHANNELS = "You averaged over the channels too: each channel keeps a number of its own."
MAXIMUM_NOT_AVERAGE = "This is max pooling: the task asks for the average."
AXES_KEPT = "Height and width are still there, with length 1: they should go."
HEIGHT_SQUARED = "You divide by height times height: the pixels are height times width."
WRAPPED = (
    "uint8 wrapped around: it holds 0 to 255 and starts again at 0. Change to a wider dtype before "
    "you calculate."
)
CHANNELS_APART = "You compared channels that lie apart: a group holds channels that are neighbours."
GROUP_IS_COUNT = (
    "You took `group` for the number of groups: it is the number of channels in one group."
)
GROUPS_OVERLAP = "Your groups overlap: each channel belongs to one group, so step on by `group`."
LEFT_OVER = "The channels cannot be cut into whole groups: say so with a ValueError."
PLACE_LOST = "You took the maximum over height and width: the place must be kept."

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

# --- shapes -----------------------------------------------------------------------------------

mistake(
    "shapes",
    words=ROUNDS_UP,
    code="drone_shapes = [(86, 118, 12), (43, 59, 12), (11, 15, 12)]",
)

mistake(
    "shapes",
    words=KEPT_SIZE,
    code="drone_shapes = [(90, 122, 12), (45, 61, 12), (11, 15, 12)]",
)

mistake(
    "shapes",
    words=STRIDE_OF_CONVOLUTION,
    code="drone_shapes = [(86, 118, 12), (85, 117, 12), (82, 114, 12)]",
)

mistake(
    "shapes",
    words=POOLED_CHANNELS,
    code="drone_shapes = [(86, 118, 12), (43, 59, 6), (10, 14, 1)]",
)

mistake(
    "shapes",
    words=CHANNELS_OF_PICTURE,
    code="drone_shapes = [(86, 118, 3), (43, 59, 3), (10, 14, 3)]",
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


@mistake("average-kernel", says="as many channels as it gets")
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


# --- global-average-pool ----------------------------------------------------------------------


@mistake("global-average-pool", words=AVERAGED_PICTURES)
def global_average(batch):
    return batch.mean(axis=(0, 1, 2))


@mistake("global-average-pool", words=AVERAGED_CHANNELS)
def global_average(batch):
    return batch.mean(axis=(1, 2, 3))


@mistake("global-average-pool", words=SUM_NOT_AVERAGE)
def global_average(batch):
    return batch.sum(axis=(1, 2), dtype=float)


@mistake("global-average-pool", words=MAXIMUM_NOT_AVERAGE)
def global_average(batch):
    return batch.max(axis=(1, 2)).astype(float)


@mistake("global-average-pool", words=AXES_KEPT)
def global_average(batch):
    return batch.mean(axis=(1, 2), keepdims=True)


@mistake("global-average-pool", words=HEIGHT_SQUARED)
def global_average(batch):
    return batch.sum(axis=(1, 2), dtype=float) / batch.shape[1] ** 2


@mistake("global-average-pool", words=WRAPPED)
def global_average(batch):
    total = np.zeros((batch.shape[0], batch.shape[3]), batch.dtype)
    for row in range(batch.shape[1]):
        for column in range(batch.shape[2]):
            total = total + batch[:, row, column]
    return total / (batch.shape[1] * batch.shape[2])


# --- depthwise-pool ---------------------------------------------------------------------------


@mistake("depthwise-pool", words=CHANNELS_APART)
def depthwise_max_pool(image, group):
    height, width, channels = image.shape
    return image.reshape(height, width, group, channels // group).max(axis=2)


@mistake("depthwise-pool", words=GROUP_IS_COUNT)
def depthwise_max_pool(image, group):
    height, width, channels = image.shape
    return image.reshape(height, width, group, channels // group).max(axis=3)


@mistake("depthwise-pool", words=GROUPS_OVERLAP)
def depthwise_max_pool(image, group):
    starts = range(image.shape[2] - group + 1)
    return np.stack([image[:, :, k : k + group].max(axis=2) for k in starts], axis=2)


@mistake("depthwise-pool", words=LEFT_OVER)
def depthwise_max_pool(image, group):
    starts = range(0, image.shape[2] - group + 1, group)
    return np.stack([image[:, :, k : k + group].max(axis=2) for k in starts], axis=2)


@mistake("depthwise-pool", words=LEFT_OVER)
def depthwise_max_pool(image, group):
    starts = range(0, image.shape[2], group)
    return np.stack([image[:, :, k : k + group].max(axis=2) for k in starts], axis=2)


@mistake("depthwise-pool", words=PLACE_LOST)
def depthwise_max_pool(image, group):
    if image.shape[2] % group:
        raise ValueError("not a multiple")
    largest = image.max(axis=(0, 1), keepdims=True)
    return largest.reshape(1, 1, -1, group).max(axis=-1)


@mistake("depthwise-pool", words=MAXIMUM_FROM_ZERO)
def depthwise_max_pool(image, group):
    if image.shape[2] % group:
        raise ValueError("not a multiple")
    output = np.zeros((*image.shape[:2], image.shape[2] // group), image.dtype)
    for k in range(image.shape[2]):
        output[..., k // group] = np.maximum(output[..., k // group], image[..., k])
    return output


# --- break ------------------------------------------------------------------------------------


@mistake("break", says="never share a place")
def break_the_sum(size):
    block = np.arange(size * size).reshape(size, size) % 9 + 1
    x = np.tile(block, (2, 2))
    return x, x.copy()


@mistake("break", says="never share a place")
def break_the_sum(size):
    x = np.full((2 * size, 2 * size), 3)
    y = np.ones((2 * size, 2 * size), int)
    y[::size, ::size] = 9
    return x, y


@mistake("break", says="never share a place")
def break_the_sum(size):
    x, y = np.ones((2, 2 * size, 2 * size), int)
    x[0, 0], y[1, 1] = 9, 9  # one window of the four
    return x, y


@mistake("break", says="too easy")
def break_the_sum(size):
    x, y = np.zeros((2, 2 * size, 2 * size), int)
    x[::size, ::size] = 9
    y[1::size, 1::size] = 9
    return x, y


@mistake("break", says="side is twice `size`")
def break_the_sum(size):
    x, y = np.ones((2, size, size), int)
    x[0, 0], y[-1, -1] = 9, 9
    return x, y


@mistake("break", says="whatever `size` is")
def break_the_sum(size):
    x, y = np.ones((2, 4, 4), int)
    x[::2, ::2], y[1::2, 1::2] = 9, 9
    return x, y


# --- design -----------------------------------------------------------------------------------

mistake(
    "design",
    says="too many weights",
    code="""
plan = [("conv", 16), ("pool", 2), ("conv", 32), ("pool", 2),
        ("conv", 64), ("pool", 2), ("conv", 64), ("pool", 2)]
""",
)

mistake(
    "design",
    says="too many values",
    code="""
plan = [("conv", 32), ("pool", 2), ("conv", 32), ("pool", 2),
        ("conv", 32), ("pool", 2), ("conv", 64), ("pool", 2)]
""",
)

mistake(
    "design",
    says="too large in space",
    code="""
plan = [("conv", 16), ("pool", 2), ("conv", 32), ("pool", 2),
        ("conv", 32), ("pool", 2), ("conv", 64)]
""",
)

mistake(
    "design",
    says="too few channels",
    code="""
plan = [("conv", 16), ("pool", 2), ("conv", 32), ("pool", 2),
        ("conv", 32), ("pool", 2), ("conv", 32), ("pool", 2)]
""",
)

mistake(
    "design",
    says="growing in channels",
    code="""
plan = [("conv", 16), ("pool", 2), ("conv", 32), ("pool", 2),
        ("conv", 16), ("pool", 2), ("conv", 64), ("pool", 2)]
""",
)

mistake(
    "design",
    says="list of tuples",
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


@mistake("depthwise-pool", words=CUT_DECIMALS)
def depthwise_max_pool(image, group):
    height, width, channels = image.shape
    if channels % group:
        raise ValueError("left over")
    output = np.zeros((height, width, channels // group), int)
    for k in range(channels // group):
        output[..., k] = image[..., k * group : (k + 1) * group].max(axis=-1)
    return output


@mistake("depthwise-pool", words=MAXIMUM_FROM_NUMBER, each={"LOW": LOWS})
def depthwise_max_pool(image, group):
    height, width, channels = image.shape
    if channels % group:
        raise ValueError("left over")
    output = np.full((height, width, channels // group), float(LOW))
    for k in range(channels):
        output[..., k // group] = np.maximum(output[..., k // group], image[..., k])
    return output


mistake(
    "design",
    says="too few filters",
    code="plan = [('conv', 1), ('pool', 2)] * 4 + [('conv', 64)]",
)
mistake(
    "design",
    says="nothing was looked for yet",
    code="""
    plan = [("pool", 2)] * 4 + [("conv", 16), ("conv", 16), ("conv", 16), ("conv", 64)]
    """,
)
