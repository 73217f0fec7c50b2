"""The kernel explorer: change a weight, move the window, watch the feature map."""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from helpers import loading
from helpers.plotting.celltext import add_cell_text
from helpers.plotting.pixels import MINUS, cell_lines, outline, weight_format
from helpers.plotting.style import DIVERGING, PALETTE, hide_axes, new_figure, text_colour
from helpers.plotting.windows import show_convolution

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .photographs import own_picture
from .shell import Choice, Explorer, Grid, Slider, Toggle, Upload

__all__ = ["EXPLORER", "KERNELS", "Kernels", "draw", "picture", "place_window", "slide"]

THIRD = 1 / 9
KERNELS = {
    "vertical line": ((0, 1, 0), (0, 1, 0), (0, 1, 0)),
    "bottom row": ((0, 0, 0), (0, 0, 0), (1, 1, 1)),
    "X": ((1, 0, 1), (0, 1, 0), (1, 0, 1)),
    "leave it alone": ((0, 0, 0), (0, 1, 0), (0, 0, 0)),
    "box blur": ((THIRD, THIRD, THIRD),) * 3,
    "sharpen": ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
    "outline": ((-1, -1, -1), (-1, 8, -1), (-1, -1, -1)),
    "Sobel x": ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),
    "Sobel y": ((-1, -2, -1), (0, 0, 0), (1, 2, 1)),
}
SMILEY = (".#.#.", ".#.#.", ".....", "#...#", ".###.")
STEPS = ("###..", ".###.", "..###", "..##.", ".##..")
OWN = "your own"
PICTURES = ("smiley", "steps", "ghost", "temple", "flower")
TALLEST = 5.15  # inches
STOPS = 16  # of the two window sliders


@dataclass(frozen=True)
class Kernels:
    """What the kernel explorer shows: a picture, nine weights and a window."""

    picture: str = "smiley"
    weights: tuple[tuple[float, ...], ...] = KERNELS["vertical line"]
    row: int = 0
    column: int = 1
    padded: bool = True
    flip: bool = False
    photo: bytes = field(default=b"", repr=False)


@lru_cache
def picture(name: str) -> np.ndarray:
    """Return one of the explorer's pictures.

    Parameters
    ----------
    name
        One of ``PICTURES``.

    Returns
    -------
    numpy.ndarray
        (H, W) of whole numbers: 0 and 1 for the drawn ones, 0 to 255 for the others.
    """
    drawn = {"smiley": SMILEY, "steps": STEPS}.get(name)
    if drawn:
        image = np.array([[letter == "#" for letter in line] for line in drawn], int)
    elif name == "ghost":
        image = loading.sprites()[name].mean(axis=2).round().astype(int)
    else:
        photograph = loading.photographs()[loading.photograph_names().index(name)]
        grey = photograph[:424].mean(axis=2)
        # Means of 4 x 4 pixels: the picture gets a quarter of the size, so a redraw is quick.
        image = grey.reshape(106, 4, 160, 4).mean(axis=(1, 3)).round().astype(int)
    image.setflags(write=False)  # the cache hands the same array to every caller
    return image


def _image(state: Kernels) -> np.ndarray:
    """Return the picture of a state: grey, and the temple where the reader has not given one."""
    if state.picture != OWN:
        return picture(state.picture)
    if not state.photo:
        return picture("temple")
    return own_picture(state.photo, 160).mean(axis=2).round().astype(int)


def slide(image: np.ndarray, kernel: np.ndarray, *, padded: bool) -> np.ndarray:
    """Cross-correlate an image (H, W) with a 3 x 3 kernel, with or without a border of zeros."""
    from scipy.signal import correlate2d

    return correlate2d(image, kernel, mode="same" if padded else "valid")


def place_window(stop: int, places: int) -> int:
    """Turn a slider's stop (0 to 15) into a place of the window.

    On small pictures a stop is a place, and stops beyond the last one stay there; on large ones
    the stops are spread from the first place to the last.
    """
    if places <= STOPS:
        return min(stop, places - 1)
    return round(stop * (places - 1) / (STOPS - 1))


