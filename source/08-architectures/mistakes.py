"""Wrong solutions of section 8, each with the words that tell whoever makes it what went wrong."""

import keras
import numpy as np
from keras import layers

from course.notebook.mistakes import mistake

ROUNDED_UP = (
    'You round up for "valid": the last window would hang over the edge. It counts only windows '
    "that fit, so round down."
)
NO_PLUS_ONE = 'One too few for "valid": the first position counts, too, so add 1.'
SAME_DOWN = 'You round down for "same": Keras pads until the last step fits, so round up.'
ALWAYS_FROM_START = (
    "Each stage begins with the side of the picture: what goes into a stage is what came out of "
    "the one before."
)
LAST_ONLY = "That is the last side only: return a list with the side after each stage."
WITH_PICTURE = "The picture's own side stands in the list: it begins after the first stage."
NOT_REFUSED = "A window that is larger than its map fits nowhere: raise a ValueError."
JUST_FITS = (
    "You refuse a window exactly as large as its map: it fits once. Only a larger one is refused."
)
SAME_REFUSED = '"same" refuses no window: Keras pads as far as it needs.'
SAME_NOT_STRIDED = (
    'You forget the stride for "same": the window jumps there, too, and fewer places are left.'
)
SAME_MARGIN = (
    'You give "same" equal margins on both sides: that fits odd windows only. Under "same" the '
    "stride alone decides, whatever the window."
)
PLUS_INSIDE = (
    'You add 1 before you divide for "valid": divide by the stride first, then count the first '
    "position."
)
ALL_VALID = 'You treat "same" like "valid": look at the padding of each stage.'
ALL_SAME = 'You treat "valid" like "same": look at the padding of each stage.'
STRIDE_FIRST = "You take the first number of a stage for the stride: it is the window."
PLAIN_CONVOLUTION = (
    "That is a plain convolution: each of its filters looks at all channels. Depthwise there is "
    "one filter for a channel, and only the pointwise ones look at all."
)
NO_POINTWISE_BIAS = "The pointwise filters have a bias each: a parameter for each of them."
DEPTHWISE_BIAS = (
    "You gave the depthwise filters biases as well: in a SeparableConv2D only the pointwise ones "
    "have them."
)
BIAS_MULTIPLIED = "A bias is added, nothing is multiplied with it: leave it out of the second."
NO_PLACES = "Each weight is used at every place of the map: multiply with height and width."
MULTIPLIED_PARTS = "The two layers follow each other: add their weights, do not multiply them."
ONE_DEPTHWISE = "Each channel has a depthwise filter of its own: you counted one for all."
SIDE_ONLY = "A filter of kernel × kernel has a weight for each row and column: you took one side."
VALID_PLACES = 'You count places as for "valid": with padding="same" the map keeps all of them.'
SQUARE_MAP = "You take the map for a square: its places are height times width."
OTHER_ORDER = "The two numbers are exchanged: parameters come first, then the multiplications."
CHANNEL_BIASES = (
    "You count a bias for each channel that comes in: each pointwise filter has one, so there are "
    "as many as channels that come out."
)
DEPTHWISE_ONCE = "You use the depthwise filters once: they stand at every place of the map, too."
ONE_CHANNEL = (
    "A pointwise filter looks at all channels of a place: it has a weight for each that comes in."
)
MULTIPLIED_WORK = (
    "You multiply the work of the two layers: they follow each other, so add their multiplications."
)
ONE_LAYER = "That is one of the two layers only: count the depthwise and the pointwise one."
NO_SECOND_SIGMOID = (
    "There is no sigmoid at the end: the factors must lie from 0 to 1, or a map can change "
    "its sign."
)
SOFTMAX = (
    "You used a softmax: then maps compete, and their factors add up to 1. Each has a sigmoid of "
    "its own, and many can be turned up at the same time."
)
NO_RELU = "The ReLU between the two dense layers is missing."
WHOLE_BATCH = (
    "You took the mean over the batch, too: each picture is squeezed on its own, or the answer for "
    "one depends on its company."
)
LARGEST = "You squeezed by the maximum: it is the mean of each map."
FACTORS_ONLY = "These are the factors: multiply the maps with them."
FACTORS_ADDED = "You added the factors: maps are turned up and down, so multiply."
BIASES_LEFT_OUT = "The biases are missing: a dense layer adds one after its weights."
NOT_THE_MEAN = (
    "You add up each map, or divide by one of its sides only: the squeeze takes the mean over all "
    "places, or large maps would always win."
)
BY_ROW = (
    "You take the mean of each row or column on its own: a map has one number, the mean over all "
    "its places."
)
EXCHANGED = (
    "The two activations are exchanged: ReLU stands behind the first dense layer, the sigmoid "
    "behind the second."
)
FALLING_SIGMOID = (
    "Your sigmoid falls where it should rise: a large number turns its map down. Mind the sign in "
    "the exponent."
)
ALONG_ROWS = (
    "The numbers of the pictures are laid along another axis: the first axis counts the pictures."
)
SIZES = "You take the mean without signs: what is below 0 in a map counts as it is."
FIRST_FOR_ALL = "All pictures get the numbers of the first one: each is squeezed on its own."
INFINITE = (
    "Where a sum is large, your sigmoid divides infinity by infinity, and no number comes out: it "
    "is 1 there."
)
CLIPPED_SUMS = (
    "You hold the sums within bounds of your own before the sigmoid: they are any numbers."
)
RELU_ON_MEANS = "Your ReLU cuts the means off: it stands behind the first dense layer."
RELU_BEFORE_ADD = (
    "The last ReLU stands before the addition: then a unit can only add, never take away, and maps "
    "grow from unit to unit. Add first, then cut off."
)
NO_SHORTCUT = (
    "Nothing is added: what goes into the unit must be added to what the layers make of it."
)
TWO_RELUS = (
    "There is a ReLU before the addition as well: then a unit can only add, never take away. What "
    "the second normalisation gives is added as it is."
)
MIDDLE = (
    "What is added comes from the middle of the unit, behind its first convolution: keep what goes "
    "in, and add that."
)
ADDED_TO_ITSELF = (
    "You add what the layers make to itself: that only doubles it. The other summand is what goes "
    "into the unit."
)
NO_LAST_RELU = "The ReLU after the addition is missing."
NO_FIRST_RELU = (
    "There is no ReLU between the two convolutions: without it they are one convolution "
    "(section 2)."
)
BIASED = (
    "The convolutions have a bias: the normalisation behind takes off the mean, and the bias with "
    "it. Use use_bias=False."
)
NO_NORM = "The batch normalisation after the convolutions is missing: each has one."
PREACTIVATION = (
    "You normalise and cut off before each convolution: that is a later variant. Here a "
    "convolution comes first, then its normalisation; the last ReLU stands behind the sum."
)
RELU_BEFORE_NORM = (
    "A ReLU stands between a convolution and its normalisation: normalise first, then cut off."
)
CUT_INPUT = (
    "What goes in is cut off by a ReLU before it is added: it loses what is below 0. It passes as "
    "it is."
)
FIXED_FILTERS = (
    "The number of filters is written into it: there are as many as the maps have channels, or the "
    "sum does not fit."
)
CONCATENATED = "The maps are laid on top of each other: add them, and their number stays."
NORM_AFTER_ADD = (
    "The second normalisation stands after the addition, so it changes what came by the "
    "shortcut as well. Normalise the layers' own answer, then add."
)
STRIDED_TWICE = "Both convolutions have the stride: the map is halved once, by the first."
ALWAYS_CONVOLVED = (
    "The shortcut has a convolution even where shapes fit: there the input passes as it is."
)
ONLY_STRIDE = (
    "With stride 1 and another number of maps your shortcut has no convolution, and the sum does "
    "not fit: each of the two reasons is enough by itself."
)
ONLY_FILTERS = (
    "With a stride and the same number of maps your shortcut has no convolution, and the sum does "
    "not fit: each of the two reasons is enough by itself."
)
ONLY_MORE = (
    "Where there are fewer maps than before, your shortcut has no convolution, and the sum does "
    "not fit: any other number is a reason."
)
STRIDE_OF_TWO = "A stride of 2 is written into it: use the one that is given."
SECOND_STRIDED = (
    "The second convolution has the stride: the first one halves the maps, so that the second has "
    "less to do."
)
UNSTRIDED_SHORTCUT = (
    "The shortcut's convolution has no stride: what it gives has more places than what the layers "
    "make, and the two cannot be added place by place."
)
POOLED_SHORTCUT = (
    "A pool makes the shortcut smaller: its own 1 × 1 convolution has the stride, and no pool is "
    "there."
)
SHORTCUT_RELU = "The shortcut has a ReLU: it loses what is below 0 before the sum. It has none."
SHORTCUT_NO_NORM = (
    "The shortcut's convolution has no normalisation: the two summands are then of different scale."
)
WIDE_SHORTCUT = "The shortcut's convolution is 3 × 3: 1 × 1 is enough to change the number of maps."
SHARED = (
    "All units use one and the same convolution layer: made once outside of the loop, it has one "
    "set of weights for all. Make a layer for each place."
)
SOFTMAX_HEAD = "The head ends in a softmax: logits have no activation."
CHANNELS_OF_PICTURE = (
    "The units have as many filters as the picture has channels: 8 were meant, as in the stem."
)
ONE_SHORTCUT = "One shortcut leads past all units: each unit has its own."
LARGEST_HEAD = "The head takes the largest value of each map: it is to take the average."
FROM_STEM = (
    "Each unit adds the same thing, what came out of the stem or the picture itself: add what goes "
    "into this unit, and hand on what comes out of it."
)
FLATTENED = (
    "The maps are flattened: then there is a weight for each place and class, which is where the "
    "parameters of AlexNet sit. Average them."
)
PLAIN_WIDE = (
    "Plain convolutions of so many channels do not fit: a separable one needs a fraction of the "
    "weights."
)
TOO_FEW = "Six convolutions were asked for: with so few the network is not deep enough."
TOO_BUSY = (
    "It has few parameters, and far too many multiplications: each filter is used at each place of "
    "a large map. Make the maps small early."
)
NARROW = "48 maps or more must reach the average: so few are too little for so many classes."
FIXED_SHAPE = (
    "The picture's shape is written into it: use the shape and the classes that are given."
)
SILENT = "A convolution has no ReLU: two without one in between are a single one (section 2)."
ONE_CHANNEL_INPUT = (
    "It takes pictures of one channel only: the shape that is given tells how many there are."
)
NOTHING_LEFT = (
    'Of a smaller picture nothing is left for the last layers: take padding "same", or fewer pools.'
)


