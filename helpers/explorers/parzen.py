"""TPE trial by trial: which trials are good, what lies where, and why it tries there next."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from helpers.plotting.style import PALETTE, NotebookFigure

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .shell import Choice, Explorer, Player

__all__ = ["EXPLORER", "Parzen", "density", "draw", "loss_at", "run"]

TRIALS, CANDIDATES, STARTUP = 40, 24, 5
LOW, HIGH = -5.0, -1.0  # of the learning rate, as powers of ten
GRID = np.linspace(LOW, HIGH, 161)
LUCK = 0.002  # standard deviation of a loss from seed to seed
SHARES = (0.1, 0.25, 0.5)
SEEDS = tuple(range(1, 9))
TICKS = {-5: "0.00001", -4: "0.0001", -3: "0.001", -2: "0.01", -1: "0.1"}


@dataclass(frozen=True)
class Parzen:
    """How many trials are done, which share of them counts as good, and the sampler's seed."""

    trials: int = 12
    share: float = 0.25
    seed: int = 1


class Run(NamedTuple):
    """A whole search: where it looked, what it found, and among which candidates it chose."""

    tried: np.ndarray
    losses: np.ndarray
    candidates: tuple[np.ndarray, ...]


def loss_at(x: np.ndarray) -> np.ndarray:
    """Return the mean loss at learning rates 10 ** x: a deep valley, and a shallow one."""
    deep = 0.05 * np.exp(-(((x + 2.4) / 0.45) ** 2))
    return 0.64 - deep - 0.03 * np.exp(-(((x + 4.1) / 0.4) ** 2))


def density(points: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Estimate how densely points lie around x: a bell about each, and a flat share.

    The more points, the narrower the bells. Optuna's own bells differ in their widths and weights.
    """
    width = (HIGH - LOW) * max(0.03, 0.35 / (1 + len(points)))
    bells = np.exp(-(((x[:, np.newaxis] - points) / width) ** 2) / 2) / (width * np.sqrt(2 * np.pi))
    return (bells.sum(axis=1) + 1 / (HIGH - LOW)) / (1 + len(points))


def good_ones(losses: np.ndarray, share: float) -> np.ndarray:
    """Tell which trials count as good: this share of them, rounded up."""
    good = np.zeros(len(losses), bool)
    good[np.argsort(losses, kind="stable")[: int(np.ceil(share * len(losses)))]] = True
    return good


@lru_cache
def run(share: float, seed: int) -> Run:
    """Search: a few trials at random, then always where l / g is largest among candidates."""
    rng = np.random.default_rng(seed)
    tried, losses, candidates = np.empty(0), np.empty(0), []
    for _ in range(TRIALS + 1):
        asked = rng.uniform(LOW, HIGH, 1)
        if len(tried) >= STARTUP:
            good = good_ones(losses, share)
            asked = _drawn_from(tried[good], rng)
            ratio = density(tried[good], asked) / density(tried[~good], asked)
            asked = asked[np.argsort(-ratio, kind="stable")]  # the chosen one first
        candidates.append(asked)
        tried = np.append(tried, asked[0])
        losses = np.append(losses, loss_at(asked[0]) + rng.normal(0, LUCK))
    for array in (tried, losses, *candidates):
        array.flags.writeable = False  # the cache hands the same arrays to every caller
    return Run(tried, losses, tuple(candidates))


def _drawn_from(points: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw candidates from the density of the good ones."""
    width = (HIGH - LOW) * max(0.03, 0.35 / (1 + len(points)))
    about = rng.choice(np.append(points, np.nan), CANDIDATES)
    flat = rng.uniform(LOW, HIGH, CANDIDATES)
    near = np.clip(about + width * rng.normal(size=CANDIDATES), LOW, HIGH)
    return np.where(np.isnan(about), flat, near)


def draw(state: Parzen) -> Figure:
    """Draw the trials so far, both densities, and where the next trial goes."""
    found = run(state.share, state.seed)
    tried, losses = found.tried[: state.trials], found.losses[: state.trials]
    good = good_ones(losses, state.share)
    blind = state.trials < STARTUP
    # Axes at fixed places: a layout engine would draw it all twice.
    figure = NotebookFigure(figsize=(9.6, 5.8), layout="none")
    above = figure.add_axes((0.085, 0.53, 0.9, 0.31))
    below = figure.add_axes((0.085, 0.1, 0.9, 0.33))
    following = found.tried[state.trials]
    _draw_trials(above, tried, losses, good)
    _draw_densities(below, tried, good, None if blind else found.candidates[state.trials])
    for axes in (above, below):
        axes.axvline(following, color=PALETTE.vermillion, linewidth=1.6, linestyle=(0, (4, 2)))
        axes.set_xlim(LOW, HIGH)
        axes.set_xticks(list(TICKS), list(TICKS.values()))
    below.set_xlabel("learning rate")
    how = "drawn at random" if blind else "where l / g is largest"
    told = f"{state.trials} trials; the next one (red) at {10**following:.2g}, {how}"
    figure.text(0.012, 0.97, told, fontsize=13.5, weight="bold", va="center")
    if state.trials:
        best = tried[losses.argmin()]
        about = f"best so far: {losses.min():.4f}, at a learning rate of {10**best:.2g}"
        figure.text(0.012, 0.925, about, fontsize=12, color=PALETTE.soft, va="center")
    return figure


def _draw_trials(axes: Axes, tried: np.ndarray, losses: np.ndarray, good: np.ndarray) -> None:
    axes.plot(GRID, loss_at(GRID), color=PALETTE.grey, linewidth=1.2, linestyle=(0, (4, 3)))
    axes.plot(tried[~good], losses[~good], "o", color=PALETTE.orange, markersize=6)
    axes.plot(tried[good], losses[good], "o", color=PALETTE.blue, markersize=7.5)
    axes.set(ylim=(0.58, 0.65), ylabel="validation loss")
    axes.set_title("blue: the good ones so far; orange: the others; dashed: the mean loss",
                   fontsize=11, weight="normal", loc="left")  # fmt: skip


def _draw_densities(
    axes: Axes, tried: np.ndarray, good: np.ndarray, candidates: np.ndarray | None
) -> None:
    axes.set(ylim=(0, 1.6), ylabel="density")
    if candidates is None:
        axes.text(0.5, 0.5, f"no densities yet: the first {STARTUP} trials are drawn at random",
                  ha="center", va="center", transform=axes.transAxes)  # fmt: skip
        return
    for points, colour in ((tried[good], PALETTE.blue), (tried[~good], PALETTE.orange)):
        heights = density(points, GRID)
        axes.fill_between(GRID, heights, color=colour, alpha=0.25, linewidth=0)
        axes.plot(GRID, heights, color=colour, linewidth=1.8)
    axes.plot(candidates, np.full(len(candidates), 1.5), "|", color=PALETTE.ink, markersize=10)
    axes.plot(candidates[0], 1.5, "v", color=PALETTE.vermillion, markersize=9)
    axes.set_title("blue: l, where the good ones lie; orange: g, the others; "
                   "strokes: the candidates, drawn from l",
                   fontsize=11, weight="normal", loc="left")  # fmt: skip


EXPLORER = Explorer(
    "tpe",
    Parzen,
    draw,
    {
        "trials": Player(0, TRIALS, label="trials so far", every=500),
        "share": Choice(*SHARES, label="share that counts as good"),
        "seed": Choice(*SEEDS, label="seed of the sampler"),
    },
    wide=True,
)
