"""The two real photographs that scikit-learn ships."""

import numpy as np


def photographs() -> np.ndarray:
    """Load the two photographs as one batch.

    Returns
    -------
    numpy.ndarray
        Shape (2, 427, 640, 3), dtype uint8, values 0 to 255: a temple, then a flower.

    Notes
    -----
    Source: ``sklearn.datasets.load_sample_images``. The pictures are part of the scikit-learn
    package (CC BY licence), so nothing is downloaded.

    Examples
    --------
    >>> photographs().shape
    (2, 427, 640, 3)
    """
    # Imported late: scikit-learn takes a second, and most notebooks need no photograph.
    from sklearn.datasets import load_sample_images

    return np.stack(load_sample_images().images)


def photograph_names() -> tuple[str, str]:
    """Name the pictures of :func:`photographs`, in the same order."""
    return ("temple", "flower")


def crop_centre(images: np.ndarray, height: int, width: int) -> np.ndarray:
    """Cut the central window out of an image or of every image of a batch.

    Where the margin is odd, the larger half is left below and to the right, as Keras's
    ``CenterCrop`` layer does: the first row kept is ``(H - height) // 2``.

    Parameters
    ----------
    images
        One image (H, W, C) or a batch (N, H, W, C), any dtype.
    height, width
        Size of the window in pixels, at most H and W.

    Returns
    -------
    numpy.ndarray
        Shape (height, width, C) or (N, height, width, C), same dtype, a copy.

    Raises
    ------
    ValueError
        If ``images`` has another rank, or the window does not fit into it.

    Examples
    --------
    >>> crop_centre(photographs(), 70, 120).shape
    (2, 70, 120, 3)
    """
    images = np.asarray(images)
    if images.ndim not in (3, 4):
        raise ValueError(
            f"images has shape {images.shape}: give one image (H, W, C) or a batch (N, H, W, C)."
        )
    rows, columns = images.shape[-3:-1]
    if not (1 <= height <= rows and 1 <= width <= columns):
        raise ValueError(
            f"A window of {height} x {width} does not fit into an image of {rows} x {columns}: "
            f"give a height of 1 to {rows} and a width of 1 to {columns}."
        )
    top, left = (rows - height) // 2, (columns - width) // 2
    return images[..., top : top + height, left : left + width, :].copy()