@mistake("through", words=ROUNDED_UP)
def through(side, stages):
    found = []
    for window, stride, padding in stages:
        left = side if padding == "same" else side - window + stride
        if padding == "valid" and window > side:
            raise ValueError
        side = -(-left // stride)
        found.append(side)
    return found


@mistake("through", words=NO_PLUS_ONE)
def through(side, stages):
    found = []
    for window, stride, padding in stages:
        if padding == "valid" and window > side:
            raise ValueError
        side = -(-side // stride) if padding == "same" else (side - window) // stride
        found.append(side)
    return found


@mistake("through", words=SAME_DOWN)
def through(side, stages):
    found = []
    for window, stride, padding in stages:
        if padding == "valid" and window > side:
            raise ValueError
        side = side // stride if padding == "same" else (side - window) // stride + 1
        found.append(side)
    return found


@mistake("through", words=ALWAYS_FROM_START)
def through(side, stages):
    return [
        -(-side // stride) if padding == "same" else (side - window) // stride + 1
        for window, stride, padding in stages
    ]


@mistake("through", words=LAST_ONLY)
def through(side, stages):
    for window, stride, padding in stages:
        side = -(-side // stride) if padding == "same" else (side - window) // stride + 1
    return side


@mistake("through", words=WITH_PICTURE)
def through(side, stages):
    found = [side]
    for window, stride, padding in stages:
        side = -(-side // stride) if padding == "same" else (side - window) // stride + 1
        found.append(side)
    return found


@mistake("through", words=NOT_REFUSED)
def through(side, stages):
    found = []
    for window, stride, padding in stages:
        side = -(-side // stride) if padding == "same" else (side - window) // stride + 1
        found.append(side)
    return found


@mistake("through", words=JUST_FITS)
def through(side, stages):
    found = []
    for window, stride, padding in stages:
        if padding == "valid" and window >= side:
            raise ValueError
        side = -(-side // stride) if padding == "same" else (side - window) // stride + 1
        found.append(side)
    return found


@mistake("through", words=SAME_REFUSED)
def through(side, stages):
    found = []
    for window, stride, padding in stages:
        if window > side:
            raise ValueError
        side = -(-side // stride) if padding == "same" else (side - window) // stride + 1
        found.append(side)
    return found


@mistake("through", words=SAME_NOT_STRIDED)
def through(side, stages):
    found = []
    for window, stride, padding in stages:
        if padding == "valid" and window > side:
            raise ValueError
        side = side if padding == "same" else (side - window) // stride + 1
        found.append(side)
    return found


@mistake("through", words=SAME_MARGIN, each={"LESS": (0, 1)})
def through(side, stages):
    found = []
    for window, stride, padding in stages:
        margin = (window - LESS) // 2 if padding == "same" else 0
        if padding == "valid" and window > side:
            raise ValueError
        side = (side + 2 * margin - window) // stride + 1
        found.append(side)
    return found


@mistake("through", words=PLUS_INSIDE)
def through(side, stages):
    found = []
    for window, stride, padding in stages:
        if padding == "valid" and window > side:
            raise ValueError
        side = -(-side // stride) if padding == "same" else (side - window + 1) // stride
        found.append(side)
    return found


@mistake("through", words=ALL_VALID)
def through(side, stages):
    found = []
    for window, stride, _ in stages:
        if window > side:
            raise ValueError
        side = (side - window) // stride + 1
        found.append(side)
    return found


@mistake("through", words=ALL_SAME)
def through(side, stages):
    found = []
    for _, stride, _ in stages:
        side = -(-side // stride)
        found.append(side)
    return found


@mistake("through", words=STRIDE_FIRST)
def through(side, stages):
    found = []
    for stride, window, padding in stages:
        if padding == "valid" and window > side:
            raise ValueError
        side = -(-side // stride) if padding == "same" else (side - window) // stride + 1
        found.append(side)
    return found


@mistake("separable", words=PLAIN_CONVOLUTION)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_in * c_out
    return weights + c_out, height * width * weights


@mistake("separable", words=NO_POINTWISE_BIAS)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_in + c_in * c_out
    return weights, height * width * weights


@mistake("separable", words=DEPTHWISE_BIAS)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_in + c_in * c_out
    return weights + c_in + c_out, height * width * weights


@mistake("separable", words=BIAS_MULTIPLIED)
def separable_cost(height, width, kernel, c_in, c_out):
    parameters = kernel * kernel * c_in + c_in * c_out + c_out
    return parameters, height * width * parameters


@mistake("separable", words=NO_PLACES)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_in + c_in * c_out
    return weights + c_out, weights


@mistake("separable", words=MULTIPLIED_PARTS)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_in * c_in * c_out
    return weights + c_out, height * width * weights


@mistake("separable", words=ONE_DEPTHWISE)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel + c_in * c_out
    return weights + c_out, height * width * weights


@mistake("separable", words=ONE_DEPTHWISE)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel + c_in * c_out
    return weights + c_out, height * width * (kernel * kernel * c_in + c_in * c_out)


@mistake("separable", words=SIDE_ONLY)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * c_in + c_in * c_out
    return weights + c_out, height * width * weights


@mistake("separable", words=VALID_PLACES)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_in + c_in * c_out
    return weights + c_out, (height - kernel + 1) * (width - kernel + 1) * weights


@mistake("separable", words=SQUARE_MAP)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_in + c_in * c_out
    return weights + c_out, height * height * weights


@mistake("separable", words=SQUARE_MAP)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_in + c_in * c_out
    return weights + c_out, width * width * weights


@mistake("separable", words=OTHER_ORDER)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_in + c_in * c_out
    return height * width * weights, weights + c_out


@mistake("separable", words=CHANNEL_BIASES)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_in + c_in * c_out
    return weights + c_in, height * width * weights


@mistake("separable", words=DEPTHWISE_ONCE)
def separable_cost(height, width, kernel, c_in, c_out):
    depthwise, pointwise = kernel * kernel * c_in, c_in * c_out
    return depthwise + pointwise + c_out, depthwise + height * width * pointwise


@mistake("separable", words=MULTIPLIED_WORK)
def separable_cost(height, width, kernel, c_in, c_out):
    depthwise, pointwise = kernel * kernel * c_in, c_in * c_out
    return depthwise + pointwise + c_out, height * width * depthwise * c_out


@mistake("separable", words=MULTIPLIED_WORK)
def separable_cost(height, width, kernel, c_in, c_out):
    depthwise, pointwise = kernel * kernel * c_in, c_in * c_out
    return depthwise + pointwise + c_out, height * width * depthwise * pointwise


@mistake("separable", words=ONE_CHANNEL)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_in + c_out
    return weights + c_out, height * width * weights


@mistake("separable", words=ONE_LAYER)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_in
    return weights, height * width * weights


@mistake("separable", words=ONE_LAYER)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = c_in * c_out
    return weights + c_out, height * width * weights


@mistake("squeeze", words=NO_SECOND_SIGMOID)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    return maps * (hidden @ w2 + b2)[:, None, None, :]


@mistake("squeeze", words=SOFTMAX)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    scale = np.exp(hidden @ w2 + b2)
    scale /= scale.sum(axis=-1, keepdims=True)
    return maps * scale[:, None, None, :]


@mistake("squeeze", words=NO_RELU)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = maps.mean(axis=(1, 2)) @ w1 + b1
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))[:, None, None, :]


@mistake("squeeze", words=WHOLE_BATCH)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(0, 1, 2)) @ w1 + b1, 0)
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))


@mistake("squeeze", words=LARGEST)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.max(axis=(1, 2)) @ w1 + b1, 0)
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))[:, None, None, :]


@mistake("squeeze", words=FACTORS_ONLY)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    return 1 / (1 + np.exp(-(hidden @ w2 + b2)))


@mistake("squeeze", words=FACTORS_ADDED)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    return maps + 1 / (1 + np.exp(-(hidden @ w2 + b2)))[:, None, None, :]


@mistake("squeeze", words=BIASES_LEFT_OUT)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1, 0)
    return maps / (1 + np.exp(-(hidden @ w2)))[:, None, None, :]


@mistake("squeeze", words="The bias of the first dense layer, b1, is missing.")
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1, 0)
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))[:, None, None, :]


