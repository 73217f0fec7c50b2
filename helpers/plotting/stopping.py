"""When early stopping would have ended a training."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .style import PALETTE, new_figure


def show_stopping(accuracies: Sequence[float], patiences: Sequence[int]) -> Figure:
    """Show how long a training would have lasted with more or less patience.

    Parameters
    ----------
    accuracies
        Validation accuracy after each epoch, as it was when nobody stopped.
    patiences
        Epochs without a new best that are waited for; one to eight of them.

    Returns
    -------
    matplotlib.figure.Figure
        Above, the accuracies. Below, a bar for each patience: as long as its training, with a dot
        at the epoch whose weights are kept, and the accuracy of that epoch at the end.
    """
    if not 1 <= len(patiences) <= 8 or not len(accuracies):
        raise ValueError(
            f"{len(patiences)} patiences for {len(accuracies)} epochs: give one to eight for at "
            "least one epoch."
        )
    values = np.asarray(accuracies, float)
    epochs = np.arange(1, len(values) + 1)
    figure = new_figure(8, 3.4 + 0.42 * len(patiences))
    upper, lower = figure.subplots(2, sharex=True, height_ratios=(3, 0.5 + 0.55 * len(patiences)))
    upper.plot(epochs, values, marker="o" if len(values) <= 12 else None)
    upper.set(ylabel="validation accuracy")
    for place, (length, kept) in enumerate(endings(values, patiences)):
        lower.barh(place, length, color=PALETTE.sky, height=0.6)
        lower.plot(kept + 1, place, "o", color=PALETTE.vermillion)
        lower.annotate(
            f" {length} epochs, kept: {values[kept]:.3f}", (length, place), va="center", fontsize=11
        )
    lower.set(xlabel="epoch", xlim=(0, 1.35 * len(values)))
    lower.set_yticks(range(len(patiences)), [f"patience {p}" for p in patiences])
    lower.invert_yaxis()
    lower.grid(False, axis="y")
    lower.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


def endings(values: np.ndarray, patiences: Sequence[int]) -> list[tuple[int, int]]:
    """Return for each patience how many epochs are trained, and which is kept, counted from 0."""
    highest = np.maximum.accumulate(values)
    record = np.flatnonzero(np.diff(highest, prepend=-np.inf) > 0)  # epochs with a new best
    found = []
    for patience in patiences:
        # A gap between two records that is longer than the patience ends the training.
        gaps = np.diff(np.append(record, len(values) + patience))
        kept = int(record[np.argmax(gaps > patience)])
        found.append((min(kept + patience + 1, len(values)), kept))
    return found
