"""What section 03 says of shifts and turns, measured on many pieces of pictures."""

from __future__ import annotations

from helpers import loading

import numpy as np
from scipy import ndimage

from course.ledger.declared import claim

SIDE = 104  # of a piece: four rows and six columns of them fit into each photograph
PIECES = "12 sets of four pieces of the two photographs"


@claim(
    "shifted-maxima",
    "A shift by one pixel leaves about half of the 2 × 2 maxima as they were, more than of the "
    "pixels, and more still of larger maxima.",
    over=PIECES,
    holds={"2 × 2": "0.4 to 0.6", "2 × 2 less pixels": "> 0.1", "8 × 8 less 2 × 2": "> 0.1"},
    seeds=12,
)
def shifted_maxima(seed: int) -> dict[str, float]:
    """Count the values that stay exactly the same when pieces move one pixel to the right."""
    kept = {size: _unchanged(seed, size, 1) for size in (1, 2, 4, 8)}
    return {
        "pixels": kept[1],
        "2 × 2": kept[2],
        "4 × 4": kept[4],
        "8 × 8": kept[8],
        "2 × 2 less pixels": kept[2] - kept[1],
        "8 × 8 less 2 × 2": kept[8] - kept[2],
    }


@claim(
    "shift-past-the-window",
    "Once the shift reaches the size of the window, a maximum keeps hardly more of its values than "
    "the pixels do.",
    over=PIECES,
    holds={"2 × 2, by 2": "-0.06 to 0.06", "4 × 4, by 4": "-0.06 to 0.06"},
    seeds=12,
)
def shift_past_the_window(seed: int) -> dict[str, float]:
    """Compare maxima with pixels, at a shift as long as the window."""
    return {
        f"{size} × {size}, by {size}": _unchanged(seed, size, size) - _unchanged(seed, 1, size)
        for size in (2, 4)
    }


@claim(
    "rivals-of-the-maximum",
    "Every second pixel changes as much as all of them; an average changes about as much as a "
    "maximum, and a maximum that is averaged before it shrinks by less.",
    over=PIECES,
    holds={
        "every 2nd less all": "-0.05 to 0.05",
        "maximum less average": "-0.02 to 0.02",
        "maximum less averaged maximum": "> 0",
    },
    seeds=12,
)
def rivals_of_the_maximum(seed: int) -> dict[str, float]:
    """Measure the mean change at a shift by one pixel, for the rivals of the lesson."""
    images = _pieces(seed)
    moved = _pieces(seed, shift=1)
    ways = {
        "all": lambda x: x,
        "every 2nd": lambda x: x[:, ::2, ::2],
        "maximum": lambda x: _pooled(x, 2, np.max),
        "average": lambda x: _pooled(x, 2, np.mean),
        "averaged maximum": lambda x: _pooled(_running_maximum(x), 2, np.mean),
    }
    found = {name: _change(way(images), way(moved)) for name, way in ways.items()}
    return found | {
        "every 2nd less all": found["every 2nd"] - found["all"],
        "maximum less average": found["maximum"] - found["average"],
        "maximum less averaged maximum": found["maximum"] - found["averaged maximum"],
    }


@claim(
    "turned-digits",
    "A 4 × 4 maximum takes away about half of what a turn by 10 degrees changes in a digit.",
    over="14 batches of 120 digits",
    holds={"forgiven": "0.35 to 0.65"},
    seeds=14,
)
def turned_digits(seed: int) -> dict[str, float]:
    """Compare the change of pixels with that of 4 x 4 maxima, in digits padded to 16 x 16."""
    digits = loading.digits()[0][120 * seed :][:120].astype("float32")
    pair = [_turned(np.pad(digits, ((0, 0), (4, 4), (4, 4))), angle) for angle in (-5, 5)]
    pixels = _change(*pair)
    pooled = _change(*(_pooled(images, 4, np.max) for images in pair))
    return {"pixels": pixels, "4 × 4 maximum": pooled, "forgiven": 1 - pooled / pixels}


