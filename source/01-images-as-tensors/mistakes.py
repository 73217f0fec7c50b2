"""Wrong solutions of section 1 that its tests must catch, each with its diagnosis."""

from helpers import loading

import numpy as np

from course.notebook.mistakes import mistake

# 1.1 the shape of a batch
mistake("drone-shape", says="rows and columns are swapped", code="drone_shape = (48, 400, 300, 3)")
mistake(
    "drone-shape",
    says="the shape of a batch names all four",
    code="drone_shape = (300, 400, 3)",
)
mistake(
    "drone-shape",
    says="innermost axis counts the channels",
    code="drone_shape = (48, 3, 300, 400)",
)
mistake("drone-shape", says="the outermost axis of a batch", code="drone_shape = (300, 400, 3, 48)")
mistake("drone-shape", says="round brackets", code="drone_shape = [48, 300, 400, 3]")


# 1.2 cut out a window
@mistake("crop", says="not a length")
def crop(image, top, left, height, width):
    return image[top:height, left:width]


@mistake("crop", says="the corner is swapped")
def crop(image, top, left, height, width):
    return image[left : left + height, top : top + width]


@mistake("crop", says="the sides are swapped")
def crop(image, top, left, height, width):
    return image[top : top + width, left : left + height]


@mistake("crop", says="one row and one column too many")
def crop(image, top, left, height, width):
    return image[top : top + height + 1, left : left + width + 1]


# 1.3 round the clock
mistake("stored", says="which is clipping", code="stored = [255, 255, 0, 255]")
mistake(
    "stored",
    says="your circle has 255 numbers",
    code="stored = [n % 255 for n in (258, 300, -1, 512)]",
)
mistake(
    "stored",
    says="one step behind",
    code="stored = [(n - 1) % 256 for n in (258, 300, -1, 512)]",
)
mistake("stored", says="has no sign", code="stored = [2, 44, -1, 0]")


# 1.4 the black windows
@mistake("brighten", says="wrapped around")
def brighten(image, amount):
    return np.clip(image + np.uint8(amount), 0, 255)


@mistake("brighten", says="below 0 a byte starts again")
def brighten(image, amount):
    return np.minimum(image.astype(int) + amount, 255).astype(np.uint8)


@mistake("brighten", says="come back to uint8")
def brighten(image, amount):
    return np.clip(image.astype(int) + amount, 0, 255)


@mistake("brighten", says="writes into the array")
def brighten(image, amount):
    image[:] = np.clip(image.astype(int) + amount, 0, 255)
    return image


# 1.5 will it fit?
@mistake("memory-bytes", says="added the sides")
def memory(shape, dtype):
    return int(np.sum(shape)) * np.dtype(dtype).itemsize


@mistake("memory-bytes", says="counted bits")
def memory(shape, dtype):
    return int(np.prod(shape)) * np.dtype(dtype).itemsize * 8


@mistake("memory-bytes", says="four bytes for every number")
def memory(shape, dtype):
    return int(np.prod(shape)) * 4


@mistake("memory-bytes", says="not their bytes")
def memory(shape, dtype):
    return int(np.prod(shape))


@mistake("memory-bytes", says="your count is a float")
def memory(shape, dtype):
    return np.prod(shape) * np.dtype(dtype).itemsize  # the product of no numbers is the float 1.0


# 1.6 orange skies
@mistake("rgb-from-bgr", says="turned the rows round")
def rgb_from_bgr(image):
    return image[::-1]


@mistake("rgb-from-bgr", says="mirrored the pictures")
def rgb_from_bgr(image):
    return image[:, :, ::-1]


@mistake("rgb-from-bgr", says="moved on by one")
def rgb_from_bgr(image):
    return np.roll(image, 1, axis=-1)


@mistake("rgb-from-bgr", says="overwritten before it was read")
def rgb_from_bgr(image):
    image = image.copy()
    image[..., 0], image[..., 2] = image[..., 2], image[..., 0]
    return image


# 1.7 grey as the eye sees it
@mistake("luminance", says="the plain mean")
def luminance(image):
    return np.rint(image.mean(axis=-1)).astype(np.uint8)


@mistake("luminance", says="digits after the point are lost")
def luminance(image):
    return (image @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)


@mistake("luminance", says="each other's weight")
def luminance(image):
    return np.rint(image @ np.array([0.114, 0.587, 0.299])).astype(np.uint8)


@mistake("luminance", says="needs whole numbers")
def luminance(image):
    return image @ np.array([0.299, 0.587, 0.114])


@mistake("luminance", says="the channel axis is still there")
def luminance(image):
    grey = image @ np.array([[0.299], [0.587], [0.114]])
    return np.rint(grey).astype(np.uint8)


# 1.8 ready for the network
@mistake("to-batch", says="255 times too large")
def to_batch(images, height, width):
    return np.stack([loading.crop_centre(a, height, width) for a in images]).astype(np.float32)


@mistake("to-batch", says="twice the room")
def to_batch(images, height, width):
    return np.stack([loading.crop_centre(a, height, width) for a in images]) / 255


@mistake("to-batch", says="the top left corner")
def to_batch(images, height, width):
    return np.stack([a[:height, :width] for a in images]).astype(np.float32) / 255


@mistake("to-batch", says="stacked along the last axis")
def to_batch(images, height, width):
    cropped = [loading.crop_centre(a, height, width) for a in images]
    return np.stack(cropped, axis=-1).astype(np.float32) / 255


@mistake("to-batch", says="glued together")
def to_batch(images, height, width):
    cropped = [loading.crop_centre(a, height, width) for a in images]
    return np.concatenate(cropped).astype(np.float32) / 255


@mistake("to-batch", says="these are whole numbers")
def to_batch(images, height, width):
    return np.stack([loading.crop_centre(a, height, width) // 255 for a in images])


@mistake("to-batch", says="the larger half")
def to_batch(images, height, width):
    tops = [-(-(a.shape[0] - height) // 2) for a in images]
    lefts = [-(-(a.shape[1] - width) // 2) for a in images]
    cropped = [a[t : t + height, x : x + width] for a, t, x in zip(images, tops, lefts)]
    return np.stack(cropped).astype(np.float32) / 255


# 1.9 where do the neighbours go?
@mistake("flat-index", says="the length of a column")
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return (row * height + column) * channels + channel


@mistake("flat-index", says="you counted pixels")
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return row * width + column + channel


@mistake("flat-index", says="fortran's order")
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return row + height * (column + width * channel)


@mistake("flat-index", says="whole planes one behind the other")
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return channel * height * width + row * width + column


@mistake("flat-index", says="one too many")
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return (row * width + column) * channels + channel + 1


# 1.10 has this picture been used before?
@mistake("same-picture", says="compare the pattern")
def same_picture(a, b):
    return np.array_equal(a, b)


@mistake("same-picture", says="two different scenes")
def same_picture(a, b):
    return a.shape == b.shape


@mistake("same-picture", says="in fog")
def same_picture(a, b):
    return bool(np.abs(a.astype(int) - b).mean() < 50)


@mistake("same-picture", says="means and counts miss")
def same_picture(a, b):
    grey_a, grey_b = np.sort(a.mean(axis=-1).ravel()), np.sort(b.mean(axis=-1).ravel())
    return bool(np.corrcoef(grey_a, grey_b)[0, 1] > 0.98)


@mistake("same-picture", says="compare the pattern")
def same_picture(a, b):
    return bool((a - b).mean() < 30)  # bytes, so the difference wraps around
