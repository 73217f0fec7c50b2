"""Optuna's own Matplotlib plots, without their warnings and in the course's style."""

from __future__ import annotations

import warnings
from typing import Any
from unittest.mock import patch

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter

from .style import NotebookFigure

MOST_NAMES = 10  # in a legend; the trials of a whole study leave no room for the curves


def show_optuna(name: str, study: Any, **options: Any) -> Figure:
    """Draw one of the plots that Optuna brings along.

    Parameters
    ----------
    name : str
        A function of ``optuna.visualization.matplotlib`` without ``plot_`` before it:
        "optimization_history", "param_importances", "slice", "contour", "parallel_coordinate",
        "intermediate_values", "edf", "rank", "timeline".
    study : optuna.Study
    **options
        Passed on, as ``params=["learning_rate", "neurons"]``.

    Returns
    -------
    matplotlib.figure.Figure
        It belongs to no window and need not be closed.

    Raises
    ------
    ValueError
        If Optuna has no such plot.
    """
    import optuna.visualization.matplotlib as plots
    from matplotlib import pyplot

    known = [plot.removeprefix("plot_") for plot in plots.__all__ if plot.startswith("plot_")]
    if name not in known:
        raise ValueError(f"Optuna has no plot {name!r}: choose from {', '.join(sorted(known))}.")
    before = set(pyplot.get_fignums())
    with (
        warnings.catch_warnings(),
        matplotlib.rc_context({"figure.constrained_layout.use": False}),
        # Optuna would change the style of all figures that come later.
        patch.object(matplotlib.style, "use", lambda style: None),
    ):
        # What its drawing warns of, that it is experimental or an axis has one value, no reader can
        # change. Errors are raised, and what Optuna logs is logged.
        warnings.simplefilter("ignore")
        drawn = getattr(plots, f"plot_{name}")(study, **options)
    figure = _figure_of(drawn)
    for number in set(pyplot.get_fignums()) - before:
        pyplot.close(number)
    return _ours(figure, name)


def _figure_of(drawn: Any) -> Figure:
    """Return the figure of axes, or of an array of them."""
    axes = drawn.ravel()[0] if hasattr(drawn, "ravel") else drawn
    return axes.get_figure(root=True)


def _ours(figure: Figure, name: str) -> Figure:
    """Give a figure the room that its labels need, and let a notebook show it once."""
    panels = len(figure.axes)
    figure.set_size_inches(10.0 if panels > 3 else 8.5, 8.0 if panels > 7 else 4.6)
    figure.__class__ = NotebookFigure  # pyplot made it, of the plain class
    FigureCanvasAgg(figure)
    for axes in figure.axes:
        legend = axes.get_legend()
        if legend and len(legend.get_texts()) > MOST_NAMES:
            legend.remove()
        if name == "parallel_coordinate":
            axes.grid(False)  # of each axis, it would lie over the lines
            axes.yaxis.set_minor_formatter(NullFormatter())
    if name == "slice" and panels > 2:  # one panel and its colours leave that engine no rows
        figure.set_layout_engine("constrained")
        return figure
    # Laid out once, here: axes of the others suit no layout engine, and each drawing would say so.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figure.tight_layout()
    figure.set_layout_engine("none")
    return figure
