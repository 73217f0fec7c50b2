"""Pictures of handwritten characters, at the network's size or as they were scanned."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from .characters import CLASSES
from .motion import motion
from .paper import Frame, frame, scanned
from .rendering import render
from .skeletons import Skeletons, skeletons
from .templates import strokes
from .writers import Hands, hands

CHUNK = 64
"""Pictures drawn together: enough to keep NumPy busy, few enough for the processor's cache."""


@cache
def skeleton_table() -> Skeletons:
    """Prepare the 55 characters, once, in the order of ``CLASSES``."""
    return skeletons([strokes(character) for character in CLASSES])


def pictures(
    labels: np.ndarray,
    *,
    seed: int,
    writers: str = "train",
    size: tuple[int, int] = (80, 60),
    writer: int | None = None,
    numbers: np.ndarray | None = None,
) -> np.ndarray:
    """Draw handwritten characters at the size that the networks take.

    Picture i depends on the seed, on i, on its label and on the writers, and on nothing else: the
    first ten of a thousand are the same as ten alone, on every machine.

    Parameters
    ----------
    labels
        (N,) integers: indices into ``CLASSES``.
    seed
        Any integer: another collection, by other people.
    writers
        ``"train"`` (600 people), ``"test"`` (140 others) or ``"careless"`` (one person).
    size
        Height and width in pixels.
    writer
        Number of the one person of the group who writes all pictures; by default each is by
        anyone.
    numbers
        (N,) integers from 0: what takes the place of i; by default 0 to N - 1. So a large
        collection can be drawn in pieces.

    Returns
    -------
    numpy.ndarray
        uint8 (N, H, W, 1): 255 is paper, 0 is ink.

    Raises
    ------
    ValueError
        When a label, the writers, the writer or the size does not exist.
    """
    return draw(
        skeleton_table(), labels, seed=seed, writers=writers, size=size, writer=writer,
        numbers=numbers,
    )  # fmt: skip


def draw(
    table: Skeletons,
    labels: np.ndarray,
    *,
    seed: int,
    writers: str = "train",
    size: tuple[int, int] = (80, 60),
    writer: int | None = None,
    numbers: np.ndarray | None = None,
) -> np.ndarray:
    """Draw characters of any table of skeletons; labels are indices into it.

    All else is as for :func:`pictures`.
    """
    labels, numbers = _checked(labels, numbers, len(table.first))
    if len(size) != 2 or min(size) < 8:
        raise ValueError(f"size is {size!r}: give (height, width) in pixels, both at least 8")
    images = np.empty((len(labels), *size, 1), np.uint8)
    for chunk in _chunks(len(labels)):
        who = hands(numbers[chunk], seed=seed, writers=writers, writer=writer)
        ink, _ = _ink(table, labels[chunk], who, size)
        images[chunk, ..., 0] = scanned(ink, who)
    return images


def scans(
    labels: np.ndarray,
    *,
    seed: int,
    writers: str = "train",
    writer: int | None = None,
    numbers: np.ndarray | None = None,
) -> list[np.ndarray]:
    """Scan handwritten characters: the pictures of :func:`pictures` as the scanner saw them.

    Parameters
    ----------
    labels, seed, writers, writer, numbers
        As for :func:`pictures`.

    Returns
    -------
    list of numpy.ndarray
        A uint8 (h, w) for each label, of varied size, taller than wide: 255 is paper, 0 is ink.
    """
    labels, numbers = _checked(labels, numbers, len(CLASSES))
    found = []
    for chunk in _chunks(len(labels)):
        who = hands(numbers[chunk], seed=seed, writers=writers, writer=writer)
        ink, cut = _ink(skeleton_table(), labels[chunk], who, None)
        sheets = scanned(ink, who)
        found += [
            sheet[:height, :width].copy()
            for sheet, height, width in zip(sheets, cut.height, cut.width, strict=True)
        ]
    return found


def _checked(
    labels: np.ndarray, numbers: np.ndarray | None, classes: int
) -> tuple[np.ndarray, np.ndarray]:
    labels = np.asarray(labels)
    if labels.ndim != 1 or (labels.size and not np.issubdtype(labels.dtype, np.integer)):
        raise ValueError(
            f"labels has shape {labels.shape} and dtype {labels.dtype}: give a row of integers, "
            "indices of characters"
        )
    wrong = labels[(labels < 0) | (labels >= classes)]
    if wrong.size:
        raise ValueError(f"label {wrong[0]} does not exist: they go from 0 to {classes - 1}")
    numbers = np.arange(len(labels)) if numbers is None else np.asarray(numbers)
    if numbers.shape != labels.shape:
        raise ValueError(
            f"numbers has shape {numbers.shape}, labels {labels.shape}: give one for each label"
        )
    return labels.astype(np.int64), numbers


def _chunks(count: int) -> Iterator[slice]:
    for begin in range(0, count, CHUNK):
        yield slice(begin, min(begin + CHUNK, count))


def written(labels: np.ndarray, who: Hands, heights: np.ndarray) -> list[np.ndarray]:
    """Write characters of varied height, each on a sheet of its own that it just fits on.

    Parameters
    ----------
    labels
        (N,) int64.
    who
        The N hands.
    heights
        (N,) float64: of the whole square that a character is written in, in pixels.

    Returns
    -------
    list of numpy.ndarray
        A uint8 (h, w) for each label: 0 is paper, 255 is black ink.
    """
    found = []
    for sheet in _ink(skeleton_table(), labels, who, None, heights)[0]:
        rows, columns = (np.flatnonzero(sheet.any(axis=axis)) for axis in (1, 0))
        found.append(sheet[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    return found


def _ink(
    table: Skeletons,
    labels: np.ndarray,
    who: Hands,
    size: tuple[int, int] | None,
    heights: np.ndarray | None = None,
) -> tuple[np.ndarray, Frame]:
    """Write and ink characters: uint8 (N, H, W), and the frames.

    Without a size each keeps the scan's, or is written in a square of the height that is given.
    """
    path = motion(table, labels, who)
    cut = frame(path, who)
    if size is None:
        across = down = np.ones(len(labels)) if heights is None else heights / cut.em_y
        size = int((cut.height * down).max()) + 1, int((cut.width * across).max()) + 1
    else:
        down, across = size[0] / cut.height, size[1] / cut.width
    owner = path.picture
    x = (path.x * cut.em_x[owner] - cut.left[owner]) * across[owner]
    y = (path.y * cut.em_y[owner] - cut.top[owner]) * down[owner]
    start = np.flatnonzero(path.down)
    ends = np.column_stack([x[start], y[start], x[start + 1], y[start + 1]])
    owner = owner[start]
    zoom = np.sqrt(across * down)
    radius = (0.5 * who.habits["width"] * zoom)[owner] * path.width[start]
    # A line thinner than a pixel is a pixel wide, and paler.
    tone = who.habits["ink"][owner] * np.minimum(1.0, 2 * radius)
    radius = np.maximum(radius, 0.5)
    edge = np.maximum(1.0, who.habits["blur"] * zoom)[owner]
    return render(ends, owner, radius, tone, edge, (len(labels), *size)), cut
