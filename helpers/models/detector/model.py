"""The network that looks once at a page, what it is to answer, and the loss that it learns by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers.handwriting import CLASSES, Page

import numpy as np

if TYPE_CHECKING:  # Keras takes seconds to import
    import keras

SIDE = 128
"""Height and width of a page that the network learns from, in pixels."""

STRIDE = 16
"""Height and width of a cell of the grid, in pixels."""

BOXES = 2
"""Boxes that each cell answers with."""

OF_BOX = 5
"""Numbers of a box: x and y in its cell, roots of width and height, objectness."""

CHANNELS = BOXES * OF_BOX + len(CLASSES)

WEIGHT_BOX = 5.0
WEIGHT_EMPTY = 0.5
"""What an error in a box and one in a cell without a character count, as in YOLO's paper."""


def build(
    sides: tuple[int | None, int | None] = (SIDE, SIDE),
    filters: Sequence[int] = (24, 48, 64, 96, 160),
) -> keras.Model:
    """Build the network: a page (128, 128, 1) of bytes becomes (8, 8, 65) logits.

    It is fully convolutional: a page of any size whose sides are multiples of 16 will do.
    """
    import keras
    from keras import layers

    def block(x, count: int, size: int = 3, stride: int = 1):
        x = layers.Conv2D(count, size, strides=stride, padding="same", use_bias=False)(x)
        return layers.ReLU()(layers.BatchNormalization()(x))

    inputs = keras.Input((*sides, 1))
    x = layers.Rescaling(-1 / 255, offset=1)(inputs)
    x = block(x, filters[0], 5, 2)
    x = block(x, filters[1], 3, 2)
    x = block(x, filters[2])
    x = layers.MaxPooling2D(2)(x)
    x = block(x, filters[3])
    x = block(x, filters[3])
    x = layers.MaxPooling2D(2)(x)
    x = block(x, filters[4])
    x = block(x, filters[4])
    outputs = layers.Conv2D(CHANNELS, 1)(x)
    return keras.Model(inputs, outputs, name="detector")


def targets(pages: Sequence[Page]) -> np.ndarray:
    """Say what the grid is to answer: (N, rows, columns, 6) float32.

    In a cell that is responsible for a character, because the centre of its box lies in it: 1; x
    and y of the centre in the cell, from 0 to 1; the square roots of width and height as shares of
    the page; the label. Zeros in all other cells.
    """
    found = np.zeros((len(pages), *(side // STRIDE for side in pages[0].mask.shape), 6), np.float32)
    for page, grid in zip(pages, found, strict=True):
        corners = page.boxes.reshape(-1, 2, 2)
        centres = corners.mean(axis=1) / STRIDE
        cells = centres.astype(np.int64)
        shares = np.sqrt((corners[:, 1] - corners[:, 0]) / SIDE)
        rows = np.concatenate(
            [np.ones((len(cells), 1)), centres - cells, shares, page.labels[:, None]], axis=1
        )
        grid[cells[:, 1], cells[:, 0]] = rows
    return found


def loss(truth, answer):
    """Return each page's loss: YOLO's five parts, with cross-entropies for shares.

    Parameters
    ----------
    truth : tensor
        As :func:`targets` gives it.
    answer : tensor
        Logits, as the network gives them.
    """
    from keras import ops

    there = truth[..., 0]
    rows, columns = answer.shape[1:3]
    boxes = ops.reshape(answer[..., : BOXES * OF_BOX], (-1, rows, columns, BOXES, OF_BOX))
    places = ops.sigmoid(boxes[..., :4])
    wanted = truth[..., None, 1:5]
    # The box that overlaps the character more answers for it.
    overlap = ops.stop_gradient(_overlap(places, wanted))
    chosen = ops.one_hot(ops.argmax(overlap, axis=-1), BOXES) * there[..., None]
    apart = ops.sum(ops.square(places - wanted), axis=-1)
    sure = boxes[..., 4]
    # softplus(-z) is the cross-entropy of "there is one" at the logit z, softplus(z) that of none.
    found = chosen * ops.softplus(-sure) + WEIGHT_EMPTY * (1 - chosen) * ops.softplus(sure)
    names = ops.sparse_categorical_crossentropy(
        ops.cast(truth[..., 5], "int32"), answer[..., BOXES * OF_BOX :], from_logits=True
    )
    cells = ops.sum(WEIGHT_BOX * chosen * apart + found, axis=-1) + there * names
    return ops.sum(cells, axis=(1, 2))


def _overlap(places, wanted):
    """Compare boxes in units of a cell: intersection over union, without an axis for numbers."""
    from keras import ops

    scale = (SIDE / STRIDE) / 2
    low, high, area = [], [], []
    for box in (places, wanted):
        half = scale * ops.square(box[..., 2:4])
        low.append(box[..., :2] - half)
        high.append(box[..., :2] + half)
        area.append(ops.prod(2 * half, axis=-1))
    common = ops.prod(ops.maximum(ops.minimum(*high) - ops.maximum(*low), 0.0), axis=-1)
    return common / (area[0] + area[1] - common + 1e-6)
