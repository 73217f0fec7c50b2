"""Drag two boxes, and see what they share: intersection over union."""

from dataclasses import dataclass, replace

from helpers.plotting.contrast import as_text
from helpers.plotting.style import PALETTE, NotebookFigure, hide_axes

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .clickable import Cursor
from .shell import Explorer, Slider

__all__ = ["EXPLORER", "Overlap", "cursor", "drag", "draw", "shared"]

ROWS, COLUMNS = 16, 24
WIDTH, HEIGHT = 9.6, 4.6  # inches
FIELD = (0.015, 0.04, 0.66)  # left and bottom edge and width of the squares, in shares
LEAST = 1  # side of a box
NEAR = 1.6  # squares: whoever presses so near to the lower right corner pulls at it


@dataclass(frozen=True)
class Overlap:
    """Two boxes on squared paper: left and top edge, width and height."""

    left: int = 4
    top: int = 3
    width: int = 9
    height: int = 6
    other_left: int = 9
    other_top: int = 6
    other_width: int = 9
    other_height: int = 7


def _boxes(state: Overlap) -> tuple[tuple[int, int, int, int], tuple[int, int, int, int]]:
    """Return both boxes as left, top, right and bottom edge."""
    one = (state.left, state.top, state.left + state.width, state.top + state.height)
    left, top = state.other_left, state.other_top
    return one, (left, top, left + state.other_width, top + state.other_height)


def shared(state: Overlap) -> tuple[int, int, tuple[int, int, int, int] | None]:
    """Count what two boxes share.

    Returns
    -------
    tuple
        Squares of the intersection, squares of the union, and the intersection as a box, or None.
    """
    one, other = _boxes(state)
    box = (*map(max, one[:2], other[:2]), *map(min, one[2:], other[2:]))
    wide, tall = max(box[2] - box[0], 0), max(box[3] - box[1], 0)
    areas = state.width * state.height + state.other_width * state.other_height
    return wide * tall, areas - wide * tall, box if wide * tall else None


def draw(state: Overlap) -> Figure:
    """Draw both boxes, what they share in colour, and the sum beside it."""
    state = _held(state)
    common, union, box = shared(state)
    figure = NotebookFigure(figsize=(WIDTH, HEIGHT), layout="none")
    left, bottom, wide = FIELD
    axes = figure.add_axes((left, bottom, wide, wide * WIDTH / HEIGHT * ROWS / COLUMNS))
    _paper(axes)
    for edges, colour in zip(_boxes(state), (PALETTE.blue, PALETTE.vermillion), strict=True):
        _box(axes, edges, edgecolor=colour, facecolor=(*_faint(colour), 0.12), linewidth=2.6)
        axes.plot(edges[2], edges[3], "s", color=colour, markersize=8, clip_on=False, zorder=5)
    if box:
        _box(axes, box, facecolor=PALETTE.green, alpha=0.45, edgecolor="none")
    one, other = state.width * state.height, state.other_width * state.other_height
    lines = [
        ("blue", f"{one} squares", PALETTE.blue, 13),
        ("red", f"{other} squares", PALETTE.vermillion, 13),
        ("both: intersection", f"{common}", PALETTE.green, 13),
        ("either: union", f"{one} + {other} − {common} = {union}", PALETTE.ink, 13),
    ]
    for row, (name, words, colour, size) in enumerate(lines):
        y = 0.86 - 0.15 * row
        figure.text(0.71, y, name, color=as_text(colour), fontsize=11.5)
        figure.text(0.71, y - 0.065, words, color=as_text(colour), fontsize=size, weight="bold")
    figure.text(0.71, 0.16, "IoU", fontsize=13)
    figure.text(
        0.71, 0.05, f"{common} / {union} = {common / union:.2f}", fontsize=19, weight="bold"
    )
    return figure


