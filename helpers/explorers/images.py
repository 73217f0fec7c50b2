"""Explorer of pictures as numbers: one pixel in decimal, hexadecimal and binary, and around it."""

from dataclasses import dataclass, field, replace
from functools import cache

from helpers import loading
from helpers.plotting.celltext import add_cell_text
from helpers.plotting.marks import UNTOLD
from helpers.plotting.pixels import cell_lines, outline
from helpers.plotting.style import PALETTE, hide_axes, new_figure, text_colour

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation

from .photographs import own_picture
from .shell import Choice, Explorer, Slider, Upload

SIDE = 40  # rows and columns of the largest picture
OWN = "your own"
PICTURES = ("ghost", "character", "temple", "flower", "digit")
CHANNELS = ("all", "red", "green", "blue")
BASES = ("decimal", "hexadecimal", "binary")
LIGHTS = (PALETTE.vermillion, PALETTE.green, PALETTE.blue)


@dataclass(frozen=True)
class Pixel:
    """What the explorer shows: a picture, a pixel of it, and how its numbers are written."""

    picture: str = "ghost"
    row: int = 6
    column: int = 4
    channel: str = "all"
    cmap: str = "gray"
    window: int = 5
    numbers: str = "decimal"
    photo: bytes = field(default=b"", repr=False)


@cache
def picture(name: str) -> np.ndarray:
    """Give a picture by name: (H, W, 3), or (H, W, 1) for the digit; uint8, read-only.

    Photographs are shrunk to 40 x 40: each pixel is the mean of 10 x 10 of theirs.
    """
    if name in ("temple", "flower"):
        photograph = loading.photographs()[loading.photograph_names().index(name)]
        square = loading.crop_centre(photograph, 10 * SIDE, 10 * SIDE)
        image = square.reshape(SIDE, 10, SIDE, 10, 3).mean(axis=(1, 3)).round().astype(np.uint8)
    elif name == "digit":
        image = loading.digits()[0][0][:, :, np.newaxis]
    else:
        image = loading.sprites()["ghost" if name == "ghost" else "right"]
    image.flags.writeable = False  # all readers share it
    return image


def _image(state: Pixel) -> np.ndarray:
    """Return the picture of a state: the ghost where the reader has not given one."""
    if state.picture != OWN:
        return picture(state.picture)
    return own_picture(state.photo, SIDE, square=True) if state.photo else picture("ghost")


def spell(value: int, base: str) -> str:
    """Write a byte: ``spell(161, "binary")`` is ``"1010 0001"``.

    Parameters
    ----------
    value
        0 to 255.
    base
        One of `BASES`.
    """
    if not 0 <= value <= 255:
        raise ValueError(f"value is {value}: one byte holds 0 to 255.")
    if base == "binary":
        return f"{value >> 4:04b} {value & 15:04b}"
    return f"{value:02X}" if base == "hexadecimal" else str(value)


