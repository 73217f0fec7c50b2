"""Pages of a printed form: handwriting across ruled lines that are as dark as ink.

What a segmentation network is for: no threshold tells a printed line from a written one.
"""

from __future__ import annotations

from helpers.ground.draws import keys, uniform

import numpy as np

from .pages import Page, pages

LIGHTEST = 130
"""Brightness of the palest printed line; the darkest is black."""


def forms(count: int, *, seed: int, first: int = 0, **asked) -> list[Page]:
    """Write pages, as :func:`helpers.handwriting.pages` does, on printed forms.

    Boxes and masks are those of the handwriting; what is printed belongs to the paper.

    Parameters
    ----------
    count, seed, first, **asked
        As for :func:`helpers.handwriting.pages`.

    Returns
    -------
    list of Page

    Examples
    --------
    >>> (form,) = forms(1, seed=1)
    >>> (page,) = pages(1, seed=1)
    >>> bool((form.image <= page.image).all()), bool((form.mask == page.mask).all())
    (True, True)
    """
    written = pages(count, seed=seed, first=first, **asked)
    return [
        page._replace(image=np.minimum(page.image, _printed(page.mask.shape, seed, first + i)))
        for i, page in enumerate(written)
    ]


def _printed(size: tuple[int, int], seed: int, number: int) -> np.ndarray:
    """Draw the form of a page: uint8 (H, W, 1), 255 where nothing is printed."""
    form = np.full((*size, 1), 255, np.uint8)
    chance = uniform(keys(seed, 76, number, np.arange(2)), 5)
    for axis, (kind, gap, start, grey, width) in enumerate(chance):
        if kind < (0.1, 0.4)[axis]:  # a form without lines down is commoner than one without rows
            continue
        apart = 14 + int(gap * 22)
        lines = np.arange(int(start * apart), size[axis], apart)
        for part in range(1 + int(width * 2.5)):  # one to three pixels wide
            rows = lines[lines + part < size[axis]] + part
            np.moveaxis(form, axis, 0)[rows] = int(grey * LIGHTEST)
    return form
