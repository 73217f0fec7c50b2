"""Click a layer to freeze it, train, and see which weights move: only what was compiled learns."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from helpers.plotting.contrast import as_text
from helpers.plotting.style import DIVERGING, PALETTE, NotebookFigure

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from .clickable import Cursor
from .shell import Explorer, Player, Toggle

__all__ = ["EXPLORER", "Freezing", "click", "cursor", "draw", "flags", "train"]

NAMES = ("stem", "block_1", "block_2", "head")
STEPS, RATE = 40, 0.4
WIDTH, CLASSES, EXAMPLES = 8, 3, 90
HEIGHT = 5.2
LEFT, GAP, BOX = 0.015, 0.018, 0.155  # of the four boxes, in shares of the figure's width
BOTTOM, TOP = 0.10, 0.84
COMPILE = (0.735, 0.70, 0.25, 0.14)  # left, bottom, width, height of the box that compiles
LIMIT = 1.2  # of a weight's colour
HEAD_ONLY = (False, False, False, True)


@dataclass(frozen=True)
class Freezing:
    """Which layers are trainable, which were so when it was compiled, and how long it trains."""

    step: int = 20
    stem: bool = False
    block_1: bool = False
    block_2: bool = True
    head: bool = True
    always: bool = False
    compiled: tuple[bool, ...] = HEAD_ONLY


class Training(NamedTuple):
    """Kernels and biases of the layers after each step, and the loss."""

    weights: tuple[tuple[np.ndarray, ...], ...]
    losses: np.ndarray


def flags(state: Freezing) -> tuple[bool, ...]:
    """Return what ``trainable`` says, layer by layer."""
    return tuple(getattr(state, name) for name in NAMES)


@lru_cache
def _task(number: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw examples, and name their classes by a network of its own; the tasks share the examples.

    Task 0 is the one that the base was trained for, task 1 that of the reader.
    """
    x = np.random.default_rng(70).normal(size=(EXAMPLES, WIDTH))
    rng = np.random.default_rng(71 + number)
    scores = np.tanh(x @ rng.normal(size=(WIDTH, WIDTH))) @ rng.normal(size=(WIDTH, CLASSES))
    return x, np.eye(CLASSES)[scores.argmax(axis=1)]


def _fresh(seed: int) -> list[np.ndarray]:
    """Draw weights: for each layer a kernel with its bias in the last row."""
    rng = np.random.default_rng(seed)
    sides = [(WIDTH, WIDTH)] * 3 + [(WIDTH, CLASSES)]
    return [np.vstack([rng.normal(0, 1 / np.sqrt(a), (a, b)), np.zeros(b)]) for a, b in sides]


def _steps(weights: list[np.ndarray], task: int, learns: tuple[bool, ...], steps: int) -> Training:
    """Take gradient steps on the cross-entropy; a layer that does not learn stays as it is."""
    x, wanted = _task(task)
    one, path, losses = np.ones((EXAMPLES, 1)), [], []
    for _ in range(steps + 1):
        inputs = [np.hstack([x, one])]
        for kernel in weights[:-1]:
            inputs.append(np.hstack([np.tanh(inputs[-1] @ kernel), one]))
        scores = inputs[-1] @ weights[-1]
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        path.append(tuple(weights))
        losses.append(-np.log((shares * wanted).sum(axis=1)).mean())
        slope, moved = (shares - wanted) / EXAMPLES, list(weights)
        for layer in reversed(range(len(weights))):
            if learns[layer]:
                moved[layer] = weights[layer] - RATE * inputs[layer].T @ slope
            slope = (slope @ weights[layer].T)[:, :-1] * (1 - inputs[layer][:, :-1] ** 2)
        weights = moved
    return Training(tuple(path), np.array(losses))


@lru_cache
def train(learns: tuple[bool, ...]) -> Training:
    """Train from a base that has learned another task, and a fresh head."""
    base = _steps(_fresh(73), 0, (True,) * 4, 300).weights[-1]
    return _steps([*base[:3], _fresh(74)[3]], 1, learns, STEPS)


def draw(state: Freezing) -> Figure:
    """Draw each layer with its weights and how far they have moved, and the loss."""
    found = train(state.compiled)
    first, now = found.weights[0], found.weights[state.step]
    figure = NotebookFigure(figsize=(10, HEIGHT), layout="none")
    canvas = figure.add_axes((0, 0, 1, 1))
    canvas.set(xlim=(0, 1), ylim=(0, 1))
    canvas.axis("off")
    for layer, (name, flag) in enumerate(zip(NAMES, flags(state), strict=True)):
        _draw_layer(canvas, layer, name, flag, state.compiled[layer], first[layer], now[layer])
    _draw_compile(canvas, flags(state) != state.compiled)
    canvas.set(xlim=(0, 1), ylim=(0, 1))
    axes = figure.add_axes((0.785, 0.2, 0.2, 0.36))
    axes.plot(found.losses[: state.step + 1], color=PALETTE.ink, linewidth=2)
    axes.plot(state.step, found.losses[state.step], "o", color=PALETTE.ink)
    axes.set(xlim=(-1, STEPS + 1), ylim=(0, 1.8), xlabel="step")
    axes.set_title("loss", fontsize=11.5, weight="normal", loc="left")
    learned = sum(w.size for w, learns in zip(first, state.compiled, strict=True) if learns)
    told = (f"Step {state.step}: {learned} of {sum(w.size for w in first)} numbers learn, "
            f"loss {found.losses[state.step]:.2f}")  # fmt: skip
    figure.text(0.012, 0.95, told, fontsize=13.5, weight="bold", va="center")
    figure.text(
        0.012, 0.89, _warning(state), fontsize=12, color=as_text(PALETTE.vermillion), va="center"
    )
    return figure