@mistake("squeeze", words="The bias of the second dense layer, b2, is missing.")
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    return maps / (1 + np.exp(-(hidden @ w2)))[:, None, None, :]


@mistake("squeeze", words=NOT_THE_MEAN)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.sum(axis=(1, 2)) @ w1 + b1, 0)
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))[:, None, None, :]


@mistake("squeeze", words=BY_ROW)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=2) @ w1 + b1, 0)
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))[:, :, None, :]


@mistake("squeeze", words=BY_ROW)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=1) @ w1 + b1, 0)
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))[:, None, :, :]


@mistake("squeeze", words=NOT_THE_MEAN, each={"SIDE": (1, 2)})
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.sum(axis=(1, 2)) / maps.shape[SIDE] @ w1 + b1, 0)
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))[:, None, None, :]


@mistake("squeeze", words=EXCHANGED)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = 1 / (1 + np.exp(-(maps.mean(axis=(1, 2)) @ w1 + b1)))
    return maps * np.maximum(hidden @ w2 + b2, 0)[:, None, None, :]


@mistake("squeeze", words=FALLING_SIGMOID)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    return maps / (1 + np.exp(hidden @ w2 + b2))[:, None, None, :]


@mistake("squeeze", words=ALONG_ROWS)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))[None, None]


@mistake("squeeze", words=ALONG_ROWS)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))[None, :, None, :]


