"""Why random search finds more than a grid: the picture of the shadows on the axes."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .style import PALETTE, new_figure

CREST, WIDTH = 0.36, 0.11  # where the important hyperparameter is best, and how narrowly


def show_grid_and_random(points: int = 9, *, seed: int = 3) -> Figure:
    """Show a grid and random points over two hyperparameters, of which one hardly matters.

    Parameters
    ----------
    points : int
        A square number: 4, 9, 16, 25.
    seed : int
        Of the random points.

    Returns
    -------
    matplotlib.figure.Figure
        Above each square stands how good a value of the important hyperparameter is, with the
        values that were tried; on the right the same for the one that hardly matters.

    Raises
    ------
    ValueError
        If `points` is not the square of a whole number from 2 to 5.

    Notes
    -----
    After Bergstra and Bengio, *Random search for hyper-parameter optimization*, 2012.
    """
    side = round(points**0.5)
    if side * side != points or not 2 <= side <= 5:
        raise ValueError(f"points is {points}: give 4, 9, 16 or 25, so that they form a grid.")
    steps = (np.arange(side) + 0.5) / side
    grid = np.array([(x, y) for x in steps for y in steps])
    scattered = np.random.default_rng(seed).random((points, 2)) * 0.96 + 0.02
    figure = new_figure(10, 5.2)
    halves = figure.subfigures(1, 2, wspace=0.04)
    for half, name, chosen in zip(halves, ("grid", "random"), (grid, scattered), strict=True):
        _draw_side(half, name, chosen)
    return figure


def quality(x: np.ndarray) -> np.ndarray:
    """Return how good a value (N,) of the important hyperparameter is, from 0 to 1."""
    x = np.asarray(x, float)
    return 0.85 * np.exp(-(((x - CREST) / WIDTH) ** 2)) + 0.12 * np.exp(-(((x - 0.85) / 0.2) ** 2))


def _draw_side(figure: Figure, name: str, points: np.ndarray) -> None:
    (above, corner), (axes, beside) = figure.subplots(
        2, 2, width_ratios=(5, 1), height_ratios=(1.5, 4.2)
    )
    corner.remove()
    line = np.linspace(0, 1, 400)
    x, y = points.T
    best = int(quality(x).argmax())
    _fill(above, line, quality(line), x, quality(x), best)
    flat = 0.35 + 0.06 * np.sin(5 * line)
    beside.fill_betweenx(line, flat, color=PALETTE.sky, alpha=0.3)
    beside.plot(np.interp(y, line, flat), y, "o", color=PALETTE.blue, markersize=6)
    axes.vlines(x, y, 1, color=PALETTE.line, linewidth=1.1, zorder=1)
    axes.hlines(y, x, 1, color=PALETTE.line, linewidth=1.1, zorder=1)
    axes.plot(x, y, "o", color=PALETTE.blue, markersize=9, markeredgecolor="white", zorder=3)
    style = {"color": PALETTE.vermillion, "markersize": 12, "markeredgecolor": "white"}
    axes.plot(x[best], y[best], "o", zorder=4, **style)
    different = len(np.unique(x.round(6)))
    above.set_title(f"{name}: {different} different values in {len(x)} trials", fontsize=13)
    for panel in (above, axes, beside):
        panel.set(xticks=[], yticks=[])
        panel.grid(False)
    above.set(xlim=(0, 1), ylim=(0, 1.05))
    beside.set(ylim=(0, 1), xlim=(0, 1.05))
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.set_xlabel("a hyperparameter that matters")
    axes.set_ylabel("one that hardly does")
    for panel in (above, beside):
        panel.spines[:].set_visible(False)
    above.spines["bottom"].set_visible(True)
    beside.spines["left"].set_visible(True)


def _fill(axes: Axes, line, curve, x, tried, best: int) -> None:
    axes.fill_between(line, curve, color=PALETTE.sky, alpha=0.3)
    axes.plot(x, tried, "o", color=PALETTE.blue, markersize=6, clip_on=False)
    axes.plot(x[best], tried[best], "o", color=PALETTE.vermillion, markersize=9, clip_on=False)
