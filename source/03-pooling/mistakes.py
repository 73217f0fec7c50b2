"""Wrong answers of section 3, each with words of the diagnosis that it must draw."""

import numpy as np

from course.notebook.mistakes import mistake

# --- roof -------------------------------------------------------------------------------------

mistake(
    "roof",
    says="0 where all numbers are negative",
    code="""
roof_max = [[5, 0], [7, 2]]
roof_average = [[1, -3], [3, 1]]
""",
)

mistake(
    "roof",
    says="farthest from zero",
    code="""
roof_max = [[5, -6], [7, 2]]
roof_average = [[1, -3], [3, 1]]
""",
)

mistake(
    "roof",
    says="3 rows × 2 columns",
    code="""
roof_max = [[7, 2, 1]]
roof_average = [[3, -2, -1]]
""",
)

mistake(
    "roof",
    says="this is the sum",
    code="""
roof_max = [[5, -1], [7, 2]]
roof_average = [[6, -18], [18, 6]]
""",
)

mistake(
    "roof",
    says="these are the averages",
    code="""
roof_max = [[1, -3], [3, 1]]
roof_average = [[5, -1], [7, 2]]
""",
)

# --- shapes -----------------------------------------------------------------------------------

mistake(
    "shapes",
    says="rounds up",
    code="drone_shapes = [(86, 118, 12), (43, 59, 12), (11, 15, 12)]",
)

mistake(
    "shapes",
    says="the default is 'valid'",
    code="drone_shapes = [(90, 122, 12), (45, 61, 12), (11, 15, 12)]",
)

mistake(
    "shapes",
    says="the stride of a pooling layer is",
    code="drone_shapes = [(86, 118, 12), (85, 117, 12), (82, 114, 12)]",
)

mistake(
    "shapes",
    says="pooled the channels",
    code="drone_shapes = [(86, 118, 12), (43, 59, 6), (10, 14, 1)]",
)

mistake(
    "shapes",
    says="channels of the picture",
    code="drone_shapes = [(86, 118, 3), (43, 59, 3), (10, 14, 3)]",
)

# --- max-pool ---------------------------------------------------------------------------------


