"""What pooling makes of a small picture, and what changes when the picture moves."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from helpers import loading
from helpers.plotting.pixels import cell_lines, number_format, outline
from helpers.plotting.style import PALETTE, NotebookFigure, hide_axes, text_colour

import numpy as np
from matplotlib import colormaps
from matplotlib.collections import PolyCollection
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.transforms import TransformedPatchPath

from .shell import Choice, Explorer, Slider

SIDE = 8  # pixels; larger, and the numbers are hard to read and slow to draw
MOST_SHIFT = 4


@dataclass(frozen=True)
class Pooling:
    """One pooling layer and one shift to the right, in pixels."""

    picture: str = "dot"
    how: str = "max"
    size: int = 2
    stride: int = 2
    padding: str = "valid"
    shift: int = 1


def _dot() -> np.ndarray:
    strip = np.zeros((SIDE, SIDE + MOST_SHIFT))
    strip[3, MOST_SHIFT + 2] = 9
    return strip


def _line() -> np.ndarray:
    strip = np.zeros((SIDE, SIDE + MOST_SHIFT))
    strip[1:7, MOST_SHIFT + 2] = 9
    return strip


def _stripes() -> np.ndarray:
    return np.tile([9.0, 9.0, 0.0, 0.0], (SIDE, 3))


def _digit() -> np.ndarray:
    images, _ = loading.digits()
    return np.pad(images[3].astype(float), ((0, 0), (MOST_SHIFT, 0)))


def _photograph() -> np.ndarray:
    # The bright rim of a petal, with a dark gap beside it.
    flower = loading.photographs()[1] @ [0.299, 0.587, 0.114]
    return flower[284 : 284 + SIDE, 296 : 296 + SIDE + MOST_SHIFT].round()


PICTURES: dict[str, Callable[[], np.ndarray]] = {
    "dot": _dot,
    "line": _line,
    "stripes": _stripes,
    "digit": _digit,
    "photograph": _photograph,
}


@cache
def _strips() -> dict[str, np.ndarray]:
    """Make all pictures: who changes to the photograph does not wait for a file."""
    return {name: make() for name, make in PICTURES.items()}


def picture(name: str, shift: int = 0) -> np.ndarray:
    """Return a picture (8, 8) of floats, moved `shift` pixels to the right.

    What comes in on the left is what lies there: nothing wraps around.
    """
    left = MOST_SHIFT - shift
    return _strips()[name][:, left : left + SIDE]


def pool(image: np.ndarray, how: str, size: int, stride: int, padding: str) -> np.ndarray:
    """Pool a map (H, W) by Keras's rules; only real pixels count at the border.

    Parameters
    ----------
    image : (H, W) array of finite floats
    how : {"max", "average"}
    size, stride : int
        In pixels, the same in both directions.
    padding : {"valid", "same"}

    Returns
    -------
    (H_out, W_out) array of floats
    """
    margins = [_margins(side, size, stride) if padding == "same" else (0, 0)
               for side in image.shape]  # fmt: skip
    padded = np.pad(image.astype(float), margins, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (size, size))[::stride, ::stride]
    # Every window holds a real pixel, so neither function meets a window of nothing but NaN.
    return (np.nanmax if how == "max" else np.nanmean)(windows, axis=(2, 3))


def _margins(side: int, size: int, stride: int) -> tuple[int, int]:
    """Pixels that "same" adds before and after: half each, the odd one after."""
    missing = max((-(-side // stride) - 1) * stride + size - side, 0)
    return missing // 2, missing - missing // 2


def unchanged(before: np.ndarray, after: np.ndarray) -> tuple[int, int]:
    """Count the values that are the same in both maps, and all values."""
    return int(np.isclose(before, after).sum()), before.size


def draw(state: Pooling) -> Figure:
    """Draw picture and pooled map, before the shift above and after it below."""
    setting = (state.how, state.size, state.stride, state.padding)
    images = [picture(state.picture, shift) for shift in (0, state.shift)]
    maps = [pool(image, *setting) for image in images]
    limits = min(0.0, images[0].min()), max(image.max() for image in images)

    # Axes at fixed places: a layout engine would draw every number twice.
    figure = NotebookFigure(figsize=(6.4, 6.7), layout="none")
    moved = f"moved by {state.shift} pixel{'s' * (state.shift != 1)}"
    for row, when in enumerate(("", moved)):
        for column, name, values in ((0, "picture", images), (1, "pooled", maps)):
            ax = figure.add_axes((0.02 + 0.5 * column, 0.548 - 0.453 * row, 0.46, 0.405))
            _draw_table(ax, values[row], limits)
            words = f"{name} {values[row].shape[0]} × {values[row].shape[1]}"
            ax.set_title(f"{words}, {when}" if when and column == 0 else words, fontsize=12.5)
            if row == 0:
                _outline_first_window(ax, state, column)
            else:
                _outline(ax, np.argwhere(~np.isclose(*values)), PALETTE.vermillion)
    figure.text(0.02, 0.012, _summary(state, images, maps), fontsize=12, linespacing=1.3)
    return figure


def _draw_table(ax, values: np.ndarray, limits: tuple[float, float]) -> None:
    """Draw a map with its numbers, in text as large as the cells allow."""
    shades = colormaps["gray"](Normalize(*limits)(values))
    ax.imshow((255 * shades[..., :3]).round().astype(np.uint8))  # no colours to look up: quicker
    hide_axes(ax)
    cell_lines(ax, *values.shape)
    write = number_format(values.round(1))
    letters = max(len(write(value)) for value in values.flat)
    size = min(195 / max(values.shape) / (0.68 * max(letters, 2)), 14)
    # One edge for all numbers: each would make its own, and that takes longer the more there are.
    options = {"ha": "center", "va": "center", "fontsize": size}
    options["clip_path"] = TransformedPatchPath(ax.patch)
    for (row, column), value in np.ndenumerate(values):
        ax.text(column, row, write(value), color=text_colour(shades[row, column]), **options)


def _outline(ax, places: np.ndarray, colour: str) -> None:
    """Outline cells, a little inside their borders so that neighbours stay apart."""
    corners = np.array([(-1, -1), (-1, 1), (1, 1), (1, -1)]) * 0.45
    boxes = [place[::-1] + corners for place in places]
    ax.add_collection(PolyCollection(boxes, facecolors="none", edgecolors=colour, linewidths=2.2))


def _outline_first_window(ax, state: Pooling, column: int) -> None:
    """Outline the first window (the part inside, where "same" pads) or its number."""
    before = _margins(SIDE, state.size, state.stride)[0] if state.padding == "same" else 0
    side = 1 if column else min(state.size - before, SIDE)
    outline(ax, (0, 0, side, side), PALETTE.sky)


def _summary(state: Pooling, images, maps) -> str:
    lines = []
    for name, (before, after) in (("pixels", images), ("pooled values", maps)):
        same, total = unchanged(before, after)
        change = np.abs(after - before).mean()
        lines.append(f"{name}: {same} of {total} unchanged ({same / total:.0%}), "
                     f"mean change {change:.2f}")  # fmt: skip
    if state.stride > state.size:
        lines.append("The stride is larger than the window: some pixels are never looked at.")
    return "\n".join(lines)


EXPLORER = Explorer(
    "pooling",
    Pooling,
    draw,
    {
        "picture": Choice(*PICTURES, label="picture"),
        "how": Choice("max", "average", label="pooling"),
        "size": Slider(1, 5, label="window (pixels)"),
        "stride": Slider(1, 5, label="stride (pixels)"),
        "padding": Choice("valid", "same", label="padding"),
        "shift": Slider(0, MOST_SHIFT, label="shift (pixels)"),
    },
)
