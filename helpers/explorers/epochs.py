"""A few test pictures, and what a network takes them for as its training goes on."""

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.plotting.style import PALETTE, NotebookFigure

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .montage import Tile, draw_montage
from .predictions import percent
from .shell import Explorer, Player

__all__ = ["Epoch", "draw", "epochs_explorer", "explore_epochs"]

COLUMNS = 6
Guesses = Sequence[Sequence[Sequence[tuple[str, float]]]]


@dataclass(frozen=True)
class Epoch:
    """How many epochs have passed."""

    epoch: int = 1


@dataclass(frozen=True, eq=False)
class Watched:
    """Pictures (N, H, W), their names, and for each epoch the guesses and the accuracy."""

    pictures: np.ndarray
    names: tuple[str, ...]
    guesses: Guesses
    accuracies: tuple[float, ...]


def explore_epochs(pictures, names, guesses, accuracies, **changes):
    """Press play and watch a network change its mind about some pictures.

    Parameters
    ----------
    pictures
        (N, H, W, 1), N at most 12.
    names
        What they are: N texts.
    guesses
        For each epoch, from 0 (before the first step), for each picture (name, probability) pairs,
        the most probable first.
    accuracies
        Validation accuracy after epoch 1, 2, ...: one value less than there are guesses.
    **changes
        Where to start: ``epoch``.

    Returns
    -------
    ipywidgets.VBox
        A front end without widgets shows the pictures after the first epoch.

    Raises
    ------
    ValueError
        If the numbers of pictures, names, guesses and accuracies do not fit.
    """
    return epochs_explorer(pictures, names, guesses, accuracies).show(**changes)


def epochs_explorer(pictures, names, guesses, accuracies) -> Explorer:
    """Build the explorer itself; parameters as in :func:`explore_epochs`."""
    pictures, names = np.asarray(pictures), tuple(names)
    if not 1 <= len(pictures) == len(names) <= 2 * COLUMNS:
        raise ValueError(
            f"{len(pictures)} pictures and {len(names)} names: give one name for each of at most "
            f"{2 * COLUMNS} pictures."
        )
    if len(guesses) != len(accuracies) + 1 or len(guesses) < 2:
        raise ValueError(
            f"guesses of {len(guesses)} epochs and {len(accuracies)} accuracies: give the guesses "
            "before the first epoch and after each, and an accuracy for each."
        )
    if odd := [len(epoch) for epoch in guesses if len(epoch) != len(names)]:
        raise ValueError(f"an epoch has guesses for {odd[0]} pictures of {len(names)}: give all.")
    watched = Watched(pictures.squeeze(-1), names, guesses, tuple(accuracies))
    player = Player(0, len(guesses) - 1, label="epoch", every=700)
    return Explorer(
        "epochs", Epoch, lambda state: draw(watched, state), {"epoch": player}, wide=True
    )


def draw(watched: Watched, state: Epoch) -> Figure:
    """Draw the pictures with their most probable name, and how far the accuracy is."""
    now = watched.guesses[state.epoch]
    tiles = []
    for picture, name, guess in zip(watched.pictures, watched.names, now, strict=True):
        said, share = guess[0]
        colour, mark = (PALETTE.green, "✓") if said == name else (PALETTE.vermillion, "✗")
        tiles.append(Tile(picture, f"{said} {percent(share)} {mark}", colour))
    right = sum(guess[0][0] == name for guess, name in zip(now, watched.names, strict=True))
    # Axes at fixed places: a layout engine would draw it all twice.
    figure = NotebookFigure(figsize=(9.6, 4.3), layout="none")
    axes = figure.add_axes((0.01, 0.01, 0.64, 0.88))
    tall = watched.pictures.shape[1] / watched.pictures.shape[2]
    draw_montage(axes, tiles, columns=COLUMNS, rows=2, tall=tall, fontsize=13)
    when = f"after epoch {state.epoch}" if state.epoch else "before the first step"
    text = f"{when}: {right} of {len(tiles)} read correctly"
    figure.text(0.01, 0.95, text[0].upper() + text[1:], fontsize=14, weight="bold", va="center")
    _draw_accuracies(figure.add_axes((0.745, 0.17, 0.24, 0.62)), watched.accuracies, state.epoch)
    return figure


def _draw_accuracies(axes: Axes, accuracies: tuple[float, ...], epoch: int) -> None:
    """Draw the curve up to an epoch; its room is that of the whole."""
    axes.plot(range(1, epoch + 1), accuracies[:epoch], color=PALETTE.blue)
    if epoch:
        axes.plot(epoch, accuracies[epoch - 1], "o", color=PALETTE.blue)
    axes.set(xlim=(-0.5, len(accuracies) + 0.5), ylim=(0, 1), xlabel="epoch")
    axes.set_xticks(np.unique(np.linspace(0, len(accuracies), 5).round().astype(int)))
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "", "0.5", "", "1"])
    axes.set_title("validation accuracy", fontsize=12, loc="left")