@mistake("max-pool", says="0 where all numbers are negative")
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.zeros((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        for u, v in np.ndindex(size, size):
            output[i, j] = np.maximum(output[i, j], image[i * stride + u, j * stride + v])
    return output


@mistake("max-pool", says="maximum over the channels too")
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        output[i, j] = image[i * stride : i * stride + size, j * stride : j * stride + size].max()
    return output


@mistake("max-pool", says="by their own size")
def max_pool(image, size, stride):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    blocks = image[: rows * size, : columns * size]
    return blocks.reshape(rows, size, columns, size, -1).max(axis=(1, 3))


@mistake("max-pool", says="one pixel at a time")
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride + 1, (image.shape[1] - size) // stride + 1
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        output[i, j] = image[i : i + size, j : j + size].max(axis=(0, 1))
    return output


@mistake("max-pool", says="rounds up")
def max_pool(image, size, stride):
    rows, columns = (-(-(side - size) // stride) + 1 for side in image.shape[:2])
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[i, j] = image[top : top + size, left : left + size].max(axis=(0, 1))
    return output


@mistake("max-pool", says="one window too few")
def max_pool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride, (image.shape[1] - size) // stride
    output = np.empty((rows, columns, image.shape[2]), image.dtype)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[i, j] = image[top : top + size, left : left + size].max(axis=(0, 1))
    return output


# --- same-pool --------------------------------------------------------------------------------


@mistake("same-pool", says="zeros of the padding win")
def max_pool_same(image, size):
    height, width = image.shape
    down, across = -height % size, -width % size
    padded = np.pad(image, ((down, 0), (across, 0)))
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", says="added at the top and left: Keras splits")
def max_pool_same(image, size):
    height, width = image.shape
    down, across = -height % size, -width % size
    padded = np.pad(image, ((down, 0), (across, 0)), constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", says="zeros of the padding win")
def max_pool_same(image, size):
    height, width = image.shape
    down, across = -height % size, -width % size
    top, left = down // 2, across // 2
    padded = np.pad(image, ((top, down - top), (left, across - left)))
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", says="added at the bottom and right")
def max_pool_same(image, size):
    height, width = image.shape
    down, across = -height % size, -width % size
    padded = np.pad(image, ((0, down), (0, across)), constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("same-pool", says="an odd pixel")
def max_pool_same(image, size):
    height, width = image.shape
    down, across = -height % size, -width % size
    bottom, right = down // 2, across // 2
    sides = ((down - bottom, bottom), (across - right, right))
    padded = np.pad(image, sides, constant_values=-np.inf)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


# --- stability --------------------------------------------------------------------------------


@mistake("stability", says="count the values that changed")
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    return float(np.mean(pooled(image) != pooled(np.roll(image, shift, axis=1))))


@mistake("stability", says="moves down")
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    return float(np.mean(pooled(image) == pooled(np.roll(image, shift, axis=0))))


@mistake("stability", says="move the picture first")
def stability(image, size, shift):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    pooled = image.reshape(rows, size, columns, size).max(axis=(1, 3))
    return float(np.mean(pooled == np.roll(pooled, shift, axis=1)))


@mistake("stability", says="pool both")
def stability(image, size, shift):
    return float(np.mean(image == np.roll(image, shift, axis=1)))


@mistake("stability", says="in per cent")
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    return 100 * float(np.mean(pooled(image) == pooled(np.roll(image, shift, axis=1))))


@mistake("stability", says="moves to the left")
def stability(image, size, shift):
    def pooled(picture):
        rows, columns = picture.shape[0] // size, picture.shape[1] // size
        return picture.reshape(rows, size, columns, size).max(axis=(1, 3))

    return float(np.mean(pooled(image) == pooled(np.roll(image, -shift, axis=1))))


# --- average-kernel ---------------------------------------------------------------------------


@mistake("average-kernel", says="mixes all the input channels")
def average_kernel(size, channels):
    return np.full((size, size, channels, channels), 1 / size**2)


@mistake("average-kernel", says="this is the sum")
def average_kernel(size, channels):
    kernel = np.zeros((size, size, channels, channels))
    for channel in range(channels):
        kernel[:, :, channel, channel] = 1
    return kernel


@mistake("average-kernel", says="one side of the window")
def average_kernel(size, channels):
    kernel = np.zeros((size, size, channels, channels))
    for channel in range(channels):
        kernel[:, :, channel, channel] = 1 / size
    return kernel


@mistake("average-kernel", says="as many channels as it gets")
def average_kernel(size, channels):
    return np.full((size, size, channels, 1), 1 / size**2)


@mistake("average-kernel", says="by the number of channels too")
def average_kernel(size, channels):
    kernel = np.zeros((size, size, channels, channels))
    for channel in range(channels):
        kernel[:, :, channel, channel] = 1 / (size**2 * channels)
    return kernel


@mistake("average-kernel", says="whatever the size")
def average_kernel(size, channels):
    kernel = np.zeros((size, size, channels, channels))
    for channel in range(channels):
        kernel[:, :, channel, channel] = 0.25
    return kernel


# --- global-average-pool ----------------------------------------------------------------------


@mistake("global-average-pool", says="pictures of the batch too")
def global_average(batch):
    return batch.mean(axis=(0, 1, 2))


@mistake("global-average-pool", says="over the channels too")
def global_average(batch):
    return batch.mean(axis=(1, 2, 3))


@mistake("global-average-pool", says="this is the sum")
def global_average(batch):
    return batch.sum(axis=(1, 2), dtype=float)


@mistake("global-average-pool", says="this is max pooling")
def global_average(batch):
    return batch.max(axis=(1, 2)).astype(float)


@mistake("global-average-pool", says="still there")
def global_average(batch):
    return batch.mean(axis=(1, 2), keepdims=True)


@mistake("global-average-pool", says="height times height")
def global_average(batch):
    return batch.sum(axis=(1, 2), dtype=float) / batch.shape[1] ** 2


@mistake("global-average-pool", says="wrapped around")
def global_average(batch):
    total = np.zeros((batch.shape[0], batch.shape[3]), batch.dtype)
    for row in range(batch.shape[1]):
        for column in range(batch.shape[2]):
            total = total + batch[:, row, column]
    return total / (batch.shape[1] * batch.shape[2])


# --- depthwise-pool ---------------------------------------------------------------------------


@mistake("depthwise-pool", says="channels that lie apart")
def depthwise_max_pool(image, group):
    height, width, channels = image.shape
    return image.reshape(height, width, group, channels // group).max(axis=2)


@mistake("depthwise-pool", says="number of groups")
def depthwise_max_pool(image, group):
    height, width, channels = image.shape
    return image.reshape(height, width, group, channels // group).max(axis=3)


@mistake("depthwise-pool", says="groups overlap")
def depthwise_max_pool(image, group):
    starts = range(image.shape[2] - group + 1)
    return np.stack([image[:, :, k : k + group].max(axis=2) for k in starts], axis=2)


@mistake("depthwise-pool", says="cut into whole groups")
def depthwise_max_pool(image, group):
    starts = range(0, image.shape[2] - group + 1, group)
    return np.stack([image[:, :, k : k + group].max(axis=2) for k in starts], axis=2)


@mistake("depthwise-pool", says="place must be kept")
def depthwise_max_pool(image, group):
    if image.shape[2] % group:
        raise ValueError("not a multiple")
    largest = image.max(axis=(0, 1), keepdims=True)
    return largest.reshape(1, 1, -1, group).max(axis=-1)


@mistake("depthwise-pool", says="0 where all numbers are negative")
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


@mistake("max-pool", says="digits after the point")
def max_pool(image, size, stride):
    rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    output = np.zeros((rows, columns, image.shape[2]), int)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[i, j] = image[top : top + size, left : left + size].max(axis=(0, 1))
    return output


@mistake("max-pool", says="A number that you chose wins")
def max_pool(image, size, stride):
    rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    output = np.full((rows, columns, image.shape[2]), -999.0)
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        largest = image[top : top + size, left : left + size].max(axis=(0, 1))
        output[i, j] = np.maximum(output[i, j], largest)
    return output


@mistake("same-pool", says="A number that you chose wins")
def max_pool_same(image, size):
    height, width = image.shape
    down, across = -height % size, -width % size
    top, left = down // 2, across // 2
    padded = np.pad(image, ((top, down - top), (left, across - left)), constant_values=-100)
    rows, columns = padded.shape[0] // size, padded.shape[1] // size
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))


@mistake("depthwise-pool", says="digits after the point")
def depthwise_max_pool(image, group):
    height, width, channels = image.shape
    if channels % group:
        raise ValueError("left over")
    output = np.zeros((height, width, channels // group), int)
    for k in range(channels // group):
        output[..., k] = image[..., k * group : (k + 1) * group].max(axis=-1)
    return output


@mistake("depthwise-pool", says="A number that you chose wins")
def depthwise_max_pool(image, group):
    height, width, channels = image.shape
    if channels % group:
        raise ValueError("left over")
    output = np.full((height, width, channels // group), -999.0)
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
