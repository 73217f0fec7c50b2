"""Stack layers, and see what each costs: sizes, parameters, multiplications."""

from dataclasses import dataclass

from helpers.plotting.style import PALETTE, NotebookFigure, hide_axes

from matplotlib.figure import Figure

from .shell import Choice, Explorer, Slider

__all__ = ["EXPLORER", "Building", "Step", "draw", "steps"]

PICTURES = {"28 × 28, grey": (28, 28, 1), "80 × 60, grey": (80, 60, 1),
            "224 × 224, colour": (224, 224, 3)}  # fmt: skip
NOTHING, POOL, STRIDED = "–", "max pool 2", "conv 3, stride 2"
KINDS = (NOTHING, "conv 3", "conv 5", STRIDED, "separable 3", "residual unit", POOL)
HEADS = ("average", "flatten")
PLACES = 7
WIDTH, HEIGHT = 9.6, 5.2


@dataclass(frozen=True)
class Building:
    """A picture, up to seven layers, the filters of the first one, and the head."""

    picture: str = "80 × 60, grey"
    first: str = "conv 3"
    second: str = POOL
    third: str = "conv 3"
    fourth: str = POOL
    fifth: str = "conv 3"
    sixth: str = NOTHING
    seventh: str = NOTHING
    filters: int = 16
    head: str = "average"
    classes: int = 55


@dataclass(frozen=True)
class Step:
    """One layer: its name, the shape that it gives, and what it costs for one picture."""

    name: str
    shape: tuple[int, ...]
    parameters: int = 0
    multiplications: int = 0


def steps(state: Building) -> list[Step]:
    """Return what is stacked, from the picture to the logits.

    Convolutions have the padding "same" and biases, residual units none; where maps have been
    halved, there are twice as many filters. A layer that no longer fits is left out.
    """
    shape, filters = PICTURES[state.picture], state.filters
    found = [Step("picture", shape)]
    row = (state.first, state.second, state.third, state.fourth, state.fifth, state.sixth,
           state.seventh)  # fmt: skip
    for kind in row:
        if kind == NOTHING or (kind in (POOL, STRIDED) and min(shape[:2]) < 2):
            continue
        if kind == POOL:
            shape = (shape[0] // 2, shape[1] // 2, shape[2])
            found.append(Step(kind, shape))
        else:
            found.append(_convolved(kind, shape, filters))
            shape = found[-1].shape
        if kind in (POOL, STRIDED) and len(found) > 2:
            filters *= 2
    return [*found, *_head(state, shape)]


def _convolved(kind: str, shape: tuple[int, ...], filters: int) -> Step:
    height, width, channels = shape
    if kind == STRIDED:
        height, width = -(-height // 2), -(-width // 2)
    if kind == "separable 3":
        weights, others = 9 * channels + channels * filters, filters
    elif kind == "residual unit":
        weights, others = 9 * channels * filters + 9 * filters**2, 8 * filters
        if channels != filters:
            weights, others = weights + channels * filters, others + 4 * filters
    else:
        weights, others = (25 if kind == "conv 5" else 9) * channels * filters, filters
    return Step(kind, (height, width, filters), weights + others, height * width * weights)


def _head(state: Building, shape: tuple[int, ...]) -> list[Step]:
    height, width, channels = shape
    values = channels if state.head == "average" else height * width * channels
    weights = values * state.classes
    dense = Step(f"dense {state.classes}", (state.classes,), weights + state.classes, weights)
    return [Step(state.head, (values,)), dense]


def draw(state: Building) -> Figure:
    """Draw a row for each layer: its shape, its parameters and its multiplications as bars."""
    rows = steps(state)
    figure = NotebookFigure(figsize=(WIDTH, HEIGHT), layout="none")
    axes = figure.add_axes((0.01, 0.02, 0.98, 0.86))
    hide_axes(axes)
    axes.set(xlim=(0, 1), ylim=(PLACES + 3.4, -0.7))
    whole = [sum(r.parameters for r in rows), sum(r.multiplications for r in rows)]
    heads = ((0.0, "layer"), (0.2, "gives"), (0.38, "parameters"), (0.7, "multiplications"))
    for x, text in heads:
        axes.text(x, -0.4, text, fontsize=12, weight="bold", va="center")
    for place, row in enumerate(rows):
        y = place + 0.4
        axes.text(0, y, row.name, fontsize=12, va="center")
        axes.text(0.2, y, " × ".join(map(str, row.shape)), fontsize=12, va="center")
        bars = ((0.38, row.parameters, PALETTE.sky), (0.7, row.multiplications, PALETTE.orange))
        for (x, count, colour), total in zip(bars, whole, strict=True):
            if count:
                axes.barh(y, 0.14 * count / total, 0.62, left=x, color=colour)
                axes.text(x + 0.14 * count / total + 0.006, y, f"{count:,}", fontsize=11,
                          va="center")  # fmt: skip
    title = f"{whole[0]:,} parameters, {whole[1]:,} multiplications for one picture"
    figure.text(0.01, 0.95, title, fontsize=13.5, weight="bold", va="center")
    return figure


EXPLORER = Explorer(
    "architecture",
    Building,
    draw,
    {
        "picture": Choice(*PICTURES, label="picture"),
        "first": Choice(*KINDS, label="layer 1"),
        "second": Choice(*KINDS, label="layer 2"),
        "third": Choice(*KINDS, label="layer 3"),
        "fourth": Choice(*KINDS, label="layer 4"),
        "fifth": Choice(*KINDS, label="layer 5"),
        "sixth": Choice(*KINDS, label="layer 6"),
        "seventh": Choice(*KINDS, label="layer 7"),
        "filters": Slider(4, 64, label="filters"),
        "head": Choice(*HEADS, label="then"),
        "classes": Slider(2, 100, label="classes"),
    },
    wide=True,
)