def _paper(axes: Axes) -> None:
    hide_axes(axes)
    axes.set(xlim=(0, COLUMNS), ylim=(ROWS, 0))
    style = {"color": PALETTE.line, "linewidth": 0.6, "clip_on": False, "zorder": 0}
    axes.hlines(range(ROWS + 1), 0, COLUMNS, **style)
    axes.vlines(range(COLUMNS + 1), 0, ROWS, **style)


def _box(axes: Axes, edges: tuple[int, int, int, int], **style) -> None:
    left, top, right, bottom = edges
    axes.add_patch(Rectangle((left, top), right - left, bottom - top, clip_on=False, **style))


def _faint(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))


def _held(state: Overlap) -> Overlap:
    """Keep both boxes on the paper, where sliders reach beyond."""
    return replace(
        state,
        left=min(state.left, COLUMNS - state.width),
        top=min(state.top, ROWS - state.height),
        other_left=min(state.other_left, COLUMNS - state.other_width),
        other_top=min(state.other_top, ROWS - state.other_height),
    )


def _square(x: float, y: float) -> tuple[float, float]:
    """Return where on the squared paper a place of the picture is."""
    left, bottom, wide = FIELD
    tall = wide * WIDTH / HEIGHT * ROWS / COLUMNS
    return (x - left) / wide * COLUMNS, (bottom + tall - (1 - y)) / tall * ROWS


def drag(state: Overlap, start: tuple[float, float], end: tuple[float, float]) -> Overlap | None:
    """Return the state when somebody has pressed at a place and moved to another one.

    The box under the first place moves along, or its lower right corner, if that was near; None
    where there is no box.
    """
    (x, y), (to_x, to_y) = _square(*start), _square(*end)
    across, down = round(to_x - x), round(to_y - y)
    for prefix, (left, top, right, bottom) in zip(("other_", ""), _boxes(state)[::-1], strict=True):
        if abs(x - right) <= NEAR and abs(y - bottom) <= NEAR:
            wide = min(max(right + across - left, LEAST), COLUMNS - left)
            tall = min(max(bottom + down - top, LEAST), ROWS - top)
            return replace(state, **{f"{prefix}width": wide, f"{prefix}height": tall})
        if left <= x <= right and top <= y <= bottom:
            new_left = min(max(left + across, 0), COLUMNS - (right - left))
            new_top = min(max(top + down, 0), ROWS - (bottom - top))
            return replace(state, **{f"{prefix}left": new_left, f"{prefix}top": new_top})
    return None


def cursor(state: Overlap) -> Cursor:
    """Begin in the middle of the red box, and go square by square."""
    left, bottom, wide = FIELD
    tall = wide * WIDTH / HEIGHT * ROWS / COLUMNS
    across, down = wide / COLUMNS, tall / ROWS
    x = left + (state.other_left + state.other_width / 2) * across
    y = 1 - bottom - tall + (state.other_top + state.other_height / 2) * down
    return Cursor(x, y, across, down, follows=False)


def _ends(state: Overlap) -> dict[str, int]:
    return {"left": COLUMNS - state.width, "top": ROWS - state.height}


EXPLORER = Explorer(
    "overlap",
    Overlap,
    draw,
    {
        "left": Slider(0, COLUMNS - LEAST, label="blue: left"),
        "top": Slider(0, ROWS - LEAST, label="top"),
        "width": Slider(LEAST, COLUMNS, label="width"),
        "height": Slider(LEAST, ROWS, label="height"),
    },
    presets={
        "apart": {"left": 1, "top": 1, "width": 8, "height": 5, "other_left": 13},
        "touching": {"left": 1, "top": 6, "width": 8, "height": 7, "other_left": 9},
        "equal": {"left": 9, "top": 6, "width": 9, "height": 7, "other_left": 9},
        "half moved": {"left": 6, "top": 6, "width": 6, "height": 7, "other_left": 9,
                       "other_width": 6},
        "one inside": {"left": 4, "top": 3, "width": 16, "height": 12, "other_left": 9},
    },
    settle=lambda before, after: _held(after),
    wide=True,
    drag=drag,
    cursor=cursor,
    limits=_ends,
)  # fmt: skip
