"""Nine weights on their way to a kernel that they were never told, and the loss beside them."""

from dataclasses import dataclass
from functools import lru_cache

from helpers import loading
from helpers.plotting.celltext import add_cell_text
from helpers.plotting.contrast import as_text
from helpers.plotting.pixels import cell_lines, weight_format
from helpers.plotting.style import DIVERGING, PALETTE, NotebookFigure, hide_axes, text_colour

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .convolution import KERNELS, slide
from .shell import Choice, Explorer, Player

__all__ = ["EXPLORER", "Learning", "draw", "path"]

STEPS = 100
SIDE = 16  # pixels of a training picture
GOALS = ("Sobel x", "Sobel y", "box blur", "sharpen")
RATES = (0.01, 0.05, 0.15, 0.25)
STARTS = ("zeros", "random")
LOWEST, HIGHEST = 1e-5, 1e5  # of the loss, in the figure
WIDEST = 3.2  # of a weight


@dataclass(frozen=True)
class Learning:
    """What is to be found, how large the steps are, and how many have been taken."""

    step: int = 12
    goal: str = "Sobel x"
    rate: float = 0.15
    start: str = "zeros"


@lru_cache
def _windows() -> np.ndarray:
    """Return the 3 x 3 windows (N, 9) of the training pictures, each picture of mean 0."""
    grey = loading.photographs().mean(axis=3)
    corners = [(r, c) for r in range(30, 380, 48) for c in range(40, 600, 80)]
    pictures = np.array([one[r : r + SIDE, c : c + SIDE] for one in grey for r, c in corners])
    pictures -= pictures.mean(axis=(1, 2), keepdims=True)
    pictures /= pictures.std()
    windows = np.lib.stride_tricks.sliding_window_view(pictures, (3, 3), axis=(1, 2))
    return windows.reshape(-1, 9)


@lru_cache
def path(goal: str, rate: float, start: str) -> tuple[np.ndarray, np.ndarray]:
    """Follow gradient descent on the mean squared error from its start.

    Parameters
    ----------
    goal
        Name of the kernel that made the wanted maps; one of ``GOALS``.
    rate
        Learning rate.
    start
        One of ``STARTS``.

    Returns
    -------
    weights : (STEPS + 1, 9) array
    losses : (STEPS + 1,) array
    """
    windows = _windows()
    products = windows.T @ windows / len(windows)  # all that the gradient needs of the pictures
    wanted = np.ravel(KERNELS[goal])
    begun = np.random.default_rng(4).normal(0, 1, 9) if start == "random" else np.zeros(9)
    weights = np.empty((STEPS + 1, 9))
    weights[0] = begun
    for step in range(STEPS):
        weights[step + 1] = weights[step] - rate * 2 * products @ (weights[step] - wanted)
    off = weights - wanted
    losses = np.einsum("si,ij,sj->s", off, products, off)
    for array in (weights, losses):
        array.flags.writeable = False  # the cache hands the same arrays to every caller
    return weights, losses


@lru_cache
def _example() -> np.ndarray:
    temple = loading.photographs()[0].mean(axis=2)[60:140, 180:300]
    return (temple - temple.mean()) / temple.std()


def draw(state: Learning) -> Figure:
    """Draw an example, the kernel so far, the paths of its weights, and the loss."""
    weights, losses = path(state.goal, state.rate, state.start)
    kernel = weights[state.step].reshape(3, 3)
    wanted = np.array(KERNELS[state.goal], float)
    # Axes at fixed places: a layout engine would draw it all twice.
    figure = NotebookFigure(figsize=(9.6, 5.9), layout="none")
    maps = [slide(_example(), one, padded=False) for one in (kernel, wanted)]
    limit = np.quantile(np.abs(maps[1]), 0.99)
    shown = {
        "picture": (_example(), 2.5),
        "its answer": (maps[0], limit),
        "wanted": (maps[1], limit),
    }
    for column, (name, (image, most)) in enumerate(shown.items()):
        axes = figure.add_axes((0.02 + 0.215 * column, 0.64, 0.205, 0.26))
        grey = (127.5 + 127.5 * np.clip(image / most, -1, 1)).astype(np.uint8)
        axes.imshow(np.repeat(grey[..., np.newaxis], 3, axis=2))  # no colours to look up: quicker
        hide_axes(axes)
        axes.set_title(name, fontsize=12, loc="center")
    axes = figure.add_axes((0.735, 0.6, 0.22, 0.31))
    _draw_kernel(axes, kernel, np.abs(wanted).max())
    axes.set_title(f"its weights after {state.step} steps", fontsize=12, loc="center")
    _draw_paths(figure.add_axes((0.065, 0.1, 0.40, 0.38)), weights, wanted, state.step)
    _draw_losses(figure.add_axes((0.575, 0.1, 0.40, 0.38)), losses, state.step)
    figure.suptitle(_headline(state, losses), fontsize=13, y=0.985)
    return figure


