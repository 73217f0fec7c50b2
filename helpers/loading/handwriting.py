"""Scanned characters: grey, at one size, and the second time from a cache."""

import hashlib
import os
import time
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image, __version__

from .cache import cache_folder, keep
from .decoding import Decoded, decode
from .folders import ImageFolder, check_arguments, collect
from .listing import Listing, list_folder
from .names import character_of
from .pictures import Wish
from .splits import Split, split_folder

# Two changes of a file within one tick of its file system's clock look like one.
TICK, COARSE_TICK = 50_000_000, 2_000_000_000  # nanoseconds; the second is FAT's


def handwriting_folder(
    path: str | os.PathLike,
    size: tuple[int, int] = (80, 60),
    *,
    split: Split | None = None,
    on_error: Literal["refuse", "skip"] = "refuse",
    strict: bool = False,
    cache: bool | str | os.PathLike = True,
) -> ImageFolder:
    """Read scanned characters in grey, at one size; the second time from a cache.

    Pictures and labels come in the order of Keras's ``image_dataset_from_directory``. Folders may
    also be named by code point (``U+4EBA``) or percent-encoded, as some machines write them.
    Pictures are decoded on all processors, and resized by Lanczos's filter, which smooths what
    would be too fine for the new size.

    Parameters
    ----------
    path
        ``CASIA-Dataset`` with ``split``, or any folder that holds a folder of pictures for each
        class.
    size
        (height, width) in pixels of every image; proportions are not kept.
    split
        ``"train"`` or ``"test"``: read ``Train`` or ``Test`` below ``path``.
    on_error
        What to do with a file that cannot be read: ``"refuse"`` raises and names the first of
        them, ``"skip"`` goes on and lists them in ``skipped``.
    strict
        Count as unreadable also what is neither grey nor RGB of 8 bits: palettes, transparency,
        CMYK, 16 bits. Otherwise they are converted and listed in ``converted``.
    cache
        Where the decoded images are kept: True for :func:`cache_folder`, a folder, or False for
        not at all. A file that is new, gone, renamed or changed has all decoded again.

    Returns
    -------
    ImageFolder
        ``images`` has shape (N, H, W, 1); it is read-only, and memory-mapped from the cache.

    Raises
    ------
    FileNotFoundError
        If ``path`` or the split does not exist, has no class folders or no pictures.
    ValueError
        If a file cannot be read, an argument has an unknown value, or ``split`` is needed.

    Examples
    --------
    >>> train = handwriting_folder("CASIA-Dataset", split="train")  # doctest: +SKIP
    >>> train.images.shape, train.classes[train.labels[0]]  # doctest: +SKIP
    ((32206, 80, 60, 1), '东')
    """
    listing, wish = list_handwriting(path, size, split, on_error, strict)
    decoded = _decoded(listing, wish, cache)
    decoded.images.flags.writeable = False
    return collect(listing, decoded, on_error)


def list_handwriting(
    path: str | os.PathLike, size: tuple[int, int], split: Split | None, on_error: str, strict: bool
) -> tuple[Listing, Wish]:
    """Return the files that are meant, and what each is to become."""
    check_arguments(size, on_error)
    folder = split_folder(Path(path), split)
    wish = Wish("grey", tuple(size), Image.Resampling.LANCZOS, strict)
    return list_folder(folder, character_of), wish


def _decoded(listing: Listing, wish: Wish, cache: bool | str | os.PathLike) -> Decoded:
    if cache is False:
        return decode(listing.files(), wish)
    try:
        folder = cache_folder() if cache is True else Path(cache)
    except RuntimeError:  # a user without a home
        return decode(listing.files(), wish)

    def make() -> tuple[np.ndarray, dict, bool]:
        _wait_a_tick(listing)
        decoded = decode(listing.files(), wish)
        about = {
            "skipped": list(decoded.skipped.items()),
            "converted": list(decoded.converted.items()),
        }
        return decoded.images, about, decoded.lasting

    # What is decoded depends on Pillow's version, too: its filters have changed before.
    what = f"{os.path.abspath(listing.folder)} {wish} Pillow {__version__}"
    images, about = keep(folder, _digest(os.fsencode(what))[:24], listing.state, make)
    return Decoded(images, dict(about["skipped"]), dict(about["converted"]))


def _digest(what: bytes) -> str:
    return hashlib.sha256(what).hexdigest()


def _wait_a_tick(listing: Listing) -> None:
    """Let the clock go on, so that whatever is changed from here on gets another time."""
    newest = listing.newest
    tick = TICK if newest % 1_000_000_000 else COARSE_TICK
    left = newest + tick - time.time_ns()
    if 0 < left <= tick:
        time.sleep(left / 1e9)
