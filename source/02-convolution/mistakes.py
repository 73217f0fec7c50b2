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
ONE_BIAS = "There is a bias for each filter, not one for all of them."
CHANNELS_USED_UP = "The channels of the input are used up: each filter makes one new channel."

# 2.1 five neurons on every pixel
mistake(
    "swept-shape",
    words="You kept the three colours apart: a filter adds its three products up.",
    code="swept_shape = (2, 427, 640, 15)\nswept_parameters = 20",
)
mistake(
    "swept-shape",
    words=CHANNELS_USED_UP,
    code="swept_shape = (2, 427, 640, 3)\nswept_parameters = 20",
)
mistake(
    "swept-shape",
    words="The five filters are not added together: each makes a channel of its own.",
    code="swept_shape = (2, 427, 640, 1)\nswept_parameters = 20",
)
mistake(
    "swept-shape",
    words="The batch axis is missing: both photographs are swept.",
    code="swept_shape = (427, 640, 5)\nswept_parameters = 20",
)
mistake(
    "swept-shape",
    words="Rows and columns are swapped: the height comes first, then the width.",
    code="swept_shape = (2, 640, 427, 5)\nswept_parameters = 20",
)
mistake(
    "swept-shape",
    words="You left the biases out: each filter has one.",
    code="swept_shape = (2, 427, 640, 5)\nswept_parameters = 5 * 3",
)
mistake(
    "swept-shape",
    words=ONE_BIAS,
    code="swept_shape = (2, 427, 640, 5)\nswept_parameters = 5 * 3 + 1",
)
mistake(
    "swept-shape",
    words="A filter has one bias, not one for each colour.",
    code="swept_shape = (2, 427, 640, 5)\nswept_parameters = 5 * (3 + 3)",
)
mistake(
    "swept-shape",
    words="That is one filter's: there are five of them.",
    code="swept_shape = (2, 427, 640, 5)\nswept_parameters = 3 + 1",
)
mistake(
    "swept-shape",
    words="You counted weights for each pixel, but the pixels share them.",
    code="swept_shape = (2, 427, 640, 5)\nswept_parameters = 427 * 640 * 5 * (3 + 1)",
)
mistake(
    "swept-shape",
    says="should be a whole number",
    code="swept_shape = (2, 427, 640, 5)\nswept_parameters = 20.0",
)


# 2.2 one window
@mistake("one-window", words="You multiplied but did not add the products up.")
def respond(image, kernel, row, column):
    height, width = kernel.shape
    return image[row : row + height, column : column + width] * kernel


@mistake(
    "one-window",
    words="Your window is centred on (row, column); its top left corner belongs there.",
)
def respond(image, kernel, row, column):
    height, width = kernel.shape
    top, left = row - height // 2, column - width // 2
    return (image[top : top + height, left : left + width] * kernel).sum()


@mistake("one-window", words="Row and column are swapped: the first index of an array is the row.")
def respond(image, kernel, row, column):
    height, width = kernel.shape
    return (image[column : column + height, row : row + width] * kernel).sum()


@mistake("one-window", words=FLIPPED_KERNEL)
def respond(image, kernel, row, column):
    height, width = kernel.shape
    window = image[row : row + height, column : column + width]
    return (window * kernel[::-1, ::-1]).sum()


@mistake("one-window", words="You added the pixels up without their weights.")
def respond(image, kernel, row, column):
    height, width = kernel.shape
    return image[row : row + height, column : column + width].sum()


@mistake("one-window", words=AVERAGED)
def respond(image, kernel, row, column):
    height, width = kernel.shape
    return (image[row : row + height, column : column + width] * kernel).mean()


# 2.3 the feature map
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


# 2.4 design a detector
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


# 2.5 find the bugs
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


# 2.6 two loaded dice
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


# 2.7 how large is the feature map?
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
    words="The kernel is missing: with 'valid' the window must fit in as a whole.",
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


# 2.8 predict, then run
mistake(
    "predict-shapes",
    words="This is 'valid': with 'same' the kernel's size plays no part.",
    code="shape_a = (2, 33, 58, 8)\nshape_b = (2, 34, 38, 16)\nshape_c = (2, 62, 112, 4)",
)
mistake(
    "predict-shapes",
    words="'same' keeps the size only at stride 1.",
    code="shape_a = (2, 70, 120, 8)\nshape_b = (2, 34, 38, 16)\nshape_c = (2, 62, 112, 4)",
)
mistake(
    "predict-shapes",
    words=CHANNELS_USED_UP,
    code="shape_a = (2, 35, 60, 3)\nshape_b = (2, 34, 38, 16)\nshape_c = (2, 62, 112, 4)",
)
mistake(
    "predict-shapes",
    words="Across and down are mixed up: in each pair the height comes first.",
    code="shape_a = (2, 35, 60, 8)\nshape_b = (2, 22, 59, 16)\nshape_c = (2, 62, 112, 4)",
)
mistake(
    "predict-shapes",
    words=ROUNDS_UP,
    code="shape_a = (2, 35, 60, 8)\nshape_b = (2, 35, 39, 16)\nshape_c = (2, 62, 112, 4)",
)
mistake(
    "predict-shapes",
    words="This is 'same'; without the argument, Keras takes 'valid'.",
    code="shape_a = (2, 35, 60, 8)\nshape_b = (2, 35, 40, 16)\nshape_c = (2, 62, 112, 4)",
)
mistake(
    "predict-shapes",
    words="The dilation is missing: the three weights span more than 3 pixels.",
    code="shape_a = (2, 35, 60, 8)\nshape_b = (2, 34, 38, 16)\nshape_c = (2, 68, 118, 4)",
)
mistake(
    "predict-shapes",
    words="The weights span less: count the gaps between them, not the weights.",
    code="shape_a = (2, 35, 60, 8)\nshape_b = (2, 34, 38, 16)\nshape_c = (2, 59, 109, 4)",
)
mistake(
    "predict-shapes",
    words="You took the dilation for a stride: the window still moves by one.",
    code="shape_a = (2, 35, 60, 8)\nshape_b = (2, 34, 38, 16)\nshape_c = (2, 17, 30, 4)",
)
mistake(
    "predict-shapes",
    says="should be a whole number",
    code="shape_a = (2, 35.0, 60.0, 8)\nshape_b = (2, 34, 38, 16)\nshape_c = (2, 62, 112, 4)",
)


# 2.9 a layer from its formula
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


# 2.10 estimate before you run
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
