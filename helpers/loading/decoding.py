"""Many picture files become one array, several at a time."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from helpers.ground.processors import processors

import numpy as np

from .blocks import Notes, channels, read_block
from .crew import read_with_crew
from .pictures import Wish, whole_pictures

BLOCK = 64  # pictures that a thread takes at a time
LARGE = 2**15  # bytes of a file whose decoding takes longer than finding a thread for it
MANY = 1500  # files for which it pays to start other processes
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
    rows = [None] * len(files)
    if wish.size:
        rows = np.empty((len(files), *wish.size, channels(wish)), np.uint8)
    notes = Notes()
    with whole_pictures():
        if wish.size and len(files) >= MANY and processors() > 1:
            read_with_crew(files, wish, rows, notes, processors() - 1)
        else:
            spans = (range(i, min(i + BLOCK, len(files))) for i in range(0, len(files), BLOCK))
            with ThreadPoolExecutor(processors() if _large(files) else 1) as pool:
                for _ in pool.map(lambda span: read_block(files, span, wish, rows, notes), spans):
                    pass
    skipped, converted = (dict(sorted(each.items())) for each in (notes.skipped, notes.converted))
    if not wish.size:
        rows = _stack(files, [i for i in range(len(files)) if i not in skipped], rows)
    elif skipped:
        rows = np.delete(rows, list(skipped), axis=0)
    return Decoded(rows, skipped, converted, lasting=len(rows) > 0 and not notes.fleeting)


def _large(files: Sequence[str]) -> bool:
    """Tell whether threads help: with small pictures they wait for each other instead."""
    with suppress(OSError):
        return max(map(os.path.getsize, files[:: len(files) // 8 + 1]), default=0) > LARGE
    return False


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


def _stack(files: Sequence[str], order: list[int], rows: list[np.ndarray]) -> np.ndarray:
    for i in order:
        if (shape := rows[i].shape) != (expected := rows[order[0]].shape):
            raise ValueError(
                f"Pictures differ in size: {files[order[0]]} has {expected[0]} x {expected[1]} "
                f"pixels, {files[i]} has {shape[0]} x {shape[1]}: pass size=(height, width) to "
                "resize them all."
            )
    return np.stack([rows[i] for i in order]) if order else np.empty((0, 0, 0, 1), np.uint8)
