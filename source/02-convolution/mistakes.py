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


ONE_PIXEL_ON = (
    "The size is right, but the window moves by one pixel, down or across or both: multiply its "
    "place by the stride."
)


@mistake("conv-layer", words=ONE_PIXEL_ON)
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


MATRIX_PRODUCT = (
    "You took the matrix product: `*` multiplies place by place, `@` rows with columns."
)


@mistake("feature-map", words=MATRIX_PRODUCT)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for r, c in np.ndindex(*output.shape):
        output[r, c] = np.sum(image[r : r + kh, c : c + kw] @ kernel)
    return output


@mistake("feature-map", words=MATRIX_PRODUCT)
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


EMPTY_BORDER = (
    "The last row and the last column of your map stay empty: there is a window for each place."
)


@mistake("feature-map", words=EMPTY_BORDER)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for r, c in np.ndindex(image.shape[0] - kh, image.shape[1] - kw):
        output[r, c] = (image[r : r + kh, c : c + kw] * kernel).sum()
    return output


@mistake(
    "feature-map",
    words="You took the picture for a square: its height and its width are two numbers.",
)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros((len(image) - kh + 1, len(image) - kw + 1))
    for r, c in np.ndindex(*output.shape):
        output[r, c] = (image[r : r + kh, c : c + kw] * kernel).sum()
    return output


@mistake(
    "feature-map",
    words="Your map is as large as the picture, and its end stays empty: there are only as many "
    "places as windows that fit.",
)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros(image.shape)
    for r, c in np.ndindex(image.shape[0] - kh + 1, image.shape[1] - kw + 1):
        output[r, c] = (image[r : r + kh, c : c + kw] * kernel).sum()
    return output


@mistake(
    "feature-map",
    words="Your windows lie side by side: they overlap, and one begins at every pixel where it "
    "fits.",
)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros((image.shape[0] // kh, image.shape[1] // kw))
    for r, c in np.ndindex(*output.shape):
        window = image[r * kh : (r + 1) * kh, c * kw : (c + 1) * kw]
        output[r, c] = (window * kernel).sum()
    return output


@mistake(
    "feature-map",
    words="You write the products into the window. It is a part of the picture, no copy, so the "
    "next windows find changed numbers.",
)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    image = image * 1.0
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for r, c in np.ndindex(*output.shape):
        window = image[r : r + kh, c : c + kw]
        window *= kernel
        output[r, c] = window.sum()
    return output


@mistake(
    "feature-map",
    words="You divide by the sum of the weights: the products are added, and that is all.",
)
def feature_map(image, kernel):
    from scipy.signal import correlate2d

    return correlate2d(image, kernel, mode="valid") / (kernel.sum() or 1)


NEGATIVE_CUT = "Your negative numbers are set to 0: a feature map keeps them."
SIGN_LOST = "Your numbers have lost their minus: a feature map holds negative ones, too."


@mistake("feature-map", words=NEGATIVE_CUT)
def feature_map(image, kernel):
    from scipy.signal import correlate2d

    return np.maximum(correlate2d(image, kernel, mode="valid"), 0)


@mistake("feature-map", words=SIGN_LOST)
def feature_map(image, kernel):
    from scipy.signal import correlate2d

    return np.abs(correlate2d(image, kernel, mode="valid"))


NO_QUADRANT = (
    "Where gx is 0 your angle goes wrong: an arrow straight down has 90 degrees, one straight up "
    "−90."
)


@mistake("edge-bugs", words=NO_QUADRANT)
def edges(gx, gy):
    return np.hypot(gx, gy), np.where(gx == 0, 0, np.degrees(np.arctan2(gy, gx)))


@mistake("edge-bugs", words=NO_QUADRANT)
def edges(gx, gy):
    return np.hypot(gx, gy), np.where(gx == 0, 90, np.degrees(np.arctan2(gy, gx)))


@mistake(
    "edge-bugs",
    words="You add half a turn wherever gx is below 0, and run beyond 180: where gy is below 0, "
    "too, half a turn has to be taken away.",
)
def edges(gx, gy):
    safe = np.where(gx == 0, 1e-12, gx)
    return np.hypot(gx, gy), np.degrees(np.arctan(gy / safe)) + np.where(gx < 0, 180, 0)


@mistake(
    "edge-bugs",
    words="You multiply by 180 and leave π out: half a turn is π radians, and 180 degrees.",
)
def edges(gx, gy):
    return np.hypot(gx, gy), np.arctan2(gy, gx) * 180


@mistake(
    "edge-bugs",
    words="You multiply by 360 for half a turn: π radians are 180 degrees.",
)
def edges(gx, gy):
    return np.hypot(gx, gy), np.arctan2(gy, gx) * 360 / np.pi


@mistake(
    "edge-bugs",
    words="Your angle has lost the signs of gx and gy: they say which way the arrow points.",
)
def edges(gx, gy):
    return np.hypot(gx, gy), np.degrees(np.arctan2(gy**2, gx**2))


@mistake(
    "edge-bugs",
    words="Your angle has lost the signs of gx and gy: they say which way the arrow points.",
)
def edges(gx, gy):
    return np.hypot(gx, gy), np.degrees(np.arctan2(np.abs(gy), np.abs(gx)))


ONE_STRENGTH = "Your strength is one for the whole picture: each place has an arrow of its own."


@mistake("edge-bugs", words=ONE_STRENGTH)
def edges(gx, gy):
    strength = np.full(gx.shape, np.linalg.norm([gx, gy]))
    return strength, np.degrees(np.arctan2(gy, gx))


@mistake("edge-bugs", words=ONE_STRENGTH)
def edges(gx, gy):
    return np.linalg.norm([gx, gy]), np.degrees(np.arctan2(gy, gx))


ROUNDED = "You round what comes out: nobody asked for that, and later steps need the digits."


@mistake("edge-bugs", words=ROUNDED, each={"DIGITS": (0, 1, 2, 3)})
def edges(gx, gy):
    return np.hypot(gx, gy), np.degrees(np.arctan2(gy, gx)).round(DIGITS)


@mistake("edge-bugs", words=ROUNDED, each={"DIGITS": (0, 1, 2, 3)})
def edges(gx, gy):
    return np.hypot(gx, gy).round(DIGITS), np.degrees(np.arctan2(gy, gx)).round(DIGITS)


@mistake(
    "edge-bugs",
    words="You scale or cut a large strength: it is the length of the arrow, however long that is.",
)
def edges(gx, gy):
    strength = np.hypot(gx, gy)
    if strength.max() > 255:
        strength = strength / strength.max() * 255
    return strength, np.degrees(np.arctan2(gy, gx))


@mistake(
    "edge-bugs",
    words="You scale or cut a large strength: it is the length of the arrow, however long that is.",
)
def edges(gx, gy):
    return np.minimum(np.hypot(gx, gy), 255), np.degrees(np.arctan2(gy, gx))


@mistake("two-dice", words="For 'this and that', probabilities are multiplied.")
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q) - 1)
    for i in range(len(p)):
        for j in range(len(q)):
            total[i + j] += p[i] + q[j]
    return total / total.sum()


