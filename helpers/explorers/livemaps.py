"""What the layers of a network see of one picture: feature maps, quick enough to follow a pen."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from helpers.plotting.style import PALETTE, hide_axes

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from .traced import traced

__all__ = ["Maps", "draw_maps", "mapper"]

LAYERS, SHOWN = 3, 8
GAP = 0.08  # between two maps, in widths of a map


class Maps(NamedTuple):
    """The maps (H, W, n) of a layer, and how many it has in all."""

    maps: np.ndarray
    of: int


def mapper(model, example: np.ndarray) -> Callable[[np.ndarray], list[Maps]] | None:
    """Make a function from a picture (H, W, 1) to feature maps of the first three convolutions.

    Of each layer the eight maps are taken in which most happens in the example, always the same
    ones. None where the model is no Keras model, or has no convolution.
    """
    outputs = _watched(model)
    if not outputs:
        return None
    import keras

    part = traced(keras.Model(model.inputs[0], outputs), example[np.newaxis])

    def look(image: np.ndarray) -> list[np.ndarray]:
        found = part(image[np.newaxis].astype(np.float32))
        return [np.asarray(one)[0] for one in (found if isinstance(found, list) else [found])]

    chosen = [np.argsort(-one.std(axis=(0, 1)), kind="stable")[:SHOWN] for one in look(example)]
    return lambda image: [
        Maps(one[..., kept], one.shape[-1])
        for one, kept in zip(look(image), chosen, strict=True)
    ]  # fmt: skip


def _watched(model) -> list:
    """Return what comes out of the first convolutions, behind their ReLU where it is a layer."""
    found, waiting = [], None
    for layer in getattr(model, "layers", ()):
        kind = type(layer).__name__
        if kind == "Conv2D":
            found += [waiting] * (waiting is not None)
            waiting = layer.output
        elif kind in ("BatchNormalization", "ReLU", "Activation") and waiting is not None:
            waiting = layer.output
        elif waiting is not None:
            found, waiting = [*found, waiting], None
    return [*found, *[waiting] * (waiting is not None)][:LAYERS]


def draw_maps(
    figure: Figure, layers: Sequence[Maps], place: tuple[float, float, float, float]
) -> None:
    """Draw a row of maps for each layer into a part of the figure; dark is much.

    Parameters
    ----------
    place
        Left, bottom, width and height, in shares of the figure.
    """
    left, bottom, width, height = place
    tall = height / len(layers)
    for row, layer in enumerate(layers):
        axes = figure.add_axes((left, bottom + height - (row + 1) * tall, width, 0.8 * tall))
        high, wide, count = layer.maps.shape
        most, below = layer.maps.max() or 1, high / wide
        frames = []  # a map in which nothing happens is white: its frame shows that it is there
        for place_, channel in enumerate(np.moveaxis(layer.maps, 2, 0)):
            start = place_ * (1 + GAP)
            extent = (start, start + 1, below, 0)
            axes.imshow(channel, cmap="gray_r", vmin=0, vmax=most, extent=extent)
            frames.append([(start, 0), (start + 1, 0), (start + 1, below), (start, below)])
        edges = PolyCollection(frames, facecolors="none", edgecolors=PALETTE.line, linewidths=0.8)
        axes.add_collection(edges, autolim=False)
        hide_axes(axes)
        axes.set(xlim=(-GAP, SHOWN * (1 + GAP)), ylim=(below + GAP, -GAP))
        axes.set_aspect("equal", anchor="NW")
        axes.set_title(f"convolution {row + 1}: {count} of its {layer.of} maps, {high} × {wide}",
                       fontsize=11, loc="left", pad=3)  # fmt: skip
