"""Shares with their uncertainty, and how two sets of pictures differ."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from .contrast import as_text
from .style import PALETTE, new_figure

MOST_RATES = 30
SETS = (PALETTE.grey, PALETTE.blue, PALETTE.vermillion, PALETTE.green)


def show_rates(
    names: Sequence[str],
    right: Sequence[int],
    total: Sequence[int],
    interval: tuple[Sequence[float], Sequence[float]],
    *,
    overall: float | None = None,
    xlabel: str = "accuracy",
    title: str | None = None,
) -> Figure:
    """Show a bar for each share, with the interval in which the true share may lie.

    Parameters
    ----------
    names
        At most 30, the first on top.
    right, total
        (N,) whole numbers: the share is right / total.
    interval
        Its lower and its upper ends, as those of Wilson's interval.
    overall
        A share to compare with, drawn as a line.
    xlabel, title
        Labels.
    """
    right, total = np.asarray(right), np.asarray(total)
    if not 1 <= len(names) <= MOST_RATES or len(names) != len(right):
        raise ValueError(
            f"{len(names)} names for {len(right)} shares: give 1 to {MOST_RATES} of each."
        )
    low, high = (np.asarray(end, float) for end in interval)
    share = right / total
    figure = new_figure(8, 1.0 + 0.33 * len(names))
    axes = figure.subplots()
    places = np.arange(len(names))
    axes.barh(places, share, height=0.72, color=PALETTE.sky)
    whiskers = [np.maximum(share - low, 0), np.maximum(high - share, 0)]
    axes.errorbar(
        share, places, xerr=whiskers, fmt="none", ecolor=PALETTE.ink, elinewidth=1.6, capsize=4
    )
    for place, hits, count in zip(places, right, total, strict=True):
        axes.annotate(
            f"{hits} of {count}",
            (1.02, place),
            va="center",
            fontsize=11,
            annotation_clip=False,
        )
    if overall is not None:
        axes.axvline(overall, color=PALETTE.vermillion, linewidth=1.8, linestyle=(0, (4, 2)))
        axes.annotate(
            f"all: {100 * overall:.0f} %",
            (overall, 1),
            (0, 4),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            fontsize=11,
            color=as_text(PALETTE.vermillion),
        )
    axes.set_yticks(places, names, fontsize=13)
    axes.tick_params(axis="y", length=0)
    axes.set(xlim=(0, 1), ylim=(len(names) - 0.4, -0.6), xlabel=xlabel)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    axes.grid(False, axis="y")
    if title:
        axes.set_title(title, pad=22 if overall is not None else 8)
    return figure


def show_shift(measured: Mapping[str, Mapping[str, np.ndarray]], *, bins: int = 28) -> Figure:
    """Show how measured quantities are distributed in each set: one panel a quantity.

    Parameters
    ----------
    measured
        Name of the set to (quantity to values), the same quantities in each; see
        `helpers.handwriting.shift.measure`. At most four sets and nine quantities.
    bins
        Bins a panel.

    Returns
    -------
    matplotlib.figure.Figure
        Areas under the outlines are equal, so sets of different sizes compare; a triangle below
        marks each mean.
    """
    sets = list(measured)
    quantities = list(next(iter(measured.values())))
    if not 1 <= len(sets) <= len(SETS) or not 1 <= len(quantities) <= 9:
        raise ValueError(
            f"measured holds {len(sets)} sets of {len(quantities)} quantities: give up to "
            f"{len(SETS)} sets of up to 9."
        )
    columns = min(3, len(quantities))
    rows = -(-len(quantities) // columns)
    figure = new_figure(3.3 * columns, 2.35 * rows + 0.5)
    grid = np.ravel(figure.subplots(rows, columns, squeeze=False))
    for axes, quantity in zip(grid, quantities, strict=False):
        values = {name: _finite(measured[name][quantity]) for name in sets}
        edges = _edges(np.concatenate(list(values.values())), bins)
        for colour, (name, sample) in zip(SETS, values.items(), strict=False):
            axes.hist(sample, edges, density=True, histtype="stepfilled", color=colour, alpha=0.12)
            axes.hist(
                sample, edges, density=True, histtype="step", color=colour, linewidth=2, label=name
            )
            axes.plot(
                sample.mean(), -0.045, marker="^", markersize=9, color=colour, clip_on=False,
                transform=axes.get_xaxis_transform(), zorder=5,
            )  # fmt: skip
        axes.set(xlabel=quantity, yticks=[])
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="x", pad=8)
        axes.xaxis.set_major_locator(MaxNLocator(5))
    for axes in grid[len(quantities) :]:
        axes.set_visible(False)
    handles, names = grid[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside upper left", ncols=len(sets))
    return figure


def _finite(values) -> np.ndarray:
    values = np.asarray(values, float)
    return values[np.isfinite(values)]


def _edges(values: np.ndarray, bins: int) -> np.ndarray:
    """Return the ends of the bins, without the few farthest values; whole numbers share evenly."""
    low, high = np.quantile(values, [0.002, 0.998])
    if np.array_equal(values, np.round(values)):
        step = max(1, round((high - low) / bins))
        return np.arange(low - 0.5, high + step + 0.5, step)
    return np.linspace(low, high, bins + 1) if high > low else np.array([low - 0.5, low + 0.5])
