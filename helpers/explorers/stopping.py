"""How long a training lasts with more or less patience, on a curve that is known to its end."""

from dataclasses import dataclass

from helpers.plotting.stopping import endings
from helpers.plotting.style import PALETTE, NotebookFigure

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .shell import Explorer, Player

__all__ = ["Patience", "draw", "explore_stopping", "stopping_explorer"]

MOST = 30


@dataclass(frozen=True)
class Patience:
    """For how many epochs without a new best the training goes on."""

    patience: int = 3


def explore_stopping(accuracies, **changes):
    """Change the patience, and see where early stopping ends a training and what it keeps.

    Parameters
    ----------
    accuracies
        Validation accuracy after each epoch, as it was when nobody stopped; two epochs or more.
    **changes
        Where to start: ``patience``.

    Returns
    -------
    ipywidgets.VBox
        A front end without widgets shows a patience of 3.

    Raises
    ------
    ValueError
        If there are fewer than two epochs.
    """
    return stopping_explorer(accuracies).show(**changes)


def stopping_explorer(accuracies) -> Explorer:
    """Build the explorer itself; parameters as in :func:`explore_stopping`."""
    values = np.asarray(accuracies, float)
    if values.ndim != 1 or len(values) < 2:
        raise ValueError(
            f"accuracies has shape {values.shape}: give one of each epoch, two or more."
        )
    player = Player(1, MOST, label="patience", every=600)
    return Explorer(
        "stopping", Patience, lambda state: draw(values, state), {"patience": player}, wide=True
    )


def draw(values: np.ndarray, state: Patience) -> Figure:
    """Draw what is trained, what nobody will ever see, and the epoch that is kept."""
    ((length, kept),) = endings(values, [state.patience])
    epochs = np.arange(1, len(values) + 1)
    figure = NotebookFigure(figsize=(9.6, 4.0), layout="none")
    axes = figure.add_axes((0.075, 0.15, 0.905, 0.67))
    axes.axvspan(kept + 1, length, color=PALETTE.sky, alpha=0.25, linewidth=0)
    axes.plot(epochs[length - 1 :], values[length - 1 :], color=PALETTE.line)
    axes.plot(epochs[:length], values[:length], color=PALETTE.blue)
    axes.plot(kept + 1, values[kept], "o", color=PALETTE.vermillion, markersize=9)
    low, high = np.quantile(values, 0.06), values.max()
    room = (high - low) or 0.1
    axes.set(xlim=(0, len(values) + 1), ylim=(low - 0.25 * room, high + 0.25 * room))
    axes.set(xlabel="epoch")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_title("validation accuracy (shaded: waiting; grey: never seen)", fontsize=12,
                   loc="left")  # fmt: skip
    text = f"Patience {state.patience}: {length} epochs are trained, and epoch {kept + 1} is kept"
    missed = values.max() - values[kept]
    after = f"{missed:.3f} below the best of all" if missed else "the best of all"
    figure.text(0.01, 0.95, f"{text}: {values[kept]:.3f}, {after}", fontsize=13, weight="bold",
                va="center")  # fmt: skip
    return figure
