"""Wrong solutions of section 2, each with the words that tell whoever makes it what went wrong."""

import numpy as np

from course.notebook.mistakes import mistake

FLIPPED_KERNEL = (
    "You flipped the kernel. That is the convolution of mathematics; a deep-learning layer lays "
    "the kernel on the image as it stands."
)
AVERAGED = "You averaged; a kernel's products are added."
ROUNDS_UP = (
    "Your answer rounds up (this is ceil where Keras floors): the last window would hang over the "
    "edge, and 'valid' never does that."
)
DIVIDED_BY_OTHER = (
    "You divided by another number than the map has: the loss is a mean over all its numbers, rows "
    "times columns of the target."
)
ONE_BIAS = "There is a bias for each filter, not one for all of them."


# 2.1 the feature map
CUT_DECIMALS = (
    "The digits after the point are lost: an array of a whole-number dtype cuts off what is "
    "written into it."
)


@mistake("feature-map", words=FLIPPED_KERNEL)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    turned = kernel[::-1, ::-1]
    return np.array(
        [
            [(image[r : r + kh, c : c + kw] * turned).sum() for c in range(columns)]
            for r in range(rows)
        ]
    )


@mistake("feature-map", words="The last row and the last column of places are missing: add one.")
def feature_map(image, kernel):
    kh, kw = kernel.shape
    rows, columns = image.shape[0] - kh, image.shape[1] - kw
    return np.array(
        [
            [(image[r : r + kh, c : c + kw] * kernel).sum() for c in range(columns)]
            for r in range(rows)
        ]
    )


@mistake("feature-map", words=CUT_DECIMALS)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1), int)
    for r in range(output.shape[0]):
        for c in range(output.shape[1]):
            output[r, c] = (image[r : r + kh, c : c + kw] * kernel).sum()
    return output


@mistake("feature-map", words=CUT_DECIMALS)
def feature_map(image, kernel):
    rows = image.shape[0] - kernel.shape[0] + 1
    columns = image.shape[1] - kernel.shape[1] + 1
    output = np.zeros((rows, columns), image.dtype)  # whole pixels, broken weights
    for row, column in np.ndindex(rows, columns):
        window = image[row : row + kernel.shape[0], column : column + kernel.shape[1]]
        output[row, column] = (window * kernel).sum()
    return output


@mistake("feature-map", words=CUT_DECIMALS)
def feature_map(image, kernel):
    rows = image.shape[0] - kernel.shape[0] + 1
    columns = image.shape[1] - kernel.shape[1] + 1
    output = np.zeros((rows, columns), kernel.dtype)  # broken pixels, whole weights
    for row, column in np.ndindex(rows, columns):
        window = image[row : row + kernel.shape[0], column : column + kernel.shape[1]]
        output[row, column] = (window * kernel).sum()
    return output


@mistake("feature-map", words=AVERAGED)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for r in range(output.shape[0]):
        for c in range(output.shape[1]):
            output[r, c] = (image[r : r + kh, c : c + kw] * kernel).mean()
    return output


@mistake("feature-map", words="You padded; 'valid' never does.")
def feature_map(image, kernel):
    from scipy.signal import correlate2d

    return correlate2d(image, kernel, mode="same")


@mistake(
    "feature-map",
    words="You took the kernel for a square: its height and its width are two numbers.",
)
def feature_map(image, kernel):
    side = kernel.shape[0]
    output = np.zeros((image.shape[0] - side + 1, image.shape[1] - side + 1))
    for r, c in np.ndindex(*output.shape):
        output[r, c] = (image[r : r + side, c : c + side] * kernel).sum()
    return output


# 2.2 design a detector
BARE_WALL = "The weights do not add up to zero, so a bare wall gets an answer, too."
NO_SCRATCH = "The kernel does not look like a scratch: ask which weights lie on its three pixels."

