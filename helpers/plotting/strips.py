"""A row of pixels and every window that a kernel takes on it: padding, stride, dilation."""

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from .celltext import add_cell_text
from .style import NOTEBOOK_WIDTH, PALETTE, hide_axes, new_figure

PADDINGS = ("valid", "same")
PIXEL, PADDED, TAKEN, SPANNED = "#E4E8EB", "#FFFFFF", "#0072B2", "#CFE6F5"
CELL = 0.36  # inches
LINE = 0.25  # inches for one line of text


@dataclass(frozen=True)
class Strip:
    """Where the windows of one axis lie; pixel 0 is the first, negative numbers are padding.

    Attributes
    ----------
    size, kernel, stride, dilation
        As given.
    before, after
        Zeros added at the two ends.
    starts
        The pixel under the first weight, for each number of the output.
    ignored
        Pixels that lie under no weight of any window.
    """

    size: int
    kernel: int
    stride: int
    dilation: int
    before: int
    after: int
    starts: tuple[int, ...]
    ignored: tuple[int, ...]

    @property
    def reach(self) -> int:
        """Pixels from the first to the last that a window spans."""
        return self.dilation * (self.kernel - 1) + 1

    def taken(self, start: int) -> range:
        """Return the pixels under the weights of the window that begins at ``start``."""
        return range(start, start + self.reach, self.dilation)


def lay_windows(
    size: int, kernel: int, *, stride: int = 1, dilation: int = 1, padding: str = "valid"
) -> Strip:
    """Lay a kernel on a row of pixels as Keras does, and find what it misses.

    Parameters
    ----------
    size, kernel, stride, dilation
        Positive whole numbers: pixels, weights, and steps in pixels.
    padding
        ``"valid"`` takes full windows alone; ``"same"`` takes one for every ``stride`` pixels and
        adds the zeros that this needs, the odd one at the end.

    Returns
    -------
    Strip
        ``starts`` is empty where no full window fits; Keras refuses such a layer.

    Raises
    ------
    ValueError
        For a number below 1 or an unknown padding.
    """
    for name, number in (
        ("size", size),
        ("kernel", kernel),
        ("stride", stride),
        ("dilation", dilation),
    ):
        if number < 1:
            raise ValueError(f"{name} is {number}: give a whole number of at least 1.")
    if padding not in PADDINGS:
        raise ValueError(f"padding is {padding!r}: give 'valid' or 'same'.")
    reach = dilation * (kernel - 1) + 1
    before = after = 0
    starts = list(range(0, size - reach + 1, stride))
    if padding == "same":
        steps = range(0, size, stride)
        zeros = max(steps[-1] + reach - size, 0)
        before, after = zeros // 2, zeros - zeros // 2
        starts = [step - before for step in steps]
    taken = {pixel for start in starts for pixel in range(start, start + reach, dilation)}
    ignored = tuple(pixel for pixel in range(size) if pixel not in taken)
    return Strip(size, kernel, stride, dilation, before, after, tuple(starts), ignored)


def explain_windows(strip: Strip) -> list[str]:
    """Write the arithmetic of a strip in a few sentences."""
    lines = []
    if strip.dilation > 1:
        lines.append(
            f"{_count(strip.kernel, 'weight')}, {strip.dilation} pixels apart: a window spans "
            f"{strip.kernel - 1} · {strip.dilation} + 1 = {_count(strip.reach, 'pixel')}."
        )
    if not strip.starts:
        lines.append(
            f"No window of {strip.reach} fits into {_count(strip.size, 'pixel')}: "
            "Keras refuses such a layer."
        )
        return lines
    numbers = _count(len(strip.starts), "number")
    last = strip.starts[-1]
    if strip.before + strip.after:
        zeros = strip.before + strip.after
        lines.append(
            f"From the first window to the last: {len(strip.starts) - 1} · {strip.stride} + "
            f"{strip.reach} = {strip.size + zeros} places for {_count(strip.size, 'pixel')}: "
            f"{_count(zeros, 'zero')} ({strip.before} before, {strip.after} after)."
        )
    elif last + strip.stride + strip.reach > strip.size:
        end = last + strip.stride + strip.reach - 1
        lines.append(
            f"The last window starts at {last}. One more, at {last + strip.stride}, would need "
            f"pixel {end}, but the last one is {strip.size - 1}."
        )
    lines.append(f"{_count(strip.size, 'pixel')} in, {numbers} out. " + _ignored_text(strip))
    return lines


