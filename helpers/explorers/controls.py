"""The controls of an explorer: what a field of its state may be, and the widget that sets it."""

import random
from collections.abc import Hashable, Sequence
from dataclasses import KW_ONLY, dataclass
from numbers import Integral
from typing import Any

from .photographs import striped_png

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


@dataclass(frozen=True)
class Player(Slider):
    """A slider of whole numbers that a button sets going, from where it stands to its end.

    ``every`` is the time between two steps, in milliseconds: longer than a redraw takes.
    """

    _: KW_ONLY
    every: int = 400

    def __post_init__(self):
        super().__post_init__()
        if not self.whole:
            raise ValueError(
                f"Player from {self.min} to {self.max} by {self.step}: it takes whole numbers only."
            )

    def widget(self, value: int, label: str):
        """Build the button with its slider."""
        from .player import PlayerWidget

        return PlayerWidget(self, value, label)


@dataclass(frozen=True, init=False)
class Choice:
    """One of a few options: text, numbers or anything that can be a key.

    ``names`` says how each option is written in the menu; by default as ``str`` writes it.
    """

    options: tuple[Hashable, ...]
    label: str | None
    names: tuple[str, ...]

    def __init__(
        self, *options: Hashable, label: str | None = None, names: Sequence[str] | None = None
    ):
        if len(options) < 2 or len(set(options)) < len(options):
            raise ValueError(f"Choice of {options}: give at least two options, all different.")
        names = tuple(map(str, options)) if names is None else tuple(names)
        if len(names) != len(options):
            raise ValueError(f"Choice of {options}: {len(names)} names, give one for each.")
        object.__setattr__(self, "options", options)
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "names", names)

    def values(self) -> tuple[Hashable, ...]:
        """Give every option."""
        return self.options

    def allows(self, value: Any) -> bool:
        """Tell whether ``value`` is one of the options."""
        return value in self.options

    def widget(self, value: Hashable, label: str):
        """Build buttons for a few short options, a menu for more."""
        import ipywidgets

        short = len(self.names) <= FEW and sum(map(len, self.names)) <= 24
        kind = ipywidgets.ToggleButtons if short else ipywidgets.Dropdown
        options = list(zip(self.names, self.options, strict=True))
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


@dataclass(frozen=True)
class Pages:
    """Leaf through pages: any whole number; ``draw`` takes it modulo the number of pages.

    So the page after the last one is the first, however many there are.
    """

    _: KW_ONLY
    label: str | None = None

    def values(self) -> tuple[int, ...]:
        """Give pages at the start, some way on, and backwards from the first."""
        return (0, 1, 2, -1, 1000)

    def allows(self, value: Any) -> bool:
        """Tell whether ``value`` is a whole number."""
        return isinstance(value, Integral) and not isinstance(value, bool)

    def widget(self, value: int, label: str):
        """Build two buttons, back and forward."""
        from .pages import PagesWidget

        return PagesWidget(value, label)


@dataclass(frozen=True)
class Upload:
    """A picture file of the reader's own: its bytes, and none at first."""

    _: KW_ONLY
    label: str | None = None

    def values(self) -> tuple[bytes, ...]:
        """Give no file, a wide picture and a tall one."""
        return (b"", *map(striped_png, ((96, 30), (30, 96))))

    def allows(self, value: Any) -> bool:
        """Tell whether ``value`` is the content of a file."""
        return isinstance(value, bytes)

    def widget(self, value: bytes, label: str):
        """Build the button that opens a file."""
        from .upload import UploadWidget

        return UploadWidget(value, label)


Control = Slider | Player | Choice | Toggle | Grid | Pages | Upload
