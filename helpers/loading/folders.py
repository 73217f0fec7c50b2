"""Image folders: one subfolder a class, one file a picture."""

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image

from .decoding import Decoded, decode, refuse
from .listing import Listing, list_folder
from .pictures import MODES, Wish
from .scanning import ENDINGS


@dataclass(frozen=True)
class ImageFolder:
    """The pictures of a folder, their labels, and what could not be read.

    Attributes
    ----------
    images
        Shape (N, H, W, 3) or (N, H, W, 1), dtype uint8, values 0 to 255.
    labels
        Shape (N,), dtype int64: indices into ``classes``.
    classes
        What the subfolders stand for, sorted.
    skipped
        Files that could not be read, each with the reason.
    converted
        Files that were neither grey nor RGB of 8 bits, each with the mode that they had.
    listing
        What lies in the folder.
    """

    images: np.ndarray
    labels: np.ndarray
    classes: tuple[str, ...]
    skipped: tuple[tuple[Path, str], ...] = ()
    converted: tuple[tuple[Path, str], ...] = ()
    listing: Listing | None = field(default=None, repr=False)

    @property
    def passed_over(self) -> tuple[str, ...]:
        """What lies in the folder and is no picture: litter of file managers, other files."""
        return self.listing.passed_over if self.listing else ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The file of each image, relative to the folder, with ``/``."""
        if self.listing is None:
            return ()
        gone = {path.relative_to(self.listing.folder).as_posix() for path, _ in self.skipped}
        return tuple(name for name in self.listing.names if name not in gone)


def image_folder(
    path: str | os.PathLike,
    *,
    size: tuple[int, int] | None = None,
    mode: Literal["rgb", "grey"] = "rgb",
    on_error: Literal["refuse", "skip"] = "refuse",
    crop: bool = False,
) -> ImageFolder:
    """Read a folder that holds one subfolder of pictures for each class.

    Classes and files come in the order of Keras's ``image_dataset_from_directory``: names sorted
    by code point, hidden folders left out, deeper folders searched. What file managers leave there
    counts for nothing, and is named in ``passed_over``, as are files that are no pictures.
    Photographs are turned upright as their camera noted it; what is transparent shows white paper.

    Parameters
    ----------
    path
        The folder that holds the class folders.
    size
        (height, width) in pixels that every picture is resized to (bilinear); ``None`` keeps the
        pictures' own size, which must then be the same for all.
    mode
        ``"rgb"`` gives three channels, ``"grey"`` one.
    on_error
        What to do with a file that cannot be read: ``"refuse"`` raises, ``"skip"`` goes on and
        lists the file in ``skipped``.
    crop
        Cut the middle of the right proportions out of every picture before it is resized; nothing
        is stretched then, but what lies at the ends is lost. It needs a ``size``.

    Returns
    -------
    ImageFolder
        All pictures in memory: N x H x W x C bytes.

    Raises
    ------
    FileNotFoundError
        If ``path`` does not exist, has no class folders or no pictures.
    ValueError
        If pictures differ in size while ``size`` is None, a file cannot be read, an argument has
        an unknown value, or the folders are not classes but ``train`` and ``test``.
    """
    check_arguments(size, on_error)
    if mode not in MODES:
        raise ValueError(f'mode is {mode!r}: give "rgb" or "grey".')
    if crop and size is None:
        raise ValueError("crop=True needs a size: give (height, width) in pixels.")
    wish = Wish(mode, size, Image.Resampling.BILINEAR, crop=crop)
    listing = list_folder(Path(path))
    return collect(listing, decode(listing.files(), wish), on_error)


def check_arguments(size: tuple[int, int] | None, on_error: str) -> None:
    """Refuse values that no loader knows."""
    if on_error not in ("refuse", "skip"):
        raise ValueError(f'on_error is {on_error!r}: give "refuse" or "skip".')
    if size is not None and (len(size) != 2 or min(size) < 1):
        raise ValueError(f"size is {size!r}: give (height, width) in pixels, both at least 1.")


def collect(listing: Listing, decoded: Decoded, on_error: str) -> ImageFolder:
    """Put together what was listed and what was decoded."""
    if decoded.skipped and on_error == "refuse":
        refuse(listing.files(), decoded.skipped)
    if not len(decoded.images):
        raise FileNotFoundError(
            f"Image folder {listing.folder} has {len(listing.classes)} class folders but no "
            f"readable picture: put files ending in {', '.join(ENDINGS)} into them."
        )
    labels = np.delete(listing.labels, list(decoded.skipped))
    skipped, converted = (
        tuple((listing.folder / listing.names[i], word) for i, word in noted.items())
        for noted in (decoded.skipped, decoded.converted)
    )
    return ImageFolder(decoded.images, labels, listing.classes, skipped, converted, listing)
