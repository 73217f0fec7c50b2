"""Right answers in forms that our solutions do not have: other containers, NumPy's own numbers.

Each is a section's number, an exercise, what is special about it, and the answer's cell.
"""

from __future__ import annotations

FORMS: list[tuple[str, str, str, str]] = []


def form(section: str, exercise: str, what: str, code: str) -> None:
    """Add a right answer."""
    FORMS.append((section, exercise, what, code))


form("01", "stored", "tuple", "stored = (2, 44, 255, 0)")
form("01", "stored", "bytes of NumPy's", "stored = list(np.array([2, 44, 255, 0], np.uint8))")
form(
    "01",
    "same-picture",
    "relies on sides from 200 to 700",
    """
def same_picture(a, b):
    if not all(200 <= side <= 700 for side in a.shape[:2]):
        raise ValueError(a.shape)
    grey_a, grey_b = a.mean(axis=-1), b.mean(axis=-1)
    return np.corrcoef(grey_a.ravel(), grey_b.ravel())[0, 1] > 0.9
""",
)
form(
    "01",
    "crop",
    "a copy, in floats",
    """
def crop(image, top, left, height, width):
    rows = np.take(image, range(top, top + height), axis=0)
    return np.take(rows, range(left, left + width), axis=1).astype(float)
""",
)
form(
    "01",
    "brighten",
    "a table of all bytes",
    """
def brighten(image, amount):
    return np.array([min(max(n + amount, 0), 255) for n in range(256)], np.uint8)[image]
""",
)
form(
    "01",
    "memory-bytes",
    "an int of NumPy's",
    """
def memory(shape, dtype):
    return np.prod(shape, dtype=np.int64) * np.dtype(dtype).itemsize
""",
)
form(
    "01",
    "luminance",
    "an exact half goes up",
    """
def luminance(image):
    red, green, blue = (image[..., k].astype(int) for k in range(3))
    return ((299 * red + 587 * green + 114 * blue + 500) // 1000).astype(np.uint8)
""",
)
form(
    "01",
    "flat-index",
    "one axis after the other",
    """
def flat_index(row, column, channel, shape):
    position = 0
    for index, side in zip((row, column, channel), shape):
        position = position * side + index
    return position
""",
)
form(
    "01",
    "same-picture",
    "the means of blocks of a hundred pixels",
    """
def same_picture(a, b):
    height, width = a.shape[0] // 10, a.shape[1] // 10
    def blocks(picture):
        whole = picture[: 10 * height, : 10 * width]
        return whole.reshape(height, 10, width, 10, 3).mean(axis=(1, 3, 4)).ravel()
    return bool(np.corrcoef(blocks(a), blocks(b))[0, 1] > 0.95)
""",
)
form(
    "02",
    "edge-bugs",
    "loops over rows and columns, list",
    """
def edges(gx, gy):
    height, width = gx.shape
    strength, angle = np.zeros((height, width)), np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            strength[i, j] = np.hypot(gx[i, j], gy[i, j])
            angle[i, j] = np.degrees(np.arctan2(gy[i, j], gx[i, j]))
    return [strength, angle]
""",
)
form(
    "02",
    "downhill",
    "loops over the weights",
    """
def step_downhill(kernel, image, target, learning_rate):
    height, width = target.shape
    error = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            window = image[i : i + kernel.shape[0], j : j + kernel.shape[1]]
            error[i, j] = np.sum(window * kernel) - target[i, j]
    moved = kernel.copy()
    for u in range(kernel.shape[0]):
        for v in range(kernel.shape[1]):
            slope = 2 * np.mean(error * image[u : u + height, v : v + width])
            moved[u, v] -= learning_rate * slope
    return moved
""",
)
form(
    "02",
    "layer-cost",
    "list",
    """
def layer_cost(height, width, channels, filters, kernel, stride):
    places = -(-height // stride) * -(-width // stride) * filters
    weights = kernel * kernel * channels
    return [filters * (weights + 1), np.int64(places * weights), 4 * places]
""",
)
form(
    "02",
    "diagonal-detector",
    "rows in a list",
    "diagonal_kernel = [[1, -1.0, 0], [-1, 2, -1], [0, -1, 1]]",
)
form(
    "02",
    "edge-bugs",
    "complex numbers",
    """
def edges(gx, gy):
    arrows = gx + 1j * gy
    return np.abs(arrows), np.angle(arrows, deg=True)
""",
)
form(
    "02",
    "two-dice",
    "one loop, shifted",
    """
def sum_of_dice(p, q):
    total = np.zeros(len(p) + len(q) - 1)
    for points, probability in enumerate(p):
        total[points : points + len(q)] += probability * q
    return total
""",
)
form(
    "03",
    "roof",
    "arrays",
    "roof_max = np.array([[5, -1], [7, 2]])\nroof_average = np.array([[1.0, -3], [3, 1]])",
)
form(
    "03",
    "stability",
    "two slices, joined",
    """
def stability(image, size, shift):
    border = image.shape[1] - shift
    moved = np.concatenate([image[:, border:], image[:, :border]], axis=1)
    rows, columns = image.shape[0] // size, image.shape[1] // size
    same = 0
    for i in range(rows):
        for j in range(columns):
            place = np.s_[i * size : (i + 1) * size, j * size : (j + 1) * size]
            same += image[place].max() == moved[place].max()
    return np.float64(same / (rows * columns))
""",
)
form(
    "03",
    "relu-maximum",
    "b and what a has more, arrays, idle neurons",
    """
hidden_weights = np.array([[0, 0, 2, 0], [3, -3, -2, 0]])
output_weights = np.array([1 / 3, -1 / 3, 0.5, 7])
""",
)
form(
    "03",
    "break",
    "floats that are whole",
    """
def break_the_sum(size):
    x = np.indices((2 * size, 2 * size)).sum(axis=0) % 2 * 8.0 + 1
    return x, 10 - x
""",
)
form("03", "roof", "tuples", "roof_max = ((5, -1), (7, 2))\nroof_average = [(1, -3), (3, 1)]")
form(
    "03",
    "relu-maximum",
    "half of sum and distance, lists",
    """
hidden_weights = [[0.5, -0.5, 0.5, -0.5], [0.5, -0.5, -0.5, 0.5]]
output_weights = [1, -1, 1, 1]
""",
)
form(
    "03",
    "receptive-field",
    "from the back, a small number of NumPy's",
    """
def receptive_field(steps):
    side = 1
    for window, stride in steps[::-1]:
        side = (side - 1) * stride + window
    return np.int64(side)
""",
)
form(
    "03",
    "design",
    "lists, small numbers of NumPy's",
    """
plan = ()
for filters in np.array([16, 32, 32, 64], np.uint8):
    plan += (["conv", filters], ["pool", np.int64(2)])
""",
)
form(
    "03",
    "max-pool",
    "a container of floats",
    """
def max_pool(image, size, stride):
    rows, columns = ((side - size) // stride + 1 for side in image.shape[:2])
    output = np.zeros((rows, columns, image.shape[2]))
    for i, j in np.ndindex(rows, columns):
        window = image[i * stride : i * stride + size, j * stride : j * stride + size]
        output[i, j] = window.max(axis=(0, 1))
    return output
""",
)
form(
    "03",
    "same-pool",
    "padded by the map's least",
    """
def max_pool_same(image, size):
    gaps = [(-side % size // 2, (-side % size + 1) // 2) for side in image.shape]
    padded = np.pad(image, gaps, constant_values=image.min())
    rows, columns = (side // size for side in padded.shape)
    return padded.reshape(rows, size, columns, size).max(axis=(1, 3))
""",
)
form(
    "04",
    "labels-of",
    "NumPy's strings and numbers",
    """
def labels_of(paths):
    found, labels = np.unique([path.split("/")[1] for path in paths], return_inverse=True)
    return [list(found), tuple(labels)]
""",
)
form(
    "04",
    "full-shapes",
    "lists",
    """
train_shape, validation_shape = [25_764, 80, 60, 1], [6_442, 80, 60, 1]
test_shape, steps = [7_684, 80, 60, 1], np.int64(202)
""",
)
form(
    "04",
    "early-stopping",
    "list, NumPy's numbers",
    """
def early_stopping(accuracies, patience):
    for epoch in range(1, len(accuracies) + 1):
        best = np.argmax(accuracies[:epoch]) + 1
        if epoch - best >= patience:
            break
    return [np.int64(epoch), best]
""",
)
form(
    "04",
    "by-writer",
    "lists, drawn by choice",
    """
def by_writer(wrote, share, seed):
    people = sorted(set(wrote.tolist()))
    rng = np.random.default_rng(seed)
    drawn = set(rng.choice(people, int(share * len(people)), replace=False).tolist())
    rows = range(len(wrote))
    return [k for k in rows if wrote[k] not in drawn], [k for k in rows if wrote[k] in drawn]
""",
)
form(
    "05",
    "pairs",
    "lists, NumPy's strings and numbers",
    """
def confused(counts, characters, most):
    both, names = np.triu(counts + counts.T, 1), np.array(list(characters))
    places = [divmod(k, len(counts)) for k in np.argsort(-both, axis=None)[:most]]
    return tuple([names[i], names[j], both[i, j]] for i, j in places)
""",
)
for name, place in (
    ("ceil", "np.ceil(confidence * bins) - 1"),
    ("digitize", "np.digitize(confidence, np.linspace(0, 1, bins + 1), right=True) - 1"),
):
    form(
        "05",
        "calibration-error",
        name,
        f"""
def calibration_error(confidence, right, bins):
    place = {place}
    return sum(abs((right - confidence)[place == b].sum()) for b in range(bins)) / len(right)
""",
    )
