"""A network as a row of stacks of feature maps."""

from helpers.models.layers import LayerRow, describe, layer_rows

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .pixels import as_picture
from .style import NOTEBOOK_WIDTH, PALETTE, hide_axes, new_figure

CARDS = 6  # at most, for the channels of one layer
STEP = 0.055  # inches from one card to the next, across and up
TALLEST = 1.55  # inches
GAP = 0.34
WORDS = {
    "Conv2D": "conv",
    "MaxPooling2D": "max pool",
    "AveragePooling2D": "avg pool",
    "GlobalAveragePooling2D": "global avg",
    "Flatten": "flatten",
    "Dense": "dense",
}
# Layers that change no shape are not drawn, only named in the list of boxes.
PASSED_OVER = {
    "Rescaling", "BatchNormalization", "ReLU", "Activation", "Dropout", "SpatialDropout2D",
    "RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom", "RandomContrast",
    "RandomBrightness", "LeakyReLU", "Softmax", "GaussianNoise",
}  # fmt: skip
TINTS = {
    "input": "#F4F6F8",
    "Conv2D": "#CFE6F5",
    "MaxPooling2D": "#FBE0C4",
    "Dense": "#D5EEE4",
}


def show_flow(model, image=None, *, title: str | None = None) -> Figure:
    """Show a network from left to right: each layer is a stack of cards, one card a feature map.

    Parameters
    ----------
    model
        A built Keras model whose layers follow each other. Layers that change no shape are left
        out.
    image
        A picture (H, W, C) of the model's size, in the values that the model takes: the cards then
        carry the feature maps in which most happens. Without it they are plain.
    title
        Title above all.

    Returns
    -------
    matplotlib.figure.Figure
        Below each stack its layer, its shape, and its parameters.
    """
    stages = _stages(model)
    maps = _maps(model, stages, image) if image is not None else [None] * len(stages)
    largest = max(side for row, _ in stages if len(row.shape) == 3 for side in row.shape[:2])
    sizes = [_size(row, largest) for row, _ in stages]
    widths = [
        max(size[0] + STEP * (_cards(row) - 1), 0.62)
        for size, (row, _) in zip(sizes, stages, strict=True)
    ]
    across = sum(widths) + GAP * (len(stages) - 1) + 0.2
    scale = min(1.0, NOTEBOOK_WIDTH / across)
    top, foot = TALLEST + STEP * CARDS, 0.95
    figure = new_figure(across * scale, (top + foot) * scale + (0.4 if title else 0.05))
    axes = figure.subplots()
    hide_axes(axes)
    x = 0.1
    for (row, _), size, width, pictures in zip(stages, sizes, widths, maps, strict=True):
        _draw_stack(axes, x, row, size, pictures)
        _write_below(axes, x + width / 2, row, scale)
        x += width + GAP
        if x < across:
            arrow = {
                "arrowstyle": "-|>",
                "color": PALETTE.grey,
                "linewidth": 1.4,
                "shrinkA": 0,
                "shrinkB": 0,
            }
            axes.annotate("", (x - 0.06, 0.75), (x - GAP + 0.06, 0.75), arrowprops=arrow)
    axes.set(xlim=(0, across), ylim=(-foot, top), aspect="equal")
    if title:
        figure.suptitle(title)
    return figure


def _stages(model) -> list[tuple[LayerRow, int]]:
    """Return the input and the layers to be drawn, each with its place in the model."""
    rows = list(enumerate(layer_rows(model)))
    first = LayerRow("input", tuple(model.input_shape[1:]), 0)
    kept = [(row, place) for place, row in rows if row.kind not in PASSED_OVER]
    if any(len(row.shape) not in (1, 3) for row, _ in kept):
        raise ValueError(
            "The model has layers that are neither maps nor vectors: draw another one."
        )
    return [(first, -1), *kept]


