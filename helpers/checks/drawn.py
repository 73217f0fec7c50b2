"""Inputs that tests of the lessons draw, where a test cell has no room for them."""

from __future__ import annotations

import numpy as np

Case = tuple[tuple[int, ...], list[tuple]]


def _blocks(filters: tuple[int, ...], padding: str) -> list[tuple]:
    """Return a plan of 3 x 3 convolutions with a pool after each."""
    return [step for n in filters for step in (("conv", n, 3, padding), ("pool", 2))]


PUBLISHED: tuple[Case, ...] = (
    (
        (180, 180, 3),
        [*_blocks((32, 64, 128, 256), "valid"), ("conv", 256, 3, "valid"), ("dense", 1)],
    ),
    ((100, 100, 3), [("conv", 32, 3, "same"), ("pool", 2), *_blocks((64,), "valid"), ("dense", 1)]),
    (
        (28, 28, 1),
        [("conv", 64, 7, "same"), ("pool", 2), *[("conv", 128, 3, "same")] * 2, ("pool", 2),
         *[("conv", 256, 3, "same")] * 2, ("pool", 2), *[("dense", n) for n in (128, 64, 10)]],
    ),
)  # fmt: skip
"""Published networks as plans: 991,041, 56,257 and 1,413,834 parameters."""

POOL_FIRST: Case = ((10, 12, 1), [("pool", 3), ("dense", 2)])
"""A plan without a convolution, by which one wrong count of a pool is told from another."""

DENSE_FIRST: Case = ((4, 5, 3), [("dense", 3), ("dense", 2)])
"""A plan whose first layer reads the picture itself, flattened."""


def plan(rng: np.random.Generator) -> Case:
    """Draw a picture's shape and a network for it: three convolutions, each with a pool.

    A third begins with a pool, a third is cut down to dense layers.
    """
    steps = [
        step
        for n, k in rng.integers(1, 6, (3, 2)).tolist()
        for step in (("conv", n, k, str(rng.choice(["same", "valid"]))), ("pool", (k - 1) % 3 + 1))
    ]
    begin = int(rng.integers(3))
    steps = [[("pool", 3), *steps], [], steps][begin]
    steps += [("dense", n) for n in rng.integers(1, 20, rng.integers(1, 4)).tolist()]
    height, width, channels = rng.integers((100, 100, 1), (130, 130, 5)).tolist()
    scale = 3 if begin == 0 else 1  # three more pools would leave nothing of a small picture
    return (scale * height + 1, scale * width + 2, channels), steps


def accuracies(rng: np.random.Generator) -> tuple[list[float], int]:
    """Draw the validation accuracies of some epochs, and a patience.

    A quarter rises by next to nothing, a quarter has many equal values, and a quarter begins with
    as many zeros as the patience counts, or one or two more: an answer that takes the first epoch
    for no new best, or a small gain for none, fails in every draw. A quarter ends before training
    could stop.
    """
    kind, patience = int(rng.integers(4)), int(rng.integers(1, 9))
    low, size = (0.5, 1e-4) if kind == 0 else (0, 1 / 12)
    values = [low + size * int(x) for x in rng.integers(0, 12, 25)]
    if kind == 3:
        values = values[: int(rng.integers(1, patience + 1))]
    zeros = patience + int(rng.integers(3)) if kind == 2 else 0
    return [0.0] * zeros + values[zeros:], patience


OTHER_PICTURES = ("pixels", "rows", "columns", "scene", "fog")
"""The kinds of `two_pictures` that do not show the same picture twice."""


def two_pictures(rng: np.random.Generator, kind: str, photographs: np.ndarray) -> tuple:
    """Draw two pictures from two photographs: one altered, or another one.

    Parameters
    ----------
    rng : numpy.random.Generator
    kind : str
        "noise", or an amount such as "-40" for an altered picture, "misty" for one in fog that is
        sent again, or one of `OTHER_PICTURES`.
    photographs : sequence of two (H, W, 3) uint8 arrays, each at least 428 x 641
    """

    def scenes() -> np.ndarray:
        height, width = rng.integers((200, 240), (320, 480))
        y, x = rng.integers(0, (428 - height, 641 - width))
        return rng.permutation([p[y : y + height, x : x + width] for p in photographs])

    a, b = scenes()
    if kind == "fog":  # of several pairs, the two scenes that are most alike
        pairs = [scenes() for _ in range(8)]
        a, b = max(pairs, key=lambda pair: np.corrcoef(*pair.reshape(2, -1))[0, 1])
    if kind in ("fog", "misty"):
        a, b = a // 10 + np.uint8(110), (b if kind == "fog" else a) // 10 + np.uint8(110)
    if kind == "pixels":
        b = rng.permutation(a.reshape(-1, 3)).reshape(a.shape)
    elif kind in ("rows", "columns"):
        b = rng.permutation(a, axis=("rows", "columns").index(kind))
    elif kind == "misty":
        b = b + np.uint8(15)
    elif kind not in OTHER_PICTURES:
        by = rng.integers(-10, 11, a.shape) if kind == "noise" else int(kind)
        b = np.clip(a.astype(int) + by, 0, 255).astype(np.uint8)
    return a, b
