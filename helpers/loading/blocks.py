"""A block of picture files, read row by row into an array."""

from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass, field

import numpy as np

from .pictures import MODES, PictureError, Wish, read_picture


@dataclass
class Notes:
    """What there is to say about files, by their positions.

    Attributes
    ----------
    skipped
        Why a file could not be read.
    converted
        The mode of a file that was not plain.
    fleeting
        Files that may well be read the next time: the system refused them.
    """

    skipped: dict[int, str] = field(default_factory=dict)
    converted: dict[int, str] = field(default_factory=dict)
    fleeting: set[int] = field(default_factory=set)


def channels(wish: Wish) -> int:
    """Return how many channels the pictures get."""
    return len(MODES[wish.mode])


def read_block(
    files: Sequence[str],
    span: range,
    wish: Wish,
    rows: np.ndarray | MutableSequence[np.ndarray | None],
    notes: Notes,
    offset: int = 0,
) -> None:
    """Read some of the files; row i is file `offset` + i. Unreadable ones leave theirs as it is."""
    for i in span:
        try:
            pixels, special = read_picture(files[i], wish)
        except PictureError as error:
            notes.skipped[i] = str(error)
            if error.fleeting:
                notes.fleeting.add(i)
            continue
        rows[i - offset] = pixels.reshape(*pixels.shape[:2], channels(wish))
        if special:
            notes.converted[i] = special
