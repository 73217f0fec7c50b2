"""Learning from few pictures: what each strategy trains, and how far it gets."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Patch
from matplotlib.ticker import PercentFormatter

from .contrast import as_text
from .marks import UNTOLD
from .style import PALETTE, hide_axes, new_figure

LOOKS = {  # strategy: colour, line, marker
    "scratch": (PALETTE.grey, (0, (1, 1.2)), "s"),
    "augmented": (PALETTE.orange, (0, (4, 1.5)), "D"),
    "features": (PALETTE.sky, (0, (6, 1.5, 1, 1.5)), "v"),
    "frozen": (PALETTE.blue, "--", "^"),
    "fine-tuned": (PALETTE.vermillion, "-", "o"),
}
OTHERS = (PALETTE.green, PALETTE.purple, PALETTE.ink)
FADED = 0.25
LEARNS, FROZEN, PLAIN = "#F6C7A6", "#CFE3F2", "#E9EDF0"
CHANNELS = (("red", "#D62728"), ("green", "#2CA02C"), ("blue", "#1F77B4"))


def show_strategies(
    measured: Mapping,
    *,
    of: str = "accuracy",
    title: str | None = None,
) -> Figure:
    """Show accuracy over pictures a class, one line a strategy, with every seed as a dot.

    Parameters
    ----------
    measured
        As `helpers.models.backbone.measured` gives it: ``per_class``, ``strategies``, and under
        `of` for each strategy a list [pictures a class][seed].
    of
        "accuracy", or "careless" for the careless writer.
    title
        Title above.

    Returns
    -------
    matplotlib.figure.Figure
        Lines go through the means; the bar at each point reaches from the worst seed to the best.
    """
    figure = new_figure(8.5, 4.8)
    axes = figure.subplots()
    draw_strategies(axes, measured, of=of)
    if title:
        axes.set_title(title)
    return figure


def draw_strategies(
    axes: Axes, measured: Mapping, *, of: str = "accuracy", strong: Collection[str] = ()
) -> None:
    """Draw the lines of `show_strategies`; those not in `strong`, if it names any, are faded."""
    sizes, names = list(measured["per_class"]), list(measured["strategies"])
    ends = {}
    for index, name in enumerate(names):
        found = np.asarray(measured[of][name], float)
        if found.ndim != 2 or len(found) != len(sizes):
            raise ValueError(
                f"{of} of {name!r} has shape {found.shape}: give a row of seeds for each of "
                f"{len(sizes)} numbers of pictures."
            )
        colour, line, marker = _look(name, index)
        alpha = FADED if strong and name not in strong else 1.0
        # Side by side, so that the bars do not hide each other.
        x = np.arange(len(sizes)) + 0.05 * (index - (len(names) - 1) / 2)
        style = {"color": colour, "alpha": alpha}
        axes.vlines(x, found.min(axis=1), found.max(axis=1), linewidth=5, zorder=2,
                    color=colour, alpha=0.3 * alpha)  # fmt: skip
        axes.plot(x, found.mean(axis=1), linestyle=line, marker=marker, markersize=8, zorder=3,
                  markeredgecolor="white", label=name, **style)  # fmt: skip
        for place, seeds in zip(x, found, strict=True):
            axes.plot(
                [place] * len(seeds), seeds, ".", markersize=4, zorder=2.5, label=UNTOLD, **style
            )
        ends[name] = (found[-1].mean(), colour, alpha)
    axes.set_xticks(range(len(sizes)), [f"{size}" for size in sizes])
    axes.set(xlabel="pictures of each class", ylabel="accuracy", xlim=(-0.25, len(sizes) - 0.72))
    low, high = axes.get_ylim()
    axes.set_ylim(max(0, low), min(1, high) if high > 1 else high)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    axes.grid(False, axis="x")
    _name_ends(axes, ends, len(sizes) - 0.74)


def _look(name: str, index: int) -> tuple:
    return LOOKS.get(name, (OTHERS[index % len(OTHERS)], "-", "o"))


def _name_ends(axes: Axes, ends: Mapping[str, tuple], x: float) -> None:
    """Write each strategy beside its last point, as far apart as letters need."""
    low, high = axes.get_ylim()
    tall = axes.get_position().height * axes.get_figure().get_figheight() * 72
    apart = 17 / tall * (high - low)
    order = sorted(ends, key=lambda name: ends[name][0])
    places: list[float] = []
    for name in order:
        wish = ends[name][0]
        places.append(max(wish, places[-1] + apart) if places else wish)
    # Too high at the top: push down from there.
    ceiling = high - 0.1 * apart
    for k in reversed(range(len(places))):
        places[k] = min(places[k], ceiling)
        ceiling = places[k] - apart
    for name, place in zip(order, places, strict=True):
        value, colour, alpha = ends[name]
        axes.annotate(f"{name}  {100 * value:.0f} %", (x, place), va="center", 
                      color=as_text(colour), weight="bold" if alpha == 1 else "normal",
                      annotation_clip=False)  # fmt: skip


def show_plans(plans: Mapping[str, Sequence[tuple[str, str]]]) -> Figure:
    """Show for each strategy the parts that a picture passes, and which of them learn.

    Parameters
    ----------
    plans
        Strategy to its parts in order, each a name and a kind: "learns", "frozen", "slow" for
        what learns with a very low learning rate, "once" for what is computed a single time, or
        "plain" for what has no weights.

    Returns
    -------
    matplotlib.figure.Figure
    """
    kinds = {
        "plain": (PLAIN, "no weights"),
        "learns": (LEARNS, "learns"),
        "slow": ("#FBE6D6", "learns, in tiny steps"),
        "frozen": (FROZEN, "frozen"),
        "once": (FROZEN, "frozen, and runs only once"),
    }
    for name, parts in plans.items():
        if unknown := [kind for _, kind in parts if kind not in kinds]:
            raise ValueError(f"{name!r} has a part of kind {unknown[0]!r}: use {', '.join(kinds)}.")
    figure = new_figure(10, 0.9 * len(plans) + 0.75)
    axes = figure.subplots()
    hide_axes(axes)
    columns = max(map(len, plans.values()))
    axes.set(xlim=(-1.05, columns), ylim=(len(plans) - 0.45, -0.95))
    for row, (name, parts) in enumerate(plans.items()):
        axes.text(-0.12, row, name, ha="right", va="center", weight="bold")
        # The last parts stand below each other, whatever comes before.
        for column, (part, kind) in enumerate(parts, columns - len(parts)):
            box = FancyBboxPatch(
                (column + 0.08, row - 0.3), 0.8, 0.6, boxstyle="round,pad=0,rounding_size=0.08",
                facecolor=kinds[kind][0], edgecolor=PALETTE.ink if kind == "once" else "none",
                linestyle="--", mutation_aspect=0.8,
            )  # fmt: skip
            axes.add_patch(box)
            axes.text(column + 0.48, row, part, ha="center", va="center", fontsize=12)
            if column + 1 < columns:
                axes.annotate("", (column + 1.07, row), (column + 0.89, row),
                              arrowprops={"arrowstyle": "->", "color": PALETTE.ink})  # fmt: skip
    used = dict.fromkeys(kind for parts in plans.values() for _, kind in parts)
    handles = [
        Patch(
            facecolor=kinds[k][0], linestyle="--", edgecolor=PALETTE.ink if k == "once" else "none"
        )
        for k in used
    ]
    names = [kinds[kind][1] for kind in used]
    axes.legend(handles, names, loc="upper right", ncols=len(used), columnspacing=1.4,
                handlelength=1.2, handleheight=1.0, borderaxespad=0)  # fmt: skip
    return figure


def show_parameters(parts: Mapping[str, tuple[int, int]]) -> Figure:
    """Show how many parameters networks have, and how many of them are in the top.

    Parameters
    ----------
    parts
        Name to (parameters without the top, parameters of the top).
    """
    figure = new_figure(9, 1.4 + 0.45 * len(parts))
    axes = figure.subplots()
    names = list(parts)
    base, top = (np.array([parts[name][k] for name in names]) / 1e6 for k in (0, 1))
    axes.barh(names, base, height=0.66, color=PALETTE.blue, label="base: the features")
    axes.barh(names, top, left=base, height=0.66, color=PALETTE.orange,
              label="top: the 1,000 classes")  # fmt: skip
    for place, whole in enumerate(base + top):
        axes.annotate(f"{1e6 * whole:,.0f}", (whole, place), (5, 0), textcoords="offset points",
                      va="center", fontsize=12)  # fmt: skip
    axes.invert_yaxis()
    axes.margins(x=0.2)
    axes.set(xlabel="parameters, in millions")
    axes.grid(False, axis="y")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
    return figure


def show_inputs(images: Mapping[str, np.ndarray]) -> Figure:
    """Show one colour picture under several preprocessings: how often each value occurs.

    Parameters
    ----------
    images
        Name of the preprocessing to (H, W, 3) values, the first channel called red; a name that
        contains "BGR" has blue first.
    """
    figure = new_figure(10, 3.1)
    panels = figure.subplots(1, len(images), squeeze=False)[0]
    for axes, (name, image) in zip(panels, images.items(), strict=True):
        image = np.asarray(image, float)
        if image.ndim != 3 or image.shape[2] != 3:
            raise ValueError(f"images[{name!r}] has shape {image.shape}: give (H, W, 3).")
        edges = np.linspace(image.min(), image.max(), 41)
        order = CHANNELS[::-1] if "BGR" in name else CHANNELS
        for k, (channel, colour) in enumerate(order):
            style = {"color": colour, "linewidth": 2, "linestyle": ("-", "--", ":")[k]}
            axes.hist(image[..., k].ravel(), edges, histtype="step",
                      label=f"channel {k}: {channel}", **style)  # fmt: skip
        axes.set(title=name, yticks=[])
        axes.set_xlabel(f"from {image.min():.4g} to {image.max():.4g}".replace("-", "−"))
        axes.spines["left"].set_visible(False)
        axes.set_ylim(top=1.75 * axes.get_ylim()[1])
        axes.legend(loc="upper left", fontsize=10.5, handlelength=1.6, borderaxespad=0.1)
    panels[0].set_ylabel("pixels")
    return figure
