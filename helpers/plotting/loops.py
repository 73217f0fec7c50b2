"""A drawing of the two loops: training within tuning."""

from __future__ import annotations

from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from .contrast import as_text
from .style import PALETTE, hide_axes, new_figure

Box = tuple[float, float, float, float]  # left, bottom, width, height


def show_tuning_loop() -> Figure:
    """Draw hyperparameter optimisation as the loop around training.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure = new_figure(9.2, 3.4)
    ax = figure.subplots()
    hide_axes(ax)
    ax.set(xlim=(0, 100), ylim=(0, 37))
    sampler, training, study = (2, 12, 22, 15), (36, 6.5, 32, 29), (78, 12, 20, 15)
    _box(ax, sampler, PALETTE.blue, "sampler", "which settings next?")
    _box(ax, study, PALETTE.blue, "study", "all trials so far")
    _box(ax, training, PALETTE.vermillion, "", "")
    ax.text(52, 31.5, "one trial: a whole training", ha="center", va="center", weight="bold")
    forward, step = (38, 19.5, 28, 6.5), (38, 8.5, 28, 6.5)
    _box(ax, forward, PALETTE.vermillion, "loss of a batch", "", filled=True)
    _box(ax, step, PALETTE.vermillion, "step against the gradient", "", filled=True)
    _arrow(ax, (44, 19.3), (44, 15.2), PALETTE.vermillion, 0)
    _arrow(ax, (60, 15.2), (60, 19.3), PALETTE.vermillion, 0)
    _arrow(ax, (24.5, 19.5), (35.5, 19.5), PALETTE.blue, 0, "settings")
    _arrow(ax, (68.5, 19.5), (77.5, 19.5), PALETTE.blue, 0, "loss")
    ax.plot([88, 88, 13, 13], [11.5, 1, 1, 8], color=PALETTE.blue, lw=2, solid_joinstyle="round")
    _arrow(ax, (13, 5), (13, 11.8), PALETTE.blue, 0)
    ax.text(15, 2, "outer loop: dozens of turns", ha="left", va="bottom", color=PALETTE.blue)
    ax.text(
        52,
        28,
        "inner loop: thousands of turns",
        ha="center",
        va="center",
        color=as_text(PALETTE.vermillion),
        size="small",
    )
    return figure


def _box(ax, box: Box, colour: str, title: str, words: str, *, filled: bool = False) -> None:
    left, bottom, width, height = box
    face = (*to_rgb(colour), 0.16) if filled else "white"
    ax.add_patch(
        FancyBboxPatch(
            (left, bottom), width, height, boxstyle="round,pad=0,rounding_size=1.6",
            edgecolor=colour, facecolor=face, linewidth=1.6,
        )
    )  # fmt: skip
    middle = bottom + height / 2
    lift = 2.2 if words else 0
    ax.text(left + width / 2, middle + lift, title, ha="center", va="center",
            weight="normal" if filled else "bold")  # fmt: skip
    ax.text(left + width / 2, middle - 2.6, words, ha="center", va="center", size="small")


def _arrow(ax, start, end, colour: str, bend: float, words: str = "") -> None:
    ax.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=14, color=colour, linewidth=2,
            connectionstyle=f"arc3,rad={bend}", shrinkA=0, shrinkB=0,
        )
    )  # fmt: skip
    ax.text((start[0] + end[0]) / 2, start[1] + 1.6, words, ha="center", va="bottom", size="small")
