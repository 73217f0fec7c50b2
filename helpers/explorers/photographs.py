"""A picture file of the reader's own, as an array."""

from functools import lru_cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

__all__ = ["own_picture", "striped_png"]

LEAST = 8  # pixels: no window of an explorer is larger


@lru_cache(maxsize=4)
def own_picture(content: bytes, side: int, *, square: bool = False) -> np.ndarray:
    """Read a picture file and shrink it, so that a redraw is quick.

    Parameters
    ----------
    content
        What the file holds: PNG, JPEG, or what else Pillow reads.
    side
        Pixels of the longer side in the result; a smaller picture stays as it is.
    square
        Whether the middle is cut out first, as wide as high.

    Returns
    -------
    numpy.ndarray
        (H, W, 3) of uint8, read-only; turned as the camera says.

    Raises
    ------
    ValueError
        If the file is no picture, is too small, or too large to be opened safely.
    """
    try:
        with Image.open(BytesIO(content)) as image:
            image.draft("RGB", (4 * side, 4 * side))  # a JPEG need not be read at full size
            image = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(
            f"The file of {len(content):,} bytes is no picture that can be read ({error}): "
            "choose a PNG or a JPEG."
        ) from None
    least = min(image.size)
    if least < LEAST:
        raise ValueError(
            f"The picture has {image.size[0]} × {image.size[1]} pixels: choose one with at least "
            f"{LEAST} in each direction."
        )
    if square:
        image = ImageOps.fit(image, (min(side, least),) * 2, Image.Resampling.BOX)
    elif max(image.size) > side:
        image = ImageOps.contain(image, (side, side), Image.Resampling.BOX)
    array = np.array(image)
    array.flags.writeable = False  # the cache hands the same array to every caller
    return array


def striped_png(size: tuple[int, int]) -> bytes:
    """Draw stripes of two colours, (width, height) pixels, as the bytes of a PNG file."""
    width, height = size
    stripes = np.zeros((height, width, 3), np.uint8)
    stripes[:, :, 0] = 255 * (np.arange(width) // 6 % 2)
    stripes[:, :, 2] = 255 * (np.arange(height) // 6 % 2)[:, np.newaxis]
    buffer = BytesIO()
    Image.fromarray(stripes).save(buffer, format="png")
    return buffer.getvalue()
