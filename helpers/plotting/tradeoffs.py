"""Accuracy against what it costs: one panel for each group of networks."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from .style import PALETTE, new_figure

LARGEST = 900  # square points of a disc
COLOURS = (PALETTE.blue, PALETTE.orange)


def show_trade_offs(groups: Mapping[str, Mapping[str, tuple]]) -> Figure:
    """Show accuracy over multiplications, each network a disc whose area is its parameters.

    Parameters
    ----------
    groups
        Title of a panel to its networks: name to (accuracy, parameters, multiplications), and
        where it was measured the seconds for one picture, which is written below the name.

    Returns
    -------
    matplotlib.figure.Figure
        Areas compare within a panel only.
    """
    figure = new_figure(5.3 * len(groups), 4.4)
    panels = figure.subplots(1, len(groups), squeeze=False)[0]
    for axes, (title, networks), colour in zip(panels, groups.items(), COLOURS * 9, strict=False):
        _draw(axes, networks, colour)
        axes.set_title(title)
    panels[0].set_ylabel("accuracy")
    return figure


def _draw(axes: Axes, networks: Mapping[str, tuple], colour: str) -> None:
    most = max(parameters for _, parameters, *_ in networks.values())
    # The most accurate first, so that names of neighbours go to either side.
    order = sorted(networks, key=lambda name: networks[name][0], reverse=True)
    for place, name in enumerate(order):
        accuracy, parameters, work, *seconds = networks[name]
        area = max(LARGEST * parameters / most, 25)
        axes.scatter(work, accuracy, s=area, color=colour, alpha=0.6, edgecolor=PALETTE.ink)
        below = place % 2
        away = (area**0.5 / 2 + 3) * (-1 if below else 1)
        text = f"{name}\n{1e3 * seconds[0]:.1f} ms" if seconds else name
        axes.annotate(text, (work, accuracy), (0, away), textcoords="offset points", fontsize=11,
                      ha="center", va="top" if below else "bottom")  # fmt: skip
    axes.set(xscale="log", xlabel="multiplications for one picture")
    axes.margins(x=0.25, y=0.35)
    low, high = axes.get_ylim()
    axes.set_yticks([tick for tick in axes.get_yticks() if low <= tick <= min(high, 1)])
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