@claim(
    "turned-photographs",
    "After a turn by 10 degrees the 2 × 2 maxima of a photograph differ about as much as its "
    "pixels, and its 4 × 4 averages by less.",
    over="12 pairs of strips of the two photographs",
    holds={"maximum less pixels": "-0.05 to 0.05", "average less pixels": "< 0"},
    seeds=12,
)
def turned_photographs(seed: int) -> dict[str, float]:
    """Turn both photographs, and compare in one of 12 parts of their centres."""
    pair = [_turned(_grey(), angle)[:, 64:-67, 64:-64] for angle in (-5, 5)]
    row, column = divmod(seed, 4)
    part = (slice(None), slice(96 * row, 96 * (row + 1)), slice(128 * column, 128 * (column + 1)))
    pair = [images[part] for images in pair]
    found = {
        "pixels": _change(*pair),
        "2 × 2 maximum": _change(*(_pooled(images, 2, np.max) for images in pair)),
        "4 × 4 average": _change(*(_pooled(images, 4, np.mean) for images in pair)),
    }
    return found | {
        "maximum less pixels": found["2 × 2 maximum"] - found["pixels"],
        "average less pixels": found["4 × 4 average"] - found["pixels"],
    }


@claim(
    "first-classifier",
    "A small convolutional network that learns from 1,400 of the digits for ten epochs reads "
    "nearly all of these, and about nine in ten of the others.",
    over="12 draws of first weights and order",
    holds={"its own": "> 0.95", "unseen": "0.87 to 0.95", "its own less unseen": "> 0.03"},
    seeds=12,
)
def first_classifier(seed: int) -> dict[str, float]:
    """Train the lesson's network once, on the digits that it has there."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(seed)
    images, labels = loading.digits()
    images = images[..., np.newaxis].astype("float32")
    model = keras.Sequential([
        keras.Input((8, 8, 1)), layers.Rescaling(1 / 16),
        layers.Conv2D(16, 3, padding="same", activation="relu"), layers.MaxPooling2D(2),
        layers.Conv2D(32, 3, padding="same", activation="relu"), layers.MaxPooling2D(2),
        layers.Flatten(), layers.Dense(10, activation="softmax"),
    ])  # fmt: skip
    loss = "sparse_categorical_crossentropy"
    model.compile(keras.optimizers.SGD(0.2), loss, metrics=["accuracy"])
    model.fit(images[:1400], labels[:1400], batch_size=32, epochs=10, verbose=0)
    own, unseen = (
        model.evaluate(images[part], labels[part], verbose=0)[1]
        for part in (slice(0, 1400), slice(1400, None))
    )
    return {"its own": own, "unseen": unseen, "its own less unseen": own - unseen}


def _grey() -> np.ndarray:
    """Return both photographs in grey, whole numbers: (2, 427, 640)."""
    return (loading.photographs() @ [0.299, 0.587, 0.114]).round().astype("float32")


def _pieces(seed: int, shift: int = 0) -> np.ndarray:
    """Return four of the 48 pieces of the photographs, (4, 104, 104); no two seeds share one.

    Shifted, what stood on their left moves in.
    """
    grid = _grey()[:, : 4 * SIDE, 8 - shift : 8 - shift + 6 * SIDE]
    pieces = grid.reshape(2, 4, SIDE, 6, SIDE).swapaxes(2, 3).reshape(48, SIDE, SIDE)
    return pieces[np.random.default_rng(0).permutation(48)[4 * seed : 4 * seed + 4]]


def _pooled(images: np.ndarray, size: int, how) -> np.ndarray:
    """Pool images (N, H, W) by windows that do not overlap; what is left over is dropped."""
    n, height, width = images.shape
    images = images[:, : height // size * size, : width // size * size]
    return how(images.reshape(n, height // size, size, width // size, size), axis=(2, 4))


def _running_maximum(images: np.ndarray) -> np.ndarray:
    """Return 2 x 2 maxima with stride 1 and padding "same"."""
    padded = np.pad(images, ((0, 0), (0, 1), (0, 1)), constant_values=-np.inf)
    corners = [
        padded[:, i : i + images.shape[1], j : j + images.shape[2]] for i in (0, 1) for j in (0, 1)
    ]
    return np.max(corners, axis=0)


def _unchanged(seed: int, size: int, shift: int) -> float:
    """Return the share of maxima that are the same after a shift to the right."""
    before, after = (_pooled(_pieces(seed, by), size, np.max) for by in (0, shift))
    return float(np.mean(before == after))


def _change(before: np.ndarray, after: np.ndarray) -> float:
    """Return the mean absolute change, as a share of the mean absolute deviation before."""
    return float(np.abs(after - before).mean() / np.abs(before - before.mean()).mean())


def _turned(images: np.ndarray, angle: float) -> np.ndarray:
    return ndimage.rotate(images, angle, axes=(1, 2), reshape=False, order=1)
