"""Scanned characters as a stream of batches, never all in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from .decoding import decode, refuse
from .handwriting import list_handwriting
from .listing import Listing
from .pictures import Wish
from .splits import Split

if TYPE_CHECKING:  # TensorFlow takes seconds to import, and most notebooks need no stream
    import tensorflow as tf


def as_dataset(
    path: str | os.PathLike,
    batch_size: int = 128,
    size: tuple[int, int] = (80, 60),
    *,
    split: Split | None = None,
    on_error: Literal["refuse", "skip"] = "refuse",
    strict: bool = False,
    shuffle: bool = False,
    seed: int | None = None,
) -> tf.data.Dataset:
    """Stream scanned characters as batches, decoded as they are needed.

    The images, labels and their order are those of :func:`handwriting_folder`. Files are opened by
    Python, so that it works where TensorFlow cannot open a path with Chinese names.

    Parameters
    ----------
    path, size, split, on_error, strict
        As in :func:`handwriting_folder`.
    batch_size
        Images of a batch; the last one may be smaller.
    shuffle
        Take the files in another random order in every epoch.
    seed
        Of that order; None for one that cannot be repeated.

    Returns
    -------
    tf.data.Dataset
        Batches of images (B, H, W, 1), dtype uint8, and labels (B,), dtype int64. It has
        ``class_names``, a list, as Keras's data sets have, and ``skipped``, a list of files with
        reasons that grows as it is read.

    Raises
    ------
    FileNotFoundError, ValueError
        As :func:`handwriting_folder`, except for unreadable files, which end the reading at their
        batch (``tf.errors.InvalidArgumentError``, with the files' names).

    Examples
    --------
    >>> batches = as_dataset("CASIA-Dataset", split="train", shuffle=True)  # doctest: +SKIP
    >>> model.fit(batches, shuffle=False)  # Keras warns where both shuffle  # doctest: +SKIP
    """
    import tensorflow as tf

    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}: give at least 1.")
    listing, wish = list_handwriting(path, size, split, on_error, strict)
    if not listing.names:
        raise FileNotFoundError(f"Image folder {listing.folder} has no pictures in its folders.")
    skipped: list[tuple[Path, str]] = []
    random = np.random.default_rng(seed)

    def batches() -> Iterator[tuple[np.ndarray, np.ndarray]]:
        order = np.arange(len(listing.names))
        if shuffle:
            random.shuffle(order)
        skipped.clear()
        return _batches(listing, wish, order, batch_size, None if on_error == "refuse" else skipped)

    signature = (
        tf.TensorSpec((None, *wish.size, 1), tf.uint8),
        tf.TensorSpec((None,), tf.int64),
    )
    dataset = tf.data.Dataset.from_generator(batches, output_signature=signature)
    if on_error == "refuse":  # then their number is known, and Keras's progress bar shows it
        number = -(-len(listing.names) // batch_size)
        dataset = dataset.apply(tf.data.experimental.assert_cardinality(number))
    dataset = dataset.prefetch(2)
    dataset.class_names, dataset.skipped = list(listing.classes), skipped
    return dataset


def _batches(
    listing: Listing,
    wish: Wish,
    order: np.ndarray,
    batch_size: int,
    skipped: list[tuple[Path, str]] | None,
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield batches of exactly this size, except for the last; unreadable files have no place."""
    files, labels = listing.files(), listing.labels
    images, kept = np.empty((0, *wish.size, 1), np.uint8), np.empty(0, np.int64)
    for start in range(0, len(order), batch_size):
        chosen = order[start : start + batch_size]
        decoded = decode([files[i] for i in chosen], wish)
        if skipped is None:
            refuse([files[i] for i in chosen], decoded.skipped)
        else:
            skipped += [(Path(files[chosen[i]]), why) for i, why in decoded.skipped.items()]
        images = np.concatenate([images, decoded.images])
        kept = np.concatenate([kept, np.delete(labels[chosen], list(decoded.skipped))])
        if len(images) >= batch_size:
            yield images[:batch_size], kept[:batch_size]
            images, kept = images[batch_size:], kept[batch_size:]
    if len(images):
        yield images, kept
