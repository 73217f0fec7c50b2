"""The controls of an explorer: what a field of its state may be, and the widget that sets it."""

import random
from collections.abc import Hashable
from dataclasses import KW_ONLY, dataclass
from numbers import Integral
from typing import Any

MOST_VALUES = 12  # that a sweep visits on one slider
FEW = 4  # choices up to this many are shown as buttons side by side
LABEL = {"description_width": "initial"}


@dataclass(frozen=True)
class Slider:
    """A number from ``min`` to ``max``; whole numbers if all three are whole."""

    min: float
    max: float
    step: float = 1
    _: KW_ONLY
    label: str | None = None

    def __post_init__(self):
        if not (self.min < self.max and self.step > 0):
            raise ValueError(
                f"Slider from {self.min} to {self.max} by {self.step}: min must lie below max, "
                "and step above 0."
            )

    @property
    def whole(self) -> bool:
        """Whether the slider takes whole numbers only."""
        return all(isinstance(number, Integral) for number in (self.min, self.max, self.step))

    def values(self) -> tuple[float, ...]:
        """Give every value, or twelve spread over a long slider, both ends among them."""
        steps = int((self.max - self.min) / self.step + 1e-9)
        chosen = {round(k * steps / (MOST_VALUES - 1)) for k in range(MOST_VALUES)}
        chosen = range(steps + 1) if steps < MOST_VALUES else sorted(chosen)
        return tuple(self.min + k * self.step for k in chosen)

    def allows(self, value: Any) -> bool:
        """Tell whether ``value`` lies on the slider."""
        return isinstance(value, int | float) and self.min <= value <= self.max

    def widget(self, value: float, label: str):
        """Build the slider."""
        import ipywidgets

        slider = ipywidgets.IntSlider if self.whole else ipywidgets.FloatSlider
        return slider(
            value, min=self.min, max=self.max, step=self.step, description=label, style=LABEL
        )


@dataclass(frozen=True, init=False)
class Choice:
    """One of a few options: text, numbers or anything that can be a key."""

    options: tuple[Hashable, ...]
    label: str | None

    def __init__(self, *options: Hashable, label: str | None = None):
        if len(options) < 2 or len(set(options)) < len(options):
            raise ValueError(f"Choice of {options}: give at least two options, all different.")
        object.__setattr__(self, "options", options)
        object.__setattr__(self, "label", label)

    def values(self) -> tuple[Hashable, ...]:
        """Give every option."""
        return self.options

    def allows(self, value: Any) -> bool:
        """Tell whether ``value`` is one of the options."""
        return value in self.options

    def widget(self, value: Hashable, label: str):
        """Build buttons for a few short options, a menu for more."""
        import ipywidgets

        names = [str(option) for option in self.options]
        short = len(names) <= FEW and sum(map(len, names)) <= 24
        kind = ipywidgets.ToggleButtons if short else ipywidgets.Dropdown
        options = list(zip(names, self.options, strict=True))
        widget = kind(options=options, value=value, description=label, style=dict(LABEL))
        if short:
            widget.style.button_width = "auto"
        return widget


@dataclass(frozen=True)
class Toggle:
    """On or off."""

    _: KW_ONLY
    label: str | None = None

    def values(self) -> tuple[bool, bool]:
        """Give both."""
        return (False, True)

    def allows(self, value: Any) -> bool:
        """Tell whether ``value`` is on or off."""
        return isinstance(value, bool)

    def widget(self, value: bool, label: str):
        """Build a check box."""
        import ipywidgets

        return ipywidgets.Checkbox(value, description=label, indent=False, style=LABEL)


@dataclass(frozen=True)
class Grid:
    """A matrix of numbers to edit; its value is a tuple of rows, each a tuple of numbers."""

    rows: int
    columns: int
    min: float = -10
    max: float = 10
    step: float = 1
    _: KW_ONLY
    label: str | None = None

    def values(self) -> tuple[tuple[tuple[float, ...], ...], ...]:
        """Give five matrices: all least, all greatest, all equal, one spot, and random."""
        low, high = self.min, self.max
        rest = min(max(0, low), high)
        generator = random.Random(0)
        steps = int((high - low) / self.step + 1e-9)

        def matrix(entry):
            return tuple(tuple(entry(r, c) for c in range(self.columns)) for r in range(self.rows))

        centre = (self.rows // 2, self.columns // 2)
        return (
            matrix(lambda r, c: low),
            matrix(lambda r, c: high),
            matrix(lambda r, c: rest),
            matrix(lambda r, c: high if (r, c) == centre else rest),
            matrix(lambda r, c: low + generator.randint(0, steps) * self.step),
        )

    def allows(self, value: Any) -> bool:
        """Tell whether ``value`` is a matrix of this shape with entries in range."""
        try:
            rows = [list(row) for row in value]
        except TypeError:
            return False
        shape_fits = len(rows) == self.rows and all(len(row) == self.columns for row in rows)
        return shape_fits and all(self.min <= entry <= self.max for row in rows for entry in row)

    def widget(self, value, label: str):
        """Build one box for each number."""
        from .grid import GridWidget

        return GridWidget(self, value, label)


Control = Slider | Choice | Toggle | Grid
