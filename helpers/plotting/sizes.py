"""What a folder of pictures holds: how many of each class, how tall, how wide."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from .contrast import as_text
from .curves import LINES
from .style import NOTEBOOK_WIDTH, PALETTE, new_figure


def show_class_counts(
    counts: Mapping[str, Sequence[int]], classes: Sequence[str], *, title: str | None = None
) -> Figure:
    """Show how many pictures each class has, in one bar a class, split by name.

    Parameters
    ----------
    counts
        Name (such as "train") to one count a class; drawn on top of each other in this order.
    classes
        Their labels, in one or two letters each.
    title
        Title.

    Returns
    -------
    matplotlib.figure.Figure
        The classes with fewer than half of the usual number are written in the second colour.
    """
    classes = list(classes)
    for name, values in counts.items():
        if len(values) != len(classes):
            raise ValueError(f"{name} has {len(values)} counts for {len(classes)} classes.")
    figure = new_figure(NOTEBOOK_WIDTH, 3.6 + (0.3 if title else 0))
    axes = figure.subplots()
    places, low = np.arange(len(classes)), np.zeros(len(classes))
    for index, (name, values) in enumerate(counts.items()):
        values = np.asarray(values, dtype=float)
        label = f"{name}: {int(values.sum()):,}"
        axes.bar(places, values, bottom=low, width=0.74, color=f"C{index}", label=label)
        low = low + values
    axes.set_xticks(places, classes, fontsize=11)
    for tick, total in zip(axes.get_xticklabels(), low, strict=True):
        if total < np.median(low) / 2:
            tick.set_color(as_text(PALETTE.vermillion))
    axes.tick_params(axis="x", length=0)
    axes.grid(False, axis="x")
    axes.margins(x=0.01)
    axes.set(ylabel="pictures")
    axes.yaxis.set_major_formatter(lambda value, _place=None: f"{value:,.0f}")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(counts), borderaxespad=0.2)
    if title:
        figure.suptitle(title)
    return figure


def _edges(values: np.ndarray, bins: int) -> np.ndarray:
    """Return bin edges; for whole numbers each bin holds as many of them as the others."""
    if values.dtype.kind not in "iu":
        return np.histogram_bin_edges(values, bins)
    low, high = int(values.min()), int(values.max())
    step = max(1, round((high - low) / bins))
    return np.arange(low, high + step + 1, step) - 0.5


def show_densities(
    panels: Mapping[str, Mapping[str, np.ndarray]],
    *,
    bins: int = 30,
    density: bool = True,
    title: str | None = None,
) -> Figure:
    """Show distributions side by side: one panel a quantity, one outline a name.

    Parameters
    ----------
    panels
        Label of the x axis to a mapping from name to values of any shape.
    bins
        Number of bins in each panel, the same for all its names.
    density
        Scale each outline to the area 1, so that large and small sets can be compared; otherwise
        count.
    title
        Title above all.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure = new_figure(NOTEBOOK_WIDTH, 3.4 + (0.4 if title else 0))
    every = np.atleast_1d(figure.subplots(1, len(panels), sharey=True))
    for place, (axes, (xlabel, values_by_name)) in enumerate(
        zip(every, panels.items(), strict=True)
    ):
        arrays = {name: np.ravel(values) for name, values in values_by_name.items()}
        edges = _edges(np.concatenate(list(arrays.values())), bins)
        for index, (name, array) in enumerate(arrays.items()):
            look = {"color": f"C{index}", "density": density}
            axes.hist(array, edges, histtype="stepfilled", alpha=0.14, **look)
            line = LINES[index % len(LINES)]
            axes.hist(
                array, edges, histtype="step", linestyle=line, linewidth=2, label=name, **look
            )
        axes.set(xlabel=xlabel, xlim=(edges[0], edges[-1]))
        if place == 0:
            axes.set_ylabel("density" if density else "pictures")
            axes.legend()
    if title:
        figure.suptitle(title)
    return figure