@mistake("two-dice", words="Your faces count from 1: the first face of these dice shows 0 points.")
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q) + 1)
    for i in range(len(p)):
        for j in range(len(q)):
            total[i + j + 2] += p[i] * q[j]
    return total


ENDS_TOO_EARLY = (
    "Your result ends too early: the sums go on to that of the highest faces of both dice."
)


@mistake("two-dice", words=ENDS_TOO_EARLY)
def sum_of_dice(p, q):
    return np.convolve(p, q)[: max(len(p), len(q))]


@mistake("two-dice", words=ENDS_TOO_EARLY)
def sum_of_dice(p, q):
    return np.convolve(p, q)[: len(p)]


@mistake(
    "two-dice",
    words="Your result has not always room for the largest sum: how long it is depends on both "
    "dice.",
)
def sum_of_dice(p, q):
    total = np.zeros(len(p) + 1)
    for i in range(len(p)):
        for j in range(len(q)):
            total[i + j] += p[i] * q[j]
    return total


@mistake(
    "two-dice",
    words="You fill the second die up to the faces of the first: the second may have more.",
)
def sum_of_dice(p, q):
    filled = np.pad(q, (0, len(p) - len(q)))
    return np.convolve(p, filled)[: len(p) + len(q) - 1]


@mistake(
    "two-dice",
    words="A negative place is counted from the end of the list: leave out the faces that the die "
    "does not have.",
)
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q) - 1)
    for s in range(len(total)):
        for i in range(len(p)):
            if s - i < len(q):
                total[s] += p[i] * q[s - i]
    return total


@mistake(
    "two-dice",
    words="You count each pair of faces once: 0 and 1 is another case than 1 and 0.",
)
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q) - 1)
    for i in range(len(p)):
        for j in range(i, len(q)):
            total[i + j] += p[i] * q[j]
    return total


@mistake("two-dice", words="You count by the difference of the two faces: their sum is the place.")
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q) - 1)
    for i in range(len(p)):
        for j in range(len(q)):
            total[abs(i - j)] += p[i] * q[j]
    return total


@mistake(
    "two-dice",
    words="You average the cases of a sum: each of them may happen, so they are added up.",
)
def sum_of_dice(p, q):
    cases = np.convolve(np.ones(len(p)), np.ones(len(q)))
    return np.convolve(p, q) / cases


@mistake("two-dice", words="Your loops leave a last face out: range(n) stops before n by itself.")
def sum_of_dice(p, q):
    return np.convolve(p, [*q[:-1], 0])


@mistake("two-dice", words="Your loops leave a last face out: range(n) stops before n by itself.")
def sum_of_dice(p, q):
    return np.convolve([*p[:-1], 0], q)


FAIR = "You count cases, as if the dice were fair: each case has a probability of its own."


@mistake("two-dice", words=FAIR)
def sum_of_dice(p, q):
    cases = np.convolve(np.ones(len(p)), np.ones(len(q)))
    return cases / cases.sum()


@mistake("two-dice", words=FAIR)
def sum_of_dice(p, q):
    return np.convolve(np.ones(len(p)), np.ones(len(q)))


@mistake("two-dice", words=ROUNDED, each={"DIGITS": (2, 3, 4, 5)})
def sum_of_dice(p, q):
    return np.convolve(p, q).round(DIGITS)


ROUNDS_TO_NEAREST = (
    "You round to the nearest: an incomplete step is never taken with 'valid', however much of it "
    "is there."
)


