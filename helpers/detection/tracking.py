"""Which box of one frame is which of the next, by overlap; and how often that goes wrong."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.handwriting import Film

import numpy as np

from .found import Found, Sides, overlaps


def follow(frames: Sequence[Found], *, overlap: float = 0.2, patience: int = 8) -> list[np.ndarray]:
    """Give each box of each frame the number of a track.

    Pairs of a track's last box and a box of the frame are joined, the largest overlap first; a box
    that is left over begins a track.

    Parameters
    ----------
    frames
        What was found in each frame.
    overlap
        Least intersection over union of a pair.
    patience
        For how many frames a track waits to be seen again.

    Returns
    -------
    list of numpy.ndarray
        (M,) int64 for each frame.
    """
    last: dict[int, tuple[np.ndarray, int]] = {}
    tracks, count = [], 0
    for t, found in enumerate(frames):
        alive = [k for k, (_, seen) in last.items() if t - seen <= patience + 1]
        shared = overlaps(Sides(np.array([last[k][0] for k in alive]), found.boxes))
        own = np.full(len(found.scores), -1)
        while shared.size and shared.max() >= overlap:
            i, j = np.unravel_index(shared.argmax(), shared.shape)
            own[j] = alive[i]
            shared[i], shared[:, j] = -1, -1
        new = np.flatnonzero(own < 0)
        own[new] = count + np.arange(len(new))
        count += len(new)
        last |= {int(k): (box, t) for k, box in zip(own, found.boxes, strict=True)}
        tracks.append(own)
    return tracks


def switches(
    film: Film, frames: Sequence[Found], tracks: Sequence[np.ndarray], *, overlap: float = 0.5
) -> int:
    """Count how often a character of a film gets another number than it had.

    Parameters
    ----------
    film
        What truly moves in it.
    frames, tracks
        What was found in each frame, and the numbers that :func:`follow` gave.
    overlap
        Least intersection over union at which a box is taken for a character's.
    """
    known, count = np.full(len(film.labels), -1), 0
    for boxes, found, numbers in zip(film.boxes, frames, tracks, strict=True):
        shared = overlaps(Sides(boxes, found.boxes))
        while shared.size and shared.max() >= overlap:
            i, j = np.unravel_index(shared.argmax(), shared.shape)
            count += int(known[i] not in (-1, numbers[j]))
            known[i] = numbers[j]
            shared[i], shared[:, j] = -1, -1
    return count
