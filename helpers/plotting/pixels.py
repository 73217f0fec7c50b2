"""What the figures accept as a picture, and how a number is written on a pixel."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from .celltext import add_cell_text
from .style import PALETTE, text_colour

MINUS = "\N{MINUS SIGN}"


def as_picture(image, name: str = "image", *, any_range: bool = False) -> np.ndarray:
    """Check that an array is a picture; drop a channel axis of length 1.

    Parameters
    ----------
    image
        (H, W), (H, W, 1) or (H, W, 3): uint8, bool, or float in 0..1.
    name
        What the error calls it.
    any_range
        Accept every real dtype and range for pictures of one channel.

    Returns
    -------
    numpy.ndarray
        (H, W) or (H, W, 3).

    Raises
    ------
    ValueError
        Naming the shape, dtype or range, and how to fix it.
    """
    picture = np.asarray(image)
    if picture.ndim == 3 and picture.shape[2] == 1:
        picture = picture[:, :, 0]
    if not (picture.ndim == 2 or (picture.ndim == 3 and picture.shape[2] == 3)):
        raise ValueError(
            f"{name} has shape {picture.shape}: a picture is (H, W), (H, W, 1) or (H, W, 3)."
        )
    if picture.size == 0:
        raise ValueError(f"{name} has shape {picture.shape}: it has no pixels.")
    if picture.dtype == bool:
        return picture.astype(np.uint8) * 255 if picture.ndim == 3 else picture.astype(float)
    if picture.dtype.kind not in "uif":
        raise ValueError(f"{name} has dtype {picture.dtype}: give uint8 or floats in 0..1.")
    if not np.isfinite(picture).all():
        raise ValueError(f"{name} holds NaN or infinity: replace them, as np.nan_to_num does.")
    if not (any_range and picture.ndim == 2):
        _check_range(picture, name)
    return picture


def _check_range(picture: np.ndarray, name: str) -> None:
    low, high = picture.min(), picture.max()
    advice = " (or pass vmin and vmax)" if picture.ndim == 2 else ""
    if picture.dtype.kind == "f":
        if low < 0 or high > 1:
            raise ValueError(
                f"{name} holds floats from {low:g} to {high:g}: divide by 255, so that they lie "
                f"in 0..1{advice}."
            )
    elif picture.dtype != np.uint8:
        raise ValueError(
            f"{name} has dtype {picture.dtype}: convert it with .astype(np.uint8) if its values "
            f"lie in 0..255{advice}."
        )


def grey_limits(picture: np.ndarray, vmin, vmax) -> tuple[float, float]:
    """Choose which numbers are black and white: 0..255 for uint8, 0..1, else the data's own."""
    if picture.dtype == np.uint8:
        low, high = 0, 255
    elif picture.min() >= 0 and picture.max() <= 1:
        low, high = 0, 1
    else:
        low, high = picture.min(), picture.max()
    low, high = (low if vmin is None else vmin), (high if vmax is None else vmax)
    return float(low), float(high if high > low else low + 1)


def number_format(values: np.ndarray):
    """Choose how to write these numbers: whole ones without decimals, else at most two.

    Returns a function from a number to text.
    """
    values = np.asarray(values)
    if values.dtype.kind in "uib" or (values == np.round(values)).all():
        return lambda value: f"{int(value):d}".replace("-", MINUS)
    decimals = 1 if np.allclose(values, np.round(values, 1), atol=1e-9) else 2
    # Rounding first, and adding 0, turn -0.001 into 0.00 instead of -0.00.
    return lambda value: f"{round(float(value), decimals) + 0:.{decimals}f}".replace("-", MINUS)


def weight_format(values: np.ndarray):
    """Write weights as :func:`number_format` does, but simple fractions such as 1/9 as such."""
    values = np.asarray(values, dtype=float)
    plain = number_format(values)
    if np.allclose(values, np.round(values, 2), atol=1e-6):
        return plain
    fractions = {float(v): Fraction(float(v)).limit_denominator(32) for v in np.unique(values)}
    if not all(abs(float(f) - v) < 1e-6 for v, f in fractions.items()):
        return plain
    return lambda value: str(fractions[float(value)]).replace("-", MINUS)


def formatter(fmt, values: np.ndarray):
    """Turn the ``fmt`` argument (None, format specification or function) into a function."""
    if fmt is None:
        return number_format(values)
    if callable(fmt):
        return fmt
    return lambda value: format(value, fmt).replace("-", MINUS)


def write_numbers(
    axes: Axes, picture: np.ndarray, colours: np.ndarray, write, *, left=0.0, top=0.0
) -> None:
    """Write every pixel's number on it; ``colours`` (H, W, 4) lies under the text.

    All numbers get the size of the longest, so that they read as one table.
    """
    texts = np.array([[write(value) for value in row] for row in picture], dtype=object)
    letters = max(len(text) for text in texts.flat)
    for (row, column), text in np.ndenumerate(texts):
        colour = text_colour(colours[row, column])
        room = {"width": 0.88, "height": 0.46}
        label = add_cell_text(axes, left + column, top + row, text, color=colour, **room)
        label.letters = letters


def index_ticks(axes: Axes, height: int, width: int, *, top: int = 0, left: int = 0) -> None:
    """Write the numbers of rows and columns, below 0 in the padding."""
    rows, columns = _some(height), _some(width)
    axes.set_yticks(rows, [f"{r - top}".replace("-", MINUS) for r in rows])
    axes.set_xticks(columns, [f"{c - left}".replace("-", MINUS) for c in columns])
    axes.xaxis.tick_top()
    axes.tick_params(length=0, pad=3, labelsize=10, labelcolor=PALETTE.soft)
    axes.grid(False)
    axes.spines[:].set_visible(False)


def _some(count: int) -> list[int]:
    step = 1 if count <= 12 else 2 if count <= 24 else 5
    return list(range(0, count, step))


def cell_lines(axes: Axes, height: int, width: int, *, left=0.0, top=0.0) -> None:
    """Draw thin lines between the pixels."""
    style = {"color": PALETTE.grey, "linewidth": 0.6, "alpha": 0.6, "clip_on": False}
    x, y = left - 0.5, top - 0.5
    axes.hlines(np.arange(height + 1) + y, x, x + width, **style)
    axes.vlines(np.arange(width + 1) + x, y, y + height, **style)


def outline(axes: Axes, box: Sequence[int], colour: str, **options) -> Rectangle:
    """Outline the pixels of ``box`` = (row, column, height, width)."""
    row, column, height, width = box
    options = {"linewidth": 3.0, "fill": False, "clip_on": False, "zorder": 4} | options
    # A white halo keeps the line visible on every colour beneath it.
    halo = [withStroke(linewidth=options["linewidth"] + 2, foreground="white")]
    options = {"path_effects": halo} | options
    patch = Rectangle((column - 0.5, row - 0.5), width, height, edgecolor=colour, **options)
    return axes.add_patch(patch)


def draw_table(axes: Axes, values, colours: np.ndarray, write, left: float, top: float) -> None:
    """Draw coloured cells with numbers, the first one centred at (left, top)."""
    height, width = values.shape
    extent = (left - 0.5, left + width - 0.5, top + height - 0.5, top - 0.5)
    axes.imshow(colours, extent=extent, interpolation="nearest", aspect="equal")
    write_numbers(axes, values, colours, write, left=left, top=top)
    cell_lines(axes, height, width, left=left, top=top)


def shape_name(word: str, array: np.ndarray) -> str:
    """Name a table with its shape, as "kernel 3 × 3"."""
    return f"{word} {array.shape[0]} × {array.shape[1]}"
