"""Wrong solutions of section 1, each with the words that tell whoever makes it what went wrong."""

from helpers import loading

import numpy as np

from course.notebook.mistakes import mistake

# 1.1 the shape of a batch
mistake(
    "drone-shape",
    words="Rows and columns are swapped: the height comes first, then the width.",
    code="drone_shape = (48, 400, 300, 3)",
)
mistake(
    "drone-shape",
    words="Pictures, rows, columns, channels: the shape of a batch names all four.",
    code="drone_shape = (300, 400, 3)",
)
mistake(
    "drone-shape",
    words="Each pixel keeps its numbers together, so the innermost axis counts the channels.",
    code="drone_shape = (48, 3, 300, 400)",
)
mistake(
    "drone-shape",
    words="The outermost axis of a batch counts its pictures.",
    code="drone_shape = (300, 400, 3, 48)",
)
mistake(
    "drone-shape",
    words="A shape is a tuple: write it in round brackets.",
    code="drone_shape = [48, 300, 400, 3]",
)


# 1.2 cut out a window
@mistake(
    "crop",
    words=(
        "Your slice stops at the number `height` or `width` itself. A stop is a position in the "
        "picture, not a length."
    ),
)
def crop(image, top, left, height, width):
    return image[top:height, left:width]


@mistake("crop", words="The corner is swapped: `top` is a row, and rows are the first axis.")
def crop(image, top, left, height, width):
    return image[left : left + height, top : top + width]


@mistake("crop", words="The sides are swapped: the height counts rows.")
def crop(image, top, left, height, width):
    return image[top : top + width, left : left + height]


@mistake("crop", words="One row and one column too many: the stop of a slice is left out already.")
def crop(image, top, left, height, width):
    return image[top : top + height + 1, left : left + width + 1]


@mistake(
    "crop",
    words="Rows and columns are swapped: the first axis is the height, the second the width.",
)
def crop(image, top, left, height, width):
    return image[left : left + width, top : top + height]


# 1.3 round the clock
mistake(
    "stored",
    words=(
        "You stopped at the ends, which is clipping. `astype` does not clip: it goes on round the "
        "circle."
    ),
    code="stored = [255, 255, 0, 255]",
)
mistake(
    "stored",
    words="Your circle has 255 numbers. Zero is one of them too: count again.",
    code="stored = [n % 255 for n in (258, 300, -1, 512)]",
)
mistake(
    "stored",
    words="You are one step behind: 256 itself falls on 0, as in the example.",
    code="stored = [(n - 1) % 256 for n in (258, 300, -1, 512)]",
)
mistake(
    "stored",
    words="uint8 has no sign, so −1 cannot be stored: one step back from 0 is …?",
    code="stored = [2, 44, -1, 0]",
)


# 1.4 the black windows
WRAPPED = (
    "uint8 wrapped around: it holds 0 to 255, and above that it starts again at 0. Calculate in a "
    "wider dtype, and stop at 255 before you come back to uint8."
)


@mistake("brighten", words=WRAPPED)
def brighten(image, amount):
    return np.clip(image + np.uint8(amount), 0, 255)


@mistake(
    "brighten",
    words="Your result stops at 255 but not at 0: below 0 a byte starts again from the top.",
)
def brighten(image, amount):
    return np.minimum(image.astype(int) + amount, 255).astype(np.uint8)


@mistake("brighten", words=WRAPPED)
def brighten(image, amount):
    return np.maximum(image.astype(int) + amount, 0).astype(np.uint8)


@mistake("brighten", words="You calculate in a wide dtype, and forget to come back to uint8.")
def brighten(image, amount):
    return np.clip(image.astype(int) + amount, 0, 255)


@mistake("brighten", words="You calculate in floats, and forget to come back to uint8.")
def brighten(image, amount):
    return np.clip(image.astype(float) + amount, 0, 255)


@mistake("brighten", words="You calculate in floats, and forget to come back to uint8.")
def brighten(image, amount):
    return np.clip(image.astype(np.float32) + amount, 0, 255)


@mistake("brighten", says="writes into the array")
def brighten(image, amount):
    image[:] = np.clip(image.astype(int) + amount, 0, 255)
    return image


# 1.5 will it fit?
@mistake(
    "memory-bytes",
    words="You added the sides. A picture is a grid: its numbers are counted by multiplying.",
)
def memory(shape, dtype):
    return int(np.sum(shape)) * np.dtype(dtype).itemsize


