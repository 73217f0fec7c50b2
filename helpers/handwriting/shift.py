"""How handwriting differs from set to set, measured from the pixels.

Every function takes pictures (N, H, W) or (N, H, W, 1), uint8, dark ink on light paper (0 is
ink, 255 paper), and returns one number a picture, (N,) float64. A picture without ink gives NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from scipy import ndimage

PAPER = 255
FAINT = 0.25  # what is less dark than this share of full ink is paper, or a scanner's noise


def ink(images: np.ndarray) -> np.ndarray:
    """Return how dark each pixel is, (N, H, W) from 0 for paper to 1 for ink; noise is 0.

    Raises
    ------
    ValueError
        When the pictures are no uint8 batch of one channel.
    """
    images = np.asarray(images)
    if images.ndim == 4 and images.shape[3] == 1:
        images = images[..., 0]
    if images.ndim != 3 or images.dtype != np.uint8:
        raise ValueError(
            f"images have shape {images.shape} and dtype {images.dtype}: give a uint8 batch "
            "(N, H, W) or (N, H, W, 1), as in images[:1] for a single picture."
        )
    dark = (255 - images) / 255.0
    return np.where(dark < FAINT, 0.0, dark)


def pen_width(images: np.ndarray) -> np.ndarray:
    """Return the mean width of the strokes, in pixels.

    A stroke of length L and width w has the area L w and an outline of about 2 L, so w is
    twice the area over the outline. The sum of all differences in brightness measures the outline.
    """
    dark = np.pad(ink(images), ((0, 0), (1, 1), (1, 1)))
    down, across = np.gradient(dark, axis=(1, 2))
    outline = np.hypot(down, across).sum(axis=(1, 2))
    return _quotient(2 * dark.sum(axis=(1, 2)), outline)


def slant(images: np.ndarray) -> np.ndarray:
    """Return the lean to the right, in degrees: 0 is upright, negative leans to the left.

    The lean is the shear that the moments of the ink tell: how far the ink moves to the right
    for each pixel that one goes up.
    """
    dark = ink(images)
    y, x = _centred(dark)
    lean = _quotient(-(dark * x * y).sum(axis=(1, 2)), (dark * y**2).sum(axis=(1, 2)))
    return np.degrees(np.arctan(lean))


def height(images: np.ndarray) -> np.ndarray:
    """Return how many rows the character spans, in pixels, first and last row included."""
    return _span(ink(images).any(axis=2))


def width(images: np.ndarray) -> np.ndarray:
    """Return how many columns the character spans, in pixels."""
    return _span(ink(images).any(axis=1))


def across(images: np.ndarray) -> np.ndarray:
    """Return how far the ink's centre lies to the right of the picture's, in pixels."""
    return _centre(ink(images), axis=2)


def down(images: np.ndarray) -> np.ndarray:
    """Return how far the ink's centre lies below the picture's, in pixels."""
    return _centre(ink(images), axis=1)


QUANTITIES: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "pen width (pixels)": pen_width,
    "slant (degrees)": slant,
    "height (pixels)": height,
    "width (pixels)": width,
    "to the right (pixels)": across,
    "downwards (pixels)": down,
}


def measure(images: np.ndarray) -> dict[str, np.ndarray]:
    """Return all `QUANTITIES` of a batch: name to array (N,)."""
    return {name: quantity(images) for name, quantity in QUANTITIES.items()}


def effect_size(before: np.ndarray, after: np.ndarray) -> float:
    """Return how far the mean has moved, in standard deviations of `before` (Glass's delta)."""
    before, after = np.asarray(before, float), np.asarray(after, float)
    return float((np.nanmean(after) - np.nanmean(before)) / np.nanstd(before))


def redraw(
    images: np.ndarray,
    *,
    slant: float = 0.0,
    taller: float = 1.0,
    wider: float = 1.0,
    across: float = 0.0,
    down: float = 0.0,
) -> np.ndarray:
    """Return the pictures leaned over, enlarged and moved, all of them alike.

    Parameters
    ----------
    images : (N, H, W, 1) uint8
    slant : float
        Degrees by which an upright stroke leans to the right afterwards.
    taller, wider : float
        Factors of the height and the width, about the middle of the picture.
    across, down : float
        Pixels to the right, and downwards.

    Returns
    -------
    (N, H, W, 1) uint8
        What comes in from outside is paper; what leaves the picture is lost.
    """
    images = np.asarray(images)
    middle = (np.array(images.shape[1:3]) - 1) / 2
    lean = np.tan(np.radians(slant))
    # Where each pixel comes from: (y, x) there = matrix @ ((y, x) here - middle) + middle.
    matrix = np.linalg.inv([[taller, 0.0], [-lean * taller, wider]])
    offset = middle - matrix @ (middle + np.array([down, across]))
    found = [
        ndimage.affine_transform(image[..., 0], matrix, offset, order=1, cval=PAPER)
        for image in images
    ]
    return np.stack(found)[..., np.newaxis]


def _span(inked: np.ndarray) -> np.ndarray:
    """Return the distance from the first to the last True of each row, both included."""
    first, last = inked.argmax(axis=1), inked.shape[1] - inked[:, ::-1].argmax(axis=1)
    return np.where(inked.any(axis=1), (last - first).astype(float), np.nan)


def _centre(dark: np.ndarray, axis: int) -> np.ndarray:
    """Return the ink's centre along an axis, from the middle of the picture."""
    places = np.arange(dark.shape[axis]) - (dark.shape[axis] - 1) / 2
    profile = dark.sum(axis=3 - axis)
    return _quotient(profile @ places, profile.sum(axis=1))


def _centred(dark: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return rows (N, H, 1) and columns (N, 1, W), counted from the ink's centre."""
    rows = np.arange(dark.shape[1]) - (dark.shape[1] - 1) / 2
    columns = np.arange(dark.shape[2]) - (dark.shape[2] - 1) / 2
    y = rows - _centre(dark, axis=1)[:, np.newaxis]
    x = columns - _centre(dark, axis=2)[:, np.newaxis]
    return y[:, :, np.newaxis], x[:, np.newaxis, :]


def _quotient(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    return np.divide(top, bottom, out=np.full(np.shape(top), np.nan), where=np.asarray(bottom) != 0)
