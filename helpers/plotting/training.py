"""How a training went, and how its results compare with those of others."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from .alttext import describe
from .style import PALETTE, new_figure

History = Mapping[str, Sequence[float]]


def show_history(history: History, *, title: str | None = None, chance: float | None = None):
    """Show loss and accuracy of a training, epoch by epoch, on training and validation data.

    Parameters
    ----------
    history
        As Keras keeps it: "loss" and "accuracy", and "val_loss" and "val_accuracy" where the
        training was validated; one value an epoch.
    title
        Title above both panels.
    chance
        Accuracy of guessing, drawn as a line.

    Returns
    -------
    matplotlib.figure.Figure
        The epoch of the best validation accuracy is marked in both panels; on the right the gap
        between training and validation is shaded.
    """
    _check(history)
    figure = new_figure(10, 3.9 + (0.4 if title else 0))
    left, right = figure.subplots(1, 2)
    best = int(np.argmax(history["val_accuracy"])) + 1 if "val_accuracy" in history else None
    _draw_curves(left, history, "loss", best)
    _draw_curves(right, history, "accuracy", best)
    left.set_ylim(bottom=0)
    top = max(max(history[key]) for key in ("accuracy", "val_accuracy") if key in history)
    right.set_ylim(0, 1.02 if top > 0.7 else top * 1.3)
    right.yaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    if chance is not None:
        right.axhline(chance, color=PALETTE.grey, linewidth=1.4, linestyle=":", label="guessing")
    _explain(right, history, best)
    left.legend(loc="upper right", frameon=True, facecolor="white", edgecolor="none", framealpha=1)
    if title:
        figure.suptitle(title)
    return figure


def _check(history: History) -> None:
    for key in ("loss", "accuracy"):
        if key not in history or not len(history[key]):
            names = ", ".join(history) or "nothing"
            raise ValueError(f"history has no {key!r}, only {names}: compile with that metric.")


def _draw_curves(axes: Axes, history: History, key: str, best: int | None) -> None:
    epochs = np.arange(1, len(history[key]) + 1)
    marker = "o" if len(epochs) <= 12 else None
    axes.plot(epochs, history[key], color=PALETTE.blue, marker=marker, label="training")
    validated = history.get(f"val_{key}")
    if validated is not None:
        axes.plot(
            epochs, validated, "--", color=PALETTE.vermillion, marker=marker, label="validation"
        )
        if key == "accuracy":
            axes.fill_between(epochs, history[key], validated, color=PALETTE.orange, alpha=0.16)
    if best is not None:
        axes.axvline(best, color=PALETTE.grey, linestyle=(0, (2, 2)), linewidth=1.5, zorder=1)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(xlabel="epoch", ylabel=key)
    axes.margins(x=0.03)


def _explain(axes: Axes, history: History, best: int | None) -> None:
    """Write the accuracies at the best epoch into the panel, in words."""
    if best is None:
        return
    trained, validated = history["accuracy"][best - 1], history["val_accuracy"][best - 1]
    text = f"best epoch: {best}\ntraining {trained:.3f}\nvalidation {validated:.3f}"
    # Curves that rise late leave room at the upper left, those that rise early at the lower right.
    half = (len(history["loss"]) + 1) // 2
    late = max(history["val_accuracy"][:half]) < 0.55 * axes.get_ylim()[1]
    x, y, across, up = (0.03, 0.97, "left", "top") if late else (0.97, 0.05, "right", "bottom")
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 3}
    place = {"transform": axes.transAxes, "ha": across, "va": up}
    axes.text(x, y, text, fontsize=12, linespacing=1.4, bbox=paper, **place)


def show_reference(
    measured: Mapping[str, float],
    published: Mapping[str, float | tuple[float, float]],
    *,
    xlabel: str = "accuracy",
    title: str | None = None,
) -> Figure:
    """Show measured results beside published ones: a bar, and a mark or a range of marks.

    Parameters
    ----------
    measured
        Name to a share from 0 to 1.
    published
        The same names to a share, or to the lowest and the highest one; a name may be missing.
    xlabel, title
        Labels.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If a published result has no measured one.
    """
    if unknown := [name for name in published if name not in measured]:
        raise ValueError(f"{unknown[0]!r} is published but not measured: leave it out.")
    names = list(measured)
    figure = new_figure(9, 1.3 + 0.52 * len(names) + (0.3 if title else 0))
    axes = figure.subplots()
    places = np.arange(len(names))
    axes.barh(places, list(measured.values()), height=0.56, color=PALETTE.blue)
    for place, value in enumerate(measured.values()):
        axes.text(0.015, place, f"{value:.3f}", va="center", color="white", fontweight="bold")
    for place, name in enumerate(names):
        if name in published:
            low, high = np.broadcast_to(published[name], 2)
            style = {"color": PALETTE.vermillion, "zorder": 4}
            axes.plot([low, high], [place, place], linewidth=3, solid_capstyle="butt", **style)
            axes.plot(
                [low, high], [place, place], "D", markersize=8, markeredgecolor="white", **style
            )
    axes.plot([], [], "D", color=PALETTE.vermillion, label="published, on the real data")
    axes.set_yticks(places, names)
    axes.invert_yaxis()
    axes.grid(False, axis="y")
    axes.set(xlim=(0, 1), xlabel=xlabel)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2)
    if title:
        figure.suptitle(title)
    return describe(_compared(measured, published, xlabel, title), figure)


def _compared(measured, published, xlabel: str, title: str | None) -> str:
    """Say each result, and beside it the published one."""
    told = []
    for name, value in measured.items():
        text = f"{name} {value:.3f}"
        if name in published:
            low, high = np.broadcast_to(published[name], 2)
            text += f", published {low:.3f}" + (f" to {high:.3f}" if high > low else "")
        told.append(text)
    return f"{f'{title}. ' if title else ''}Bar chart: {xlabel}; {'; '.join(told)}."