def draw(state: Kernels) -> Figure:
    """Draw the image with its window, the products, and the feature map."""
    image = _image(state)
    kernel = np.array(state.weights, float)
    if state.flip:
        kernel = kernel[::-1, ::-1]
    output = slide(image, kernel, padded=state.padded)
    at = tuple(
        place_window(stop, places)
        for stop, places in zip((state.row, state.column), output.shape, strict=True)
    )
    title = f"Output at row {at[0]}, column {at[1]}" + ", kernel flipped" * state.flip
    if state.picture == OWN and not state.photo:
        title = "Choose a picture file of your own; until then, the temple"
    pad = int(state.padded)
    if max(image.shape) <= 10:
        return show_convolution(image, kernel, output, at=at, pad=(pad,) * 4, title=title,
                                tallest=TALLEST)  # fmt: skip
    return _show_large(np.pad(image, pad), kernel, output, at, title, state.padded)


def _show_large(padded, kernel, output, at, title, border) -> Figure:
    """Draw a picture that is too large for a number on each pixel."""
    tall = 2.9 * padded.shape[0] / padded.shape[1]
    figure = new_figure(9.6, max(tall, 1.9) + 1.5)
    left, middle, right = figure.subplots(1, 3, width_ratios=[3, 2, 3])
    for axes in (left, middle, right):
        hide_axes(axes)
    box = (*at, *kernel.shape)
    left.imshow(padded, cmap="gray", vmin=0, vmax=255)
    left.set_title("image, padded" if border else "image", fontsize=12)
    # The few largest numbers would leave all others pale.
    limit = np.quantile(np.abs(output), 0.995) or np.abs(output).max() or 1
    signed = output.min() < 0
    right.imshow(output, cmap=DIVERGING if signed else "gray", vmin=-limit * signed, vmax=limit)
    right.set_title("feature map", fontsize=12)
    for axes, place in ((left, box), (right, (*at, 1, 1))):
        outline(axes, place, PALETTE.green, linewidth=2)
        _point_at(axes, place)
    window = padded[at[0] : at[0] + kernel.shape[0], at[1] : at[1] + kernel.shape[1]]
    _draw_products(middle, window, kernel)
    figure.suptitle(title)
    total = f"{output[at]:.4g}".replace("-", MINUS)
    figure.supxlabel(f"the nine products add up to {total}", fontsize=13)
    return figure


def _point_at(axes: Axes, box) -> None:
    """Lead the eye to a box of a few pixels by two thin lines."""
    row, column, height, width = box
    style = {"color": PALETTE.green, "linewidth": 0.8, "alpha": 0.8}
    axes.axhline(row + (height - 1) / 2, **style)
    axes.axvline(column + (width - 1) / 2, **style)


def _draw_products(axes: Axes, window: np.ndarray, kernel: np.ndarray) -> None:
    """Write each pixel of the window and its weight; the colour shows their product."""
    products = window * kernel
    limit = np.abs(products).max() or 1
    drawn = axes.imshow(products, cmap=DIVERGING, vmin=-limit, vmax=limit)
    write = weight_format(kernel)
    for (row, column), pixel in np.ndenumerate(window):
        text = f"{pixel:g}\n× {write(kernel[row, column])}"
        colour = text_colour(drawn.cmap(drawn.norm(products[row, column])))
        add_cell_text(axes, column, row, text, height=0.26, largest=13, color=colour)
    cell_lines(axes, *kernel.shape)
    outline(axes, (0, 0, *kernel.shape), PALETTE.green)
    axes.set_title("window: pixel × weight", fontsize=12)


def _settled(before: Kernels, after: Kernels) -> Kernels:
    """Show a picture that the reader has just handed over."""
    return replace(after, picture=OWN) if after.photo != before.photo else after


def _ends(state: Kernels) -> dict[str, int]:
    """Say where the sliders of the window end; on a large picture they have all their stops."""
    cut = 0 if state.padded else 2
    sides = (side - cut for side in _image(state).shape)
    return {
        name: min(places, STOPS) - 1 for name, places in zip(("row", "column"), sides, strict=True)
    }


EXPLORER = Explorer(
    "kernels",
    Kernels,
    draw,
    {
        "picture": Choice(*PICTURES, OWN, label="picture"),
        "photo": Upload(label="a picture of your own"),
        "weights": Grid(3, 3, -10, 10, 0.5, label="kernel"),
        "row": Slider(0, STOPS - 1, label="window: row"),
        "column": Slider(0, STOPS - 1, label="window: column"),
        "padded": Toggle(label="zero padding"),
        "flip": Toggle(label="flip the kernel (true convolution)"),
    },
    presets={name: {"weights": weights} for name, weights in KERNELS.items()},
    settle=_settled,
    limits=_ends,
    wide=True,
)