def _headline(state: Learning, losses: np.ndarray) -> str:
    now = losses[state.step]
    text = f"loss {now:.3g}" if now < HIGHEST else f"loss above {HIGHEST:,.0f}"
    grows = bool(losses[-1] > losses[0])
    return f"Step {state.step}: {text}" + ", and growing: each step is too long" * grows


def _draw_kernel(axes: Axes, kernel: np.ndarray, limit: float) -> None:
    drawn = axes.imshow(kernel, cmap=DIVERGING, vmin=-limit, vmax=limit)
    hide_axes(axes)
    cell_lines(axes, 3, 3)
    rounded = kernel.round(2) + 0.0  # no minus before zero
    write = weight_format(rounded)
    for (row, column), weight in np.ndenumerate(rounded):
        text = write(weight) if abs(weight) < 100 else "large"
        colour = text_colour(drawn.cmap(drawn.norm(weight)))
        add_cell_text(axes, column, row, text, height=0.4, largest=15, color=colour)


def _draw_paths(axes: Axes, weights: np.ndarray, wanted: np.ndarray, step: int) -> None:
    """Draw the nine weights up to a step, and where each of them has to go."""
    most = max(WIDEST, np.abs(wanted).max() + 0.5)
    colours = [PALETTE.blue, PALETTE.green, PALETTE.vermillion]  # left, middle, right column
    for column, colour in enumerate(colours):
        paths = weights[: step + 1, column::3].clip(-9, 9)
        axes.plot(paths, color=colour, linewidth=1.8)
        axes.plot([step] * 3, paths[-1], "o", color=colour, markersize=5)
    for goal in np.unique(wanted):
        axes.axhline(goal, color=PALETTE.grey, linewidth=0.9, linestyle=(0, (4, 3)))
    axes.set(xlim=(-2, STEPS + 2), ylim=(-most - 1, most), xlabel="step")
    axes.set_title("nine weights (dashed: where they have to go)", fontsize=12, loc="left")
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}  # a path may run below a name
    for place, name in enumerate(("left column", "middle", "right column")):
        axes.text(0.02 + 0.35 * place, 0.06, name, transform=axes.transAxes, fontsize=11,
                  color=as_text(colours[place]), bbox=paper, zorder=5)  # fmt: skip


def _draw_losses(axes: Axes, losses: np.ndarray, step: int) -> None:
    """Draw the loss on a logarithmic scale; labels are plain text, which is quick to draw."""
    seen = np.log10(losses[: step + 1].clip(LOWEST, HIGHEST))
    axes.plot(seen, color=PALETTE.ink, linewidth=2)
    axes.plot(step, seen[-1], "o", color=PALETTE.ink)
    axes.set_yticks([-4, -2, 0, 2, 4], ["0.0001", "0.01", "1", "100", "10,000"])
    axes.set(xlim=(-2, STEPS + 2), ylim=np.log10([LOWEST / 2, 2 * HIGHEST]), xlabel="step")
    axes.set_title("loss (mean squared error)", fontsize=12, loc="left")


EXPLORER = Explorer(
    "learning",
    Learning,
    draw,
    {
        "step": Player(0, STEPS, label="step", every=250),
        "rate": Choice(*RATES, label="learning rate"),
        "start": Choice(*STARTS, label="start"),
        "goal": Choice(*GOALS, label="to be found"),
    },
    wide=True,
)