@mistake("output-size", words=ROUNDS_TO_NEAREST)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return -(-size // stride)
    return round((size - kernel) / stride) + 1


@mistake("output-size", words=ROUNDS_TO_NEAREST)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return -(-size // stride)
    return int((size - kernel) / stride + 0.5) + 1


SAME_TO_NEAREST = (
    "You round to the nearest: with 'same' the rest at the end gets a window of its own, however "
    "small it is."
)


@mistake("output-size", words=SAME_TO_NEAREST)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return round(size / stride)
    return (size - kernel) // stride + 1


@mistake("output-size", words=SAME_TO_NEAREST)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return int(size / stride + 0.5)
    return (size - kernel) // stride + 1


@mistake(
    "output-size",
    words="Zeros were added until the last window fits, and you round up all the same: one of the "
    "two is enough.",
)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return -(-(size - 1) // stride) + 1
    return (size - kernel) // stride + 1


SIDE_BY_SIDE = (
    "With a large stride you count windows that lie side by side: the stride may leave gaps "
    "between them."
)


@mistake("output-size", words=SIDE_BY_SIDE)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return -(-size // stride)
    return size // kernel if stride >= kernel else (size - kernel) // stride + 1


@mistake(
    "conv-layer",
    words="You mix up the last two axes of the kernel: its input channels come before its filters.",
)
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, filters), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    output = np.zeros((rows, columns, filters))
    for i, j, k in np.ndindex(*output.shape):
        window = image[i * down : i * down + kh, j * across : j * across + kw]
        output[i, j, k] = bias[k] + (window * kernel[:, :, k, :]).sum()
    return output


ONE_STRIDE = "You use one stride for both directions: the first goes down, the second across."


@mistake("conv-layer", words=ONE_STRIDE, each={"WHICH": (0, 1)})
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, _), s = kernel.shape, strides[WHICH]
    rows, columns = (image.shape[0] - kh) // s + 1, (image.shape[1] - kw) // s + 1
    blocks = [
        [image[i * s : i * s + kh, j * s : j * s + kw] for j in range(columns)] for i in range(rows)
    ]
    return np.tensordot(np.array(blocks), kernel, 3) + bias


@mistake("conv-layer", words=ONE_PIXEL_ON, each={"MOVES": ((1, 0), (0, 1))})
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, _), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    down, across = (s if moves else 1 for s, moves in zip(strides, MOVES))
    blocks = [
        [image[i * down :, j * across :][:kh, :kw] for j in range(columns)] for i in range(rows)
    ]
    return np.tensordot(np.array(blocks), kernel, 3) + bias


PLACES_LEFT_EMPTY = (
    "Your map has too many places in one direction, and some stay empty: each side is divided by "
    "its stride."
)


@mistake("conv-layer", words=PLACES_LEFT_EMPTY, each={"COUNTED": ((1, 0), (0, 1), (0, 0))})
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, filters), (down, across) = kernel.shape, strides
    divided = (s if counted else 1 for s, counted in zip(strides, COUNTED))
    sides = [(n - k) // s + 1 for n, k, s in zip(image.shape, kernel.shape, divided)]
    output = np.zeros((*sides, filters))
    for i, j in np.ndindex(*sides):
        window = image[i * down : i * down + kh, j * across : j * across + kw]
        if window.shape[:2] == (kh, kw):
            output[i, j] = np.tensordot(window, kernel, 3) + bias
    return output


ONE_WINDOW_TOO_FEW = "One window is missing in each direction: the first place counts as well."


@mistake("conv-layer", words=ONE_WINDOW_TOO_FEW, each={"LEAST": (0, 1)})
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, filters), (down, across) = kernel.shape, strides
    rows = max((image.shape[0] - kh) // down, LEAST)
    columns = max((image.shape[1] - kw) // across, LEAST)
    output = np.zeros((rows, columns, filters))
    for i, j in np.ndindex(rows, columns):
        window = image[i * down : i * down + kh, j * across : j * across + kw]
        output[i, j] = np.tensordot(window, kernel, 3) + bias
    return output


@mistake(
    "conv-layer",
    words="You took the kernel for a square: its height and its width are two numbers.",
    each={"SIDE": (0, 1)},
)
def conv_layer(image, kernel, bias, strides):
    side, (down, across) = kernel.shape[SIDE], strides
    rows, columns = (image.shape[0] - side) // down + 1, (image.shape[1] - side) // across + 1
    output = np.zeros((rows, columns, kernel.shape[-1]))
    for i, j, k in np.ndindex(*output.shape):
        window = image[i * down : i * down + side, j * across : j * across + side]
        output[i, j, k] = bias[k] + (window * kernel[..., k]).sum()
    return output


@mistake(
    "conv-layer",
    words="You average over the input channels: the products of all of them are added.",
)
def conv_layer(image, kernel, bias, strides):
    (kh, kw, channels, filters), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    output = np.zeros((rows, columns, filters))
    for i, j in np.ndindex(rows, columns):
        window = image[i * down : i * down + kh, j * across : j * across + kw]
        output[i, j] = np.tensordot(window, kernel, 3) / channels + bias
    return output


@mistake(
    "conv-layer",
    words="Your negative numbers are set to 0, as an activation does: the formula has none.",
)
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, filters), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    output = np.zeros((rows, columns, filters))
    for i, j in np.ndindex(rows, columns):
        window = image[i * down : i * down + kh, j * across : j * across + kw]
        output[i, j] = np.maximum(np.tensordot(window, kernel, 3) + bias, 0)
    return output


@mistake("conv-layer", words="All your filters have the bias of the first: each has its own.")
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, filters), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    output = np.zeros((rows, columns, filters))
    for i, j in np.ndindex(rows, columns):
        window = image[i * down : i * down + kh, j * across : j * across + kw]
        output[i, j] = np.tensordot(window, kernel, 3) + bias[0]
    return output