@mistake("memory-bytes", words="You counted bits: eight of them are one byte.")
def memory(shape, dtype):
    return int(np.prod(shape)) * np.dtype(dtype).itemsize * 8


@mistake(
    "memory-bytes",
    words="You took four bytes for every number. That is float32; the dtype decides.",
)
def memory(shape, dtype):
    return int(np.prod(shape)) * 4


@mistake(
    "memory-bytes",
    words="You counted the numbers, not their bytes: one number of this dtype takes several.",
)
def memory(shape, dtype):
    return int(np.prod(shape))


@mistake(
    "memory-bytes",
    words=(
        "Your count is a float, and bytes come whole. (To NumPy the product of no numbers is the "
        "float 1.0.)"
    ),
)
def memory(shape, dtype):
    return np.prod(shape) * np.dtype(dtype).itemsize  # the product of no numbers is the float 1.0


# 1.6 orange skies
@mistake(
    "rgb-from-bgr", words="You turned the rows round: a slice without `...` acts on the first axis."
)
def rgb_from_bgr(image):
    return image[::-1]


@mistake(
    "rgb-from-bgr",
    words=(
        "In a batch, the third axis counts columns: you mirrored the pictures. The channels are "
        "the last axis."
    ),
)
def rgb_from_bgr(image):
    return image[:, :, ::-1]


@mistake("rgb-from-bgr", words="Every channel moved on by one. Green should stay in the middle.")
def rgb_from_bgr(image):
    return np.roll(image, 1, axis=-1)


@mistake(
    "rgb-from-bgr", words="Red was overwritten before it was read: a slice is a window, not a copy."
)
def rgb_from_bgr(image):
    image = image.copy()
    image[..., 0], image[..., 2] = image[..., 2], image[..., 0]
    return image


# 1.7 grey as the eye sees it
@mistake("luminance", words="That is the plain mean: all three lights weigh the same.")
def luminance(image):
    return np.rint(image.mean(axis=-1)).astype(np.uint8)


CUT_DECIMALS = (
    "The digits after the point are lost: a whole-number dtype cuts them off, so round before you "
    "change to it."
)


@mistake("luminance", words=CUT_DECIMALS)
def luminance(image):
    return (image @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)


@mistake("luminance", words=CUT_DECIMALS)
def luminance(image):
    red, green, blue = np.moveaxis(image, -1, 0)
    return (0.299 * red + 0.587 * green + 0.114 * blue).astype(np.uint8)


@mistake("luminance", words="Red and blue have each other's weight.")
def luminance(image):
    return np.rint(image @ np.array([0.114, 0.587, 0.299])).astype(np.uint8)


FLOATS = "Your values are floats: a stored picture needs whole numbers from 0 to 255, as uint8."


@mistake("luminance", words=FLOATS)
def luminance(image):
    return image @ np.array([0.299, 0.587, 0.114])


@mistake("luminance", words=FLOATS)
def luminance(image):
    return np.rint(image @ np.array([0.299, 0.587, 0.114]))


@mistake("luminance", words="The channel axis is still there, with length 1.")
def luminance(image):
    grey = image @ np.array([[0.299], [0.587], [0.114]])
    return np.rint(grey).astype(np.uint8)


# 1.8 ready for the network
@mistake("to-batch", words="The values are 255 times too large: scale to the range 0 to 1.")
def to_batch(images, height, width):
    return np.stack([loading.crop_centre(a, height, width) for a in images]).astype(np.float32)


@mistake(
    "to-batch",
    words="float64 takes twice the room that a network needs: the dtype should be float32.",
)
def to_batch(images, height, width):
    return np.stack([loading.crop_centre(a, height, width) for a in images]) / 255


@mistake("to-batch", words="That is the top left corner, not the centre.")
def to_batch(images, height, width):
    return np.stack([a[:height, :width] for a in images]).astype(np.float32) / 255


@mistake(
    "to-batch",
    words="The pictures are stacked along the last axis: a batch counts its pictures first.",
)
def to_batch(images, height, width):
    cropped = [loading.crop_centre(a, height, width) for a in images]
    return np.stack(cropped, axis=-1).astype(np.float32) / 255