def _maps(model, stages, image) -> list:
    """Return for each stage the maps of one picture in which most happens, or its numbers."""
    from helpers.models.layers import flat_layers

    import keras

    picture = np.asarray(image, "float32")
    if picture.shape != tuple(model.input_shape[1:]):
        raise ValueError(
            f"image has shape {picture.shape}: the model takes {tuple(model.input_shape[1:])}."
        )
    outputs = [layer.output for layer in flat_layers(model)]
    values = keras.Model(model.inputs[0], outputs)(picture[np.newaxis], training=False)
    found: list = [[as_picture(picture, any_range=True)]]
    for row, place in stages[1:]:
        value = np.array(values[place])[0]
        if value.ndim == 1:
            found.append(value)
            continue
        order = np.argsort(value.std(axis=(0, 1)))[::-1][: _cards(row)]
        found.append([value[..., k] for k in order])
    return found


def _cards(row: LayerRow) -> int:
    if len(row.shape) == 1:
        return 1
    return int(np.clip(round(np.log2(row.shape[2]) + 1), 1, CARDS)) if row.shape[2] > 1 else 1


def _size(row: LayerRow, largest: int) -> tuple[float, float]:
    """Return width and height in inches: by the root, so that a small map can still be seen."""
    if len(row.shape) == 1:
        return 0.16, float(np.clip(0.17 * np.log2(row.shape[0] or 1), 0.2, TALLEST))
    height, width = row.shape[:2]
    longest = max(height, width)
    inches = TALLEST * max(np.sqrt(longest / largest), 0.12)
    return inches * width / longest, inches * height / longest


def _draw_stack(axes: Axes, x: float, row: LayerRow, size, pictures) -> None:
    width, height = size
    base = (TALLEST - height) / 2
    if len(row.shape) == 1:
        x += (0.62 - width) / 2
        _draw_vector(axes, x, base, size, pictures)
        return
    cards = _cards(row)
    used = width + STEP * (cards - 1)
    x += max(0.62 - used, 0) / 2
    for card in reversed(range(cards)):  # the one at the back first
        left, low = x + STEP * card, base + STEP * card
        corner = (left, low)
        tint = TINTS.get(row.kind, TINTS["input"])
        edge = {"edgecolor": PALETTE.ink if card == 0 else PALETTE.grey, "linewidth": 0.8}
        axes.add_patch(Rectangle(corner, width, height, facecolor=tint, zorder=3, **edge))
        if pictures is not None and card < len(pictures):
            picture = pictures[card]
            grey = row.kind == "input"
            axes.imshow(
                picture,
                cmap="gray" if grey else "viridis",
                vmin=0 if grey else min(0, picture.min()),
                vmax=255 if grey else max(picture.max(), 1e-6),
                extent=(left, left + width, low, low + height),
                interpolation="antialiased",
                zorder=3,
            )
            axes.add_patch(Rectangle(corner, width, height, fill=False, zorder=3, **edge))


def _draw_vector(axes: Axes, x: float, base: float, size, values) -> None:
    width, height = size
    edge = {"edgecolor": PALETTE.ink, "linewidth": 0.8}
    tint = TINTS["Dense"] if values is None else "none"
    axes.add_patch(Rectangle((x, base), width, height, facecolor=tint, zorder=4, **edge))
    if values is not None:
        box = (x, x + width, base, base + height)
        column = values[:, np.newaxis]
        axes.imshow(column, cmap="viridis", extent=box, interpolation="antialiased", zorder=3)


def _write_below(axes: Axes, x: float, row: LayerRow, scale: float) -> None:
    size = 11 * max(scale, 0.72)
    word = WORDS.get(row.kind, row.kind)
    shape = describe(row.shape).replace(" ", "\u2009")
    axes.text(x, -0.1, word, ha="center", va="top", fontsize=size, fontweight="bold")
    axes.text(x, -0.36, shape, ha="center", va="top", fontsize=size * 0.88)
    if row.parameters:
        text = f"{row.parameters:,}\nparameters"
        axes.text(x, -0.6, text, ha="center", va="top", fontsize=size * 0.82, color=PALETTE.blue)
