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
RELU_BEFORE_ADD = (
    "The last ReLU stands before the addition: then a unit can only add, never take away, and maps "
    "grow from unit to unit. Add first, then cut off."
)
NO_SHORTCUT = (
    "Nothing is added: what goes into the unit must be added to what the layers make of it."
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
    "You look at the stride only: where the number of maps changes, the sum does not fit, either."
)
ONLY_FILTERS = "You look at the number of maps only: with a stride the sum does not fit, either."
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
FROM_STEM = (
    "Each unit adds what came out of the stem: add what goes into this unit, and hand on what "
    "comes out of it."
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