form(
    "05",
    "suspects",
    "logarithms, which no row makes infinite",
    """
def suspects(logits, labels, count):
    own = logits[np.arange(len(labels)), labels]
    return np.argsort(own - np.logaddexp.reduce(logits, axis=1))[:count]
""",
)
form(
    "05",
    "best-temperature",
    "sums of logarithms, the smallest by a key",
    """
def best_temperature(logits, labels, candidates):
    own = logits[np.arange(len(labels)), labels]
    def loss(t):
        return (np.logaddexp.reduce(logits / t, axis=1) - own / t).sum()
    return min(candidates, key=loss)
""",
)
form(
    "05",
    "conformal",
    "counts for each class, in loops",
    """
def conformal_sets(known, labels, new, miss):
    own = [row[label] for row, label in zip(known.tolist(), labels)]
    place = np.ceil((len(own) + 1) * (1 - miss))
    return np.array([[sum(p > q for p in own) < place for q in row] for row in new.tolist()])
""",
)
for neurons in (
    '[trial.suggest_int("neurons", 4, 256, log=True)]',
    '(trial.suggest_int("neurons", 4, 256),)',
):
    form(
        "06",
        "space",
        neurons,
        f"""
def space(trial):
    return {{
        "neurons": {neurons},
        "activation": trial.suggest_categorical("activation", ("relu", "leaky_relu", "tanh")),
        "learning_rate": trial.suggest_float("learning_rate", 1e-4, 1e-2, log=True),
    }}
""",
    )