mistake("diagonal-detector", words=BARE_WALL, code="diagonal_kernel = np.eye(3)")
mistake("diagonal-detector", words=BARE_WALL, code="diagonal_kernel = 2 * np.eye(3) - 0.5")
mistake("diagonal-detector", words=BARE_WALL, code="diagonal_kernel = 3 * np.eye(3) - 1 / 3")
mistake("diagonal-detector", words=BARE_WALL, code="diagonal_kernel = 2 * np.eye(3) - 1")
mistake(
    "diagonal-detector",
    words="The scratch falls from the top left; yours rises from the bottom left.",
    code="diagonal_kernel = np.array([[-1, -1, 2], [-1, 2, -1], [2, -1, -1]])",
)
mistake(
    "diagonal-detector",
    words=NO_SCRATCH,
    code="diagonal_kernel = np.array([[-2, 1, 1], [1, -2, 1], [1, 1, -2]])",
)
mistake("diagonal-detector", words=NO_SCRATCH, code="diagonal_kernel = np.zeros((3, 3))")
mistake(
    "diagonal-detector",
    words="It answers as much to the rising line: it looks for something that both lines share.",
    code="diagonal_kernel = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])",
)
mistake(
    "diagonal-detector",
    words="A vertical or a horizontal line is taken for a scratch: weigh their pixels down.",
    code="diagonal_kernel = np.array([[1, 0, -3], [0, 4, 0], [-3, 0, 1]])",
)
mistake(
    "diagonal-detector",
    words="A kernel for 3 × 3 windows has nine weights, in three rows of three.",
    code="diagonal_kernel = np.array([2, -1, -1, -1, 2, -1, -1, -1, 2])",
)


# 2.3 find the bugs
CANCELS = "The two parts were added and may cancel: they are sides of a triangle."
QUOTIENT = "Opposite arrows get the same angle: a quotient loses the signs."


@mistake("edge-bugs", words=CANCELS)
def edges(gx, gy):
    return np.abs(gx + gy), np.degrees(np.arctan2(gy, gx))


@mistake("edge-bugs", words=CANCELS)
def edges(gx, gy):
    return gx + gy, np.degrees(np.arctan2(gy, gx))


@mistake("edge-bugs", words="This is the way round the corner, not the length of the arrow.")
def edges(gx, gy):
    return np.abs(gx) + np.abs(gy), np.degrees(np.arctan2(gy, gx))


@mistake("edge-bugs", words="This is the length squared: the square root is missing.")
def edges(gx, gy):
    return gx**2 + gy**2, np.degrees(np.arctan2(gy, gx))


@mistake("edge-bugs", words=QUOTIENT)
def edges(gx, gy):
    return np.hypot(gx, gy), np.degrees(np.arctan(gy / gx))


@mistake("edge-bugs", words="The arguments of arctan2 are in the wrong order.")
def edges(gx, gy):
    return np.hypot(gx, gy), np.degrees(np.arctan2(gx, gy))


@mistake("edge-bugs", words="The angle is in radians; degrees were asked for.")
def edges(gx, gy):
    return np.hypot(gx, gy), np.arctan2(gy, gx)


@mistake(
    "edge-bugs",
    words="Two bugs are left: a quotient loses the signs, and the angle is in radians.",
)
def edges(gx, gy):
    return np.hypot(gx, gy), np.arctan(gy / gx)


@mistake(
    "edge-bugs",
    words=(
        "Two bugs are left: in the strength the two parts may cancel, and a quotient loses the "
        "signs."
    ),
)
def edges(gx, gy):
    return np.abs(gx + gy), np.degrees(np.arctan(gy / gx))


@mistake(
    "edge-bugs",
    words=(
        "Two bugs are left: in the strength the two parts may cancel, and the angle is in radians."
    ),
)
def edges(gx, gy):
    return np.abs(gx + gy), np.arctan2(gy, gx)


@mistake(
    "edge-bugs", words="All three bugs are there still: begin with easy arrows, as hint 1 says."
)
def edges(gx, gy):
    return np.abs(gx + gy), np.arctan(gy / gx)


# 2.4 two loaded dice
@mistake(
    "two-dice",
    words="Later cases overwrite earlier ones: where several lead to one sum, add them up.",
)
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q) - 1)
    for i in range(len(p)):
        for j in range(len(q)):
            total[i + j] = p[i] * q[j]
    return total


@mistake("two-dice", words="These are differences: you slid without the flip.")
def sum_of_dice(p, q):
    return np.correlate(p, q, mode="full")


@mistake(
    "two-dice",
    words="The last entry stands for a sum that cannot happen: add the two highest faces up.",
)
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q))
    for i in range(len(p)):
        for j in range(len(q)):
            total[i + j] += p[i] * q[j]
    return total


@mistake(
    "two-dice",
    words="There is no place for the largest sum: add the two highest faces up, and count 0, too.",
)
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q) - 2)
    for i in range(len(p)):
        for j in range(len(q)):
            total[i + j] += p[i] * q[j]
    return total


