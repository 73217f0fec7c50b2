"""Many picture files become one array, several at a time."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from .pictures import PictureError, Wish, read_picture, whole_pictures

BLOCK = 64  # pictures that a thread takes at a time
SHOWN = 3  # pictures that an error names


@dataclass(frozen=True)
class Decoded:
    """Pictures in one array, and what there is to say about their files.

    Attributes
    ----------
    images
        Shape (N, H, W, C), dtype uint8: a row for each file that is not skipped.
    skipped
        Positions of the files that could not be read, each with the reason.
    converted
        Positions of the files that were not plain, each with the mode that they had.
    lasting
        False where a file may well be read the next time: the system refused it.
    """

    images: np.ndarray
    skipped: dict[int, str] = field(default_factory=dict)
    converted: dict[int, str] = field(default_factory=dict)
    lasting: bool = True


def decode(files: Sequence[str], wish: Wish) -> Decoded:
    """Read pictures in parallel; those that cannot be read have no row.

    Parameters
    ----------
    files
        Paths of picture files.
    wish
        What each is to become. Where its size is None, all must have the same.

    Raises
    ------
    ValueError
        If pictures differ in size while the wish names none.
    """
    channels = 3 if wish.mode == "rgb" else 1
    found: dict[int, np.ndarray] = {}
    images = np.empty((len(files), *wish.size, channels), np.uint8) if wish.size else found
    skipped: dict[int, PictureError] = {}
    converted: dict[int, str] = {}

    def take(start: int) -> None:
        for i in range(start, min(start + BLOCK, len(files))):
            try:
                pixels, special = read_picture(files[i], wish)
            except PictureError as error:
                skipped[i] = error
                continue
            images[i] = pixels.reshape(*pixels.shape[:2], channels)
            if special:
                converted[i] = special

    with whole_pictures(), ThreadPoolExecutor(workers()) as pool:
        for _ in pool.map(take, range(0, len(files), BLOCK)):
            pass
    if not wish.size:
        images = _stack(files, found, channels)
    elif skipped:
        images = np.delete(images, list(skipped), axis=0)
    lasting = len(images) > 0 and not any(error.fleeting for error in skipped.values())
    reasons = {i: str(skipped[i]) for i in sorted(skipped)}
    return Decoded(images, reasons, dict(sorted(converted.items())), lasting)


def workers() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows
        return os.cpu_count() or 1


def refuse(files: Sequence[str], skipped: dict[int, str]) -> None:
    """Raise where files could not be read: how many, the first of them, and why.

    Raises
    ------
    ValueError
        If anything was skipped.
    """
    if not skipped:
        return
    first = [(files[i], skipped[i]) for i in list(skipped)[:SHOWN]]
    if len(skipped) == 1:
        raise ValueError(
            f"Picture {first[0][0]} cannot be read ({first[0][1]}): replace or remove it, "
            'or pass on_error="skip" to go on without it.'
        )
    named = ", ".join(f"{file} ({reason})" for file, reason in first)
    more = f" and {len(skipped) - SHOWN} more" if len(skipped) > SHOWN else ""
    raise ValueError(
        f"{len(skipped)} of {len(files)} pictures cannot be read: {named}{more}. Replace or "
        'remove them, or pass on_error="skip" to go on without them.'
    )


def _stack(files: Sequence[str], found: dict[int, np.ndarray], channels: int) -> np.ndarray:
    order = sorted(found)
    for i in order:
        if (shape := found[i].shape) != (expected := found[order[0]].shape):
            raise ValueError(
                f"Pictures differ in size: {files[order[0]]} has {expected[0]} x {expected[1]} "
                f"pixels, {files[i]} has {shape[0]} x {shape[1]}: pass size=(height, width) to "
                "resize them all."
            )
    return np.stack([found[i] for i in order]) if order else np.empty((0, 0, 0, channels), np.uint8)