@mistake(
    "to-batch",
    words="The pictures are glued together, not stacked: a batch has an axis of its own.",
)
def to_batch(images, height, width):
    cropped = [loading.crop_centre(a, height, width) for a in images]
    return np.concatenate(cropped).astype(np.float32) / 255


@mistake("to-batch", words="These are whole numbers: a network calculates with floats from 0 to 1.")
def to_batch(images, height, width):
    return np.stack([loading.crop_centre(a, height, width) // 255 for a in images])


@mistake("to-batch", words="These are whole numbers: a network calculates with floats from 0 to 1.")
def to_batch(images, height, width):
    return np.stack([loading.crop_centre(a, height, width) for a in images])


@mistake("to-batch", words="Of the odd margin, the larger half is above.")
def to_batch(images, height, width):
    tops = [-(-(a.shape[0] - height) // 2) for a in images]
    lefts = [-(-(a.shape[1] - width) // 2) for a in images]
    cropped = [a[t : t + height, x : x + width] for a, t, x in zip(images, tops, lefts)]
    return np.stack(cropped).astype(np.float32) / 255


# 1.9 where do the neighbours go?
@mistake(
    "flat-index", words="Your rows have the length of a column: how many pixels lie *side by side*?"
)
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return (row * height + column) * channels + channel


@mistake(
    "flat-index", words="You counted pixels. Each of them holds several numbers, one a channel."
)
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return row * width + column + channel


@mistake(
    "flat-index",
    words="You let the first axis run fastest. That is Fortran's order; NumPy reads like a text.",
)
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return row + height * (column + width * channel)


@mistake(
    "flat-index",
    words="You laid whole planes one behind the other: the channels of a pixel stay together.",
)
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return channel * height * width + row * width + column


@mistake(
    "flat-index", words="That is one too many: positions count from 0, as rows and columns do."
)
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return (row * width + column) * channels + channel + 1


# 1.10 has this picture been used before?
ALTERED = (
    "An altered copy is taken for a new picture: compare the pattern, not the values, and leave "
    "room for noise and for values that stop at 255."
)
FOG = (
    "Two scenes in fog are taken for one: little differs there, so compare with how much a scene "
    "varies, and ask for much agreement."
)


@mistake("same-picture", words=ALTERED)
def same_picture(a, b):
    return np.array_equal(a, b)


@mistake("same-picture", words=ALTERED)
def same_picture(a, b):
    return bool((a - b).mean() < 30)  # bytes, so the difference wraps around


@mistake("same-picture", words="Two different scenes are called the same.")
def same_picture(a, b):
    return a.shape == b.shape


@mistake("same-picture", words=FOG)
def same_picture(a, b):
    return bool(np.abs(a.astype(int) - b).mean() < 50)


@mistake("same-picture", words="Means and counts miss where a pixel is.")
def same_picture(a, b):
    grey_a, grey_b = np.sort(a.mean(axis=-1).ravel()), np.sort(b.mean(axis=-1).ravel())
    return bool(np.corrcoef(grey_a, grey_b)[0, 1] > 0.98)


@mistake("same-picture", words=FOG)
def same_picture(a, b):
    a, b = a.astype(float), b.astype(float)
    return bool(np.abs((a - a.mean()) - (b - b.mean())).mean() < 12)


@mistake("same-picture", words=FOG)
def same_picture(a, b):
    return bool(np.corrcoef(a.ravel(), b.ravel())[0, 1] > 0.1)


# --- more of each -----------------------------------------------------------------------------

mistake(
    "drone-shape",
    words="A colour picture has three channels: red, green and blue.",
    code="drone_shape = (48, 300, 400, 1)",
)
mistake(
    "drone-shape",
    words="This is how many numbers there are: a shape names the length of each axis.",
    code="drone_shape = 48 * 300 * 400 * 3",
)


@mistake("crop", words="You begin one row and one column too early: both are counted from 0.")
def crop(image, top, left, height, width):
    return image[top - 1 : top + height - 1, left - 1 : left + width - 1]


@mistake("crop", words="Your columns begin at `top`, as the rows do: they begin at `left`.")
def crop(image, top, left, height, width):
    return image[top : top + height, top : top + width]


mistake(
    "stored",
    words=(
        "A negative number loses more than its sign: one step before 0 on the circle stands the "
        "largest number."
    ),
    code="stored = [2, 44, 1, 0]",
)
mistake(
    "stored",
    words="Twice round the circle ends where it began, at the same place as once round.",
    code="stored = [2, 44, 255, 255]",
)
mistake(
    "stored",
    words="These are the numbers before they are stored: a byte has room for 0 to 255 only.",
    code="stored = [258, 300, -1, 512]",
)

BELOW_ZERO = (
    "What falls below 0 becomes 255 in your result: it should stay at 0. (A dtype without a sign "
    "has no room below 0, and wraps around to a large number there.)"
)


@mistake("brighten", words=BELOW_ZERO)
def brighten(image, amount):
    wide = image.astype(int) + amount
    wide[(wide < 0) | (wide > 255)] = 255
    return wide.astype(np.uint8)


@mistake("brighten", words="Your result stops one step too early: a byte holds 255, too.")
def brighten(image, amount):
    return np.clip(image.astype(int) + amount, 0, 254).astype(np.uint8)


@mistake(
    "memory-bytes",
    words="You know some dtypes only, and took four bytes for the rest: ask each for its itemsize.",
)
def memory(shape, dtype):
    return int(np.prod(shape)) * (1 if dtype == "uint8" else 4)


@mistake(
    "memory-bytes",
    words="An array without axes holds one number, not none: the product of no numbers is 1.",
)
def memory(shape, dtype):
    return int(np.prod(shape)) * np.dtype(dtype).itemsize if shape else 0


@mistake(
    "memory-bytes",
    words="You count three axes: a shape may have more, or fewer, so multiply all that it has.",
)
def memory(shape, dtype):
    height, width, channels = (*shape, 1, 1, 1)[:3]
    return height * width * channels * np.dtype(dtype).itemsize


@mistake(
    "rgb-from-bgr",
    words="Your channels come first: they stay the last axis, and only their order changes.",
)
def rgb_from_bgr(image):
    return np.stack([image[..., 2], image[..., 1], image[..., 0]])


@mistake(
    "rgb-from-bgr",
    words="You swapped green and blue: red and blue change places, green stays in the middle.",
)
def rgb_from_bgr(image):
    return image[..., [0, 2, 1]]


@mistake("luminance", words="You round each channel's part: add first, and round the sum once.")
def luminance(image):
    parts = np.rint(image * np.array([0.299, 0.587, 0.114]))
    return parts.sum(axis=-1).astype(np.uint8)


@mistake("luminance", words="You round up: the nearest whole number may lie below.")
def luminance(image):
    return np.ceil(image @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)


@mistake(
    "luminance",
    words="In a batch the third axis counts columns: the channels are the last axis, `[..., k]`.",
)
def luminance(image):
    red, green, blue = image[:, :, 0], image[:, :, 1], image[:, :, 2]
    return np.rint(0.299 * red + 0.587 * green + 0.114 * blue).astype(np.uint8)


@mistake(
    "to-batch", words="You divide by 256: the largest value of a byte is 255, and should become 1."
)
def to_batch(images, height, width):
    cropped = [loading.crop_centre(a, height, width) for a in images]
    return np.stack(cropped).astype(np.float32) / 256


@mistake("to-batch", words="Height and width are swapped: the height comes first.")
def to_batch(images, height, width):
    cropped = [loading.crop_centre(a, width, height) for a in images]
    return np.stack(cropped).astype(np.float32) / 255


@mistake(
    "to-batch",
    words=(
        "You divide by the largest value that you find: then a dark picture comes out as bright as "
        "any other. The largest value that a byte can hold serves for all."
    ),
)
def to_batch(images, height, width):
    cropped = [loading.crop_centre(a, height, width) for a in images]
    return np.stack([a.astype(np.float32) / a.max() for a in cropped])


@mistake(
    "to-batch",
    words="Each picture of your batch is the first one: is there a `return` inside the loop?",
)
def to_batch(images, height, width):
    first = loading.crop_centre(images[0], height, width)
    return np.stack([first] * len(images)).astype(np.float32) / 255


@mistake(
    "flat-index",
    words="Row and column have changed places: complete rows come before yours, so the row weighs "
    "most.",
)
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return (column * width + row) * channels + channel


@mistake(
    "flat-index", words="You count with three channels always: `shape` says how many there are."
)
def flat_index(row, column, channel, shape):
    return (row * shape[1] + column) * 3 + channel


@mistake(
    "flat-index",
    words="The channels are missing in your rows: a row holds width × channels numbers.",
)
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return row * width + column * channels + channel
