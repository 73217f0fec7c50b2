"""Wrong solutions of section 02, each with the words that its diagnosis must contain."""

import numpy as np

from course.notebook.mistakes import mistake

mistake(
    "swept-shape",
    says="kept the three colours apart",
    code="""
    swept_shape = (2, 427, 640, 15)
    swept_parameters = 20
    """,
)
mistake(
    "swept-shape",
    says="channels of the input are used up",
    code="""
    swept_shape = (2, 427, 640, 3)
    swept_parameters = 20
    """,
)
mistake(
    "swept-shape",
    says="rows and columns are swapped",
    code="""
    swept_shape = (2, 640, 427, 5)
    swept_parameters = 20
    """,
)
mistake(
    "swept-shape",
    says="left the biases out",
    code="""
    swept_shape = (2, 427, 640, 5)
    swept_parameters = 5 * 3
    """,
)
mistake(
    "swept-shape",
    says="a bias for each filter, not one for all",
    code="""
    swept_shape = (2, 427, 640, 5)
    swept_parameters = 5 * 3 + 1
    """,
)
mistake(
    "swept-shape",
    says="the pixels share them",
    code="""
    swept_shape = (2, 427, 640, 5)
    swept_parameters = 427 * 640 * 5 * (3 + 1)
    """,
)


@mistake("one-window", says="did not add the products up")
def respond(image, kernel, row, column):
    height, width = kernel.shape
    return image[row : row + height, column : column + width] * kernel


@mistake("one-window", says="centred on (row, column)")
def respond(image, kernel, row, column):
    height, width = kernel.shape
    top, left = row - height // 2, column - width // 2
    return (image[top : top + height, left : left + width] * kernel).sum()


@mistake("one-window", says="row and column are swapped")
def respond(image, kernel, row, column):
    height, width = kernel.shape
    return (image[column : column + height, row : row + width] * kernel).sum()


@mistake("one-window", says="flipped the kernel")
def respond(image, kernel, row, column):
    height, width = kernel.shape
    window = image[row : row + height, column : column + width]
    return (window * kernel[::-1, ::-1]).sum()


@mistake("one-window", says="without their weights")
def respond(image, kernel, row, column):
    height, width = kernel.shape
    return image[row : row + height, column : column + width].sum()


@mistake("feature-map", says="flipped the kernel")
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


@mistake("feature-map", says="last row and the last column of places are missing")
def feature_map(image, kernel):
    kh, kw = kernel.shape
    rows, columns = image.shape[0] - kh, image.shape[1] - kw
    return np.array(
        [
            [(image[r : r + kh, c : c + kw] * kernel).sum() for c in range(columns)]
            for r in range(rows)
        ]
    )


@mistake("feature-map", says="digits after the point are lost")
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1), int)
    for r in range(output.shape[0]):
        for c in range(output.shape[1]):
            output[r, c] = (image[r : r + kh, c : c + kw] * kernel).sum()
    return output


@mistake("feature-map", says="you averaged")
def feature_map(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for r in range(output.shape[0]):
        for c in range(output.shape[1]):
            output[r, c] = (image[r : r + kh, c : c + kw] * kernel).mean()
    return output


@mistake("feature-map", says="'valid' never does")
def feature_map(image, kernel):
    from scipy.signal import correlate2d

    return correlate2d(image, kernel, mode="same")


mistake(
    "diagonal-detector",
    says="do not add up to zero",
    code="diagonal_kernel = np.eye(3)",
)
mistake(
    "diagonal-detector",
    says="does not look like a scratch",
    code="diagonal_kernel = np.array([[-1, -1, 2], [-1, 2, -1], [2, -1, -1]])",
)
mistake(
    "diagonal-detector",
    says="as much to the rising line",
    code="diagonal_kernel = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])",
)
mistake(
    "diagonal-detector",
    says="a vertical or a horizontal line is taken for a scratch",
    code="diagonal_kernel = np.array([[1, 0, -3], [0, 4, 0], [-3, 0, 1]])",
)
mistake(
    "diagonal-detector",
    says="three rows of three",
    code="diagonal_kernel = np.array([2, -1, -1, -1, 2, -1, -1, -1, 2])",
)


@mistake("edge-bugs", says="may cancel")
def edges(gx, gy):
    return np.abs(gx + gy), np.degrees(np.arctan2(gy, gx))


@mistake("edge-bugs", says="way round the corner")
def edges(gx, gy):
    return np.abs(gx) + np.abs(gy), np.degrees(np.arctan2(gy, gx))


@mistake("edge-bugs", says="loses the signs")
def edges(gx, gy):
    return np.hypot(gx, gy), np.degrees(np.arctan(gy / gx))


@mistake("edge-bugs", says="wrong order")
def edges(gx, gy):
    return np.hypot(gx, gy), np.degrees(np.arctan2(gx, gy))


@mistake("edge-bugs", says="in radians")
def edges(gx, gy):
    return np.hypot(gx, gy), np.arctan2(gy, gx)


@mistake("edge-bugs", says="the square root is missing")
def edges(gx, gy):
    return gx**2 + gy**2, np.degrees(np.arctan2(gy, gx))


@mistake("two-dice", says="overwrite earlier ones")
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q) - 1)
    for i in range(len(p)):
        for j in range(len(q)):
            total[i + j] = p[i] * q[j]
    return total


@mistake("two-dice", says="without the flip")
def sum_of_dice(p, q):
    return np.correlate(p, q, mode="full")


@mistake("two-dice", says="a sum that cannot happen")
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q))
    for i in range(len(p)):
        for j in range(len(q)):
            total[i + j] += p[i] * q[j]
    return total


