"""Pictures as points of a plane: near each other where a network finds them alike."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from .alttext import describe
from .contrast import as_text
from .style import NOTEBOOK_WIDTH, PALETTE, hide_axes, new_figure

COLOURS = (*PALETTE.outlines, PALETTE.grey, PALETTE.ink)


def show_embeddings(
    places: Mapping[str, np.ndarray], labels: Sequence[int], names: Sequence[str]
) -> Figure:
    """Show embeddings side by side; each picture is written as the name of its class.

    Parameters
    ----------
    places
        Title to places (N, 2), one embedding for each panel.
    labels
        (N,) ints from 0.
    names
        The classes' names, a letter or a character each.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        When places and labels do not belong together, or a label has no name.
    """
    labels = np.asarray(labels)
    if not places:
        raise ValueError("There is no embedding: give at least one, title: places (N, 2).")
    if labels.size and not 0 <= labels.min() <= labels.max() < len(names):
        raise ValueError(f"Labels reach {labels.max()}, and there are {len(names)} names.")
    figure = new_figure(NOTEBOOK_WIDTH, NOTEBOOK_WIDTH / max(len(places), 2) + 0.4)
    for axes, (title, points) in zip(
        figure.subplots(1, len(places), squeeze=False)[0], places.items(), strict=True
    ):
        points = np.asarray(points, float)
        if points.shape != (len(labels), 2):
            raise ValueError(
                f"{title!r} has shape {points.shape} for {len(labels)} labels: give (N, 2)."
            )
        hide_axes(axes, frame=True)
        axes.plot(*points.T, linestyle="")  # only to find the limits
        axes.margins(0.06)
        for (x, y), label in zip(points, labels, strict=True):
            axes.text(x, y, names[label], color=as_text(COLOURS[label % len(COLOURS)]), fontsize=9,
                      ha="center", va="center", clip_on=True)  # fmt: skip
        axes.set_title(title, fontsize=12, loc="center")
    return describe(_in_words(places, labels, names), figure)


def _in_words(places: Mapping[str, np.ndarray], labels: np.ndarray, names: Sequence[str]) -> str:
    """Say how well each embedding keeps the classes together."""
    told = []
    for title, points in places.items():
        points = np.asarray(points, float)
        away = ((points[:, None] - points[None]) ** 2).sum(axis=2)
        np.fill_diagonal(away, np.inf)
        same = labels[away.argmin(axis=1)] == labels if len(labels) > 1 else np.ones(1)
        told.append(
            f"{title}: {100 * np.mean(same):.0f} % have one of their own class next to them"
        )
    return (
        f"{len(labels)} pictures as points, each written as its class ({', '.join(names)}). "
        f"{'; '.join(told)}."
    )
