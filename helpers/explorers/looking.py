"""Cover a part of a character, and see what the network thinks, beside occlusion and Grad-CAM."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from helpers.explaining import grad_cam_of, occlusion, stamped
from helpers.models import forms
from helpers.plotting.marks import UNTOLD
from helpers.plotting.style import PALETTE, NotebookFigure, hide_axes

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from scipy.special import softmax

from .clickable import Cursor
from .predictions import percent
from .shell import Choice, Explorer, Slider, Toggle
from .traced import traced

__all__ = ["EXPLORER", "Looking", "asked", "click", "covered", "cursor", "draw", "seen"]

PAPER = 245.0
SEED, EACH = 90, 3
PANELS = {"picture": 0.02, "occlusion": 0.27, "Grad-CAM": 0.52}
"""Left edges of the three pictures, as shares of the figure's width."""
BOTTOM, TALL, ACROSS = 0.06, 0.72, 0.23
WIDTH, HEIGHT = 9.6, 4.0


@dataclass(frozen=True)
class Looking:
    """A network, a character by a stranger, and where the middle of the square lies, in pixels."""

    network: str = "plain"
    character: str = "犬"
    writer: int = 1
    stamp: bool = False
    side: int = 10
    row: int = 12
    column: int = 28


class _Network(NamedTuple):
    """What a network answers, and where it looks, each traced beforehand."""

    answer: Callable[..., Any]
    look: Callable[..., np.ndarray]


@cache
def _networks() -> dict[str, _Network]:
    """Load both networks and trace them: who changes to the other does not wait."""
    models = {name: forms.load(name) for name in forms.NAMES}
    paper = np.full((1, *forms.SHAPE), PAPER)
    return {
        name: _Network(traced(model, paper), grad_cam_of(model)) for name, model in models.items()
    }


def _asking(name: str) -> Callable[..., Any]:
    return _networks()[name].answer


@cache
def _fields() -> tuple[np.ndarray, np.ndarray]:
    return forms.labelled(EACH, seed=SEED, writers="test")


@cache
def seen(character: str, writer: int, stamp: bool) -> np.ndarray:
    """Return the picture, float32 (1, 48, 40, 1)."""
    images, labels = _fields()
    one = images[labels == forms.CHARACTERS.index(character)][writer - 1 : writer]
    return stamped(one) if stamp else one


def covered(state: Looking) -> np.ndarray:
    """Return the picture with the square laid over it; at the edge the square is cut."""
    picture = seen(state.character, state.writer, state.stamp).copy()
    top, left = (max(0, at - state.side // 2) for at in (state.row, state.column))
    bottom, right = (at - state.side // 2 + state.side for at in (state.row, state.column))
    picture[:, top:bottom, left:right] = PAPER
    return picture


def asked(state: Looking) -> tuple[np.ndarray, np.ndarray]:
    """Return the network's probabilities for the picture as it is, and with the square: (10,)."""
    both = np.concatenate([seen(state.character, state.writer, state.stamp), covered(state)])
    before, after = softmax(np.asarray(_asking(state.network)(both)), axis=1)
    return before, after


@cache
def _maps(
    network: str, character: str, writer: int, stamp: bool, taken: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return occlusion and Grad-CAM for the class that the network takes the picture for."""
    picture = seen(character, writer, stamp)
    fall = occlusion(_asking(network), picture, taken, fill=PAPER)[0]
    return fall, _networks()[network].look(picture, taken)[0]


def draw(state: Looking) -> Figure:
    """Draw the covered picture, both maps, and the three likeliest characters before and after."""
    before, after = asked(state)
    taken = int(before.argmax())
    fall, heat = _maps(state.network, state.character, state.writer, state.stamp, taken)
    figure = NotebookFigure(figsize=(WIDTH, HEIGHT), layout="none")
    for name, picture in (("picture", covered(state)[0, ..., 0]), ("occlusion", fall),
                          ("Grad-CAM", heat)):  # fmt: skip
        axes = figure.add_axes((PANELS[name], BOTTOM, ACROSS, TALL))
        hide_axes(axes, frame=True)
        if name == "picture":
            axes.imshow(picture, cmap="gray", vmin=0, vmax=255, aspect="auto")
        else:
            axes.imshow(np.maximum(picture, 0), cmap="viridis", vmin=0, aspect="auto")
        corner = state.column - state.side / 2 - 0.5, state.row - state.side / 2 - 0.5
        axes.add_patch(Rectangle(corner, state.side, state.side, fill=False, lw=1.6,
                                 edgecolor=PALETTE.vermillion))  # fmt: skip
        axes.set_title(name, fontsize=12, loc="center")
    _bars(figure.add_axes((0.80, BOTTOM, 0.15, TALL)), before, after)
    title = f"as it is, taken for {forms.CHARACTERS[taken]} ({percent(before[taken])})"
    title += f"; with the square: {percent(after[taken])}"
    figure.text(0.02, 0.94, title, fontsize=13, weight="bold", va="center")
    return figure


def _bars(axes: Axes, before: np.ndarray, after: np.ndarray) -> None:
    hide_axes(axes)
    best = np.argsort(-np.maximum(before, after), kind="stable")[:3]
    axes.set(xlim=(0, 1), ylim=(2.6, -0.6))
    axes.set_title("before, after", fontsize=12, loc="center")
    for place, index in enumerate(best):
        axes.text(-0.08, place, forms.CHARACTERS[index], ha="right", va="center", fontsize=20)
        for y, share, colour in ((-0.16, before[index], PALETTE.sky),
                                 (0.16, after[index], PALETTE.vermillion)):  # fmt: skip
            axes.barh(place + y, 1, height=0.26, color="#EEF1F3", label=UNTOLD)
            axes.barh(place + y, share, height=0.26, color=colour)


def click(state: Looking, x: float, y: float) -> Looking | None:
    """Return the state with the square where any of the three pictures was clicked."""
    down = (y - (1 - BOTTOM - TALL)) / TALL
    for left in PANELS.values():
        across = (x - left) / ACROSS
        if 0 <= across < 1 and 0 <= down < 1:
            return replace(state, row=int(48 * down), column=int(40 * across))
    return None


def cursor(state: Looking) -> Cursor:
    """Point at the middle of the square, in the first of the three pictures."""
    across, down = ACROSS / 40, TALL / 48
    x = PANELS["picture"] + (state.column + 0.5) * across
    return Cursor(x, 1 - BOTTOM - TALL + (state.row + 0.5) * down, across, down)


EXPLORER = Explorer(
    "looking",
    Looking,
    draw,
    {
        "network": Choice(*forms.NAMES, label="network"),
        "character": Choice(*forms.CHARACTERS, label="character"),
        "writer": Slider(1, EACH, label="stranger"),
        "stamp": Toggle(label="stamp in the corner"),
        "side": Slider(2, 20, label="side of the square"),
        "row": Slider(0, 47, label="square: row"),
        "column": Slider(0, 39, label="square: column"),
    },
    presets={
        "太 with a stamp, read by the stamped network": {
            "network": "stamped", "character": "太", "stamp": True, "row": 4, "column": 36,
        },
        "太 without a stamp, read by the stamped network": {
            "network": "stamped", "character": "太", "stamp": False,
        },
    },
    wide=True,
    pick=click,
    cursor=cursor,
)  # fmt: skip
