"""Curves, bars and histograms."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .pixels import MINUS
from .style import PALETTE, new_figure

LINES = ("-", "--", "-.", ":")
CHANNELS = {"red": "#D62728", "green": "#2CA02C", "blue": "#1F77B4"}


def show_curves(
    curves: Mapping[str, Sequence[float]],
    *,
    xlabel: str = "epoch",
    ylabel: str,
    title: str | None = None,
    markers: Mapping[str, float] | None = None,
    x: Sequence[float] | None = None,
) -> Figure:
    """Show one line for each named sequence, as the losses of a training.

    Parameters
    ----------
    curves
        Name to values. Lengths may differ; NaN leaves a gap.
    xlabel, ylabel, title
        What is drawn over what.
    markers
        Label to x position: a vertical line there, as ``{"best weights": 17}``.
    x
        Positions on the x axis; by default 1, 2, 3, as epochs are counted.

    Returns
    -------
    matplotlib.figure.Figure
    """
    if not curves:
        raise ValueError("curves is empty: give at least one name with its values.")
    figure = new_figure(8, 4.2)
    axes = figure.subplots()
    longest = 0
    for index, (name, values) in enumerate(curves.items()):
        values = np.asarray(values, dtype=float)
        if values.ndim != 1:
            raise ValueError(f"curves[{name!r}] has shape {values.shape}: give one value a step.")
        places = np.arange(1, len(values) + 1) if x is None else np.asarray(x)[: len(values)]
        longest = max(longest, len(values))
        axes.plot(
            places,
            values,
            LINES[index % len(LINES)],
            marker="o" if len(values) <= 12 else None,
            label=name,
        )
    if x is None:
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(xlabel=xlabel, ylabel=ylabel)
    for label, place in (markers or {}).items():
        axes.axvline(place, color=PALETTE.grey, linestyle=(0, (2, 2)), linewidth=1.6, zorder=1)
        axes.annotate(
            f" {label}",
            (place, 1),
            xycoords=("data", "axes fraction"),
            va="top",
            ha="left" if place <= np.mean(axes.get_xlim()) else "right",
            fontsize=11,
            color=PALETTE.ink,
        )
    if len(curves) > 1:
        axes.legend()
    if title:
        axes.set_title(title)
    return figure


def show_bars(
    values: Mapping[str, float],
    *,
    xlabel: str | None = None,
    ylabel: str | None = None,
    horizontal: bool = False,
    title: str | None = None,
    highlight: str | Collection[str] | None = None,
    fmt: str | None = None,
) -> Figure:
    """Show one bar for each named value, with its number at the end.

    Parameters
    ----------
    values
        Name to value, drawn in this order.
    xlabel, ylabel, title
        Labels of the axes as drawn.
    horizontal
        Bars to the right, the first one on top: for long names.
    highlight
        Name or names to draw in the second colour.
    fmt
        Format specification of the numbers, ``""`` for none; by default as short as possible.

    Returns
    -------
    matplotlib.figure.Figure
    """
    if not values:
        raise ValueError("values is empty: give at least one name with its value.")
    names = [str(name) for name in values]
    heights = [float(value) for value in values.values()]
    marked = {highlight} if isinstance(highlight, str) else set(highlight or ())
    unknown = marked - set(names)
    if unknown:
        raise ValueError(f"highlight names {sorted(unknown)}, which is not among {names}.")
    colours = [PALETTE.vermillion if name in marked else PALETTE.blue for name in names]
    if horizontal:
        figure = new_figure(8, 0.9 + 0.38 * len(names))
        axes = figure.subplots()
        bars = axes.barh(names, heights, color=colours, height=0.7)
        axes.invert_yaxis()
        axes.grid(False, axis="y")
        axes.margins(x=0.12)
    else:
        figure = new_figure(min(10, max(5, 1.2 + 0.8 * len(names))), 4.2)
        axes = figure.subplots()
        bars = axes.bar(names, heights, color=colours, width=0.7)
        axes.grid(False, axis="x")
        axes.margins(x=min(0.05, 0.4 / len(names)), y=0.12)
        if sum(map(len, names)) > 60 or len(names) > 14:
            if max(map(len, names)) > 2:
                axes.tick_params(axis="x", rotation=90 if len(names) > 20 else 35)
            elif len(names) > 40:  # single characters stay upright
                axes.tick_params(axis="x", labelsize=10.5, length=0)
    if max(map(abs, heights)) >= 1000:
        (axes.xaxis if horizontal else axes.yaxis).set_major_formatter(_with_commas)
    if fmt != "":
        labels = [format(h, fmt or _common_format(heights)) for h in heights]
        size = 12 if len(names) <= 14 or horizontal else 8
        axes.bar_label(bars, labels, padding=3, fontsize=size)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    if title:
        axes.set_title(title)
    return figure


def _common_format(values: Sequence[float]) -> str:
    """Choose as many decimals, up to three, as the value that needs most."""
    for decimals in range(3):
        if all(abs(value - round(value, decimals)) < 1e-9 for value in values):
            return f",.{decimals}f"
    return ",.3f"


def _with_commas(value: float, _position: int | None = None) -> str:
    return f"{value:,.10g}".replace("-", MINUS)


def show_histogram(
    values_by_name: Mapping[str, np.ndarray],
    *,
    bins: int | Sequence[float] = 32,
    xlabel: str,
    ylabel: str = "pixels",
    title: str | None = None,
) -> Figure:
    """Show how often values occur, one outline for each name, all over the same bins.

    Parameters
    ----------
    values_by_name
        Name to array of any shape. Names red, green and blue are drawn in these colours.
    bins
        Number of bins between the smallest and the greatest value of all, or their edges.
    xlabel, ylabel, title
        Labels.

    Returns
    -------
    matplotlib.figure.Figure
    """
    arrays = {name: np.ravel(values) for name, values in values_by_name.items()}
    if not any(array.size for array in arrays.values()):
        raise ValueError("values_by_name holds no values: give at least one name with an array.")
    edges = np.histogram_bin_edges(np.concatenate(list(arrays.values())), bins)
    figure = new_figure(8, 4.0)
    axes = figure.subplots()
    for index, (name, array) in enumerate(arrays.items()):
        colour = CHANNELS.get(str(name).lower())
        axes.hist(array, edges, histtype="stepfilled", alpha=0.14, color=colour or f"C{index}")
        axes.hist(
            array,
            edges,
            histtype="step",
            color=colour or f"C{index}",
            linestyle=LINES[index % len(LINES)],
            linewidth=2,
            label=name,
        )
    axes.set(xlabel=xlabel, ylabel=ylabel, xlim=(edges[0], edges[-1]))
    axes.yaxis.set_major_formatter(_with_commas)
    if len(arrays) > 1:
        axes.legend()
    if title:
        axes.set_title(title)
    return figure