@mistake("conv-layer", words=CUT_DECIMALS)
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, filters), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    output = np.zeros((rows, columns, filters), int)
    for i, j in np.ndindex(rows, columns):
        window = image[i * down : i * down + kh, j * across : j * across + kw]
        output[i, j] = np.tensordot(window, kernel, 3) + bias
    return output


@mistake(
    "conv-layer",
    words="Your sizes are rounded up: the last window would hang over the edge, and 'valid' never "
    "does that.",
)
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, filters), (down, across) = kernel.shape, strides
    rows, columns = -(-(image.shape[0] - kh) // down) + 1, -(-(image.shape[1] - kw) // across) + 1
    padded = np.pad(image, ((0, down), (0, across), (0, 0)))
    output = np.zeros((rows, columns, filters))
    for i, j in np.ndindex(rows, columns):
        window = padded[i * down : i * down + kh, j * across : j * across + kw]
        output[i, j] = np.tensordot(window, kernel, 3) + bias
    return output


@mistake(
    "conv-layer",
    words="You pull the pixels of a window apart by the stride: it says how far the window moves, "
    "and the pixels in it stay neighbours.",
)
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, filters), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    tall, wide = (kh - 1) * down + 1, (kw - 1) * across + 1
    padded = np.pad(image, ((0, tall), (0, wide), (0, 0)))
    output = np.zeros((rows, columns, filters))
    for i, j in np.ndindex(rows, columns):
        top, left = i * down, j * across
        window = padded[top : top + tall : down, left : left + wide : across]
        output[i, j] = np.tensordot(window, kernel, 3) + bias
    return output


@mistake("conv-layer", words=FLIPPED_KERNEL, each={"TURNED": ((-1, 1), (1, -1))})
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, filters), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    turned = kernel[:: TURNED[0], :: TURNED[1]]
    output = np.zeros((rows, columns, filters))
    for i, j in np.ndindex(rows, columns):
        window = image[i * down : i * down + kh, j * across : j * across + kw]
        output[i, j] = np.tensordot(window, turned, 3) + bias
    return output


@mistake(
    "conv-layer",
    words="You add up as many channels as there are filters: a filter reaches through all input "
    "channels, whatever their number.",
)
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, filters), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    output = np.zeros((rows, columns, filters))
    for i, j, k in np.ndindex(*output.shape):
        output[i, j, k] = bias[k]
        for c in range(filters):
            window = image[i * down : i * down + kh, j * across : j * across + kw, c]
            output[i, j, k] += (window * kernel[:, :, c, k]).sum()
    return output


