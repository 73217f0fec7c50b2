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
    words="You are one step behind: 256 itself falls on 0, as in the example.",
    code="stored = [1, 43, 255, 255]",
)
mistake(
    "stored",
    words="You are one step ahead: 256 itself falls on 0, as in the example.",
    code="stored = [3, 45, 255, 1]",
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
    "room for noise and for values that stop at 0 and at 255."
)
DIFFERENCE_WRAPS = (
    "Your difference is taken in bytes: wherever the second picture is the brighter one it falls "
    "below 0, and wraps around. Change to a wider dtype first."
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


@mistake("same-picture", words=DIFFERENCE_WRAPS)
def same_picture(a, b):
    return bool(np.abs(a - b).mean() <= 41)


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
    grey_a, grey_b = a.mean(axis=-1), b.mean(axis=-1)
    return bool(np.corrcoef(grey_a.ravel(), grey_b.ravel())[0, 1] > 0.1)


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


mistake(
    "drone-shape",
    words="Rows and columns are two axes: a picture keeps its grid in the shape.",
    code="drone_shape = (48, 120_000, 3)",
)
mistake(
    "drone-shape",
    words="The shape stands in reverse order: pictures, rows, columns, channels.",
    code="drone_shape = (3, 400, 300, 48)",
)


@mistake(
    "crop",
    words="One row and one column too few: the stop of a slice is left out already, so take "
    "nothing away from it.",
)
def crop(image, top, left, height, width):
    return image[top : top + height - 1, left : left + width - 1]


NO_STOP = "Rows and columns need a stop each: one of them runs on to the border of the picture."


@mistake("crop", words=NO_STOP)
def crop(image, top, left, height, width):
    return image[top : top + height, left:]


@mistake("crop", words=NO_STOP)
def crop(image, top, left, height, width):
    return image[top:, left : left + width]


@mistake("crop", words="Your window is a square: its height and its width are two numbers.")
def crop(image, top, left, height, width):
    return image[top : top + height, left : left + height]


@mistake("crop", words="Your window is a square: its height and its width are two numbers.")
def crop(image, top, left, height, width):
    return image[top : top + width, left : left + width]


@mistake("crop", words="Your rows begin at `left`, as the columns do: they begin at `top`.")
def crop(image, top, left, height, width):
    return image[left : left + height, left : left + width]


@mistake(
    "crop",
    words="You count the stops from the far end: where the window touches the border that is −0, "
    "which is the beginning. Count from the top and from the left.",
)
def crop(image, top, left, height, width):
    rows, columns = image.shape[:2]
    return image[top : -(rows - top - height), left : -(columns - left - width)]


@mistake(
    "crop",
    words="Your window never reaches the last row and column: a stop is left out already, so it "
    "may lie one behind them.",
)
def crop(image, top, left, height, width):
    bottom, right = min(top + height, len(image) - 1), min(left + width, image.shape[1] - 1)
    return image[top:bottom, left:right]


@mistake(
    "crop",
    words="Your window always has three channels: a grey picture (H, W) has no such axis.",
)
def crop(image, top, left, height, width):
    window = np.zeros((height, width, 3), image.dtype)
    for row, column in np.ndindex(height, width):
        window[row, column] = image[top + row, left + column]
    return window


@mistake(
    "crop",
    words="Of a picture with channels you keep one: all of them belong to the window.",
)
def crop(image, top, left, height, width):
    grey = image[:, :, 0] if image.ndim == 3 else image
    return grey[top : top + height, left : left + width]


@mistake(
    "crop",
    words="Your container has no room for channels: a picture may be (H, W, C), too.",
)
def crop(image, top, left, height, width):
    window = np.zeros((height, width), image.dtype)
    for row, column in np.ndindex(height, width):
        window[row, column] = image[top + row, left + column]
    return window


mistake(
    "stored",
    words="One step before 0 on the circle stands the last number, the largest of all.",
    code="stored = [2, 44, 254, 0]",
)
mistake(
    "stored",
    words="Below 0 you stopped, which is clipping: `astype` goes on round the circle, backwards.",
    code="stored = [2, 44, 0, 0]",
)
mistake(
    "stored",
    words="256 is no number of a byte: go on round the circle until you land on one.",
    code="stored = [2, 44, 255, 256]",
)

SIGNED_BYTE = (
    "int8 is no wider dtype: it is a byte as well, from −128 to 127, and brighter values wrap "
    "around in it."
)


@mistake("brighten", words=SIGNED_BYTE)
def brighten(image, amount):
    return np.clip(image.astype(np.int8) + np.int16(amount), 0, 255).astype(np.uint8)


@mistake("brighten", words=SIGNED_BYTE)
def brighten(image, amount):
    return np.maximum(image.astype(np.int8) + np.int8(amount), 0).astype(np.uint8)


NO_ROOM_FOR_AMOUNT = (
    "Your amount is put into a dtype without room for it: it may be any int from −255 to 255."
)


@mistake("brighten", words=NO_ROOM_FOR_AMOUNT)
def brighten(image, amount):
    return np.clip(image.astype(np.int16) + np.int8(amount), 0, 255).astype(np.uint8)


NO_SIGN = (
    "The amount meets a dtype without a sign, which has no room for a number below 0: it may be "
    "any int from −255 to 255."
)


@mistake("brighten", words=NO_SIGN)
def brighten(image, amount):
    return np.clip(image.astype(np.int16) + np.uint8(amount), 0, 255).astype(np.uint8)


@mistake(
    "brighten",
    words="You set one limit for the whole picture: each value stops at the end by itself.",
)
def brighten(image, amount):
    wide = image.astype(int)
    held = min(amount, 255 - wide.max()) if amount > 0 else max(amount, -wide.min())
    return (wide + held).astype(np.uint8)


MULTIPLIED = "You multiply, so that bright values change more: the amount is added to each value."


@mistake("brighten", words=MULTIPLIED, each={"WHOLE": (255, 100, 256)})
def brighten(image, amount):
    return np.clip(image * (1 + amount / WHOLE), 0, 255).astype(np.uint8)


@mistake("brighten", words=MULTIPLIED, each={"WHOLE": (255, 100, 256)})
def brighten(image, amount):
    return np.clip(np.rint(image * (1 + amount / WHOLE)), 0, 255).astype(np.uint8)


STRETCHED = "You stretch the values over the whole range: each moves by the same amount, and stops."


@mistake("brighten", words=STRETCHED)
def brighten(image, amount):
    wide = image.astype(float) + amount
    low, high = min(wide.min(), 0), max(wide.max(), 255)
    return np.rint((wide - low) / (high - low) * 255).astype(np.uint8)


@mistake("brighten", words=STRETCHED)
def brighten(image, amount):
    wide = image.astype(float) + amount
    return ((wide - wide.min()) / (wide.max() - wide.min()) * 255).astype(np.uint8)


LOOPS_OVER_TWO_AXES = (
    "Your loops are made for two axes: `image` may have any number, so calculate with the whole "
    "array at once."
)


@mistake("brighten", words=LOOPS_OVER_TWO_AXES)
def brighten(image, amount):
    rows, columns = image.shape
    result = np.zeros((rows, columns), np.uint8)
    for row, column in np.ndindex(rows, columns):
        result[row, column] = min(max(int(image[row, column]) + amount, 0), 255)
    return result


@mistake("brighten", words=LOOPS_OVER_TWO_AXES)
def brighten(image, amount):
    held = [[min(max(int(value) + amount, 0), 255) for value in row] for row in image]
    return np.array(held, np.uint8)


@mistake("brighten", words=LOOPS_OVER_TWO_AXES)
def brighten(image, amount):
    result = np.zeros(image.shape, np.uint8)
    for row, column in np.ndindex(*image.shape[:2]):
        result[row, column] = min(max(int(image[row, column]) + amount, 0), 255)
    return result


FRACTION_CUT = (
    "You calculate with fractions and cut them off on the way back: a sum may come out a little "
    "below the whole number. Round before you change to uint8, or calculate with whole numbers."
)


@mistake("brighten", words=FRACTION_CUT)
def brighten(image, amount):
    return (np.clip(image / 255 + amount / 255, 0, 1) * 255).astype(np.uint8)


@mistake(
    "brighten",
    words="For the amount 0 you return nothing: neither brighter nor darker is a case, too.",
)
def brighten(image, amount):
    wide = image.astype(int) + amount
    if amount > 0:
        return np.minimum(wide, 255).astype(np.uint8)
    if amount < 0:
        return np.maximum(wide, 0).astype(np.uint8)


@mistake(
    "memory-bytes",
    words="You took eight bytes for every number. That is float64; the dtype decides.",
)
def memory(shape, dtype):
    return int(np.prod(shape)) * 8


@mistake(
    "memory-bytes",
    words="You count three axes: a shape may have more, or fewer, so multiply all that it has.",
)
def memory(shape, dtype):
    height, width, channels = shape
    return height * width * channels * np.dtype(dtype).itemsize


@mistake(
    "memory-bytes",
    words="You multiply two sides only: channels and pictures count as well.",
)
def memory(shape, dtype):
    return int(np.prod(shape[:2])) * np.dtype(dtype).itemsize


@mistake(
    "memory-bytes",
    words="The empty shape has no first side: begin with 1, and multiply by each side that there "
    "is.",
)
def memory(shape, dtype):
    return int(shape[0] * np.prod(shape[1:])) * np.dtype(dtype).itemsize


SOME_DTYPES = (
    "You know some dtypes only, and give the others a size of your own: ask each for its itemsize."
)


@mistake(
    "memory-bytes",
    words=SOME_DTYPES,
    each={
        "OWN": (
            {"float64": 1},
            {"float64": 2},
            {"int64": 1},
            {"int64": 2},
            {"int64": 4},
            {"int32": 1},
            {"int32": 8},
            {"int16": 1},
            {"int16": 4},
            {"int16": 8},
            {"bool": 4},
            {"bool": 8},
            {"int8": 4},
            {"int8": 8},
            {"uint16": 1},
            {"uint16": 4},
            {"float16": 1},
            {"float16": 4},
            {"complex128": 1},
            {"complex128": 8},
        )
    },
)
def memory(shape, dtype):
    return int(np.prod(shape)) * OWN.get(dtype, np.dtype(dtype).itemsize)


NAMES = ("float64", "int64", "int32", "int16", "bool", "int8", "uint16", "float16", "complex128")


@mistake(
    "memory-bytes",
    words="You know some dtypes only, and fail with the others: ask each for its itemsize.",
    each={"UNKNOWN": NAMES},
)
def memory(shape, dtype):
    if dtype == UNKNOWN:
        raise KeyError(dtype)
    return int(np.prod(shape)) * np.dtype(dtype).itemsize


@mistake(
    "memory-bytes",
    words="You make the array to ask for its size: it may be larger than the computer.",
)
def memory(shape, dtype):
    return np.empty(shape, dtype).nbytes


@mistake(
    "memory-bytes",
    words="Your product is taken in a dtype that is too small for it, and wraps around: Python's "
    "own ints have room for any number.",
)
def memory(shape, dtype):
    return int(np.prod(shape, dtype=np.int32)) * np.dtype(dtype).itemsize


@mistake(
    "rgb-from-bgr",
    words="Your container holds floats: give it the dtype of the picture.",
)
def rgb_from_bgr(image):
    result = np.zeros(image.shape)
    result[:] = image[..., ::-1]
    return result


@mistake(
    "rgb-from-bgr",
    words="You make bytes of every picture: the dtype stays, and a picture may hold floats.",
)
def rgb_from_bgr(image):
    return image[..., ::-1].astype(np.uint8)


@mistake(
    "rgb-from-bgr",
    words="You mirrored the picture: the last axis counts channels, the one before it columns.",
)
def rgb_from_bgr(image):
    return np.flip(image, axis=-2)


@mistake(
    "rgb-from-bgr",
    words="You look for an axis of length 3: a picture may be 3 pixels high, or a batch hold 3 "
    "pictures. The channels are the last axis.",
)
def rgb_from_bgr(image):
    return np.flip(image, axis=image.shape.index(3))


@mistake(
    "luminance",
    words="Your grey stands in three channels: each pixel has one number, and no such axis.",
)
def luminance(image):
    grey = np.rint(image @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)
    return np.stack([grey, grey, grey], axis=-1)


@mistake(
    "luminance",
    words="Your weights are not those of the task: they have three digits behind the point.",
    each={
        "WEIGHTS": (
            (0.3, 0.59, 0.11),
            (0.3, 0.6, 0.1),
            (0.2126, 0.7152, 0.0722),
            (0.2989, 0.587, 0.114),
        )
    },
)
def luminance(image):
    return np.rint(image @ np.array(WEIGHTS)).astype(np.uint8)


@mistake(
    "luminance",
    words="Your products are calculated in bytes, and wrap around: weigh with floats, or in a "
    "wider dtype.",
)
def luminance(image):
    weights = np.array([77, 150, 29], np.uint8)
    return ((image * weights).sum(axis=-1) >> 8).astype(np.uint8)


@mistake(
    "luminance",
    words="You divide by three as well: the weights add up to 1, so their sum is the mean already.",
)
def luminance(image):
    return np.rint((image * np.array([0.299, 0.587, 0.114])).mean(axis=-1)).astype(np.uint8)


@mistake(
    "luminance",
    words="You stretch the grey until its brightest is white: a dark picture stays dark.",
)
def luminance(image):
    grey = image @ np.array([0.299, 0.587, 0.114])
    return np.rint(grey / grey.max() * 255).astype(np.uint8)


@mistake(
    "to-batch",
    words="You take the margins of the first picture for all: each has its own size.",
)
def to_batch(images, height, width):
    top, left = (len(images[0]) - height) // 2, (images[0].shape[1] - width) // 2
    cropped = [a[top : top + height, left : left + width] for a in images]
    return np.stack(cropped).astype(np.float32) / 255


FROM_THE_MIDDLE = (
    "Your windows begin at the middle of the picture: their own middle belongs there, so half of "
    "what is left over lies before them."
)


@mistake("to-batch", words=FROM_THE_MIDDLE)
def to_batch(images, height, width):
    starts = [(min(a.shape[0] // 2, a.shape[0] - height), a) for a in images]
    rows = [a[top : top + height] for top, a in starts]
    lefts = [min(a.shape[1] // 2, a.shape[1] - width) for a in images]
    cropped = [a[:, left : left + width] for left, a in zip(lefts, rows)]
    return np.stack(cropped).astype(np.float32) / 255


@mistake("to-batch", words=FROM_THE_MIDDLE)
def to_batch(images, height, width):
    middles = [(a.shape[0] // 2, a.shape[1] // 2) for a in images]
    cropped = [a[r : r + height, c : c + width] for a, (r, c) in zip(images, middles)]
    return np.stack(cropped).astype(np.float32) / 255


@mistake(
    "to-batch",
    words="You halve both lengths before you subtract: with an even and an odd one that is one "
    "too far. Halve the margin.",
)
def to_batch(images, height, width):
    starts = [(a.shape[0] // 2 - height // 2, a.shape[1] // 2 - width // 2) for a in images]
    cropped = [a[r : r + height, c : c + width] for a, (r, c) in zip(images, starts)]
    return np.stack(cropped).astype(np.float32) / 255


@mistake(
    "to-batch",
    words="You take the same margin off both ends: of an odd one a row or a column is left over.",
)
def to_batch(images, height, width):
    tops = [(a.shape[0] - height) // 2 for a in images]
    lefts = [(a.shape[1] - width) // 2 for a in images]
    cropped = [a[t : len(a) - t, x : a.shape[1] - x] for a, t, x in zip(images, tops, lefts)]
    return np.stack(cropped).astype(np.float32) / 255


@mistake(
    "to-batch",
    words="You count the end of the window from the far side: without a margin that is −0, which "
    "is the beginning. Add the height to where it begins.",
)
def to_batch(images, height, width):
    cropped = []
    for a in images:
        down, across = a.shape[0] - height, a.shape[1] - width
        top, left = down // 2, across // 2
        cropped.append(a[top : -(down - top), left : -(across - left)])
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
    batch = np.stack(cropped).astype(np.float32)
    return batch / batch.max()


@mistake("to-batch", words="Your values run from −1 to 1: a range from 0 to 1 is asked for.")
def to_batch(images, height, width):
    cropped = [loading.crop_centre(a, height, width) for a in images]
    return np.stack(cropped).astype(np.float32) / np.float32(127.5) - 1


@mistake(
    "flat-index",
    words="The columns lack their channels: each pixel before yours in the row holds several "
    "numbers.",
)
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return row * width * channels + column + channel


@mistake("flat-index", words="Your rows have the length of the longest axis: take the width.")
def flat_index(row, column, channel, shape):
    return (row * max(shape) + column) * shape[2] + channel


@mistake("flat-index", words="You count the columns from the right: a row begins on the left.")
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return (row * width + width - 1 - column) * channels + channel


@mistake(
    "flat-index",
    words="Your position is a float: counting gives whole numbers, and so does //.",
)
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return row * (height * width * channels / height) + column * channels + channel


BUILT = "You build an array to look in it: count the numbers that come before yours."


@mistake("flat-index", words=BUILT)
def flat_index(row, column, channel, shape):
    numbers = np.arange(shape[0] * shape[1] * shape[2]).reshape(shape)
    return int(numbers[row, column, channel])


@mistake("flat-index", words=BUILT)
def flat_index(row, column, channel, shape):
    marked = np.zeros(shape, bool)
    marked[row, column, channel] = True
    return int(marked.reshape(-1).argmax())


@mistake(
    "same-picture",
    words="Pictures whose rows or columns stand in another order are taken for one: compare pixel "
    "by pixel, and ask for much agreement.",
)
def same_picture(a, b):
    return bool(np.corrcoef(a.mean(axis=(1, 2)), b.mean(axis=(1, 2)))[0, 1] > 0.9)


@mistake(
    "same-picture",
    words="Pictures whose rows or columns stand in another order are taken for one: compare pixel "
    "by pixel, and ask for much agreement.",
)
def same_picture(a, b):
    return bool(np.corrcoef(a.mean(axis=(0, 2)), b.mean(axis=(0, 2)))[0, 1] > 0.9)


@mistake(
    "same-picture",
    words="Pictures whose rows or columns stand in another order are taken for one: compare pixel "
    "by pixel, and ask for much agreement.",
)
def same_picture(a, b):
    return bool(np.corrcoef(a.ravel(), b.ravel())[0, 1] > 0.5)


@mistake(
    "same-picture",
    words="A picture in fog is always new to you: such a one can be sent again, brighter, too.",
)
def same_picture(a, b):
    grey_a, grey_b = a.mean(axis=-1), b.mean(axis=-1)
    if grey_a.std() < 20:
        return False
    return bool(np.corrcoef(grey_a.ravel(), grey_b.ravel())[0, 1] > 0.9)


ONE_SIDE_TOO_MANY = "One row or one column too many: the stop of a slice is left out already."
ONE_SIDE_TOO_FEW = (
    "One row or one column too few: the stop of a slice is left out already, so take nothing away "
    "from it."
)


@mistake("crop", words=ONE_SIDE_TOO_MANY, each={"MORE": ((1, 0), (0, 1))})
def crop(image, top, left, height, width):
    return image[top : top + height + MORE[0], left : left + width + MORE[1]]


@mistake("crop", words=ONE_SIDE_TOO_FEW, each={"LESS": ((1, 0), (0, 1))})
def crop(image, top, left, height, width):
    return image[top : top + height - LESS[0], left : left + width - LESS[1]]


STOPS_AT_LENGTH = (
    "One of your slices stops at the number `height` or `width` itself. A stop is a position in "
    "the picture, not a length."
)


@mistake("crop", words=STOPS_AT_LENGTH)
def crop(image, top, left, height, width):
    return image[top : top + height, left:width]


@mistake("crop", words=STOPS_AT_LENGTH)
def crop(image, top, left, height, width):
    return image[top:height, left : left + width]


@mistake(
    "brighten",
    words="What falls below 0 comes up again on the other side: it stays at 0.",
)
def brighten(image, amount):
    return np.minimum(np.abs(image.astype(int) + amount), 255).astype(np.uint8)


@mistake(
    "memory-bytes",
    words="You add the bytes of one number: they are multiplied by how many numbers there are.",
)
def memory(shape, dtype):
    return int(np.prod(shape)) + np.dtype(dtype).itemsize


@mistake("luminance", words="You take the brightest channel: all three are weighed and added.")
def luminance(image):
    return image.max(axis=-1)


@mistake("to-batch", words="That is the bottom right corner, not the centre.")
def to_batch(images, height, width):
    return np.stack([a[-height:, -width:] for a in images]).astype(np.float32) / 255


ONE_PLACE_TOO_FAR = (
    "You count a row or a pixel too many: only complete ones before yours count, and both begin "
    "at 0."
)


@mistake("flat-index", words=ONE_PLACE_TOO_FAR, each={"MORE": ((1, 0), (0, 1), (1, 1))})
def flat_index(row, column, channel, shape):
    return ((row + MORE[0]) * shape[1] + column + MORE[1]) * shape[2] + channel


# --- what nobody had named yet ----------------------------------------------------------------

NO_CHANNELS = (
    "The channels are missing: a colour picture has three numbers for each pixel, in an axis of "
    "their own."
)
mistake("drone-shape", words=NO_CHANNELS, code="drone_shape = (48, 300, 400)")
mistake(
    "drone-shape",
    words="The channels are missing, and rows and columns are swapped: the height comes before the "
    "width, the channels come last.",
    code="drone_shape = (48, 400, 300)",
)
mistake(
    "drone-shape",
    words="The pictures are not counted, and rows and columns are swapped: a batch has an axis for "
    "its pictures, then come rows, then columns.",
    code="drone_shape = (400, 300, 3)",
)
mistake(
    "drone-shape",
    words="These are rows and columns alone: pictures and channels have an axis each, too.",
    code="drone_shape = (300, 400)",
)
mistake(
    "drone-shape",
    words="Your batch holds one picture: the first axis counts them all.",
    code="drone_shape = (1, 300, 400, 3)",
)


TWO_PAIRS_OF_BRACKETS = (
    "Both slices cut rows: behind a first pair of brackets the second one begins at the rows "
    "again. Rows and columns are told in one pair."
)


@mistake("crop", words=TWO_PAIRS_OF_BRACKETS)
def crop(image, top, left, height, width):
    return image[top : top + height][left : left + width]


@mistake("crop", words=TWO_PAIRS_OF_BRACKETS)
def crop(image, top, left, height, width):
    return image[left : left + width][top : top + height]


@mistake(
    "crop",
    words="Your slices act on the last two axes: in a picture (H, W, C) the last one counts "
    "channels. Rows and columns are the first two.",
)
def crop(image, top, left, height, width):
    return image[..., top : top + height, left : left + width]


THREE_AXES = (
    "Your brackets name three axes: a grey picture (H, W) has two, and of any picture the first "
    "two are rows and columns."
)


@mistake("crop", words=THREE_AXES)
def crop(image, top, left, height, width):
    return image[:, top : top + height, left : left + width]


@mistake("crop", words=THREE_AXES)
def crop(image, top, left, height, width):
    return image[top : top + height, left : left + width, :]


EMPTY_SIDE = (
    "A side of 0 is left out of your product, or taken for 1: an array with such a side holds no "
    "number, and takes no byte."
)


@mistake("memory-bytes", words=EMPTY_SIDE)
def memory(shape, dtype):
    return int(np.prod([max(side, 1) for side in shape])) * np.dtype(dtype).itemsize


@mistake(
    "memory-bytes",
    words="You put 1 in the place of a product of 0: an array with a side of 0 holds no number, "
    "and takes no byte.",
)
def memory(shape, dtype):
    return (int(np.prod(shape)) or 1) * np.dtype(dtype).itemsize


@mistake("crop", words="You begin one row and one column too late: both are counted from 0.")
def crop(image, top, left, height, width):
    return image[top + 1 : top + height + 1, left + 1 : left + width + 1]


mistake(
    "stored",
    words="The second number is off: take whole rounds of the circle away from 300, and see what "
    "is left.",
    code="stored = [2, OTHER, 255, 0]",
    each={"OTHER": (43, 45, 46, 34, 54, 255, 300)},
)
mistake(
    "stored",
    words="The first number is off: how far past the end of the circle does 258 go, if 256 falls "
    "on 0?",
    code="stored = [OTHER, 44, 255, 0]",
    each={"OTHER": (1, 3, 255, 258)},
)
mistake(
    "stored",
    words="The last number is off: 512 goes round the circle a whole number of times.",
    code="stored = [2, 44, 255, OTHER]",
    each={"OTHER": (1, 2, 254, 512)},
)


@mistake("brighten", words=NO_SIGN)
def brighten(image, amount):
    return np.clip(image.astype(np.uint16) + amount, 0, 255).astype(np.uint8)


@mistake(
    "brighten",
    words="You stop at the darkest and the brightest value of this picture: the ends are those of "
    "a byte.",
)
def brighten(image, amount):
    wide = image.astype(int) + amount
    return np.clip(wide, image.min(), image.max()).astype(np.uint8)


@mistake(
    "memory-bytes",
    words="These are kilobytes, or larger units: bytes are asked for.",
    each={"UNIT": (1000, 1024, 1_000_000, 1_048_576)},
)
def memory(shape, dtype):
    return int(np.prod(shape)) * np.dtype(dtype).itemsize / UNIT


@mistake(
    "memory-bytes",
    words="You count the axes: what counts is how long they are, multiplied.",
)
def memory(shape, dtype):
    return len(shape) * np.dtype(dtype).itemsize


@mistake(
    "memory-bytes",
    words="You read the size off the name: not every name of a dtype ends in its bits. Ask the "
    "dtype for its itemsize.",
)
def memory(shape, dtype):
    bits = int("".join(sign for sign in dtype if sign.isdigit()))
    return int(np.prod(shape)) * bits // 8


@mistake("rgb-from-bgr", words="Every channel moved on by one. Green should stay in the middle.")
def rgb_from_bgr(image):
    return np.roll(image, -1, axis=-1)


@mistake(
    "rgb-from-bgr",
    words="All axes stand in reverse order: rows, columns and channels stay where they are, and "
    "only the order of the channels changes.",
)
def rgb_from_bgr(image):
    return image.T


THIRD_AXIS = "In a batch the third axis counts columns: the channels are the last axis, `[..., k]`."


@mistake("rgb-from-bgr", words=THIRD_AXIS)
def rgb_from_bgr(image):
    return np.stack([image[:, :, 2], image[:, :, 1], image[:, :, 0]], axis=2)


@mistake("to-batch", words="The channels come first in yours: they stay the last axis.")
def to_batch(images, height, width):
    cropped = [loading.crop_centre(a, height, width) for a in images]
    return np.moveaxis(np.stack(cropped), -1, 1).astype(np.float32) / 255


@mistake("flat-index", words="You counted pixels: each of them holds several numbers.")
def flat_index(row, column, channel, shape):
    return row * shape[1] + column


@mistake(
    "flat-index",
    words="The channel itself is missing: this is where the pixel's first number stands.",
)
def flat_index(row, column, channel, shape):
    return (row * shape[1] + column) * shape[2]


@mistake(
    "flat-index",
    words="You add the three places, or multiply them: each weighs as much as the numbers that one "
    "step along its axis passes over.",
)
def flat_index(row, column, channel, shape):
    return row + column + channel


@mistake(
    "flat-index",
    words="You add the three places, or multiply them: each weighs as much as the numbers that one "
    "step along its axis passes over.",
)
def flat_index(row, column, channel, shape):
    return row * column * channel


# --- what real answers showed -----------------------------------------------------------------

mistake(
    "drone-shape",
    words="The channels stand second, and rows and columns are swapped: behind the pictures come "
    "rows, then columns, and the channels are last.",
    code="drone_shape = (48, 3, 400, 300)",
)
mistake(
    "drone-shape",
    words="Your numbers are floats: a shape counts, so it holds ints, without a point.",
    code="drone_shape = (48.0, 300.0, 400.0, 3.0)",
)

STOPS_AFTER_FIRST_SIDE = (
    "Only the first side is counted: is there a `return` inside the loop? It belongs behind it."
)


@mistake("memory-bytes", words=STOPS_AFTER_FIRST_SIDE)
def memory(shape, dtype):
    total = 1
    for side in shape:
        total *= side
        return total * np.dtype(dtype).itemsize


@mistake("memory-bytes", words=STOPS_AFTER_FIRST_SIDE)
def memory(shape, dtype):
    total = 1
    for side in shape:
        total *= side
        return total


@mistake(
    "memory-bytes",
    words="Your product begins with 0, and 0 times any number is 0: begin with 1.",
)
def memory(shape, dtype):
    total = 0
    for side in shape:
        total *= side
    return total * np.dtype(dtype).itemsize


NO_GREEN = "Green is missing: it keeps its place in the middle, so copy it, too."


@mistake("rgb-from-bgr", words=NO_GREEN)
def rgb_from_bgr(image):
    result = np.zeros_like(image)
    result[..., 0] = image[..., 2]
    result[..., 2] = image[..., 0]
    return result


@mistake("rgb-from-bgr", words=NO_GREEN)
def rgb_from_bgr(image):
    return np.stack([image[..., 2], image[..., 0]], axis=-1)


NO_WEIGHTS = (
    "You add the three lights as they are: multiply each by its weight first, for the eye does not "
    "see them alike."
)


@mistake("luminance", words=NO_WEIGHTS)
def luminance(image):
    return image.sum(axis=-1).astype(np.uint8)


@mistake("luminance", words=NO_WEIGHTS)
def luminance(image):
    return np.clip(image.sum(axis=-1), 0, 255).astype(np.uint8)


@mistake("luminance", words="Red and green have each other's weight: green weighs most.")
def luminance(image):
    return np.rint(image @ np.array([0.587, 0.299, 0.114])).astype(np.uint8)


@mistake("luminance", words="Green and blue have each other's weight: green weighs most.")
def luminance(image):
    return np.rint(image @ np.array([0.299, 0.114, 0.587])).astype(np.uint8)


FRACTIONS_LOST = (
    "The fractions are lost, by // or in an array of bytes: only 255 becomes 1, and all else 0. "
    "Divide with a plain /, and keep what comes out in an array of floats."
)


@mistake("to-batch", words=FRACTIONS_LOST)
def to_batch(images, height, width):
    cropped = [loading.crop_centre(a, height, width) // 255 for a in images]
    return np.stack(cropped).astype(np.float32)


@mistake("to-batch", words=FRACTIONS_LOST)
def to_batch(images, height, width):
    batch = np.zeros((len(images), height, width, 3), np.uint8)
    for n, image in enumerate(images):
        batch[n] = loading.crop_centre(image, height, width) / 255
    return batch.astype(np.float32)


@mistake(
    "to-batch",
    words="`np.resize` cuts no window: it fills the new shape with the numbers in the order of "
    "reading. Cut the window out with two slices.",
)
def to_batch(images, height, width):
    return np.stack([np.resize(a, (height, width, 3)) for a in images]).astype(np.float32) / 255


STOPS_AFTER_FIRST = (
    "Only the first picture comes out: is there a `return` inside the loop? It belongs behind it."
)


@mistake("to-batch", words=STOPS_AFTER_FIRST)
def to_batch(images, height, width):
    batch = []
    for image in images:
        batch.append(loading.crop_centre(image, height, width))
        return np.stack(batch).astype(np.float32) / 255


@mistake("to-batch", words=STOPS_AFTER_FIRST)
def to_batch(images, height, width):
    batch = np.zeros((len(images), height, width, 3), np.float32)
    for n, image in enumerate(images):
        batch[n] = loading.crop_centre(image, height, width) / 255
        return batch


@mistake("to-batch", words=STOPS_AFTER_FIRST)
def to_batch(images, height, width):
    for image in images:
        return loading.crop_centre(image, height, width).astype(np.float32) / 255


COUNTS_FROM_ONE = (
    "You take one away from a place, as if the first were number 1: rows, columns and channels are "
    "counted from 0, so each is the number of those that come before."
)


@mistake(
    "flat-index",
    words=COUNTS_FROM_ONE,
    each={
        "LESS": (
            (1, 0, 0),
            (0, 1, 0),
            (0, 0, 1),
            (1, 1, 0),
            (1, 0, 1),
            (0, 1, 1),
            (1, 1, 1),
        )
    },
)
def flat_index(row, column, channel, shape):
    row, column, channel = row - LESS[0], column - LESS[1], channel - LESS[2]
    return (row * shape[1] + column) * shape[2] + channel


@mistake(
    "flat-index",
    words="You count column by column: NumPy reads row by row, so the complete rows above yours "
    "come first, each `width` pixels long.",
)
def flat_index(row, column, channel, shape):
    return (column * shape[0] + row) * shape[2] + channel


@mistake("same-picture", words=ALTERED)
def same_picture(a, b):
    return bool((b.astype(int) - a.astype(int)).std() < 10)


@mistake("luminance", words="That is the plain mean: all three lights weigh the same.")
def luminance(image):
    return image.mean(axis=-1).astype(np.uint8)


@mistake(
    "luminance",
    words="You add bytes, and the sum wraps around; and you divide by three, as if all lights "
    "weighed the same. Weigh each with a float, and add then.",
)
def luminance(image):
    return (image[..., 0] + image[..., 1] + image[..., 2]) // 3


# --- what a second teaching assistant tried ---------------------------------------------------


@mistake(
    "crop",
    words="Your container holds bytes: a picture may hold larger numbers and fractions, so give it "
    "the dtype of the picture.",
)
def crop(image, top, left, height, width):
    window = np.zeros((height, width) + image.shape[2:], np.uint8)
    window[:] = image[top : top + height, left : left + width]
    return window


@mistake(
    "crop",
    words="You cut the middle of the picture out: the window begins at row `top` and column "
    "`left`, wherever these are.",
)
def crop(image, top, left, height, width):
    top, left = (image.shape[0] - height) // 2, (image.shape[1] - width) // 2
    return image[top : top + height, left : left + width]


@mistake("crop", words="You count the rows from below: row 0 is the top of the picture.")
def crop(image, top, left, height, width):
    bottom = image.shape[0] - top
    return image[bottom - height : bottom, left : left + width]


@mistake(
    "brighten",
    words="All numbers stand in one long row: the picture keeps its shape, and reshape gives it "
    "back.",
)
def brighten(image, amount):
    return np.clip(image.ravel().astype(int) + amount, 0, 255).astype(np.uint8)


@mistake("brighten", words="Your result stops one step too early: a byte holds 0, too.")
def brighten(image, amount):
    return np.clip(image.astype(int) + amount, 1, 255).astype(np.uint8)


@mistake("memory-bytes", says="np.dtype(...) makes a dtype of it")
def memory(shape, dtype):
    return int(np.prod(shape)) * dtype.itemsize


@mistake(
    "memory-bytes",
    words="`sys.getsizeof` counts what Python keeps beside the numbers, too, and the array is made "
    "for it. Multiply the numbers by the bytes of one.",
)
def memory(shape, dtype):
    return np.empty(shape, dtype).__sizeof__()


@mistake(
    "rgb-from-bgr",
    words="You put the channels into the third axis: in a batch that is the place of the columns. "
    "axis=-1 puts them last.",
)
def rgb_from_bgr(image):
    return np.stack([image[..., 2], image[..., 1], image[..., 0]], axis=2)


@mistake(
    "rgb-from-bgr",
    words="Of a batch only the first picture comes out: is there a `return` inside the loop?",
)
def rgb_from_bgr(image):
    if image.ndim == 4:
        for picture in image:
            return picture[..., ::-1]
    return image[..., ::-1]


@mistake(
    "rgb-from-bgr",
    words="Your channels are glued together side by side, without an axis of their own: np.stack "
    "makes one.",
)
def rgb_from_bgr(image):
    return np.concatenate([image[..., 2], image[..., 1], image[..., 0]], axis=-1)


@mistake(
    "rgb-from-bgr",
    words="Your slice ends before channel 0: without a stop it runs to the end.",
)
def rgb_from_bgr(image):
    return image[..., 2:0:-1]


@mistake(
    "rgb-from-bgr",
    words="You look at how long the third axis is: in a batch it counts columns, and there may be "
    "3 of them. The channels are the last axis.",
)
def rgb_from_bgr(image):
    if image.shape[2] == 3:
        return image[:, :, ::-1]
    return image[:, :, :, ::-1]


WEIGHED_IN_BYTES = (
    "Your products are calculated in bytes, and wrap around: weigh with floats, or in a wider "
    "dtype."
)


@mistake("luminance", words=WEIGHED_IN_BYTES)
def luminance(image):
    grey = 30 * image[..., 0] + 59 * image[..., 1] + 11 * image[..., 2]
    return (grey // 100).astype(np.uint8)


@mistake("luminance", words=WEIGHED_IN_BYTES)
def luminance(image):
    grey = 30 * image[..., 0] + 59 * image[..., 1] + 11 * image[..., 2]
    return np.rint(grey / 100).astype(np.uint8)


@mistake(
    "luminance",
    words="Your weights are not those of the task: they have three digits behind the point.",
)
def luminance(image):
    wide = image.astype(int)
    return ((30 * wide[..., 0] + 59 * wide[..., 1] + 11 * wide[..., 2] + 50) // 100).astype(
        np.uint8
    )


@mistake(
    "luminance",
    words="In a batch axis 2 counts columns: the channels are the last axis, axis=-1.",
)
def luminance(image):
    return np.rint((image * np.array([0.299, 0.587, 0.114])).sum(axis=2)).astype(np.uint8)


THREE_SIDES = (
    "You take three sides apart: a batch has four axes. `[..., k]` and axis=-1 work for both."
)


@mistake("luminance", words=THREE_SIDES)
def luminance(image):
    rows, columns, _ = image.shape
    grey = image.reshape(-1, 3) @ np.array([0.299, 0.587, 0.114])
    return np.rint(grey).reshape(rows, columns).astype(np.uint8)


BELOW_ONE = (
    "You scale to the range from 0 to 1, and stay there: a byte holds 0 to 255, so multiply by 255 "
    "before you round."
)


@mistake("luminance", words=BELOW_ONE)
def luminance(image):
    return np.rint((image / 255) @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)


ALL_ZERO = (
    "Your numbers are 0, or next to it: weights, or sums from 0 to 1, lose what stands behind the "
    "point in a whole-number dtype."
)


@mistake("luminance", words=ALL_ZERO)
def luminance(image):
    return ((image / 255) @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)


@mistake("luminance", words=ALL_ZERO)
def luminance(image):
    return (image @ np.array([0.299, 0.587, 0.114]).astype(np.uint8)).astype(np.uint8)


@mistake(
    "luminance",
    words="Your whole numbers stand in a wide dtype: a stored picture is uint8.",
)
def luminance(image):
    return np.rint(image @ np.array([0.299, 0.587, 0.114])).astype(int)


@mistake(
    "to-batch",
    words=(
        "You divide by the largest value that you find: then a dark picture comes out as bright as "
        "any other. The largest value that a byte can hold serves for all."
    ),
)
def to_batch(images, height, width):
    cropped = [loading.crop_centre(a, height, width) / a.max() for a in images]
    return np.stack(cropped).astype(np.float32)


STRETCHED_BATCH = (
    "You stretch what you find from 0 to 1: then a dark picture comes out as bright as any other. "
    "The largest value that a byte can hold serves for all."
)


@mistake("to-batch", words=STRETCHED_BATCH)
def to_batch(images, height, width):
    batch = np.stack([loading.crop_centre(a, height, width) for a in images]).astype(np.float32)
    return (batch - batch.min()) / (batch.max() - batch.min())


@mistake("to-batch", words=STRETCHED_BATCH)
def to_batch(images, height, width):
    cropped = [loading.crop_centre(a, height, width).astype(np.float32) for a in images]
    return np.stack([(a - a.min()) / (a.max() - a.min()) for a in cropped])


@mistake(
    "to-batch",
    words="You shrink the whole picture: the window is cut out, and its pixels stay as they are.",
    each={"KIND": (None, 0, 2)},
)
def to_batch(images, height, width):
    from PIL import Image

    small = [Image.fromarray(a).resize((width, height), KIND) for a in images]
    return np.stack([np.array(a) for a in small]).astype(np.float32) / 255


@mistake(
    "to-batch",
    words="`round` takes an exact half to the even neighbour, so of an odd margin the larger half "
    "is at times above: // takes the smaller half always.",
)
def to_batch(images, height, width):
    tops = [round((a.shape[0] - height) / 2) for a in images]
    lefts = [round((a.shape[1] - width) / 2) for a in images]
    cropped = [a[t : t + height, x : x + width] for a, t, x in zip(images, tops, lefts)]
    return np.stack(cropped).astype(np.float32) / 255


@mistake(
    "to-batch",
    words="You go half a side from the middle to both ends: of an odd side one row or column is "
    "lost. Where it begins, plus the whole side, is where it stops.",
)
def to_batch(images, height, width):
    cropped = []
    for a in images:
        row, column = a.shape[0] // 2, a.shape[1] // 2
        down, across = height // 2, width // 2
        cropped.append(a[row - down : row + down, column - across : column + across])
    return np.stack(cropped).astype(np.float32) / 255


@mistake("to-batch", says="taken apart")
def to_batch(images, height, width):
    first, second = images
    cropped = [loading.crop_centre(a, height, width) for a in (first, second)]
    return np.stack(cropped).astype(np.float32) / 255


@mistake(
    "flat-index",
    words="Your product is taken in a dtype that is too small for it, and wraps around: Python's "
    "own ints have room for any number.",
)
def flat_index(row, column, channel, shape):
    sides = np.array(shape, dtype=np.int32)
    place = np.array([row, column, channel], dtype=np.int32)
    return int((place[0] * sides[1] + place[1]) * sides[2] + place[2])


@mistake("flat-index", words="You count the columns from the right: a row begins on the left.")
def flat_index(row, column, channel, shape):
    height, width, channels = shape
    return (row * width + width - column) * channels + channel
