"""Small real handwritten digits, for lessons that need a data set at once."""

import numpy as np


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Load 1,797 handwritten digits of 8 x 8 pixels.

    Returns
    -------
    images : numpy.ndarray
        Shape (1797, 8, 8), dtype uint8, values **0 to 16** (not 255): 0 is paper, 16 is ink.
    labels : numpy.ndarray
        Shape (1797,), dtype int64, the digits 0 to 9.

    Notes
    -----
    Source: ``sklearn.datasets.load_digits`` (the test set of UCI's *Optical Recognition of
    Handwritten Digits*). Each pixel counts the inked dots in a 4 x 4 block of the scan, which is
    why it ends at 16. scikit-learn stores the counts as floats; here they are what they count.

    Examples
    --------
    >>> images, labels = digits()
    >>> images.shape, int(images.max()), int(labels[0])
    ((1797, 8, 8), 16, 0)
    """
    # Imported late: scikit-learn takes a second, and most notebooks need no digits.
    from sklearn.datasets import load_digits

    bunch = load_digits()
    return bunch.images.astype(np.uint8), bunch.target.astype(np.int64)