@mistake(
    "downhill",
    words="This is the way to go, not the kernel after the step: take it away from the kernel.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    return learning_rate * 2 / target.size * correlate2d(image, error, mode="valid")


@mistake(
    "downhill",
    words="You took the kernel for a square: its height and its width are two numbers.",
    each={"SIDE": (0, 1)},
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    gradient, side = np.zeros(kernel.shape), kernel.shape[SIDE]
    for u, v in np.ndindex(side, side):
        window = image[u : u + error.shape[0], v : v + error.shape[1]]
        gradient[u, v] = 2 / error.size * (error * window).sum()
    return kernel - learning_rate * gradient


@mistake(
    "downhill",
    words="Your errors have lost their signs: a sign says in which direction a weight has to go.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = np.abs(correlate2d(image, kernel, mode="valid") - target)
    return kernel - learning_rate * 2 / target.size * correlate2d(image, error, mode="valid")


@mistake(
    "downhill",
    words="You square the errors before they weigh the pixels: the slope of a square is twice the "
    "error itself.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = (correlate2d(image, kernel, mode="valid") - target) ** 2
    return kernel - learning_rate * 2 / target.size * correlate2d(image, error, mode="valid")


@mistake(
    "downhill",
    words="You change the weights one after the other, and each sees those that have changed: all "
    "slopes of a step belong to the kernel as it was.",
)
def step_downhill(kernel, image, target, learning_rate):
    new, (h, w) = kernel.copy(), target.shape
    for u, v in np.ndindex(*kernel.shape):
        error = correlate2d(image, new, mode="valid") - target
        slope = 2 / target.size * (error * image[u : u + h, v : v + w]).sum()
        new[u, v] -= learning_rate * slope
    return new


@mistake("downhill", words="All your weights take the same step: each has a slope of its own.")
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    gradient = 2 / target.size * correlate2d(image, error, mode="valid")
    return kernel - learning_rate * gradient.mean()


@mistake(
    "downhill",
    words="You use only the sign of a slope: the steeper it is, the further the step goes.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    return kernel - learning_rate * np.sign(correlate2d(image, error, mode="valid"))


SHORTENED = "You shorten a long slope: the step is the slope times the learning rate, however long."


@mistake("downhill", words=SHORTENED)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    gradient = 2 / target.size * correlate2d(image, error, mode="valid")
    return kernel - learning_rate * gradient / max(np.linalg.norm(gradient), 1)


@mistake("downhill", words=SHORTENED)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    gradient = 2 / target.size * correlate2d(image, error, mode="valid")
    return kernel - learning_rate * gradient / np.linalg.norm(gradient)


@mistake("downhill", words="You divide twice by N: the loss is a mean, so once is right.")
def step_downhill(kernel, image, target, learning_rate):
    error = (correlate2d(image, kernel, mode="valid") - target) / target.size
    return kernel - learning_rate * 2 / target.size * correlate2d(image, error, mode="valid")


@mistake("downhill", words="You take more than one step: one is asked for.", each={"STEPS": (2, 3)})
def step_downhill(kernel, image, target, learning_rate):
    for _ in range(STEPS):
        error = correlate2d(image, kernel, mode="valid") - target
        kernel = kernel - learning_rate * 2 / target.size * correlate2d(image, error, mode="valid")
    return kernel


@mistake("downhill", words=ROUNDED, each={"DIGITS": (1, 2, 3)})
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    gradient = 2 / target.size * correlate2d(image, error, mode="valid")
    return (kernel - learning_rate * gradient).round(DIGITS)


@mistake(
    "layer-cost",
    words="You count with another size of a number, or in bits: a float32 takes four bytes.",
    each={"BYTES": (8, 32, 2)},
)
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, BYTES * places * filters


@mistake("layer-cost", words="These are the bytes of the picture: those of the output count.")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * height * width * channels


@mistake("layer-cost", words="These are the bytes of one filter's map: each filter makes one.")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places


@mistake(
    "layer-cost",
    words="Your stride shortens one side only: it moves the window down as well as across.",
    each={"SIDES": ((1, 0), (0, 1))},
)
def layer_cost(height, width, channels, filters, kernel, stride):
    down, across = (stride if shortened else 1 for shortened in SIDES)
    places = -(-height // down) * -(-width // across)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake(
    "layer-cost",
    words="You round the number of places once: each side is rounded up by itself.",
)
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height * width // stride**2)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake("layer-cost", words="You count the products of one filter: all filters multiply.")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * weights, 4 * places * filters


@mistake("layer-cost", words="You count a bias for each channel: a filter has one, added once.")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    parameters = filters * channels * (kernel * kernel + 1)
    return parameters, places * filters * weights, 4 * places * filters


@mistake(
    "layer-cost",
    words="The kernel's side is counted once: a filter has kernel × kernel weights a channel.",
)
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake(
    "layer-cost", words="You always add a row and a column for the rest: there may be no rest."
)
def layer_cost(height, width, channels, filters, kernel, stride):
    rows, columns = (n if stride == 1 else n // stride + 1 for n in (height, width))
    weights = kernel * kernel * channels
    places = rows * columns
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake("layer-cost", words="Your numbers are floats: counts are whole, so round to an int.")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = np.ceil(height / stride) * np.ceil(width / stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake(
    "layer-cost",
    words=(
        "You add kernel // 2 at both ends, which is right for odd kernels: with 'same' the "
        "kernel's size plays no part."
    ),
)
def layer_cost(height, width, channels, filters, kernel, stride):
    added = 2 * (kernel // 2) - kernel
    places = ((height + added) // stride + 1) * ((width + added) // stride + 1)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake("layer-cost", words=SAME_TO_NEAREST)
def layer_cost(height, width, channels, filters, kernel, stride):
    places = int(height / stride + 0.5) * int(width / stride + 0.5)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake("layer-cost", words=SAME_TO_NEAREST)
def layer_cost(height, width, channels, filters, kernel, stride):
    places = round(height / stride) * round(width / stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake("layer-cost", words="You halve, whatever the stride: divide by it, and round up.")
def layer_cost(height, width, channels, filters, kernel, stride):
    rows, columns = (n if stride == 1 else (n + 1) // 2 for n in (height, width))
    weights = kernel * kernel * channels
    places = rows * columns
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake("feature-map", words=FLIPPED_KERNEL, each={"TURNED": ((-1, 1), (1, -1))})
def feature_map(image, kernel):
    from scipy.signal import correlate2d

    return correlate2d(image, kernel[:: TURNED[0], :: TURNED[1]], mode="valid")


@mistake("edge-bugs", words="Your angles run from 0 to 180: upwards they are negative.")
def edges(gx, gy):
    return np.hypot(gx, gy), np.degrees(np.arctan2(gy, gx)) % 180


@mistake("edge-bugs", words="Your angles run from 0 to 180: upwards they are negative.")
def edges(gx, gy):
    return np.hypot(gx, gy), np.abs(np.degrees(np.arctan2(gy, gx)))


@mistake(
    "two-dice",
    words="You add the probabilities of all smaller sums: entry s is that of the sum s alone.",
)
def sum_of_dice(p, q):
    return np.cumsum(np.convolve(p, q))


@mistake(
    "conv-layer",
    words="Your filters come first: they are the last axis, behind rows and columns.",
)
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, filters), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    output = np.zeros((filters, rows, columns))
    for i, j in np.ndindex(rows, columns):
        window = image[i * down : i * down + kh, j * across : j * across + kw]
        output[:, i, j] = np.tensordot(window, kernel, 3) + bias
    return output


@mistake("layer-cost", words="You count a bias for each channel: each filter has one.")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * weights + channels, places * filters * weights, 4 * places * filters


@mistake("layer-cost", words="You count additions as well: multiplications alone are asked for.")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), 2 * places * filters * weights, 4 * places * filters


# --- what nobody had named yet ----------------------------------------------------------------


LEFT_OUT_SUMS = (
    "You leave out sums with the probability 0, and later ones move up: each sum has its own "
    "place, so a 0 stands there."
)


@mistake("two-dice", words=LEFT_OUT_SUMS)
def sum_of_dice(p, q):
    total = np.convolve(p, q)
    return total[total > 0]


@mistake("two-dice", words=LEFT_OUT_SUMS)
def sum_of_dice(p, q):
    return np.trim_zeros(np.convolve(p, q))


WHOLE_REST = (
    "You add the whole rest: however many pixels are left over, one more window covers them all."
)


@mistake("output-size", words=WHOLE_REST)
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return size // stride + size % stride
    return (size - kernel) // stride + 1


@mistake("layer-cost", words=WHOLE_REST)
def layer_cost(height, width, channels, filters, kernel, stride):
    rows, columns = (n // stride + n % stride for n in (height, width))
    weights = kernel * kernel * channels
    places = rows * columns
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake(
    "conv-layer",
    words="Your output has as many channels as the picture: each filter makes one, and the last "
    "axis of the kernel says how many filters there are.",
)
def conv_layer(image, kernel, bias, strides):
    (kh, kw, channels, _), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    output = np.zeros((rows, columns, channels))
    for i, j, k in np.ndindex(*output.shape):
        window = image[i * down : i * down + kh, j * across : j * across + kw]
        output[i, j, k] = bias[k] + (window * kernel[..., k]).sum()
    return output


TURNED_OVER = (
    "Rows and columns of your map are swapped: row i of it comes from row i of the picture."
)


@mistake("feature-map", words=TURNED_OVER)
def feature_map(image, kernel):
    from scipy.signal import correlate2d

    return correlate2d(image, kernel, mode="valid").T


@mistake("feature-map", words="Rows and columns of the kernel are swapped: it lies as it stands.")
def feature_map(image, kernel):
    from scipy.signal import correlate2d

    return correlate2d(image, kernel.T, mode="valid")


@mistake("feature-map", words="You padded; 'valid' never does.")
def feature_map(image, kernel):
    from scipy.signal import correlate2d

    return correlate2d(image, kernel, mode="full")


@mistake(
    "feature-map",
    words="You add window and kernel: their numbers are multiplied place by place, and the "
    "products are added.",
)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for r, c in np.ndindex(*output.shape):
        output[r, c] = (image[r : r + kh, c : c + kw] + kernel).sum()
    return output


@mistake("feature-map", words="You take the largest product of a window: all of them are added.")
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for r, c in np.ndindex(*output.shape):
        output[r, c] = (image[r : r + kh, c : c + kw] * kernel).max()
    return output


@mistake(
    "output-size",
    words="You add (kernel − 1) // 2 at both ends, which is right for odd kernels: with 'same' the "
    "kernel's size plays no part.",
)
def output_size(size, kernel, stride, padding):
    added = (kernel - 1) // 2 if padding == "same" else 0
    return (size + 2 * added - kernel) // stride + 1


@mistake("conv-layer", words=TURNED_OVER)
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, filters), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    output = np.zeros((columns, rows, filters))
    for i, j in np.ndindex(rows, columns):
        window = image[i * down : i * down + kh, j * across : j * across + kw]
        output[j, i] = np.tensordot(window, kernel, 3) + bias
    return output


@mistake("conv-layer", words="The bias is taken away: it is added.")
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, filters), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    output = np.zeros((rows, columns, filters))
    for i, j in np.ndindex(rows, columns):
        window = image[i * down : i * down + kh, j * across : j * across + kw]
        output[i, j] = np.tensordot(window, kernel, 3) - bias
    return output


@mistake(
    "layer-cost",
    words="The three numbers stand in another order: parameters, multiplications, bytes.",
    each={"ORDER": ((1, 0, 2), (1, 2, 0), (0, 2, 1), (2, 0, 1), (2, 1, 0))},
)
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    found = filters * (weights + 1), places * filters * weights, 4 * places * filters
    return tuple(found[place] for place in ORDER)


@mistake(
    "layer-cost",
    words="Your filters have weights of their own at each place: a convolution shares them, so the "
    "number of places plays no part in its parameters.",
)
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    parameters = places * filters * (weights + 1)
    return parameters, places * filters * weights, 4 * places * filters


@mistake(
    "layer-cost",
    words="You count the multiplications of one place: each place of the output has as many.",
)
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), filters * weights, 4 * places * filters


# --- what real answers showed -----------------------------------------------------------------


@mistake(
    "feature-map",
    words="Your sum goes on from window to window: set it back to 0 where a new one begins.",
)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output, total = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1)), 0
    for r, c in np.ndindex(*output.shape):
        total += (image[r : r + kh, c : c + kw] * kernel).sum()
        output[r, c] = total
    return output


@mistake(
    "feature-map",
    words="Your sum goes on along a row: set it back to 0 for each window, not for each row.",
)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for r in range(output.shape[0]):
        total = 0
        for c in range(output.shape[1]):
            total += (image[r : r + kh, c : c + kw] * kernel).sum()
            output[r, c] = total
    return output


mistake(
    "diagonal-detector",
    words="Your kernel has a dtype without a sign, in which −1 becomes 255: let it hold ints or "
    "floats.",
    code="diagonal_kernel = np.array([[2, -1, -1], [-1, 2, -1], [-1, -1, 2]]).astype(np.uint8)",
)


@mistake(
    "edge-bugs",
    words="Only the strength comes out: a tuple of strength and angle is asked for.",
)
def edges(gx, gy):
    return np.hypot(gx, gy)


@mistake(
    "edge-bugs",
    words="Only the angle comes out: a tuple of strength and angle is asked for.",
)
def edges(gx, gy):
    return np.degrees(np.arctan2(gy, gx))


FACE_OF_ZERO_POINTS = (
    "Your loop leaves out the face with 0 points: range(1, n) begins at the second one. Begin at 0."
)


@mistake("two-dice", words=FACE_OF_ZERO_POINTS, each={"BEGIN": ((1, 1), (1, 0), (0, 1))})
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q) - 1)
    for i in range(BEGIN[0], len(p)):
        for j in range(BEGIN[1], len(q)):
            total[i + j] += p[i] * q[j]
    return total


@mistake(
    "two-dice",
    words="You divide by the largest entry: these are probabilities already, and add up to 1 as "
    "they are.",
)
def sum_of_dice(p, q):
    total = np.convolve(p, q)
    return total / total.max()


PLACES_DIVIDED = (
    "You divide the places by the stride and round down: the first place counts in any case."
)


@mistake("conv-layer", words=PLACES_DIVIDED, each={"LEAST": (0, 1)})
def conv_layer(image, kernel, bias, strides):
    (kh, kw, _, filters), (down, across) = kernel.shape, strides
    rows = max((image.shape[0] - kh + 1) // down, LEAST)
    columns = max((image.shape[1] - kw + 1) // across, LEAST)
    output = np.zeros((rows, columns, filters))
    for i, j in np.ndindex(rows, columns):
        window = image[i * down : i * down + kh, j * across : j * across + kw]
        output[i, j] = np.tensordot(window, kernel, 3) + bias
    return output


LAST_CHANNEL = (
    "Only the last channel is left: `=` overwrites what the channels before it gave, `+=` adds to "
    "it."
)


@mistake("conv-layer", words=LAST_CHANNEL)
def conv_layer(image, kernel, bias, strides):
    (kh, kw, channels, filters), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    output = np.zeros((rows, columns, filters))
    for i, j, k in np.ndindex(*output.shape):
        for c in range(channels):
            window = image[i * down : i * down + kh, j * across : j * across + kw, c]
            output[i, j, k] = (window * kernel[:, :, c, k]).sum()
        output[i, j, k] += bias[k]
    return output


@mistake(
    "conv-layer",
    words="Only the last channel is left, and the bias is lost: `=` overwrites what was there "
    "before, `+=` adds to it.",
)
def conv_layer(image, kernel, bias, strides):
    (kh, kw, channels, filters), (down, across) = kernel.shape, strides
    rows, columns = (image.shape[0] - kh) // down + 1, (image.shape[1] - kw) // across + 1
    output = np.zeros((rows, columns, filters))
    for i, j, k in np.ndindex(*output.shape):
        output[i, j, k] = bias[k]
        for c in range(channels):
            window = image[i * down : i * down + kh, j * across : j * across + kw, c]
            output[i, j, k] = (window * kernel[:, :, c, k]).sum()
    return output


@mistake(
    "downhill",
    words="Both maps are made with the flip of `convolve2d`: a layer lays its kernel on as it "
    "stands, and so does the formula of the slope. Take `correlate2d` twice.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = convolve2d(image, kernel, mode="valid") - target
    return kernel - learning_rate * 2 / target.size * convolve2d(image, error, mode="valid")


# --- what a second teaching assistant tried ---------------------------------------------------


@mistake("feature-map", words="You padded; 'valid' never does.")
def feature_map(image, kernel):
    kh, kw = kernel.shape
    padded = np.pad(image, ((kh // 2, kh // 2), (kw // 2, kw // 2)))
    output = np.zeros(image.shape)
    for r, c in np.ndindex(*output.shape):
        output[r, c] = (padded[r : r + kh, c : c + kw] * kernel).sum()
    return output


@mistake(
    "feature-map",
    words="Your container holds float16, which has about three digits: np.zeros makes one of "
    "float64 by itself.",
)
def feature_map(image, kernel):
    return correlate2d(image, kernel, mode="valid").astype(np.float16)


@mistake(
    "feature-map",
    words="Your loops move on by a whole kernel, so that most places stay empty: a window begins "
    "at every pixel where it fits.",
)
def feature_map(image, kernel):
    kh, kw = kernel.shape
    full = correlate2d(image, kernel, mode="valid")
    output = np.zeros(full.shape)
    output[::kh, ::kw] = full[::kh, ::kw]
    return output


@mistake(
    "feature-map",
    words="Your numbers are put into as many rows as there should be columns: the height of the "
    "map comes first.",
)
def feature_map(image, kernel):
    full = correlate2d(image, kernel, mode="valid")
    return full.reshape(full.shape[::-1])


BRIGHT_BESIDE_DARK = (
    "Your kernel finds where bright meets dark, on a line across the picture: a scratch is a line, "
    "bright itself and dark on both sides."
)
mistake(
    "diagonal-detector",
    words=BRIGHT_BESIDE_DARK,
    code="diagonal_kernel = GRADIENT",
    each={
        "GRADIENT": (
            ((-2, -1, 0), (-1, 0, 1), (0, 1, 2)),
            ((2, 1, 0), (1, 0, -1), (0, -1, -2)),
            ((0, -1, -2), (1, 0, -1), (2, 1, 0)),
            ((0, 1, 1), (-1, 0, 1), (-1, -1, 0)),
            ((1, 1, 0), (1, 0, -1), (0, -1, -1)),
            ((-1, -1, 0), (-1, 0, 1), (0, 1, 1)),
            ((1, 0, -1), (1, 0, -1), (1, 0, -1)),
            ((-1, 0, 1), (-1, 0, 1), (-1, 0, 1)),
            ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),
            ((-1, -1, -1), (0, 0, 0), (1, 1, 1)),
            ((-1, -2, -1), (0, 0, 0), (1, 2, 1)),
        )
    },
)
mistake(
    "diagonal-detector",
    words="Your weights are rounded, so that they do not add up to zero any more: take whole "
    "numbers that do.",
    code="diagonal_kernel = np.round(np.eye(3) - 1 / 3, DIGITS)",
    each={"DIGITS": (1, 2, 3, 4)},
)
mistake(
    "diagonal-detector",
    words="Your kernel is larger than the window: it has three rows and three columns.",
    code="diagonal_kernel = SIDE * np.eye(SIDE) - 1",
    each={"SIDE": (4, 5)},
)
mistake(
    "diagonal-detector",
    words="Your kernel has the axes of a layer's weights, for channels and filters: here it is "
    "rows and columns alone.",
    code="diagonal_kernel = (3 * np.eye(3) - 1)[:, :, None, None]",
)


@mistake(
    "edge-bugs",
    words="3.14 is too short for π: np.pi has all its digits, and np.degrees uses them.",
    each={"PI": (3.14, 3.1)},
)
def edges(gx, gy):
    return np.hypot(gx, gy), np.arctan2(gy, gx) * 180 / PI


@mistake(
    "edge-bugs",
    words="Your two arrays are stacked into one: a tuple is asked for, with a comma between them.",
)
def edges(gx, gy):
    return np.stack([np.hypot(gx, gy), np.degrees(np.arctan2(gy, gx))])


@mistake(
    "two-dice",
    words="This is the table of all pairs: those of one sum belong together, in one entry.",
)
def sum_of_dice(p, q):
    return np.outer(p, q).ravel()


@mistake(
    "two-dice",
    words="`np.polymul` drops the zeros at the beginning: each sum has its own place, so a 0 "
    "stands there.",
)
def sum_of_dice(p, q):
    return np.polymul(p, q)


@mistake(
    "output-size",
    words="You find no place where the stride is larger than the picture: the first window has its "
    "place in any case.",
)
def output_size(size, kernel, stride, padding):
    if stride > size:
        return 0
    return (size - kernel) // stride + 1 if padding == "valid" else -(-size // stride)


@mistake(
    "conv-layer",
    words="`reshape` moves no axis, it only cuts the numbers up in another way: a filter is "
    "`kernel[:, :, :, k]`, or np.moveaxis brings the last axis to the front.",
)
def conv_layer(image, kernel, bias, strides):
    kh, kw, channels, filters = kernel.shape
    mixed = np.moveaxis(kernel.reshape(filters, kh, kw, channels), 0, -1)
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw), axis=(0, 1))
    return np.einsum("ijcuv,uvck->ijk", windows[:: strides[0], :: strides[1]], mixed) + bias


@mistake("conv-layer", words="Only the first filter's map comes out: each filter makes one.")
def conv_layer(image, kernel, bias, strides):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape[:2], axis=(0, 1))
    full = np.einsum("ijcuv,uvck->ijk", windows[:: strides[0], :: strides[1]], kernel) + bias
    return full[..., :1]


@mistake(
    "conv-layer",
    words="Your result has a batch axis: one picture goes in, and one map comes out, (H_out, "
    "W_out, C_out).",
)
def conv_layer(image, kernel, bias, strides):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape[:2], axis=(0, 1))
    full = np.einsum("ijcuv,uvck->ijk", windows[:: strides[0], :: strides[1]], kernel) + bias
    return full[np.newaxis]


@mistake(
    "downhill",
    words="Picture and errors have changed places in `correlate2d`: the picture comes first. "
    "Exchanged, the result is turned by half a turn.",
)
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    return kernel - learning_rate * 2 / error.size * correlate2d(error, image, mode="valid")


@mistake("downhill", says="shapes do not fit each other")
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="same") - target
    return kernel - learning_rate * 2 / error.size * correlate2d(image, error, mode="valid")


@mistake("downhill", says="Several values come back")
def step_downhill(kernel, image, target, learning_rate):
    error = correlate2d(image, kernel, mode="valid") - target
    gradient = 2 / target.size * correlate2d(image, error, mode="valid")
    return kernel - learning_rate * gradient, (error**2).mean()


@mistake(
    "downhill",
    words="You measure the slope by a small step, and come only close to it: the formula gives it "
    "exactly.",
    each={"STEP": (0.1, 0.01, 0.001)},
)
def step_downhill(kernel, image, target, learning_rate):
    def loss(weights):
        return np.mean((correlate2d(image, weights, mode="valid") - target) ** 2)

    after = kernel.copy()
    for place in np.ndindex(*kernel.shape):
        nudged = kernel.copy()
        nudged[place] += STEP
        after[place] -= learning_rate * (loss(nudged) - loss(kernel)) / STEP
    return after


@mistake(
    "layer-cost",
    words="Your multiplications are counted at each pixel of the picture: a window that moves "
    "further finds fewer places.",
)
def layer_cost(height, width, channels, filters, kernel, stride):
    weights = kernel * kernel * channels
    places = -(-height // stride) * -(-width // stride)
    return filters * (weights + 1), height * width * filters * weights, 4 * places * filters


@mistake(
    "layer-cost",
    words="You add the bytes of the picture: those of the output alone are asked for.",
)
def layer_cost(height, width, channels, filters, kernel, stride):
    weights = kernel * kernel * channels
    places = -(-height // stride) * -(-width // stride)
    size = 4 * (places * filters + height * width * channels)
    return filters * (weights + 1), places * filters * weights, size


@mistake(
    "layer-cost",
    words="Your products are taken in a dtype that is too small for them, and wrap around: "
    "Python's own ints have room for any number.",
)
def layer_cost(height, width, channels, filters, kernel, stride):
    weights = np.array(kernel * kernel * channels, np.int32)
    places = np.array(-(-height // stride) * -(-width // stride) * filters, np.int32)
    return filters * (weights + 1), places * weights, 4 * places
