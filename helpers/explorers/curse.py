"""Searches among settings, and what their winners promise: the winner's curse, search by search."""

from dataclasses import dataclass
from functools import lru_cache

from helpers.plotting.style import PALETTE, NotebookFigure

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .shell import Choice, Explorer, Player

__all__ = ["EXPLORER", "Curse", "draw", "searches"]

SEARCHES = 60
SIZES = (3, 10, 30, 100, 300)
MEAN = 0.58  # of the true losses
THOUSANDTHS = (0, 1, 2, 4)
SEEDS = (1, 3, 10)
LOWEST, HIGHEST = 0.564, 0.596  # of the axis of losses
WIDEST = 0.016  # of the axis of what a winner promised too much
BINS = 32


@dataclass(frozen=True)
class Curse:
    """What a search chooses among, how noisy a look is, and how many searches have been run."""

    search: int = 20
    settings: int = 30
    luck: int = 2
    spread: int = 0
    seeds: int = 1


@lru_cache
def _draws() -> tuple[np.ndarray, np.ndarray]:
    """Draw quality and luck for the most settings; fewer settings are the first of them."""
    rng = np.random.default_rng(61)
    return rng.normal(size=(2, SEARCHES, SIZES[-1]))


def searches(state: Curse) -> tuple[np.ndarray, np.ndarray]:
    """Run all searches.

    Returns
    -------
    true, seen : (SEARCHES, settings) arrays
        The mean loss of each setting over endlessly many seeds, and the one that the search saw.
    """
    quality, luck = (part[:, : state.settings] for part in _draws())
    true = MEAN + state.spread / 1000 * quality
    return true, true + state.luck / 1000 / np.sqrt(state.seeds) * luck


def draw(state: Curse) -> Figure:
    """Draw one search with its winner, and what the winners so far promised too much."""
    true, seen = searches(state)
    winners = seen.argmin(axis=1)
    rows = np.arange(SEARCHES)
    excess = (true - seen)[rows, winners][: state.search]
    best = true[rows, winners] <= true.min(axis=1) + 1e-12
    # Axes at fixed places: a layout engine would draw it all twice.
    figure = NotebookFigure(figsize=(10, 4.6), layout="none")
    last = state.search - 1
    _draw_search(figure.add_axes((0.095, 0.13, 0.45, 0.66)), true[last], seen[last])
    _draw_excess(figure.add_axes((0.64, 0.13, 0.34, 0.66)), excess)
    promised, kept = seen[last, winners[last]], true[last, winners[last]]
    told = f"Search {state.search}: won with {promised:.4f}, in truth {kept:.4f}"
    figure.text(0.012, 0.95, told, fontsize=13.5, weight="bold", va="center")
    mean = f"{state.search} searches: the winner's loss is {excess.mean():.4f} too good on average"
    if state.spread:
        mean += f"; the truly best setting won {best[: state.search].sum()} times"
    figure.text(0.012, 0.885, mean, color=PALETTE.soft, fontsize=12, va="center")
    return figure


def _draw_search(axes: Axes, true: np.ndarray, seen: np.ndarray) -> None:
    places = np.arange(len(true))
    winner = int(seen.argmin())
    size = 26 if len(true) <= 30 else 9
    axes.scatter(places, true, s=size, marker="_", color=PALETTE.ink, linewidths=1.4)
    axes.scatter(places, seen, s=size, color=PALETTE.blue, alpha=0.55, linewidths=0)
    arrow = {"arrowstyle": "->", "color": PALETTE.vermillion, "lw": 2}
    axes.annotate("", (winner, true[winner]), (winner, seen[winner]), arrowprops=arrow)
    axes.plot(winner, seen[winner], "o", color=PALETTE.vermillion, markersize=9)
    room = 0.03 * len(true) + 0.4
    axes.set(xlim=(-room, len(true) - 1 + room), ylim=(LOWEST, HIGHEST), xlabel="setting",
             ylabel="validation loss")  # fmt: skip
    axes.set_title("dots: the loss seen; dashes: the true one; red: the winner", fontsize=11,
                   weight="normal", loc="left")  # fmt: skip


def _draw_excess(axes: Axes, excess: np.ndarray) -> None:
    counts, edges = np.histogram(excess.clip(-WIDEST / 4, WIDEST), BINS, (-WIDEST / 4, WIDEST))
    axes.bar(edges[:-1], counts, np.diff(edges), align="edge", color=PALETTE.sky)
    axes.axvline(0, color=PALETTE.ink, linewidth=1)
    mean = excess.mean()
    axes.axvline(mean, color=PALETTE.vermillion, linewidth=2)
    axes.set(xlim=(-WIDEST / 4, WIDEST), ylim=(0, max(12, counts.max() + 1)),
             xlabel="true loss minus the loss by which it won", ylabel="searches")  # fmt: skip
    axes.set_xticks([0, 0.005, 0.01, 0.015])
    axes.set_title("red line: the mean", fontsize=11, weight="normal", loc="left")


EXPLORER = Explorer(
    "curse",
    Curse,
    draw,
    {
        "search": Player(1, SEARCHES, label="searches", every=250),
        "settings": Choice(*SIZES, label="settings in a search"),
        "luck": Choice(*THOUSANDTHS, label="luck of a seed, in thousandths"),
        "spread": Choice(*THOUSANDTHS, label="true differences, in thousandths"),
        "seeds": Choice(*SEEDS, label="seeds for each setting"),
    },
    wide=True,
)