def window_start(centre: int, window: int, length: int) -> int:
    """Start a window around ``centre`` so that it stays inside ``0 .. length``."""
    return min(max(centre - window // 2, 0), length - window)


def draw(state: Pixel) -> Figure:
    """Draw the picture, the neighbourhood of one pixel with its numbers, and that pixel's bytes."""
    image = _image(state)
    height, width, channels = image.shape
    row, column = min(state.row, height - 1), min(state.column, width - 1)
    plane = None if channels == 3 and state.channel == "all" else 0
    if plane == 0 and channels == 3:
        plane = CHANNELS.index(state.channel) - 1
    top = 16 if state.picture == "digit" else 255
    figure = new_figure(9.6, 5.6)
    figure.set_layout_engine("none")  # everything has its place, and a slider should not wait
    grid = figure.add_gridspec(
        2,
        2,
        height_ratios=(4, 1.2),
        left=0.06,
        right=0.98,
        top=0.87,
        bottom=0.02,
        hspace=0.06,
        wspace=0.1,
    )
    shown = _colours(image, plane, state.cmap, top)
    # Three times eight digits can only be read in few pixels.
    window = 3 if plane is None and state.numbers == "binary" else state.window
    box = (window_start(row, window, height), window_start(column, window, width), window, window)
    _draw_whole(figure.add_subplot(grid[0, 0]), shown, box, (row, column))
    _draw_window(figure.add_subplot(grid[0, 1]), image, shown, plane, box, (row, column), state)
    _draw_bytes(figure.add_subplot(grid[1, :]), image[row, column], plane, top)
    figure.suptitle(_headline(state, image.shape, row, column), fontsize=13, y=0.985)
    return figure


def _headline(state: Pixel, shape: tuple[int, ...], row: int, column: int) -> str:
    if state.picture == OWN and not state.photo:
        return "Choose a picture file of your own; until then, the ghost"
    text = f"{state.picture} {shape}: the pixel in row {row}, column {column}"
    if shape[2] == 1 and state.channel != "all":
        text += "  (it has one channel)"
    return text


def _colours(image: np.ndarray, plane: int | None, cmap: str, top: int) -> np.ndarray:
    """Return the colours on the screen, (H, W, 4) floats."""
    if plane is None:
        return np.dstack([image / 255, np.ones(image.shape[:2])])
    return colormaps[cmap](Normalize(0, top)(image[:, :, plane]))


def _as_bytes(shown: np.ndarray) -> np.ndarray:
    """Turn colours into (H, W, 3) uint8, which is drawn in half the time."""
    return (255 * shown[..., :3]).round().astype(np.uint8)


def _number(axes: Axes, rows: range, columns: range) -> None:
    """Write the numbers of rows and columns around a picture; as ticks they take twice as long."""
    hide_axes(axes)
    step = 1 if len(rows) <= 12 else 2 if len(rows) <= 24 else 5
    inch = axes.get_figure().dpi_scale_trans
    style = {"fontsize": 11, "color": PALETTE.soft}
    left = {"transform": axes.transData + ScaledTranslation(-0.06, 0, inch), **style}
    above = {"transform": axes.transData + ScaledTranslation(0, 0.05, inch), **style}
    for at in range(0, len(rows), step):
        axes.text(-0.5, at, str(rows[at]), ha="right", va="center", **left)
    for at in range(0, len(columns), step):
        axes.text(at, -0.5, str(columns[at]), ha="center", va="bottom", **above)


def _draw_whole(axes: Axes, shown: np.ndarray, box: tuple, place: tuple[int, int]) -> None:
    axes.imshow(_as_bytes(shown), interpolation="nearest")
    _number(axes, range(0, shown.shape[0]), range(0, shown.shape[1]))
    axes.set_title("the whole picture", fontsize=12, loc="center", pad=20)
    outline(axes, box, PALETTE.sky)
    outline(axes, (*place, 1, 1), PALETTE.vermillion, linewidth=2)


def _draw_window(axes, image, shown, plane, box, place, state) -> None:
    row, column, tall, wide = box
    part = shown[row : row + tall, column : column + wide]
    axes.imshow(_as_bytes(part), interpolation="nearest")
    cell_lines(axes, tall, wide)
    _number(axes, range(row, row + tall), range(column, column + wide))
    chosen = image if plane is None else image[:, :, [plane]]
    for i, j in np.ndindex(tall, wide):
        lines = "\n".join(spell(int(v), state.numbers) for v in chosen[row + i, column + j])
        room = {"height": 0.29 if plane is None else 0.46, "color": text_colour(part[i, j])}
        if plane is not None:
            lines = lines.replace(" ", "\n")
            room["height"] = 0.32
        text = add_cell_text(axes, j, i, lines, linespacing=1.0, **room)
        if state.numbers == "decimal":
            text.letters = 3
    outline(axes, (place[0] - row, place[1] - column, 1, 1), PALETTE.vermillion)
    title = _meaning(plane, image.shape[2], state.numbers)
    if wide < state.window:
        title += f" (at most {wide} × {wide})"
    axes.set_title(title, fontsize=12, loc="center", pad=20)


def _meaning(plane: int | None, channels: int, base: str) -> str:
    if plane is None:
        return f"red, green, blue, {base}"
    return f"{CHANNELS[plane + 1] if channels == 3 else 'grey'}, {base}"


def _draw_bytes(axes: Axes, values: np.ndarray, plane: int | None, top: int) -> None:
    """Draw a bar for each number of the pixel, and write it in three ways."""
    names = CHANNELS[1:] if len(values) == 3 else ("grey",)
    hide_axes(axes)
    axes.set(xlim=(-0.13, 2.05), ylim=(2.6, -1.0))
    places = dict(zip(BASES, (1.17, 1.9, 1.47), strict=True))
    for title, x in {f"0 to {top}": 0.5, **places}.items():
        axes.text(x, -0.75, title, ha="center", va="center", color=PALETTE.soft, fontsize=11)
    for i, (name, value) in enumerate(zip(names, values.tolist(), strict=True)):
        strong = plane is None or len(values) == 1 or i == plane
        colour = LIGHTS[i] if len(values) == 3 else PALETTE.ink
        axes.barh(i, 1, color="#E4E8EB", label=UNTOLD, height=0.62)
        axes.barh(i, value / top, color=colour, height=0.62, alpha=1.0 if strong else 0.35)
        style = {"va": "center", "fontsize": 13, "color": PALETTE.ink if strong else PALETTE.soft}
        axes.text(-0.02, i, name, ha="right", **style)
        for base, x in places.items():
            text = ("0x" if base == "hexadecimal" else "") + spell(value, base)
            axes.text(x, i, text, ha="center", family="DejaVu Sans Mono", **style)


def _settled(before: Pixel, after: Pixel) -> Pixel:
    """Show a picture that the reader has just handed over."""
    return replace(after, picture=OWN) if after.photo != before.photo else after


def _ends(state: Pixel) -> dict[str, int]:
    height, width, _ = _image(state).shape
    return {"row": height - 1, "column": width - 1}


EXPLORER = Explorer(
    "images",
    Pixel(),
    draw,
    {
        "picture": Choice(*PICTURES, OWN),
        "photo": Upload(label="a picture of your own"),
        "row": Slider(0, SIDE - 1),
        "column": Slider(0, SIDE - 1),
        "channel": Choice(*CHANNELS),
        "cmap": Choice("gray", "viridis", "magma", "cividis", label="colour map"),
        "window": Choice(3, 5, 7, label="window"),
        "numbers": Choice(*BASES, label="base"),
    },
    settle=_settled,
    limits=_ends,
    wide=True,
)