form(
    "06",
    "compare",
    "list",
    """
def compare(a, b):
    return [(a - b).mean(), (a - b).std(ddof=1) / np.sqrt(len(a))]
""",
)
form(
    "06",
    "layers",
    "tuple, logarithmic scale",
    """
def layers_space(trial):
    count = trial.suggest_int("layers", 1, 3, log=True)
    sizes = (8, 16, 32, 64)
    return tuple(trial.suggest_categorical(f"neurons_{k + 1}", sizes) for k in range(count))
""",
)
form(
    "06",
    "tuner",
    "tuple, logarithmic scale",
    """
def tuner_space(hp):
    return {
        "neurons": (hp.Int("neurons", 4, 256, sampling="log"),),
        "activation": hp.Choice("activation", ("relu", "leaky_relu", "tanh")),
        "learning_rate": hp.Float("learning_rate", 1e-4, 1e-2, sampling="log"),
    }
""",
)
form(
    "07",
    "sizes",
    "reads what the lecture counted",
    """
heaviest_base = max(sizes, key=lambda name: sizes[name][0])
vgg_megabytes = round(4 * sizes["VGG16"][0] / 1e6)
head_parameters = (2_048 + 1) * 55
""",
)
form(
    "07",
    "passes",
    "frozenset, the lecture's epochs",
    """
once_passes, frozen_passes = np.int64(550), 550 * epochs["frozen"]
seconds_saved = (frozen_passes - once_passes) * 0.002
again = frozenset({"augmentation", "fine-tuning", "another base"})
""",
)
form(
    "07",
    "set-one-free",
    "Sequential, what is no part frozen one by one",
    """
def set_free(base, block, n_classes):
    base.trainable = True
    for layer in base.layers:
        if layer.name.split("_")[0] != block or "norm" in layer.name:
            layer.trainable = False
    return keras.Sequential([keras.Input(base.input_shape[1:]), base, layers.Dense(n_classes)])
""",
)
form(
    "07",
    "steps",
    "lists, NumPy's truth",
    """
def steps(runs):
    found = []
    for a, b in zip(runs, runs[1:]):
        gain = np.mean(b) - np.mean(a)
        found.append([gain, gain > max(np.std(a, ddof=1), np.std(b, ddof=1))])
    return tuple(found)
""",
)
form(
    "07",
    "norm",
    "list",
    """
def batch_norm(x, mean, variance, training):
    now = (x.mean(axis=0), x.var(axis=0)) if training else (mean, variance)
    normalised = (x - now[0]) / np.sqrt(now[1] + 0.001)
    return [normalised, 0.99 * mean + 0.01 * now[0], 0.99 * variance + 0.01 * now[1]]
""",
)
form(
    "06",
    "edge",
    "list of NumPy's numbers, powers of ten",
    """
def edge_shares(values, losses, low, high):
    order = sorted(range(len(losses)), key=lambda k: losses[k])[: int(np.ceil(len(losses) / 4))]
    width = np.log10(high) - np.log10(low)
    places = np.array([(np.log10(values[k]) - np.log10(low)) / width for k in order])
    return [np.float32((places < 0.1).mean()), (places > 0.9).mean()]
""",
)
form(
    "08",
    "through",
    "tuple, NumPy's numbers",
    """
def through(side, stages):
    sides = [np.int64(side)]
    for window, stride, padding in stages:
        room = sides[-1] - (window - 1 if padding == "valid" else 0)
        if room < 1:
            raise ValueError(f"{window} is larger than {sides[-1]}")
        sides.append((room + stride - 1) // stride)
    return tuple(sides[1:])
""",
)
form(
    "08",
    "separable",
    "list, asks Keras",
    """
def separable_cost(height, width, kernel, c_in, c_out):
    one = layers.SeparableConv2D(c_out, kernel, padding="same")
    one.build((None, height, width, c_in))
    return [one.count_params(), (one.count_params() - c_out) * height * width]
""",
)
form(
    "08",
    "unit",
    "activations as layers, the input first",
    """
def build_unit(shape):
    start = x = keras.Input(shape)
    for k in range(2):
        x = layers.Conv2D(shape[2], (3, 3), padding="same", use_bias=False)(x)
        x = layers.BatchNormalization()(x)
        x = layers.Activation("relu")(x) if k == 0 else layers.Add()([start, x])
    return keras.Model(start, layers.Activation("relu")(x))
""",
)
form(
    "08",
    "shortcut",
    "the shortcut is built first",
    """
def build_any_unit(shape, filters, stride):
    start = keras.Input(shape)
    past = start
    if (stride, filters) != (1, shape[-1]):
        past = layers.Conv2D(filters, 1, strides=stride, use_bias=False, padding="same")(past)
        past = layers.BatchNormalization()(past)
    x = layers.Conv2D(filters, 3, strides=stride, use_bias=False, padding="same")(start)
    x = layers.BatchNormalization()(x)
    x = layers.Conv2D(filters, 3, use_bias=False, padding="same")(layers.ReLU()(x))
    x = layers.BatchNormalization()(x)
    return keras.Model(start, layers.ReLU()(layers.Add()([past, x])))
""",
)
form(
    "08",
    "mend",
    "written out",
    """
def build_resnet(shape, n_classes):
    def conv(x):
        return layers.Conv2D(8, 3, padding="same", use_bias=False)(x)
    start = keras.Input(shape)
    x = layers.Activation("relu")(layers.BatchNormalization()(conv(start)))
    for unit in ("one", "two", "three"):
        past = x
        x = layers.ReLU()(layers.BatchNormalization()(conv(x)))
        x = layers.BatchNormalization()(conv(x))
        x = layers.ReLU()(layers.Add()([past, x]))
    return keras.Model(start, layers.Dense(n_classes)(layers.GlobalAveragePooling2D()(x)))
""",
)
form(
    "08",
    "squeeze",
    "a loop over pictures and maps",
    """
def squeeze_excite(maps, w1, b1, w2, b2):
    out = np.empty_like(maps)
    for n, picture in enumerate(maps):
        hidden = np.clip(w1.T @ picture.mean((0, 1)) + b1, 0, None)
        for c in range(maps.shape[-1]):
            out[n, ..., c] = picture[..., c] / (1 + np.exp(-(w2[:, c] @ hidden + b2[c])))
    return out
""",
)
form(
    "08",
    "budget",
    "depthwise and pointwise, functional, with a shortcut",
    """
def build_small(shape, n_classes):
    start = keras.Input(shape)
    x = layers.Rescaling(1 / 255)(start)
    x = layers.Conv2D(16, 5, 2, padding="same")(x)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    for filters in (32, 48, 48):
        x = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(layers.MaxPooling2D(2)(x))
        x = layers.ReLU()(layers.BatchNormalization()(x))
        x = layers.Conv2D(filters, 1, use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(start, layers.Dense(n_classes)(layers.Dropout(0.2)(x)))
""",
)
form(
    "08",
    "unit",
    "a plus, and activations by name",
    """
def build_unit(shape):
    start = x = keras.Input(shape)
    for k in range(2):
        x = layers.Conv2D(shape[2], 3, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization()(x)
        x = keras.activations.relu(x + start) if k else layers.Activation("relu")(x)
    return keras.Model(start, x)
""",
)
form(
    "08",
    "shortcut",
    "a plus, and a function for each ReLU",
    """
def build_any_unit(shape, filters, stride):
    def part(x, side, step):
        x = layers.Conv2D(filters, side, step, padding="same", use_bias=False)(x)
        return layers.BatchNormalization()(x)
    start = keras.Input(shape)
    short = start if (filters, stride) == (shape[2], 1) else part(start, 1, stride)
    x = part(keras.ops.relu(part(start, 3, stride)), 3, 1)
    return keras.Model(start, keras.ops.relu(short + x))
""",
)
form(
    "08",
    "mend",
    "a unit is a model within the model",
    """
def build_resnet(shape, n_classes):
    def unit(shape):
        start = x = keras.Input(shape)
        for k in range(2):
            x = layers.Conv2D(8, 3, padding="same", use_bias=False)(x)
            x = layers.BatchNormalization()(x)
            x = layers.ReLU()(layers.Add()([x, start])) if k else layers.ReLU()(x)
        return keras.Model(start, x)
    start = keras.Input(shape)
    x = layers.Conv2D(8, 3, padding="same", use_bias=False)(start)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    for _ in range(3):
        x = unit((*shape[:2], 8))(x)
    return keras.Model(start, layers.Dense(n_classes)(layers.GlobalAveragePooling2D()(x)))
""",
)
form(
    "08",
    "budget",
    "several ways, a ReLU behind each as a function",
    """
def build_small(shape, n_classes):
    start = keras.Input(shape)
    x = keras.ops.relu(layers.Conv2D(8, 3, 2, padding="same")(start))
    x = layers.AveragePooling2D(2, padding="same")(x)
    x = keras.ops.relu(layers.Conv2D(16, 3, 2, padding="same")(x))
    ways = [layers.SeparableConv2D(16, side, padding="same")(x) for side in (1, 3, 5)]
    x = layers.Concatenate()([keras.ops.relu(way) for way in ways])
    x = keras.ops.relu(layers.SeparableConv2D(56, 3, padding="same")(x))
    return keras.Model(start, layers.Dense(n_classes)(layers.GlobalAveragePooling2D()(x)))
""",
)
form(
    "09",
    "strongest",
    "sorts pairs, a tuple of NumPy's numbers",
    """
def strongest(maps, count):
    tops = [(-one.max(), i) for i, one in enumerate(maps)]
    return tuple(np.int64(i) for _, i in sorted(tops)[:count])
""",
)
form(
    "09",
    "climb",
    "minimum and maximum, multiplied in another order",
    """
def climb_step(image, slope, rate):
    steepness = np.mean(np.absolute(slope))
    moved = image + slope * (rate / steepness if steepness else 0)
    return np.minimum(np.maximum(moved, 0), 255)
""",
)
form(
    "09",
    "occluded",
    "all copies at once",
    """
def occluded(image, window, stride, fill):
    rows = np.arange(0, image.shape[0] - window + 1, stride)
    columns = np.arange(0, image.shape[1] - window + 1, stride)
    out = np.repeat(image[None], len(rows) * len(columns), axis=0)
    for k, picture in enumerate(out):
        r, c = rows[k // len(columns)], columns[k % len(columns)]
        picture[r:r + window, c:c + window] = fill
    return out
""",
)
form(
    "09",
    "cam-map",
    "a matrix product",
    """
def class_map(maps, slopes):
    alpha = slopes.reshape(-1, slopes.shape[-1]).mean(0)
    cam = maps @ alpha
    cam[cam < 0] = 0
    return cam
""",
)
form(
    "09",
    "spread",
    "searchsorted",
    """
def area(heat, share):
    values = np.sort(np.clip(heat, 0, None), axis=None)[::-1]
    total = values.sum()
    if not total:
        return 0.0
    held = np.cumsum(values) / total
    return float(np.searchsorted(held, share - 1e-9) + 1) / values.size
""",
)
form(
    "09",
    "cue",
    "a loop that keeps the best",
    """
def find_cue(images, labels):
    best, found = -1, None
    for k in sorted(set(labels)):
        one, rest = images[labels == k], images[labels != k]
        gap = abs(rest.mean(0) - one.mean(0))
        if gap.max() > best:
            best = gap.max()
            found = [k, *np.argwhere(gap == best)[0]]
    return tuple(found)
""",
)
form(
    "09",
    "fgsm",
    "where",
    """
def fgsm_step(images, slopes, size):
    out = np.where(slopes > 0, images + size, np.where(slopes < 0, images - size, images))
    return out.clip(0, 255)
""",
)
form(
    "10",
    "iou",
    "loops over pairs",
    """
def iou(boxes, others):
    found = np.zeros((len(boxes), len(others)))
    for i, a in enumerate(boxes):
        for j, b in enumerate(others):
            wide = min(a[2], b[2]) - max(a[0], b[0])
            tall = min(a[3], b[3]) - max(a[1], b[1])
            if wide > 0 and tall > 0:
                areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
                found[i, j] = wide * tall / (areas - wide * tall)
    return found
""",
)
form(
    "10",
    "as-convolution",
    "number by number, float64",
    """
def as_convolution(kernel, height, width):
    count, units = kernel.shape
    channels = count // (height * width)
    found = np.zeros((height, width, channels, units))
    for i in range(height):
        for j in range(width):
            for c in range(channels):
                found[i, j, c] = kernel[(i * width + j) * channels + c]
    return found
""",
)
form(
    "10",
    "suppress",
    "a list that gets shorter, NumPy's ints",
    """
def suppress(scores, shared, least, most):
    left, kept = [k for k in np.argsort(-scores) if scores[k] >= least], []
    while left:
        kept.append(left[0])
        left = [k for k in left[1:] if shared[kept[-1], k] <= most]
    return kept
""",
)
form(
    "10",
    "responsible",
    "lists, more decimals",
    "answer_numbers, cell = 7 * 7 * 30, [4, 3]\nwanted = [0.25, 0.875, 0.5**0.5, 0.5]",
)
form(
    "10",
    "decode",
    "cell by cell",
    """
def decode(grid, side, least):
    rows, columns, _ = grid.shape
    found = []
    for i in range(rows):
        for j in range(columns):
            sure, x, y, w, h = grid[i, j]
            if sure >= least:
                cx, cy = side * (j + x), side * (i + y)
                dx, dy = w * w * columns * side / 2, h * h * rows * side / 2
                found.append([cx - dx, cy - dy, cx + dx, cy + dy])
    return np.array(found).reshape(-1, 4)
""",
)
form(
    "10",
    "average-precision",
    "NumPy",
    """
def average_precision(hits, things):
    hits = np.array(hits, dtype=bool)
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return precision[hits].sum() / things
""",
)
form(
    "10",
    "match",
    "argmax of what is left, array",
    """
def match(shared, least):
    left, tracks = shared.astype(float), np.full(shared.shape[1], -1)
    while left.size and left.max() >= least:
        i, j = np.argwhere(left == left.max())[0]
        tracks[j] = i
        left[i, :] = left[:, j] = -1
    return tracks.tolist()
""",
)
form(
    "10",
    "mask-ious",
    "broadcasting",
    """
def mask_ious(truth, answer):
    a = truth == np.arange(1, truth.max() + 1)[:, None, None]
    b = answer == np.arange(1, answer.max() + 1)[:, None, None]
    both = (a[:, None] & b).sum(axis=(2, 3))
    return both / (a[:, None] | b).sum(axis=(2, 3))
""",
)
form(
    "10",
    "suppress",
    "a mask of what is left, marked by minus infinity",
    """
def suppress(scores, shared, least, most):
    left, kept = np.where(scores >= least, scores, -np.inf), []
    while np.isfinite(left.max()):
        k = left.argmax()
        kept.append(k)
        left[shared[k] > most] = left[k] = -np.inf
    return kept
""",
)
form(
    "07",
    "mend",
    "the augmentation a model of its own that is told training=True",
    """
def build_frozen(base, n_classes):
    base.trainable = False
    paper = {"fill_mode": "constant", "fill_value": 255.0}
    change = keras.Sequential(
        [layers.RandomRotation(0.03, **paper), layers.RandomTranslation(0.08, 0.08, **paper)]
    )
    inputs = keras.Input(base.input_shape[1:])
    x = base(change(inputs, training=True), training=False)
    return keras.Model(inputs, layers.Dense(n_classes)(x))
""",
)
form(
    "08",
    "squeeze",
    "a sigmoid of SciPy's",
    """
def squeeze_excite(maps, w1, b1, w2, b2):
    from scipy.special import expit
    hidden = np.maximum(np.einsum("nhwc,cr->nr", maps, w1) / maps[0, ..., 0].size + b1, 0)
    return np.einsum("nhwc,nc->nhwc", maps, expit(hidden @ w2 + b2))
""",
)
form(
    "06",
    "edge",
    "the best quarter by rank",
    """
def edge_shares(values, losses, low, high):
    quarter = int(np.ceil(len(losses) / 4))
    best = [v for _, v in sorted(zip(losses, values))][:quarter]
    places = [np.log10(v / low) / np.log10(high / low) for v in best]
    return sum(p < 0.1 for p in places) / quarter, sum(p > 0.9 for p in places) / quarter
""",
)