@mistake("squeeze", words=SIZES)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(np.abs(maps).mean(axis=(1, 2)) @ w1 + b1, 0)
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))[:, None, None, :]


@mistake("squeeze", words=FIRST_FOR_ALL)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps[0].mean(axis=(0, 1)) @ w1 + b1, 0)
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))


@mistake("squeeze", words=RELU_ON_MEANS)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)), 0) @ w1 + b1
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))[:, None, None, :]


@mistake("squeeze", words=INFINITE)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    with np.errstate(all="ignore"):
        power = np.exp(hidden @ w2 + b2)
        return maps * (power / (1 + power))[:, None, None, :]


@mistake("squeeze", words=CLIPPED_SUMS, each={"MOST": (1, 2, 3, 4, 5, 6)})
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    z = np.clip(hidden @ w2 + b2, -MOST, MOST)
    return maps / (1 + np.exp(-z))[:, None, None, :]


@mistake("unit", words=RELU_BEFORE_ADD)
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    return keras.Model(inputs, layers.Add()([x, inputs]))


@mistake("unit", words=NO_SHORTCUT)
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    return keras.Model(inputs, layers.ReLU()(layers.BatchNormalization()(x)))


@mistake("unit", words=ADDED_TO_ITSELF)
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, x])))


@mistake("unit", words=NO_LAST_RELU)
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    return keras.Model(inputs, layers.Add()([layers.BatchNormalization()(x), inputs]))


@mistake("unit", words=NO_FIRST_RELU)
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, inputs])))


@mistake("unit", words=BIASED)
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same")(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(shape[-1], 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, inputs])))


@mistake("unit", words=NO_NORM)
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(x)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, inputs])))


@mistake("unit", words=CONCATENATED)
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(layers.Concatenate()([x, inputs])))


@mistake("unit", words=NORM_AFTER_ADD)
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(layers.Add()([x, inputs]))
    return keras.Model(inputs, layers.ReLU()(x))


@mistake("unit", words=TWO_RELUS)
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    y = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization()(y)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([layers.ReLU()(y), inputs])))


@mistake("unit", words=MIDDLE)
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    y = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization()(y)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([y, x])))


@mistake("unit", words=PREACTIVATION)
def build_unit(shape):
    inputs = x = keras.Input(shape)
    for _ in range(2):
        x = layers.ReLU()(layers.BatchNormalization()(x))
        x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    return keras.Model(inputs, layers.Add()([x, inputs]))