@mistake("two-dice", says="probabilities are multiplied")
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q) - 1)
    for i in range(len(p)):
        for j in range(len(q)):
            total[i + j] += p[i] + q[j]
    return total


@mistake("output-size", says="rounds up")
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return -(-size // stride)
    return -(-(size - kernel) // stride) + 1


@mistake("output-size", says="one too few")
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return -(-size // stride)
    return (size - kernel) // stride


@mistake("output-size", says="padding added once")
def output_size(size, kernel, stride, padding):
    added = (kernel - 1) // 2 if padding == "same" else 0
    return (size + added - kernel) // stride + 1


@mistake("output-size", says="this rounds down")
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return size // stride
    return (size - kernel) // stride + 1


@mistake("output-size", says="the stride is missing")
def output_size(size, kernel, stride, padding):
    if padding == "same":
        return -(-size // stride)
    return size - kernel + 1


@mistake("output-size", says="keeps the size only at stride 1")
def output_size(size, kernel, stride, padding):
    return size if padding == "same" else (size - kernel) // stride + 1


@mistake("output-size", says="'same' does not mean 'valid'")
def output_size(size, kernel, stride, padding):
    return (size - kernel) // stride + 1


mistake(
    "predict-shapes",
    says="the kernel's size plays no part",
    code="""
    shape_a = (2, 33, 58, 8)
    shape_b = (2, 34, 38, 16)
    shape_c = (2, 62, 112, 4)
    """,
)
mistake(
    "predict-shapes",
    says="across and down are mixed up",
    code="""
    shape_a = (2, 35, 60, 8)
    shape_b = (2, 22, 59, 16)
    shape_c = (2, 62, 112, 4)
    """,
)
mistake(
    "predict-shapes",
    says="rounds up",
    code="""
    shape_a = (2, 35, 60, 8)
    shape_b = (2, 35, 39, 16)
    shape_c = (2, 62, 112, 4)
    """,
)
mistake(
    "predict-shapes",
    says="the dilation is missing",
    code="""
    shape_a = (2, 35, 60, 8)
    shape_b = (2, 34, 38, 16)
    shape_c = (2, 68, 118, 4)
    """,
)
mistake(
    "predict-shapes",
    says="count the gaps",
    code="""
    shape_a = (2, 35, 60, 8)
    shape_b = (2, 34, 38, 16)
    shape_c = (2, 59, 109, 4)
    """,
)


@mistake("conv-layer", says="bias is missing")
def conv_layer(image, kernel, bias, strides):
    kh, kw, _, filters = kernel.shape
    rows = (image.shape[0] - kh) // strides[0] + 1
    columns = (image.shape[1] - kw) // strides[1] + 1
    output = np.zeros((rows, columns, filters))
    for i, j, k in np.ndindex(*output.shape):
        top, left = i * strides[0], j * strides[1]
        output[i, j, k] = (image[top : top + kh, left : left + kw] * kernel[..., k]).sum()
    return output


@mistake("conv-layer", says="only the first channel is used")
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


@mistake("conv-layer", says="flipped the kernel")
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


@mistake("conv-layer", says="the strides are swapped")
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


@mistake("conv-layer", says="moves by one pixel")
def conv_layer(image, kernel, bias, strides):
    kh, kw, _, filters = kernel.shape
    rows = (image.shape[0] - kh) // strides[0] + 1
    columns = (image.shape[1] - kw) // strides[1] + 1
    output = np.zeros((rows, columns, filters))
    for i, j, k in np.ndindex(*output.shape):
        window = image[i : i + kh, j : j + kw]
        output[i, j, k] = bias[k] + (window * kernel[..., k]).sum()
    return output


@mistake("conv-layer", says="once for each input channel")
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


@mistake("layer-cost", says="the biases are missing")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * weights, places * filters * weights, 4 * places * filters


@mistake("layer-cost", says="reaches through all channels")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * kernel * kernel, 4 * places * filters


@mistake("layer-cost", says="asked for in bytes")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, places * filters


@mistake("layer-cost", says="the stride is ignored")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = height * width
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake("layer-cost", says="rounded down")
def layer_cost(height, width, channels, filters, kernel, stride):
    places = (height // stride) * (width // stride)
    weights = kernel * kernel * channels
    return filters * (weights + 1), places * filters * weights, 4 * places * filters


@mistake("feature-map", says="digits after the point")
def feature_map(image, kernel):
    rows = image.shape[0] - kernel.shape[0] + 1
    columns = image.shape[1] - kernel.shape[1] + 1
    output = np.zeros((rows, columns), image.dtype)  # whole pixels, broken weights
    for row, column in np.ndindex(rows, columns):
        window = image[row : row + kernel.shape[0], column : column + kernel.shape[1]]
        output[row, column] = (window * kernel).sum()
    return output


@mistake("feature-map", says="digits after the point")
def feature_map(image, kernel):
    rows = image.shape[0] - kernel.shape[0] + 1
    columns = image.shape[1] - kernel.shape[1] + 1
    output = np.zeros((rows, columns), kernel.dtype)  # broken pixels, whole weights
    for row, column in np.ndindex(rows, columns):
        window = image[row : row + kernel.shape[0], column : column + kernel.shape[1]]
        output[row, column] = (window * kernel).sum()
    return output


mistake(
    "swept-shape",
    says="should be a whole number",
    code="swept_shape = (2, 427, 640, 5)\nswept_parameters = 20.0",
)
mistake(
    "predict-shapes",
    says="should be a whole number",
    code="""
    shape_a = (2, 35.0, 60.0, 8)
    shape_b = (2, 34, 38, 16)
    shape_c = (2, 62, 112, 4)
    """,
)
