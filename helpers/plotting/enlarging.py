"""Pictures of few pixels made large: their colours are looked up first, and then repeated.

Matplotlib makes the numbers of a picture large, and looks up a colour for each pixel of the page:
where an explorer shows a picture, that was a third of the time.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from math import ceil, floor

import numpy as np
from matplotlib.image import AxesImage
from matplotlib.transforms import Bbox, Transform

__all__ = ["enlarged", "quickly"]

NUDGE = 1e-8  # pixels: an edge half-way between two pixels goes where Matplotlib lets it go


@contextmanager
def quickly(images: Iterable[AxesImage]) -> Iterator[None]:
    """Make pictures large in the quick way as long as the context lasts."""
    simple = [image for image in images if _is_simple(image)]
    for image in simple:
        image.make_image = partial(enlarged, image)
    try:
        yield
    finally:
        for image in simple:
            del image.make_image


def _is_simple(image: AxesImage) -> bool:
    """Tell whether each number of a picture becomes a rectangle of one colour."""
    place = image.get_transform()
    return (
        type(image) is AxesImage
        and image.get_interpolation() == "nearest"
        and image.get_alpha() is None
        and place.is_affine
        and _is_upright(place)
    )


def _is_upright(place: Transform) -> bool:
    """Tell whether rows stay rows and columns columns.

    Matplotlib's own `is_separable` fails where a matrix was given as a list.
    """
    matrix = np.asarray(place.get_matrix())
    return matrix[0, 1] == 0 and matrix[1, 0] == 0


def enlarged(
    image: AxesImage, renderer, magnification: float = 1.0, unsampled: bool = False
) -> tuple[np.ndarray | None, float, float, None]:
    """Do what ``AxesImage.make_image`` does, in pixels of the page that are never magnified.

    Returns
    -------
    image : (M, N, 4) uint8 array
        Its lowest row first; None where nothing of it is to be seen.
    x, y : float
        Its left and lower edges.
    trans : None
        Of use to other renderers only.
    """
    left, right, bottom, top = image.get_extent()
    (x0, y0), (x1, y1) = image.get_transform().transform([(left, bottom), (right, top)])
    clip = image.get_figure(root=True).bbox
    if image.get_clip_on():
        clip = image.get_clip_box() or image.axes.bbox
    seen = Bbox.intersection(Bbox.from_extents(x0, y0, x1, y1), clip)
    if seen is None:
        return None, 0, 0, None
    first, last = floor(seen.x0 + 0.5), floor(seen.x1 + 0.5 + NUDGE)
    lowest, highest = ceil(seen.y0 - 0.5 - NUDGE), ceil(seen.y1 - 0.5)
    if first == last or lowest == highest:
        return None, 0, 0, None
    colours = np.ascontiguousarray(image.to_rgba(image.get_array(), bytes=True))
    height, width, _ = colours.shape
    ends = (y1, y0) if image.origin == "upper" else (y0, y1)
    rows = _cells(lowest, highest, *ends, height)
    columns = _cells(first, last, x0, x1, width)
    # A colour as one number of 32 bits: so it is copied at once.
    pixels = colours.view(np.uint32)[..., 0].take(columns, axis=1).take(rows, axis=0)
    return pixels.view(np.uint8).reshape(*pixels.shape, 4), first, lowest, None


def _cells(first: int, last: int, begin: float, end: float, count: int) -> np.ndarray:
    """Return for each pixel of the page which of `count` cells between two edges it shows."""
    shares = (np.arange(first, last) + 0.5 - begin) / (end - begin)
    return np.floor(shares * count).astype(int).clip(0, count - 1)