@mistake("unit", words=PREACTIVATION)
def build_unit(shape):
    inputs = x = keras.Input(shape)
    for _ in range(2):
        x = layers.ReLU()(layers.BatchNormalization()(x))
        x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, inputs])))


@mistake("unit", words=RELU_BEFORE_NORM)
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.BatchNormalization()(layers.ReLU()(x))
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, inputs])))


@mistake("unit", words=RELU_BEFORE_NORM, each={"FIRST": ("relu", "linear")})
def build_unit(shape):
    inputs = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(shape[-1], 3, activation=FIRST, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(shape[-1], 3, activation="relu", **same)(x)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, inputs])))


@mistake("unit", words=RELU_BEFORE_NORM)
def build_unit(shape):
    inputs = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(shape[-1], 3, activation="relu", **same)(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.BatchNormalization()(layers.Conv2D(shape[-1], 3, **same)(x))
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, inputs])))


@mistake("unit", words=CUT_INPUT)
def build_unit(shape):
    inputs = keras.Input(shape)
    start = layers.ReLU()(inputs)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(start)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, start])))


@mistake("unit", words=FIXED_FILTERS)
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(4, 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(4, 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, inputs])))


@mistake("shortcut", words=STRIDED_TWICE)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, stride, **same)(x))
    if stride != 1 or filters != shape[-1]:
        short = layers.Conv2D(filters, 1, stride * stride, **same)(inputs)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=ALWAYS_CONVOLVED)
def build_any_unit(shape, filters, stride):
    inputs = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, **same)(x))
    short = layers.Conv2D(filters, 1, stride, **same)(inputs)
    short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=ONLY_STRIDE)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, **same)(x))
    if stride != 1:
        short = layers.Conv2D(filters, 1, stride, **same)(inputs)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=ONLY_FILTERS)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, **same)(x))
    if filters != shape[-1]:
        short = layers.Conv2D(filters, 1, stride, **same)(inputs)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=SHORTCUT_RELU)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, **same)(x))
    if stride != 1 or filters != shape[-1]:
        short = layers.Conv2D(filters, 1, stride, **same)(inputs)
        short = layers.ReLU()(layers.BatchNormalization()(short))
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=SHORTCUT_NO_NORM)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, **same)(x))
    if stride != 1 or filters != shape[-1]:
        short = layers.Conv2D(filters, 1, stride, **same)(inputs)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=WIDE_SHORTCUT)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, **same)(x))
    if stride != 1 or filters != shape[-1]:
        short = layers.Conv2D(filters, 3, stride, **same)(inputs)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=ONLY_FILTERS)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, 1, **same)(x))
    if stride != 1 and filters != shape[-1]:
        short = layers.Conv2D(filters, 1, stride, **same)(short)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=ONLY_MORE)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, 1, **same)(x))
    if stride != 1 or filters > shape[-1]:
        short = layers.Conv2D(filters, 1, stride, **same)(short)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=STRIDED_TWICE)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, stride, **same)(x))
    if stride != 1 or filters != shape[-1]:
        short = layers.Conv2D(filters, 1, stride, **same)(short)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=SECOND_STRIDED)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, 1, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, stride, **same)(x))
    if stride != 1 or filters != shape[-1]:
        short = layers.Conv2D(filters, 1, stride, **same)(short)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=UNSTRIDED_SHORTCUT)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, 1, **same)(x))
    if stride != 1 or filters != shape[-1]:
        short = layers.Conv2D(filters, 1, 1, **same)(short)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=POOLED_SHORTCUT)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, 1, **same)(x))
    if stride != 1 or filters != shape[-1]:
        short = layers.MaxPooling2D(stride, padding="same")(inputs)
        short = layers.Conv2D(filters, 1, 1, **same)(short)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=POOLED_SHORTCUT)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, 1, **same)(x))
    if stride != 1 or filters != shape[-1]:
        short = layers.AveragePooling2D(stride, padding="same")(inputs)
        short = layers.Conv2D(filters, 1, 1, **same)(short)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=STRIDE_OF_TWO)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same, step = {"padding": "same", "use_bias": False}, 1 if stride == 1 else 2
    x = layers.Conv2D(filters, 3, step, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, **same)(x))
    if stride != 1 or filters != shape[-1]:
        short = layers.Conv2D(filters, 1, step, **same)(inputs)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("shortcut", words=NO_LAST_RELU)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, 1, **same)(x))
    if stride != 1 or filters != shape[-1]:
        short = layers.Conv2D(filters, 1, stride, **same)(short)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.Add()([x, short]))


@mistake("shortcut", words=RELU_BEFORE_ADD)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, 1, **same)(x))
    if stride != 1 or filters != shape[-1]:
        short = layers.Conv2D(filters, 1, stride, **same)(short)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.Add()([layers.ReLU()(x), short]))


@mistake("shortcut", words=TWO_RELUS)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, 1, **same)(x))
    if stride != 1 or filters != shape[-1]:
        short = layers.Conv2D(filters, 1, stride, **same)(short)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([layers.ReLU()(x), short])))


@mistake("shortcut", words=NO_FIRST_RELU)
def build_any_unit(shape, filters, stride):
    inputs = short = keras.Input(shape)
    same = {"padding": "same", "use_bias": False}
    x = layers.Conv2D(filters, 3, stride, **same)(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.BatchNormalization()(layers.Conv2D(filters, 3, 1, **same)(x))
    if stride != 1 or filters != shape[-1]:
        short = layers.Conv2D(filters, 1, stride, **same)(short)
        short = layers.BatchNormalization()(short)
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, short])))


