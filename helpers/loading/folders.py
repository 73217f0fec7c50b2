"""Image folders: one subfolder a class, one file a picture."""

import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image, ImageOps

# The endings that Keras's image_dataset_from_directory takes; other files are passed over.
ENDINGS = (".bmp", ".gif", ".jpeg", ".jpg", ".png")
MODES = {"rgb": "RGB", "grey": "L"}
# What Pillow raises on a damaged, cut off or hostile file.
UNREADABLE = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)


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
        Names of the subfolders, sorted.
    skipped
        Files that could not be read, each with the reason.
    """

    images: np.ndarray
    labels: np.ndarray
    classes: tuple[str, ...]
    skipped: tuple[tuple[Path, str], ...] = ()


def image_folder(
    path: str | os.PathLike,
    *,
    size: tuple[int, int] | None = None,
    mode: Literal["rgb", "grey"] = "rgb",
    on_error: Literal["refuse", "skip"] = "refuse",
) -> ImageFolder:
    """Read a folder that holds one subfolder of pictures for each class.

    Classes and files come in the order of Keras's ``image_dataset_from_directory``: names sorted
    by code point, hidden folders left out, deeper folders searched. Photographs are turned
    upright as their camera noted it.

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

    Returns
    -------
    ImageFolder
        All pictures in memory: N x H x W x C bytes.

    Raises
    ------
    FileNotFoundError
        If ``path`` does not exist, has no class folders or no pictures.
    ValueError
        If pictures differ in size while ``size`` is None, a file cannot be read, or an argument
        has an unknown value.
    """
    _check_arguments(size, mode, on_error)
    folder = Path(path)
    classes = _class_names(folder)
    images, labels, files, skipped = [], [], [], []
    for label, name in enumerate(classes):
        for file in _picture_files(folder / name):
            try:
                images.append(_read(file, size, mode))
            except UNREADABLE as error:
                if on_error == "refuse":
                    raise ValueError(
                        f"Picture {file} cannot be read ({error}): replace or remove it, "
                        'or pass on_error="skip" to go on without it.'
                    ) from error
                skipped.append((file, str(error)))
                continue
            labels.append(label)
            files.append(file)
    if not images:
        raise FileNotFoundError(
            f"Image folder {folder} has {len(classes)} class folders but no readable picture: "
            f"put files ending in {', '.join(ENDINGS)} into them."
        )
    _check_same_size(images, files)
    return ImageFolder(np.stack(images), np.array(labels, dtype=np.int64), classes, tuple(skipped))


def _check_arguments(size: tuple[int, int] | None, mode: str, on_error: str) -> None:
    if mode not in MODES:
        raise ValueError(f'mode is {mode!r}: give "rgb" or "grey".')
    if on_error not in ("refuse", "skip"):
        raise ValueError(f'on_error is {on_error!r}: give "refuse" or "skip".')
    if size is not None and (len(size) != 2 or min(size) < 1):
        raise ValueError(f"size is {size!r}: give (height, width) in pixels, both at least 1.")


def _class_names(folder: Path) -> tuple[str, ...]:
    if not folder.is_dir():
        raise FileNotFoundError(
            f"Image folder {folder} does not exist: give the folder that holds the class folders."
        )
    names = sorted(
        entry.name for entry in folder.iterdir() if entry.is_dir() and entry.name[0] != "."
    )
    if not names:
        raise FileNotFoundError(
            f"Image folder {folder} has no class folders: make one subfolder for each class "
            "and put its pictures there."
        )
    return tuple(names)


def _picture_files(folder: Path) -> list[Path]:
    return [
        Path(root, name)
        for root, _, names in sorted(os.walk(folder))
        for name in sorted(names)
        if name.lower().endswith(ENDINGS)
    ]


def _read(file: Path, size: tuple[int, int] | None, mode: str) -> np.ndarray:
    """Read one picture as uint8 (H, W, 3) or (H, W, 1)."""
    with warnings.catch_warnings():
        # A picture of 90 megapixels is only large; Pillow refuses hostile sizes by itself.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(file) as opened:
            picture = ImageOps.exif_transpose(opened)
            if picture.mode.startswith("I"):  # 16 bits a pixel, which convert() would cut at 255
                picture = Image.fromarray((np.asarray(picture) // 256).astype(np.uint8))
            picture = picture.convert(MODES[mode])
            if size is not None and picture.size != size[::-1]:
                picture = picture.resize(size[::-1], Image.Resampling.BILINEAR)
            pixels = np.asarray(picture, dtype=np.uint8)
    return pixels.reshape(*pixels.shape[:2], -1)


def _check_same_size(images: list[np.ndarray], files: list[Path]) -> None:
    expected = images[0].shape
    for image, file in zip(images, files, strict=True):
        if image.shape != expected:
            raise ValueError(
                f"Pictures differ in size: {files[0]} has {expected[0]} x {expected[1]} pixels, "
                f"{file} has {image.shape[0]} x {image.shape[1]}: pass size=(height, width) to "
                "resize them all."
            )