def show_strip(
    size: int,
    kernel: int,
    *,
    stride: int = 1,
    dilation: int = 1,
    padding: str = "valid",
    title: str | None = None,
    tallest: float | None = None,
) -> Figure:
    """Show a row of pixels, each window on it, and the arithmetic in words.

    Parameters
    ----------
    size, kernel, stride, dilation, padding
        As for :func:`lay_windows`; up to about 24 pixels can be read.
    title
        Title above all.
    tallest
        Greatest height in inches: where there are many windows, each is drawn less high.

    Returns
    -------
    matplotlib.figure.Figure
        Pixels under no window are crossed out; padded zeros are hatched.
    """
    strip = lay_windows(size, kernel, stride=stride, dilation=dilation, padding=padding)
    lines = explain_windows(strip)
    rows = len(strip.starts) + 1
    left, right = -strip.before - 3.2, size + strip.after + 1.6
    cell = min(CELL, (NOTEBOOK_WIDTH - 0.2) / (right - left))
    foot = 0.15 + LINE * len(lines)
    around = foot + 0.5 + (0.4 if title else 0)
    high = min(cell, (tallest - around) / rows) if tallest else cell
    figure = new_figure(max((right - left) * cell + 0.2, 8.6), rows * high + around)
    axes = figure.subplots()
    hide_axes(axes)
    axes.set_aspect(high / cell, anchor="NW")
    axes.set(xlim=(left, right), ylim=(rows - 0.3 + foot / high, -0.95))
    _draw_pixels(axes, strip)
    for row, start in enumerate(strip.starts):
        _draw_window(axes, strip, row, start)
    axes.annotate(
        "\n".join(lines),
        (left, rows - 0.3),
        (0, -4),
        va="top",
        fontsize=12,
        textcoords="offset points",
        linespacing=1.4,
    )
    if title:
        figure.suptitle(title)
    return figure


def _draw_pixels(axes: Axes, strip: Strip) -> None:
    axes.text(-strip.before - 0.7, 0, "pixels", ha="right", va="center", fontsize=12)
    places = range(-strip.before, strip.size + strip.after)
    padded = [place for place in places if not 0 <= place < strip.size]
    _draw_squares(axes, 0, range(strip.size), PIXEL)
    _draw_squares(axes, 0, padded, PADDED, hatch="////", edgecolor=PALETTE.grey)
    for place in places:
        add_cell_text(axes, place, 0, "0" if place in padded else str(place), largest=12,
                      width=0.9, height=0.7)  # fmt: skip
        if place in strip.ignored:
            ends = (place - 0.5, place + 0.5)
            for heights in ((-0.5, 0.5), (0.5, -0.5)):  # pale, so that the number stays legible
                axes.plot(ends, heights, color=PALETTE.vermillion, linewidth=2.5, alpha=0.5)


def _draw_window(axes: Axes, strip: Strip, row: int, start: int) -> None:
    y, taken = row + 1.15, strip.taken(start)
    spanned = [place for place in range(start, start + strip.reach) if place not in taken]
    _draw_squares(axes, y, taken, TAKEN, height=0.8)
    _draw_squares(axes, y, spanned, SPANNED, height=0.8)
    axes.text(-strip.before - 0.7, y, f"window {row}", ha="right", va="center", fontsize=12)


def _draw_squares(
    axes: Axes, y: float, places, colour: str, *, height=1.0, edgecolor="white", hatch=None
) -> None:
    # One collection for a row: a patch for each square would make the explorer's sliders lag.
    corners = [
        [
            (x + dx, y + dy * height)
            for dx, dy in ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5))
        ]
        for x in places
    ]
    axes.add_collection(
        PolyCollection(corners, facecolor=colour, edgecolor=edgecolor, linewidth=1, hatch=hatch),
        autolim=False,
    )


def _ignored_text(strip: Strip) -> str:
    if not strip.ignored:
        return "Every pixel is used."
    names = ", ".join(map(str, strip.ignored))
    if len(strip.ignored) == 1:
        return f"Pixel {names} is ignored."
    return f"Pixels {names} are ignored."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
