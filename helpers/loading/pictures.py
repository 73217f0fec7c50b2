"""One picture file becomes one array, or an error that says why not."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from typing import BinaryIO, NamedTuple

import numpy as np
from PIL import Image, ImageFile, ImageOps

from .greypng import grey_png

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
MODES = {"rgb": "RGB", "grey": "L"}
# Grey or colour of 8 bits, or black and white: there is one way to turn these into another.
PLAIN = ("L", "RGB", "1")
# Where a file notes how its camera was held.
NOTES = ("exif", "xmp", "XML:com.adobe.xmp", "Raw profile type exif")
SMALL = 2**24  # bytes of a file that is read as a whole


class Wish(NamedTuple):
    """What every picture is to become.

    Attributes
    ----------
    mode
        "rgb" for three channels, "grey" for one.
    size
        (height, width) in pixels; None leaves each as it is.
    resampling
        How Pillow resizes.
    strict
        Refuse what is not plain: palettes, transparency, CMYK, more than 8 bits.
    crop
        Cut what is too wide or too tall for `size` off both ends, rather than stretch it.
    """

    mode: str
    size: tuple[int, int] | None
    resampling: Image.Resampling
    strict: bool = False
    crop: bool = False


class PictureError(ValueError):
    """Why a file is no picture; `fleeting` where the system refused it, this time."""

    def __init__(self, reason: str, *, fleeting: bool = False) -> None:
        super().__init__(reason)
        self.fleeting = fleeting


def read_picture(file: str | os.PathLike, wish: Wish) -> tuple[np.ndarray, str]:
    """Read one picture.

    Photographs are turned upright as their camera noted it, 16 bits become 8, and what is
    transparent shows white paper.

    Returns
    -------
    pixels : numpy.ndarray
        Shape (H, W) or (H, W, 3), dtype uint8.
    converted : str
        The file's mode by its name in Pillow ("RGBA", "CMYK", "I;16", ...) where it was not
        plain, else empty.

    Raises
    ------
    PictureError
        If the file cannot be read to its end, or is not plain where that is wished for.
    """
    try:
        picture, special = _opened(file, wish.strict)
        if picture.mode != MODES[wish.mode]:
            picture = picture.convert(MODES[wish.mode])
        if wish.size is not None and picture.size != wish.size[::-1]:
            change = partial(ImageOps.fit, picture) if wish.crop else picture.resize
            picture = change(wish.size[::-1], wish.resampling)
        return np.asarray(picture), special
    except PictureError:
        raise
    except Exception as error:  # damaged files make Pillow's readers raise nearly anything
        refused = isinstance(error, MemoryError) or getattr(error, "errno", None) is not None
        raise PictureError(_reason(error), fleeting=refused) from error


def _opened(file: str | os.PathLike, strict: bool) -> tuple[Image.Image, str]:
    # Opened by Python and not by a library of C: these may fail at 人 in a path on Windows.
    if os.stat(file).st_size > SMALL:
        with open(file, "rb") as stream:
            return _read(stream, strict)
    with open(file, "rb", buffering=0) as raw:
        content = raw.readall()
    if not content:
        raise PictureError("it is empty")
    picture = grey_png(content)
    return (picture, "") if picture else _read(BytesIO(content), strict)


def _read(stream: BinaryIO, strict: bool) -> tuple[Image.Image, str]:
    """Read a picture as one of 8 bits that stands upright on paper."""
    picture = Image.open(stream, formats=FORMATS)
    special = _special(picture)
    if strict and special:
        raise PictureError(f"its mode is {special}, not plain grey or RGB")
    picture.load()
    if any(note in picture.info for note in NOTES):
        picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I"):  # more than 8 bits a pixel, which convert() would cut at 255
        high = np.asarray(picture).astype(np.int64) // 256
        picture = Image.fromarray(high.clip(0, 255).astype(np.uint8))
    elif picture.has_transparency_data:
        inked = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", inked.size, "white"), inked)
    return picture, special


def _special(picture: Image.Image) -> str:
    """Name the mode of a picture that is not plain."""
    if picture.mode not in PLAIN:
        return picture.mode
    return f"{picture.mode} with transparency" if picture.has_transparency_data else ""


def _reason(error: Exception) -> str:
    if isinstance(error, Image.UnidentifiedImageError):
        return f"it is no {', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__


@contextmanager
def whole_pictures() -> Iterator[None]:
    """Have Pillow refuse what is cut off, and be silent on what is only large.

    Both are settings of the whole process: set them once around all reading, not in each thread.
    """
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            # 90 megapixels are only large; Pillow refuses hostile sizes by itself.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