@mistake("two-dice", words="For 'this and that', probabilities are multiplied.")
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q) - 1)
    for i in range(len(p)):
        for j in range(len(q)):
            total[i + j] += p[i] + q[j]
    return total


# 2.5 how large is the feature map?
FLOAT_SIZE = "Your answer is a float, and windows come whole: which division forgets the remainder?"


@mistake("output-size", words=ROUNDS_UP)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return -(-size // stride)
    return -(-(size - kernel) // stride) + 1


@mistake(
    "output-size",
    words="That is one too few: the steps are counted, but not the place where they begin.",
)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return -(-size // stride)
    return (size - kernel) // stride


@mistake(
    "output-size",
    words="You divide the places by the stride and round down: the first place counts in any case.",
)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return -(-size // stride)
    return (size - kernel + 1) // stride


@mistake(
    "output-size",
    words="That is one too many: the first place is counted twice.",
)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return -(-size // stride)
    return (size - kernel + 1) // stride + 1


@mistake(
    "output-size",
    words="With 'valid' you count as with 'same': there the window must fit in as a whole, so its "
    "size counts.",
)
def output_size(size, kernel, stride, padding):
    return -(-size // stride)


@mistake("output-size", words=FLOAT_SIZE)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return size / stride
    return (size - kernel) / stride + 1


@mistake("output-size", words=FLOAT_SIZE)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return np.ceil(size / stride)
    return (size - kernel) // stride + 1


@mistake("output-size", words="Padding added once: it belongs to both ends.")
def output_size(size, kernel, stride, padding):
    added = (kernel - 1) // 2 if padding == "same" else 0
    return (size + added - kernel) // stride + 1


@mistake(
    "output-size",
    words="This rounds down, but with 'same' the rest at the end gets a window of its own.",
)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return size // stride
    return (size - kernel) // stride + 1


@mistake(
    "output-size",
    words="The stride is missing: a window that moves further finds fewer places.",
)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return -(-size // stride)
    return size - kernel + 1


@mistake("output-size", words="'same' keeps the size only at stride 1.")
def output_size(size, kernel, stride, padding):
    return size if padding == "same" else (size - kernel) // stride + 1


@mistake(
    "output-size",
    words="'same' does not mean 'valid': zeros are added, and the kernel's size plays no part.",
)
def output_size(size, kernel, stride, padding):
    return (size - kernel) // stride + 1


# 2.6 a layer from its formula
@mistake("conv-layer", words="The bias is missing: each filter adds its own to every number.")
def conv_layer(image, kernel, bias, strides):
    kh, kw, _, filters = kernel.shape
    rows = (image.shape[0] - kh) // strides[0] + 1
    columns = (image.shape[1] - kw) // strides[1] + 1
    output = np.zeros((rows, columns, filters))
    for i, j, k in np.ndindex(*output.shape):
        top, left = i * strides[0], j * strides[1]
        output[i, j, k] = (image[top : top + kh, left : left + kw] * kernel[..., k]).sum()
    return output


@mistake(
    "conv-layer",
    words="Only the first channel is used: a filter reaches through all input channels.",
)
def conv_layer(image, kernel, bias, strides):
    kh, kw, _, filters = kernel.shape
    rows = (image.shape[0] - kh) // strides[0] + 1
    columns = (image.shape[1] - kw) // strides[1] + 1
    output = np.zeros((rows, columns, filters))
    for i, j, k in np.ndindex(*output.shape):
        top, left = i * strides[0], j * strides[1]
        window = image[top : top + kh, left : left + kw, 0]
        output[i, j, k] = bias[k] + (window * kernel[:, :, 0, k]).sum()
    return output


@mistake("conv-layer", words=FLIPPED_KERNEL)
def conv_layer(image, kernel, bias, strides):
    kh, kw, _, filters = kernel.shape
    turned = kernel[::-1, ::-1]
    rows = (image.shape[0] - kh) // strides[0] + 1
    columns = (image.shape[1] - kw) // strides[1] + 1
    output = np.zeros((rows, columns, filters))
    for i, j, k in np.ndindex(*output.shape):
        top, left = i * strides[0], j * strides[1]
        window = image[top : top + kh, left : left + kw]
        output[i, j, k] = bias[k] + (window * turned[..., k]).sum()
    return output


@mistake(
    "conv-layer",
    words="The strides are swapped: the first one goes down, the second one across.",
)
def conv_layer(image, kernel, bias, strides):
    kh, kw, _, filters = kernel.shape
    across, down = strides
    rows = (image.shape[0] - kh) // down + 1
    columns = (image.shape[1] - kw) // across + 1
    output = np.zeros((rows, columns, filters))
    for i, j, k in np.ndindex(*output.shape):
        top, left = i * down, j * across
        window = image[top : top + kh, left : left + kw]
        output[i, j, k] = bias[k] + (window * kernel[..., k]).sum()
    return output


@mistake(
    "conv-layer",
    words=(
        "The size is right, but the window moves by one pixel: multiply its place by the stride."
    ),
)
def conv_layer(image, kernel, bias, strides):
    kh, kw, _, filters = kernel.shape
    rows = (image.shape[0] - kh) // strides[0] + 1
    columns = (image.shape[1] - kw) // strides[1] + 1
    output = np.zeros((rows, columns, filters))
    for i, j, k in np.ndindex(*output.shape):
        window = image[i : i + kh, j : j + kw]
        output[i, j, k] = bias[k] + (window * kernel[..., k]).sum()
    return output


@mistake("conv-layer", words="The strides are missing: the window moves by one pixel at a time.")
def conv_layer(image, kernel, bias, strides):
    kh, kw, _, filters = kernel.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1, filters))
    for i, j, k in np.ndindex(*output.shape):
        output[i, j, k] = bias[k] + (image[i : i + kh, j : j + kw] * kernel[..., k]).sum()
    return output


@mistake(
    "conv-layer",
    words="The bias is added once for each input channel: a filter has one, added once.",
)
def conv_layer(image, kernel, bias, strides):
    kh, kw, channels, filters = kernel.shape
    rows = (image.shape[0] - kh) // strides[0] + 1
    columns = (image.shape[1] - kw) // strides[1] + 1
    output = np.zeros((rows, columns, filters))
    for i, j, k in np.ndindex(*output.shape):
        top, left = i * strides[0], j * strides[1]
        for c in range(channels):
            window = image[top : top + kh, left : left + kw, c]
            output[i, j, k] += bias[k] + (window * kernel[:, :, c, k]).sum()
    return output


# 2.7 one step downhill
@mistake(
    "downhill",
    words="You walk uphill: the gradient says where the loss grows, so the step is subtracted, and "
    "an error is what the kernel gives less what is wanted.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    gradient = 2 / target.size * correlate2d(image, error, mode="valid")
    return kernel + learning_rate * gradient


@mistake(
    "downhill",
    words="You added the products up and did not average them: the loss is a mean, so its slope is "
    "divided by how many numbers the map has.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    return kernel - learning_rate * 2 * correlate2d(image, error, mode="valid")


@mistake(
    "downhill",
    words="A factor of two is missing: it comes from the square, whose slope is twice the error.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    return kernel - learning_rate / target.size * correlate2d(image, error, mode="valid")


@mistake(
    "downhill",
    words="The learning rate is not used: a step is the learning rate times the slope.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    return kernel - 2 / target.size * correlate2d(image, error, mode="valid")


@mistake(
    "downhill",
    words="This is the gradient, not the kernel after the step: take it, times the learning rate, "
    "away from the kernel.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    return 2 / target.size * correlate2d(image, error, mode="valid")


@mistake(
    "downhill",
    words="This is the change, not the kernel after it: add the change to the kernel.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    return -learning_rate * 2 / target.size * correlate2d(image, error, mode="valid")


@mistake(
    "downhill",
    words="The map of errors was flipped before it was laid on the picture: the formula lays it on "
    "as it stands, which is cross-correlation.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    return kernel - learning_rate * 2 / target.size * convolve2d(image, error, mode="valid")


@mistake("downhill", words=FLIPPED_KERNEL)
def step_downhill(kernel, image, target, learning_rate):
    error = convolve2d(image, kernel, mode="valid") - target
    return kernel - learning_rate * 2 / target.size * correlate2d(image, error, mode="valid")


@mistake(
    "downhill",
    words="All weights take the same step: the slope of a weight also needs the pixels that lie "
    "under it.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    return kernel - learning_rate * 2 * error.mean()


@mistake(
    "downhill",
    words="The error is not what is wanted alone: it is what the kernel gives less what is wanted.",
)
def step_downhill(kernel, image, target, learning_rate):
    gradient = 2 / target.size * correlate2d(image, -target, mode="valid")
    return kernel - learning_rate * gradient


@mistake(
    "downhill",
    words="You divided by the number of pixels of the picture: the loss is a mean over the numbers "
    "of the map.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    return kernel - learning_rate * 2 / image.size * correlate2d(image, error, mode="valid")


@mistake(
    "downhill",
    words=DIVIDED_BY_OTHER,
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    return kernel - learning_rate * 2 / kernel.size * correlate2d(image, error, mode="valid")


@mistake(
    "downhill",
    words="Only the sign of an error counts in your step: the slope of a square is twice the error "
    "itself, so that large errors weigh more.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = np.sign(correlate2d(image, kernel, mode="valid") - target)
    return kernel - learning_rate * 2 / target.size * correlate2d(image, error, mode="valid")


@mistake("downhill", says="changes its input")
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    kernel -= learning_rate * 2 / target.size * correlate2d(image, error, mode="valid")
    return kernel


# 2.8 estimate before you run
@mistake("layer-cost", words="The biases are missing in the parameters.")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * weights, places * filters * weights, 4 * places * filters


@mistake("layer-cost", words=ONE_BIAS)
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * weights + 1, places * filters * weights, 4 * places * filters


@mistake("layer-cost", words="A filter reaches through all channels: count their products, too.")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * kernel * kernel, 4 * places * filters


@mistake("layer-cost", words="Adding a bias is no multiplication.")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * (weights + 1), 4 * places * filters


@mistake("layer-cost", words="You counted numbers; the output was asked for in bytes.")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, places * filters


@mistake("layer-cost", words="The output has one channel a filter, whatever the image has.")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places * filters * channels


@mistake(
    "layer-cost", words="The stride is ignored: a window that moves further finds fewer places."
)
def layer_cost(height, width, channels, filters, kernel, stride):
    places = height * width
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake("layer-cost", words="Rounded down: with 'same' the rest gets a window, too.")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = (height // stride) * (width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake("layer-cost", words="This is 'valid': with 'same' the kernel's size takes no places away.")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = ((height - kernel) // stride + 1) * ((width - kernel) // stride + 1)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


# --- more of each -----------------------------------------------------------------------------


@mistake(
    "feature-map",
    words="You took the matrix product: `*` multiplies place by place, `@` rows with columns.",
)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for r, c in np.ndindex(*output.shape):
        output[r, c] = np.sum(image[r : r + kh, c : c + kw] @ kernel.T)
    return output


@mistake(
    "feature-map", words="Only the first row is filled: is there a `return` inside the outer loop?"
)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for c in range(output.shape[1]):
        output[0, c] = (image[:kh, c : c + kw] * kernel).sum()
    return output


@mistake(
    "feature-map",
    words="Your numbers stand in one line: each belongs in its place, by row and column.",
)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    return np.array(
        [(image[r : r + kh, c : c + kw] * kernel).sum() for r, c in np.ndindex(rows, columns)]
    )


OTHER_LINE = "Your kernel looks for an upright or a flat line: the scratch runs across, through it."

mistake(
    "diagonal-detector",
    words=OTHER_LINE,
    code="diagonal_kernel = [[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]]",
)
mistake(
    "diagonal-detector",
    words=OTHER_LINE,
    code="diagonal_kernel = [[-1, -1, -1], [2, 2, 2], [-1, -1, -1]]",
)
mistake(
    "diagonal-detector",
    words=(
        "Your kernel finds where bright meets dark, along the diagonal: a scratch is a line, "
        "bright itself and dark on both sides."
    ),
    code="diagonal_kernel = [[0, 1, 2], [-1, 0, 1], [-2, -1, 0]]",
)


@mistake(
    "edge-bugs",
    words="Your angles are converted the wrong way round: from radians to degrees they grow.",
)
def edges(gx, gy):
    return np.hypot(gx, gy), np.radians(np.arctan2(gy, gx))


@mistake("edge-bugs", words="Your angles run from 0 to 360: from −180 to 180 is asked for.")
def edges(gx, gy):
    return np.hypot(gx, gy), np.degrees(np.arctan2(gy, gx)) % 360


@mistake("edge-bugs", words="The two results have changed places: the strength comes first.")
def edges(gx, gy):
    return np.degrees(np.arctan2(gy, gx)), np.hypot(gx, gy)


@mistake(
    "edge-bugs",
    words="Your angles turn the wrong way: rows grow downwards, and so does the angle.",
)
def edges(gx, gy):
    return np.hypot(gx, gy), np.degrees(np.arctan2(-gy, gx))


@mistake("two-dice", words="You took the dice for equally long: each has its own number of faces.")
def sum_of_dice(p, q):
    total = np.zeros(2 * len(p) - 1)
    for i in range(len(p)):
        for j in range(len(p)):
            total[i + j] += p[i] * q[j]
    return total


@mistake("two-dice", words="You count by the difference of the two faces: their sum is the place.")
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q) - 1)
    for i in range(len(p)):
        for j in range(len(q)):
            total[i - j] += p[i] * q[j]
    return total


@mistake(
    "two-dice",
    words="This is the table of all pairs: those of one sum belong together, in one entry.",
)
def sum_of_dice(p, q):
    return np.outer(p, q)


@mistake(
    "two-dice", words="Your loops leave the last faces out: range(n) stops before n by itself."
)
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q) - 1)
    for i in range(len(p) - 1):
        for j in range(len(q) - 1):
            total[i + j] += p[i] * q[j]
    return total


@mistake(
    "output-size",
    words=(
        "You add kernel // 2 at both ends, which is right for odd kernels: with 'same' the "
        "kernel's size plays no part."
    ),
)
def output_size(size, kernel, stride, padding):
    added = kernel // 2 if padding == "same" else 0
    return (size + 2 * added - kernel) // stride + 1


@mistake("output-size", words="You always add a window for the rest: there may be no rest.")
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return size // stride + 1
    return (size - kernel) // stride + 1


@mistake(
    "output-size",
    words="You divide before the kernel is taken away: its pixels are no steps, so take it away "
    "first.",
)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return -(-size // stride)
    return size // stride - kernel + 1


@mistake(
    "conv-layer",
    words="The bias is added to each product: add it once, when the sum is complete.",
)
def conv_layer(image, kernel, bias, strides):
    kh, kw, _, filters = kernel.shape
    rows = (image.shape[0] - kh) // strides[0] + 1
    columns = (image.shape[1] - kw) // strides[1] + 1
    output = np.zeros((rows, columns, filters))
    for i, j, k in np.ndindex(*output.shape):
        top, left = i * strides[0], j * strides[1]
        window = image[top : top + kh, left : left + kw]
        output[i, j, k] = (window * kernel[..., k] + bias[k]).sum()
    return output


@mistake(
    "conv-layer",
    words="All channels of your output come from the first filter: each filter makes its own.",
)
def conv_layer(image, kernel, bias, strides):
    kh, kw, _, filters = kernel.shape
    rows = (image.shape[0] - kh) // strides[0] + 1
    columns = (image.shape[1] - kw) // strides[1] + 1
    output = np.zeros((rows, columns, filters))
    for i, j, k in np.ndindex(*output.shape):
        top, left = i * strides[0], j * strides[1]
        window = image[top : top + kh, left : left + kw]
        output[i, j, k] = bias[k] + (window * kernel[..., 0]).sum()
    return output


@mistake(
    "conv-layer",
    words="The kernel is missing in the size: windows that hang over the edge do not count.",
)
def conv_layer(image, kernel, bias, strides):
    kh, kw, _, filters = kernel.shape
    output = np.zeros((image.shape[0] // strides[0], image.shape[1] // strides[1], filters))
    for i, j, k in np.ndindex(*output.shape):
        top, left = i * strides[0], j * strides[1]
        window = image[top : top + kh, left : left + kw]
        weights = kernel[: window.shape[0], : window.shape[1], :, k]
        output[i, j, k] = bias[k] + (window * weights).sum()
    return output


@mistake(
    "downhill",
    words="You took what the kernel gives for the error: take away what is wanted first.",
)
def step_downhill(kernel, image, target, learning_rate):
    given = correlate2d(image, kernel, mode="valid")
    return kernel - learning_rate * 2 / target.size * correlate2d(image, given, mode="valid")


@mistake("downhill", words=DIVIDED_BY_OTHER)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    return kernel - learning_rate * 2 / len(target) * correlate2d(image, error, mode="valid")


@mistake(
    "downhill",
    words="Your learning rate is always the same: take the one that is given.",
    each={"RATE": (0.1, 0.01)},
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    return kernel - RATE * 2 / target.size * correlate2d(image, error, mode="valid")


@mistake(
    "layer-cost",
    words="The channels are missing: a filter has kernel × kernel weights for each of them.",
)
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake(
    "layer-cost",
    words="The stride is taken once for both sides: it shortens each of them.",
)
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height * width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places * filters
