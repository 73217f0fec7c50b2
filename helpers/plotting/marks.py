"""What is drawn on axes, read back from them: lines, points, bars, pictures, tables of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import PathCollection
from matplotlib.container import BarContainer
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.ticker import ScalarFormatter

from .celltext import CellText

FEW = 6  # values that are told one by one
BARS = 12
SERIES = 6
CELLS = 25  # of a table whose numbers are all told
LETTERS = 160  # of such a table
# Label of what only helps the eye: bars as long as others might be, each seed beside the mean.
UNTOLD = "_untold"
NUMBER = re.compile(r"[+\-\u2212]?[\d.,/\u2009 ]+ ?%?")


def on(axes: Axes) -> tuple[str, list[str]]:
    """Return of what kind some axes are, and what is drawn on them, each thing in words."""
    tables, pictures = _images(axes)
    measured = _is_measured(axes)  # else what is drawn is a drawing, and its places say nothing
    lines = list(_lines(axes)) if measured else []
    points = list(_points(axes)) if measured else []
    bars = list(_bars(axes)) if measured else []
    steps = list(_steps(axes)) if measured else []
    parts = [part for some in (lines, points, bars, steps) for part in _limited(some)] + tables
    if tables and not (lines or bars):
        return "table of numbers", [*parts, *pictures]
    if axes.images and not (lines or bars or points):
        return _picture_kind(axes), _boxes(axes)
    if (bars or steps) and not lines:
        return "bar chart" if bars else "histogram", parts
    if lines:
        return "line chart", parts
    return ("scatter plot" if points else "diagram"), parts


def _is_measured(axes: Axes) -> bool:
    return axes.axison and bool(len(axes.get_xticks()) or len(axes.get_yticks()))


def number(value: float) -> str:
    """Return a number as it is read aloud."""
    value = float(value) + 0.0  # no minus before a zero
    if not np.isfinite(value):
        return "none"
    if value and not 1e-4 <= abs(value) < 1e7:
        head, _, power = f"{value:.1e}".partition("e")
        text = f"{head} times 10 to the {int(power)}"
    else:
        text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return text.replace("-", "\N{MINUS SIGN}")


def is_number(text: Text) -> bool:
    """Tell whether a text is a number that belongs to what is drawn."""
    return isinstance(text, CellText) or NUMBER.fullmatch(text.get_text().strip()) is not None


def course_of(x: np.ndarray, y: np.ndarray) -> str:
    """Say how the values of a line go: all of a few, else its ends and what stands out."""
    known = np.isfinite(y)
    x, y = x[known], y[known]
    if not len(y):
        return "no values"
    if len(y) <= FEW:
        return ", ".join(map(number, y))
    ends = f"from {number(y[0])} to {number(y[-1])}"
    said = [f"{ends} between {number(x[0])} and {number(x[-1])}"]
    for word, place in (("lowest", int(np.argmin(y))), ("highest", int(np.argmax(y)))):
        if y[place] not in (y[0], y[-1]):
            said.append(f"{word} {number(y[place])} at {number(x[place])}")
    return ", ".join(said)


def _limited(parts: list[str]) -> list[str]:
    more = len(parts) - SERIES
    return [*parts[:SERIES], f"and {more} more"] if more > 0 else parts


def _name(label: object) -> str:
    text = "" if label is None else str(label)
    return "" if text.startswith("_") else text


def _lines(axes: Axes) -> Iterator[str]:
    for line in axes.lines:
        if not line.get_visible() or not _drawn(line) or line.get_label() == UNTOLD:
            continue
        x, y = _values(line.get_xdata(orig=False)), _values(line.get_ydata(orig=False))
        name = _name(line.get_label())
        if line.get_transform() != axes.transData:  # across the whole figure, as axhline draws it
            if name and len(x) == 2:
                yield f"{name} at {number(y[0] if y[0] == y[1] else x[0])}"
        elif len(x) > 1:
            yield f"{name}: {course_of(x, y)}".removeprefix(": ")


def _drawn(line: Line2D) -> bool:
    return line.get_linestyle() not in ("None", "none", " ", "")


def _values(data: object) -> np.ndarray:
    return np.ma.filled(np.ma.asarray(data, dtype=float), np.nan).ravel()


def _points(axes: Axes) -> Iterator[str]:
    clouds = [(one.get_label(), np.asarray(one.get_offsets())) for one in axes.collections
              if isinstance(one, PathCollection) and one.get_visible()]  # fmt: skip
    clouds += [
        (one.get_label(), np.column_stack([_values(one.get_xdata(orig=False)),
                                           _values(one.get_ydata(orig=False))]))
        for one in axes.lines
        if one.get_visible() and not _drawn(one) and len(one.get_xdata())
    ]  # fmt: skip
    for label, places in clouds:
        if not len(places) or label == UNTOLD:
            continue
        if len(places) <= FEW:
            told = ", ".join(f"({number(x)}, {number(y)})" for x, y in places)
        else:
            (left, low), (right, high) = np.nanmin(places, axis=0), np.nanmax(places, axis=0)
            told = f"{len(places):,} points, {number(left)} to {number(right)} across and "
            told += f"{number(low)} to {number(high)} up"
        yield f"{_name(label)}: {told}".removeprefix(": ")


def _bars(axes: Axes) -> Iterator[str]:
    single: list[str] = []
    for bars in axes.containers:
        if not isinstance(bars, BarContainer) or bars.get_label() == UNTOLD:
            continue
        upright = bars.orientation != "horizontal"
        axis = axes.xaxis if upright else axes.yaxis
        named = []
        for bar in bars:
            left, bottom, wide, tall = *bar.get_xy(), bar.get_width(), bar.get_height()
            place, value = (left + wide / 2, tall) if upright else (bottom + tall / 2, wide)
            named.append((_tick(axis, place), value))
        name = _name(bars.get_label())
        told = _told_bars(named)
        if len(bars) == 1 and not name:
            single.append(told)
        elif told:
            yield f"{name}: {told}" if name else told
    if single:
        yield ", ".join(single[:BARS]) + (" …" if len(single) > BARS else "")


def _steps(axes: Axes) -> Iterator[str]:
    """Say of each histogram that is drawn as one outline where most of its values are."""
    for outline in axes.patches:
        if not isinstance(outline, Polygon) or not (name := _name(outline.get_label())):
            continue
        x, y = np.asarray(outline.get_xy()).T
        highest = int(np.argmax(y))
        yield (
            f"{name}: between {number(x.min())} and {number(x.max())}, most, "
            f"{number(y[highest])}, at {number(x[highest])}"
        )


def _told_bars(named: list[tuple[str, float]]) -> str:
    if len(named) <= BARS:
        return ", ".join(f"{name} {number(value)}".strip() for name, value in named)
    low, high = min(named, key=lambda one: one[1]), max(named, key=lambda one: one[1])
    return (
        f"{len(named)} bars, lowest {number(low[1])} at {low[0]}, "
        f"highest {number(high[1])} at {high[0]}"
    )


def _tick(axis: Axis, place: float) -> str:
    """Return the name that stands beside a place of an axis, else the place itself."""
    formatter = axis.get_major_formatter()
    if isinstance(formatter, ScalarFormatter):
        return number(place)
    if named := " ".join(formatter(place).split()):
        return named
    places = np.asarray(axis.get_majorticklocs(), dtype=float)
    if not len(places) or np.abs(places - place).min() > 0.5:
        return number(place)
    names = formatter.format_ticks(places)
    return " ".join(names[int(np.abs(places - place).argmin())].split()) or number(place)


def _images(axes: Axes) -> tuple[list[str], list[str]]:
    """Return the tables of numbers among the pictures of some axes, and the other pictures."""
    written = [text for text in axes.texts if isinstance(text, CellText) and text.get_visible()]
    tables, pictures = [], []
    for image in axes.images:
        inside = [text for text in written if _contains(image, *text.get_position())]
        height, width = image.get_array().shape[:2]
        if len(inside) == height * width and inside:
            tables.append(_table(inside, height, width))
        else:
            pictures.append(f"a picture of {height} × {width} pixels")
    return tables, pictures


def _contains(image: AxesImage, x: float, y: float) -> bool:
    left, right, bottom, top = image.get_extent()
    return min(left, right) < x < max(left, right) and min(bottom, top) < y < max(bottom, top)


def _table(texts: list[Text], height: int, width: int) -> str:
    ordered = sorted(texts, key=lambda text: text.get_position()[::-1])
    words = [text.get_text() for text in ordered]
    size = f"{height} × {width}"
    if height * width <= CELLS and sum(map(len, words)) < LETTERS:
        rows = [" ".join(words[r * width : (r + 1) * width]) for r in range(height)]
        return f"{size} numbers, row by row: {' / '.join(rows)}"
    try:
        values = [float(word.replace("\N{MINUS SIGN}", "-")) for word in words]
    except ValueError:
        return f"{size} numbers"
    return f"{size} numbers from {number(min(values))} to {number(max(values))}"


def _picture_kind(axes: Axes) -> str:
    shapes = {image.get_array().shape[:2] for image in axes.images}
    if len(shapes) > 1:
        return "picture"
    height, width = shapes.pop()
    return f"picture of {height} × {width} pixels"


def _boxes(axes: Axes) -> list[str]:
    frames = [
        one
        for one in axes.patches
        if isinstance(one, Rectangle) and not one.get_fill() and one.get_label() != UNTOLD
    ]
    if not frames:
        return []
    return [f"{len(frames)} outlined {'box' if len(frames) == 1 else 'boxes'}"]