@mistake("mend", words=SHARED)
def build_resnet(shape, n_classes):
    inputs = keras.Input(shape)
    conv = layers.Conv2D(8, 3, padding="same", use_bias=False)
    x = layers.Conv2D(8, 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    for _ in range(3):
        f = layers.ReLU()(layers.BatchNormalization()(conv(x)))
        f = layers.BatchNormalization()(conv(f))
        x = layers.ReLU()(layers.Add()([f, x]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=ADDED_TO_ITSELF)
def build_resnet(shape, n_classes):
    def convolved(x):
        x = layers.Conv2D(8, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = layers.ReLU()(convolved(inputs))
    for _ in range(3):
        f = convolved(layers.ReLU()(convolved(x)))
        x = layers.ReLU()(layers.Add()([f, f]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=RELU_BEFORE_ADD)
def build_resnet(shape, n_classes):
    def convolved(x):
        x = layers.Conv2D(8, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = layers.ReLU()(convolved(inputs))
    for _ in range(3):
        f = convolved(layers.ReLU()(convolved(x)))
        x = layers.Add()([layers.ReLU()(f), x])
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=FROM_STEM)
def build_resnet(shape, n_classes):
    def convolved(x):
        x = layers.Conv2D(8, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = stem = layers.ReLU()(convolved(inputs))
    for _ in range(3):
        f = convolved(layers.ReLU()(convolved(x)))
        x = layers.ReLU()(layers.Add()([f, stem]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=SOFTMAX_HEAD)
def build_resnet(shape, n_classes):
    def convolved(x):
        x = layers.Conv2D(8, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = layers.ReLU()(convolved(inputs))
    for _ in range(3):
        f = convolved(layers.ReLU()(convolved(x)))
        x = layers.ReLU()(layers.Add()([f, x]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes, activation="softmax")(x))


@mistake("mend", words=TWO_RELUS)
def build_resnet(shape, n_classes):
    def convolved(x, filters=8):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = layers.ReLU()(convolved(inputs))
    for _ in range(3):
        f = convolved(layers.ReLU()(convolved(x)))
        x = layers.ReLU()(layers.Add()([layers.ReLU()(f), x]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=NO_LAST_RELU)
def build_resnet(shape, n_classes):
    def convolved(x, filters=8):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = layers.ReLU()(convolved(inputs))
    for _ in range(3):
        f = convolved(layers.ReLU()(convolved(x)))
        x = layers.Add()([f, x])
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=NO_FIRST_RELU)
def build_resnet(shape, n_classes):
    def convolved(x, filters=8):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = layers.ReLU()(convolved(inputs))
    for _ in range(3):
        f = convolved(convolved(x))
        x = layers.ReLU()(layers.Add()([f, x]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=NO_SHORTCUT)
def build_resnet(shape, n_classes):
    def convolved(x, filters=8):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = layers.ReLU()(convolved(inputs))
    for _ in range(3):
        f = convolved(layers.ReLU()(convolved(x)))
        x = layers.ReLU()(f)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=MIDDLE)
def build_resnet(shape, n_classes):
    def convolved(x, filters=8):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = layers.ReLU()(convolved(inputs))
    for _ in range(3):
        x = layers.ReLU()(convolved(x))
        x = layers.ReLU()(layers.Add()([convolved(x), x]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=LARGEST_HEAD)
def build_resnet(shape, n_classes):
    def convolved(x, filters=8):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = layers.ReLU()(convolved(inputs))
    for _ in range(3):
        f = convolved(layers.ReLU()(convolved(x)))
        x = layers.ReLU()(layers.Add()([f, x]))
    x = layers.GlobalMaxPooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=CHANNELS_OF_PICTURE)
def build_resnet(shape, n_classes):
    def convolved(x, filters=8):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = layers.ReLU()(convolved(inputs))
    for _ in range(3):
        f = convolved(layers.ReLU()(convolved(x, shape[-1])), shape[-1])
        x = layers.ReLU()(layers.Add()([f, x]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=ONE_SHORTCUT)
def build_resnet(shape, n_classes):
    def convolved(x):
        x = layers.Conv2D(8, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = start = layers.ReLU()(convolved(inputs))
    for n in range(3):
        x = convolved(layers.ReLU()(convolved(x)))
        x = layers.ReLU()(x if n < 2 else layers.Add()([x, start]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("budget", words=FLATTENED)
def build_small(shape, n_classes):
    model = keras.Sequential([keras.Input(shape)])
    model.add(layers.Conv2D(16, 3, 2, padding="same", activation="relu"))
    model.add(layers.MaxPooling2D())
    for filters in (32, 32, 48, 48, 64):
        model.add(layers.SeparableConv2D(filters, 3, padding="same", activation="relu"))
    model.add(layers.Flatten())
    model.add(layers.Dense(n_classes))
    return model


@mistake("budget", words=PLAIN_WIDE)
def build_small(shape, n_classes):
    model = keras.Sequential([keras.Input(shape)])
    model.add(layers.Conv2D(16, 3, 2, padding="same", activation="relu"))
    model.add(layers.MaxPooling2D())
    for filters in (32, 32, 48, 48, 64):
        model.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(n_classes))
    return model


@mistake("budget", words=TOO_FEW)
def build_small(shape, n_classes):
    model = keras.Sequential([keras.Input(shape)])
    model.add(layers.Conv2D(16, 3, 2, padding="same", activation="relu"))
    model.add(layers.MaxPooling2D())
    for filters in (32, 64):
        model.add(layers.SeparableConv2D(filters, 3, padding="same", activation="relu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(n_classes))
    return model


@mistake("budget", words=TOO_BUSY)
def build_small(shape, n_classes):
    model = keras.Sequential([keras.Input(shape)])
    model.add(layers.Conv2D(16, 3, padding="same", activation="relu"))
    for filters in (32, 32, 48, 48, 64):
        model.add(layers.SeparableConv2D(filters, 3, padding="same", activation="relu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(n_classes))
    return model


@mistake("budget", words=NARROW)
def build_small(shape, n_classes):
    model = keras.Sequential([keras.Input(shape)])
    model.add(layers.Conv2D(16, 3, 2, padding="same", activation="relu"))
    model.add(layers.MaxPooling2D())
    for filters in (16, 16, 24, 24, 32):
        model.add(layers.SeparableConv2D(filters, 3, padding="same", activation="relu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(n_classes))
    return model


@mistake("budget", words=FIXED_SHAPE)
def build_small(shape, n_classes):
    model = keras.Sequential([keras.Input((80, 60, 1))])
    model.add(layers.Conv2D(16, 3, 2, padding="same", activation="relu"))
    model.add(layers.MaxPooling2D())
    for filters in (32, 32, 48, 48, 64):
        model.add(layers.SeparableConv2D(filters, 3, padding="same", activation="relu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(55))
    return model


@mistake("budget", words=SILENT)
def build_small(shape, n_classes):
    model = keras.Sequential([keras.Input(shape)])
    model.add(layers.Conv2D(16, 3, 2, padding="same"))
    model.add(layers.MaxPooling2D())
    for filters in (32, 32, 48, 48, 64):
        model.add(layers.SeparableConv2D(filters, 3, padding="same"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(n_classes))
    return model


@mistake("budget", words=ONE_CHANNEL_INPUT)
def build_small(shape, n_classes):
    model = keras.Sequential([keras.Input((*shape[:2], 1))])
    model.add(layers.Conv2D(16, 3, 2, padding="same", activation="relu"))
    model.add(layers.MaxPooling2D())
    for filters in (32, 32, 48, 48, 64):
        model.add(layers.SeparableConv2D(filters, 3, padding="same", activation="relu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(n_classes))
    return model


@mistake("budget", words=NOTHING_LEFT)
def build_small(shape, n_classes):
    model = keras.Sequential([keras.Input(shape)])
    for filters in (8, 12, 16):
        model.add(layers.Conv2D(filters, 3, activation="relu"))
        model.add(layers.MaxPooling2D())
    for filters in (24, 48):
        model.add(layers.SeparableConv2D(filters, 3, activation="relu"))
    model.add(layers.Conv2D(48, 1, activation="relu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(n_classes))
    return model


@mistake("budget", words=SILENT)
def build_small(shape, n_classes):
    model = keras.Sequential([keras.Input(shape), layers.MaxPooling2D()])
    for filters in (16, 32, 48):
        model.add(layers.DepthwiseConv2D(3, padding="same"))
        model.add(layers.Conv2D(filters, 1, activation="relu"))
        model.add(layers.MaxPooling2D())
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(n_classes))
    return model


@mistake("through", words="You return the ValueError: raise it, so that it stops who called.")
def through(side, stages):
    found = []
    for window, stride, padding in stages:
        if padding == "valid" and window > side:
            return ValueError
        side = -(-side // stride) if padding == "same" else (side - window) // stride + 1
        found.append(side)
    return found


FLOAT_SIDES = "Your sides are floats: a side is a number of places, so divide with //, or use int."


@mistake("through", words=FLOAT_SIDES)
def through(side, stages):
    found = []
    for window, stride, padding in stages:
        if padding == "valid" and window > side:
            raise ValueError
        left = side if padding == "same" else side - window + 1
        side = float(np.ceil(left / stride))
        found.append(side)
    return found


@mistake("through", words=FLOAT_SIDES)
def through(side, stages):
    found = []
    for window, stride, padding in stages:
        if padding == "valid" and window > side:
            raise ValueError
        left = side if padding == "same" else side - window + 1
        side = np.ceil(left / stride)
        found.append(side)
    return found


@mistake("separable", words="Your numbers are floats: both are counted, so give ints.")
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_in + c_in * c_out
    return float(weights + c_out), float(height * width * weights)


ONE_LAYERS_WORK = (
    "Your multiplications are those of one of the two layers: add those of the depthwise and of "
    "the pointwise one."
)


@mistake("separable", words=ONE_LAYERS_WORK)
def separable_cost(height, width, kernel, c_in, c_out):
    depthwise, pointwise = kernel * kernel * c_in, c_in * c_out
    return depthwise + pointwise + c_out, height * width * depthwise


@mistake("separable", words=ONE_LAYERS_WORK)
def separable_cost(height, width, kernel, c_in, c_out):
    depthwise, pointwise = kernel * kernel * c_in, c_in * c_out
    return depthwise + pointwise + c_out, height * width * pointwise


@mistake("mend", words=FROM_STEM)
def build_resnet(shape, n_classes):
    def convolved(x):
        x = layers.Conv2D(8, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = layers.ReLU()(convolved(inputs))
    for _ in range(3):
        f = convolved(layers.ReLU()(convolved(x)))
        x = layers.ReLU()(layers.Add()([f, inputs]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words=SHARED)
def build_resnet(shape, n_classes):
    inputs = keras.Input(shape)
    one, two = (layers.Conv2D(8, 3, padding="same", use_bias=False) for _ in range(2))
    x = layers.Conv2D(8, 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    for _ in range(3):
        f = layers.ReLU()(layers.BatchNormalization()(one(x)))
        f = layers.BatchNormalization()(two(f))
        x = layers.ReLU()(layers.Add()([f, x]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("squeeze", words="Your ReLU stands before the bias: add the bias first, then cut off.")
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1, 0) + b1
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))[:, None, None, :]


CUT_TO_ZERO = (
    "You go by what comes out: where a window hangs over by less than its stride, int cuts towards "
    "0, and a place is left. Compare the window with its map before you divide."
)


@mistake("through", words=CUT_TO_ZERO)
def through(side, stages):
    found = []
    for window, stride, padding in stages:
        side = -(-side // stride) if padding == "same" else int((side - window) / stride) + 1
        if side <= 0:
            raise ValueError
        found.append(side)
    return found


@mistake(
    "separable",
    words=(
        "You exchanged the channels: there is a depthwise filter for each that comes in, and a "
        "pointwise one, with its bias, for each that goes out."
    ),
)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_out + c_in * c_out
    return weights + c_in, height * width * weights


@mistake(
    "separable",
    words=(
        "You exchanged the channels: there is a depthwise filter for each that comes in, and a "
        "pointwise one for each that goes out."
    ),
)
def separable_cost(height, width, kernel, c_in, c_out):
    weights = kernel * kernel * c_out + c_in * c_out
    return weights + c_out, height * width * weights


ONE_CONVOLUTION = (
    "Both convolutions are one and the same layer: called twice, it has one set of weights for "
    "both. Make a layer for each."
)
ONE_NORM = (
    "Both normalisations are one and the same layer: its moving mean and variance then follow two "
    "different things. Make a layer for each convolution."
)


@mistake("unit", words=ONE_CONVOLUTION)
def build_unit(shape):
    inputs = keras.Input(shape)
    conv = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)
    x = layers.ReLU()(layers.BatchNormalization()(conv(inputs)))
    x = layers.BatchNormalization()(conv(x))
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, inputs])))


@mistake("unit", words=ONE_CONVOLUTION)
def build_unit(shape):
    inputs = keras.Input(shape)
    conv = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)
    norm = layers.BatchNormalization()
    x = norm(conv(layers.ReLU()(norm(conv(inputs)))))
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, inputs])))


@mistake("unit", words=ONE_NORM)
def build_unit(shape):
    inputs = keras.Input(shape)
    norm = layers.BatchNormalization()
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(norm(x))
    x = norm(layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x))
    return keras.Model(inputs, layers.ReLU()(layers.Add()([x, inputs])))


@mistake("unit", says="neither taken off, nor doubled", each={"SHARE": (-1, 2, 0.5)})
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(x + SHARE * inputs))


@mistake("unit", words="You take the mean of the two: they are added.")
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(layers.Average()([x, inputs])))


@mistake("unit", words="You take one off the other: they are added.", each={"TURN": (1, -1)})
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU()(layers.Subtract()([x, inputs][::TURN])))


@mistake("unit", says="a bound, a slope or a threshold", each={"SOME": (6.0, 1.0)})
def build_unit(shape):
    inputs = keras.Input(shape)
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU(SOME)(layers.BatchNormalization()(x))
    x = layers.Conv2D(shape[-1], 3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return keras.Model(inputs, layers.ReLU(SOME)(layers.Add()([x, inputs])))


@mistake("mend", says="a bound, a slope or a threshold")
def build_resnet(shape, n_classes):
    def convolved(x):
        x = layers.Conv2D(8, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = layers.ReLU(6.0)(convolved(inputs))
    for _ in range(3):
        f = convolved(layers.ReLU(6.0)(convolved(x)))
        x = layers.ReLU(6.0)(layers.Add()([f, x]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", says="Something is dropped out in training")
def build_resnet(shape, n_classes):
    def convolved(x):
        x = layers.Conv2D(8, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = layers.ReLU()(convolved(inputs))
    for _ in range(3):
        f = convolved(layers.ReLU()(convolved(x)))
        x = layers.ReLU()(layers.Add()([f, x]))
    x = layers.Dropout(0.5)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake("mend", words="The head gets the maps with all their places: it is to get their averages.")
def build_resnet(shape, n_classes):
    def convolved(x):
        x = layers.Conv2D(8, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = layers.ReLU()(convolved(inputs))
    for _ in range(3):
        f = convolved(layers.ReLU()(convolved(x)))
        x = layers.ReLU()(layers.Add()([f, x]))
    return keras.Model(inputs, layers.Dense(n_classes)(layers.Flatten()(x)))


@mistake("mend", words="The ReLU of the stem is missing: behind its normalisation all is cut off.")
def build_resnet(shape, n_classes):
    def convolved(x):
        x = layers.Conv2D(8, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)

    inputs = keras.Input(shape)
    x = convolved(inputs)
    for _ in range(3):
        f = convolved(layers.ReLU()(convolved(x)))
        x = layers.ReLU()(layers.Add()([f, x]))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))


@mistake(
    "squeeze",
    words=(
        "A ReLU stands behind the second dense layer as well: its sums go into the sigmoid as they "
        "are, or no map could be turned down below a half."
    ),
)
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    z = np.maximum(hidden @ w2 + b2, 0)
    return maps / (1 + np.exp(-z))[:, None, None, :]


@mistake("squeeze", words="A straight line, cut off at 0 and 1, stands in place of the sigmoid.")
def squeeze_excite(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    scale = np.clip((hidden @ w2 + b2) / 6 + 0.5, 0, 1)
    return maps * scale[:, None, None, :]


@mistake(
    "budget",
    words=(
        "A convolution is called more than once: it multiplies each time, and learns one set of "
        "weights for all places. Make a layer for each place."
    ),
)
def build_small(shape, n_classes):
    inputs = keras.Input(shape)
    x = layers.Conv2D(48, 3, strides=2, padding="same", activation="relu")(inputs)
    x = layers.MaxPooling2D(4)(x)
    again = layers.SeparableConv2D(48, 3, padding="same", activation="relu")
    for _ in range(5):
        x = again(x)
    for _ in range(5):
        x = layers.SeparableConv2D(48, 3, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(n_classes)(x))