def _warning(state: Freezing) -> str:
    pairs = zip(NAMES, flags(state), state.compiled, strict=True)
    stale = [name.replace("_", " ") for name, flag, learns in pairs if flag != learns]
    if not stale:
        return ""
    return f"Changed since it was compiled, so without effect yet: {', '.join(stale)}."


def _left(layer: int) -> float:
    return LEFT + layer * (BOX + GAP)


def _draw_layer(
    canvas: Axes,
    layer: int,
    name: str,
    flag: bool,
    learns: bool,
    first: np.ndarray,
    now: np.ndarray,
) -> None:
    left, colour = _left(layer), PALETTE.green if flag else PALETTE.sky
    style = {"linewidth": 2.2} if flag == learns else {"linewidth": 1.2, "linestyle": (0, (4, 3))}
    _draw_box(canvas, (left, BOTTOM, BOX, TOP - BOTTOM), colour, **style)
    middle = left + BOX / 2
    said = "trainable" if flag else "frozen"
    canvas.text(middle, 0.80, name.replace("_", " "), ha="center", va="center", fontsize=12.5,
                weight="bold")  # fmt: skip
    canvas.text(middle, 0.745, said, ha="center", va="center", fontsize=11.5)
    wide = BOX * 0.86 * now.shape[1] / WIDTH
    for bottom, values, title in ((0.45, now, "weights now"), (0.165, now - first, "moved by")):
        extent = (middle - wide / 2, middle + wide / 2, bottom, bottom + 0.215)
        style = {"cmap": DIVERGING, "vmin": -LIMIT, "vmax": LIMIT, "aspect": "auto", "zorder": 2}
        canvas.imshow(values, extent=extent, **style)
        canvas.text(middle, bottom + 0.232, title, ha="center", va="bottom", fontsize=11)
    far = np.abs(now - first).max()
    canvas.text(middle, 0.13, f"at most {far:.2f}" if far else "nothing", ha="center", va="center",
                fontsize=11, weight="bold" if far else "normal")  # fmt: skip


def _draw_compile(canvas: Axes, stale: bool) -> None:
    left, bottom, wide, high = COMPILE
    colour = PALETTE.vermillion if stale else PALETTE.grey
    _draw_box(canvas, COMPILE, colour, linewidth=2)
    word = "click: model.compile(…)" if stale else "compiled as it stands"
    canvas.text(left + wide / 2, bottom + high / 2, word, ha="center", va="center", fontsize=12)


def _draw_box(
    canvas: Axes, place: tuple[float, float, float, float], colour: str, **style: Any
) -> None:
    left, bottom, wide, high = place
    box = FancyBboxPatch((left, bottom), wide, high, boxstyle="round,pad=0,rounding_size=0.01",
                         facecolor=to_rgba(colour, 0.16), edgecolor=colour, **style)  # fmt: skip
    canvas.add_patch(box)


def click(state: Freezing, x: float, y: float) -> Freezing | None:
    """Return the state after a click: on a layer, or on the box that compiles."""
    height = 1 - y
    left, bottom, wide, high = COMPILE
    if left <= x < left + wide and bottom <= height < bottom + high:
        return replace(state, compiled=flags(state))
    for layer, name in enumerate(NAMES):
        if 0 <= x - _left(layer) < BOX and BOTTOM <= height < TOP:
            changed = replace(state, **{name: not getattr(state, name)})
            return _settled(state, changed)
    return None


def cursor(state: Freezing) -> Cursor:
    """Begin on the first layer; the next ones follow to the right, and then what compiles."""
    return Cursor(LEFT + BOX / 2, 0.5, BOX + GAP, 0.27, follows=False)


def _settled(before: Freezing, after: Freezing) -> Freezing:
    """Compile after each change, where the reader wants that."""
    return replace(after, compiled=flags(after)) if after.always else after


def _plan(*learns: bool) -> dict[str, Any]:
    return dict(zip(NAMES, learns, strict=True)) | {"compiled": learns}


PRESETS = {
    "frozen base": _plan(*HEAD_ONLY),
    "last block unfrozen": _plan(False, False, True, True),
    "all unfrozen": _plan(True, True, True, True),
    "all but the head": _plan(True, True, True, False),
    "all frozen": _plan(False, False, False, False),
    "unfrozen, not compiled": _plan(True, True, True, True) | {"compiled": HEAD_ONLY},
}

EXPLORER = Explorer(
    "freezing",
    Freezing,
    draw,
    {
        "step": Player(0, STEPS, label="step", every=250),
        **{name: Toggle(label=f"{name.replace('_', ' ')} trainable") for name in NAMES},
        "always": Toggle(label="compile after each change"),
    },
    PRESETS,
    settle=_settled,
    wide=True,
    presets_label="plan",
    pick=click,
    cursor=cursor,
)
