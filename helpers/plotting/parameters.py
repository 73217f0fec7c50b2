"""One hyperparameter as an axis: where its values stand, and what is written beside them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import (
    FixedLocator,
    FuncFormatter,
    LogLocator,
    MaxNLocator,
    NullFormatter,
    NullLocator,
)

ABSENT = "none"  # a conditional parameter that a trial was not asked for
JITTER = 0.17  # so far do trials that chose the same stand apart


@dataclass(frozen=True)
class ParameterAxis:
    """How a hyperparameter is drawn.

    Attributes
    ----------
    name : str
    choices : tuple
        In the order of their places 0, 1, 2; empty for numbers on a scale.
    log : bool
    low, high : float
        Of the scale.
    absent : bool
        Whether a place before the first choice is kept for trials without the parameter.
    """

    name: str
    choices: tuple[Hashable, ...] = ()
    log: bool = False
    low: float = 0.0
    high: float = 1.0
    absent: bool = False

    @property
    def label(self) -> str:
        """The name in words."""
        return self.name.replace("_", " ")

    def places(self, trials: Sequence[Any], *, jitter: bool = True) -> np.ndarray:
        """Return where trials stand, (T,) floats; NaN for one without the parameter on a scale."""
        places = np.array([self._place(trial.params) for trial in trials], float)
        if self.choices and jitter:
            # By the trial's number, so that a trial stays where it is when others come.
            numbers = np.array([trial.number for trial in trials])
            places += JITTER * (2 * (numbers * 0.618034 % 1) - 1)
        return places

    def units(self, trials: Sequence[Any]) -> np.ndarray:
        """Return places between 0, the lowest, and 1, as parallel coordinates need them."""
        places = self.places(trials, jitter=False)
        low, high = self.limits(0.0)
        if self.log:
            places, low, high = np.log(places), np.log(low), np.log(high)
        return (places - low) / (high - low) if high > low else np.full(len(places), 0.5)

    def limits(self, margin: float = 0.05) -> tuple[float, float]:
        """Return the ends of the axis, with a margin as a share of its length."""
        if self.choices:
            first = -1 if self.absent else 0
            wide = 0.5 if margin else 0.0
            return first - wide, len(self.choices) - 1 + wide
        if self.high == self.low:  # a space of one value
            return self.low - 0.5 * abs(self.low or 1), self.high + 0.5 * abs(self.high or 1)
        if self.log:
            room = (self.high / self.low) ** margin
            return self.low / room, self.high * room
        room = (self.high - self.low) * margin
        return self.low - room, self.high + room

    def ticks(self, *, few: bool = False) -> tuple[list[float], list[str]]:
        """Return places and texts for all choices, or for a few round numbers."""
        if self.choices:
            absent = [ABSENT] if self.absent else []
            return (
                [float(k - len(absent)) for k in range(len(self.choices) + len(absent))],
                [*absent, *map(str, self.choices)],
            )
        if self.log:
            found = LogLocator(subs=(1,) if few else (1, 3)).tick_values(self.low, self.high)
            inside = [v for v in found if self.low * 0.999 <= v <= self.high * 1.001]
        else:
            found = MaxNLocator(3 if few else 5, steps=[1, 2, 5, 10]).tick_values(
                self.low, self.high
            )
            inside = [v for v in found if self.low <= v <= self.high]
        return list(inside), [f"{value:.3g}" for value in inside]

    def apply(self, axes: Axes, side: str, *, few: bool = False) -> None:
        """Set scale, limits, ticks and label of the "x" or the "y" axis."""
        axis = {"x": axes.xaxis, "y": axes.yaxis}[side]
        scale = {"x": axes.set_xscale, "y": axes.set_yscale}[side]
        scale("log" if self.log else "linear")
        places, texts = self.ticks(few=few)
        axis.set_major_locator(FixedLocator(places))
        if side == "y":  # long words stand in two lines, so that the plot keeps its room
            texts = [text.replace("_", "\n") for text in texts]
        written = dict(zip(places, texts, strict=True))
        axis.set_major_formatter(FuncFormatter(lambda value, _: written.get(value, f"{value:.3g}")))
        axis.set_minor_locator(NullLocator())
        axis.set_minor_formatter(NullFormatter())
        {"x": axes.set_xlim, "y": axes.set_ylim}[side](*self.limits())
        axis.set_label_text(self.label)

    def _place(self, params: dict[str, Any]) -> float:
        if self.name not in params:
            return -1.0 if self.choices else np.nan
        value = params[self.name]
        return float(self.choices.index(value)) if self.choices else float(value)


def parameter_names(trials: Sequence[Any]) -> tuple[str, ...]:
    """Return the names of all parameters, in the order in which the fullest trial has them."""
    fullest = sorted(trials, key=lambda trial: -len(trial.params))
    return tuple(dict.fromkeys(name for trial in fullest for name in trial.params))


def parameter_axis(trials: Sequence[Any], name: str) -> ParameterAxis:
    """Learn from trials how a parameter is to be drawn: its choices, or its range and scale.

    Raises
    ------
    ValueError
        If no trial has the parameter.
    """
    having = [trial for trial in trials if name in trial.params]
    if not having:
        known = ", ".join(parameter_names(trials)) or "none yet"
        raise ValueError(f"No trial has a parameter {name!r}: choose from {known}.")
    absent = len(having) < len(trials)
    told = having[0].distributions[name]
    if hasattr(told, "choices"):
        return ParameterAxis(name, tuple(told.choices), absent=absent)
    whole = isinstance(told.low, int) and isinstance(told.high, int) and not told.log
    if whole and (told.high - told.low) / (told.step or 1) < 8:
        choices = tuple(range(told.low, told.high + 1, told.step or 1))
        return ParameterAxis(name, choices, absent=absent)
    return ParameterAxis(name, log=bool(told.log), low=float(told.low), high=float(told.high))
